//! Temperature scaling: one number that makes probabilities honest and leaves their order alone.

/// Probabilities below this count as this much, so that a logarithm is finite.
const SMALLEST: f64 = 1e-15;
/// Between these the temperature is looked for.
const RANGE: [f64; 2] = [0.05, 20.0];

/// Probabilities at another temperature, $p_k' = p_k^{1/T} / \sum_j p_j^{1/T}$ \[Guo2017\], in place; with $T > 1$ they
/// are nearer to one another.
///
/// `probabilities: [rows, classes]`.
///
/// ```
/// let mut p = [0.8, 0.2];
/// nn::temperature::apply(&mut p, 2, 2.0); // 2 : 1 instead of 4 : 1
/// assert!((p[0] - 2.0 / 3.0).abs() < 1e-12);
/// ```
pub fn apply(probabilities: &mut [f64], classes: usize, temperature: f64) {
    for row in probabilities.chunks_exact_mut(classes.max(1)) {
        at_inverse(row, 1.0 / temperature);
    }
}

/// The temperature at which the negative log likelihood of `labels` is smallest, between 0.05 and 20; `None` without
/// rows, where all classes of all rows are equally likely, and where an end of that range would be the best.
///
/// ```
/// // Nine in ten are promised and four in five are right: ln 9 / ln 4.
/// let p = [0.9, 0.1].repeat(5);
/// let temperature = nn::temperature::fit(&p, &[0, 0, 0, 0, 1], 2).unwrap();
/// assert!((temperature - 1.584_962_500_721_156).abs() < 1e-9);
/// ```
pub fn fit(probabilities: &[f64], labels: &[usize], classes: usize) -> Option<f64> {
    let rows = || probabilities.chunks_exact(classes.max(1)).zip(labels);
    if !rows().any(|(row, _)| row.iter().any(|p| *p != row[0])) {
        return None;
    }
    // The likelihood is convex in 1/T, so its slope there has one zero at most.
    let slope = |inverse: f64| -> f64 { rows().map(|(row, &label)| slope(row, label, inverse)).sum() };
    let halve = |[low, high]: [f64; 2]| {
        let middle = 0.5 * (low + high);
        if slope((-middle).exp()) > 0.0 { [middle, high] } else { [low, middle] }
    };
    // Sixty halvings of ln T leave its last digit.
    let ends = RANGE.map(f64::ln);
    let [low, high] = (0..60).fold(ends, |range, _| halve(range));
    let found = 0.5 * (low + high);
    // At an end the rows ask for certainty, or for none at all, and do not say how much.
    (found - ends[0] > 1e-6 && ends[1] - found > 1e-6).then(|| found.exp())
}

/// Of $-\ln p_y'$ with respect to $1/T$: the mean of $\ln p$ at this temperature, without $\ln p_y$.
fn slope(row: &[f64], label: usize, inverse: f64) -> f64 {
    let mut tempered = row.to_vec();
    at_inverse(&mut tempered, inverse);
    let log = |p: &f64| p.max(SMALLEST).ln();
    tempered.iter().zip(row).map(|(p, before)| p * log(before)).sum::<f64>() - log(&row[label])
}

fn at_inverse(row: &mut [f64], inverse: f64) {
    let largest = row.iter().copied().fold(SMALLEST, f64::max).ln();
    // NaN stays NaN.
    let floored = |p: f64| if p < SMALLEST { SMALLEST } else { p };
    row.iter_mut().for_each(|p| *p = ((floored(*p).ln() - largest) * inverse).exp());
    let sum: f64 = row.iter().sum();
    row.iter_mut().for_each(|p| *p /= sum);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::argmax;
    use tensor::random::Key;

    #[test]
    fn the_likeliest_class_stays() {
        let mut random = Key::new(0, "test").random();
        for _ in 0..200 {
            let mut row: Vec<f64> = (0..4).map(|_| random.uniform()).collect();
            at_inverse(&mut row, 1.0);
            for temperature in [0.05, 0.7, 20.0] {
                let mut tempered = row.clone();
                apply(&mut tempered, 4, temperature);
                assert_eq!(argmax(&tempered), argmax(&row));
                assert!((tempered.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn a_model_that_is_always_right_or_always_wrong_has_no_temperature() {
        assert_eq!(fit(&[0.6, 0.4], &[0], 2), None);
        assert_eq!(fit(&[0.6, 0.4], &[1], 2), None);
        assert_eq!(fit(&[0.5, 0.5], &[1], 2), None);
        assert_eq!(fit(&[], &[], 2), None);
    }

    #[test]
    fn zeros_and_ones_stay_finite() {
        let mut p = [1.0, 0.0];
        apply(&mut p, 2, 20.0);
        assert!(p.iter().all(|p| *p > 0.0 && p.is_finite()), "{p:?}");
    }
}
