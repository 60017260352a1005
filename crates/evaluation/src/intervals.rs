//! Uncertainty: conformal intervals of numbers and sets of classes, from rows that the model was not trained on.

pub mod calibration;
pub mod measured;

use inputs::target::TargetInfo;

pub use calibration::{Calibration, Range};

use crate::intervals::measured::Measured;
use crate::predictions::{Part, Predictions};

/// Calibrates on `validation` rows of all folds as the saved model predicts them, and measures on the test rows of each
/// fold with what its own validation rows say; `None` where there are none.
pub fn calibrate<'a>(
    info: &TargetInfo,
    level: f64,
    predictions: &[Predictions],
    validation: impl Iterator<Item = &'a Predictions> + Clone,
) -> Option<(Calibration, Vec<Measured>)> {
    let pooled = Calibration::of(info, validation)?;
    let folds = predictions.iter().filter(|p| p.part == Part::Test && !p.rows.is_empty());
    let own = |p: &'_ Predictions| {
        Calibration::of(info, predictions.iter().filter(|v| v.part == Part::Validation && v.fold == p.fold))
    };
    let judged: Vec<(&Predictions, Calibration)> = folds.filter_map(|p| Some((p, own(p)?))).collect();
    let measured = Measured::of(info, level, &judged);
    Some((pooled, measured))
}

#[cfg(test)]
mod tests {
    use super::*;
    use learn::spread::Spread;
    use spec::task::Task;

    fn info(classes: &[&str]) -> TargetInfo {
        TargetInfo {
            names: vec!["y".into()],
            units: vec![String::new()],
            task: if classes.is_empty() { Task::Regression } else { Task::Classification },
            classes: classes.iter().map(|class| (*class).to_owned()).collect(),
            log: false,
        }
    }

    fn predictions(observed: Vec<f64>, predicted: Vec<f64>, deviation: Option<Vec<f64>>) -> Predictions {
        let rows = (0..observed.len()).collect();
        Predictions {
            fold: 0,
            part: Part::Validation,
            rows,
            names: None,
            smiles: Vec::new(),
            observed,
            predicted,
            deviation,
            bounds: None,
        }
    }

    /// Ten errors 0.1, 0.2, ..., 1.0: the ninth and tenth of ten, ceil(11 * 0.8) = 9 and ceil(11 * 0.9) = 10.
    #[test]
    fn ten_rows_by_hand() {
        let errors: Vec<f64> = (1..=10).map(|k| f64::from(k) / 10.0).collect();
        let p = predictions(vec![0.0; 10], errors, None);
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        for (level, half) in [(0.8, 0.9), (0.9, 1.0), (0.95, f64::INFINITY)] {
            let Range::Intervals(found) = calibration.range(&info(&[]), level, &Spread::of(vec![2.0])) else {
                panic!()
            };
            assert_eq!(found, [[2.0 - half, 2.0 + half]], "{level}");
        }
    }

    /// Standard deviations 1 and 3, mean 2: the errors 3 and 10 have scores 3/3 and 10/5.
    #[test]
    fn members_that_disagree_widen_the_interval() {
        let p = predictions(vec![0.0, 0.0], vec![3.0, 10.0], Some(vec![1.0, 3.0]));
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        let said = Spread { deviation: Some(vec![0.0, 4.0]), ..Spread::of(vec![0.0, 0.0]) };
        let Range::Intervals(found) = calibration.range(&info(&[]), 0.5, &said) else { panic!() };
        assert_eq!(found, [[-4.0, 4.0], [-12.0, 12.0]]);
    }

    /// Between the bounds -1 and 1 lie 0 and 0.5, by 1 and 0.5; 3 lies outside by 2. Scores -1, -0.5, 2.
    #[test]
    fn ends_of_the_network_are_moved_by_what_the_validation_rows_ask_for() {
        let bounds = Some([vec![-1.0; 3], vec![1.0; 3]]);
        let p = Predictions { bounds, ..predictions(vec![0.0, 0.5, 3.0], vec![0.0; 3], Some(vec![9.0; 3])) };
        let calibration = Calibration::of(&info(&[]), std::iter::once(&p)).unwrap();
        let said = Spread { bounds: Some([vec![4.0, 4.0], vec![6.0, 5.5]]), ..Spread::of(vec![5.0, 5.0]) };
        for (level, expected) in [(0.75, [[2.0, 8.0], [2.0, 7.5]]), (0.25, [[5.0, 5.0], [4.75, 4.75]])] {
            let Range::Intervals(found) = calibration.range(&info(&[]), level, &said) else { panic!() };
            assert_eq!(found, expected, "{level}");
        }
    }

    #[test]
    fn classes_become_sets() {
        let p = predictions(vec![0.0, 1.0, 2.0], vec![0.6, 0.3, 0.1, 0.5, 0.4, 0.1, 0.2, 0.2, 0.6], None);
        let info = info(&["a", "b", "c"]);
        let calibration = Calibration::of(&info, std::iter::once(&p)).unwrap();
        // Scores 0.3, 0.7, 0.3; at 75 % the third of three. The second row's outer classes are equally likely: 0.55 each.
        let said = Spread::of(vec![0.7, 0.2, 0.1, 0.3, 0.4, 0.3]);
        let Range::Sets(sets) = calibration.range(&info, 0.75, &said) else { panic!() };
        assert_eq!(sets, [vec![0], vec![1, 0, 2]]);
    }
}
