//! How the next experiments are chosen.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;

use crate::acquisition::Acquisition;
use crate::batch::{Batch, Context};
use crate::beliefs::{Beliefs, Hyperparameters, Learning};
use crate::designs::Design;
use crate::forecast::Forecast;
use crate::kernels::Kernel;
use crate::knowledge::Knowledge;
use crate::mean::Mean;
use crate::pareto::scalarised;
use crate::process::Noise;
use crate::space::{Axis, Space};
use crate::warp::Warp;

/// Bayesian optimization \[Jones1998\]: first an initial design, then a Gaussian process on all observations and an
/// acquisition function that balances exploitation and exploration.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Strategy {
    /// Acquisition function, which is maximized to find a point.
    pub acquisition: Acquisition,
    /// How several points are chosen at once.
    pub batch: Batch,
    /// Initial design: how the first points are chosen.
    pub design: Design,
    /// Number of points of the initial design; by default twice the number of axes, at least 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub initial: Option<usize>,
    /// Only the design, never a model.
    pub design_only: bool,
    /// Covariance function; by default the one that suits the axes of the space.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kernel: Option<Kernel>,
    /// Mean function of the objective: the prediction far from all trials.
    pub mean: Mean,
    /// Noise variance of a single measurement.
    pub noise: Noise,
    /// Output transform: what is done to the values before a process is fitted.
    pub warp: Warp,
    /// Exploration margin $\xi$ in standard deviations of the values: one request of three, at random, counts only
    /// improvements larger than this, so that a search with ever smaller steps explores elsewhere. 0 for never.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub margin: f64,
    /// Power of the cost by which improvement is divided: 1 is improvement per unit of cost, 0 ignores costs.
    #[schemars(range(min = 0.0, max = 10.0))]
    pub cost_exponent: f64,
    /// That power falls with the fraction of the budget that is left \[Lee2020\].
    pub cool: bool,
    /// Samples of the values of pending points over which the acquisition is averaged.
    #[schemars(range(min = 1, max = 4096))]
    pub draws: usize,
    /// Starts of the hyperparameter search that are drawn from the priors, every tenth time.
    #[schemars(range(min = 0, max = 100))]
    pub restarts: usize,
}

impl Default for Strategy {
    fn default() -> Self {
        Strategy {
            acquisition: Acquisition::default(),
            batch: Batch::default(),
            design: Design::default(),
            initial: None,
            design_only: false,
            kernel: None,
            mean: Mean::default(),
            noise: Noise::default(),
            warp: Warp::default(),
            margin: 0.01,
            cost_exponent: 1.0,
            cool: false,
            draws: 64,
            restarts: 2,
        }
    }
}

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
    /// The number of points of the design.
    pub fn design_size(&self, space: &Space) -> usize {
        self.initial.unwrap_or_else(|| (2 * space.width()).max(5))
    }

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
            let one = Knowledge { objectives: vec![scalarised(&known.objectives, &weights)], ..known.clone() };
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

    /// The error in it for a space, in words; `None` where there is none.
    pub fn fault(&self, space: &Space) -> Option<String> {
        let own_kernel = self.kernel.clone().unwrap_or_else(|| space.kernel());
        if let Some(fault) = own_kernel.fault(space.width()) {
            return Some(format!("the covariance does not suit the space: {fault}"));
        }
        let categories = |column: usize| !space.axes[column].is_number();
        if let Some(fault) = self.noise.fault() {
            return Some(format!("the noise is wrong: {fault}"));
        }
        if let Some(fault) = self.mean.fault(space.width()) {
            return Some(format!("the mean does not suit the space: {fault}"));
        }
        let run = self.mean.trend().map(|(trend, _)| trend.inputs(space.width())).unwrap_or_default();
        if let Some(column) = run.into_iter().find(|&column| categories(column)) {
            return Some(format!(
                "the mean runs with axis {column}, counted from 0, which holds categories: name `columns` of numbers"
            ));
        }
        for part in own_kernel.parts() {
            if let Some(column) = part.numbers(space.width()).into_iter().find(|&column| categories(column)) {
                return Some(format!(
                    "a covariance of numbers uses axis {column}, counted from 0, which holds categories"
                ));
            }
        }
        if self.batch == Batch::Thompson && own_kernel.parts().iter().any(|part| matches!(part, Kernel::Tanimoto(_))) {
            return Some("functions of the covariance `tanimoto` cannot be drawn for Thompson sampling".into());
        }
        if space.axes.iter().any(|axis| axis.count() == Some(0)) {
            return Some("an axis has no values".into());
        }
        if space.axes.iter().any(|axis| matches!(axis, Axis::Levels(levels) if levels.iter().any(|x| !x.is_finite()))) {
            return Some("a level is not a finite number".into());
        }
        self.batch.fault(self.acquisition)
    }
}
