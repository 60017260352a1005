//! One point after the other, each in the mean over what may become of those before.

use super::Context;
use crate::fantasy::Fantasies;

/// Expected improvement of a batch grows with each point by the mean, over possible values of the others, of what the point
/// improves on the best of them: an exact sum, of which only the others' values are drawn.
pub(super) fn choose(context: &Context<'_>, n: usize) -> Vec<f64> {
    let beliefs = context.beliefs;
    let key = context.key.shard(1);
    let mut fantasies = Fantasies::new(&beliefs.objective, &context.known.pending, context.strategy.draws, key);
    let mut chosen = Vec::new();
    for member in 0..n {
        let found = {
            let promise = context.promise(&fantasies, beliefs.reference.best);
            context.hunt(member, &chosen).best(&promise)
        };
        let Some((x, _)) = found else { break };
        if member + 1 < n {
            fantasies.add(&x);
        }
        chosen.extend(x);
    }
    chosen
}
