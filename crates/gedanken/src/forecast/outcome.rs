//! Everything that a run with forecasts has found, and what it leaves behind.

use std::fmt::Write;
use std::path::Path;

use ::report::{
    Alignment, Block, Figure, Highlight, Page, Section, Steps, Table, error_by_step, forecast, learning_curve,
};
use nn::metrics::Interval;
use serde_json::{Value, json};

use super::forecaster::{Forecaster, Forecasts, TargetColumns};
use super::judge::{ForecastScores, Judge, Widths};
use super::panel::Panel;
use super::predict::Forecasting;
use super::windows::Origin;
use crate::error::Result;
use crate::files::{create_folder, write_atomically};
use crate::outputs::{end_run, pretty, quoted};
use crate::report::words::merit;
use crate::run::History;

/// Everything that a run with forecasts has found.
pub struct ForecastOutcome {
    /// The forecaster; of a backtest that of the last block.
    pub model: Forecaster,
    /// Errors on the test steps: rules of thumb and the linear model first, the model that is kept last.
    pub scores: Vec<ForecastScores>,
    /// Errors of the same models on the validation steps: what settings are chosen by.
    pub validation_scores: Vec<ForecastScores>,
    /// Errors of the model in each block of a backtest.
    pub fold_scores: Vec<ForecastScores>,
    /// Forecasts on the test steps, one behind the other.
    pub shown: Vec<Shown>,
    /// The steps behind the end; `None` where what has to be known of them is not.
    pub next: Option<Forecasts>,
    /// For each series the ends of training, validation and test in the last cut.
    pub cut: Vec<[usize; 3]>,
    /// How each training went.
    pub histories: Vec<History>,
    /// What was noticed.
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
    /// The steps: time in words and as a number, and for each target what was observed, what was predicted, and both ends.
    pub steps: Vec<(String, f64, Vec<[f64; 4]>)>,
}

/// Steps of a series that are kept for its picture.
const MOST_SHOWN: usize = 1500;
/// Numbers of forecasts that are written out.
const MOST_WRITTEN: usize = 200_000;

