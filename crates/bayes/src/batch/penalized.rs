//! Local penalization.

use super::Context;
use crate::designs::spread;
use crate::terms::PenaltyTerm;

/// Points at which the steepest slope is looked for.
const PROBES: usize = 500;

/// Pending and chosen points push others away, the newest like all others.
pub(super) fn choose(context: &Context<'_>, n: usize) -> Vec<f64> {
    let (process, best) = (&context.beliefs.objective, context.beliefs.reference.best);
    let probes = spread(context.space, PROBES, context.key.shard(4));
    let alone = context.alone(process);
    let mut around: Vec<f64> = context.known.pending.clone();
    let mut chosen = Vec::new();
    for member in 0..n {
        let mut penalty = PenaltyTerm::new(context.space, process, &probes);
        around.chunks_exact(context.space.width()).for_each(|x| penalty.add(process, best, x));
        let mut promise = context.promise(&alone, best);
        promise.0.push(Box::new(penalty));
        let Some((x, _)) = context.hunt(member, &chosen).best(&promise) else { break };
        around.extend_from_slice(&x);
        chosen.extend(x);
    }
    chosen
}
