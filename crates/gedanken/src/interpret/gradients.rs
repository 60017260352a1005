//! Integrated gradients: the path from an average row to the explained one, and what each feature adds along it.

use tensor::Device;

use super::Interpret;
use super::explainer::{Encoded, Explainer};
use crate::error::Result;
use crate::experiment::Task;

/// What each feature adds along the path.
pub struct Gradients {
    /// The prediction where the path begins.
    pub start: f64,
    /// The share of each feature.
    pub values: Vec<f64>,
    /// The share of each number that a model computes from, a list for each model.
    pub numbers: Vec<Vec<f64>>,
}

/// Integrated gradients \[Sundararajan2017\] of the encoded row `at`:
/// $$ (x_i - x'_i) \int_0^1 \frac{\partial f}{\partial x_i}\bigl(x' + \alpha (x - x')\bigr)\,\mathrm{d}\alpha, $$
/// with the mean of the background rows as $x'$, and the integral as a mean over the middles of equal steps. They add up to
/// the prediction minus that of $x'$, but for the error of the integral. `None` of models without a slope.
pub fn integrated(explainer: &Explainer<'_>, at: usize, output: usize, asked: &Interpret) -> Result<Option<Gradients>> {
    let (steps, info) = (asked.steps, &explainer.model.target);
    let (device, k) = (Device::cpu(1), explainer.outputs());
    let n_parts = explainer.parts.len() as f64;
    let (mut starts, mut numbers) = (Vec::new(), Vec::new());
    let mut values = vec![0.0; explainer.players.len()];
    for (encoded, part) in explainer.parts.iter().zip(&explainer.model.parts) {
        let (from, to) = ends(explainer, encoded, at);
        let point = |step: usize| {
            let share = (step as f64 + 0.5) / steps as f64;
            from.iter().zip(to).map(move |(a, b)| (a + share * (f64::from(*b) - a)) as f32)
        };
        let path: Vec<f32> = (0..steps).flat_map(point).collect();
        let mut dy = vec![0.0; steps * k];
        let predicted = part.predict_encoded(&path, info, &device)?;
        for (dy, y) in dy.chunks_exact_mut(k).zip(predicted.chunks_exact(k)) {
            dy[output] = match info.task {
                Task::Regression => info.slope(y[output], part.targets.as_ref(), output),
                Task::Classification => 1.0,
            };
        }
        let Some(slopes) = part.fitted.pullback(&path, &dy, &device) else { return Ok(None) };
        let mut own = vec![0.0; encoded.width];
        for row in slopes.chunks_exact(encoded.width.max(1)) {
            own.iter_mut().zip(row).for_each(|(sum, slope)| *sum += slope);
        }
        for (at, own) in own.iter_mut().enumerate() {
            *own *= (f64::from(to[at]) - from[at]) / steps as f64 / n_parts;
            values[encoded.owner[at]] += *own;
        }
        numbers.push(own);
        let start: Vec<f32> = from.iter().map(|&x| x as f32).collect();
        starts.push(part.predict_encoded(&start, info, &device)?);
    }
    Ok(Some(Gradients { start: explainer.model.average(&starts).0[output], values, numbers }))
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
