//! `gedanken interpret MODEL data.csv`.

use std::path::Path;

use gedanken::{Error, Interpret, Interpretation, Model, Table, held_out_rows, write_atomically};

use crate::arguments::Interpret as Arguments;
use crate::progress::Spinner;
use crate::terminal::{Result, note, print, say};

pub fn run(arguments: &Arguments) -> Result {
    let mut model = Model::load(&arguments.model)?;
    model.experiment.data.skip_invalid = arguments.skip_invalid;
    let table = Table::read(&arguments.table)?;
    let own = gedanken::file_sha256(&arguments.table).is_ok_and(|sha256| sha256 == model.data_sha256);
    // Of fewer test rows nothing could be told.
    let judged = if own { held_out_rows(&arguments.model)? } else { Vec::new() };
    let judged = if judged.len() < FEWEST { Vec::new() } else { judged };
    let single = !arguments.row.is_empty() || !arguments.smiles.is_empty();
    if own && judged.is_empty() && !single {
        note("the model has learnt from rows of this table: what it looks at is measured on them, which flatters it");
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
    };
    let spinner = Spinner::new();
    let found = model.interpret(table, &asked, &|step| spinner.say(step));
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

/// Test rows on which importance is measured, at least; otherwise all rows serve.
const FEWEST: usize = 10;

/// The page, the figures in both forms, and everything as JSON.
fn write(found: &Interpretation, folder: &Path) -> Result {
    std::fs::create_dir_all(folder).map_err(|e| Error::File {
        what: "folder",
        done: "created",
        path: folder.display().to_string(),
        reason: e.to_string(),
        hint: "choose another with `--out`",
    })?;
    let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
    write("interpretation.html", found.page().to_html())?;
    write("interpretation.json", format!("{:#}\n", serde_json::to_value(found).unwrap_or_default()))?;
    for (name, figure) in found.figures() {
        write(&format!("{name}.svg"), figure.to_svg())?;
    }
    write("figures.json", format!("{}\n", found.plotly()))?;
    Ok(())
}
