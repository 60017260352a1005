//! How well and how fast the next experiments are chosen, on problems with known answers.

mod arylation;
mod batches;
mod designs;
mod regret;
mod speed;

use bayes::{Knowledge, Noise, Space, Strategy};

pub use arylation::report as arylation;
pub use batches::report as batches;
pub use regret::report as regret;
pub use speed::report as speed;

/// What is minimized on the unit cube.
type Function<'f> = &'f (dyn Fn(&[f64]) -> f64 + Sync);

/// A strategy for values without noise, with settings from JSON in place of its own.
fn strategy(settings: &str) -> Result<Strategy, String> {
    with_settings(Strategy { noise: Noise::Deterministic, initial: Some(1), ..Strategy::default() }, settings)
}

/// A strategy with settings from JSON in place of its own.
fn with_settings(usual: Strategy, settings: &str) -> Result<Strategy, String> {
    let mut all = serde_json::to_value(usual).map_err(|error| error.to_string())?;
    let own: serde_json::Value = serde_json::from_str(settings).map_err(|error| format!("`{settings}`: {error}"))?;
    for (name, value) in own.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    serde_json::from_value(all).map_err(|error| format!("`{settings}`: {error}"))
}

/// The values in the order in which they were found, those of the design first.
fn search(
    function: Function<'_>,
    space: &Space,
    design: &[f64],
    strategy: &Strategy,
    (batch, evaluations): (usize, usize),
    seed: u64,
) -> Vec<f64> {
    let width = space.width();
    let y = design.chunks_exact(width).map(function).collect();
    let mut known = Knowledge::of(design.to_vec(), y);
    let mut before = Vec::new();
    while known.n() < evaluations {
        let next = strategy.ask(space, &known, batch.min(evaluations - known.n()), &before, seed, known.n());
        known.objectives[0].extend(next.points.chunks_exact(width).map(function));
        known.x.extend(next.points);
        before = next.hyperparameters;
    }
    known.objectives.remove(0)
}

/// The smallest value so far after every evaluation.
fn smallest(values: &[f64]) -> Vec<f64> {
    let mut best = f64::INFINITY;
    values
        .iter()
        .map(|y| {
            best = best.min(*y);
            best
        })
        .collect()
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]),
    }
}
