//! `gedanken evaluate MODEL data.csv`.

use gedanken::{Forecaster, Loaded, PredictOptions, Table, score_table};

use crate::arguments::Evaluate;
use crate::terminal::{Result, note, print};

pub fn run(arguments: &Evaluate) -> Result {
    let model = match Loaded::read(&arguments.model)? {
        Loaded::Forecaster(model) => return forecast(arguments, *model),
        Loaded::Model(model) => model,
    };
    let options = PredictOptions { skip_invalid: Some(arguments.skip_invalid), ..PredictOptions::default() };
    let table = model.read_table(&arguments.table, &options)?;
    if gedanken::file_sha256(&arguments.table).is_ok_and(|sha256| sha256 == model.data_sha256) {
        note(&format!(
            "the model was trained on {} rows of this table: these figures flatter it, those of its test rows are in \
             `metrics.json`",
            model.train_rows
        ));
    }
    let found = model.evaluate_with(table, &options)?;
    found.notes.iter().for_each(|text| note(text));
    if arguments.json {
        return print(format!("{:#}\n", serde_json::to_value(&found).unwrap_or_default()));
    }
    for (target, table) in score_table(&[found.scores()], &model.target) {
        print(format!("{target}\n{}", table.to_text()))?;
    }
    for line in found.uncertainty_summary().lines() {
        print(format!("\n{line}\n"))?;
    }
    Ok(())
}

/// Errors from all origins of the series of a table.
fn forecast(arguments: &Evaluate, model: Forecaster) -> Result {
    let model = model.mending(arguments.impute.as_deref(), arguments.resample.as_deref())?;
    let table = Table::read(&arguments.table)?;
    if gedanken::file_sha256(&arguments.table).is_ok_and(|sha256| sha256 == model.data_sha256) {
        note(
            "the model was trained on a part of this table: these figures flatter it, those of its test steps are in \
             `metrics.json`",
        );
    }
    let found = model.evaluate(&table)?;
    if arguments.json {
        return print(format!("{:#}\n", serde_json::to_value(&found).unwrap_or_default()));
    }
    print(format!("{} origins\n\n{}", found.origins, found.table(&model.targets).to_text()))
}
