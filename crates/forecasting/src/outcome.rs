//! The outcome of a run with forecasts.

use learn::session::History;
use report::words::merit;
use serde_json::{Value, json};

use crate::forecaster::{Forecaster, Forecasts};
use crate::judge::{Judge, Widths};
use crate::panel::{Panel, Track};
use crate::predict::Forecasting;
use crate::scores::ForecastScores;
use crate::windows::Origin;

/// The outcome of a run with forecasts.
pub struct ForecastOutcome {
    /// The forecaster; of a backtest that of the last block.
    pub model: Forecaster,
    /// Errors on the test steps: naive baselines and the linear model first, the selected model last.
    pub scores: Vec<ForecastScores>,
    /// Errors of the same models on the validation steps, by which settings are selected.
    pub validation_scores: Vec<ForecastScores>,
    /// Errors of the model in each block of a backtest.
    pub fold_scores: Vec<ForecastScores>,
    /// Forecasts on the test steps, one after the other.
    pub shown: Vec<Shown>,
    /// The steps after the end; `None` where their future covariates are not known.
    pub next: Option<Forecasts>,
    /// For each series the ends of training, validation and test in the last split.
    pub cut: Vec<[usize; 3]>,
    /// How each training went.
    pub histories: Vec<History>,
    /// Notes.
    pub notes: Vec<String>,
    /// The last steps of the series.
    pub history: Vec<Past>,
}

/// The last steps of a series.
pub struct Past {
    /// Its name, where there are several.
    pub series: Option<String>,
    /// Times as numbers.
    pub at: Vec<f64>,
    /// For each target the values.
    pub values: Vec<Vec<f64>>,
}

/// One forecast of a test.
pub struct Shown {
    /// The block of a backtest, from zero.
    pub fold: usize,
    /// The series.
    pub series: Option<String>,
    /// The last time that was known.
    pub origin: String,
    /// The steps: time as text and as a number, and for each target the observed value, the prediction, and both bounds.
    pub steps: Vec<(String, f64, Vec<[f64; 4]>)>,
}

/// Targets and series that have figures.
pub(crate) const MOST_PICTURES: usize = 4;
/// Targets that have a table each in what is printed.
pub(crate) const MOST_TABLES: usize = 3;
/// Title of the table of all targets: their errors are in standard deviations of the training.
pub(crate) const ALL: &str = "all targets, scaled by their standard deviations in training";
/// Steps of a series that are kept for its picture.
const MOST_SHOWN: usize = 1500;
/// Numbers of forecasts that are written out.
const MOST_WRITTEN: usize = 200_000;

/// The last steps of the first series.
pub(crate) fn history(panel: &Panel, names: &[String]) -> Vec<Past> {
    let past = |track: &Track| {
        let steps = track.steps.saturating_sub(MOST_SHOWN)..track.steps;
        Past {
            series: track.id.clone(),
            at: steps.clone().map(|step| panel.clock.at(track.start, step as i64)).collect(),
            values: (0..names.len())
                .map(|k| steps.clone().map(|step| track.row(step, panel.layout)[k]).collect())
                .collect(),
        }
    };
    panel.tracks.iter().take(MOST_PICTURES).map(past).collect()
}

/// Forecasts one after the other, without overlap.
pub(crate) fn shown(
    fold: usize,
    judge: &Judge<'_>,
    model: &Forecasting,
    widths: &Widths,
    origins: &[Origin],
) -> Vec<Shown> {
    let (panel, horizon, k) = (judge.panel, judge.horizon, judge.panel.layout.targets);
    let mut first = std::collections::HashMap::new();
    let apart = |at: &&Origin| (at.step - *first.entry(at.track).or_insert(at.step)).is_multiple_of(horizon);
    let some: Vec<Origin> = origins.iter().filter(apart).take(MOST_WRITTEN / (horizon * k)).copied().collect();
    let said = model.say(panel, &some, horizon, judge.device);
    let one = |(at, origin): (usize, &Origin)| {
        let track = &panel.tracks[origin.track];
        let step = |ahead: usize| {
            let place = |target: usize| (at * horizon + ahead) * k + target;
            let value = |target: usize| {
                let [low, high] = said.range(place(target), widths.0[ahead * k + target]);
                let measured = track.is_measured(origin.step + ahead, target);
                let truth = if measured { track.row(origin.step + ahead, panel.layout)[target] } else { f64::NAN };
                [truth, said.values[place(target)], low, high]
            };
            let time = panel.clock.at(track.start, (origin.step + ahead) as i64);
            (panel.clock.show(time), time, (0..k).map(value).collect())
        };
        let origin = panel.time(origin.track, origin.step - 1);
        Shown { fold, series: track.id.clone(), origin, steps: (0..horizon).map(step).collect() }
    };
    some.iter().enumerate().map(one).collect()
}

