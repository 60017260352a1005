//! The encoder of rows: one of the kinds of input, fitted on training rows.

use data::Table;
use nn::Inputs;
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::Result;
use spec::experiment::Experiment;
use spec::input_kind::InputKind;
use spec::scale::Scale;

use crate::block::Block;
use crate::columns::Columns;
use crate::feature::Feature;
use crate::graphs::MolecularGraphs;
use crate::images::Pixels;
use crate::images::feed::ImageRows;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::sequence::Sequences;
use crate::source::Source;
use crate::spectra::Spectra;

/// Makes the enum of kinds of input, and the way from one to its contract.
macro_rules! inputs {
    ($($(#[$doc:meta])* $variant:ident($kind:ty);)*) => {
        /// One of the kinds of input; saved with the model.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(tag = "input", rename_all = "snake_case")]
        pub enum Encoder {
            $($(#[$doc])* $variant($kind),)*
        }

        impl Encoder {
            /// The kind that it is.
            pub fn kind(&self) -> &dyn Kind {
                match self {
                    $(Encoder::$variant(kind) => kind,)*
                }
            }

            fn kind_mut(&mut self) -> &mut dyn Kind {
                match self {
                    $(Encoder::$variant(kind) => kind,)*
                }
            }
        }
    };
}

inputs! {
    /// Numbers and categories as columns, with the features of molecules.
    Columns(Columns);
    /// Steps, one after the other.
    Sequences(Sequences);
    /// Points along an axis.
    Spectra(Spectra);
    /// Pixels.
    Images(Pixels);
    /// Atoms and bonds, with extra descriptors.
    Graphs(MolecularGraphs);
}

impl Encoder {
    /// The encoder of rows as columns: spectra and images without their order. `notes` hears what was decided.
    ///
    /// # Errors
    /// Rows from which nothing can be learned.
    pub fn fit_columns(
        source: &Source,
        data: &Data,
        columns: &[String],
        train: &[usize],
        scale: &Scale,
        notes: &mut Vec<String>,
    ) -> Result<Self> {
        if let Some(spectra) = Spectra::fit(source, data, train, scale)? {
            return Ok(Encoder::Spectra(spectra));
        }
        if let Some(pixels) = Pixels::fit(source, data, train, scale)? {
            return Ok(Encoder::Images(pixels));
        }
        Columns::fit(source, columns, train, scale, notes).map(Encoder::Columns)
    }

    /// The encoder of the same rows as another kind of input; `self` is the encoder of columns.
    ///
    /// # Errors
    /// Rows that are not of this kind.
    pub fn as_kind(
        &self,
        kind: InputKind,
        experiment: &Experiment,
        source: &Source,
        columns: &[String],
        train: &[usize],
    ) -> Result<Self> {
        Ok(match (kind, self) {
            (InputKind::Sequences, _) => {
                Encoder::Sequences(Sequences::fit(source, &experiment.data, columns, train, &experiment.scale)?)
            }
            (InputKind::Graphs, _) => {
                let descriptors = experiment.molecules.beside_graphs;
                let graphs = MolecularGraphs::fit(source, columns, train, &experiment.scale, descriptors)?;
                Encoder::Graphs(graphs)
            }
            (InputKind::Fingerprints, Encoder::Columns(columns)) => Encoder::Columns(columns.fingerprints()),
            (InputKind::Spectra, Encoder::Spectra(spectra)) => Encoder::Spectra(spectra.ordered()),
            (InputKind::Images, Encoder::Images(pixels)) => Encoder::Images(pixels.in_order()),
            _ => self.clone(),
        })
    }

    /// Names and scales of its numbers.
    pub fn scaled(&self) -> &Scaled {
        self.kind().scaled()
    }

    /// The same, to be read from a file.
    pub fn scaled_mut(&mut self) -> &mut Scaled {
        self.kind_mut().scaled_mut()
    }

    /// Names of the numbers of a row; of graphs those of the extra descriptors.
    pub fn names(&self) -> &[String] {
        &self.scaled().names
    }

    /// How the numbers of a row are arranged.
    pub fn inputs(&self) -> Inputs {
        self.kind().inputs()
    }

    /// Some rows, on the scale of the training rows.
    ///
    /// # Errors
    /// Rows of another kind, or values that cannot be read.
    pub fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        self.kind().encode(source, rows)
    }

    /// Images that are read batch by batch; `None` of rows that are in memory.
    ///
    /// # Errors
    /// Images that cannot be read.
    pub fn image_rows(&self, source: &Source, rows: &[usize], data: &Data) -> Result<Option<ImageRows>> {
        match self {
            Encoder::Images(pixels) => pixels.rows(source, rows, data),
            _ => Ok(None),
        }
    }

    /// The same without the bits of fingerprints, and which of the numbers are left; `None` where there is nothing else.
    pub fn without_fingerprints(&self) -> Option<(Self, Vec<usize>)> {
        match self {
            Encoder::Columns(columns) => {
                columns.without_fingerprints().map(|(columns, left)| (Encoder::Columns(columns), left))
            }
            _ => None,
        }
    }

    /// Whether a table has the columns that it reads; the error names the first that is missing.
    ///
    /// # Errors
    /// A column that is missing.
    pub fn check(&self, table: &Table) -> Result<()> {
        self.kind().check(table)
    }

    /// Warnings about values that some rows contain and no training row.
    ///
    /// # Errors
    /// Rows that cannot be read.
    pub fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        self.kind().unknown(source, rows)
    }

    /// For each number its original feature; the first stands for a graph, where there is one.
    pub fn features(&self, source: &Source) -> Vec<Feature> {
        self.kind().features(source)
    }

    /// Description of the rows.
    pub fn words(&self) -> String {
        self.kind().words()
    }

    /// Distance between two rows.
    pub fn distance(&self) -> Distance {
        self.kind().distance()
    }

    /// Parts of the input that an explanation can refer to.
    pub fn explains(&self) -> Explains {
        self.kind().explains()
    }
}
