//! From rows of a table to rows of numbers, fitted on the training rows.

use data::{Column, Numeric, Scaler, Scaling, Table, Values, constant, looks_like_identifier};
use nn::{Form, Inputs};
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::scale::Scale;
use spec::sequence::Sequence;

use crate::graphs::{GRAPH, Graphs};
use crate::images::EncodedImages;
use crate::sequence::{Steps, columns_of};
use crate::source::Source;
use crate::spectra::{EncodedSpectra, axis_columns};

/// Which columns become which numbers; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Encoder {
    /// Columns beside the molecules.
    pub columns: Vec<Encoding>,
    /// The column of molecules.
    pub smiles: Option<String>,
    /// Names of the numbers that are kept: constant ones are dropped.
    pub names: Vec<String>,
    /// Their places among all numbers.
    #[serde(skip)]
    pub kept: Vec<usize>,
    /// Scaled numbers are cut to this size; zero for no limit.
    pub limit: f64,
    /// Their scale.
    pub scaler: Scaler,
    /// How rows become sequences, where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub steps: Option<Steps>,
    /// What is done to spectra, where rows are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spectra: Option<EncodedSpectra>,
    /// How images are read, where rows are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub images: Option<EncodedImages>,
    /// How molecules become graphs, where they do; the numbers stand beside them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graphs: Option<Graphs>,
}

/// How one column becomes numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Encoding {
    /// As it is; the mean of the training rows where it is missing.
    Number {
        /// The column.
        column: String,
        /// Mean over the training rows.
        mean: f64,
    },
    /// A number for each value seen in training: one where it stands, else zero.
    Category {
        /// The column.
        column: String,
        /// Values seen in training.
        levels: Vec<String>,
    },
}

/// The columns to predict from, and what was decided about the others.
pub fn choose_columns(source: &Source, experiment: &Experiment) -> Result<(Vec<String>, Vec<String>)> {
    let (table, data) = (&source.table, &experiment.data);
    not_the_answer(table, data)?;
    if data.images.is_some() {
        return Ok((Vec::new(), Vec::new()));
    }
    if let Some(columns) = axis_columns(source, data)? {
        return Ok((columns, Vec::new()));
    }
    if let Some(columns) = columns_of(table, data)? {
        return Ok((columns, Vec::new()));
    }
    if !data.features.is_empty() || data.smiles.is_some() {
        let columns =
            data.features.iter().map(|name| Ok(shortest_name(table, table.column(name)?))).collect::<Result<_>>()?;
        return Ok((columns, Vec::new()));
    }
    let targets = data.target.iter().map(|name| table.position(name)).collect::<data::Result<Vec<_>>>()?;
    let roles = [&data.weights, &experiment.split.column].into_iter().flatten();
    let used = roles.map(|name| table.position(name)).collect::<data::Result<Vec<_>>>()?;
    let (mut chosen, mut dropped) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate() {
        if targets.contains(&at) || used.contains(&at) {
            continue;
        }
        if let Numeric::Spoiled(error) = column.numbers() {
            return Err(error.into());
        }
        let leaks = targets.iter().find(|&&target| {
            data::identical(column, &table.columns[target]) || data::affine(column, &table.columns[target]).is_some()
        });
        let reason = if column.name.eq_ignore_ascii_case("smiles") {
            dropped.push(format!(
                "column `{0}` is left out: it seems to hold molecules (`--smiles {0}` predicts from them)",
                column.name
            ));
            continue;
        } else if looks_like_identifier(column) {
            "looks like an identifier".to_owned()
        } else if constant(column) {
            "has the same value in all rows".to_owned()
        } else if let Some(&target) = leaks {
            format!("says the same as the target `{}`", table.columns[target].name)
        } else {
            chosen.push(shortest_name(table, column));
            continue;
        };
        dropped
            .push(format!("column `{}` is left out: it {reason} (name it with `--features` to keep it)", column.name));
    }
    if chosen.is_empty() {
        let hint = "name columns with `--features`, or a column of molecules with `--smiles`".into();
        return Err(Error::NoFeatures { reason: "no column is left to predict from".into(), hint });
    }
    Ok((chosen, dropped))
}

/// A target is not known when it is to be predicted, nor how much it should count.
fn not_the_answer(table: &Table, data: &Data) -> Result<()> {
    // Columns of readings are no longer there: each has become many.
    let features = if matches!(data.sequence, Some(Sequence::Rows { .. })) { &[] } else { data.features.as_slice() };
    let roles = [("data.features", features), ("data.weights", data.weights.as_slice())];
    for (place, names) in roles {
        for name in names {
            let column = table.position(name)?;
            if data.target.iter().any(|target| table.position(target) == Ok(column)) {
                return Err(Error::Setting {
                    message: format!("`{name}` is the target: the model would be given the answer"),
                    place: place.into(),
                    hint: "leave it out there".into(),
                });
            }
        }
    }
    Ok(())
}

