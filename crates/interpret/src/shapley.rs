//! Shapley values: the contribution of each feature to the prediction, averaged over all orders of the features.

use spec::error::Result;
use tensor::random::Key;

use crate::explainer::Explainer;
use crate::settings::Interpret;

/// Contributions of the features.
pub struct Shapley {
    /// The mean prediction of the background rows: where the sum begins.
    pub mean: f64,
    /// The contribution of each feature.
    pub values: Vec<f64>,
    /// Their standard errors; zero where all orders were summed.
    pub errors: Vec<f64>,
    /// All orders were summed.
    pub exact: bool,
}

/// Up to so many features all subsets are summed.
pub const EXACT: usize = 10;

/// Shapley values \[Shapley1953\] of the encoded row `at`, with the features of the background rows in place of those that
/// are absent \[Strumbelj2014\], \[Lundberg2017\]:
/// $$\varphi_i = \sum_{S \not\ni i} \frac{|S|!\,(p-|S|-1)!}{p!}\,\bigl(v(S \cup i) - v(S)\bigr),\qquad
/// v(S) = \frac1B\sum_b f(x_S, b_{\bar S}).$$
/// They add up to the prediction minus the mean, exactly. Of more than [`EXACT`] features, random orders are averaged, each
/// together with its reverse, with every background row in as many of them as any other.
pub fn shapley(explainer: &Explainer<'_>, at: usize, output: usize, asked: &Interpret) -> Result<Shapley> {
    let p = explainer.players.len();
    if p <= EXACT { exact(explainer, at, output) } else { sampled(explainer, at, output, asked) }
}

fn exact(explainer: &Explainer<'_>, at: usize, output: usize) -> Result<Shapley> {
    let (p, background) = (explainer.players.len(), &explainer.background);
    let b = background.len();
    let pick = |row: usize, player: usize| if (row / b) >> player & 1 == 1 { at } else { background[row % b] };
    let predicted = explainer.predict_one(output, b << p, &pick)?;
    let worth: Vec<f64> = predicted.chunks_exact(b).map(|rows| rows.iter().sum::<f64>() / b as f64).collect();
    let values = (0..p).map(|player| value(&worth, p, player)).collect();
    Ok(Shapley { mean: worth[0], values, errors: vec![0.0; p], exact: true })
}

/// The formula, from the worth of every subset; bit `i` of a subset's number says whether feature `i` is in it.
fn value(worth: &[f64], p: usize, player: usize) -> f64 {
    // weight[s] = s! (p - s - 1)! / p!
    let mut weight = vec![1.0 / p as f64; p];
    (1..p).for_each(|s| weight[s] = weight[s - 1] * s as f64 / (p - s) as f64);
    let without = (0..worth.len()).filter(|subset| subset >> player & 1 == 0);
    without.map(|s| weight[s.count_ones() as usize] * (worth[s | 1 << player] - worth[s])).sum()
}

fn sampled(explainer: &Explainer<'_>, at: usize, output: usize, asked: &Interpret) -> Result<Shapley> {
    let (p, background) = (explainer.players.len(), &explainer.background);
    // Two pairs at least: one has no error.
    let rounds = asked.samples.div_ceil(2 * background.len()).max(2_usize.div_ceil(background.len()));
    let pairs = rounds * background.len();
    // The place of each feature in the order of each pair.
    let place = |pair: usize| {
        let order = Key::new(asked.seed, "shapley").at(pair, 0).random().permutation(p);
        let mut place = vec![0; p];
        order.into_iter().enumerate().for_each(|(k, player)| place[player] = k);
        place
    };
    let places: Vec<Vec<usize>> = (0..pairs).map(place).collect();
    // Row `step` of a walk has the first `step` features of the order; the second walk of a pair goes backwards.
    let pick = |row: usize, player: usize| {
        let (walk, step) = (row / (p + 1), row % (p + 1));
        let place = places[walk / 2][player];
        let place = if walk % 2 == 0 { place } else { p - 1 - place };
        if place < step { at } else { background[walk / 2 % background.len()] }
    };
    let predicted = explainer.predict_one(output, 2 * pairs * (p + 1), &pick)?;
    let (mut sums, mut squares, mut mean) = (vec![0.0; p], vec![0.0; p], 0.0);
    for (pair, walks) in predicted.chunks_exact(2 * (p + 1)).enumerate() {
        mean += walks[0];
        for player in 0..p {
            let forth = places[pair][player];
            let back = p + 1 + (p - 1 - forth);
            let added = 0.5 * (walks[forth + 1] - walks[forth] + walks[back + 1] - walks[back]);
            sums[player] += added;
            squares[player] += added * added;
        }
    }
    let n = pairs as f64;
    let error = |(sum, square): (&f64, &f64)| ((square - sum * sum / n).max(0.0) / (n * (n - 1.0))).sqrt();
    let errors = sums.iter().zip(&squares).map(error).collect();
    Ok(Shapley { mean: mean / n, values: sums.iter().map(|sum| sum / n).collect(), errors, exact: false })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two gloves: one on the left (feature 0), two on the right; a pair is worth one. Shapley's own solution: 2/3, 1/6, 1/6.
    #[test]
    fn the_glove_game_has_its_known_solution() {
        let worth: Vec<f64> = (0..8_usize).map(|s| f64::from(u8::from(s & 1 == 1 && s > 1))).collect();
        let found: Vec<f64> = (0..3).map(|player| value(&worth, 3, player)).collect();
        for (found, expected) in found.iter().zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0]) {
            assert!((found - expected).abs() < 1e-12, "{found} {expected}");
        }
    }
}
