//! Rows of a table that are sequences: SMILES as tokens, columns as steps, several rows for each sequence.

mod tokens;
pub(crate) mod widen;

use data::{Numeric, Scaler, Scaling, Table};
use nn::{Form, Inputs};
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::scale::Scale;
use spec::sequence::Sequence;

use crate::block::Block;
use crate::feature::Feature;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::sequence::tokens::tokens;
use crate::source::Source;

/// Rows as sequences, on the scale of the training rows; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sequences {
    /// Encoding of rows as sequences.
    pub steps: Steps,
    /// The column of molecules whose tokens are the steps.
    smiles: Option<String>,
    #[serde(flatten)]
    scaled: Scaled,
}

/// Encoding of rows as sequences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "steps", rename_all = "snake_case")]
pub enum Steps {
    /// Indices of tokens; a token that no training row contains has the last index.
    Tokens { vocabulary: Vec<String>, longest: usize },
    /// Numbers step by step.
    Numbers {
        columns: Vec<String>,
        channels: usize,
        /// A table may have fewer steps than that of the training.
        ragged: bool,
    },
}

/// Columns that are the steps, where the table is in that form.
pub(crate) fn columns_of(table: &Table, data: &Data) -> Result<Option<Vec<String>>> {
    match &data.sequence {
        None | Some(Sequence::Tokens {}) => Ok(None),
        Some(_) => {
            let roles = data.target.iter().chain(&data.weights).map(|name| table.position(name));
            let mut used = roles.collect::<data::Result<Vec<_>>>()?;
            if let Some(Sequence::Rows { id, .. }) = &data.sequence {
                used.push(table.position(id)?);
            }
            if !data.features.is_empty() && !matches!(data.sequence, Some(Sequence::Rows { .. })) {
                return Ok(Some(data.features.clone()));
            }
            let numbers = table.columns.iter().enumerate().filter(|(at, column)| {
                !used.contains(at) && matches!(column.numbers(), Numeric::Numbers(_) | Numeric::Spoiled(_))
            });
            Ok(Some(numbers.map(|(_, column)| column.header()).collect()))
        }
    }
}

impl Sequences {
    /// Fits the tokens, or the scale of each channel, to the training rows.
    ///
    /// # Errors
    /// Columns that do not form steps, or a missing step.
    pub fn fit(source: &Source, data: &Data, columns: &[String], train: &[usize], scale: &Scale) -> Result<Self> {
        let (steps, scaler) = Steps::fit(source, data, columns, train, scale.inputs)?;
        let smiles = steps.tokens().and(source.molecules.as_ref()).map(|molecules| molecules.column.clone());
        let scaled = Scaled::all(steps.names(), scale.limit, scaler);
        Ok(Sequences { steps, smiles, scaled })
    }
}

impl Kind for Sequences {
    fn scaled(&self) -> &Scaled {
        &self.scaled
    }

    fn scaled_mut(&mut self) -> &mut Scaled {
        &mut self.scaled
    }

    fn inputs(&self) -> Inputs {
        self.steps.form().into()
    }

    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        let mut numbers = self.steps.raw(source, rows)?;
        self.scaled.apply(&mut numbers);
        Ok(numbers.into())
    }

    fn features(&self, _: &Source) -> Vec<Feature> {
        self.scaled.features()
    }

    fn check(&self, table: &Table) -> Result<()> {
        let steps = match &self.steps {
            Steps::Numbers { columns, ragged: false, .. } => &columns[..],
            _ => &[],
        };
        let mut columns = self.smiles.as_deref().into_iter().chain(steps.iter().map(String::as_str));
        match columns.find(|column| table.column(column).is_err()) {
            Some(missing) => Err(Error::missing_column(missing.to_owned(), table)),
            None => Ok(()),
        }
    }

    fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        self.steps.unknown(source, rows)
    }

    fn words(&self) -> String {
        format!("sequences of {}", self.steps.form().words())
    }

    fn distance(&self) -> Distance {
        // Between sequences of unequal length there is none.
        Distance::None
    }

    fn explains(&self) -> Explains {
        Explains::Steps
    }

    fn smiles(&self) -> Option<&str> {
        self.smiles.as_deref()
    }

    fn needs_only_molecules(&self) -> bool {
        self.smiles.is_some()
    }

    fn tokens(&self) -> Option<usize> {
        self.steps.tokens()
    }
}

