//! How often numbers fall between equally distant edges.

use serde::Serialize;

/// Counts between edges.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Histogram {
    /// From the smallest to the largest number, one more than counts.
    pub edges: Vec<f64>,
    /// Numbers between an edge and the next; the last holds the largest number too.
    pub counts: Vec<usize>,
}

impl Histogram {
    /// Counts finite numbers in `bins` bins; `None` where there are none, or all are equal.
    ///
    /// ```
    /// let histogram = data::profile::Histogram::of(&[0.0, 1.0, 3.9, 4.0], 4).unwrap();
    /// assert_eq!((histogram.edges, histogram.counts), (vec![0.0, 1.0, 2.0, 3.0, 4.0], vec![1, 1, 0, 2]));
    /// ```
    pub fn of(numbers: &[f64], bins: usize) -> Option<Self> {
        let finite = || numbers.iter().copied().filter(|x| x.is_finite());
        let (low, high) = finite().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
        let width = (high - low) / bins as f64;
        if !width.is_finite() || width <= 0.0 {
            return None;
        }
        let mut counts = vec![0; bins];
        finite().for_each(|x| counts[(((x - low) / width) as usize).min(bins - 1)] += 1);
        let edges = (0..=bins).map(|i| if i == bins { high } else { low + width * i as f64 }).collect();
        Some(Histogram { edges, counts })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_without_a_range_have_no_histogram() {
        assert_eq!(Histogram::of(&[2.0, 2.0, f64::NAN], 3), None);
        assert_eq!(Histogram::of(&[], 3), None);
        assert_eq!(Histogram::of(&[-1e308, 1e308], 3), None);
    }
}
