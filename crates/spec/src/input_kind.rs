//! Kinds of input that a model may read.

/// Kinds of input that a model may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InputKind {
    /// Numbers and categories as columns; molecules as features, and everything else without its order.
    Columns,
    /// The bits of fingerprints of molecules, as they are.
    Fingerprints,
    /// Steps one after the other: tokens of molecules, columns in their order, several rows of a table.
    Sequences,
    /// Points along an axis.
    Spectra,
    /// Pixels.
    Images,
    /// Atoms and bonds.
    Graphs,
}

impl InputKind {
    /// Its name in messages.
    pub fn name(self) -> &'static str {
        match self {
            InputKind::Columns => "columns",
            InputKind::Fingerprints => "fingerprints",
            InputKind::Sequences => "sequences",
            InputKind::Spectra => "spectra",
            InputKind::Images => "images",
            InputKind::Graphs => "molecular graphs",
        }
    }

    /// The setting that names the columns of such rows, and a hint where it is missing.
    pub fn where_from(self) -> (&'static str, &'static str) {
        match self {
            InputKind::Columns => ("data.features", "name columns with `--features`"),
            InputKind::Fingerprints => ("molecules", "switch one on: `--set molecules.maccs=true`"),
            InputKind::Sequences => (
                "data.sequence",
                "say where the steps are with `--sequence tokens` (of SMILES), `--sequence columns` or `--sequence rows:ID`; \
                 time series to be continued need `--time`",
            ),
            InputKind::Spectra => ("data.spectra", "say where the axis is with `--spectra`"),
            InputKind::Images => (
                "data.images",
                "give a folder with a folder for each class, a NumPy file, or name the column of paths with `--images COLUMN`",
            ),
            InputKind::Graphs => ("data.smiles", "name the column of SMILES with `--smiles`"),
        }
    }
}
