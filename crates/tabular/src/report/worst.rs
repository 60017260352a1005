//! The test rows with the largest errors, which may show why the model fails.

use ::report::{Alignment, Block, Card, Section, Table};
use chem::Molecule;
use evaluation::worst::{Miss, TARGETS, worst};
use spec::task::Task;

use crate::outcome::Outcome;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let info = &outcome.model.target;
    let mut blocks = Vec::new();
    for at in 0..info.names.len().min(TARGETS) {
        let misses = worst(info, &outcome.predictions, at);
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

/// Heading of the last column.
fn error_name(task: Task) -> &'static str {
    if task == Task::Regression { "error" } else { "p(observed)" }
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