impl ForecastOutcome {
    /// All figures as one JSON object.
    pub fn to_json(&self) -> Value {
        json!({
            "task": "forecast",
            "model": self.model.experiment.model.name(),
            "seed": self.model.experiment.seed,
            "targets": self.model.targets.names,
            "horizon": self.model.frame.horizon,
            "window": self.model.frame.window,
            "season": self.model.season,
            "shared": self.model.frame.shared,
            "frequency": self.model.ends.clock.every(),
            "series": self.model.ends.tracks.len(),
            "steps": self.cut,
            "level": self.model.experiment.uncertainty.level,
            "data_sha256": self.model.data_sha256,
            "test": self.scores,
            "validation": self.validation_scores,
            "forecast": self.next,
            "blocks": if self.fold_scores.len() > 1 { json!(self.fold_scores) } else { Value::Null },
            "notes": self.notes,
            "version": env!("CARGO_PKG_VERSION"),
        })
    }

    /// Summary at the end of a run. Of many targets only the model's own errors are listed one by one.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        let many = self.model.targets.names.len() > MOST_TABLES;
        for (title, table) in self.tables(&self.scores) {
            if !many || title == ALL {
                text += &format!("\n{title}, test steps\n{}", table.to_text());
            }
        }
        let verdict = self.verdict();
        if !verdict.is_empty() {
            text += &format!("\n{verdict}\n");
        }
        if let Some(line) = self.blocks() {
            text += &format!("{line}\n");
        }
        if let Some(own) = self.validation_scores.last() {
            text += &format!("validation steps, scaled: MSE {:.4}, MAE {:.4}\n", own.scaled_mse, own.scaled_mae);
        }
        let level = 100.0 * self.model.experiment.uncertainty.level;
        let own = self.scores.last();
        if let (true, Some(own)) = (many, own) {
            text += &format!(
                "\n{}, target by target, with the coverage of intervals of {level:.0} %\n{}",
                own.model,
                own.table(&self.model.targets).to_text()
            );
            return text;
        }
        for target in own.iter().flat_map(|own| &own.targets) {
            if let (Some(share), Some(width)) = (target.coverage, target.width) {
                let (share, width) = (100.0 * share, merit(width));
                text += &format!(
                    "{}: intervals of {level:.0} % hold {share:.1} % of the test values, mean width {width}\n",
                    target.target
                );
            }
        }
        text
    }

    /// Whether the model beats the naive baselines.
    pub fn verdict(&self) -> String {
        let Some((own, others)) = self.scores.split_last() else { return String::new() };
        let Some(best) = others.iter().min_by(|a, b| a.scaled_mse.total_cmp(&b.scaled_mse)) else {
            return String::new();
        };
        // Below this a series is predicted up to rounding, and a quotient is meaningless.
        let exact = |scores: &ForecastScores| scores.scaled_mse < 1e-20;
        match (exact(own), exact(best)) {
            (true, true) => format!("{} and {} both predict this series exactly", own.model, best.model),
            (false, true) => format!("{} predicts this series exactly; use that", best.model),
            (true, false) => format!("{} predicts this series exactly", own.model),
            (false, false) => {
                let change = 100.0 * (own.scaled_mse / best.scaled_mse - 1.0);
                let (word, advice) = if change < 0.0 { ("less", "") } else { ("more", "; use that one") };
                format!(
                    "{}: squared error {:.1} % {word} than that of the best other, {}{advice}",
                    own.model,
                    change.abs(),
                    best.model
                )
            }
        }
    }

    /// Mean and standard error over the blocks of a backtest.
    pub fn blocks(&self) -> Option<String> {
        let n = self.fold_scores.len();
        (n > 1).then(|| {
            let values: Vec<f64> = self.fold_scores.iter().map(|scores| scores.scaled_mae).collect();
            let mean = values.iter().sum::<f64>() / n as f64;
            let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
            format!("{n} blocks: scaled MAE {mean:.4} +- {:.4}", (variance / n as f64).sqrt())
        })
    }
}
