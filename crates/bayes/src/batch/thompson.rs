//! Parallel Thompson sampling.

use super::Context;
use crate::process::FittedProcess;
use crate::samples::{Path, draw_jointly};
use crate::terms::{DrawTerm, LimitTerm, Sum, Term};

/// Of so many listed points at most the joint distribution is drawn exactly.
const EXACT: usize = 2000;
/// Units of a quantity over which a drawn limit is soft.
const SOFT: f64 = 0.01;

/// Each point is the lowest of its own draw of the objective among what drawn quantities allow; pending points need nothing: other
/// draws have other lowest points.
pub(super) fn choose(context: &Context<'_>, n: usize) -> Vec<f64> {
    let beliefs = context.beliefs;
    let width = context.space.width();
    if let Some(listed) = context.listed.filter(|listed| listed.len() / width <= EXACT) {
        return among(context, listed, n);
    }
    let levels = context.levels();
    let mut chosen = Vec::new();
    for member in 0..n {
        let key = context.key.shard(1000 + member);
        let draw = |process, key| Path::draw(process, &levels, key);
        let Some(path) = draw(&beliefs.objective, key.at(0, 0)) else { break };
        let (from, unit) = (beliefs.reference.best, beliefs.reference.unit);
        let mut terms: Vec<Box<dyn Term + '_>> = vec![Box::new(DrawTerm { path, from, unit, limit: false })];
        for (at, (process, bound)) in beliefs.limits.iter().enumerate() {
            let unit = SOFT * process.observations().scale[1];
            match draw(process, key.at(1 + at, 0)) {
                Some(path) => terms.push(Box::new(DrawTerm { path, from: *bound, unit, limit: true })),
                None => terms.push(Box::new(LimitTerm { process, bound: *bound })),
            }
        }
        terms.extend(beliefs.cost());
        let Some((x, _)) = context.hunt(member, &chosen).best(&Sum(terms)) else { break };
        chosen.extend(x);
    }
    chosen
}

/// From a list, by draws of all its points together.
fn among(context: &Context<'_>, listed: &[f64], n: usize) -> Vec<f64> {
    let (beliefs, width) = (context.beliefs, context.space.width());
    let draws = |process: &FittedProcess, at: usize| draw_jointly(process, listed, n, context.key.shard(1000 + at));
    let objective = draws(&beliefs.objective, 0);
    let limits: Vec<(Vec<f64>, f64)> =
        beliefs.limits.iter().enumerate().map(|(at, (process, bound))| (draws(process, 1 + at), *bound)).collect();
    let costs = Sum(beliefs.cost().into_iter().collect()).values(listed);
    let rows = listed.len() / width;
    let mut chosen: Vec<f64> = Vec::new();
    for member in 0..n {
        let place = |at: usize| member * rows + at;
        let worth = |at: usize| {
            // Points that drawn quantities forbid come last, those that miss least before the others.
            let excess: f64 = limits.iter().map(|(drawn, bound)| (drawn[place(at)] - bound).max(0.0)).sum();
            let gain = (beliefs.reference.best - objective[place(at)]) / beliefs.reference.unit;
            let value = crate::acquisition::log_softplus(gain).0 + costs.get(at).copied().unwrap_or(0.0);
            (-excess, value)
        };
        let free = |x: &[f64]| {
            let taken = [&context.known.x, &context.known.pending, &chosen];
            !taken.iter().any(|points| context.space.among(x, points))
        };
        let left = (0..rows).filter(|&at| free(&listed[at * width..(at + 1) * width]));
        let best = left
            .map(|at| (worth(at), at))
            .max_by(|(a, i), (b, j)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(j.cmp(i)));
        let Some((_, at)) = best else { break };
        chosen.extend_from_slice(&listed[at * width..(at + 1) * width]);
    }
    chosen
}
