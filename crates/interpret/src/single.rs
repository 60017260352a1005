//! The explanation of one prediction.

use evaluation::domain::DomainStatus;
use evaluation::scores::Observed;
use inputs::target::Values;
use nn::metrics::argmax;
use serde::Serialize;
use spec::error::Result;
use spec::task::Task;

use crate::atoms::{self, Atoms};
use crate::explainer::{Explainer, Subject};
use crate::gradients::{self, Gradients};
use crate::neighbors::{self, Counterfactual, Surroundings, interval};
use crate::settings::Interpret;
use crate::shapley;

/// Explanation of one prediction.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explained {
    /// `row 17`, or the molecule that was given.
    pub name: String,
    /// The row in the file of the table, from zero; absent of a molecule that was given.
    pub row: Option<usize>,
    /// Its molecule, as it is written in the drawing.
    pub smiles: Option<String>,
    /// The explained output: a target, or the probability of a class.
    pub output: String,
    /// The prediction.
    pub predicted: f64,
    /// Its conformal interval, of numbers.
    pub interval: Option<[f64; 2]>,
    /// The observed value, of numbers.
    pub observed: Option<f64>,
    /// The observed class.
    pub observed_class: Option<String>,
    /// Domain status of the row.
    pub domain: Option<DomainStatus>,
    /// The mean prediction, to which the Shapley values are added.
    pub mean: f64,
    /// All orders of the features were summed.
    pub exact: bool,
    /// Contribution of each feature, the largest first.
    pub features: Vec<Contribution>,
    /// The prediction for the mean row, to which integrated gradients are added; absent of models without a gradient.
    pub gradient_start: Option<f64>,
    /// Difference of integrated gradients from the prediction: the error of the integral.
    pub gradient_error: Option<f64>,
    /// Contribution of each atom.
    pub atoms: Option<Atoms>,
    /// Nearest counterfactuals: the nearest rows of the table whose prediction is clearly different.
    pub counterfactuals: Vec<Counterfactual>,
}

/// Contribution of one feature.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Contribution {
    /// A column, a descriptor, or a fingerprint as a whole.
    pub feature: String,
    /// Its value in this row.
    pub value: String,
    /// Its Shapley value, in the unit of the prediction.
    pub shapley: f64,
    /// The standard error of that; zero where all orders were summed.
    pub shapley_error: f64,
    /// Its contribution along the path of integrated gradients.
    pub gradient: Option<f64>,
}

/// Explains the prediction of one subject.
pub(crate) fn explain(
    explainer: &Explainer<'_>,
    table: &Table,
    number: usize,
    output: Option<usize>,
    asked: &Interpret,
) -> Result<Explained> {
    let subject = &explainer.explained[number];
    let (at, source) = (subject.at, explainer.source_of(subject));
    let prediction = explainer.model.predict_rows(source, &[subject.row])?;
    let output = output.unwrap_or(match explainer.model.target.task {
        Task::Regression => 0,
        Task::Classification => argmax(&prediction.values),
    });
    let shapley = shapley::shapley(explainer, at, output, asked)?;
    let gradients = gradients::integrated(explainer, at, output, asked)?;
    let contribution = |player: usize| Contribution {
        feature: explainer.players[player].name.clone(),
        value: explainer.players[player].held(source, subject.row).words(),
        shapley: shapley.values[player],
        shapley_error: shapley.errors[player],
        gradient: gradients.as_ref().map(|g| g.values[player]),
    };
    let mut features: Vec<Contribution> = (0..explainer.players.len()).map(contribution).collect();
    features.sort_by(|a, b| b.shapley.abs().total_cmp(&a.shapley.abs()).then_with(|| a.feature.cmp(&b.feature)));
    let predicted = prediction.values[output];
    let error = |g: &Gradients| predicted - g.start - g.values.iter().sum::<f64>();
    let (observed, observed_class) = observed(explainer, table, subject, output);
    let molecule = source.molecules.as_ref().map(|m| m.canonical[subject.row].clone());
    Ok(Explained {
        name: subject.smiles.map_or_else(|| format!("row {}", subject.in_file.unwrap_or(0) + 1), str::to_owned),
        row: subject.in_file,
        output: explainer.model.output_names()[output].clone(),
        predicted,
        interval: interval(&prediction, output),
        observed,
        observed_class,
        domain: prediction.neighbors.first().map(|near| near.status),
        mean: shapley.mean,
        exact: shapley.exact,
        features,
        gradient_start: gradients.as_ref().map(|g| g.start),
        gradient_error: gradients.as_ref().map(error),
        atoms: match &molecule {
            Some(smiles) => atoms::atoms(explainer, subject, smiles, output, predicted, gradients.as_ref())?,
            None => None,
        },
        counterfactuals: neighbors::counterfactuals(explainer, &table.surroundings, subject, output, &prediction)?,
        smiles: molecule,
    })
}

/// Data of the table, shared by all subjects.
pub(crate) struct Table {
    surroundings: Surroundings,
    /// A target that cannot be read in some row is no reason not to explain another.
    targets: Option<Values>,
}

impl Table {
    pub(crate) fn new(explainer: &Explainer<'_>) -> Result<Self> {
        let targets = explainer.model.target.read(&explainer.source.table).unwrap_or(None);
        Ok(Table { surroundings: Surroundings::new(explainer)?, targets })
    }
}

/// The observed value of the subject: a number, or a class.
fn observed(
    explainer: &Explainer<'_>,
    table: &Table,
    subject: &Subject<'_>,
    output: usize,
) -> (Option<f64>, Option<String>) {
    let info = &explainer.model.target;
    let values = table.targets.as_ref().filter(|_| subject.smiles.is_none());
    let Some(values) = values.filter(|values| values.known(subject.row, info.names.len())) else {
        return (None, None);
    };
    let numbers = Observed::numbers(values, &[subject.row], info);
    match info.task {
        Task::Regression => (numbers.get(output).copied().filter(|y| !y.is_nan()), None),
        Task::Classification => (None, numbers.first().and_then(|&class| info.classes.get(class as usize)).cloned()),
    }
}
