//! Everything that can be wrong with a molecule or with the features asked of it.

/// What was found, what was expected and where; then, after `hint:`, what to do.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The text holds nothing but white space.
    #[error(
        "the SMILES is empty, but a molecule has at least one atom\n\
         hint: fill in or remove this row; ethanol, for instance, is `CCO`"
    )]
    Empty,

    /// The text is not SMILES; `position` counts characters from 1.
    #[error(
        "SMILES `{smiles}` has {found} at character {position}, where {expected} is expected\n\
         hint: compare with https://www.opensmiles.org, or draw the molecule and export it again"
    )]
    Syntax { smiles: String, position: usize, found: String, expected: String },

    /// The text is SMILES, but no molecule has these bonds.
    #[error(
        "SMILES `{smiles}` describes no molecule that can exist: {reason}\n\
         hint: look for a missing charge or hydrogen, such as `[N+]` or `[nH]`"
    )]
    Impossible { smiles: String, reason: String },

    /// The molecule or its text is larger than the methods here are made for.
    #[error(
        "the molecule has {found} {unit}, but at most {limit} are accepted\n\
         hint: describe polymers and proteins by a repeating unit or a fragment"
    )]
    TooLarge { found: usize, unit: &'static str, limit: usize },

    /// A descriptor has no value for this molecule.
    #[error(
        "descriptor `{descriptor}` of `{smiles}` is {value}, but a feature is a finite number\n\
         hint: name the descriptors to use without `{descriptor}`, or remove the molecule"
    )]
    NotFinite { descriptor: &'static str, smiles: String, value: f64 },

    /// No descriptor has this name.
    #[error("there is no descriptor `{name}`\nhint: {hint}")]
    UnknownDescriptor { name: String, hint: String },

    /// A field of a specification lies outside its range.
    #[error("`{field}` is {found}, but lies between {min} and {max}\nhint: the default is {default}")]
    OutOfRange { field: &'static str, found: usize, min: usize, max: usize, default: usize },

    /// The specification asks for no feature at all.
    #[error(
        "the specification asks for no features, but a model needs at least one\n\
         hint: set `ecfp`, `maccs = true` or `descriptors = true`"
    )]
    NoFeatures,

    /// The fingerprint is not defined for this molecule.
    #[error(
        "the circular fingerprint of `{smiles}` is not defined: {reason}\n\
         hint: use `descriptors` or `maccs` instead, or remove the molecule"
    )]
    NoFingerprint { smiles: String, reason: String },

    /// Atoms and bonds are not perceived as RDKit would.
    #[error(
        "atoms and bonds of `{smiles}` cannot be perceived: {reason}\n\
         hint: predict with a model that reads descriptors, or remove the molecule"
    )]
    NoGraph { smiles: String, reason: String },
}

/// A result with the errors of this crate.
pub type Result<T> = std::result::Result<T, Error>;
