//! What can be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use gedanken::{Curve, Setting};

/// Deep learning for physical scientists: from a table of molecules or numbers to a trained, validated model.
#[derive(Parser)]
#[command(name = "gedanken", version, arg_required_else_help = true)]
pub struct CommandLine {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Train a model on a table, judge it beside baselines, and write a run folder
    Fit(Box<Fit>),
    /// Look at a table before training on it: columns, rows, target, features, and what to do about them
    Look(Look),
    /// Compute descriptors, fingerprints, scaffolds and canonical SMILES of the molecules of a table
    Featurize(Featurize),
    /// Predict with a trained model
    Predict(Predict),
    /// Compare a trained model's predictions with a table that holds the targets
    Evaluate(Evaluate),
    /// Explain what a trained model looks at, or why it predicts what it predicts for a row or a molecule
    Interpret(Interpret),
    /// Tell what a trained model is
    Describe(Describe),
    /// Choose the next experiments of a study by Bayesian optimisation, and keep what came of them
    Study(Study),
    /// Find the best settings of an experiment by Bayesian optimisation, and train the model with them
    Tune(Tune),
    /// Print the schema of experiments
    Schema(Schema),
    /// Explain a setting, a model or an optimiser
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
    /// Column to predict; several with commas, a name that holds a comma in double quotes
    #[arg(long, value_name = "COLUMN", value_parser = names)]
    pub target: Vec<Names>,
    /// Column of molecules as SMILES
    #[arg(long, value_name = "COLUMN")]
    pub smiles: Option<String>,
    /// Columns to predict from, with commas; a name that holds a comma in double quotes
    #[arg(long, value_name = "COLUMNS", value_parser = names)]
    pub features: Vec<Names>,
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
    /// Rows are images: the column with their paths; a folder with a folder for each class and a NumPy file need none
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["time", "sequence", "spectra", "smiles", "features"])]
    pub images: Option<String>,
    /// Rows are images whose pixels are columns, line by line: their height and width, and how many numbers a pixel has if
    /// not one
    #[arg(long, value_name = "HEIGHTxWIDTH", value_parser = sides, conflicts_with_all = ["time", "sequence", "spectra", "smiles", "images"])]
    pub pixels: Option<Sides>,
    /// Height and width to which images are brought
    #[arg(long, value_name = "HEIGHTxWIDTH", value_parser = size)]
    pub size: Option<[usize; 2]>,
    /// Column with a weight for each row
    #[arg(long, value_name = "COLUMN")]
    pub weights: Option<String>,
    /// Numbers or classes; by default what the target column holds
    #[arg(long)]
    pub task: Option<Task>,
    /// Kind of model, such as mlp, ridge, forest, gp (see `gedanken explain model`)
    #[arg(long, value_name = "KIND")]
    pub model: Option<String>,
    /// Kinds of models to train on the same splits and compare, with commas; without `--folds` and `--repeats`, on five
    /// folds, twice. The best on validation rows is kept
    #[arg(long, value_delimiter = ',', value_name = "KINDS", conflicts_with = "model")]
    pub compare: Vec<String>,
    /// How rows are cut: random, stratified, scaffold, group:COLUMN, time:COLUMN, kennard-stone
    #[arg(long, value_name = "KIND")]
    pub split: Option<String>,
    /// Parts for cross-validation
    #[arg(long, value_name = "K")]
    pub folds: Option<u64>,
    /// Repeat the split with other random choices
    #[arg(long, value_name = "N")]
    pub repeats: Option<u64>,
    /// A table whose rows are the test
    #[arg(long, value_name = "FILE")]
    pub test: Option<PathBuf>,
    /// Leave out rows whose molecule or image cannot be read
    #[arg(long)]
    pub skip_invalid: bool,
    #[command(flatten)]
    pub series: Series,
    /// Measure errors over numbers of training rows (`rows`, `rows=50,100,200`) or over values of a setting
    /// (`model.hidden=8,16,32`); several times for several
    #[arg(long = "curve", value_name = "FIELD[=VALUES]")]
    pub curves: Vec<Curve>,
    /// Tell bias from variance along each curve, with N models on resampled rows at every value; 20 unless you say otherwise
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
    /// Seed of all random numbers
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Folder for the results; by default a new one under runs/
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Threads; by default one for every core. The result does not depend on it
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub threads: usize,
    /// Print one JSON object with all figures, and nothing else, to standard output
    #[arg(long)]
    pub json: bool,
    /// Go on with an interrupted run
    #[arg(long, value_name = "RUN", conflicts_with_all = ["input", "target", "smiles", "features", "sequence", "spectra", "images", "pixels", "size", "weights", "task", "time", "model", "compare", "curves", "decompose", "split", "folds", "repeats", "test", "skip_invalid", "set", "seed", "out"])]
    pub resume: Option<PathBuf>,
}