impl Steps {
    /// Fits the tokens, or the scale of each channel, to the training rows.
    pub fn fit(
        source: &Source,
        data: &Data,
        columns: &[String],
        train: &[usize],
        scaling: Scaling,
    ) -> Result<(Self, Scaler)> {
        if let Some(Sequence::Tokens {}) | None = &data.sequence {
            let all: Vec<Vec<&str>> =
                train.iter().map(|&row| Ok(tokens(smiles(source, row)?))).collect::<Result<_>>()?;
            let longest = all.iter().map(Vec::len).max().unwrap_or(0).max(1);
            let mut vocabulary: Vec<String> = all.into_iter().flatten().map(str::to_owned).collect();
            vocabulary.sort_unstable();
            vocabulary.dedup();
            let scaler = Scaler { kind: Scaling::None, center: vec![0.0; longest], scale: vec![1.0; longest] };
            return Ok((Steps::Tokens { vocabulary, longest }, scaler));
        }
        let (channels, ragged) = match &data.sequence {
            Some(Sequence::Columns { channels }) => ((*channels).max(1), false),
            _ => (widen::channels(columns), true),
        };
        if !columns.len().is_multiple_of(channels) || columns.is_empty() {
            return Err(Error::Setting {
                message: format!("{} columns do not form steps of {channels}", columns.len()),
                place: "data.sequence.channels".into(),
                hint: "name the columns of the steps with `--features`, in their order".into(),
            });
        }
        let steps = Steps::Numbers { columns: columns.to_vec(), channels, ragged };
        let x = steps.raw(source, train)?;
        let mut scaler = Scaler { kind: scaling, center: Vec::new(), scale: Vec::new() };
        let each: Vec<Scaler> = (0..channels)
            .map(|channel| {
                let own: Vec<f32> = x.iter().skip(channel).step_by(channels).copied().collect();
                Scaler::fit(&own, 1, scaling)
            })
            .collect();
        for at in 0..columns.len() {
            scaler.center.extend(&each[at % channels].center);
            scaler.scale.extend(&each[at % channels].scale);
        }
        Ok((steps, scaler))
    }

    /// How the numbers are arranged.
    pub fn form(&self) -> Form {
        match self {
            Steps::Tokens { longest, .. } => Form::Sequence { steps: *longest, features: 1 },
            Steps::Numbers { columns, channels, .. } => {
                Form::Sequence { steps: columns.len() / channels, features: *channels }
            }
        }
    }

    /// Names of the numbers.
    pub fn names(&self) -> Vec<String> {
        match self {
            Steps::Tokens { longest, .. } => (1..=*longest).map(|at| format!("token {at}")).collect(),
            Steps::Numbers { columns, .. } => columns.clone(),
        }
    }

    /// Vocabulary size for a network; `None` of numbers.
    pub fn tokens(&self) -> Option<usize> {
        match self {
            Steps::Tokens { vocabulary, .. } => Some(vocabulary.len() + 1),
            Steps::Numbers { .. } => None,
        }
    }

