//! The contract of a kind of model, a trait, so that the compiler finds what is forgotten.

use bayes::GaussianProcess;
use nn::models::{FittedLinear, NearestNeighbors, RandomForest, Ridge};
use nn::{Examples, Layer, Seq2seq, Targets, Training};
use tensor::Device;

use crate::error::Result;
use crate::input_kind::InputKind;

/// Contract of a kind of model. One file each in `models/`, one line each in the registry (`model.rs`). Equation, shapes
/// and sources stand in the doc comments of the settings, where the schema finds them.
pub trait ModelSpec {
    /// Kinds of input that it reads, in the order of preference.
    fn reads(&self) -> &'static [InputKind];

    /// Which targets it predicts.
    fn tasks(&self) -> Tasks;

    /// How it is fitted to rows of which this is known.
    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan>;

    /// How it reads windows of time series; `None` of a kind that is not a forecasting model.
    fn windows(&self) -> Option<WindowPlan> {
        None
    }

    /// Its name in tables of results, where that is not the word of its kind.
    fn title(&self) -> Option<&'static str> {
        None
    }

    /// Whether it has dropout, so that MC dropout samples differ.
    fn dropout(&self) -> bool {
        false
    }

    /// Whether it reads the bits of fingerprints.
    fn fingerprints(&self) -> bool {
        true
    }

    /// Whether its probabilities are calibrated by themselves.
    fn is_calibrated(&self) -> bool {
        false
    }

    /// Whether it fits its own rows nearly exactly, however well it predicts others.
    fn memorizes(&self) -> bool {
        false
    }

    /// The sentence to say where rows have weights and it takes none.
    fn ignores_weights(&self) -> Option<&'static str> {
        None
    }

    /// Hint for a lower variance.
    fn less_freedom(&self) -> &'static str;

    /// Hint for a lower bias.
    fn more_freedom(&self) -> &'static str;
}

impl<M: ModelSpec + ?Sized> ModelSpec for &M {
    fn reads(&self) -> &'static [InputKind] {
        (**self).reads()
    }

    fn tasks(&self) -> Tasks {
        (**self).tasks()
    }

    fn plan(&self, rows: &RowShape<'_>) -> Result<Plan> {
        (**self).plan(rows)
    }

    fn windows(&self) -> Option<WindowPlan> {
        (**self).windows()
    }

    fn title(&self) -> Option<&'static str> {
        (**self).title()
    }

    fn dropout(&self) -> bool {
        (**self).dropout()
    }

    fn fingerprints(&self) -> bool {
        (**self).fingerprints()
    }

    fn is_calibrated(&self) -> bool {
        (**self).is_calibrated()
    }

    fn memorizes(&self) -> bool {
        (**self).memorizes()
    }

    fn ignores_weights(&self) -> Option<&'static str> {
        (**self).ignores_weights()
    }

    fn less_freedom(&self) -> &'static str {
        (**self).less_freedom()
    }

    fn more_freedom(&self) -> &'static str {
        (**self).more_freedom()
    }
}

/// Which targets a kind predicts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tasks {
    /// Numbers.
    Regression,
    /// Classes.
    Classification,
    /// Either.
    Both,
    /// The next steps of time series, and nothing else.
    Forecast,
}

/// Properties of the rows that are known before a model is planned.
#[derive(Clone, Copy)]
pub struct RowShape<'a> {
    /// The targets of the training rows.
    pub targets: &'a Targets<f64>,
    /// How many different tokens sequences consist of, where they do.
    pub tokens: Option<usize>,
}

/// How a model is fitted.
pub enum Plan {
    /// Layers, trained step by step.
    Network {
        /// All but the last, which follows from the loss.
        layers: Vec<Layer>,
        /// How it is trained in place of the experiment's `train`.
        training: Option<Training>,
        /// Whether the loss is the usual one of the task, whatever the experiment says.
        usual_loss: bool,
    },
    /// Weights and intercepts, found by a solver.
    Linear(Box<Solver>),
    /// Trees.
    Forest(RandomForest),
    /// A Gaussian process for each target.
    Process(GaussianProcess),
    /// The training rows themselves.
    Neighbors(NearestNeighbors),
}

impl Plan {
    /// Layers that are trained as the experiment says.
    pub fn layers(layers: Vec<Layer>) -> Self {
        Plan::Network { layers, training: None, usual_loss: false }
    }
}

/// Finds weights from training rows, perhaps with validation rows, and a seed.
pub type Solver =
    dyn Fn(&Examples<f64>, Option<&Examples<f64>>, u64, &Device) -> nn::Result<FittedLinear> + Send + Sync;

/// How a model reads windows of time series.
pub enum WindowPlan {
    /// As one row of features, with future covariates among them.
    Flat(Vec<Layer>),
    /// Step by step, several steps at a time where there are patches.
    Steps {
        /// All layers but the last.
        layers: Vec<Layer>,
        /// Steps that are read at a time.
        patch: usize,
    },
    /// Step by step, with a decoder for the horizon.
    Decoder(Seq2seq),
    /// In closed form.
    Linear(Ridge),
}
