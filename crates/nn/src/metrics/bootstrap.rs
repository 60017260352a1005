//! Intervals of figures by resampling rows.

use serde::{Deserialize, Serialize};
use tensor::random::Key;

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// On all rows.
    pub value: f64,
    /// 2.5th percentile over resamples.
    pub low: f64,
    /// 97.5th percentile over resamples.
    pub high: f64,
}

/// Resamples; enough for percentiles that change in the third digit only.
const RESAMPLES: usize = 1000;

/// The 95 % percentile intervals \[Efron1993\] of all figures that `figures` computes from some of the rows `0..n`, drawn
/// with replacement. A figure that is absent on all rows, or on a tenth of the resamples, has no interval.
pub fn bootstrap<const N: usize>(
    n: usize,
    key: Key,
    figures: impl Fn(&[usize]) -> [Option<f64>; N],
) -> [Option<Interval>; N] {
    let whole = figures(&(0..n).collect::<Vec<_>>());
    let mut samples: [Vec<f64>; N] = std::array::from_fn(|_| Vec::with_capacity(RESAMPLES));
    let mut rows = vec![0; n];
    for resample in 0..RESAMPLES {
        let mut random = key.shard(resample).random();
        rows.iter_mut().for_each(|row| *row = random.below(n));
        for (samples, figure) in samples.iter_mut().zip(figures(&rows)) {
            samples.extend(figure);
        }
    }
    std::array::from_fn(|k| {
        let samples = &mut samples[k];
        samples.sort_by(f64::total_cmp);
        (samples.len() >= RESAMPLES * 9 / 10).then_some(())?;
        Some(Interval { value: whole[k]?, low: percentile(samples, 0.025), high: percentile(samples, 0.975) })
    })
}

/// Linear interpolation between order statistics.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let at = share * (sorted.len() - 1) as f64;
    let (below, rest) = (at.floor() as usize, at.fract());
    sorted[below] + rest * (sorted[(below + 1).min(sorted.len() - 1)] - sorted[below])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_two_standard_errors_to_each_side() {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..400).map(|_| random.normal()).collect();
        let mean = |rows: &[usize]| [Some(rows.iter().map(|&row| x[row]).sum::<f64>() / rows.len() as f64)];
        let [found] = bootstrap(400, Key::new(0, "bootstrap"), mean);
        let found = found.unwrap();
        // 1.96 / sqrt(400) = 0.098.
        assert!((found.high - found.value - 0.098).abs() < 0.015, "{found:?}");
        assert!((found.value - found.low - 0.098).abs() < 0.015, "{found:?}");
    }
}
