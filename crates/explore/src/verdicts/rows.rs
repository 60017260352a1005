//! Too few rows, rows that repeat others, and molecules that cannot be read.

use spec::data::Data;

use crate::found::Look;
use crate::verdict::{Verdict, Weight, verdict};
use crate::words::{count, rows_named, short};

/// Below so many rows the test of a tenth is imprecise.
const FEW_ROWS: usize = 300;
const FEWEST_ROWS: usize = 3;

pub(super) fn verdicts(look: &Look, data: &Data, usable: usize) -> Vec<Verdict> {
    let mut found = Vec::new();
    if usable < FEWEST_ROWS {
        let finding = format!("{} of {} can be used", usable, count(look.rows, "row"));
        found.push(verdict(Weight::Stops, finding, "give more rows: training, validation and test need one each"));
    } else if usable < FEW_ROWS {
        let finding =
            format!("the test is a tenth of {}: its figures depend on which rows it holds", count(usable, "row"));
        found.push(verdict(Weight::Costs, finding, "`--folds 5`, so that every row is a test once"));
    }
    found.extend(molecules(look));
    found.extend(duplicates(look));
    found.extend(replicates(look, data));
    found
}

fn molecules(look: &Look) -> Option<Verdict> {
    let molecules = look.molecules.as_ref()?;
    let first = molecules.invalid.first()?;
    let finding = format!(
        "{} of `{}` {} no molecule, the first in {}: {}",
        count(molecules.n_invalid, "cell"),
        molecules.column,
        if molecules.n_invalid == 1 { "holds" } else { "hold" },
        first.place,
        first.reason
    );
    let advice = if molecules.valid == 0 {
        "name the column of SMILES with `--smiles`"
    } else {
        "correct them, or leave these rows out with `--skip-invalid`"
    };
    Some(verdict(Weight::Stops, finding, advice))
}

fn duplicates(look: &Look) -> Option<Verdict> {
    let duplicates = &look.duplicates;
    let first = duplicates.examples.first()?;
    let copies = duplicates.rows - duplicates.groups;
    let finding = format!(
        "{} {} another row in every cell, for example {}: a model is tested on rows that it was trained on",
        count(copies, "row"),
        if copies == 1 { "repeats" } else { "repeat" },
        rows_named(first, first.len())
    );
    Some(verdict(Weight::Misleads, finding, "remove the copies"))
}

/// Equal inputs, unless the rows are equal altogether.
fn replicates(look: &Look, data: &Data) -> Option<Verdict> {
    let replicates = &look.replicates;
    let differing: usize = replicates.floors.iter().map(|floor| floor.differing).sum();
    if replicates.groups == look.duplicates && differing == 0 {
        return None;
    }
    let first = replicates.groups.examples.first()?;
    let what = if look.molecules.is_some() { "the same molecule" } else { "the same inputs" };
    let n_rows = replicates.groups.rows;
    let mut finding = match replicates.groups.groups {
        1 => format!("{n_rows} rows have {what}: {}", rows_named(first, n_rows)),
        n => format!("{n_rows} rows in {n} groups have {what}, for example {}", rows_named(first, first.len())),
    };
    if replicates.spellings > 0 {
        finding += &format!(" ({} spelled in several ways)", count(replicates.spellings, "group"));
    }
    for floor in replicates.floors.iter().filter(|floor| floor.differing > 0) {
        if let Some(deviation) = floor.deviation {
            finding += &format!(
                "; `{}` deviates by {} within a group, and no RMSE on such rows can be expected below that",
                floor.target,
                short(deviation)
            );
        }
        if let Some(wrong) = floor.wrong {
            finding += &format!(
                "; `{}` differs within {}: a model must get {:.0} % of such rows wrong",
                floor.target,
                count(floor.differing, "group"),
                100.0 * wrong
            );
        }
    }
    let advice = if data.smiles.is_some() {
        "average them, or keep equal molecules on one side with `--split scaffold`"
    } else {
        "average them, or keep them on one side with `--split group:COLUMN`; add the column that tells them apart"
    };
    let weight = if n_rows as f64 > FEW * look.rows as f64 { Weight::Misleads } else { Weight::Tells };
    Some(verdict(weight, finding, advice))
}

/// The fraction of rows below which those with equal inputs hardly change a figure.
const FEW: f64 = 0.02;
