//! `gedanken featurize`: molecules with their descriptors, fingerprints and scaffolds, as a table.

use gedanken::{Featurize, featurize, read_table};

use crate::arguments::Featurize as Arguments;
use crate::terminal::{Result, note, print, say};

/// Computes features of the molecules of a table, and writes it to a file or to standard output.
pub fn run(arguments: &Arguments) -> Result {
    let table = read_table(&arguments.table)?;
    let smiles = arguments.smiles.clone().or_else(|| gedanken::smiles_column(&arguments.table).map(str::to_owned));
    let experiment = gedanken::from_toml("", "the command line", &arguments.set)?;
    let usual = Featurize::default();
    let asked = Featurize {
        smiles: smiles.unwrap_or(usual.smiles),
        molecules: experiment.molecules,
        canonical: !arguments.no_canonical,
        scaffold: !arguments.no_scaffold,
        skip_invalid: arguments.skip_invalid,
    };
    let (found, left_out) = featurize(table, &asked)?;
    if left_out > 0 {
        note(&format!("{left_out} rows whose molecule cannot be read are left out"));
    }
    match &arguments.out {
        None => print(found.to_csv()),
        Some(path) => {
            found.write(path).map_err(gedanken::Error::from)?;
            say(&format!("{} rows, {} columns: {}", found.n_rows, found.columns.len(), path.display()));
            Ok(())
        }
    }
}