/// The bare name of a column, or name and unit where two columns share the name, as `T [C]` and `T [K]` do.
fn shortest_name(table: &Table, column: &Column) -> String {
    let own = table.column(&column.name).is_ok_and(|found| std::ptr::eq(found, column));
    if own { column.name.clone() } else { column.header() }
}

impl Encoder {
    /// Learns levels, means, constant numbers and scales from the training rows; `notes` hears what was decided.
    pub fn fit(
        source: &Source,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        notes: &mut Vec<String>,
    ) -> Result<Self> {
        let encoder = Encoder::fit_some(source, columns, train, scale, (notes, true))?;
        if encoder.kept.is_empty() {
            let hint = "give other features, or more rows".into();
            return Err(Error::NoFeatures {
                reason: "all features have the same value in all training rows".into(),
                hint,
            });
        }
        Ok(encoder)
    }

    /// The same beside molecules as graphs: `descriptors` says whether what else is known of them stands there, too.
    pub fn fit_graphs(
        source: &Source,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        descriptors: bool,
    ) -> Result<Self> {
        let encoder = Encoder::fit_some(source, columns, train, scale, (&mut Vec::new(), descriptors))?;
        Ok(Encoder { graphs: Graphs::known(), ..encoder })
    }

    fn fit_some(
        source: &Source,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        (notes, descriptors): (&mut Vec<String>, bool),
    ) -> Result<Self> {
        let mut encodings = Vec::new();
        for name in columns {
            encodings.push(Encoding::fit(&source.table, name, train, notes)?);
        }
        let smiles = source.molecules.as_ref().map(|molecules| molecules.column.clone());
        let mut encoder = Encoder { columns: encodings, smiles, limit: scale.limit, ..Encoder::empty(Vec::new()) };
        let names = encoder.all_names(source);
        let (rows, width) = (encoder.raw(source, train)?, names.len());
        let varies = |i: usize| rows.chunks_exact(width.max(1)).any(|row| row[i] != rows[i]);
        let of_molecules = source.molecules.as_ref().map_or(0, |molecules| molecules.names.len());
        let most = if descriptors { width } else { width - of_molecules };
        encoder.kept = (0..most).filter(|&i| varies(i)).collect();
        encoder.names = encoder.kept.iter().map(|&i| names[i].clone()).collect();
        encoder.scaler = Scaler::fit(&encoder.keep(&rows, width), encoder.kept.len(), scale.inputs);
        Ok(encoder)
    }

    /// The same for sequences: tokens, or the scale of each channel, from the training rows.
    pub fn fit_sequences(
        source: &Source,
        data: &Data,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
    ) -> Result<Self> {
        let (steps, scaler) = Steps::fit(source, data, columns, train, scale.inputs)?;
        let names = steps.names();
        let smiles = steps.tokens().and(source.molecules.as_ref()).map(|molecules| molecules.column.clone());
        let (kept, limit) = ((0..names.len()).collect(), scale.limit);
        Ok(Encoder { smiles, kept, limit, scaler, steps: Some(steps), ..Encoder::empty(names) })
    }

    /// Names of numbers, and nothing that makes them.
    pub fn empty(names: Vec<String>) -> Self {
        let scaler = Scaler::fit::<f32>(&[], 0, Scaling::None);
        let (columns, kept) = (Vec::new(), Vec::new());
        let (steps, spectra, images, graphs) = (None, None, None, None);
        Encoder { columns, smiles: None, names, kept, limit: 0.0, scaler, steps, spectra, images, graphs }
    }

    /// How the numbers of a row are arranged, where they are no graphs.
    pub fn form(&self) -> Form {
        if let Some(images) = &self.images {
            return images.form();
        }
        match (&self.spectra, &self.steps) {
            (Some(spectra), _) if spectra.ordered => Form::Sequence { steps: spectra.points(), features: 1 },
            (_, Some(steps)) => steps.form(),
            _ => self.names.len().into(),
        }
    }

    /// How the numbers of encoded rows `x` are arranged.
    pub fn inputs(&self, x: &[f32]) -> Inputs {
        match &self.graphs {
            Some(graphs) => Inputs { form: graphs.form(x), beside: self.names.len(), ahead: 1 },
            None => self.form().into(),
        }
    }

    /// Numbers of some rows, `[rows, names]`, on the scale of the training rows; of graphs each behind its graph.
    pub fn encode(&self, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        self.encode_wide(source, rows, 0)
    }

