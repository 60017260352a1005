//! A trained forecaster: it predicts the steps after the end of series.

use data::Table;
use serde::Serialize;
use spec::document::{Setting, with_setting};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use tensor::Device;

use crate::judge::{Judge, Widths, naive_scale};
use crate::panel::{Panel, Track};
use crate::predict::{Forecasting, title_of};
use crate::scores::ForecastScores;
use crate::targets::TargetColumns;
use crate::windows::{Frame, Origin};

/// A trained forecaster with everything that predictions need, the ends of its series among it.
pub struct Forecaster {
    /// The experiment by which it was trained.
    pub experiment: Experiment,
    /// Its targets.
    pub targets: TargetColumns,
    /// SHA-256 of the table it was trained on.
    pub data_sha256: String,
    /// Seasonal period in steps.
    pub season: usize,
    pub(crate) frame: Frame,
    pub(crate) model: Forecasting,
    pub(crate) widths: Widths,
    /// For each series and target the mean absolute error of the seasonal naive forecast in the training.
    pub(crate) scales: Vec<Vec<f64>>,
    /// The last window of each series, with future covariates.
    pub(crate) ends: Panel,
}

/// Forecasts of the steps after the end of each series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecasts {
    /// Names of the targets.
    pub targets: Vec<String>,
    /// The nominal coverage of the intervals.
    pub level: f64,
    /// Step by step, series by series.
    pub steps: Vec<ForecastStep>,
}

/// One step of the horizon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastStep {
    /// Of which series, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    /// The time as the table writes it.
    pub time: String,
    /// The same as a number: seconds since 1970, or the number itself.
    pub at: f64,
    /// For each target the prediction and the lower and upper bound of its interval.
    pub values: Vec<[f64; 3]>,
}

impl Forecaster {
    /// The same forecaster, with another imputation of gaps than in the training.
    ///
    /// # Errors
    /// An unknown method of imputation.
    pub fn mending(mut self, impute: Option<&str>, resample: Option<&str>) -> Result<Self> {
        let settings = [("forecast.impute", impute), ("forecast.resample", resample)];
        for (path, word) in settings.into_iter().filter_map(|(path, word)| Some((path, word?))) {
            self.experiment = with_setting(&self.experiment, &Setting::new(path, word), "the command line")?;
        }
        Ok(self)
    }

    fn horizon(&self) -> usize {
        self.frame.horizon
    }

    /// Forecasts of the steps after the end of the series that it was trained on.
    ///
    /// # Errors
    /// A future covariate is not known over the horizon.
    pub fn predict(&self) -> Result<Forecasts> {
        let forecast = self.experiment.forecast.clone().unwrap_or_default();
        self.ends.check_ahead(&forecast)?;
        Ok(self.forecast_panel(&self.ends))
    }

    /// Forecasts of the steps after the ends of other series, in a table like that of the training.
    ///
    /// # Errors
    /// Columns that are missing, series that are shorter than the window or have another frequency, and errors of reading.
    pub fn predict_table(&self, table: &Table) -> Result<Forecasts> {
        let panel = self.read(table)?;
        panel.check_ahead(&self.experiment.forecast.clone().unwrap_or_default())?;
        Ok(self.forecast_panel(&panel))
    }

    /// Errors of forecasts from all origins of the series of a table.
    ///
    /// # Errors
    /// As [`Forecaster::predict_table`], and a series that is shorter than a window and a horizon.
    pub fn evaluate(&self, table: &Table) -> Result<ForecastScores> {
        let panel = self.read(table)?;
        let (device, k) = (Device::cpu(0), panel.layout.targets);
        let origins: Vec<Origin> = panel
            .tracks
            .iter()
            .enumerate()
            .flat_map(|(track, of)| {
                let last = (of.steps + 1).saturating_sub(self.horizon());
                (self.frame.window..last.max(self.frame.window)).map(move |step| Origin { track, step })
            })
            .collect();
        if origins.is_empty() {
            let longest = panel.tracks.iter().max_by_key(|track| track.steps);
            return Err(Error::ShortSeries {
                series: longest.map_or_else(String::new, Track::name),
                found: longest.map_or(0, |track| track.steps),
                needed: self.frame.window + self.horizon(),
                window: self.frame.window,
            });
        }
        let Forecasting::Models(parts) = &self.model else {
            return Err(Error::Fault { what: "a baseline was asked for windows" });
        };
        let deviations = parts.first().map_or(vec![1.0; k], |part| part.scaler.scale[..k].to_vec());
        // A series of the training keeps its scale; that of another one follows from its own steps.
        let scale = |track: &Track| match self.ends.tracks.iter().position(|known| known.id == track.id) {
            Some(at) => self.scales[at].clone(),
            None => (0..k).map(|k| naive_scale(track, (panel.layout, k), self.season, track.steps)).collect(),
        };
        let scales = panel.tracks.iter().map(scale).collect();
        let level = self.experiment.uncertainty.level;
        let judge = Judge { panel: &panel, horizon: self.horizon(), level, deviations, scales, device: &device };
        let tally = judge.tally(&self.model, &self.widths, &origins);
        let title = title_of(&self.experiment.model);
        let block = self.horizon().max(self.season);
        Ok(tally.scores(&title, &self.targets.names, block, self.experiment.seed))
    }

