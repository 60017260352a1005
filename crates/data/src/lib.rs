//! Tables, images, splits and scalers: from a file on disk to rows that a model can learn from.
//!
//! | step | item |
//! |---|---|
//! | read a table (CSV, TSV, Excel, OpenDocument, Parquet) | [`Table::read`] |
//! | find out what a column holds | [`Column::numbers`], [`looks_like_identifier`] |
//! | tell what each column holds, before anyone learns from it | [`profile::of_column`] |
//! | find columns that give the answer away | [`constant`], [`identical`], [`affine`] |
//! | name the data in a model file | [`hash`] |
//! | split rows into training, validation and test | [`Split::folds`] |
//! | look for the same key on two sides | [`overlap`] |
//! | bring rows with times to evenly spaced series | [`series::read`] |
//! | bring columns to one scale | [`Scaler`] |
//! | make data whose law is known | [`generate`] |
//! | read images, and turn them where physics allows | [`image`] |
//! | read spectra, and bring them to what can be compared | [`spectrum`] |
//!
//! Rows are counted from 1 without the header in messages, and from 0 in the code.

#![forbid(unsafe_code)]

mod alike;
mod column;
mod error;
pub mod files;
pub mod generate;
pub mod hash;
mod identifier;
pub mod image;
mod infer;
mod leak;
mod missing;
mod nearest;
mod origin;
pub mod profile;
mod read;
mod scale;
pub mod series;
pub mod spectrum;
mod split;
mod table;
mod text;
mod time;
pub mod write;

pub use alike::{affine, constant, identical};
pub use column::{Column, Values};
pub use error::{Error, Result};
pub use identifier::looks_like_identifier;
pub use infer::{NUMERIC_SHARE, Numeric};
pub use leak::{Overlap, Shared, overlap};
pub use missing::is_missing;
pub use nearest::nearest;
pub use scale::{Number, Scaler, Scaling};
pub use split::{Fold, Rows, Split, SplitKind};
pub use table::Table;
pub use text::Text;
