//! Arguments of the command line.

mod study;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::shorts::{SeriesShorts, Shorts};
use crate::words::*;

use gedanken::{Curve, Setting};
pub use study::{Simulate, Study, StudyAction, Tune};

/// Deep learning for physical scientists: from a table of molecules or numbers to a trained, validated model.
#[derive(Parser)]
#[command(name = "gedanken", version, arg_required_else_help = true)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Train a model on a table, evaluate it against baselines, and write a run folder
    Fit(Box<Fit>),
    /// Look at a table before training on it: columns, rows, target, features, and what to do about them
    Look(Look),
    /// Compute descriptors, fingerprints, scaffolds and canonical SMILES of the molecules of a table
    Featurize(Featurize),
    /// Predict with a trained model
    Predict(Predict),
    /// Compare a trained model's predictions with a table that holds the targets
    Evaluate(Evaluate),
    /// Explain a trained model by feature importance and partial dependence, or its prediction for a row or a molecule
    Interpret(Interpret),
    /// Describe a trained model
    Describe(Describe),
    /// Choose the next experiments of a study by Bayesian optimization, and record their results
    Study(Study),
    /// Find the best settings of an experiment by Bayesian optimization, and train the model with them
    Tune(Tune),
    /// Print the schema of experiments
    Schema(Schema),
    /// Explain a setting, a model or an optimizer
    Explain(Explain),
    /// List, show and fetch data sets
    Data(DataSets),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

#[derive(Args)]
pub struct Fit {
    /// A table (CSV, TSV, Excel, Parquet), a folder or NumPy file of images, an experiment (TOML) or the name of a data set; without it, the embedded boiling points
    pub input: Option<PathBuf>,
    #[command(flatten)]
    pub settings: Shorts,
    /// Rows are sequences, for models that read step by step: tokens (of SMILES), columns, columns:CHANNELS, rows:ID or
    /// rows:ID:TIME (several rows for each sequence)
    #[arg(long, value_name = "KIND", value_parser = sequence, conflicts_with = "time")]
    pub sequence: Option<String>,
    /// Rows are spectra, in columns whose headers are numbers: LOW:HIGH, or all of them. Steps of preprocessing:
    /// `--set data.spectra.steps=...` (see `gedanken explain data.spectra`)
    #[arg(
        long,
        value_name = "LOW:HIGH",
        num_args = 0..=1,
        default_missing_value = ":",
        value_parser = spectra,
        conflicts_with_all = ["time", "sequence"]
    )]
    pub spectra: Option<(Option<f64>, Option<f64>)>,
    /// Kind of model, such as mlp, ridge, forest, gp (see `gedanken explain model`)
    #[arg(long, value_name = "KIND")]
    pub model: Option<String>,
    /// Kinds of models to train on the same splits and compare, with commas; without `--folds` and `--repeats`, on five
    /// folds, twice. The best on validation rows is selected
    #[arg(long, value_delimiter = ',', value_name = "KINDS", conflicts_with = "model")]
    pub compare: Vec<String>,
    /// Split of the rows: random, stratified, scaffold, group:COLUMN, time:COLUMN, kennard-stone
    #[arg(long, value_name = "KIND")]
    pub split: Option<String>,
    #[command(flatten)]
    pub series: Series,
    /// Measure errors over numbers of training rows (`rows`, `rows=50,100,200`) or over values of a setting
    /// (`model.hidden=8,16,32`); several times for several
    #[arg(long = "curve", value_name = "FIELD[=VALUES]")]
    pub curves: Vec<Curve>,
    /// Decompose the error along each curve into bias and variance, with N models on resampled rows at every value; 20 by default
    #[arg(
        long,
        value_name = "N",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "20",
        value_parser = clap::value_parser!(u64).range(2..=1000),
        requires = "curves"
    )]
    pub decompose: Option<u64>,
    /// Set any field of the experiment: path.to.field=value
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<Setting>,
    /// Folder for the results; by default a new one under runs/
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Threads; by default one for every core. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Print one JSON object with all figures, and nothing else, to standard output
    #[arg(long)]
    pub json: bool,
    /// Resume an interrupted run
    #[arg(long, value_name = "RUN", conflicts_with_all = ["input", "target", "smiles", "features", "sequence", "spectra", "images", "pixels", "size", "weights", "task", "time", "model", "compare", "curves", "decompose", "split", "folds", "repeats", "test", "skip-invalid", "set", "seed", "out"])]
    pub resume: Option<PathBuf>,
}

/// Options of time series.
#[derive(Args)]
#[command(next_help_heading = "Forecasts of time series")]
pub struct Series {
    #[command(flatten)]
    pub settings: SeriesShorts,
    /// Impute missing values and steps; linear by default, or previous, mean, seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear", requires = "time")]
    pub impute: Option<String>,
    /// Backtest: train again at several origins and forecast from each; five by default
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "5", requires = "time")]
    pub backtest: Option<u64>,
}

