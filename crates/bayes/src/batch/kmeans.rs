//! Batches from clusters of points that are drawn where the acquisition is large.

use super::{Context, Pick, slice};
use crate::designs::{embedded, kmeans};
use crate::fantasy::Fantasies;
use crate::hunt::judged;

/// Points that are drawn, at least, and for each point of the batch.
const DRAWN: usize = 200;
const EACH: usize = 50;

/// Points are drawn with the acquisition (of values that may be negative, of a positive form) as their density, by slice sampling
/// \[Nguyen2017\]; lists carry it as weights. Each of as many clusters as the batch has points gives one \[Groves2018\].
pub(super) fn choose(context: &Context<'_>, n: usize, pick: Pick) -> Vec<f64> {
    let (space, width) = (context.space, context.space.width());
    let key = context.key.shard(1);
    let fantasies = Fantasies::new(&context.beliefs.objective, &context.known.pending, context.strategy.draws, key);
    let promise = context.promise(&fantasies, context.beliefs.reference.best);
    let taken = [context.known.x.as_slice(), &context.known.pending].concat();
    let free = |x: &&[f64]| !space.among(x, &taken);
    let points: Vec<f64> = match context.listed {
        Some(listed) => listed.chunks_exact(width).filter(free).flatten().copied().collect(),
        None => {
            // From the best point on: density that lies elsewhere is reached along the axes.
            let Some((start, _)) = context.hunt(0, &[]).best(&promise) else { return Vec::new() };
            let drawn = slice::sample(space, &promise, &start, DRAWN.max(EACH * n), key.shard(2));
            [start, drawn].concat().chunks_exact(width).filter(free).flatten().copied().collect()
        }
    };
    let values = judged(&promise, &points, width);
    let most = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let weights: Vec<f64> = match context.listed {
        Some(_) => values.iter().map(|v| (v - most).exp()).collect(),
        None => vec![1.0; values.len()],
    };
    let (places, dimensions) = embedded(space, &points);
    let clusters = kmeans(&places, dimensions, &weights, n, key.shard(3));
    let off = |at: usize| clusters.off(at, &places[at * dimensions..(at + 1) * dimensions]);
    let mut chosen: Vec<f64> = Vec::new();
    for cluster in 0..clusters.centers.len() / dimensions {
        let own = (0..values.len()).filter(|&at| clusters.of[at] == cluster);
        let best = match pick {
            Pick::Best => own.max_by(|&a, &b| values[a].total_cmp(&values[b]).then(b.cmp(&a))),
            Pick::Medoid => own.min_by(|&a, &b| off(a).total_cmp(&off(b)).then(a.cmp(&b))),
        };
        chosen.extend(best.map(|at| points[at * width..(at + 1) * width].to_vec()).unwrap_or_default());
    }
    // Clusters that are missing, where all draws fell on few points, are made up for one by one.
    let mut rest = fantasies.clone();
    chosen.chunks_exact(width).for_each(|x| rest.add(x));
    while chosen.len() < n * width {
        let member = chosen.len() / width;
        let found = context.hunt(member, &chosen).best(&context.promise(&rest, context.beliefs.reference.best));
        let Some((x, _)) = found else { break };
        rest.add(&x);
        chosen.extend(x);
    }
    chosen
}
