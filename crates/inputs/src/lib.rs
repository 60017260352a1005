//! A row of anything becomes numbers: numbers and categories, molecules as features and as graphs, sequences, spectra, images.

#![forbid(unsafe_code)]

pub mod datasets;
pub mod encode;
pub mod graphs;
pub mod images;
pub mod names;
pub mod sequence;
pub mod source;
pub mod spectra;
pub mod structures;
pub mod target;
