//! The data, and notes about them.

use ::report::{Block, Section};
use report::words::count;

use crate::outcome::Outcome;
use crate::report::words::row_counts;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let (data, split) = (&outcome.model.experiment.data, &outcome.model.experiment.split);
    let mut blocks: Vec<Block> = remarks(outcome).filter(|block| matches!(block, Block::Note(_))).collect();
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| facts.push((name.to_owned(), value));
    fact("table", data.path.clone().or_else(|| data.dataset.clone()).unwrap_or_else(|| "in memory".into()));
    if let Some(test) = &data.test {
        fact("test table", test.clone());
    }
    fact(
        "rows",
        match outcome.skipped {
            0 => count(outcome.rows),
            skipped => {
                let what = outcome.model.experiment.data.read_from();
                format!("{}, and {} left out: their {what} cannot be read", count(outcome.rows), count(skipped))
            }
        },
    );
    let [train, validation, test] = row_counts(outcome);
    fact("training, validation, test", format!("{train} / {validation} / {test} rows"));
    let times = match (split.folds, split.repeats) {
        (0, 1) => String::new(),
        (0, repeats) => format!(", {repeats} times"),
        (folds, 1) => format!(", {folds} folds"),
        (folds, repeats) => format!(", {folds} folds, {repeats} times"),
    };
    fact("split", format!("{split}{times}"));
    fact("features", count(outcome.model.features().len()));
    if !outcome.model.target.classes.is_empty() {
        fact("classes", outcome.model.target.classes.join(", "));
    }
    fact("SHA-256", format!("`{}`", outcome.model.data_sha256));
    blocks.push(Block::Facts(facts));
    Some(Section { title: "Data".into(), blocks })
}

/// Notes; those that may invalidate the figures are warnings, and are shown next to them.
pub fn remarks(outcome: &Outcome) -> impl Iterator<Item = Block> {
    outcome.notes.iter().map(|note| match note.split_once(": ") {
        Some(("leak", rest)) => Block::Warning(format!("Leak: {rest}.")),
        _ => Block::Note(sentence(note)),
    })
}

/// A message as a sentence.
pub fn sentence(note: &str) -> String {
    let mut letters = note.chars();
    let first = letters.next().map(char::to_uppercase);
    let text: String = first.into_iter().flatten().chain(letters).collect();
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_becomes_a_sentence() {
        assert_eq!(sentence("`id` is left out"), "`id` is left out.");
        assert_eq!(sentence("a column"), "A column.");
    }
}