    fn read(&self, table: &Table) -> Result<Panel> {
        let forecast = self.experiment.forecast.clone().unwrap_or_default();
        let panel = Panel::read(table, &self.experiment.data.target, &forecast)?;
        if panel.clock.frequency != self.ends.clock.frequency {
            return Err(Error::Setting {
                message: format!(
                    "the steps of this table are {}, those of the training were {}",
                    panel.clock.every(),
                    self.ends.clock.every()
                ),
                place: table.source.clone(),
                hint: "give a table with the steps of the training".into(),
            });
        }
        match panel.tracks.iter().find(|track| track.steps < self.frame.window) {
            None => Ok(panel),
            Some(track) => Err(Error::ShortSeries {
                series: track.name(),
                found: track.steps,
                needed: self.frame.window,
                window: self.frame.window,
            }),
        }
    }

    /// Forecasts from the ends of the series of a panel.
    pub(super) fn forecast_panel(&self, panel: &Panel) -> Forecasts {
        let (k, horizon) = (panel.layout.targets, self.horizon());
        let origins: Vec<Origin> =
            panel.tracks.iter().enumerate().map(|(track, of)| Origin { track, step: of.steps }).collect();
        let said = self.model.say(panel, &origins, horizon, &Device::cpu(1));
        let mut steps = Vec::new();
        for (at, origin) in origins.iter().enumerate() {
            let track = &panel.tracks[origin.track];
            for ahead in 0..horizon {
                let time = panel.clock.at(track.start, (track.steps + ahead) as i64);
                let value = |target: usize| {
                    let place = (at * horizon + ahead) * k + target;
                    let [low, high] = said.range(place, self.widths.0[ahead * k + target]);
                    [said.values[place], low, high]
                };
                let (series, values) = (track.id.clone(), (0..k).map(value).collect());
                steps.push(ForecastStep { series, time: panel.clock.show(time), at: time, values });
            }
        }
        Forecasts { targets: self.targets.names.clone(), level: self.experiment.uncertainty.level, steps }
    }

    /// Its properties, for display.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        let forecast = self.experiment.forecast.clone().unwrap_or_default();
        let parts = if let Forecasting::Models(parts) = &self.model { &parts[..] } else { &[] };
        let parameters = parts.first().map_or(0, |part| part.fitted.n_parameters());
        let ends = &self.ends;
        let last = |track: &Track| ends.clock.show(ends.clock.at(track.start, track.steps as i64 - 1));
        let mut facts = vec![
            ("model", title_of(&self.experiment.model)),
            ("predicts", self.targets.names.join(", ")),
            ("horizon", format!("{} steps of {}", self.frame.horizon, ends.clock.every())),
            ("window", format!("{} steps of {} numbers", self.frame.window, self.frame.features())),
            ("normalized by", serde_json::json!(self.frame.normalize).as_str().unwrap_or_default().to_owned()),
            ("season", format!("{} steps", self.season)),
            ("series", ends.tracks.len().to_string()),
            (
                "parameters",
                if parts.len() == 1 { parameters.to_string() } else { format!("{} x {parameters}", parts.len()) },
            ),
            ("ends", ends.tracks.first().map(last).unwrap_or_default()),
        ];
        if self.targets.names.len() > 1 {
            facts.push(("targets", if self.frame.shared { "each by itself" } else { "together" }.to_owned()));
        }
        if !forecast.past.is_empty() || !forecast.future.is_empty() {
            facts.push(("past covariates", forecast.past.join(", ")));
            facts.push(("future covariates", forecast.future.join(", ")));
        }
        facts.push(("data", self.data_sha256.clone()));
        facts
    }
}