/// What is said of time series.
#[derive(Args)]
#[command(next_help_heading = "Forecasts of time series")]
pub struct Series {
    /// Column of times, dates or numbers: the table holds time series, and a forecaster is trained
    #[arg(long, value_name = "COLUMN")]
    pub time: Option<String>,
    /// Steps ahead that are predicted [default: 1]
    #[arg(long, value_name = "N", requires = "time")]
    pub horizon: Option<u64>,
    /// Steps back that a model sees; by default twice the longer of horizon and season, at most a third of the training
    #[arg(long, value_name = "N", requires = "time")]
    pub window: Option<u64>,
    /// Steps between rows, such as 15min, 1h, 1d, 1mo; by default what the times say
    #[arg(long, visible_alias = "frequency", value_name = "STEP", requires = "time")]
    pub freq: Option<String>,
    /// Column that says which series a row belongs to
    #[arg(long, value_name = "COLUMN", requires = "time")]
    pub series: Option<String>,
    /// Columns known up to the present, with commas
    #[arg(long, value_name = "COLUMNS", value_parser = names, requires = "time")]
    pub past: Vec<Names>,
    /// Columns known for the steps ahead too, with commas
    #[arg(long, value_name = "COLUMNS", value_parser = names, requires = "time")]
    pub future: Vec<Names>,
    /// Phases of the calendar that the model sees, with commas: hour_of_day, day_of_week, day_of_year, ...
    #[arg(long, value_name = "PHASES", value_delimiter = ',', requires = "time")]
    pub calendar: Vec<String>,
    /// Steps of a season; by default a day of hours, a week of days, a year of weeks, months or quarters
    #[arg(long, value_name = "N", requires = "time")]
    pub season: Option<u64>,
    /// Fill missing values and steps; linear unless you say previous, mean or seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear", requires = "time")]
    pub impute: Option<String>,
    /// Bring rows to steps of this size by their mean, such as 1d
    #[arg(long, value_name = "STEP", requires = "time")]
    pub resample: Option<String>,
    /// Train anew at several origins and predict what follows each; five unless you say otherwise
    #[arg(long, value_name = "N", num_args = 0..=1, require_equals = true, default_missing_value = "5", requires = "time")]
    pub backtest: Option<u64>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Task {
    /// Numbers
    Regression,
    /// Classes
    Classification,
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
    /// A table with the columns that the model was trained on; a forecaster goes on from its end, or, without a table, from the
    /// end of the training
    pub table: Option<PathBuf>,
    /// Molecules instead of a table; several times for several
    #[arg(long, value_name = "SMILES", conflicts_with = "table")]
    pub smiles: Vec<String>,
    /// File for the predictions; by default standard output
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Share of new values that the intervals shall hold; by default that of the training
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub level: Option<f64>,
    /// Of a time series: fill missing values and steps, linear unless you say previous, mean or seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear")]
    pub impute: Option<String>,
    /// Of a time series: bring rows to steps of this size by their mean
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
    /// Of a time series: fill missing values and steps, linear unless you say previous, mean or seasonal
    #[arg(long, value_name = "HOW", num_args = 0..=1, default_missing_value = "linear")]
    pub impute: Option<String>,
    /// Of a time series: bring rows to steps of this size by their mean
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
    /// The target or class to explain; by default the first target, or the likeliest class of a row
    #[arg(long, value_name = "NAME")]
    pub target: Option<String>,
    /// Features whose dependence is drawn, with commas; by default the six most important
    #[arg(long, value_name = "NAMES", value_parser = names)]
    pub features: Vec<Names>,
    /// How often each feature is shuffled [default: 10]
    #[arg(long, value_name = "N")]
    pub repeats: Option<usize>,
    /// Random orders of the features for Shapley values, where there are more than ten [default: 200]
    #[arg(long, value_name = "N")]
    pub samples: Option<usize>,
    /// Rows that stand for the absence of a feature [default: 100]
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
}

#[derive(Args)]
pub struct Explain {
    /// A field (train.batch), a model (mlp), an optimiser (adam) or another word of an experiment
    pub name: String,
}

#[derive(Args)]
pub struct DataSets {
    #[command(subcommand)]
    pub action: DataAction,
}

#[derive(Subcommand)]
pub enum DataAction {
    /// List the data sets that have a name
    List,
    /// Show a data set: source, licence and first rows
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

/// A share between zero and one.
fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok().filter(|share| (0.01..=0.999).contains(share));
    share.ok_or_else(|| format!("`{text}` is no share, expected a number from 0.01 to 0.999 such as 0.9"))
}

/// Names that were written together.
pub type Names = Vec<String>;

/// Names between commas; what stands in double quotes is one name.
fn names(text: &str) -> Result<Names, String> {
    let (mut names, mut name, mut quoted) = (Vec::new(), String::new(), false);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            ',' if !quoted => names.push(std::mem::take(&mut name)),
            letter => name.push(letter),
        }
    }
    names.push(name);
    match (quoted, names.iter().any(String::is_empty)) {
        (true, _) => Err("a double quote is not closed".into()),
        (_, true) => Err("a name is empty, expected names with commas between them".into()),
        _ => Ok(names),
    }
}

