//! Why a model predicts what it predicts: what it looks at over a table, and what moved single predictions.

use data::Table;
use learn::fitted::Samples;
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};
use spec::task::Task;
use tabular::model::{Model, PredictOptions};

use crate::dependence::{self, Dependence};
use crate::explainer::Explainer;
use crate::permutation::{self, Importance};
use crate::single::{self, Explained};

/// What is asked of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Interpret {
    /// Seed of all random numbers.
    pub seed: u64,
    /// The target or class that is explained; by default the first target, or of each row the likeliest class.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Rows of the table that are explained one by one, counted from zero; without rows and molecules, the whole model is.
    pub rows: Vec<usize>,
    /// Molecules that are explained one by one, as SMILES.
    pub smiles: Vec<String>,
    /// Rows on which importance is measured, counted from zero; none stands for all. Test rows are honest, training
    /// rows flatter.
    pub judged: Vec<usize>,
    /// Features whose dependence is drawn; by default the six most important.
    pub features: Vec<String>,
    /// How often each feature is shuffled, 2 to 1000 times.
    pub repeats: usize,
    /// Random orders of the features for Shapley values; of ten features or fewer all are summed. 2 to 100,000.
    pub samples: usize,
    /// Rows that stand for the absence of a feature, 1 to 10,000.
    pub background: usize,
    /// Steps of the path of integrated gradients, 1 to 100,000.
    pub steps: usize,
}

impl Default for Interpret {
    fn default() -> Self {
        Interpret {
            seed: 0,
            target: None,
            rows: Vec::new(),
            smiles: Vec::new(),
            judged: Vec::new(),
            features: Vec::new(),
            repeats: 10,
            samples: 200,
            background: 100,
            steps: 256,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Interpretation {
    /// The kind of model.
    pub model: String,
    /// What is explained: a target, or the probability of a class.
    pub output: String,
    /// Its unit; empty where there is none.
    pub unit: String,
    /// Rows of the table that were used; their numbers here count from zero.
    pub rows: usize,
    /// Where the numbers of rows begin here.
    pub rows_count_from: usize,
    /// What the model looks at; absent where single rows are explained, or the table has no targets.
    pub importance: Option<Importance>,
    /// How predictions move with single features.
    pub dependence: Vec<Dependence>,
    /// What moved single predictions.
    pub explained: Vec<Explained>,
    /// What should be known when reading this.
    pub notes: Vec<String>,
}

/// More rows than this tell hardly more, and take longer; they are drawn by chance.
pub const MOST_ROWS: usize = 1000;
/// Of so many features the dependence is drawn.
pub(crate) const DRAWN: usize = 6;

/// Explains a model over the rows of `table`, or the predictions of single rows and molecules. `hear` is told what
/// is going on.
///
/// # Errors
/// The table lacks a column of the model; a row, target, class or feature that does not exist; too few rows.
pub fn interpret(
    model: &Model,
    table: Table,
    asked: &Interpret,
    hear: &(dyn Fn(&str) + Sync),
) -> Result<Interpretation> {
    if model.reads_sequences() {
        return Err(Error::Setting {
            message: format!("`{}` reads sequences, of which no column is a feature", model.experiment.model.name()),
            place: "interpret".into(),
            hint: "train it with `model.attention = true`, and ask for rows: `--row`, `--smiles`".into(),
        });
    }
    model.parts.iter().try_for_each(|part| part.encoder.check(&table))?;
    check(asked)?;
    hear("reading");
    let source = model.source(table, &PredictOptions::default())?;
    if source.n_rows() < 2 {
        return Err(Error::TooFewToInterpret { rows: source.n_rows() });
    }
    let output = asked.target.as_deref().map(|name| output_called(model, name)).transpose()?;
    let explainer = Explainer::new(model, &source, asked)?;
    let mut found = Interpretation {
        model: model.experiment.model.title(),
        output: model.output_names()[output.unwrap_or_default()].clone(),
        unit: model.target.units.get(output.unwrap_or_default()).cloned().unwrap_or_default(),
        rows: explainer.rows.len(),
        rows_count_from: 0,
        importance: None,
        dependence: Vec::new(),
        explained: Vec::new(),
        notes: Vec::new(),
    };
    if explainer.rows.len() < source.n_rows() {
        let (n, of) = (explainer.rows.len(), source.n_rows());
        found.notes.push(format!("{n} of the {of} rows are used, drawn by chance"));
    }
    if explainer.explained.is_empty() {
        hear("importance");
        found.importance = permutation::importance(&explainer, output.unwrap_or_default(), asked)?;
        if found.importance.is_none() {
            found.notes.push("importance needs two rows at least whose target the table holds".into());
        }
        hear("dependence");
        found.dependence = dependence::all(&explainer, output, asked, found.importance.as_ref())?;
        return Ok(found);
    }
    if model.parts.iter().any(|part| part.is_thinned(Samples::of(&model.experiment))) {
        let words = "predictions are means over thinned networks, which have no one slope: no integrated gradients";
        found.notes.push(words.into());
    }
    let table = single::Table::new(&explainer)?;
    for at in 0..explainer.explained.len() {
        hear(&format!("explaining {} of {}", at + 1, explainer.explained.len()));
        found.explained.push(single::explain(&explainer, &table, at, output, asked)?);
    }
    if let (Task::Classification, None, [only]) = (model.target.task, output, &found.explained[..]) {
        found.output.clone_from(&only.output);
    }
    Ok(found)
}

/// The place of a target or class among the numbers of a prediction.
fn output_called(model: &Model, name: &str) -> Result<usize> {
    let (what, names) = match model.target.task {
        Task::Regression => ("target", &model.target.names),
        Task::Classification => ("class", &model.target.classes),
    };
    let known = || format!("the model knows {}", names.join(", "));
    let at =
        names.iter().position(|known| known == name).or_else(|| model.output_names().iter().position(|n| n == name));
    at.ok_or_else(|| Error::Unknown { what, name: name.to_owned(), near: None, hint: known() })
}

/// Numbers that are asked for lie in the ranges of the specification.
fn check(asked: &Interpret) -> Result<()> {
    let ranges = [
        ("repeats", asked.repeats, 2, 1000),
        ("samples", asked.samples, 2, 100_000),
        ("background", asked.background, 1, 10_000),
        ("steps", asked.steps, 1, 100_000),
    ];
    match ranges.into_iter().find(|(_, value, low, high)| !(*low..=*high).contains(value)) {
        None => Ok(()),
        Some((name, value, low, high)) => Err(Error::Setting {
            message: format!("{value} is out of range"),
            place: name.into(),
            hint: format!("give a whole number from {low} to {high}"),
        }),
    }
}
