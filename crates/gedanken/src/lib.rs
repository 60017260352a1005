//! Gedanken: from a table of molecules or numbers to a trained, validated model.
//!
//! An [`Experiment`] is plain data that says everything about a run. [`run()`] carries it out: it reads the table, cuts
//! the rows, trains the model and its baselines, and gives an [`Outcome`] with test figures and a [`Model`] that
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

mod dispatch;
mod loaded;

/// Tables that come with the program, and those that can be fetched.
pub use inputs::datasets;
/// The schema of all settings, and what is derived from it.
pub mod schema {
    pub use spec::schema::explain::explain;
    pub use spec::schema::python::python;
    pub use spec::schema::reference::markdown;
    pub use spec::schema::schema;
}

/// Short options of the command line.
pub use spec::short;

/// Forecasts of time series.
pub mod forecast {
    pub use forecasting::files::write_forecast_run;
    pub use forecasting::forecaster::{ForecastStep, Forecaster, Forecasts};
    pub use forecasting::outcome::{ForecastOutcome, Past, Shown};
    pub use forecasting::run::{run_forecast, run_forecast_table};
    pub use forecasting::scores::{ForecastScores, TargetErrors};
    pub use forecasting::targets::TargetColumns;
    pub use spec::forecast::{Channels, Forecast, Normalize};
}

/// Result of a look at a table.
pub mod look {
    pub use evaluation::replicates::{Floor, Groups, Replicates};
    pub use explore::components::Components;
    pub use explore::correlation::{Correlations, Pair};
    pub use explore::distances::Distances;
    pub use explore::features::Features;
    pub use explore::found::Look;
    pub use explore::leaks::{Leak, LeakKind};
    pub use explore::look::look;
    pub use explore::molecules::{BadMolecule, MoleculeColumn};
    pub use explore::targets::TargetProfile;
    pub use explore::verdict::{Verdict, Weight};
}

/// Studies: experiments that are asked for, carried out over days, and told.
pub mod study {
    pub use bayes::Problem;
    pub use spec::campaign::{Campaign, Condition, Constraint, CostRule, Goal, Objective, OutcomeLimit};
    pub use spec::parameter::Parameter;
    pub use study::simulate::{Outcomes, Simulation, simulate};
    pub use study::store::Store;
    pub use study::store::place::Place;
    pub use study::store::trial::{Asker, Proposal, State, TellOutcome, Told, Trial};
    pub use study::study::{HOUR, Study, now};
    pub use study::summary::Best;
}

pub use crate::dispatch::{Done, carry_out};
pub use crate::loaded::Loaded;
pub use chem::sdf::smiles_column;
pub use data::files::{create_folder, write_atomically};
pub use data::write::quoted;
pub use evaluation::compare::{Compared, Comparison};
pub use evaluation::curves::decompose::Decomposition;
pub use evaluation::curves::measured::{CurvePoint, CurveReport, Estimate};
pub use evaluation::domain::{DomainReport, DomainStatus, Neighbor};
pub use evaluation::intervals::Range;
pub use evaluation::intervals::measured::{Coverage, Measured};
pub use evaluation::predictions::{Part, Predictions};
pub use evaluation::scores::{ModelScores, Scores, score_table};
pub use evaluation::temperature::Tempered;
pub use explore::found::Look;
pub use explore::look::look;
pub use forecasting::files::write_forecast_run;
pub use forecasting::forecaster::{Forecaster, Forecasts};
pub use forecasting::outcome::ForecastOutcome;
pub use forecasting::run::{run_forecast, run_forecast_table};
pub use inputs::encoder::Encoder;
pub use inputs::featurize::{Featurize, featurize};
pub use inputs::images::listing::holds_images;
pub use inputs::names::RowNames;
pub use inputs::source::{Source, file_sha256};
pub use inputs::structures::read_table;
pub use inputs::target::TargetInfo;
pub use interpret::atoms::Atoms;
pub use interpret::attention::{Looks, looks};
pub use interpret::dependence::Dependence;
pub use interpret::found::Interpretation;
pub use interpret::interpret::interpret;
pub use interpret::neighbors::Counterfactual;
pub use interpret::permutation::{Importance, ImportantFeature};
pub use interpret::settings::Interpret;
pub use interpret::single::{Contribution, Explained};
pub use learn::job::{Job, Results};
pub use learn::run_folder::write_figures;
pub use learn::run_folder::{abandon_run, begin_run, resumable};
pub use learn::session::History;
pub use learn::session::{Event, Options};
pub use nn::metrics::argmax;
pub use nn::{Control, Progress};
pub use spec::curve::Curve;
pub use spec::data::Data;
pub use spec::document::{Setting, campaign, campaign_from_toml, from_toml, read_campaign, read_experiment};
pub use spec::error::{Error, ErrorKind, Result};
pub use spec::experiment::Experiment;
pub use spec::forecast::Forecast;
pub use spec::images::Images;
pub use spec::model::{Auto, Ensemble, ModelKind, Voting};
pub use spec::precision::Precision;
pub use spec::scale::Scale;
pub use spec::sequence::Sequence;
pub use spec::spectra::Spectra;
pub use spec::task::Task;
pub use spec::tuning::{StopRule, Tune, Tuning};
pub use spec::uncertainty::Uncertainty;
pub use tabular::evaluate::Evaluation;
pub use tabular::files::{held_out_rows, write_run};
pub use tabular::model::{Model, PredictOptions, Prediction};
pub use tabular::outcome::Outcome;
pub use tabular::report::card::model_card;
pub use tabular::report::page;
pub use tabular::run::{run, run_table};
pub use tuning::find::{join, tune};
pub use tuning::options::{TuneEvent, TuneOptions};
pub use tuning::report::Tuned;
pub use tuning::tunable::Tunable;
pub use tuning::tunable::read_tunable;

/// Text in aligned columns.
pub use ::report::{Alignment, Table as TextTable};
/// Errors of files and tables.
pub use data::Error as FileError;
/// Rows of training, validation and test.
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
    #[doc = include_str!("../../../docs/concepts/optimizers.md")]
    mod optimizers {}
    #[doc = include_str!("../../../docs/concepts/same_bits.md")]
    mod same_bits {}
}