/// The last steps of the first series.
pub(super) fn history(panel: &Panel, names: &[String]) -> Vec<Past> {
    let past = |track: &super::panel::Track| {
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

/// Forecasts one behind the other, without overlap.
pub(super) fn shown(
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
                let truth = track.row(origin.step + ahead, panel.layout)[target];
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
            "blocks": if self.fold_scores.len() > 1 { json!(self.fold_scores) } else { Value::Null },
            "notes": self.notes,
            "version": env!("CARGO_PKG_VERSION"),
        })
    }

    /// What a person reads at the end of a run. Of many targets only the model's own errors are told one by one.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        let many = self.model.targets.names.len() > MOST_TABLES;
        for (title, table) in self.tables(&self.scores) {
            if !many || title == ALL {
                text += &format!("\n{title}, test steps\n{}", table.to_text());
            }
        }
        text += &format!("\n{}\n", self.verdict());
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
            let (share, width) = (100.0 * target.coverage, merit(target.width));
            text += &format!(
                "{}: intervals of {level:.0} % hold {share:.1} % of the test values, mean width {width}\n",
                target.target
            );
        }
        text
    }

    /// A table of errors for each target.
    fn tables(&self, scores: &[ForecastScores]) -> Vec<(String, Table)> {
        let several = self.model.targets.names.len() > 1;
        let mut list: Vec<(String, Table)> = Vec::new();
        for at in 0..self.model.targets.names.len() {
            // Without enough blocks of origins there are no intervals.
            let sure = scores.iter().any(|model| model.targets.get(at).is_some_and(|target| target.mae.is_some()));
            let header = ["model", "MAE", "95 %", "RMSE", "95 %", "sMAPE", "MASE", "coverage"];
            let header: Vec<&str> = header.into_iter().filter(|name| sure || *name != "95 %").collect();
            let mut table = Table::new(&header);
            for model in scores {
                let Some(target) = model.targets.get(at) else { continue };
                let range = |interval: Option<Interval>| {
                    interval.map_or_else(String::new, |i| format!("[{}, {}]", merit(i.low), merit(i.high)))
                };
                let errors = &target.errors;
                let mut row = vec![model.model.clone()];
                for (value, interval) in [(errors.mae, target.mae), (errors.rmse, target.rmse)] {
                    row.push(merit(value));
                    row.extend(sure.then(|| range(interval)));
                }
                row.push(format!("{} %", merit(errors.smape)));
                row.push(errors.mase.map_or_else(|| "-".into(), merit));
                row.push(format!("{:.1} %", 100.0 * target.coverage));
                table.row(&row);
            }
            list.push((self.model.targets.label(at), table));
        }
        if several {
            let mut table = Table::new(&["model", "MSE", "MAE"]);
            for model in scores {
                table.row(&[
                    model.model.clone(),
                    format!("{:.4}", model.scaled_mse),
                    format!("{:.4}", model.scaled_mae),
                ]);
            }
            list.push((ALL.into(), table));
        }
        list
    }

    /// Whether the model beats what needs no training.
    fn verdict(&self) -> String {
        let Some((own, others)) = self.scores.split_last() else { return String::new() };
        let best = others.iter().min_by(|a, b| a.scaled_mse.total_cmp(&b.scaled_mse));
        match best {
            None => String::new(),
            Some(best) => {
                let change = 100.0 * (own.scaled_mse / best.scaled_mse - 1.0);
                let word = if change < 0.0 { "less" } else { "more" };
                let change = change.abs();
                format!(
                    "{}: squared error {change:.1} % {word} than that of the best other, {}{}",
                    own.model,
                    best.model,
                    if word == "more" { "; use that one" } else { "" }
                )
            }
        }
    }

    /// Mean and standard error over the blocks of a backtest.
    fn blocks(&self) -> Option<String> {
        let n = self.fold_scores.len();
        (n > 1).then(|| {
            let values: Vec<f64> = self.fold_scores.iter().map(|scores| scores.scaled_mae).collect();
            let mean = values.iter().sum::<f64>() / n as f64;
            let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1) as f64;
            format!("{n} blocks: scaled MAE {mean:.4} +- {:.4}", (variance / n as f64).sqrt())
        })
    }

    /// Named pictures: what comes next, the test, the errors over the steps ahead, the losses.
    pub fn figures(&self) -> Vec<(String, Figure)> {
        let mut list = Vec::new();
        let names = &self.model.targets.names;
        let dates = self.model.ends.clock.dates;
        let time = self.model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
        let several = self.history.len() > 1;
        for past in &self.history {
            for (at, name) in names.iter().enumerate().take(MOST_PICTURES) {
                let end = past.series.as_ref().filter(|_| several).map_or_else(String::new, |id| format!("_{id}"));
                let tag = if names.len() > 1 { format!("_{name}{end}") } else { end };
                let label = self.model.targets.label(at);
                if let Some(next) = &self.next {
                    let steps: Vec<_> = next.steps.iter().filter(|step| step.series == past.series).collect();
                    let column = |place: usize| steps.iter().map(|step| step.values[at][place]).collect::<Vec<f64>>();
                    let x: Vec<f64> = steps.iter().map(|step| step.at).collect();
                    let (y, low, high) = (column(0), column(1), column(2));
                    let shown = past.at.len().saturating_sub((6 * steps.len()).max(2 * self.model.frame.window));
                    let figure = forecast(
                        &format!("{}, the next {} steps", with_series(name, past, several), steps.len()),
                        &label,
                        (time, dates),
                        (&past.at[shown..], &past.values[at][shown..]),
                        &[Steps { x: &x, y: &y, low: &low, high: &high }],
                    );
                    list.push((file_name(&format!("forecast{tag}")), figure));
                }
                list.push((
                    file_name(&format!("test{tag}")),
                    self.test_figure(past, at, &label, (time, dates), several),
                ));
            }
        }
        let by_step: Vec<(&str, Vec<f64>)> = self
            .scores
            .iter()
            .map(|model| (model.model.as_str(), model.by_step.iter().map(|errors| errors[0]).collect()))
            .collect();
        let by_step: Vec<(&str, &[f64])> = by_step.iter().map(|(name, errors)| (*name, &errors[..])).collect();
        list.push((
            "error_by_step".into(),
            error_by_step("Error over the steps ahead", "RMSE in deviations of the training", &by_step),
        ));
        if let Some((records, best)) = self.histories.first().filter(|(records, _)| !records.is_empty()) {
            let epochs: Vec<f64> = records.iter().map(|record| record.epoch as f64).collect();
            let train: Vec<f64> = records.iter().map(|record| record.train_loss).collect();
            let validation: Vec<f64> = records.iter().filter_map(|record| record.validation_loss).collect();
            let figure = learning_curve(&epochs, &train, &validation, best.map(|best| best as f64), "loss");
            list.push(("learning_curve".into(), figure));
        }
        list
    }

    fn test_figure(&self, past: &Past, target: usize, label: &str, axis: (&str, bool), several: bool) -> Figure {
        let own: Vec<&Shown> = self.shown.iter().filter(|shown| shown.series == past.series).collect();
        let own = &own[own.len().saturating_sub(MOST_FORECASTS)..];
        let column = |place: usize| -> Vec<Vec<f64>> {
            own.iter().map(|shown| shown.steps.iter().map(|step| step.2[target][place]).collect()).collect()
        };
        let x: Vec<Vec<f64>> = own.iter().map(|shown| shown.steps.iter().map(|step| step.1).collect()).collect();
        let (truth, y, low, high) = (column(0), column(1), column(2), column(3));
        let steps: Vec<Steps<'_>> =
            (0..own.len()).map(|at| Steps { x: &x[at], y: &y[at], low: &low[at], high: &high[at] }).collect();
        let title = format!("{}, forecasts of the test", with_series(&self.model.targets.names[target], past, several));
        forecast(&title, label, axis, (&x.concat(), &truth.concat()), &steps)
    }

    /// The report as one page.
    pub fn page(&self) -> Page {
        let names = self.model.targets.names.join(", ");
        let own = self.scores.last();
        let highlights = own.iter().flat_map(|own| &own.targets).take(4).map(|target| Highlight {
            name: format!("MAE, {}", target.target),
            value: merit(target.errors.mae),
            detail: target.mae.map_or_else(String::new, |i| format!("95 %: {} to {}", merit(i.low), merit(i.high))),
        });
        let mut result = vec![Block::Highlights(highlights.collect()), Block::Paragraph(self.verdict())];
        result.extend(self.notes.iter().cloned().map(Block::Note));
        for (title, table) in self.tables(&self.scores) {
            let caption = format!("{title} on the test steps; brackets hold 95 % of the bootstrap resamples of blocks");
            let marked = self.scores.len().checked_sub(1);
            result.push(Block::Table { caption, table, marked });
        }
        result.extend(self.blocks().map(|line| Block::Paragraph(line.replace("+-", "±"))));
        let figures: Vec<Figure> = self.figures().into_iter().map(|(_, figure)| figure).collect();
        let facts = self.model.facts().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        let experiment = toml::to_string(&self.model.experiment).unwrap_or_default();
        let section = |title: &str, blocks: Vec<Block>| Section { title: title.into(), blocks };
        Page {
            title: format!("Forecasts of {names}"),
            subtitle: format!(
                "{}, {} steps ahead from {} steps back.",
                self.model.experiment.model.title(),
                self.model.frame.horizon,
                self.model.frame.window
            ),
            sections: vec![
                section("Result", result),
                section("Figures", vec![Block::Figures(figures)]),
                section("Model", vec![Block::Facts(facts)]),
                section("Experiment", vec![Block::Code { caption: "experiment.toml".into(), text: experiment }]),
            ],
            footer: format!(
                "Made by Gedanken {}. The same data and settings give the same page.",
                env!("CARGO_PKG_VERSION")
            ),
        }
    }
}

