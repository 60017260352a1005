//! The test rows that were predicted worst: where to look for what the model lacks.

use ::report::{Alignment, Block, Card, Section, Table};
use chem::Molecule;

use super::words::{number, spread, with_unit};
use crate::experiment::Task;
use crate::run::{Outcome, Part, Predictions};

const ROWS: usize = 10;
/// Of so many targets the worst rows are shown; more would fill the page.
const TARGETS: usize = 3;

/// A row and what went wrong.
struct Miss<'a> {
    row: usize,
    name: Option<&'a str>,
    smiles: Option<&'a str>,
    observed: String,
    predicted: String,
    error: String,
    size: f64,
}

pub fn section(outcome: &Outcome) -> Option<Section> {
    let info = &outcome.model.target;
    let mut blocks = Vec::new();
    for at in 0..info.names.len().min(TARGETS) {
        let misses = worst(outcome, at);
        if misses.is_empty() {
            continue;
        }
        let table = if outcome.model.experiment.data.test.is_some() { "the test table" } else { "the table" };
        let words = format!(
            "The {} test rows whose {} was predicted worst. Rows count from 1 in {table}, without the header. Look whether \
             the value is a misprint, or the row unlike all others.",
            misses.len(),
            info.names[at]
        );
        blocks.push(Block::Paragraph(words));
        let drawn = misses.iter().any(|miss| miss.smiles.is_some()) || !outcome.pictures.is_empty();
        let list = || list(&misses, &info.names[at], info.task);
        blocks.push(if drawn { cards(&misses, outcome) } else { list() });
    }
    (!blocks.is_empty()).then(|| Section { title: "Worst predictions".into(), blocks })
}

/// The rows of the file that the page shows, of all targets.
pub(crate) fn worst_rows(outcome: &Outcome) -> Vec<usize> {
    let targets = 0..outcome.model.target.names.len().min(TARGETS);
    let mut rows: Vec<usize> = targets.flat_map(|at| worst(outcome, at)).map(|miss| miss.row - 1).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// What the last column says.
fn error_name(task: Task) -> &'static str {
    if task == Task::Regression { "error" } else { "p(observed)" }
}

fn worst(outcome: &Outcome, at: usize) -> Vec<Miss<'_>> {
    let info = &outcome.model.target;
    let (k, width) = (info.outputs(), info.names.len());
    let unit = info.units.get(at).map_or("", String::as_str);
    let miss = |p: &Predictions, i: usize| -> (f64, String, String, String) {
        let values = &p.predicted[i * k..(i + 1) * k];
        let observed = p.observed[i * width + at];
        if info.task == Task::Regression {
            let error = values[at] - observed;
            let sign = if error > 0.0 { "+" } else { "" };
            let around =
                p.deviation.as_ref().map_or_else(String::new, |d| format!("\u{a0}±\u{a0}{}", spread(d[i * k + at])));
            let predicted =
                format!("{}{around}{}{unit}", number(values[at]), if unit.is_empty() { "" } else { "\u{a0}" });
            return (error.abs(), with_unit(observed, unit), predicted, format!("{sign}{}", with_unit(error, unit)));
        }
        let class = observed as usize;
        let best = nn::metrics::argmax(values);
        (-values[class], info.classes[class].clone(), info.classes[best].clone(), format!("{:.3}", values[class]))
    };
    let test = outcome.predictions.iter().filter(|p| p.part == Part::Test);
    let rows = test.flat_map(|p| (0..p.rows.len()).map(move |i| (p, i)));
    let known = rows.filter(|(p, i)| !p.observed[i * width + at].is_nan());
    let mut sizes: Vec<(f64, &Predictions, usize)> = known.map(|(p, i)| (miss(p, i).0, p, i)).collect();
    sizes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.rows[a.2].cmp(&b.1.rows[b.2])));
    let mut misses: Vec<Miss<'_>> = Vec::new();
    for (_, p, i) in sizes {
        // A row may be a test row of several splits.
        if misses.iter().any(|miss| miss.row == p.rows[i] + 1) {
            continue;
        }
        let (size, observed, predicted, error) = miss(p, i);
        let smiles = p.smiles.get(i).map(String::as_str);
        let name = p.names.as_ref().map(|names| names.names[i].as_str());
        misses.push(Miss { row: p.rows[i] + 1, name, smiles, observed, predicted, error, size });
        if misses.len() == ROWS {
            break;
        }
    }
    if info.task == Task::Classification {
        // What was given the highest probability was not missed.
        misses.retain(|miss| miss.observed != miss.predicted || -miss.size < 0.5);
    }
    misses
}

fn cards(misses: &[Miss<'_>], outcome: &Outcome) -> Block {
    let task = outcome.model.target.task;
    let picture = |row: usize| outcome.pictures.iter().find(|(own, _)| own + 1 == row).map(|(_, svg)| svg.clone());
    let depict = |smiles: &str| Molecule::parse(smiles).map_or_else(|_| String::new(), |molecule| molecule.depict());
    let card = |miss: &Miss<'_>| {
        let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        Card {
            title: format!("row {}", miss.row),
            svg: miss.smiles.map(depict).or_else(|| picture(miss.row)).unwrap_or_default(),
            caption: miss.smiles.or(miss.name).map_or_else(String::new, |text| format!("`{text}`")),
            facts: vec![
                fact("observed", &miss.observed),
                fact("predicted", &miss.predicted),
                fact(error_name(task), &miss.error),
            ],
        }
    };
    Block::Cards(misses.iter().map(card).collect())
}

fn list(misses: &[Miss<'_>], name: &str, task: Task) -> Block {
    let mut table = Table::new(&["row", "observed", "predicted", error_name(task)]);
    table.alignment = vec![Alignment::Right; 4];
    let key = |m: &Miss<'_>| m.name.map_or_else(|| m.row.to_string(), str::to_owned);
    misses.iter().for_each(|m| table.row(&[&key(m), &m.observed, &m.predicted, &m.error]));
    Block::Table { caption: format!("{name}: the worst predictions of test rows"), table, marked: None }
}
