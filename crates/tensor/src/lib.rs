//! Numbers, tensors, kernels, random numbers and threads: the floor that everything stands on.
//!
//! The only crate with `unsafe`. A [`Tensor`] is an immutable, contiguous, row-major block of `f32` or `f64`; a
//! [`Device`] says who computes and where results are kept; [`kernels`] are loops on slices that know nothing of
//! differentiation.

pub mod device;
pub mod kernels;
pub mod linalg;
pub mod random;
pub mod real;
pub mod shape;
pub mod simd;
pub mod storage;
pub mod tensor;
pub mod threads;
mod transcendental;

pub use device::Device;
pub use real::Real;
pub use shape::Shape;
pub use tensor::Tensor;
pub use threads::Threads;