impl ForecastScores {
    /// One line for each target.
    pub fn table(&self, targets: &TargetColumns) -> Table {
        let mut table = Table::new(&["target", "MAE", "RMSE", "MAPE", "sMAPE", "MASE", "pinball", "coverage", "width"]);
        for (at, target) in self.targets.iter().enumerate() {
            let errors = &target.errors;
            let maybe = |x: Option<f64>| x.map_or_else(|| "-".into(), merit);
            let percent = |text: String| if text == "-" { text } else { format!("{text} %") };
            table.row(&[
                targets.label(at),
                merit(errors.mae),
                merit(errors.rmse),
                percent(maybe(errors.mape)),
                percent(merit(errors.smape)),
                maybe(errors.mase),
                merit(target.pinball),
                format!("{:.1} %", 100.0 * target.coverage),
                merit(target.width),
            ]);
        }
        table
    }
}

/// Targets that have a table each in what is printed.
const MOST_TABLES: usize = 3;
/// What the table of all targets is called: their errors are in deviations of the training.
const ALL: &str = "all targets, scaled by their deviations in training";
/// Targets and series that have pictures.
const MOST_PICTURES: usize = 4;
/// Forecasts in the picture of the test.
const MOST_FORECASTS: usize = 12;

fn with_series(name: &str, past: &Past, several: bool) -> String {
    past.series.as_ref().filter(|_| several).map_or_else(|| name.to_owned(), |id| format!("{name} of {id}"))
}

