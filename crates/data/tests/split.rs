//! Properties of every split of any rows.

use data::{Error, Fold, Result, Rows, Split, SplitKind};
use proptest::prelude::*;
use tensor::random::Key;

const FRACTIONS: [[f64; 3]; 3] = [[0.8, 0.1, 0.1], [0.5, 0.25, 0.25], [0.7, 0.0, 0.3]];

#[derive(Debug)]
struct Case {
    n: usize,
    groups: Vec<String>,
    labels: Vec<usize>,
    times: Vec<f64>,
    features: Vec<f32>,
}

impl Case {
    /// Every group, class and time has at least two rows.
    fn new(n: usize, seed: u64) -> Self {
        let mut random = Key::new(seed, "case").random();
        let mut labels = |n_values: usize| -> Vec<usize> {
            (0..n).map(|row| if row < 2 * n_values { row / 2 } else { random.below(n_values) }).collect()
        };
        let groups = labels(n / 3).iter().map(|group| format!("g{group}")).collect();
        let (labels, times) = (labels(3), labels(n / 4).iter().map(|&time| time as f64).collect());
        let mut random = Key::new(seed, "features").random();
        Case { n, groups, labels, times, features: (0..2 * n).map(|_| random.normal() as f32).collect() }
    }

    fn folds(&self, kind: SplitKind, fractions: [f64; 3], folds: usize, seed: u64) -> Vec<Fold> {
        self.try_folds(kind, fractions, folds, seed).unwrap()
    }

    fn try_folds(&self, kind: SplitKind, fractions: [f64; 3], folds: usize, seed: u64) -> Result<Vec<Fold>> {
        let named = matches!(kind, SplitKind::Group | SplitKind::Time);
        let split = Split { kind, column: named.then(|| "x".to_owned()), fractions, folds, repeats: 1 };
        let rows = Rows {
            n: self.n,
            groups: Some(&self.groups),
            labels: Some(&self.labels),
            times: Some(&self.times),
            features: Some((&self.features, 2)),
        };
        split.folds(&rows, Key::new(seed, "split"))
    }
}

fn parts(fold: &Fold) -> [&[usize]; 3] {
    [&fold.train, &fold.validation, &fold.test]
}

fn cases() -> impl Strategy<Value = (Case, [f64; 3], u64)> {
    let fractions = prop::sample::select(FRACTIONS.to_vec());
    (24_usize..120, fractions, any::<u64>()).prop_map(|(n, fractions, seed)| (Case::new(n, seed), fractions, seed))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn parts_are_disjoint_complete_and_not_empty((case, fractions, seed) in cases()) {
        for kind in SplitKind::ALL {
            let fold = match case.try_folds(kind, fractions, 0, seed) {
                Err(Error::EmptyPart { .. }) if kind == SplitKind::Time => continue,
                folds => folds.unwrap().remove(0),
            };
            let mut all: Vec<usize> = parts(&fold).concat();
            all.sort_unstable();
            prop_assert_eq!(all, (0..case.n).collect::<Vec<_>>());
            for (part, share) in parts(&fold).into_iter().zip(fractions) {
                prop_assert_eq!(part.is_empty(), share == 0.0, "{}", kind);
                prop_assert!(part.is_sorted());
            }
        }
    }

    #[test]
    fn every_row_is_tested_once((case, fractions, seed) in cases(), k in 2_usize..5) {
        for kind in [SplitKind::Random, SplitKind::Stratified, SplitKind::Scaffold, SplitKind::Group] {
            let folds = case.folds(kind, fractions, k, seed);
            prop_assert_eq!(folds.len(), k);
            let mut tested: Vec<usize> = folds.iter().flat_map(|fold| fold.test.clone()).collect();
            tested.sort_unstable();
            prop_assert_eq!(tested, (0..case.n).collect::<Vec<_>>());
            for fold in &folds {
                let mut all = parts(fold).concat();
                all.sort_unstable();
                prop_assert_eq!(all, (0..case.n).collect::<Vec<_>>());
                prop_assert!(!fold.train.is_empty());
                prop_assert_eq!(fold.validation.is_empty(), fractions[1] == 0.0);
            }
        }
    }

    #[test]
    fn no_group_is_divided_and_no_part_is_off_by_more_than_the_largest_group(
        (case, fractions, seed) in cases(), k in prop::sample::select(vec![0_usize, 3]),
    ) {
        for fold in case.folds(SplitKind::Group, fractions, k, seed) {
            for group in &case.groups {
                let has = |part: &[usize]| part.iter().any(|&row| &case.groups[row] == group);
                prop_assert_eq!(parts(&fold).into_iter().filter(|&part| has(part)).count(), 1);
            }
            let size = |group: &String| case.groups.iter().filter(|&other| other == group).count();
            let largest = case.groups.iter().map(size).max().unwrap_or(0) as f64;
            if k == 0 {
                for (part, share) in parts(&fold).into_iter().zip(fractions) {
                    prop_assert!(part.len() as f64 - share * case.n as f64 <= largest);
                }
            }
        }
    }

    #[test]
    fn every_class_has_its_share_within_one_row((case, fractions, seed) in cases()) {
        let of_class = |rows: &[usize], class| rows.iter().filter(|&&row| case.labels[row] == class).count() as f64;
        let all: Vec<usize> = (0..case.n).collect();
        let fold = case.folds(SplitKind::Stratified, fractions, 0, seed).remove(0);
        for class in 0..3 {
            for (part, share) in parts(&fold).into_iter().zip(fractions) {
                let ideal = share * of_class(&all, class);
                prop_assert!((of_class(part, class) - ideal).abs() <= 1.0 + 1e-9, "{part:?} {ideal}");
            }
            for fold in case.folds(SplitKind::Stratified, fractions, 4, seed) {
                prop_assert!((of_class(&fold.test, class) - of_class(&all, class) / 4.0).abs() <= 1.0);
            }
        }
    }

    #[test]
    fn nothing_is_learned_from_the_future((case, fractions, seed) in cases(), k in 0_usize..3) {
        // A few coarse times may not be enough for all parts, which is an error of its own.
        let folds = match case.try_folds(SplitKind::Time, fractions, if k == 1 { 0 } else { k }, seed) {
            Err(Error::EmptyPart { .. }) => return Ok(()),
            folds => folds.unwrap(),
        };
        for fold in folds {
            let latest = |rows: &[usize]| rows.iter().map(|&row| case.times[row]).fold(f64::NEG_INFINITY, f64::max);
            let first_test = fold.test.iter().map(|&row| case.times[row]).fold(f64::INFINITY, f64::min);
            prop_assert!(latest(&fold.train) < first_test && latest(&fold.validation) < first_test);
        }
    }
}
