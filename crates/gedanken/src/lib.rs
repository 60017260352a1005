//! Gedanken: from a table of molecules or numbers to a trained, validated model.
//!
//! An [`Experiment`] is plain data that says everything about a run. [`run()`] carries it out: it reads the table, cuts
//! the rows, trains the model and its baselines, and gives an [`Outcome`] with honest figures and a [`Model`] that
//! predicts.
//!
//! ```no_run
//! use gedanken::{Experiment, Model, Options};
//! let experiment = Experiment::default(); // boiling points, embedded
//! let model = Model::fit(&experiment, &Options::default())?;
//! let kelvin = model.predict_smiles(&["CCO"])?;
//! # Ok::<(), gedanken::Error>(())
//! ```

#![forbid(unsafe_code)]

mod attention;
mod checkpoint;
mod compare;
mod curves;
pub mod datasets;
mod document;
mod domain;
mod encode;
mod error;
mod evaluate;
mod experiment;
mod files;
mod fitted;
pub mod forecast;
mod graphs;
mod images;
mod interpret;
mod intervals;
mod loaded;
pub mod look;
mod model;
mod model_file;
mod names;
mod outputs;
mod part_file;
mod process;
mod registry;
mod report;
mod run;
pub mod schema;
mod scores;
mod sequence;
mod source;
mod spectra;
mod spread;
mod structures;
pub mod study;
mod target;
mod temperature;
mod tuning;
mod unit;

pub use attention::Looks;
pub use compare::{Compared, Comparison};
pub use curves::{Curve, CurvePoint, CurveReport, Decomposition, Estimate};
pub use document::{Setting, campaign, campaign_from_toml, from_toml, read_campaign, read_experiment, read_tunable};
pub use domain::{DomainReport, Neighbour, Place};
pub use encode::Encoder;
pub use error::{Error, Result};
pub use evaluate::Evaluation;
pub use experiment::{Data, Experiment, Precision, Scale, Task};
pub use files::{write_atomically, write_figures};
pub use forecast::{
    Forecast, ForecastOutcome, Forecaster, Forecasts, run_forecast, run_forecast_table, write_forecast_run,
};
pub use images::{Images, holds_images};
pub use interpret::{
    Atoms, Contribution, Counterfactual, Dependence, Explained, Importance, ImportantFeature, Interpret, Interpretation,
};
pub use intervals::{Coverage, Measured, Range, Uncertainty};
pub use loaded::Loaded;
pub use look::{Look, look};
pub use model::{Model, Prediction};
pub use names::RowNames;
pub use nn::metrics::argmax;
pub use nn::{Control, Progress};
pub use outputs::{abandon_run, begin_run, held_out_rows, quoted, resumable, write_run};
pub use registry::{Auto, Ensemble, ModelKind, Voting};
pub use report::{model_card, page};
pub use run::{Event, History, Options, Outcome, Part, Predictions, run, run_table};
pub use scores::{ModelScores, Scores, score_table};
pub use sequence::Sequence;
pub use source::{Source, file_sha256};
pub use spectra::Spectra;
pub use structures::{read_table, smiles_column};
pub use target::TargetInfo;
pub use temperature::Tempered;
pub use tuning::{StopRule, Tunable, Tune, TuneEvent, TuneOptions, Tuned, Tuning, join, tune};

/// Text in aligned columns.
pub use ::report::{Alignment, Table as TextTable};
/// Which rows are learnt from, stopped by and judged.
pub use data::Fold;
/// Read and written tables.
pub use data::Table;
/// A column of a table in memory.
pub use data::{Column, Text, Values};

/// Pages of the book with blocks of Rust, so that these run as documentation tests.
#[cfg(doctest)]
mod book {
    #[doc = include_str!("../../../docs/guides/rust.md")]
    mod from_rust {}
    #[doc = include_str!("../../../docs/concepts/optimisers.md")]
    mod optimisers {}
    #[doc = include_str!("../../../docs/concepts/same_bits.md")]
    mod same_bits {}
}
