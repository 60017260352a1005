//! Arguments of studies and tunings.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use gedanken::Setting;

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
        /// The campaign: parameters, objectives, strategy (TOML)
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
        /// Hours after which they are proposed again if no result is reported
        #[arg(long, value_name = "HOURS")]
        lease: Option<f64>,
        /// Measure again at the point of a trial
        #[arg(long, value_name = "TRIAL", conflicts_with = "number")]
        replicate: Option<i64>,
    },
    /// Report the result of an experiment: by its number, at a point, from a table, or, without anything, one after the other
    Tell {
        /// The trial's number, then outcomes, such as: 3 yield=87.2
        words: Vec<String>,
        /// The point of an experiment that was not proposed, such as temperature=80,solvent=DMAc
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
        /// Correct an earlier report
        #[arg(long)]
        correct: bool,
    },
    /// Show the state of the study
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
    /// Explain why an experiment was proposed
    SuggestWhy {
        /// The trial's number; by default the last that was proposed
        trial: Option<i64>,
    },
    /// Plot the study: convergence, all trials, parameter importance, predictions along each parameter, Pareto front
    Plot {
        /// Folder for the figures, each as SVG and as JSON for Plotly
        folder: PathBuf,
    },
    /// Simulate a campaign on a table with the outcome of every candidate, or on a test function, compared with random search
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

#[derive(Args)]
pub struct Tune {
    /// An experiment (TOML) of which some fields are ranges, such as hidden = {tune = "int", low = 16, high = 512, log = true};
    /// without it, the trials of the study that `--study` names are shared
    pub experiment: Option<PathBuf>,
    /// Trials in all; by default as in the experiment, otherwise 50
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

/// A function, by its name.
fn function(word: &str) -> std::result::Result<gedanken::study::Problem, String> {
    serde_json::from_value(word.into()).map_err(|error| error.to_string())
}
