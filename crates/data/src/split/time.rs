//! The past for training, the future for the test.
//!
//! Rows of the same time stay together: a border inside them moves to the nearer change of time.

use super::parts::{NAMES, sizes, wanted, within_fold};
use crate::{Error, Fold, Result, Split};

/// Splits rows in the order of their times. With `k` folds the rows are split into `k + 1` spans: fold `f` learns from
/// the spans up to `f`, the latest of their rows being its validation, and is tested on span `f + 1`.
pub fn folds(split: &Split, times: &[f64]) -> Result<Vec<Fold>> {
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
    let line = Line { split, times, order };
    if split.folds > 0 {
        return line.growing();
    }
    let [train, validation, test] = sizes(times.len(), split.fractions)?;
    let end = if test == 0 { times.len() } else { line.border(train + validation, times.len()) };
    Ok(vec![line.cut(train, end, times.len(), split.fractions)?])
}

struct Line<'a> {
    split: &'a Split,
    times: &'a [f64],
    /// Rows from the earliest to the latest.
    order: Vec<usize>,
}

impl Line<'_> {
    fn growing(&self) -> Result<Vec<Fold>> {
        let (n, spans) = (self.order.len(), self.split.folds + 1);
        let inner = within_fold(self.split.fractions);
        let needed = spans * wanted(inner);
        if n < needed {
            let parts = format!("{} folds in time", self.split.folds);
            return Err(Error::TooFewRows { found: n, parts, needed, hint: "take fewer folds" });
        }
        let border = |span: usize| if span == spans { n } else { self.border(span * n / spans, n) };
        let fold = |span: usize| {
            let (known, end) = (border(span), border(span + 1));
            let [train, _, _] = sizes(known, inner)?;
            self.cut(train, known, end, [inner[0], inner[1], 1.0])
        };
        (1..spans).map(fold).collect()
    }

    /// Training and validation before `known`, with about `train` rows for training; the test before `end`.
    fn cut(&self, train: usize, known: usize, end: usize, fractions: [f64; 3]) -> Result<Fold> {
        let train = if fractions[1] == 0.0 { known } else { self.border(train, known) };
        let parts = [0..train, train..known, known..end];
        if let Some(part) = (0..3).find(|&part| fractions[part] > 0.0 && parts[part].is_empty()) {
            return Err(self.empty(part));
        }
        let [train, validation, test] = parts.map(|part| self.order[part].to_vec());
        Ok(Fold { train, validation, test })
    }

    /// The place before `end` nearest to `wish` where the time changes; `end` if it never does.
    fn border(&self, wish: usize, end: usize) -> usize {
        let time = |at: usize| self.times[self.order[at]];
        let changes = |&at: &usize| time(at - 1) < time(at);
        let below = (1..end.min(wish + 1)).rev().find(changes);
        let above = (wish.max(1)..end).find(changes);
        match (below, above) {
            (Some(below), Some(above)) if above - wish > wish - below => below,
            (below, above) => above.or(below).unwrap_or(end),
        }
    }

    fn empty(&self, part: usize) -> Error {
        let n_times = 1 + self.order.windows(2).filter(|pair| self.times[pair[0]] != self.times[pair[1]]).count();
        Error::EmptyPart {
            part: NAMES[part],
            kind: self.split.kind.to_string(),
            n: self.order.len(),
            reason: format!("there are {n_times} different times, and rows of one time stay together"),
            hint: "choose a column with finer times, or change `fractions` or `folds`",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SplitKind;

    fn split(folds: usize) -> Split {
        Split { kind: SplitKind::Time, fractions: [0.6, 0.2, 0.2], folds, ..Split::default() }
    }

    #[test]
    fn later_rows_are_the_test() -> Result<()> {
        let fold = folds(&split(0), &[5.0, 4.0, 3.0, 2.0, 1.0])?.remove(0);
        assert_eq!(fold, Fold { train: vec![4, 3, 2], validation: vec![1], test: vec![0] });
        Ok(())
    }

    #[test]
    fn rows_of_one_time_stay_together() -> Result<()> {
        let fold = folds(&split(0), &[1.0, 1.0, 2.0, 2.0, 3.0])?.remove(0);
        assert_eq!([fold.train.len(), fold.validation.len(), fold.test.len()], [2, 2, 1]);
        let message = folds(&split(0), &[1.0; 5]).unwrap_err().to_string();
        assert!(message.contains("there are 1 different times"), "{message}");
        Ok(())
    }

    #[test]
    fn the_training_rows_grow_from_fold_to_fold() -> Result<()> {
        let times: Vec<f64> = (0..12).map(f64::from).collect();
        let folds = folds(&split(2), &times)?;
        assert_eq!(folds[0], Fold { train: vec![0, 1, 2], validation: vec![3], test: vec![4, 5, 6, 7] });
        assert_eq!(folds[1], Fold { train: (0..6).collect(), validation: vec![6, 7], test: vec![8, 9, 10, 11] });
        Ok(())
    }
}