    /// Numbers of some rows before any scale; shorter ones are padded with NaN, longer ones are truncated.
    pub fn raw(&self, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        match self {
            Steps::Tokens { vocabulary, longest } => {
                let mut x = vec![f32::NAN; rows.len() * longest];
                for (x, &row) in x.chunks_exact_mut(*longest).zip(rows) {
                    for (x, token) in x.iter_mut().zip(tokens(smiles(source, row)?)) {
                        let place = vocabulary.binary_search_by(|known| known.as_str().cmp(token));
                        *x = place.unwrap_or(vocabulary.len()) as f32;
                    }
                }
                Ok(x)
            }
            Steps::Numbers { columns, ragged, channels } => {
                let mut x = vec![f32::NAN; rows.len() * columns.len()];
                for (at, name) in columns.iter().enumerate() {
                    let column = match source.table.column(name) {
                        Ok(column) => column,
                        Err(_) if *ragged => continue,
                        Err(error) => return Err(error.into()),
                    };
                    let numbers = column.as_numbers()?;
                    for (x, &row) in x.iter_mut().skip(at).step_by(columns.len()).zip(rows) {
                        *x = numbers[row].unwrap_or(f64::NAN) as f32;
                    }
                }
                let lengths = self.form().lengths(&x, columns.len());
                for (at, (x, &row)) in x.chunks_exact(columns.len()).zip(rows).enumerate() {
                    let own = lengths.as_ref().map_or(columns.len(), |lengths| lengths[at] * channels);
                    if let Some(at) = x[..own].iter().position(|x| x.is_nan()) {
                        return Err(missing_step(&source.table, &columns[at], row, *ragged));
                    }
                }
                Ok(x)
            }
        }
    }

    /// Names of the steps of a row.
    pub fn labels(&self, source: &Source, row: usize) -> Result<Vec<String>> {
        Ok(match self {
            Steps::Tokens { longest, .. } => {
                tokens(smiles(source, row)?).into_iter().take(*longest).map(str::to_owned).collect()
            }
            Steps::Numbers { columns, channels, .. } => columns.iter().step_by(*channels).cloned().collect(),
        })
    }

    /// Warnings about steps of some rows that the model cannot see.
    pub fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        let (vocabulary, longest) = match self {
            Steps::Tokens { vocabulary, longest } => (vocabulary, longest),
            Steps::Numbers { columns, channels, ragged } => {
                let steps = columns.len() / channels;
                let channel = columns[0].trim_end_matches("1").trim_end_matches(" @");
                let next = source.table.column(&format!("{channel} @{}", steps + 1)).ok().filter(|_| *ragged);
                let longer = |column: &data::Column| {
                    let numbers = column.as_numbers().unwrap_or_default();
                    rows.iter().filter(|&&row| numbers.get(row).is_some_and(Option::is_some)).count()
                };
                let n = next.map_or(0, longer);
                let words = format!(
                    "{n} sequences are longer than the longest of the training: only the first {steps} steps are read"
                );
                return Ok(if n > 0 { vec![words] } else { Vec::new() });
            }
        };
        let (mut cut, mut strange) = (0, Vec::new());
        for &row in rows {
            let all = tokens(smiles(source, row)?);
            cut += usize::from(all.len() > *longest);
            strange.extend(all.into_iter().find(|token| !vocabulary.iter().any(|known| known == token)));
        }
        let mut notes = Vec::new();
        if let Some(first) = strange.first() {
            notes.push(format!(
                "{} molecules hold tokens that no training row has, for example `{first}`",
                strange.len()
            ));
        }
        if cut > 0 {
            notes.push(format!(
                "{cut} molecules are longer than the longest of the training: only the first {longest} tokens are read"
            ));
        }
        Ok(notes)
    }
}

fn smiles(source: &Source, row: usize) -> Result<&str> {
    source.molecules.as_ref().map(|molecules| molecules.canonical[row].as_str()).ok_or_else(|| Error::Setting {
        message: "tokens are those of molecules, and no SMILES column was given".into(),
        place: "data.sequence".into(),
        hint: "name it with `--smiles`".into(),
    })
}

fn missing_step(table: &Table, column: &str, row: usize, ragged: bool) -> Error {
    let place = match (ragged, table.columns.first(), table.column(column)) {
        (true, Some(id), _) => {
            let name = id.as_text().get(row).cloned().flatten().unwrap_or_default();
            format!("sequence `{name}` of `{}`", id.header())
        }
        (_, _, Ok(column)) => column.place(row),
        _ => format!("row {}", row + 1),
    };
    Error::MissingStep { column: column.to_owned(), place }
}
