//! Observations, with repeated points collapsed.

use std::collections::HashMap;

use tensor::random::Key;

/// Measurements at points, brought to mean zero and variance one. Repeated points stand once, with the mean of their values, where
/// these are equally sure: that is exactly as likely, but for a term that depends on the noise alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Observations {
    /// Different points, `[n, width]`.
    pub x: Vec<f64>,
    /// Numbers of each point.
    pub width: usize,
    /// Mean value of each, on the scale.
    pub y: Vec<f64>,
    /// How often each was measured.
    pub counts: Vec<f64>,
    /// Known variance of each mean, on the scale; empty where none is known.
    pub known: Vec<f64>,
    /// Squared distances of all values from the means of their points.
    pub within: f64,
    /// How many values there are.
    pub n_values: usize,
    /// The mean that was taken away, and the standard deviation that was divided by.
    pub scale: [f64; 2],
}

impl Observations {
    /// From points `x: [n, width]`, values, and the known variance of each value, or none.
    pub fn new(x: &[f64], width: usize, y: &[f64], variances: &[f64]) -> Self {
        let n = y.len() as f64;
        let mean = y.iter().sum::<f64>() / n.max(1.0);
        let deviation = (y.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n.max(1.0)).sqrt();
        // Values that are all the same keep their unit.
        let deviation = if deviation > 1e-8 * (1.0 + mean.abs()) { deviation } else { 1.0 };
        let mut found = Observations {
            x: Vec::new(),
            width,
            y: Vec::new(),
            counts: Vec::new(),
            known: Vec::new(),
            within: 0.0,
            n_values: y.len(),
            scale: [mean, deviation],
        };
        let mut places: HashMap<Vec<u64>, usize> = HashMap::new();
        let mut values: Vec<Vec<(f64, f64)>> = Vec::new();
        for (row, (point, y)) in x.chunks_exact(width.max(1)).zip(y).enumerate() {
            // Values that are not equally sure do not share a mean.
            let alike = point.iter().chain(variances.get(row)).map(|x| x.to_bits()).collect();
            let place = *places.entry(alike).or_insert_with(|| {
                found.x.extend_from_slice(point);
                values.push(Vec::new());
                values.len() - 1
            });
            let variance = variances.get(row).map_or(0.0, |v| v / (deviation * deviation));
            values[place].push(((y - mean) / deviation, variance));
        }
        for own in &values {
            let count = own.len() as f64;
            let mean = own.iter().map(|(y, _)| y).sum::<f64>() / count;
            found.y.push(mean);
            found.counts.push(count);
            found.within += own.iter().map(|(y, _)| (y - mean).powi(2)).sum::<f64>();
            if !variances.is_empty() {
                found.known.push(own.iter().map(|(_, v)| v).sum::<f64>() / (count * count));
            }
        }
        found
    }

    /// At most `most` of the points, drawn at random; `None` where there are no more.
    pub(crate) fn some(&self, most: usize, seed: u64) -> Option<Self> {
        if self.n() <= most {
            return None;
        }
        let mut rows = Key::new(seed, "search rows").random().permutation(self.n());
        rows.truncate(most);
        rows.sort_unstable();
        let pick = |from: &[f64]| rows.iter().filter_map(|&row| from.get(row)).copied().collect::<Vec<f64>>();
        let counts = pick(&self.counts);
        let (n_values, all) = (counts.iter().sum::<f64>(), self.n_values as f64);
        // The spread of repeated values is not known point by point: it is shared out by how many repeats there are.
        let repeats = [n_values - most as f64, all - self.n() as f64];
        let within = if repeats[1] > 0.0 { self.within * repeats[0] / repeats[1] } else { 0.0 };
        Some(Observations {
            x: rows.iter().flat_map(|&row| &self.x[row * self.width..(row + 1) * self.width]).copied().collect(),
            width: self.width,
            y: pick(&self.y),
            known: pick(&self.known),
            within,
            n_values: n_values as usize,
            scale: self.scale,
            counts,
        })
    }

    /// How many different points there are.
    pub fn n(&self) -> usize {
        self.y.len()
    }

    /// The variance of each mean where every value has the variance `noise`, besides what is known.
    pub fn noise(&self, noise: f64) -> Vec<f64> {
        let known = |at: usize| self.known.get(at).copied().unwrap_or(0.0);
        self.counts.iter().enumerate().map(|(at, count)| noise / count + known(at)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_points_stand_once_with_their_mean() {
        let found = Observations::new(&[0.0, 1.0, 0.0], 1, &[1.0, 5.0, 3.0], &[]);
        assert_eq!((found.x.as_slice(), found.counts.as_slice()), (&[0.0, 1.0][..], &[2.0, 1.0][..]));
        // Mean 3, variance 8/3; the two values of the first point lie one from their mean.
        let d = (8.0_f64 / 3.0).sqrt();
        assert!((found.y[0] + 1.0 / d).abs() < 1e-12 && (found.within - 2.0 / (d * d)).abs() < 1e-12, "{found:?}");
        assert_eq!(found.noise(0.4), [0.2, 0.4]);
    }

    #[test]
    fn repeated_points_that_are_not_equally_sure_stand_apart() {
        let found = Observations::new(&[0.5; 3], 1, &[0.0, 1.0, 2.0], &[0.1, 0.4, 0.1]);
        let unit = 2.0 / 3.0;
        assert_eq!((found.n(), found.counts.as_slice()), (2, &[2.0, 1.0][..]));
        assert!((found.known[0] * unit - 0.05).abs() < 1e-12 && (found.known[1] * unit - 0.4).abs() < 1e-12);
    }

    #[test]
    fn equal_values_keep_their_unit() {
        assert_eq!(Observations::new(&[0.0, 1.0], 1, &[7.0, 7.0], &[]).scale, [7.0, 1.0]);
    }
}
