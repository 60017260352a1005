//! `gedanken evaluate MODEL data.csv`.

use gedanken::{Model, Table, score_table};

use crate::arguments::Evaluate;
use crate::terminal::{Result, print};

pub fn run(arguments: &Evaluate) -> Result {
    let mut model = Model::load(&arguments.model)?;
    model.experiment.data.skip_invalid = arguments.skip_invalid;
    let scores = model.evaluate(Table::read(&arguments.table)?)?;
    if arguments.json {
        let scores = serde_json::to_value(&scores.targets).unwrap_or_default();
        return print(format!("{scores:#}\n"));
    }
    for (target, table) in score_table(std::slice::from_ref(&scores), &model.target) {
        print(format!("{target}\n{}", table.to_text()))?;
    }
    Ok(())
}
