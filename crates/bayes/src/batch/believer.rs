//! Constant liar and Kriging believer: values that are awaited are made up.

use super::{Context, Lie};

/// With a lie, or what is believed. Hyperparameters stay: only the factor grows.
pub(super) fn choose(context: &Context<'_>, n: usize, lie: Option<Lie>) -> Vec<f64> {
    let beliefs = context.beliefs;
    let mut process = beliefs.objective.clone();
    let mut best = beliefs.reference.best;
    let values = &beliefs.objective.observations();
    let own = |y: f64| values.scale[0] + values.scale[1] * y;
    let said = |process: &crate::process::FittedProcess, x: &[f64]| match lie {
        Some(Lie::Best) => beliefs.reference.best,
        Some(Lie::Mean) => values.scale[0],
        Some(Lie::Worst) => own(values.y.iter().copied().fold(f64::NEG_INFINITY, f64::max)),
        None => process.predict(x).mean[0],
    };
    for x in context.known.pending.chunks_exact(context.space.width()) {
        let y = said(&process, x);
        process = process.with_point(x, y, process.noise());
        best = best.min(y);
    }
    let mut chosen = Vec::new();
    for member in 0..n {
        let alone = context.alone(&process);
        let Some((x, _)) = context.hunt(member, &chosen).best(&context.promise(&alone, best)) else { break };
        let y = said(&process, &x);
        process = process.with_point(&x, y, process.noise());
        best = best.min(y);
        chosen.extend(x);
    }
    chosen
}
