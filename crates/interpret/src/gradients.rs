//! Integrated gradients: the path from an average row to the explained one, and the contribution of each feature along it.

use inputs::kind::Explains;
use learn::fitted::{PartModel, Samples};
use learn::spread::{Spread, together};
use spec::error::Result;
use spec::task::Task;

use crate::explainer::{Encoded, Explainer};
use crate::settings::Interpret;

/// Contribution of each feature along the path.
pub struct Gradients {
    /// The prediction where the path begins.
    pub start: f64,
    /// The contribution of each feature.
    pub values: Vec<f64>,
    /// The contribution of each number that a model computes from, a list for each model.
    pub numbers: Vec<Vec<f64>>,
}

/// Integrated gradients \[Sundararajan2017\] of the encoded row `at`:
/// $$ (x_i - x'_i) \int_0^1 \frac{\partial f}{\partial x_i}\bigl(x' + \alpha (x - x')\bigr)\,\mathrm{d}\alpha, $$
/// with the mean of the background rows as $x'$, and the integral as a mean over the middles of equal steps. They add up to
/// the prediction minus that of $x'$, but for the error of the integral. `None` of models without a gradient, of those that
/// read graphs, between which there is no path, and of means over MC dropout samples.
pub fn integrated(explainer: &Explainer<'_>, at: usize, output: usize, asked: &Interpret) -> Result<Option<Gradients>> {
    let (steps, model) = (asked.steps, explainer.model);
    let samples = Samples::of(&model.experiment);
    if model.parts.iter().any(|part| part.is_thinned(samples) || part.encoder.explains() == Explains::Atoms) {
        return Ok(None);
    }
    let parts = || explainer.parts.iter().zip(&model.parts);
    let ends: Vec<(Vec<f64>, &[f32])> = parts().map(|(encoded, _)| ends(explainer, encoded, at)).collect();
    let paths: Vec<Vec<f32>> = ends.iter().map(|(from, to)| path(from, to, steps)).collect();
    let say = |rows: &[Vec<f32>]| -> Result<Vec<Spread>> {
        let each = model.parts.iter().zip(rows);
        each.map(|(part, x)| part.predict_encoded(&x.clone().into(), &model.target, samples)).collect()
    };
    let along = say(&paths)?;
    let whole = together(&model.experiment.model, &along).values;
    let mut found = Gradients { start: 0.0, values: vec![0.0; explainer.players.len()], numbers: Vec::new() };
    let shares = model.experiment.model.shares();
    let folds = model.parts.len() / shares.len();
    for (k, (encoded, part)) in parts().enumerate() {
        let share = shares[k % shares.len()] / folds as f64;
        let dy = upstream(explainer, (part, share), output, &along[k].values, &whole);
        let Some(slopes) = part.fitted.pullback(&paths[k], &dy) else { return Ok(None) };
        let mut own = vec![0.0; encoded.width];
        for row in slopes.chunks_exact(encoded.width.max(1)) {
            own.iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
        }
        let (from, to) = &ends[k];
        for (number, own) in own.iter_mut().enumerate() {
            *own *= (f64::from(to[number]) - from[number]) / steps as f64;
            found.values[encoded.owner[number]] += *own;
        }
        found.numbers.push(own);
    }
    let starts: Vec<Vec<f32>> = ends.iter().map(|(from, _)| from.iter().map(|&x| x as f32).collect()).collect();
    found.start = model.together(&say(&starts)?).values[output];
    Ok(Some(found))
}

/// Derivative of the prediction of the whole model by the prediction of one of its members, at each step of the path.
///
/// Of numbers it is the derivative of the transform to the target's unit; of probabilities that of the temperature,
/// $\partial q_o / \partial p_j = q_o (\delta_{oj} - q_j) / (T p_j)$ with $q \propto p^{1/T}$; both times the weight of the member.
fn upstream(
    explainer: &Explainer<'_>,
    (part, share): (&PartModel, f64),
    output: usize,
    own: &[f64],
    whole: &[f64],
) -> Vec<f64> {
    let (info, k) = (&explainer.model.target, explainer.outputs());
    let mut dy = vec![0.0; own.len()];
    if info.task == Task::Regression {
        for (dy, y) in dy.chunks_exact_mut(k).zip(own.chunks_exact(k)) {
            dy[output] = info.slope(y[output], part.targets.as_ref(), output) * share;
        }
        return dy;
    }
    let temperature = explainer.model.temperature.unwrap_or(1.0);
    for (dy, p) in dy.chunks_exact_mut(k).zip(whole.chunks_exact(k)) {
        let mut q = p.to_vec();
        nn::temperature::apply(&mut q, k, temperature);
        for j in 0..k {
            let same = f64::from(u8::from(j == output));
            // A temperature of one leaves a probability as it is, whatever the others are.
            dy[j] = match temperature {
                1.0 => same * share,
                t => q[output] * (same - q[j]) / (t * p[j].max(SMALLEST)) * share,
            };
        }
    }
    dy
}

/// Below this a probability has no derivative that single precision could hold.
const SMALLEST: f64 = 1e-9;

/// The middles of equal steps from one row to another, `[steps, width]`.
fn path(from: &[f64], to: &[f32], steps: usize) -> Vec<f32> {
    let point = |step: usize| {
        let share = (step as f64 + 0.5) / steps as f64;
        from.iter().zip(to).map(move |(a, b)| (a + share * (f64::from(*b) - a)) as f32)
    };
    (0..steps).flat_map(point).collect()
}

/// The mean background row, and the row that is explained.
fn ends<'a>(explainer: &Explainer<'_>, encoded: &'a Encoded, at: usize) -> (Vec<f64>, &'a [f32]) {
    let row = |at: usize| &encoded.x[at * encoded.width..(at + 1) * encoded.width];
    let mut mean = vec![0.0; encoded.width];
    for &background in &explainer.background {
        mean.iter_mut().zip(row(background)).for_each(|(sum, x)| *sum += f64::from(*x));
    }
    mean.iter_mut().for_each(|sum| *sum /= explainer.background.len() as f64);
    (mean, row(at))
}
