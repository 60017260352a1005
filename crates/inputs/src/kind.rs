//! The contract of a kind of input: what a row is, and how it becomes numbers. A file for each kind, a line for each in
//! [`Encoder`](crate::encoder::Encoder).

use data::Table;
use nn::Inputs;
use spec::error::Result;

use crate::block::Block;
use crate::feature::Feature;
use crate::scaled::Scaled;
use crate::source::Source;

/// What every kind of input knows of itself, fitted on training rows.
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
    /// Rows that are something else, or hold what cannot be read.
    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block>;

    /// For each number the feature that a person knows; the first stands for a graph, where there is one.
    fn features(&self, source: &Source) -> Vec<Feature>;

    /// Whether a table has what it reads; the error names the first column that is missing.
    ///
    /// # Errors
    /// A column that is missing.
    fn check(&self, table: &Table) -> Result<()>;

    /// Sentences about what no training row holds and some rows do.
    ///
    /// # Errors
    /// Rows that cannot be read.
    fn unknown(&self, source: &Source, rows: &[usize]) -> Result<Vec<String>> {
        let _ = (source, rows);
        Ok(Vec::new())
    }

    /// What rows are, in words.
    fn words(&self) -> String;

    /// How far two rows are apart, for the domain of a model.
    fn distance(&self) -> Distance;

    /// What an explanation can be about.
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

/// How far two rows are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Distance {
    /// There is no distance that says something.
    None,
    /// One minus the Tanimoto similarity of fingerprints where rows have molecules, else that of [`Distance::Numbers`].
    Molecules,
    /// Between numbers without correlation.
    Numbers,
}

/// What an explanation can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Explains {
    /// Columns, descriptors and fingerprints.
    Columns,
    /// Atoms, and what stands beside the graph.
    Atoms,
    /// Steps of a sequence.
    Steps,
    /// Points of a spectrum.
    Wavelengths,
    /// Pixels.
    Pixels,
}
