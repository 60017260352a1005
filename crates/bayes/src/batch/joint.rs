//! All points of a batch, moved together.

use super::{Context, greedy};
use crate::hunt::Hunt;
use crate::terms::{EachMember, JointTerm, Sum, Term};

/// Begins, besides from random batches, with the one that is chosen point by point.
pub(super) fn choose(context: &Context<'_>, n: usize) -> Vec<f64> {
    let first = greedy::choose(context, n);
    let (width, beliefs) = (context.space.width(), context.beliefs);
    if n < 2 || first.len() < n * width || !beliefs.has_feasible || context.space.candidates.is_some() {
        return first;
    }
    let whole = context.space.power(n);
    let lengths = beliefs.objective.lengths();
    let hunt = Hunt {
        space: &whole,
        listed: None,
        lengths: lengths.iter().copied().cycle().take(n * width).collect(),
        near: Vec::new(),
        starts: first.clone(),
        taken: Vec::new(),
        key: context.key.shard(2),
    };
    let (process, best) = (&beliefs.objective, beliefs.reference.best - context.margin);
    let joint = JointTerm::new(process, best, &context.known.pending, n, context.strategy.draws, context.key.shard(1));
    let mut terms: Vec<Box<dyn Term + '_>> = vec![Box::new(joint)];
    for term in beliefs.besides() {
        terms.push(Box::new(EachMember { term: Sum(vec![term]), members: n }));
    }
    let Some((found, _)) = hunt.best(&Sum(terms)) else { return first };
    let tried = [context.known.x.as_slice(), &context.known.pending].concat();
    let taken = |at: usize| {
        let x = &found[at * width..(at + 1) * width];
        context.space.among(x, &tried) || context.space.among(x, &found[..at * width])
    };
    // A repeated member would be an experiment for nothing.
    if (0..n).any(taken) { first } else { found }
}
