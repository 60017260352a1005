//! Losses by name.

use grad::{Tape, Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use crate::batches::BatchTargets;
use crate::error::Error;
use crate::examples::Targets;

/// Loss functions: what a network minimizes.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Loss {
    /// Mean absolute error, $\frac1n\sum |\hat y_i - y_i|$ \[Hastie2009\]: less sensitive to outliers than squares.
    MeanAbsoluteError,
    /// Mean squared error, $\frac1n\sum (\hat y_i - y_i)^2$ \[Bishop2006\].
    MeanSquaredError,
    /// Root mean squared error, $\sqrt{\frac1n\sum (\hat y_i - y_i)^2}$, of each batch \[Bishop2006\].
    RootMeanSquaredError,
    /// Huber loss \[Huber1964\], the mean of $\frac12 e^2$ for errors $|e| = |\hat y_i - y_i|$ up to $\delta$
    /// (`delta`), of $\delta (|e| - \frac12 \delta)$ beyond: quadratic, then linear.
    Huber {
        /// Error $\delta$ at which the quadratic part ends, in units of the scaled target.
        #[serde(default = "one")]
        #[schemars(range(min = 0.0))]
        delta: f64,
    },
    /// Gaussian negative log-likelihood, $\frac1n\sum \frac12\left(\ln v_i + (y_i - \hat y_i)^2/v_i\right)$: the
    /// network also predicts the variance $v_i$, so that each prediction has a standard deviation of its own
    /// \[Nix1994\].
    GaussianNegativeLogLikelihood,
    /// Quantile (pinball) loss \[Koenker1978\],
    /// $\frac1n\sum \max\bigl(\tau (y_i - \hat q_i), (\tau - 1)(y_i - \hat q_i)\bigr)$, summed over the quantiles
    /// $\tau$ of $\frac12$ and $\frac12(1 \pm c)$ with $c$ (`level`): the network predicts the median and an interval
    /// that contains a fraction $c$ of the values.
    Quantile {
        /// Fraction $c$ of the values between the interval bounds.
        #[serde(default = "nine_tenths")]
        #[schemars(range(min = 0.01, max = 0.999))]
        level: f64,
    },
    /// Binary cross-entropy, $-\frac1n\sum y_i \ln p_i + (1-y_i)\ln(1-p_i)$, for two classes \[Goodfellow2016\].
    BinaryCrossEntropy,
    /// Cross-entropy, $-\frac1n\sum \ln p_{i,y_i}$, for any number of classes \[Goodfellow2016\].
    CrossEntropy,
}

fn one() -> f64 {
    1.0
}

fn nine_tenths() -> f64 {
    0.9
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
            Loss::GaussianNegativeLogLikelihood => "gaussian_negative_log_likelihood",
            Loss::Quantile { .. } => "quantile",
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
            (_, Targets::Numbers { width, .. }) => Ok(self.numbers_a_target() * width),
        }
    }

    /// How many numbers the network gives for each target that is a number: itself; mean and variance; median, lower and
    /// upper end.
    pub(crate) fn numbers_a_target(&self) -> usize {
        match self {
            Loss::GaussianNegativeLogLikelihood => 2,
            Loss::Quantile { .. } => 3,
            _ => 1,
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
                    Loss::GaussianNegativeLogLikelihood => ops::gaussian_negative_log_likelihood(z, values, w),
                    Loss::Quantile { level } => ops::pinball(z, values, &quantiles(level), w),
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

impl Loss {
    /// What the network's output `z: [n, outputs]` says, appended to `out`: probabilities instead of logits, standard deviations
    /// instead of raw scales, quantiles in order.
    pub(crate) fn say<T: Real>(&self, z: Var<'_, T>, outputs: usize, out: &mut Vec<T>) {
        let z = if *self == Loss::CrossEntropy { ops::softmax(z).value() } else { z.value() };
        match self {
            Loss::BinaryCrossEntropy => out.extend(z.data().iter().flat_map(|z| [(-*z).sigmoid(), z.sigmoid()])),
            Loss::GaussianNegativeLogLikelihood => {
                for row in z.data().chunks_exact(outputs) {
                    let (means, scales) = row.split_at(outputs / 2);
                    out.extend_from_slice(means);
                    out.extend(scales.iter().map(|s| ops::variance(*s).sqrt()));
                }
            }
            Loss::Quantile { .. } => {
                let k = outputs / 3;
                for row in z.data().chunks_exact(outputs) {
                    let sorted: Vec<[T; 3]> =
                        (0..k).map(|at| in_order(row[at], row[k + at], row[2 * k + at])).collect();
                    [1, 0, 2].iter().for_each(|&end| out.extend(sorted.iter().map(|ends| ends[end])));
                }
            }
            _ => out.extend_from_slice(z.data()),
        }
    }
}

/// Nothing in the training keeps quantiles from crossing; in order they are nearer to the true ones.
fn in_order<T: Real>(a: T, b: T, c: T) -> [T; 3] {
    let (low, high) = (a.smaller(b), a.larger(b));
    let (middle, high) = (high.smaller(c), high.larger(c));
    [low.smaller(middle), low.larger(middle), high]
}

/// Median, lower and upper end.
fn quantiles(level: f64) -> [f64; 3] {
    [0.5, 0.5 - level / 2.0, 0.5 + level / 2.0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::{Device, Tensor};

    #[test]
    fn quantiles_that_cross_are_put_in_order() {
        let tape = Tape::new(Device::cpu(1));
        // Two targets: medians 1 and 5, lower ends 3 and 4, upper ends 2 and 6.
        let z = tape.constant(Tensor::new([1, 6], vec![1.0, 5.0, 3.0, 4.0, 2.0, 6.0]));
        let mut out = Vec::new();
        Loss::Quantile { level: 0.9 }.say(z, 6, &mut out);
        assert_eq!(out, [2.0, 5.0, 1.0, 4.0, 3.0, 6.0]);
    }

    #[test]
    fn losses_of_numbers_do_not_take_classes() {
        let classes = Targets::<f32>::Classes { count: 2, labels: vec![] };
        for loss in [Loss::GaussianNegativeLogLikelihood, Loss::Quantile { level: 0.9 }] {
            let message = loss.outputs(&classes).unwrap_err().to_string();
            assert!(message.contains(loss.name()) && message.contains("hint: "), "{message}");
        }
    }
}