    /// The same where a graph takes at least so many numbers.
    pub fn encode_wide(&self, source: &Source, rows: &[usize], least: usize) -> Result<Vec<f32>> {
        let beside = self.encode_numbers(source, rows)?;
        let Some(graphs) = &self.graphs else { return Ok(beside) };
        let width = self.names.len();
        let graphs = graphs.rows(source, rows, least)?.into_iter().enumerate();
        Ok(graphs.flat_map(|(at, graph)| graph.into_iter().chain(beside[at * width..][..width].to_vec())).collect())
    }

    fn encode_numbers(&self, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        if let Some(images) = &self.images {
            return self.encode_images(images, source, rows);
        }
        let mut numbers = match (&self.spectra, &self.steps) {
            (Some(spectra), _) => spectra.raw(source, rows)?,
            (None, Some(steps)) => steps.raw(source, rows)?,
            (None, None) => self.keep(&self.raw(source, rows)?, self.all_names(source).len()),
        };
        self.scaler.transform(&mut numbers);
        if self.limit > 0.0 && self.scaler.kind != Scaling::None {
            // NaN fails both comparisons and stays.
            let limit = self.limit as f32;
            for x in numbers.iter_mut().filter(|x| x.abs() > limit) {
                *x = limit.copysign(*x);
            }
        }
        Ok(numbers)
    }

    /// The same without the bits of fingerprints, and which of the numbers are left; `None` where nothing else is.
    pub fn without_fingerprints(&self) -> Option<(Self, Vec<usize>)> {
        let left: Vec<usize> = (0..self.names.len()).filter(|&i| !chem::is_fingerprint(&self.names[i])).collect();
        if left.is_empty() || left.len() == self.names.len() {
            return None;
        }
        let pick = |from: &[f64]| left.iter().map(|&i| from[i]).collect();
        let (center, scale) = (pick(&self.scaler.center), pick(&self.scaler.scale));
        let encoder = Encoder {
            names: left.iter().map(|&i| self.names[i].clone()).collect(),
            kept: left.iter().map(|&i| self.kept[i]).collect(),
            scaler: Scaler { center, scale, ..self.scaler.clone() },
            ..self.clone()
        };
        Some((encoder, left))
    }

    /// Whether a table has the columns; the error names the first that is missing.
    pub fn check(&self, table: &Table) -> Result<()> {
        let steps = match &self.steps {
            Some(Steps::Numbers { columns, ragged: false, .. }) => &columns[..],
            _ => &[],
        };
        let columns = self.columns.iter().map(|encoding| encoding.column()).chain(self.smiles.as_deref());
        let columns = columns.chain(steps.iter().map(String::as_str));
        for column in columns {
            if table.column(column).is_err() {
                return Err(Error::missing_column(column.to_owned(), table));
            }
        }
        Ok(())
    }

    pub fn all_names(&self, source: &Source) -> Vec<String> {
        if self.spectra.is_some() || self.images.is_some() {
            return self.names.clone();
        }
        let of = |encoding: &Encoding| match encoding {
            Encoding::Number { column, .. } => vec![column.clone()],
            Encoding::Category { column, levels } => levels.iter().map(|level| format!("{column}={level}")).collect(),
        };
        let molecules = source.molecules.iter().flat_map(|molecules| molecules.names.clone());
        self.columns.iter().flat_map(of).chain(molecules).collect()
    }

