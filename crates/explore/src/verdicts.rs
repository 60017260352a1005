//! What follows from a look, in words: what was found, with its numbers, and what to try.

mod columns;
mod dimensions;
mod rows;
mod target;

use serde::Serialize;
use spec::data::Data;

use crate::look::Look;

/// A finding and what to do about it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Verdict {
    /// How much it matters.
    pub weight: Weight,
    /// What was found, and the numbers behind it.
    pub finding: String,
    /// What to try.
    pub advice: String,
}

/// How much a finding matters, most important first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// `gedanken fit` would end with an error.
    Stops,
    /// Figures of merit would look better than they are, or answer another question.
    Misleads,
    /// The model would be worse than it could be.
    Costs,
    /// Good to know.
    Tells,
}

impl Weight {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Weight::Stops => "stops a fit",
            Weight::Misleads => "misleads",
            Weight::Costs => "costs accuracy",
            Weight::Tells => "good to know",
        }
    }
}

pub fn of(look: &Look, data: &Data, usable: usize) -> Vec<Verdict> {
    let mut verdicts = rows::verdicts(look, data, usable);
    verdicts.extend(target::verdicts(look, data));
    verdicts.extend(columns::verdicts(look, data));
    verdicts.extend(dimensions::verdicts(look, data, usable));
    // Stable: equally heavy ones stay in the order in which they were found.
    verdicts.sort_by_key(|verdict| verdict.weight);
    verdicts
}

fn verdict(weight: Weight, finding: String, advice: impl Into<String>) -> Verdict {
    Verdict { weight, finding, advice: advice.into() }
}

/// `1 row`, `3 rows`.
pub fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `row 3`, `rows 3 and 7`, `rows 3, 7 and 9`; with `more` behind a list that is not complete.
pub(super) fn rows_named(rows: &[usize], all: usize) -> String {
    let list = rows.iter().map(usize::to_string).collect::<Vec<_>>();
    let word = if all == 1 { "row" } else { "rows" };
    match list.split_last() {
        _ if all > rows.len() => format!("{word} {} and {} more", list.join(", "), all - rows.len()),
        Some((last, rest)) if !rest.is_empty() => format!("{word} {} and {last}", rest.join(", ")),
        _ => format!("{word} {}", list.concat()),
    }
}

/// The first three of a list with commas, and how many more there are.
fn listed(items: Vec<String>) -> String {
    const SHOWN: usize = 3;
    let n = items.len();
    let mut shown = items.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    if n > SHOWN {
        shown += &format!(" and {} more", n - SHOWN);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_as_one_says_it() {
        assert_eq!(rows_named(&[3], 1), "row 3");
        assert_eq!(rows_named(&[3, 7], 2), "rows 3 and 7");
        assert_eq!(rows_named(&[3, 7], 9), "rows 3, 7 and 7 more");
    }
}