/// Letters that every file system takes.
fn file_name(text: &str) -> String {
    text.chars().map(|c| if c.is_alphanumeric() || c == '_' || c == '-' { c } else { '_' }).collect()
}

impl Forecasts {
    /// One line for each step.
    pub fn to_csv(&self, time: &str) -> String {
        let several = self.steps.iter().any(|step| step.series.is_some());
        let mut csv = String::from(if several { "series," } else { "" });
        csv.push_str(&quoted(time));
        for name in &self.targets {
            let ends = ["low", "high"].map(|end| quoted(&format!("{name} {end}")));
            let _ = write!(csv, ",{},{},{}", quoted(name), ends[0], ends[1]);
        }
        csv.push('\n');
        for step in &self.steps {
            if several {
                let _ = write!(csv, "{},", quoted(step.series.as_deref().unwrap_or_default()));
            }
            csv.push_str(&quoted(&step.time));
            step.values.iter().flatten().for_each(|y| {
                let _ = write!(csv, ",{y}");
            });
            csv.push('\n');
        }
        csv
    }

    /// The first steps as an aligned table, of the first three targets.
    pub fn to_table(&self, time: &str, most: usize) -> Table {
        let several = self.steps.iter().any(|step| step.series.is_some());
        let mut header = vec![time.to_owned()];
        header.extend(several.then(|| "series".to_owned()));
        for name in self.targets.iter().take(MOST_TABLES) {
            header.extend([name.clone(), "low".into(), "high".into()]);
        }
        let alignment = header.iter().enumerate().map(|(at, _)| match at {
            0 => Alignment::Left,
            1 if several => Alignment::Left,
            _ => Alignment::Right,
        });
        let alignment = alignment.collect();
        let rows = self.steps.iter().take(most).map(|step| {
            let mut row = vec![step.time.clone()];
            row.extend(several.then(|| step.series.clone().unwrap_or_default()));
            row.extend(step.values.iter().take(MOST_TABLES).flatten().map(|y| crate::report::number(*y)));
            row
        });
        Table { rows: rows.collect(), header, alignment }
    }
}

/// Writes everything that a run with forecasts leaves behind; `metrics.json` comes last and says that the run is finished.
pub fn write_forecast_run(folder: &Path, outcome: &ForecastOutcome) -> Result<()> {
    create_folder(folder)?;
    let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
    let time = outcome.model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
    outcome.model.save(&folder.join("model.safetensors"))?;
    if let Some(next) = &outcome.next {
        write("forecast.csv", next.to_csv(time))?;
    }
    write("predictions.csv", predictions(outcome, time))?;
    write("history.csv", crate::outputs::history(&outcome.histories))?;
    for (name, figure) in outcome.figures() {
        write(&format!("{name}.svg"), figure.to_svg())?;
    }
    write("report.html", outcome.page().to_html())?;
    write("metrics.json", pretty(&outcome.to_json()))?;
    end_run(folder)
}

fn predictions(outcome: &ForecastOutcome, time: &str) -> String {
    let mut csv = format!("block,series,origin,step,{}", quoted(time));
    for name in &outcome.model.targets.names {
        for what in ["observed", "predicted", "low", "high"] {
            let _ = write!(csv, ",{}", quoted(&format!("{name} {what}")));
        }
    }
    csv.push('\n');
    for shown in &outcome.shown {
        for (at, (time, _, values)) in shown.steps.iter().enumerate() {
            let series = quoted(shown.series.as_deref().unwrap_or_default());
            let _ = write!(csv, "{},{series},{},{},{time}", shown.fold + 1, shown.origin, at + 1);
            values.iter().flatten().for_each(|y| {
                let _ = write!(csv, ",{y}");
            });
            csv.push('\n');
        }
    }
    csv
}
