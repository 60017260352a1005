//! The next experiments.

use tensor::random::Key;

use crate::acquisition::Acquisition;
use crate::batch::Context;
use crate::beliefs::{Beliefs, Hyperparameters, Learning};
use crate::designs::Design;
use crate::forecast::Forecast;
use crate::knowledge::Knowledge;
use crate::pareto::scalarized;
use crate::space::Space;
use crate::strategy::Strategy;

/// Points that are proposed.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// `[at most as many as asked, axes]`; fewer where the space is exhausted.
    pub points: Vec<f64>,
    /// Prediction for each; none of points of a design.
    pub forecasts: Vec<Forecast>,
    /// Hyperparameters, to begin with next time.
    pub hyperparameters: Hyperparameters,
    /// Whether the points belong to the design.
    pub from_design: bool,
}

/// The fraction of asks that count only what is better by a margin.
const BOLD: f64 = 1.0 / 3.0;
/// Trials after which hyperparameters are looked for from new starts.
const RENEWED: usize = 10;

impl Strategy {
    /// The next `n` points for what is known; `trial` is the number of the first of them, by which chance is drawn: the same
    /// seed, knowledge and trial give the same points.
    ///
    /// ```
    /// use bayes::{Knowledge, Space, Strategy};
    /// let x: Vec<f64> = (0..6).map(|i| i as f64 / 5.0).collect();
    /// let y = x.iter().map(|x| (x - 0.45_f64).powi(2)).collect();
    /// let strategy = Strategy { initial: Some(6), ..Strategy::default() };
    /// let next = strategy.ask(&Space::cube(1), &Knowledge::of(x, y), 1, &vec![], 0, 6);
    /// assert!((next.points[0] - 0.45).abs() < 0.1);
    /// ```
    pub fn ask(
        &self,
        space: &Space,
        known: &Knowledge,
        n: usize,
        before: &Hyperparameters,
        seed: u64,
        trial: usize,
    ) -> Proposal {
        let width = space.width().max(1);
        let so_far = known.n() + known.pending.len() / width;
        let size = self.design_size(space);
        let taken = [known.x.as_slice(), &known.pending].concat();
        let design = |n: usize| self.designed(space, n, size.max(so_far + n), &taken, seed);
        if self.design_only || so_far < size {
            // The first model waits until the design is out; a batch may be cut so that it can learn.
            let n = if self.design_only { n } else { n.min(size - so_far) };
            return design(n);
        }
        let mut learning = Learning {
            before,
            restarts: if before.is_empty() || known.n().is_multiple_of(RENEWED) { self.restarts } else { 0 },
            seed,
            found: Vec::new(),
        };
        let key = Key::new(seed, "ask").at(trial, 0);
        let found = match known.objectives.len() {
            0 | 1 => self.single(space, known, n, &mut learning, key),
            _ => self.several(space, known, n, &mut learning, key),
        };
        match found {
            Some((points, forecasts)) => {
                Proposal { points, forecasts, hyperparameters: learning.found, from_design: false }
            }
            // Nothing has a value yet: there is nothing to learn from.
            None => design(n),
        }
    }

    fn single(
        &self,
        space: &Space,
        known: &Knowledge,
        n: usize,
        learning: &mut Learning<'_>,
        key: Key,
    ) -> Option<(Vec<f64>, Vec<Forecast>)> {
        let listed = space.listed();
        let beliefs = Beliefs::new(space, self, known, known.objectives.first()?, learning)?;
        let beliefs = match self.acquisition {
            Acquisition::MaxValueEntropy => beliefs.with_optima(space, listed.as_deref(), key.shard(3)),
            _ => beliefs,
        };
        let bold = key.shard(4).random().uniform() < BOLD;
        let margin = if bold { self.margin * beliefs.reference.unit } else { 0.0 };
        let context = Context { margin, ..Context::new(self, space, listed.as_deref(), known, &beliefs, key) };
        let points = self.batch.choose(&context, n);
        let forecasts = points.chunks_exact(space.width()).map(|x| Forecast::new(space, known, &beliefs, x)).collect();
        Some((points, forecasts))
    }

    /// Of several objectives, each member of the batch has weights of its own \[Knowles2006\].
    fn several(
        &self,
        space: &Space,
        known: &Knowledge,
        n: usize,
        learning: &mut Learning<'_>,
        key: Key,
    ) -> Option<(Vec<f64>, Vec<Forecast>)> {
        let (mut known, mut points, mut forecasts) = (known.clone(), Vec::new(), Vec::new());
        for member in 0..n {
            let mut random = key.shard(100 + member).random();
            let drawn: Vec<f64> = known.objectives.iter().map(|_| -(random.uniform() + 1e-300).ln()).collect();
            let sum: f64 = drawn.iter().sum();
            let weights: Vec<f64> = drawn.iter().map(|w| w / sum).collect();
            let one = Knowledge { objectives: vec![scalarized(&known.objectives, &weights)], ..known.clone() };
            learning.found.clear();
            let (x, forecast) = self.single(space, &one, 1, learning, key.shard(200 + member))?;
            if x.is_empty() {
                break;
            }
            known.pending.extend_from_slice(&x);
            points.extend(x);
            forecasts.extend(forecast);
        }
        Some((points, forecasts))
    }

    fn designed(&self, space: &Space, n: usize, size: usize, taken: &[f64], seed: u64) -> Proposal {
        let size = if self.design.is_sequence() { size } else { self.design_size(space).max(n) };
        let key = Key::new(seed, "design");
        let all = self.design.points(space, size, &[], key);
        let width = space.width().max(1);
        let free = |x: &&[f64]| !space.among(x, taken);
        let mut points: Vec<f64> = all.chunks_exact(width).filter(free).take(n).flatten().copied().collect();
        if points.len() < n * width {
            let known = [taken, &points].concat();
            let missing = n - points.len() / width;
            points.extend(Design::Sobol.points(space, missing, &known, key));
        }
        Proposal { points, forecasts: Vec::new(), hyperparameters: Vec::new(), from_design: true }
    }
}
