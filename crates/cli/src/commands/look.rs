//! `gedanken look data.csv`.

use gedanken::{Data, Experiment, datasets, look, read_table, smiles_column};

use crate::arguments::Look;
use crate::terminal::{Result, print, say};

pub fn run(arguments: &Look) -> Result {
    let (table, target, smiles) = match &arguments.input {
        Some(path) => (read_table(path)?, Vec::new(), smiles_column(path).map(String::from)),
        None => {
            // The table of the main job, with its columns.
            let data = Experiment::default().data;
            let (table, _) = datasets::table(data.dataset.as_deref().unwrap_or_default())?;
            (table, data.target, data.smiles)
        }
    };
    let target = if arguments.target.is_empty() { target } else { arguments.target.concat() };
    let data = Data { target, smiles: arguments.smiles.clone().or(smiles), ..Data::default() };
    let found = look(table, &data)?;
    if let Some(folder) = &arguments.out {
        found.write(folder)?;
    }
    if arguments.json {
        return print(format!("{:#}\n", found.to_json()));
    }
    print(found.to_text())?;
    if let Some(folder) = &arguments.out {
        say(&format!("figures: {}", folder.display()));
    }
    Ok(())
}
