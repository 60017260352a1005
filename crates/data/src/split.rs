//! Rows for training, for validation and for the test.

mod balance;
mod fold;
mod group;
mod kennard_stone;
mod parts;
mod random;
mod scaffold;
mod spec;
mod stratified;
mod time;

use tensor::random::Key;

use crate::{Error, Result};
pub use fold::Fold;
pub use spec::{Split, SplitKind};

/// Properties of rows that a split may use; each kind needs at most one of the options.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rows<'a> {
    /// Number of rows.
    pub n: usize,
    /// Group or scaffold of each row.
    pub groups: Option<&'a [String]>,
    /// Class of each row, counted from 0.
    pub labels: Option<&'a [usize]>,
    /// Time of each row.
    pub times: Option<&'a [f64]>,
    /// Row-major features and their number.
    pub features: Option<(&'a [f32], usize)>,
}

impl Split {
    /// Splits the rows: `repeats` times one fold, or `repeats` times `folds` of them, one repeat after the other.
    ///
    /// The same rows, split and key give the same folds. Parts with a fraction above 0 are never empty.
    ///
    /// # Errors
    /// A specification that makes no sense, missing input, and too few rows, groups or members of a class.
    ///
    /// ```
    /// use data::{Rows, Split};
    /// use tensor::random::Key;
    /// let folds = Split::default().folds(&Rows { n: 10, ..Rows::default() }, Key::new(0, "split"))?;
    /// assert_eq!((folds[0].train.len(), folds[0].validation.len(), folds[0].test.len()), (8, 1, 1));
    /// # Ok::<(), data::Error>(())
    /// ```
    pub fn folds(&self, rows: &Rows, key: Key) -> Result<Vec<Fold>> {
        self.check()?;
        let mut folds = Vec::new();
        for repeat in 0..self.repeats {
            let key = key.at(repeat, 0);
            let made = match self.kind {
                SplitKind::Random => random::folds(self, rows.n, key),
                SplitKind::Stratified => stratified::folds(self, rows.labels(self)?, key),
                SplitKind::Group => group::folds(self, rows.groups(self)?, key),
                SplitKind::Scaffold if self.folds == 0 && self.repeats == 1 => {
                    scaffold::folds(self, rows.groups(self)?)
                }
                SplitKind::Scaffold => group::folds(self, rows.groups(self)?, key),
                SplitKind::Time => time::folds(self, rows.times(self)?),
                SplitKind::KennardStone => kennard_stone::folds(self, rows.features(self)?),
            };
            folds.extend(made?);
        }
        for fold in &mut folds {
            [&mut fold.train, &mut fold.validation, &mut fold.test].into_iter().for_each(|part| part.sort_unstable());
        }
        Ok(folds)
    }
}

impl<'a> Rows<'a> {
    fn groups(&self, split: &Split) -> Result<&'a [String]> {
        let (needs, hint) = match split.kind {
            SplitKind::Scaffold => ("a scaffold", "name the column of molecules"),
            _ => ("a group", "name a column with `group:COLUMN`"),
        };
        self.complete(split, self.groups, needs, hint)
    }

    fn labels(&self, split: &Split) -> Result<&'a [usize]> {
        let hint = "a stratified split is for a target of classes; take a random split for numbers";
        self.complete(split, self.labels, "a class", hint)
    }

    fn times(&self, split: &Split) -> Result<&'a [f64]> {
        let times = self.complete(split, self.times, "a time", "name a column with `time:COLUMN`")?;
        let bad = || times.iter().enumerate().filter(|(_, time)| !time.is_finite());
        match bad().next() {
            Some((row, &value)) => {
                Err(Error::NotFinite { what: "the time".to_owned(), row: row + 1, value, count: bad().count() })
            }
            None => Ok(times),
        }
    }

    fn features(&self, split: &Split) -> Result<(&'a [f32], usize)> {
        let (numbers, width) = self.features.unwrap_or((&[], 0));
        let found = numbers.len().checked_div(width).unwrap_or(0);
        if found != self.n || found * width != numbers.len() {
            let hint = "give at least one numeric feature column";
            return Err(self.missing(split, "numeric features", found, hint));
        }
        let Some(at) = numbers.iter().position(|x| !x.is_finite()) else { return Ok((numbers, width)) };
        let count = numbers.chunks(width).filter(|row| row.iter().any(|x| !x.is_finite())).count();
        let what = format!("feature {}", at % width + 1);
        Err(Error::NotFinite { what, row: at / width + 1, value: f64::from(numbers[at]), count })
    }

    fn complete<X>(
        &self,
        split: &Split,
        given: Option<&'a [X]>,
        needs: &'static str,
        hint: &'static str,
    ) -> Result<&'a [X]> {
        let given = given.unwrap_or(&[]);
        if given.len() == self.n { Ok(given) } else { Err(self.missing(split, needs, given.len(), hint)) }
    }

    fn missing(&self, split: &Split, needs: &'static str, found: usize, hint: &'static str) -> Error {
        Error::MissingInput { kind: split.kind.to_string(), needs, found, n: self.n, hint }
    }
}
