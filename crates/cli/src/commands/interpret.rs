//! `gedanken interpret MODEL data.csv`.

use std::path::Path;

use gedanken::{Interpret, Interpretation, Model, PredictOptions, held_out_rows, write_atomically};

use crate::arguments::Interpret as Arguments;
use crate::progress::Spinner;
use crate::terminal::{Result, note, print, say};

pub fn run(arguments: &Arguments) -> Result {
    let model = Model::load(&arguments.model)?;
    let options = PredictOptions { skip_invalid: Some(arguments.skip_invalid), ..PredictOptions::default() };
    if model.reads_sequences() {
        return looks(arguments, &model, &options);
    }
    let table = model.read_table(&arguments.table, &options)?;
    let own = gedanken::file_sha256(&arguments.table).is_ok_and(|sha256| sha256 == model.data_sha256);
    // With fewer test rows importance could not be measured.
    let judged = if own { held_out_rows(&arguments.model)? } else { Vec::new() };
    let judged = if judged.len() < FEWEST { Vec::new() } else { judged };
    let single = !arguments.row.is_empty() || !arguments.smiles.is_empty();
    if own && judged.is_empty() && !single {
        note(
            "the model was trained on rows of this table: its feature importance is measured on them, and is too optimistic",
        );
    }
    let defaults = Interpret::default();
    let asked = Interpret {
        seed: arguments.seed,
        target: arguments.target.clone(),
        rows: arguments.row.iter().map(|row| row - 1).collect(),
        smiles: arguments.smiles.clone(),
        judged,
        features: arguments.features.concat(),
        repeats: arguments.repeats.unwrap_or(defaults.repeats),
        samples: arguments.samples.unwrap_or(defaults.samples),
        background: arguments.background.unwrap_or(defaults.background),
        steps: arguments.steps.unwrap_or(defaults.steps),
        skip_invalid: options.skip_invalid,
    };
    let spinner = Spinner::new();
    let found = gedanken::interpret(&model, table, &asked, &|step| spinner.say(step));
    spinner.finish();
    let found = found?;
    if let Some(folder) = &arguments.out {
        write(&found, folder)?;
    }
    if arguments.json {
        return print(format!("{:#}\n", serde_json::to_value(&found).unwrap_or_default()));
    }
    print(found.to_text())?;
    if let Some(folder) = &arguments.out {
        say(&format!("page and figures: {}", folder.display()));
    }
    Ok(())
}

/// Attention weights over the steps of a row, by default the first.
fn looks(arguments: &Arguments, model: &Model, options: &PredictOptions) -> Result {
    let mut found = Vec::new();
    if !arguments.row.is_empty() || arguments.smiles.is_empty() {
        let rows: Vec<usize> = arguments.row.iter().map(|row| row - 1).collect();
        let rows = if rows.is_empty() { vec![0] } else { rows };
        found.extend(gedanken::looks(model, model.read_table(&arguments.table, options)?, &rows, options)?);
    }
    if !arguments.smiles.is_empty() {
        let smiles: Vec<&str> = arguments.smiles.iter().map(String::as_str).collect();
        let rows: Vec<usize> = (0..smiles.len()).collect();
        found.extend(gedanken::looks(model, model.table_of_smiles(&smiles)?, &rows, options)?);
    }
    if let Some(folder) = &arguments.out {
        let figures: Vec<_> = found.iter().enumerate().map(|(at, looks)| (at.to_string(), looks.figure())).collect();
        gedanken::write_figures(folder, "attention_", &figures)?;
    }
    if arguments.json {
        return print(format!("{:#}\n", serde_json::to_value(&found).unwrap_or_default()));
    }
    print(found.iter().map(gedanken::Looks::to_text).collect::<Vec<_>>().join("\n"))
}

/// Least number of test rows on which importance is measured; otherwise all rows are used.
const FEWEST: usize = 10;

/// The page, the figures in both forms, and everything as JSON.
fn write(found: &Interpretation, folder: &Path) -> Result {
    std::fs::create_dir_all(folder).map_err(|e| super::fit::failed(folder, &e))?;
    let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
    write("interpretation.html", found.page().to_html())?;
    write("interpretation.json", format!("{:#}\n", serde_json::to_value(found).unwrap_or_default()))?;
    for (name, figure) in found.figures() {
        write(&format!("{name}.svg"), figure.to_svg())?;
    }
    write("figures.json", format!("{}\n", found.plotly()))?;
    Ok(())
}