/// Where the steps of sequences stand.
fn sequence(text: &str) -> Result<String, String> {
    let (kind, rest) = text.split_once(':').map_or((text, None), |(kind, rest)| (kind, Some(rest)));
    let is_right = match (kind, rest) {
        ("tokens", None) | ("columns", None) => true,
        ("columns", Some(channels)) => channels.parse::<u32>().is_ok_and(|n| n > 0),
        ("rows", Some(rest)) => !rest.is_empty() && rest.split(':').count() <= 2,
        _ => false,
    };
    let expected = "expected `tokens`, `columns`, `columns:2`, `rows:ID` or `rows:ID:TIME` with names of columns";
    if is_right { Ok(text.to_owned()) } else { Err(format!("`{text}` says not where the steps are, {expected}")) }
}

/// A range of an axis, of which either end may be left out.
fn spectra(text: &str) -> Result<(Option<f64>, Option<f64>), String> {
    let end = |text: &str| match text {
        "" => Some(None),
        text => text.parse().ok().filter(|x: &f64| x.is_finite()).map(Some),
    };
    let ends = text.split_once(':').and_then(|(low, high)| Some((end(low)?, end(high)?)));
    let is_right = |(low, high): &(Option<f64>, Option<f64>)| low.zip(*high).is_none_or(|(low, high)| low < high);
    let expected = "expected numbers such as `400:1800`, `400:` or `:1800`";
    ends.filter(is_right).ok_or_else(|| format!("`{text}` is no range of an axis, {expected}"))
}

/// Height and width in pixels.
fn size(text: &str) -> Result<[usize; 2], String> {
    sides(text)?.0.try_into().map_err(|_| format!("`{text}` is no size, expected height and width such as `28x28`"))
}

/// Height and width, and perhaps a third number.
#[derive(Clone)]
pub struct Sides(pub Vec<usize>);

fn sides(text: &str) -> Result<Sides, String> {
    let sides = text.split(['x', 'X']).map(|side| side.parse().ok().filter(|&side| side > 0)).collect();
    let sides: Option<Vec<usize>> = sides;
    let sides = sides.filter(|sides| matches!(sides.len(), 2 | 3));
    sides.map(Sides).ok_or_else(|| format!("`{text}` is no size, expected one such as `28x28`"))
}

