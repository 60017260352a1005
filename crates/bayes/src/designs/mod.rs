//! Points to begin with, and to explore with.

mod cover;
mod grid;
mod kmeans;
mod latin;
mod sobol;
mod spread;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;

pub(crate) use cover::embedded;
pub(crate) use kmeans::kmeans;
pub use sobol::{MOST_INPUTS, sobol};
pub(crate) use spread::spread;

use crate::space::Space;

/// Initial designs: points that are chosen before any measurement. Of a table of candidates, Sobol points and Latin
/// hypercubes take those that are nearest to theirs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Design {
    /// Scrambled Sobol points: evenly spread, whatever their number \[Sobol1967, Owen1995\]; categories take turns.
    #[default]
    Sobol,
    /// Latin hypercube: every axis is divided into as many intervals as there are points, and each interval contains
    /// one \[McKay1979\]; categories take turns.
    LatinHypercube,
    /// Independent, uniformly distributed points \[Bergstra2012\].
    Random,
    /// Full factorial grid: all combinations of evenly spaced values; the more axes, the fewer values of each
    /// \[Bergstra2012\].
    Grid,
    /// Maximin: each point $\arg\max_x \min_j \lVert x - x_j\rVert$, as far as possible from those before
    /// \[Kennard1969\].
    Farthest,
    /// Centers of k-means clusters of the whole space \[Arthur2007\].
    KMeans,
    /// Each point $\arg\max_x \sigma(x)$, where a Gaussian process on those before has the largest standard deviation
    /// \[Shewry1987\].
    MaximumEntropy,
}

/// Points among which diverse ones are chosen.
const CANDIDATES: usize = 1024;

impl Design {
    /// `n` different points of a space, beside those that are `taken`; fewer where there are no more. `[found, axes]`.
    ///
    /// ```
    /// use bayes::{Design, Space};
    /// let points = Design::LatinHypercube.points(&Space::cube(2), 4, &[], tensor::random::Key::new(0, "design"));
    /// let mut quarters: Vec<usize> = points.chunks(2).map(|x| (4.0 * x[1]) as usize).collect();
    /// quarters.sort();
    /// assert_eq!(quarters, [0, 1, 2, 3]);
    /// ```
    pub fn points(self, space: &Space, n: usize, taken: &[f64], key: Key) -> Vec<f64> {
        let candidates = || space.listed().unwrap_or_else(|| spread(space, CANDIDATES.max(4 * n), key));
        let mut found = match self {
            Design::Sobol | Design::LatinHypercube if space.candidates.is_some() => {
                let open = Space { candidates: None, ..space.clone() };
                let wanted = self.points(&open, n + taken.len() / space.width().max(1), &[], key);
                cover::nearest(space, &candidates(), &wanted, key.shard(9))
            }
            // Of repeats some are lost, so that more are made.
            Design::Sobol => spread(space, 4 * (n + taken.len() / space.width().max(1)) + 16, key),
            Design::Random => spread::random(space, 4 * (n + taken.len() / space.width().max(1)) + 16, key),
            Design::LatinHypercube => latin::latin_hypercube(space, n, key),
            Design::Grid => grid::grid(space, n),
            Design::Farthest => cover::farthest(space, &candidates(), n, taken),
            Design::KMeans => cover::middles(space, &candidates(), n, key),
            Design::MaximumEntropy => cover::least_known(space, &candidates(), n, taken),
        };
        space.settle(&mut found);
        let mut own = different(space, &found, n, taken);
        if own.len() < n * space.width() {
            // What falls on a taken point, or is not allowed, is made up for.
            let known = [taken, &own].concat();
            let missing = n - own.len() / space.width().max(1);
            let others = spread(space, CANDIDATES.max(4 * (n + taken.len() / space.width().max(1))), key.shard(8));
            own.extend(different(space, &others, missing, &known));
        }
        own
    }

    /// Whether the first points stay the same when more are asked for.
    pub(crate) fn is_sequence(self) -> bool {
        !matches!(self, Design::LatinHypercube | Design::Grid | Design::KMeans)
    }
}

