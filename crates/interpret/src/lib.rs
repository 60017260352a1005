//! Explanations of models and of single predictions.

#![forbid(unsafe_code)]

pub mod atoms;
pub mod attention;
pub mod dependence;
mod explainer;
pub mod found;
mod gradients;
pub mod interpret;
pub mod neighbors;
mod page;
pub mod permutation;
mod players;
pub mod settings;
mod shapley;
pub mod single;
mod text;
