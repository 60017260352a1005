//! The specification of a run: what a user can set exists here, once.

use chem::MoleculeFeatures;
use data::{Scaling, Split};
use nn::{Loss, Training};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::curves::Curve;
use crate::forecast::Forecast;
use crate::images::Images;
use crate::intervals::Uncertainty;
use crate::registry::{Auto, ModelKind};
use crate::sequence::Sequence;
use crate::spectra::Spectra;

/// Everything about a run. The same experiment on the same data gives the same model, bit for bit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Experiment {
    /// Seed of all random numbers.
    pub seed: u64,
    /// Numbers in which networks compute.
    pub precision: Precision,
    /// Which table, and which of its columns.
    pub data: Data,
    /// Forecasts, where the table holds time series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forecast: Option<Forecast>,
    /// How molecules become numbers.
    pub molecules: MoleculeFeatures,
    /// How rows are cut into training, validation and test.
    pub split: Split,
    /// How inputs and targets are brought to one scale.
    pub scale: Scale,
    /// What is trained.
    pub model: ModelKind,
    /// Models that are trained on the same splits and compared; the best on validation rows is kept, in place of `model`.
    pub compare: Vec<ModelKind>,
    /// What a network minimises; by default the squared error, or the cross-entropy of classes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub loss: Option<Loss>,
    /// How a network is trained.
    pub train: Training,
    /// How sure predictions are said to be.
    pub uncertainty: Uncertainty,
    /// Train the baselines too: mean predictor, ridge (logistic regression) and random forest.
    pub baselines: bool,
    /// Curves to measure beside the training: errors over the number of training rows or over the values of a setting, and
    /// what part of them is bias and what variance.
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
    pub(crate) fn models(&self) -> impl Iterator<Item = &ModelKind> {
        std::iter::once(&self.model).filter(|_| self.compare.is_empty()).chain(&self.compare)
    }

    /// Whether one of its models reads molecules as graphs.
    pub(crate) fn reads_graphs(&self) -> bool {
        let may = |kind: &ModelKind| matches!(kind, ModelKind::Auto(_)) && self.data.smiles.is_some();
        self.models().any(|kind| kind.reads_graphs() || may(kind))
    }
}

/// Numbers in which networks compute.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// 32 bits: about seven digits.
    #[default]
    Single,
    /// 64 bits: about sixteen digits, at half the speed.
    Double,
}

/// Which table, and which of its columns.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Data {
    /// Path of a table: CSV, TSV, Excel or Parquet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Name of a data set instead of a path; see `gedanken data list`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<String>,
    /// Columns to predict.
    pub target: Vec<String>,
    /// Column of molecules, as SMILES.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub smiles: Option<String>,
    /// Columns to predict from; by default none beside molecules, else all that are no identifiers.
    pub features: Vec<String>,
    /// Images, where rows are some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub images: Option<Images>,
    /// Where sequences stand, for models that read step by step.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Sequence>,
    /// Where spectra stand, and what is done to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spectra: Option<Spectra>,
    /// Column with a weight for each row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weights: Option<String>,
    /// Give all classes the same weight in sum.
    pub balance_classes: bool,
    /// Path of a table whose rows are the test; the split then only takes validation rows out of the other table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub test: Option<String>,
    /// Leave out rows whose molecule or image cannot be read, and count them; otherwise they are an error.
    pub skip_invalid: bool,
    /// Numbers or classes; by default what the target column holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<Task>,
}

impl Data {
    /// What may be unreadable in a row.
    pub(crate) fn read_from(&self) -> &'static str {
        if self.images.is_some() { "image" } else { "molecule" }
    }

    /// The data set that the program brings along.
    pub fn embedded() -> Self {
        Data {
            dataset: Some("boiling_points".into()),
            target: vec!["boiling_point".into()],
            smiles: Some("smiles".into()),
            ..Data::default()
        }
    }
}

/// What kind of thing is predicted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// Numbers.
    Regression,
    /// Classes.
    Classification,
}

/// How inputs and targets are brought to one scale, fitted on training rows only.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Scale {
    /// For inputs.
    pub inputs: Scaling,
    /// Scaled inputs are cut to `[-limit, limit]`, so that a row unlike all training rows moves a prediction only so far;
    /// zero for no limit, and none where inputs are not scaled.
    #[schemars(range(min = 0.0))]
    pub limit: f64,
    /// For targets that are numbers.
    pub targets: Scaling,
    /// Learn the decimal logarithm of the targets; predictions come back in their own unit.
    pub log_targets: bool,
}

impl Default for Scale {
    fn default() -> Self {
        Scale { inputs: Scaling::Standard, limit: 4.0, targets: Scaling::Standard, log_targets: false }
    }
}
