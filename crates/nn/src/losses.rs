//! Losses by name.

use grad::{Tape, Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::batches::BatchTargets;
use crate::error::Error;
use crate::examples::Targets;

/// What a network minimises.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Loss {
    /// $\frac1n\sum |\hat y_i - y_i|$.
    MeanAbsoluteError,
    /// $\frac1n\sum (\hat y_i - y_i)^2$.
    MeanSquaredError,
    /// $\sqrt{\frac1n\sum (\hat y_i - y_i)^2}$, of each batch.
    RootMeanSquaredError,
    /// Quadratic up to `delta`, linear beyond \[Huber1964\].
    Huber {
        /// Where the quadratic part ends, in units of the scaled target.
        #[serde(default = "one")]
        #[schemars(range(min = 0.0))]
        delta: f64,
    },
    /// $-\frac1n\sum y_i \ln p_i + (1-y_i)\ln(1-p_i)$ for two classes.
    BinaryCrossEntropy,
    /// $-\frac1n\sum \ln p_{i,y_i}$ for any number of classes.
    CrossEntropy,
}

fn one() -> f64 {
    1.0
}

impl Loss {
    /// The one that suits the targets: squared error for numbers, cross-entropy for classes.
    pub fn suited_to<T>(targets: &Targets<T>) -> Self {
        match targets {
            Targets::Numbers { .. } => Loss::MeanSquaredError,
            Targets::Classes { count: 0..=2, .. } => Loss::BinaryCrossEntropy,
            Targets::Classes { .. } => Loss::CrossEntropy,
        }
    }

    /// The word that stands in files and messages.
    pub fn name(&self) -> &'static str {
        match self {
            Loss::MeanAbsoluteError => "mean_absolute_error",
            Loss::MeanSquaredError => "mean_squared_error",
            Loss::RootMeanSquaredError => "root_mean_squared_error",
            Loss::Huber { .. } => "huber",
            Loss::BinaryCrossEntropy => "binary_cross_entropy",
            Loss::CrossEntropy => "cross_entropy",
        }
    }

    /// How many numbers the network gives for each row, if the loss fits the targets.
    pub(crate) fn outputs<T>(&self, targets: &Targets<T>) -> Result<usize, Error> {
        let misfit = |expected, found, hint| Error::LossDoesNotFit { loss: self.name(), expected, found, hint };
        match (self, targets) {
            (Loss::BinaryCrossEntropy, Targets::Classes { count, .. }) if *count <= 2 => Ok(1),
            (Loss::BinaryCrossEntropy, Targets::Classes { .. }) => {
                Err(misfit("two classes", "more than two classes", "use `cross_entropy`"))
            }
            (Loss::CrossEntropy, Targets::Classes { count, .. }) => Ok(*count),
            (Loss::BinaryCrossEntropy | Loss::CrossEntropy, Targets::Numbers { .. }) => {
                Err(misfit("classes", "numbers", "use a loss of regression, or set `task = \"classification\"`"))
            }
            (_, Targets::Classes { .. }) => Err(misfit("numbers", "classes", "use `cross_entropy`")),
            (_, Targets::Numbers { width, .. }) => Ok(*width),
        }
    }

    /// The loss of the network's output `z: [n, outputs]`.
    pub(crate) fn of<'t, T: Real>(&self, z: Var<'t, T>, targets: &BatchTargets<T>, tape: &'t Tape<T>) -> Var<'t, T> {
        match targets {
            BatchTargets::Numbers { values, weights } => {
                let (y, w) = (tape.constant(values.clone()), weights.as_ref());
                match *self {
                    Loss::MeanAbsoluteError => ops::mean_absolute_error(z, y, w),
                    Loss::RootMeanSquaredError => ops::square_root(ops::mean_squared_error(z, y, w)),
                    Loss::Huber { delta } => ops::huber(z, y, delta, w),
                    _ => ops::mean_squared_error(z, y, w),
                }
            }
            BatchTargets::Classes { labels, weights } if *self == Loss::BinaryCrossEntropy => {
                let shape = z.value().shape();
                let device = tape.device();
                let y =
                    device.tensor(shape, |y| y.iter_mut().zip(labels).for_each(|(y, &label)| *y = T::of(label as f64)));
                let weights = weights.as_ref().map(|w| device.tensor(shape, |to| to.copy_from_slice(w)));
                ops::binary_cross_entropy(z, &y, weights.as_ref())
            }
            BatchTargets::Classes { labels, weights } => ops::softmax_cross_entropy(z, labels, weights.as_deref()),
        }
    }
}
