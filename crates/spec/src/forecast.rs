//! Settings of forecasts.

use data::series::{Calendar, Impute, Mending};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};

/// Forecasts of time series: columns, horizon, and evaluation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Forecast {
    /// Column of times: dates, or numbers.
    pub time: String,
    /// Forecast horizon: the number of steps that are predicted.
    #[schemars(range(min = 1, max = 10000))]
    pub horizon: usize,
    /// Look-back window: the number of past steps that a model sees; 0 stands for twice the longer of horizon and season, at least
    /// 8, and at most a third of the training steps.
    #[schemars(range(max = 100000))]
    pub window: usize,
    /// Column that says which series a row belongs to, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// Past covariates: columns that help to predict and are known up to the present.
    pub past: Vec<String>,
    /// Future covariates: columns that help to predict and are known over the horizon too, such as planned values.
    pub future: Vec<String>,
    /// Calendar features of the model, each phase as a sine and a cosine.
    pub calendar: Vec<Calendar>,
    /// Seasonal period in steps, for the seasonal naive forecast and the scaled error; 0 stands for that of the frequency: a day
    /// of hours, a week of days, a year of weeks, months or quarters.
    pub season: usize,
    /// Time step between rows, such as `1h`, `1d` or `1mo`, or a number for times that are numbers; by default that of the times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frequency: Option<String>,
    /// Imputation of missing values and steps; by default they are errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub impute: Option<Impute>,
    /// Resample rows to steps of this size by their mean, such as `1d`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resample: Option<String>,
    /// Normalization of each window before a model sees it, which is undone in its predictions.
    pub normalize: Normalize,
    /// Whether one model sees all targets at once or each by itself.
    pub channels: Channels,
    /// Number of steps for training, validation and test, from the beginning of each series, in place of `split.fractions`; later
    /// steps are left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub steps: Option<[usize; 3]>,
    /// Stride between the beginnings of training windows, in steps.
    #[schemars(range(min = 1))]
    pub stride: usize,
    /// Backtest with a rolling origin: the last half of each series is split into so many blocks, and models that have seen
    /// all that lies before a block predict it \[Tashman2000\]; 0: a single training.
    #[schemars(range(max = 100))]
    pub backtest: usize,
}

/// Normalization of each window, which is undone in the predictions from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Normalize {
    /// Nothing.
    None,
    /// Its last value \[Zeng2023\].
    #[default]
    Last,
    /// Its mean.
    Mean,
    /// Its mean, and it is divided by its standard deviation \[Kim2022\].
    Standard,
}

/// How several targets are predicted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channels {
    /// Whichever is better for the linear model on the validation steps.
    #[default]
    Auto,
    /// The model sees all targets at once and predicts all of them.
    Joint,
    /// The same model sees each target by itself, with the other columns as covariates.
    Shared,
}

impl Default for Forecast {
    fn default() -> Self {
        Forecast {
            time: String::new(),
            horizon: 1,
            window: 0,
            series: None,
            past: Vec::new(),
            future: Vec::new(),
            calendar: Vec::new(),
            season: 0,
            frequency: None,
            impute: None,
            resample: None,
            normalize: Normalize::default(),
            channels: Channels::default(),
            steps: None,
            stride: 1,
            backtest: 0,
        }
    }
}

impl Forecast {
    /// Imputation and resampling.
    pub fn mending(&self) -> Mending {
        Mending { frequency: self.frequency.clone(), impute: self.impute, resample: self.resample.clone() }
    }

    /// Refuses contradictory settings, before anything is read.
    pub fn check(&self, targets: &[String]) -> Result<()> {
        let wrong = |message: String, place: &str, hint: &str| {
            Err(Error::Setting { message, place: format!("forecast.{place}"), hint: hint.into() })
        };
        if self.time.is_empty() {
            return wrong("no column of times was given".into(), "time", "name it with `--time`");
        }
        let columns = targets.iter().chain(&self.past).chain(&self.future).chain(&self.series).chain([&self.time]);
        let columns: Vec<&String> = columns.collect();
        if let Some(twice) = columns.iter().enumerate().find(|(at, name)| columns[..*at].contains(name)) {
            let hint = "a column is either a target, a past covariate or a future covariate; targets are seen anyway";
            return wrong(format!("column `{}` has two roles", twice.1), "time, series, past, future", hint);
        }
        if self.calendar.iter().enumerate().any(|(at, phase)| self.calendar[..at].contains(phase)) {
            return wrong("a phase of the calendar is named twice".into(), "calendar", "name each once");
        }
        if self.steps.is_some_and(|steps| steps[0] == 0) {
            return wrong("there are no training steps".into(), "steps", "for example [8640, 2880, 2880]");
        }
        Ok(())
    }
}
