//! All settings, as plain data, and everything that is derived from it: the schema, the checks, `explain`, the reference page,
//! Python's classes. No mathematics is done here.

#![forbid(unsafe_code)]

pub mod campaign;
pub mod citations;
pub mod curve;
pub mod data;
pub mod document;
pub mod ensemble;
pub mod error;
pub mod experiment;
pub mod forecast;
pub mod images;
pub mod input_kind;
pub mod model;
pub mod model_spec;
mod models;
pub mod parameter;
pub mod precision;
pub mod range;
pub mod scale;
pub mod schema;
pub mod sequence;
pub mod short;
pub mod sources;
pub mod spectra;
pub mod task;
pub mod text;
pub mod tuning;
pub mod uncertainty;