    /// Sentences about categories in some rows that no training row has.
    pub fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        let mut notes = self.steps.as_ref().map_or(Ok(Vec::new()), |steps| steps.unknown(source, rows))?;
        for encoding in &self.columns {
            let Encoding::Category { column, levels } = encoding else { continue };
            let cells = source.table.column(column)?.as_text();
            let strange = rows.iter().filter_map(|&row| cells[row].as_ref()).filter(|cell| !levels.contains(cell));
            let strange: Vec<&String> = strange.collect();
            if let Some(first) = strange.first() {
                let n = strange.len();
                notes.push(format!(
                    "column `{column}`: {n} row{} what no training row has, for example `{first}`; it counts as none of \
                     the categories",
                    if n == 1 { " holds" } else { "s hold" }
                ));
            }
        }
        Ok(notes)
    }

    /// For each number the feature that a person knows, and whether it follows from the molecule: the column, the
    /// descriptor, or a fingerprint as a whole. The first stands for all numbers of a graph, where there is one.
    pub fn features(&self, source: &Source) -> Vec<(String, bool)> {
        if self.spectra.is_some() || self.images.is_some() {
            return self.names.iter().map(|name| (name.clone(), false)).collect();
        }
        let column = |encoding: &Encoding| {
            let width = match encoding {
                Encoding::Number { .. } => 1,
                Encoding::Category { levels, .. } => levels.len(),
            };
            std::iter::repeat_n((encoding.column().to_owned(), false), width)
        };
        let molecules = source.molecules.iter().flat_map(|molecules| &molecules.names);
        let molecules = molecules.map(|name| (chem::feature_group(name).to_owned(), true));
        let all: Vec<(String, bool)> = self.columns.iter().flat_map(column).chain(molecules).collect();
        let graph = self.graphs.iter().map(|_| (GRAPH.to_owned(), true));
        graph.chain(self.kept.iter().map(|&i| all[i].clone())).collect()
    }

    /// All numbers, before constant ones are dropped and scales are applied.
    fn raw(&self, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        let blocks =
            self.columns.iter().map(|encoding| encoding.encode(&source.table, rows)).collect::<Result<Vec<_>>>()?;
        let mut numbers = Vec::new();
        for (at, &row) in rows.iter().enumerate() {
            for (width, block) in &blocks {
                numbers.extend_from_slice(&block[at * width..(at + 1) * width]);
            }
            if let Some(molecules) = &source.molecules {
                let width = molecules.names.len();
                numbers.extend_from_slice(&molecules.features[row * width..(row + 1) * width]);
            }
        }
        Ok(numbers)
    }

    fn keep(&self, rows: &[f32], width: usize) -> Vec<f32> {
        rows.chunks_exact(width.max(1)).flat_map(|row| self.kept.iter().map(|&i| row[i])).collect()
    }
}

impl Encoding {
    fn fit(table: &Table, name: &str, train: &[usize], notes: &mut Vec<String>) -> Result<Self> {
        let column = table.column(name)?;
        let missing = column.n_missing();
        let kind = match column.numbers() {
            Numeric::Numbers(numbers) => {
                let known: Vec<f64> = train.iter().filter_map(|&row| numbers[row]).collect();
                let mean = known.iter().sum::<f64>() / known.len().max(1) as f64;
                if missing > 0 {
                    notes.push(format!(
                        "column `{}` lacks {missing} values: the mean of the training rows stands for them",
                        column.name
                    ));
                }
                Encoding::Number { column: shortest_name(table, column), mean }
            }
            Numeric::Spoiled(error) => return Err(error.into()),
            Numeric::Category | Numeric::Empty => {
                let cells = column.as_text();
                let mut levels: Vec<String> = train.iter().filter_map(|&row| cells[row].clone()).collect();
                levels.sort_unstable();
                levels.dedup();
                if levels.len() > 50 {
                    notes.push(format!(
                        "column `{}` holds {} different texts: each becomes a number of its own",
                        column.name,
                        levels.len()
                    ));
                }
                if missing > 0 {
                    notes.push(format!(
                        "column `{}` lacks {missing} values: they count as none of its categories",
                        column.name
                    ));
                }
                Encoding::Category { column: shortest_name(table, column), levels }
            }
        };
        Ok(kind)
    }

    fn column(&self) -> &str {
        match self {
            Encoding::Number { column, .. } | Encoding::Category { column, .. } => column,
        }
    }

    /// Width and numbers of some rows.
    fn encode(&self, table: &Table, rows: &[usize]) -> Result<(usize, Vec<f32>)> {
        match self {
            Encoding::Number { column, mean } => {
                let column = table.column(column)?;
                let known: Vec<f64> = match &column.values {
                    Values::Number(numbers) => rows.iter().map(|&row| numbers[row]).collect(),
                    Values::Text(_) => {
                        let numbers = column.as_numbers()?;
                        rows.iter().map(|&row| numbers[row].unwrap_or(f64::NAN)).collect()
                    }
                };
                let number = |(&x, &row): (&f64, &usize)| match if x.is_nan() { *mean } else { x } as f32 {
                    x if x.is_finite() => Ok(x),
                    _ => Err(Error::TooLarge { column: column.header(), place: column.place(row), value: x }),
                };
                Ok((1, known.iter().zip(rows).map(number).collect::<Result<_>>()?))
            }
            Encoding::Category { column, levels } => {
                let cells = table.column(column)?.as_text();
                let mut numbers = vec![0.0; rows.len() * levels.len()];
                for (numbers, &row) in numbers.chunks_exact_mut(levels.len().max(1)).zip(rows) {
                    if let Some(at) = cells[row].as_ref().and_then(|cell| levels.binary_search(cell).ok()) {
                        numbers[at] = 1.0;
                    }
                }
                Ok((levels.len(), numbers))
            }
        }
    }
}