#[derive(Args)]
pub struct Look {
    /// A table (CSV, TSV, Excel, Parquet); without it, the embedded boiling points
    pub input: Option<PathBuf>,
    /// Column to predict; several with commas, a name that holds a comma in double quotes
    #[arg(long, value_name = "COLUMN", value_parser = names)]
    pub target: Vec<Names>,
    /// Column of molecules as SMILES
    #[arg(long, value_name = "COLUMN")]
    pub smiles: Option<String>,
    /// Print one JSON object with everything, and nothing else, to standard output
    #[arg(long)]
    pub json: bool,
    /// Folder for figures (target.svg, components.svg, distances.svg) and look.json
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

#[derive(Args)]
pub struct Featurize {
    /// A table with a column of SMILES, or an SDF
    pub table: PathBuf,
    /// Column of molecules as SMILES [default: smiles]
    #[arg(long, value_name = "COLUMN")]
    pub smiles: Option<String>,
    /// File for the result, in CSV or Parquet by its ending; by default CSV to standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Which features: any field below `molecules`, such as molecules.ecfp={} or molecules.maccs=false
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<Setting>,
    /// Without the column `canonical_smiles`
    #[arg(long)]
    pub no_canonical: bool,
    /// Without the column `scaffold`
    #[arg(long)]
    pub no_scaffold: bool,
    /// Leave out rows whose molecule cannot be read
    #[arg(long)]
    pub skip_invalid: bool,
}

#[derive(Args)]
pub struct Predict {
    /// model.safetensors, or the folder of a run
    pub model: PathBuf,
    /// A table with the columns that the model was trained on; a forecaster continues from its end, or, without a table, from the
    /// end of the training
    pub table: Option<PathBuf>,
    /// Molecules instead of a table; several times for several
    #[arg(long, value_name = "SMILES", conflicts_with = "table")]
    pub smiles: Vec<String>,
    /// File for the predictions; by default standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Coverage: fraction of new values inside the intervals; by default that of the training
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub level: Option<f64>,
    /// Of a time series: impute missing values and steps, linear by default, or previous, mean, seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear")]
    pub impute: Option<String>,
    /// Of a time series: resample rows to steps of this size by their mean
    #[arg(long, value_name = "STEP")]
    pub resample: Option<String>,
    /// Print JSON instead of CSV
    #[arg(long)]
    pub json: bool,
    /// Leave out rows whose molecule or image cannot be read
    #[arg(long)]
    pub skip_invalid: bool,
}

#[derive(Args)]
pub struct Evaluate {
    /// model.safetensors, or the folder of a run
    pub model: PathBuf,
    /// A table with the model's columns and its targets
    pub table: PathBuf,
    /// Of a time series: impute missing values and steps, linear by default, or previous, mean, seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear")]
    pub impute: Option<String>,
    /// Of a time series: resample rows to steps of this size by their mean
    #[arg(long, value_name = "STEP")]
    pub resample: Option<String>,
    /// Print JSON instead of a table
    #[arg(long)]
    pub json: bool,
    /// Leave out rows whose molecule or image cannot be read
    #[arg(long)]
    pub skip_invalid: bool,
}

#[derive(Args)]
pub struct Interpret {
    /// model.safetensors, or the folder of a run
    pub model: PathBuf,
    /// A table with the model's columns; for importance with its targets
    pub table: PathBuf,
    /// A row of the table to explain, counted from 1; several times for several
    #[arg(long, value_name = "N", value_parser = row)]
    pub row: Vec<usize>,
    /// A molecule to explain; several times for several
    #[arg(long, value_name = "SMILES")]
    pub smiles: Vec<String>,
    /// The target or class to explain; by default the first target, or the predicted class of a row
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// Features whose partial dependence is plotted, with commas; by default the six most important
    #[arg(long, value_name = "NAMES", value_parser = names)]
    pub features: Vec<Names>,
    /// How often each feature is shuffled [default: 10]
    #[arg(long, value_name = "N")]
    pub repeats: Option<usize>,
    /// Random orders of the features for Shapley values, where there are more than ten [default: 200]
    #[arg(long, value_name = "N")]
    pub samples: Option<usize>,
    /// Background rows, which represent the absence of a feature [default: 100]
    #[arg(long, value_name = "N")]
    pub background: Option<usize>,
    /// Steps of the path of integrated gradients [default: 256]
    #[arg(long, value_name = "N")]
    pub steps: Option<usize>,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub seed: u64,
    /// Folder for a page (interpretation.html), figures and interpretation.json
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Print JSON instead of tables
    #[arg(long)]
    pub json: bool,
    /// Leave out rows whose molecule or image cannot be read
    #[arg(long)]
    pub skip_invalid: bool,
}

#[derive(Args)]
pub struct Describe {
    /// model.safetensors, or the folder of a run
    pub model: PathBuf,
    /// Print JSON instead of text
    #[arg(long)]
    pub json: bool,
}

#[derive(Args)]
pub struct Schema {
    /// As a reference page instead of JSON
    #[arg(long, conflicts_with = "python")]
    pub markdown: bool,
    /// As Python's specification classes
    #[arg(long)]
    pub python: bool,
    /// All commands and options of the command line, as a reference page
    #[arg(long, conflicts_with_all = ["markdown", "python"])]
    pub command_line: bool,
}

#[derive(Args)]
pub struct Explain {
    /// A field (train.batch), a model (mlp), an optimizer (adam) or another word of an experiment
    pub name: String,
}

#[derive(Args)]
pub struct DataSets {
    #[command(subcommand)]
    pub action: DataAction,
}

#[derive(Subcommand)]
pub enum DataAction {
    /// List the data sets
    List,
    /// Show a data set: source, license and first rows
    Show {
        /// Its name
        name: String,
    },
    /// Fetch a data set, check its bytes and keep it; prints the path
    Get {
        /// Its name
        name: String,
        /// Folder for the file; by default the user's cache
        #[arg(long, value_name = "FOLDER")]
        out: Option<PathBuf>,
        /// Another host that serves the same paths
        #[arg(long, value_name = "ADDRESS")]
        host: Option<String>,
    },
}
