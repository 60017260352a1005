//! Errors of all jobs.

/// Errors of experiments, models and files.
#[derive(Debug, thiserror::Error)]
#[allow(missing_docs)] // the messages say it
pub enum Error {
    #[error(transparent)]
    Data(#[from] data::Error),
    #[error(transparent)]
    Chem(#[from] chem::Error),
    #[error(transparent)]
    Nn(#[from] nn::Error),

    #[error("{message}\n  --> {place}\nhint: {hint}")]
    Setting { message: String, place: String, hint: String },

    #[error("`{text}` is not a setting\nhint: write it as `path.to.field=value`, for example `train.epochs=50`")]
    NotASetting { text: String },

    #[error(
        "`{text}` is not a curve\nhint: write it as `rows`, as `rows=50,100,200`, or as `path.to.field=values`, for example `model.hidden=8,16,32`"
    )]
    NotACurve { text: String },

    #[error("no target column was given\nhint: {hint}")]
    NoTarget { hint: String },

    #[error(
        "column `{column}`, {place}: {text:?} is not a valid SMILES: {reason}\nhint: correct the SMILES, or leave such rows out with `--skip-invalid`"
    )]
    Smiles { column: String, place: String, text: String, reason: String },

    #[error("none of the {rows} rows can be used: {reason}\nhint: {hint}")]
    NoUsableRows { rows: usize, reason: String, hint: &'static str },

    #[error(
        "the table `{table}` has {rows} row{}, but training, validation and test need at least 3\nhint: give more rows",
        if *.rows == 1 { "" } else { "s" }
    )]
    TooFewRows { table: String, rows: usize },

    #[error(
        "target `{target}` has the same value ({value}) in all {rows} rows\nhint: there is nothing to learn; choose another target"
    )]
    ConstantTarget { target: String, value: String, rows: usize },

    #[error(
        "class `{class}` of target `{target}` has a single row ({place})\nhint: leave it out or join it with another class: it cannot be in both training and test"
    )]
    LonelyClass { target: String, class: String, place: String },

    #[error(
        "target `{target}` has {classes} classes in {rows} rows: it looks like text, not like classes\nhint: choose another target, or force it with `--task classification`"
    )]
    TooManyClasses { target: String, classes: usize, rows: usize },

    #[error(
        "several targets must all be numbers, but `{target}` holds text\nhint: fit one model for each class target"
    )]
    MixedTargets { target: String },

    #[error(
        "target `{target}`, {place}: {value} has no logarithm\nhint: values must be positive for `scale.log_targets`"
    )]
    NoLogarithm { target: String, place: String, value: f64 },

    #[error(
        "column `{column}`, {place}: no value inside a sequence, of which only steps at the end may be missing\nhint: fill it in, or leave the sequence out"
    )]
    MissingStep { column: String, place: String },

    #[error(
        "column `{column}`, {place}: weight {value} is not a positive number\nhint: give every row a weight above zero"
    )]
    BadWeight { column: String, place: String, value: String },

    #[error(
        "column `{column}`, {place}: {value:e} is too large for the numbers of a model, which end at 3.4e38\nhint: choose another unit, or leave the row out"
    )]
    TooLarge { column: String, place: String, value: f64 },

    #[error(
        "the {part} steps are too few: {found} of at most {longest} in a series, but a window of {window} and a horizon of {horizon} need {needed}\nhint: give more data, shorten `forecast.window` or `forecast.horizon`, or give this part more: `split.fractions`, `forecast.steps`, fewer blocks of `--backtest`"
    )]
    TooFewSteps { part: &'static str, found: usize, longest: usize, needed: usize, window: usize, horizon: usize },

    #[error(
        "{series} has {found} steps, but this forecaster reads {needed}{}\nhint: give a longer series",
        if *.needed > *.window { " (a window, and what follows it to compare with)" } else { "" }
    )]
    ShortSeries { series: String, found: usize, needed: usize, window: usize },

    #[error(
        "`{columns}` has to be known {expected} steps after the end of {series}, and is for {found}\nhint: add rows from {next} on in which the targets are empty"
    )]
    UnknownAhead { columns: String, series: String, found: usize, expected: usize, next: String },

    #[error("there is nothing to learn from: {reason}\nhint: {hint}")]
    NoFeatures { reason: String, hint: String },

    #[error(
        "column `{column}` is used by the model, but the table `{table}` does not contain it\nhint: its columns are {found}"
    )]
    MissingColumn { column: String, table: String, found: String },

    #[error(
        "this model was trained on columns ({columns}), not on molecules alone\nhint: give a table with these columns"
    )]
    NotFromSmiles { columns: String },

    #[error("there is nothing to predict\nhint: give a table, or molecules with `--smiles`")]
    NothingToPredict,

    #[error(
        "intervals of {wanted} are asked for, but this forecaster has learned those of {level}\nhint: train it with `--set uncertainty.level={wanted}`"
    )]
    OtherLevel { wanted: f64, level: f64 },

    #[error("`{table}` has no row {row} that can be explained: {reason}\nhint: rows count from 1, without the header")]
    NoSuchRow { row: usize, table: String, reason: String },

    #[error(
        "the table has {rows} row{} that can be read, but an explanation compares at least 2\nhint: give the table of the training, or one like it",
        if *.rows == 1 { "" } else { "s" }
    )]
    TooFewToInterpret { rows: usize },

    #[error("`{path}` is not a Gedanken model: {reason}\nhint: {hint}")]
    NotAModel { path: String, reason: String, hint: &'static str },

    #[error("the folder `{path}` cannot be resumed: {reason}\nhint: {hint}")]
    NotResumable { path: String, reason: String, hint: &'static str },

    #[error(
        "the data have changed since `{path}` was begun: SHA-256 {found} instead of {expected}\nhint: start a new run"
    )]
    DataChanged { path: String, expected: String, found: String },

    #[error("there is no {what} called `{name}`{}\nhint: {hint}", .near.as_ref().map_or_else(String::new, |near| format!("; did you mean `{near}`?")))]
    Unknown { what: &'static str, name: String, near: Option<String>, hint: String },

    #[error("data set `{name}` could not be fetched from {address}: {reason}\nhint: {hint}")]
    Download { name: String, address: String, reason: String, hint: &'static str },

    #[error(
        "`{text}` is not a storage of studies: {reason}\nhint: give the path of a file, or an address such as `postgres://user@host/database`"
    )]
    NotAPlace { text: String, reason: String },

    #[error("`{place}` could not be {done}: {reason}\nhint: {hint}")]
    Store { place: String, done: &'static str, reason: String, hint: &'static str },

    #[error(
        "the tables in `{place}` have version {found}, and this program knows version {known}\nhint: use a newer version of Gedanken"
    )]
    NewerStore { place: String, found: i64, known: i64 },

    #[error("there is already a study called `{name}` in `{place}`\nhint: open it, or give the new one another name")]
    StudyExists { place: String, name: String },

    #[error("`{place}` contains no study\nhint: check the path or address, or create a study there")]
    NoStudies { place: String },

    #[error("`{place}` holds {n} studies, and none was given\nhint: name one of {names}")]
    SeveralStudies { place: String, n: usize, names: String },

    #[error("{what} cannot be read: {reason}\nhint: another program has changed it; take a copy from before")]
    DamagedStudy { what: String, reason: String },

    #[error("{what}\nhint: {hint}")]
    NotStored { what: String, hint: &'static str },

    #[error(
        "study `{study}` has no trial {number}\nhint: {}",
        match *.trials { 0 => "it has none yet".to_owned(), 1 => "its only trial is 1".to_owned(), n => format!("its trials are 1 to {n}") }
    )]
    NoSuchTrial { study: String, number: i64, trials: i64 },

    #[error(
        "trial {number} was reported as {found}, and is reported as {told} now\nhint: if it was wrong before, report it again with `--correct`"
    )]
    AlreadyTold { number: i64, found: String, told: String },

    #[error("trial {number} {found}\nhint: {hint}")]
    NotYourTrial { number: i64, found: String, hint: &'static str },

    #[error("interrupted{}", .at.as_ref().map_or_else(String::new, |at| format!(" {at}")))]
    Interrupted { at: Option<String> },

    #[error(
        "{what}: this is a fault of Gedanken, not of your data\nhint: please report it, with the command and its settings"
    )]
    Fault { what: &'static str },

    #[error("the threads could not be started: {reason}\nhint: ask for fewer with `--threads`")]
    Threads { reason: String },
}

