//! The contract of a kind of input: the meaning of a row, and its encoding. A file for each kind, a line for each in
//! [`Encoder`](crate::encoder::Encoder).

use data::Table;
use nn::Inputs;
use spec::error::Result;

use crate::block::Block;
use crate::feature::Feature;
use crate::scaled::Scaled;
use crate::source::Source;

/// Contract of a kind of input, fitted on training rows.
pub trait Kind {
    /// Names and scales of its numbers.
    fn scaled(&self) -> &Scaled;

    /// The same, to be read from a file.
    fn scaled_mut(&mut self) -> &mut Scaled;

    /// How the numbers of a row are arranged.
    fn inputs(&self) -> Inputs;

    /// Some rows, on the scale of the training rows.
    ///
    /// # Errors
    /// Rows of another kind, or values that cannot be read.
    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block>;

    /// For each number its original feature; the first stands for a graph, where there is one.
    fn features(&self, source: &Source) -> Vec<Feature>;

    /// Whether a table has the columns that it reads; the error names the first that is missing.
    ///
    /// # Errors
    /// A column that is missing.
    fn check(&self, table: &Table) -> Result<()>;

    /// Warnings about values that some rows contain and no training row.
    ///
    /// # Errors
    /// Rows that cannot be read.
    fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        let _ = (source, rows);
        Ok(Vec::new())
    }

    /// Description of the rows.
    fn words(&self) -> String;

    /// Distance between two rows, for the applicability domain of a model.
    fn distance(&self) -> Distance;

    /// Parts of the input that an explanation can refer to.
    fn explains(&self) -> Explains;

    /// The column of molecules, where it reads one.
    fn smiles(&self) -> Option<&str> {
        None
    }

    /// Whether molecules alone are enough.
    fn needs_only_molecules(&self) -> bool {
        false
    }

    /// How many different tokens rows consist of, where they do.
    fn tokens(&self) -> Option<usize> {
        None
    }

    /// How many rows may be encoded at a time, so that memory is bounded.
    fn at_once(&self) -> usize {
        usize::MAX
    }
}

/// Distance between two rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// There is no meaningful distance.
    None,
    /// One minus the Tanimoto similarity of fingerprints where rows have molecules, otherwise that of [`Distance::Numbers`].
    Molecules,
    /// Mahalanobis: between decorrelated numbers.
    Numbers,
}

/// Parts of the input that an explanation can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explains {
    /// Columns, descriptors and fingerprints.
    Columns,
    /// Atoms, and the extra descriptors of the graph.
    Atoms,
    /// Steps of a sequence.
    Steps,
    /// Points of a spectrum.
    Wavelengths,
    /// Pixels.
    Pixels,
}
