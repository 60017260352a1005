//! Conformal prediction: intervals and sets that hold the truth as often as they say, whatever the model.
//!
//! Rows that the model has not learned from say how wrong it is; the quantile of their scores becomes the width. If
//! they and a new row are exchangeable, the interval holds the new value with at least the stated probability
//! \[Vovk2005\], \[Lei2018\].

/// The score below which at least a fraction `level` of new ones lies: the $\lceil (n+1)\,\text{level} \rceil$-th smallest
/// of $n$ sorted ones; infinite where there are too few for this level.
///
/// ```
/// let scores: Vec<f64> = (1..=10).map(f64::from).collect();
/// assert_eq!(nn::conformal::quantile(&scores, 0.9), 10.0); // ceil(11 * 0.9) = 10
/// assert_eq!(nn::conformal::quantile(&scores, 0.8), 9.0);
/// assert_eq!(nn::conformal::quantile(&scores, 0.95), f64::INFINITY); // 95 % needs 19 scores
/// ```
pub fn quantile(sorted: &[f64], level: f64) -> f64 {
    // The product of decimal fractions may lie a rounding error above a whole number.
    let rank = ((sorted.len() + 1) as f64 * level - 1e-9).ceil().max(1.0) as usize;
    sorted.get(rank - 1).copied().unwrap_or(f64::INFINITY)
}

/// Scores of an adaptive prediction set \[Romano2020\]: the probability of all classes that are likelier than the observed
/// one, and half of its own. (The random share of the original would make a prediction depend on a draw; all of it would
/// let a model that is sure and right fill its sets with every class.)
///
/// `probabilities: [rows, classes]`; one score for each row.
///
/// ```
/// let scores = nn::conformal::adaptive_scores(&[0.5, 0.3, 0.2, 0.5, 0.3, 0.2], &[0, 1], 3);
/// assert_eq!(scores, [0.25, 0.65]);
/// ```
pub fn adaptive_scores(probabilities: &[f64], labels: &[usize], classes: usize) -> Vec<f64> {
    let score = |(row, &label): (&[f64], &usize)| -> f64 {
        row.iter().filter(|p| **p > row[label]).sum::<f64>() + 0.5 * row[label]
    };
    probabilities.chunks_exact(classes.max(1)).zip(labels).map(score).collect()
}

/// The classes of the set: those whose score stays within `threshold`, the most probable first, which is always one of them.
///
/// ```
/// assert_eq!(nn::conformal::adaptive_set(&[0.2, 0.5, 0.3], 0.7), [1, 2]);
/// ```
pub fn adaptive_set(probabilities: &[f64], threshold: f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..probabilities.len()).collect();
    order.sort_by(|&a, &b| probabilities[b].total_cmp(&probabilities[a]).then(a.cmp(&b)));
    let likelier = |class: usize| probabilities.iter().filter(|p| **p > probabilities[class]).sum::<f64>();
    let within =
        |&(at, class): &(usize, usize)| at == 0 || likelier(class) + 0.5 * probabilities[class] <= threshold + 1e-12;
    order.into_iter().enumerate().filter(within).map(|(_, class)| class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    /// Exchangeable scores: over many draws of 50 old ones and a new one, the new one lies within the 90 % quantile in
    /// at least 90 % of the draws, and in at most 1/51 more.
    #[test]
    fn the_quantile_holds_what_it_promises() {
        let mut random = Key::new(0, "test").random();
        let draws = 20_000;
        let mut within = 0;
        for _ in 0..draws {
            let mut scores: Vec<f64> = (0..50).map(|_| random.normal().abs()).collect();
            scores.sort_by(f64::total_cmp);
            within += usize::from(random.normal().abs() <= quantile(&scores, 0.9));
        }
        let share = within as f64 / draws as f64;
        assert!((0.895..0.925).contains(&share), "{share}");
    }

    #[test]
    fn a_set_holds_the_observed_class_wherever_its_score_is_within_the_threshold() {
        let mut random = Key::new(1, "test").random();
        for _ in 0..500 {
            let mut row: Vec<f64> = (0..4).map(|_| random.uniform()).collect();
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|p| *p /= sum);
            let (label, threshold) = (random.below(4), random.uniform());
            let score = adaptive_scores(&row, &[label], 4)[0];
            let likeliest = row.iter().all(|p| *p <= row[label]);
            let held = adaptive_set(&row, threshold).contains(&label);
            assert_eq!(held, score <= threshold + 1e-12 || likeliest, "{row:?} {label} {threshold}");
        }
    }
}