/// The first `n` points that are not taken, and not twice.
fn different(space: &Space, points: &[f64], n: usize, taken: &[f64]) -> Vec<f64> {
    let width = space.width().max(1);
    let mut found: Vec<f64> = Vec::new();
    for x in points.chunks_exact(width) {
        if found.len() >= n * width {
            break;
        }
        if !space.among(x, taken) && !space.among(x, &found) {
            found.extend_from_slice(x);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::{Axis, Limit};

    const ALL: [Design; 7] = [
        Design::Sobol,
        Design::LatinHypercube,
        Design::Random,
        Design::Grid,
        Design::Farthest,
        Design::KMeans,
        Design::MaximumEntropy,
    ];

    #[test]
    fn every_design_keeps_to_every_space_without_repeats() {
        let mut mixture = Space::cube(3);
        mixture.limits = vec![Limit { weights: vec![1.0; 3], bound: 1.0, equal: true }];
        let mixed = Space::new(vec![Axis::Continuous, Axis::Levels(vec![0.0, 0.5, 1.0]), Axis::Categories(4)]);
        let mut table = Space::cube(2);
        table.candidates = Some(vec![0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 0.2, 0.1].into());
        for space in [Space::cube(2), mixture, mixed, table.clone()] {
            for design in ALL {
                let points = design.points(&space, 6, &[], Key::new(3, "design"));
                let rows: Vec<&[f64]> = points.chunks(space.width()).collect();
                assert_eq!(rows.len(), 6, "{design:?} {space:?}");
                for (at, x) in rows.iter().enumerate() {
                    assert!(space.holds(x), "{design:?} {space:?} {x:?}");
                    assert!(rows[..at].iter().all(|other| !space.same(other, x)), "{design:?} {space:?}");
                    for (x, axis) in x.iter().zip(&space.axes) {
                        assert!(
                            (0.0..=4.0).contains(x) && (axis.count().is_none() || axis.value(axis.nearest(*x)) == *x)
                        );
                    }
                }
                if space.candidates.is_some() {
                    assert!(design.points(&space, 2, &points, Key::new(3, "design")).is_empty(), "{design:?}");
                }
            }
        }
    }

    #[test]
    fn sequences_begin_alike() {
        let space = Space::new(vec![Axis::Continuous, Axis::Categories(3)]);
        for design in ALL.into_iter().filter(|design| design.is_sequence()) {
            let (few, many) =
                (design.points(&space, 3, &[], Key::new(1, "d")), design.points(&space, 9, &[], Key::new(1, "d")));
            assert_eq!(few, many[..6], "{design:?}");
        }
    }

    /// All of a table of three by four categories but one row: four points have every category of either axis, for each seed
    /// others.
    #[test]
    fn points_of_a_table_are_as_even_as_those_of_a_space() {
        let rows: Vec<f64> = (1..12).flat_map(|at| [f64::from(at % 3), f64::from(at / 3)]).collect();
        let mut space = Space::new(vec![Axis::Categories(3), Axis::Categories(4)]);
        space.candidates = Some(rows.into());
        for design in [Design::Sobol, Design::LatinHypercube] {
            let of = |seed: u64| design.points(&space, 4, &[], Key::new(seed, "d"));
            for seed in 0..20 {
                let points = of(seed);
                for (axis, count) in [(0, 3), (1, 4)] {
                    let had = (0..count).filter(|level| points.chunks(2).any(|x| x[axis] == f64::from(*level))).count();
                    assert!(had + 1 >= count as usize, "{design:?} {seed} {points:?}");
                }
            }
            assert!((1..20).any(|seed| of(seed) != of(0)), "{design:?}");
        }
    }

    #[test]
    fn the_farthest_points_of_a_square_are_its_corners() {
        let grid: Vec<f64> = (0..25).flat_map(|at| [f64::from(at % 5) / 4.0, f64::from(at / 5) / 4.0]).collect();
        let mut space = Space::cube(2);
        space.candidates = Some(grid.into());
        let points = Design::Farthest.points(&space, 5, &[], Key::new(0, "d"));
        // First the middle, then the four corners.
        assert_eq!(points[..2], [0.5, 0.5]);
        assert!(points[2..].iter().all(|x| *x == 0.0 || *x == 1.0), "{points:?}");
    }
}
