//! A row of anything becomes numbers: numbers and categories, molecules as features and as graphs, sequences, spectra, images.

#![forbid(unsafe_code)]

pub mod block;
pub mod choose;
mod codes;
pub mod columns;
pub mod datasets;
pub mod encoder;
pub mod encoding;
pub mod feature;
pub mod featurize;
pub mod graphs;
pub mod images;
pub mod kind;
pub mod names;
pub mod scaled;
pub mod sequence;
pub mod source;
pub mod spectra;
pub mod structures;
pub mod target;
