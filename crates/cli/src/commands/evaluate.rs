//! `gedanken evaluate MODEL data.csv`.

use gedanken::{Model, Table, score_table};

use crate::arguments::Evaluate;
use crate::terminal::{Result, note, print};

pub fn run(arguments: &Evaluate) -> Result {
    let mut model = Model::load(&arguments.model)?;
    model.experiment.data.skip_invalid = arguments.skip_invalid;
    let table = Table::read(&arguments.table)?;
    if gedanken::file_sha256(&arguments.table).is_ok_and(|sha256| sha256 == model.data_sha256) {
        note(&format!(
            "the model was trained on {} rows of this table: these figures flatter it, those of its test rows are in \
             `metrics.json`",
            model.train_rows
        ));
    }
    let scores = model.evaluate(table)?;
    if arguments.json {
        let scores = serde_json::to_value(&scores.targets).unwrap_or_default();
        return print(format!("{scores:#}\n"));
    }
    for (target, table) in score_table(std::slice::from_ref(&scores), &model.target) {
        print(format!("{target}\n{}", table.to_text()))?;
    }
    Ok(())
}
