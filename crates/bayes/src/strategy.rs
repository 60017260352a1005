//! How the next experiments are chosen: the settings.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::acquisition::Acquisition;
use crate::batch::Batch;
use crate::designs::Design;
use crate::kernels::Kernel;
use crate::mean::Mean;
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

impl Strategy {
    /// The number of points of the design.
    pub fn design_size(&self, space: &Space) -> usize {
        self.initial.unwrap_or_else(|| (2 * space.width()).max(5))
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
