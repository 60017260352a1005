//! Explanations of models and of single predictions.

#![forbid(unsafe_code)]

pub mod atoms;
pub mod attention;
pub mod dependence;
pub mod explainer;
pub mod found;
pub mod gradients;
pub mod interpret;
pub mod neighbours;
pub mod page;
pub mod permutation;
pub mod players;
pub mod settings;
pub mod shapley;
pub mod single;
pub mod text;
