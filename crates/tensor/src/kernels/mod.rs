//! Loops on slices. A kernel knows nothing of differentiation; its doc says which shapes it takes.

pub mod activation;
pub mod additive;
pub mod attention;
pub mod convolution;
pub mod distance;
pub mod dropout;
pub mod gemm;
pub mod map;
pub mod normalize;
pub(crate) mod pieces;
pub mod recurrent;
pub mod reduce;
pub mod segments;
pub mod softmax;
pub mod sparse;
pub mod update;
pub mod windows;

/// Numbers that one thread handles at a time in loops over many: 64 kB of f32.
pub(crate) const CHUNK: usize = 16_384;
