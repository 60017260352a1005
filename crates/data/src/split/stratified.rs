//! Stratified splits: every class with the same fraction in all subsets.
//!
//! A class gets the whole rows of its fractions in every part. The rest of a row or two goes to the parts that are most
//! behind over all classes so far, so that many small classes still add up to the fractions. Every class keeps a row
//! for training: of a class with two rows one is for training and one goes where rows are missing.

use tensor::random::{Key, Random};

use super::parts::{best, blocks, refuse_empty, sizes, within_fold};
use crate::{Error, Fold, Result, Split, SplitKind};

/// Splits every class in the fractions of the split.
pub fn folds(split: &Split, labels: &[usize], key: Key) -> Result<Vec<Fold>> {
    let mut random = key.random();
    let classes = classes(labels, &mut random)?;
    if split.folds == 0 {
        sizes(labels.len(), split.fractions)?;
        return Ok(vec![cut(&classes, split.fractions)?]);
    }
    let k = split.folds;
    blocks(labels.len(), k, split.fractions)?;
    // Rows are dealt like cards, class after class, so that no fold gets two more of a class than another.
    let dealt: Vec<(usize, usize)> = classes.iter().flatten().enumerate().map(|(at, &row)| (row, at % k)).collect();
    let mut fold_of = vec![0; labels.len()];
    dealt.iter().for_each(|&(row, fold)| fold_of[row] = fold);
    let fold = |test: usize| {
        let rest = |class: &Vec<usize>| class.iter().copied().filter(|&row| fold_of[row] != test).collect();
        let rest: Vec<Vec<usize>> = classes.iter().map(rest).collect();
        let inner = cut(&rest, within_fold(split.fractions))?;
        Ok(Fold { test: dealt.iter().filter(|&&(_, fold)| fold == test).map(|&(row, _)| row).collect(), ..inner })
    };
    (0..k).map(fold).collect()
}

/// The rows of each class in random order.
fn classes(labels: &[usize], random: &mut Random) -> Result<Vec<Vec<usize>>> {
    // A map, for labels may be far apart.
    let mut classes = std::collections::BTreeMap::<usize, Vec<usize>>::new();
    labels.iter().enumerate().for_each(|(row, &label)| classes.entry(label).or_default().push(row));
    if let Some((&class, rows)) = classes.iter().find(|(_, rows)| rows.len() == 1) {
        return Err(Error::SmallClass { class, row: rows[0] + 1 });
    }
    let mut classes: Vec<Vec<usize>> = classes.into_values().collect();
    classes.iter_mut().for_each(|rows| random.shuffle(rows));
    Ok(classes)
}

fn cut(classes: &[Vec<usize>], fractions: [f64; 3]) -> Result<Fold> {
    let mut counts = counts(classes, fractions);
    fill_empty_parts(&mut counts, classes, fractions);
    let mut fold = Fold::default();
    for (rows, [train, validation, _]) in classes.iter().zip(counts) {
        fold.train.extend(&rows[..train]);
        fold.validation.extend(&rows[train..train + validation]);
        fold.test.extend(&rows[train + validation..]);
    }
    let reason = format!("{} classes keep a row each for training", classes.len());
    let hint = "add rows, take fewer folds, or set the fraction of a subset to 0 in `fractions`";
    refuse_empty(SplitKind::Stratified, fractions, &fold, reason, hint)?;
    Ok(fold)
}

/// Rows of each class in each part: the fraction rounded down or up.
fn counts(classes: &[Vec<usize>], fractions: [f64; 3]) -> Vec<[usize; 3]> {
    let mut behind = [0.0; 3];
    let mut count = |rows: &Vec<usize>| {
        let ideal = fractions.map(|share| share * rows.len() as f64);
        // Shares such as 0.1 are not exact: a hair below a whole number counts as that number.
        let mut counts = ideal.map(|rows| (rows + 1e-9) as usize);
        (0..3).for_each(|part| behind[part] += ideal[part] - counts[part] as f64);
        let mut open: [bool; 3] = std::array::from_fn(|part| ideal[part] - counts[part] as f64 > 1e-9);
        while counts.iter().sum::<usize>() < rows.len() {
            let first = counts[0] == 0;
            let part = if first { 0 } else { best(|part| if open[part] { behind[part] } else { f64::NEG_INFINITY }) };
            open[part] = false;
            counts[part] += 1;
            behind[part] -= 1.0;
        }
        if counts[0] == 0 && !rows.is_empty() {
            let part = best(|part| counts[part] as f64);
            counts[part] -= 1;
            counts[0] += 1;
            behind[part] += 1.0;
            behind[0] -= 1.0;
        }
        counts
    };
    classes.iter().map(&mut count).collect()
}

/// Few small classes can leave a part without rows; it takes one from the class that gives it most easily.
fn fill_empty_parts(counts: &mut [[usize; 3]], classes: &[Vec<usize>], fractions: [f64; 3]) {
    for part in 0..3 {
        if fractions[part] == 0.0 || counts.iter().any(|count| count[part] > 0) {
            continue;
        }
        // The entry that is most above its fraction gives, if its part keeps a row.
        let givers = (0..counts.len()).flat_map(|class| (0..3).map(move |from| (class, from)));
        let total = |from: usize| counts.iter().map(|count| count[from]).sum::<usize>();
        let surplus = |&(class, from): &(usize, usize)| {
            counts[class][from] as f64 - fractions[from] * classes[class].len() as f64
        };
        let can = |&(class, from): &(usize, usize)| {
            from != part && total(from) > 1 && counts[class][from] > usize::from(from == 0)
        };
        let giver = givers.filter(can).max_by(|a, b| surplus(a).total_cmp(&surplus(b)));
        if let Some((class, from)) = giver {
            counts[class][from] -= 1;
            counts[class][part] += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut_labels(labels: &[usize]) -> Result<Fold> {
        Ok(folds(&Split::default(), labels, Key::new(0, "split"))?.remove(0))
    }

    #[test]
    fn a_rare_class_is_in_every_part() -> Result<()> {
        let labels: Vec<usize> = (0..100).map(|row| usize::from(row < 10)).collect();
        let fold = cut_labels(&labels)?;
        let rare = |part: &[usize]| part.iter().filter(|&&row| row < 10).count();
        assert_eq!([rare(&fold.train), rare(&fold.validation), rare(&fold.test)], [8, 1, 1]);
        Ok(())
    }

    #[test]
    fn fifty_classes_of_two_add_up_to_the_fractions() -> Result<()> {
        let labels: Vec<usize> = (0..100).map(|row| row / 2).collect();
        let fold = cut_labels(&labels)?;
        assert_eq!([fold.train.len(), fold.validation.len(), fold.test.len()], [80, 10, 10]);
        Ok(())
    }

    #[test]
    fn two_classes_of_two_fill_all_parts() -> Result<()> {
        let fold = cut_labels(&[0, 0, 1, 1])?;
        assert_eq!([fold.train.len(), fold.validation.len(), fold.test.len()], [2, 1, 1]);
        Ok(())
    }

    #[test]
    fn a_fold_without_rows_for_validation_is_refused() {
        let split = Split { folds: 2, ..Split::default() };
        let message = folds(&split, &[0, 0, 1, 1], Key::new(0, "split")).unwrap_err().to_string();
        assert!(message.starts_with("the validation part of the stratified split of 2 rows is empty"), "{message}");
    }

    #[test]
    fn a_class_of_one_is_named() {
        let message = cut_labels(&[0, 0, 0, 7]).unwrap_err().to_string();
        assert!(message.starts_with("class 7 has a single row (row 4)"), "{message}");
    }
}
