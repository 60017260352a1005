//! Molecules as plain data: reading SMILES, fingerprints, descriptors, scaffolds.
//!
//! This crate knows no other crate of the workspace. All chemistry is that of RDKit, computed by the crate `chematic`; the
//! golden numbers in `fixtures/chem` come from RDKit itself.
//!
//! ```
//! use chem::{Molecule, MoleculeFeatures};
//!
//! let features = MoleculeFeatures::default();
//! let ethanol = Molecule::parse("CCO")?;
//! let row = features.featurize(&ethanol)?;
//! assert_eq!(row.len(), features.names()?.len());
//! # Ok::<(), chem::Error>(())
//! ```

#![forbid(unsafe_code)]

mod depict;
pub mod descriptors;
mod error;
mod features;
mod fingerprint;
mod graph;
mod parts;
mod scaffold;
pub mod sdf;
mod smiles;

pub use descriptors::{Descriptor, Descriptors, descriptors};
pub use error::{Error, Result};
pub use features::{MoleculeFeatures, feature_group, is_fingerprint};
pub use fingerprint::{Ecfp, Maccs};
pub use graph::{ATOM_CODES, BOND_CODES, Code, MolecularGraph};
pub use smiles::{MAX_ATOMS, MAX_CHARACTERS, Molecule};
