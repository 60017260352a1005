//! Numbers and categories as columns, with the features of molecules.

use data::{Scaler, Scaling, Table};
use nn::Inputs;
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};
use spec::scale::Scale;

use crate::block::Block;
use crate::encoding::Encoding;
use crate::feature::Feature;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::source::Source;

/// Which columns become which numbers; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Columns {
    /// Columns other than the molecules.
    pub columns: Vec<Encoding>,
    /// The column of molecules.
    pub smiles: Option<String>,
    #[serde(flatten)]
    scaled: Scaled,
}

impl Columns {
    /// Learns levels, means, constant numbers and scales from the training rows; `notes` hears what was decided.
    ///
    /// # Errors
    /// All features are constant, or a column contains values that cannot be read.
    pub fn fit(
        source: &Source,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        notes: &mut Vec<String>,
    ) -> Result<Self> {
        let encoder = Columns::fit_some(source, columns, train, scale, true, notes)?;
        if encoder.scaled.kept.is_empty() {
            let reason = "all features have the same value in all training rows".into();
            return Err(Error::NoFeatures { reason, hint: "give other features, or more rows".into() });
        }
        Ok(encoder)
    }

    /// The same where nothing may be left; `descriptors` says whether features of molecules are among the numbers.
    pub(crate) fn fit_some(
        source: &Source,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        descriptors: bool,
        notes: &mut Vec<String>,
    ) -> Result<Self> {
        let encodings = columns.iter().map(|name| Encoding::fit(&source.table, name, train, notes));
        let columns = encodings.collect::<Result<Vec<_>>>()?;
        let smiles = source.molecules.as_ref().map(|molecules| molecules.column.clone());
        let none = Scaler::fit::<f32>(&[], 0, scale.inputs);
        let mut own = Columns { columns, smiles, scaled: Scaled::all(Vec::new(), scale.limit, none) };
        let names = own.all_names(source);
        let (rows, width) = (own.raw(source, train)?, names.len());
        let varies = |i: usize| rows.chunks_exact(width.max(1)).any(|row| row[i] != rows[i]);
        let of_molecules = source.molecules.as_ref().map_or(0, |molecules| molecules.names.len());
        let most = if descriptors { width } else { width - of_molecules };
        own.scaled.kept = (0..most).filter(|&i| varies(i)).collect();
        own.scaled.names = own.scaled.kept.iter().map(|&i| names[i].clone()).collect();
        own.scaled.scaler = Scaler::fit(&own.keep(&rows, width), own.scaled.kept.len(), scale.inputs);
        Ok(own)
    }

    /// The same without the bits of fingerprints, and which of the numbers are left; `None` where there is nothing else.
    pub fn without_fingerprints(&self) -> Option<(Self, Vec<usize>)> {
        let names = &self.scaled.names;
        let left: Vec<usize> = (0..names.len()).filter(|&i| !chem::is_fingerprint(&names[i])).collect();
        if left.is_empty() || left.len() == names.len() {
            return None;
        }
        Some((Columns { scaled: self.scaled.pick(&left), ..self.clone() }, left))
    }

    /// The bits of fingerprints alone, as they are.
    pub fn fingerprints(&self) -> Self {
        let names = &self.scaled.names;
        let left: Vec<usize> = (0..names.len()).filter(|&i| chem::is_fingerprint(&names[i])).collect();
        let mut scaled = self.scaled.pick(&left);
        scaled.limit = 0.0;
        scaled.scaler = Scaler { kind: Scaling::None, center: vec![0.0; left.len()], scale: vec![1.0; left.len()] };
        Columns { scaled, ..self.clone() }
    }

    /// Names of all numbers, constant ones among them.
    pub fn all_names(&self, source: &Source) -> Vec<String> {
        let of = |encoding: &Encoding| match encoding {
            Encoding::Number { column, .. } => vec![column.clone()],
            Encoding::Category { column, levels } => levels.iter().map(|level| format!("{column}={level}")).collect(),
        };
        let molecules = source.molecules.iter().flat_map(|molecules| molecules.names.clone());
        self.columns.iter().flat_map(of).chain(molecules).collect()
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
        rows.chunks_exact(width.max(1)).flat_map(|row| self.scaled.kept.iter().map(|&i| row[i])).collect()
    }
}

impl Kind for Columns {
    fn scaled(&self) -> &Scaled {
        &self.scaled
    }

    fn scaled_mut(&mut self) -> &mut Scaled {
        &mut self.scaled
    }

    fn inputs(&self) -> Inputs {
        self.scaled.names.len().into()
    }

    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        let mut numbers = self.keep(&self.raw(source, rows)?, self.all_names(source).len());
        self.scaled.apply(&mut numbers);
        Ok(numbers.into())
    }

    fn features(&self, source: &Source) -> Vec<Feature> {
        let column = |encoding: &Encoding| {
            let width = match encoding {
                Encoding::Number { .. } => 1,
                Encoding::Category { levels, .. } => levels.len(),
            };
            std::iter::repeat_n(Feature { name: encoding.column().to_owned(), of_molecule: false }, width)
        };
        let molecules = source.molecules.iter().flat_map(|molecules| &molecules.names);
        let molecules = molecules.map(|name| Feature { name: chem::feature_group(name).to_owned(), of_molecule: true });
        let all: Vec<Feature> = self.columns.iter().flat_map(column).chain(molecules).collect();
        self.scaled.kept.iter().map(|&i| all[i].clone()).collect()
    }

    fn check(&self, table: &Table) -> Result<()> {
        let mut columns = self.columns.iter().map(Encoding::column).chain(self.smiles.as_deref());
        match columns.find(|column| table.column(column).is_err()) {
            Some(missing) => Err(Error::missing_column(missing.to_owned(), table)),
            None => Ok(()),
        }
    }

    fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        let mut notes = Vec::new();
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

    fn words(&self) -> String {
        format!("{} features", self.scaled.names.len())
    }

    fn distance(&self) -> Distance {
        Distance::Molecules
    }

    fn explains(&self) -> Explains {
        Explains::Columns
    }

    fn smiles(&self) -> Option<&str> {
        self.smiles.as_deref()
    }

    fn needs_only_molecules(&self) -> bool {
        self.smiles.is_some() && self.columns.is_empty()
    }
}
