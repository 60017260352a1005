//! Clusters around means.

use tensor::random::Key;

/// Which cluster each point belongs to, and where their middles lie.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct KMeans {
    /// One for each point.
    pub of: Vec<usize>,
    /// `[clusters, width]`.
    pub centers: Vec<f64>,
    inertia: f64,
}

impl KMeans {
    /// The squared distance of point `at`, which lies at `x`, from the middle of its cluster.
    pub fn off(&self, at: usize, x: &[f64]) -> f64 {
        square(x, &self.centers[self.of[at] * x.len()..(self.of[at] + 1) * x.len()])
    }
}

/// Beginnings, of which the best end is taken.
const RESTARTS: usize = 10;
const ROUNDS: usize = 100;

/// Lloyd's clusters of weighted points `x: [n, width]`, from starts that are drawn far from one another \[Arthur2007\]. At most `k`:
/// fewer where there are fewer different points.
pub(crate) fn kmeans(x: &[f64], width: usize, weights: &[f64], k: usize, key: Key) -> KMeans {
    let runs = (0..RESTARTS).map(|restart| once(x, width, weights, k, key.shard(restart)));
    let better = |a: KMeans, b: KMeans| if b.inertia < a.inertia { b } else { a };
    runs.reduce(better).unwrap_or(KMeans { of: Vec::new(), centers: Vec::new(), inertia: 0.0 })
}

fn once(x: &[f64], width: usize, weights: &[f64], k: usize, key: Key) -> KMeans {
    let mut random = key.random();
    let rows: Vec<&[f64]> = x.chunks_exact(width.max(1)).collect();
    let mut centers: Vec<f64> = Vec::new();
    let mut nearest = vec![f64::INFINITY; rows.len()];
    for _ in 0..k.min(rows.len()) {
        let chance: Vec<f64> =
            nearest.iter().zip(weights).map(|(near, w)| if near.is_finite() { near * w } else { *w }).collect();
        let total: f64 = chance.iter().sum();
        if total <= 0.0 {
            break;
        }
        let mut left = random.uniform() * total;
        let mut at = chance.iter().position(|c| {
            left -= c;
            left < 0.0
        });
        at = at.or_else(|| chance.iter().rposition(|c| *c > 0.0));
        let Some(at) = at else { break };
        centers.extend_from_slice(rows[at]);
        nearest.iter_mut().zip(&rows).for_each(|(near, x)| *near = near.min(square(x, rows[at])));
    }
    let clusters = centers.len() / width.max(1);
    let mut of = vec![0; rows.len()];
    let mut inertia = f64::INFINITY;
    for _ in 0..ROUNDS {
        let mut sum = 0.0;
        for (of, (x, w)) in of.iter_mut().zip(rows.iter().zip(weights)) {
            let off = |cluster: usize| square(x, &centers[cluster * width..(cluster + 1) * width]);
            let best =
                (0..clusters).map(|c| (off(c), c)).fold((f64::INFINITY, 0), |a, b| if b.0 < a.0 { b } else { a });
            *of = best.1;
            sum += w * best.0;
        }
        for cluster in 0..clusters {
            let own = || (0..rows.len()).filter(|&at| of[at] == cluster);
            let weight: f64 = own().map(|at| weights[at]).sum();
            if weight > 0.0 {
                for axis in 0..width {
                    centers[cluster * width + axis] =
                        own().map(|at| weights[at] * rows[at][axis]).sum::<f64>() / weight;
                }
            }
        }
        if sum >= inertia * (1.0 - 1e-9) {
            break;
        }
        inertia = sum;
    }
    KMeans { of, centers, inertia }
}

pub(super) fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_heaps_are_three_clusters_and_weights_pull_their_middles() {
        let x = [0.0, 0.1, 5.0, 5.2, 9.0, 9.1];
        let found = kmeans(&x, 1, &[1.0, 1.0, 3.0, 1.0, 1.0, 1.0], 3, Key::new(0, "test"));
        let mut centers = found.centers.clone();
        centers.sort_by(f64::total_cmp);
        assert!((centers[0] - 0.05).abs() < 1e-12 && (centers[1] - 5.05).abs() < 1e-12, "{centers:?}");
        assert!(found.of[0] == found.of[1] && found.of[2] == found.of[3] && found.of[1] != found.of[2]);
        assert_eq!(kmeans(&[1.0, 1.0], 1, &[1.0, 1.0], 2, Key::new(0, "test")).centers.len(), 1);
    }
}
