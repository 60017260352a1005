//! Training rows spread evenly over the space of the features \[Kennard1969\].
//!
//! The two rows farthest from each other come first, then always the row whose nearest chosen row is farthest away.
//! The first rows of this order are for training, the next for validation, the rest, in the interior, for the test.
//! Distances are Euclidean on standardized features; of equals the first row wins. The time grows with the square of
//! the number of rows, the memory beside a copy of the features in proportion to it.

use super::parts::sizes;
use crate::{Fold, Result, Scaler, Scaling, Split};

/// Takes rows for training and validation from the outside in.
pub fn folds(split: &Split, (features, width): (&[f32], usize)) -> Result<Vec<Fold>> {
    let n = features.len() / width;
    let [train, validation, _] = sizes(n, split.fractions)?;
    let mut scaled = features.to_vec();
    Scaler::fit(features, width, Scaling::Standard).transform(&mut scaled);
    let chosen = order(&Points { scaled: &scaled, width, n }, train + validation);
    let mut in_test = vec![true; n];
    chosen.iter().for_each(|&row| in_test[row] = false);
    Ok(vec![Fold {
        train: chosen[..train].to_vec(),
        validation: chosen[train..].to_vec(),
        test: (0..n).filter(|&row| in_test[row]).collect(),
    }])
}

struct Points<'a> {
    scaled: &'a [f32],
    width: usize,
    n: usize,
}

/// The first `count` rows.
fn order(points: &Points, count: usize) -> Vec<usize> {
    let (a, b) = farthest_pair(points);
    let mut chosen: Vec<usize> = if a == b { vec![a] } else { vec![a, b] };
    chosen.truncate(count);
    // Squared distance to the nearest chosen row; a chosen row is marked by a negative one.
    let mut nearest = vec![f32::INFINITY; points.n];
    for at in 0..count {
        if at == chosen.len() {
            chosen.push(first_largest(&nearest));
        }
        let new = chosen[at];
        for (row, near) in nearest.iter_mut().enumerate() {
            *near = near.min(points.squared_distance(row, new));
        }
        nearest[new] = -1.0;
    }
    chosen
}

fn farthest_pair(points: &Points) -> (usize, usize) {
    let (mut best, mut largest) = ((0, 0), 0.0);
    for a in 0..points.n {
        for b in a + 1..points.n {
            let distance = points.squared_distance(a, b);
            if distance > largest {
                (best, largest) = ((a, b), distance);
            }
        }
    }
    best
}

fn first_largest(values: &[f32]) -> usize {
    (1..values.len()).fold(0, |best, at| if values[at] > values[best] { at } else { best })
}

impl Points<'_> {
    fn squared_distance(&self, a: usize, b: usize) -> f32 {
        let row = |at: usize| self.scaled[at * self.width..(at + 1) * self.width].chunks(LANES);
        // Eight sums side by side: one processor instruction takes eight differences at a time.
        let mut sums = [0.0; LANES];
        for (a, b) in row(a).zip(row(b)) {
            for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
                *sum += (a - b) * (a - b);
            }
        }
        sums.iter().sum()
    }
}

const LANES: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn on_a_line(positions: &[f32], count: usize) -> Vec<usize> {
        order(&Points { scaled: positions, width: 1, n: positions.len() }, count)
    }

    #[test]
    fn the_ends_come_first_then_the_middle() {
        assert_eq!(on_a_line(&[0.0, 1.0, 5.0, 9.0, 10.0], 4), [0, 4, 2, 1]);
    }

    #[test]
    fn equal_rows_are_taken_in_order() {
        assert_eq!(on_a_line(&[1.0; 4], 3), [0, 1, 2]);
    }

    #[test]
    fn a_feature_in_large_units_does_not_outweigh_the_other() -> Result<()> {
        let features = [0.0, 0.0, 1000.0, 0.0, 500.0, 9.0, 500.0, 3.0, 500.0, 4.0];
        let split = Split { fractions: [0.6, 0.2, 0.2], ..Split::default() };
        let fold = folds(&split, (&features, 2))?.remove(0);
        assert!(fold.train.contains(&2), "{fold:?}");
        Ok(())
    }
}