/// The result of this crate's fallible calls.
pub type Result<X> = std::result::Result<X, Error>;

/// Category of an error, for programs that must decide what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file does not exist.
    MissingFile,
    /// Settings or data are not what they must be.
    Input,
    /// Somebody ended the work before it was done.
    Interrupted,
    /// The machine, the network or a database refuses, or a computation failed.
    System,
}

impl Error {
    /// Its category.
    pub fn kind(&self) -> ErrorKind {
        match self {
            Error::Interrupted { .. } => ErrorKind::Interrupted,
            Error::Data(error) if error.is_missing_file() => ErrorKind::MissingFile,
            Error::Data(data::Error::File { .. })
            | Error::Fault { .. }
            | Error::Threads { .. }
            | Error::Download { .. }
            | Error::Nn(_)
            | Error::Store { .. } => ErrorKind::System,
            _ => ErrorKind::Input,
        }
    }

    /// The error of a table that lacks a column of the model, with those it has.
    pub fn missing_column(column: String, table: &data::Table) -> Self {
        let found = table.columns.iter().map(|c| format!("`{}`", c.name)).take(20).collect::<Vec<_>>().join(", ");
        Error::MissingColumn { column, table: table.source.clone(), found }
    }

    /// An error of the file system.
    pub fn file(what: &'static str, done: &'static str, path: &std::path::Path, error: &std::io::Error) -> Self {
        data::Error::file(what, done, path, error).into()
    }
}
