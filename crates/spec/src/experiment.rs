//! The specification of a run: what a user can set exists here, once.

use chem::MoleculeFeatures;
use data::Split;
use nn::{Loss, Training};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::curve::Curve;
use crate::data::Data;
use crate::forecast::Forecast;
use crate::input_kind::InputKind;
use crate::model::{Auto, ModelKind};
use crate::precision::Precision;
use crate::scale::Scale;
use crate::uncertainty::Uncertainty;

/// Everything about a run. The same experiment on the same data gives the same model, bit for bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Experiment {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Floating-point precision of networks.
    pub precision: Precision,
    /// Which table, and which of its columns.
    pub data: Data,
    /// Forecasts, where the table holds time series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// How molecules become numbers.
    pub molecules: MoleculeFeatures,
    /// How rows are split into training, validation and test sets.
    pub split: Split,
    /// Scaling of inputs and targets.
    pub scale: Scale,
    /// The model that is trained.
    pub model: ModelKind,
    /// Models that are trained on the same splits and compared; the best on the validation rows is selected, in place of `model`.
    pub compare: Vec<ModelKind>,
    /// Loss function of a network; by default the squared error, or the cross-entropy of classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<Loss>,
    /// How a network is trained.
    pub train: Training,
    /// Uncertainty of predictions.
    pub uncertainty: Uncertainty,
    /// Train the baselines too: mean predictor, ridge (logistic regression) and random forest.
    pub baselines: bool,
    /// Curves to measure in addition to the training: errors over the number of training rows or over the values of a setting, and
    /// their bias and variance.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub curves: Vec<Curve>,
}

impl Default for Experiment {
    fn default() -> Self {
        Experiment {
            seed: 0,
            precision: Precision::default(),
            data: Data::embedded(),
            forecast: None,
            molecules: MoleculeFeatures::default(),
            split: Split::default(),
            scale: Scale::default(),
            model: ModelKind::Auto(Auto::default()),
            compare: Vec::new(),
            loss: None,
            train: Training::default(),
            uncertainty: Uncertainty::default(),
            baselines: true,
            curves: Vec::new(),
        }
    }
}

impl Experiment {
    /// The models that it names: those that are compared, or the one.
    pub fn models(&self) -> impl Iterator<Item = &ModelKind> {
        std::iter::once(&self.model).filter(|_| self.compare.is_empty()).chain(&self.compare)
    }

    /// Whether one of its models can read rows of this kind.
    pub fn reads(&self, input: InputKind) -> bool {
        self.models().any(|kind| kind.reads(input))
    }
}
