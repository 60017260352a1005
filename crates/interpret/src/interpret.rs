//! Explanations of a model: feature importance and partial dependence over a table, and contributions to single predictions.

use data::Table;
use learn::fitted::Samples;
use spec::error::{Error, Result};
use spec::task::Task;
use tabular::model::{Model, PredictOptions};

use crate::explainer::Explainer;
use crate::found::Interpretation;
use crate::settings::Interpret;
use crate::{dependence, permutation, single};

/// Explains a model over the rows of `table`, or the predictions of single rows and molecules. `hear` receives messages
/// about the progress.
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
    asked.check()?;
    hear("reading");
    let source =
        model.source(table, &PredictOptions { skip_invalid: asked.skip_invalid, ..PredictOptions::default() })?;
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
        found.notes.push(format!("{n} of the {of} rows are used, a random sample"));
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

/// The index of a target or class among the outputs of a prediction.
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
