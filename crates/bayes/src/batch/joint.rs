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
    let (process, best) = (&beliefs.objective, beliefs.reference.best);
    let joint = JointTerm::new(process, best, &context.known.pending, n, context.strategy.draws, context.key.shard(1));
    let mut terms: Vec<Box<dyn Term + '_>> = vec![Box::new(joint)];
    for term in beliefs.besides() {
        terms.push(Box::new(EachMember { term: Sum(vec![term]), members: n }));
    }
    let Some((found, _)) = hunt.best(&Sum(terms)) else { return first };
    let taken = |x: &[f64]| {
        let known = context.known.x.chunks_exact(width).chain(context.known.pending.chunks_exact(width));
        known
            .chain(found.chunks_exact(width).take_while(|other| !std::ptr::eq(*other, x)))
            .any(|o| context.space.same(o, x))
    };
    // A repeated member would be an experiment for nothing.
    if found.chunks_exact(width).any(taken) { first } else { found }
}
