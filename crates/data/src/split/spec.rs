//! The specification of a split and its short form on the command line.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::nearest::{listed, nearest};
use crate::{Error, Result};

/// How rows are split into training, validation and test.
///
/// ```
/// let split: data::Split = "group:solvent".parse()?;
/// assert_eq!((split.column.as_deref(), split.to_string().as_str()), (Some("solvent"), "group:solvent"));
/// # Ok::<(), data::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Split {
    /// Rule that decides which rows stay together.
    pub kind: SplitKind,
    /// Column with the groups of a `group` split or the times of a `time` split.
    pub column: Option<String>,
    /// Fractions of training, validation and test; they sum to 1. A fraction of 0 leaves the subset out, except
    /// training.
    pub fractions: [f64; 3],
    /// Number of folds for cross-validation, at least 2; 0 for a single split. Every fold is the test set once, and
    /// the other rows are divided between training and validation in the proportion of `fractions`.
    pub folds: usize,
    /// Number of repetitions of the whole with other random choices.
    pub repeats: usize,
}

/// Rule that decides which rows stay together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SplitKind {
    /// Random split: rows are assigned to the subsets at random \[Hastie2009\].
    #[default]
    Random,
    /// Stratified random split, with the same class fractions $n_k/n$ in all subsets \[Kohavi1996\].
    Stratified,
    /// Scaffold split: molecules with the same ring skeleton stay together, and rare skeletons are the test set, so
    /// that a model is evaluated on molecules unlike those it has seen \[BemisMurcko1996\]. With `folds` or `repeats`
    /// above 1 the skeletons are assigned at random.
    Scaffold,
    /// Group split: rows with the same value in `column` stay together \[Roberts2017\].
    Group,
    /// Time split: the latest rows by `column` are the test set \[Tashman2000\]. With `folds` the training rows grow
    /// from fold to fold, and each test set follows them in time; the earliest rows are never tested.
    Time,
    /// Kennard-Stone split \[Kennard1969\]: the training rows are spread evenly over the space of the features, each
    /// the row $\arg\max_i \min_j \lVert x_i - x_j\rVert$ that is farthest from those selected before.
    KennardStone,
}

impl Default for Split {
    fn default() -> Self {
        Split { kind: SplitKind::Random, column: None, fractions: [0.8, 0.1, 0.1], folds: 0, repeats: 1 }
    }
}

impl Split {
    /// Refuses what cannot be meant, before any row is looked at.
    pub fn check(&self) -> Result<()> {
        let kind = self.kind.to_string();
        match (&self.column, self.kind) {
            (None, SplitKind::Group | SplitKind::Time) => return Err(Error::SplitWithoutColumn { kind }),
            (_, SplitKind::Group | SplitKind::Time) | (None, _) => {}
            (Some(column), _) => return Err(Error::SplitWithColumn { kind, column: column.clone() }),
        }
        let [train, validation, test] = self.fractions;
        let sum = train + validation + test;
        if train <= 0.0 || validation < 0.0 || test < 0.0 || (sum - 1.0).abs() > 1e-6 || sum.is_nan() {
            return Err(Error::Fractions { train, validation, test });
        }
        if self.folds == 1 {
            let (expected, hint) = ("0 or at least 2", "write 0 for a single split");
            return Err(Error::Count { field: "folds", found: 1, expected, hint });
        }
        if self.repeats == 0 {
            let (expected, hint) = ("at least 1", "write 1 for a single run");
            return Err(Error::Count { field: "repeats", found: 0, expected, hint });
        }
        self.check_randomness(kind)
    }

    fn check_randomness(&self, kind: String) -> Result<()> {
        let hint = "use a random, stratified, scaffold or group split to repeat it";
        match self.kind {
            SplitKind::Time | SplitKind::KennardStone if self.repeats > 1 => {
                Err(Error::NotRandom { kind, field: "repeats", found: self.repeats, hint })
            }
            SplitKind::KennardStone if self.folds > 0 => {
                let hint = "use another split for cross-validation";
                Err(Error::NotRandom { kind, field: "folds", found: self.folds, hint })
            }
            _ => Ok(()),
        }
    }
}

impl SplitKind {
    /// All kinds in the order of the reference.
    pub const ALL: [SplitKind; 6] = [
        SplitKind::Random,
        SplitKind::Stratified,
        SplitKind::Scaffold,
        SplitKind::Group,
        SplitKind::Time,
        SplitKind::KennardStone,
    ];

    /// The word in a specification.
    pub fn name(self) -> &'static str {
        match self {
            SplitKind::Random => "random",
            SplitKind::Stratified => "stratified",
            SplitKind::Scaffold => "scaffold",
            SplitKind::Group => "group",
            SplitKind::Time => "time",
            SplitKind::KennardStone => "kennard-stone",
        }
    }
}

impl fmt::Display for SplitKind {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl fmt::Display for Split {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        match &self.column {
            Some(column) => write!(out, "{}:{column}", self.kind),
            None => write!(out, "{}", self.kind),
        }
    }
}

impl FromStr for Split {
    type Err = Error;

    /// Reads `random`, `stratified`, `scaffold`, `kennard-stone`, `group:COLUMN` or `time:COLUMN`.
    fn from_str(short: &str) -> Result<Self> {
        let (word, column) = match short.split_once(':') {
            Some((word, column)) => (word.trim(), Some(column.trim()).filter(|column| !column.is_empty())),
            None => (short.trim(), None),
        };
        let kind = SplitKind::ALL.into_iter().find(|kind| kind.name() == word).ok_or_else(|| unknown(word))?;
        let split = Split { kind, column: column.map(str::to_owned), ..Split::default() };
        split.check().map(|()| split)
    }
}

fn unknown(word: &str) -> Error {
    let names = SplitKind::ALL.map(SplitKind::name);
    let near = nearest(word, names);
    let hint = match near.first() {
        Some(name) => format!("did you mean `{name}`?"),
        None => "write one of these words, and `group:COLUMN` or `time:COLUMN` with a column".to_owned(),
    };
    Error::UnknownSplit { found: word.to_owned(), kinds: listed(names.into_iter()), hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_form_comes_back_as_it_was_written() -> Result<()> {
        for short in ["random", "kennard-stone", "group:a:b", "time:year [a]"] {
            assert_eq!(short.parse::<Split>()?.to_string(), short);
        }
        Ok(())
    }

    #[test]
    fn a_wrong_short_form_says_what_is_right() {
        let message = |short: &str| short.parse::<Split>().unwrap_err().to_string();
        assert!(message("scafold").ends_with("hint: did you mean `scaffold`?"));
        assert_eq!(message("time:"), "a time split needs a column\nhint: write `time:COLUMN`");
        assert!(message("random:x").starts_with("a random split takes no column, found `x`"));
    }

    #[test]
    fn a_document_gives_what_differs_and_nothing_unknown() {
        let split: Split = serde_json::from_str(r#"{"kind": "kennard-stone", "fractions": [0.5, 0, 0.5]}"#).unwrap();
        assert_eq!((split.kind, split.repeats), (SplitKind::KennardStone, 1));
        assert!(serde_json::from_str::<Split>(r#"{"fold": 5}"#).is_err());
    }

    #[test]
    fn shares_that_make_no_whole_are_refused() {
        for fractions in [[0.8, 0.1, 0.2], [0.0, 0.5, 0.5], [1.1, -0.1, 0.0], [f64::NAN, 0.0, 0.0]] {
            assert!(matches!(Split { fractions, ..Split::default() }.check(), Err(Error::Fractions { .. })));
        }
    }
}
