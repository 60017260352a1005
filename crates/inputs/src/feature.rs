//! Original features.

/// An original feature, as in the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The column, the descriptor, or a fingerprint as a whole.
    pub name: String,
    /// Whether it follows from the molecule.
    pub of_molecule: bool,
}