/// The number of a row, from one.
fn row(text: &str) -> Result<usize, String> {
    let row = text.parse().ok().filter(|row| *row > 0);
    row.ok_or_else(|| format!("`{text}` is no row: rows count from 1, without the header"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_quotes_may_hold_a_comma() {
        assert_eq!(names("a,\"rate, 1/s\",b").unwrap(), ["a", "rate, 1/s", "b"]);
        assert!(names("a,,b").is_err() && names("\"a").is_err());
    }
}

#[derive(Args)]
pub struct Study {
    #[command(subcommand)]
    pub action: StudyAction,
    /// The study's database: a file, or the URL of a PostgreSQL database; by default the only `.db` file of this folder
    #[arg(long, global = true, value_name = "FILE|URL")]
    pub study: Option<String>,
    /// The study's name, where a database holds several
    #[arg(long, global = true, value_name = "NAME")]
    pub name: Option<String>,
    /// Print JSON
    #[arg(long, global = true)]
    pub json: bool,
}

#[derive(Subcommand)]
pub enum StudyAction {
    /// Begin a study from a campaign
    New {
        /// What may be varied, what is measured, how experiments are chosen (TOML)
        campaign: PathBuf,
        /// Another value for a field, such as strategy.initial=10
        #[arg(long, value_name = "FIELD=VALUE")]
        set: Vec<Setting>,
    },
    /// Ask for the next experiments
    Ask {
        /// How many
        #[arg(short = 'n', long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=1000))]
        number: u16,
        /// Who carries them out
        #[arg(long)]
        worker: Option<String>,
        /// A name for this request: the same again gets the same experiments
        #[arg(long)]
        request: Option<String>,
        /// Hours after which they come back if nothing is told
        #[arg(long, value_name = "HOURS")]
        lease: Option<f64>,
        /// Measure again at the point of a trial
        #[arg(long, value_name = "TRIAL", conflicts_with = "number")]
        replicate: Option<i64>,
    },
    /// Tell what came of an experiment: by its number, at a point, from a table, or, without anything, one after the other
    Tell {
        /// The trial's number, then outcomes, such as: 3 yield=87.2
        words: Vec<String>,
        /// The point of an experiment that nobody has asked for, such as temperature=80,solvent=DMAc
        #[arg(long, value_name = "NAME=VALUE,...")]
        at: Option<String>,
        /// A table with a column `trial` and one for each outcome
        #[arg(long, value_name = "FILE")]
        csv: Option<PathBuf>,
        /// It did not work, and why
        #[arg(long, value_name = "WHY")]
        failed: Option<String>,
        /// It will not be carried out, and why
        #[arg(long, value_name = "WHY", conflicts_with = "failed")]
        abandon: Option<String>,
        /// What was told before was wrong
        #[arg(long)]
        correct: bool,
    },
    /// Tell how the study stands
    Status,
    /// Show the best experiments so far
    Best,
    /// List all experiments, or show one
    Show {
        /// The trial's number
        trial: Option<i64>,
    },
    /// Add finished experiments from a table with a column for each parameter and outcome
    Import {
        /// The table
        table: PathBuf,
    },
    /// Print all experiments as CSV
    Export,
    /// Say why an experiment was proposed
    SuggestWhy {
        /// The trial's number; by default the last that was asked for
        trial: Option<i64>,
    },
    /// Draw the study: how it converged, all trials, what counts, what is believed along each parameter, trade-offs
    Plot {
        /// Folder for the pictures, each as SVG and as JSON for Plotly
        folder: PathBuf,
    },
    /// Play a campaign on a table that holds the outcome of every candidate, or on a test function, beside choosing by chance
    Simulate(Simulate),
}

#[derive(Args)]
pub struct Simulate {
    /// The campaign (TOML); with a function it may be left out
    #[arg(required_unless_present = "function")]
    pub campaign: Option<PathBuf>,
    /// A table with the outcome of every candidate
    #[arg(long, value_name = "FILE", required_unless_present = "function", conflicts_with = "function")]
    pub table: Option<PathBuf>,
    /// A test function, without noise, in place of a table: branin, goldstein_price or hartmann6
    #[arg(long, value_name = "NAME", value_parser = function)]
    pub function: Option<gedanken::study::Problem>,
    /// Experiments in all
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u16).range(1..))]
    pub trials: u16,
    /// Experiments at a time
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..))]
    pub batch: u16,
    /// How often, each time with another seed
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..))]
    pub seeds: u16,
    /// Write the figure to this file (SVG, or JSON for Plotly)
    #[arg(long, value_name = "FILE")]
    pub plot: Option<PathBuf>,
    /// Another value for a field, such as strategy.initial=10
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<Setting>,
}

/// A function, by its name.
fn function(word: &str) -> std::result::Result<gedanken::study::Problem, String> {
    serde_json::from_value(word.into()).map_err(|error| error.to_string())
}

#[derive(Args)]
pub struct Tune {
    /// An experiment (TOML) of which some fields are ranges, such as hidden = {tune = "int", low = 16, high = 512, log = true};
    /// without it, the trials of the study that `--study` names are shared
    pub experiment: Option<PathBuf>,
    /// Trials in all; by default what the experiment says, else 50
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    pub trials: Option<u32>,
    /// Trials at once; with more than one the order in which they end decides what is tried next
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=256))]
    pub workers: u16,
    /// The study's database: a file, or the URL of a PostgreSQL database that workers on other machines can reach; by default a
    /// file beside the experiment
    #[arg(long, value_name = "FILE|URL")]
    pub study: Option<String>,
    /// The study's name, where a database holds several
    #[arg(long, value_name = "NAME")]
    pub name: Option<String>,
    /// Another value, or another range, for any field: path.to.field=value
    #[arg(long = "set", value_name = "FIELD=VALUE")]
    pub set: Vec<Setting>,
    /// Folder for the results; by default a new one under runs/
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// Threads that the workers share; by default one for every core
    #[arg(long, default_value_t = 0, value_name = "N", hide_default_value = true)]
    pub threads: usize,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}
