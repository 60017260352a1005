//! Carries out an experiment with forecasts: reads, splits, trains, evaluates.

use std::collections::HashSet;
use std::sync::Mutex;

use data::Table;
use inputs::source::{first_line, read_table};
use learn::checkpoint;
use learn::session::{Event, Options, locked, pool};
use learn::unit::Saved;
use nn::models::Ridge;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::forecast::Channels;
use spec::model::ModelKind;
use tensor::Device;

use crate::check::check;
use crate::context::Context;
use crate::cuts::{Cut, Span, cuts};
use crate::fit::linear;
use crate::fold::Fold;
use crate::forecaster::Forecaster;
use crate::judge::Widths;
use crate::outcome::{self, ForecastOutcome, Shown, shown};
use crate::panel::Panel;
use crate::predict::{Forecasting, title_of};
use crate::scores::ForecastScores;
use crate::tally::Tally;
use crate::targets::TargetColumns;
use crate::train::Candidate;
use crate::windows::Frame;

/// Inputs above which the linear model is left out of the baselines: its time grows with their cube.
const MOST_LINEAR: usize = 6000;

/// Carries out an experiment with forecasts on its own threads.
pub fn run_forecast(experiment: &Experiment, options: &Options<'_>) -> Result<ForecastOutcome> {
    carry_out(experiment, options, || read_table(&experiment.data))
}

/// The same on a table in memory.
pub fn run_forecast_table(experiment: &Experiment, table: Table, options: &Options<'_>) -> Result<ForecastOutcome> {
    let sha256 = data::hash::of_table(&table);
    carry_out(experiment, options, || Ok((table, sha256)))
}

impl Forecaster {
    /// Carries out the experiment and keeps the forecaster.
    pub fn fit(experiment: &Experiment, options: &Options<'_>) -> Result<Self> {
        Ok(run_forecast(experiment, options)?.model)
    }
}

fn carry_out(
    experiment: &Experiment,
    options: &Options<'_>,
    read: impl FnOnce() -> Result<(Table, String)> + Send,
) -> Result<ForecastOutcome> {
    let forecast = experiment.forecast.clone().unwrap_or_default();
    check(experiment, &forecast)?;
    let threads = pool(options.threads)?;
    threads.install(|| {
        (options.watch)(Event::Reading);
        let (table, sha256) = read()?;
        if let Some(folder) = options.checkpoints {
            checkpoint::same_data(folder, &sha256)?;
        }
        let targets = TargetColumns::find(&table, experiment)?;
        let panel = Panel::read(&table, &experiment.data.target, &forecast)?;
        drop(table);
        let device = Device::cpu(rayon::current_num_threads());
        let notes = Mutex::new(Vec::new());
        let run = Context { experiment, forecast: &forecast, options, panel: &panel, targets, device, notes };
        panel.notes.iter().for_each(|note| run.note(note.clone()));
        run.carry_out(sha256)
    })
}

/// Results of a model on one split.
struct Judged {
    widths: Widths,
    validation: Tally,
    test: Tally,
}

/// A subset of all splits combined.
fn together(judged: &[Judged], part: impl Fn(&Judged) -> &Tally) -> Tally {
    let mut all = Tally::default();
    judged.iter().for_each(|one| all.join(part(one)));
    all
}

impl Context<'_> {
    fn carry_out(&self, sha256: String) -> Result<ForecastOutcome> {
        let cuts = cuts(self.panel, self.forecast, self.experiment.split.fractions)?;
        let season = match self.forecast.season {
            0 => self.panel.clock.frequency.season(self.panel.clock.dates),
            season => season,
        };
        let frame = self.frame(&cuts[0], season);
        cuts.iter().try_for_each(|cut| cut.check(self.panel, &frame))?;
        self.untested(&cuts, &frame);
        if season > cuts.iter().flat_map(|cut| &cut.ends).map(|ends| ends[0]).max().unwrap_or(0) {
            self.note(format!("a season of {season} steps is longer than the training: it is ignored"));
        }
        let folds: Vec<Fold<'_>> = cuts.iter().map(|cut| self.fold(cut, &frame, season)).collect();
        // Of several splits the first: its validation steps lie before every test.
        let earliest = folds.first().ok_or(Error::Fault { what: "the series were split into no folds" })?;
        if self.experiment.compare.len() > 1 && earliest.origins[0].is_empty() {
            return Err(Error::Setting {
                message: "models are compared on validation steps, and there are none".into(),
                place: "split.fractions".into(),
                hint: "leave some, such as [0.8, 0.1, 0.1]".into(),
            });
        }
        let frame = self.channels(frame, earliest)?;
        let block = self.forecast.horizon.max(season);
        let names = &self.targets.names;
        let seed = self.experiment.seed;

        let (mut scores, mut validation) = (Vec::new(), Vec::new());
        for (title, models) in self.baselines(&folds, &frame, season)? {
            let judged = self.judged(&folds, &models);
            scores.push(together(&judged, |one| &one.test).scores(&title, names, block, seed));
            validation.push(together(&judged, |one| &one.validation).scores(&title, names, block, seed));
        }
        let kinds = match &self.experiment.compare[..] {
            [] => std::slice::from_ref(&self.experiment.model),
            kinds => kinds,
        };
        let (mut best, first) = (None, scores.len());
        for (at, kind) in kinds.iter().enumerate() {
            if kinds.len() > 1 {
                (self.options.watch)(Event::Baseline(kind.name()));
            }
            let candidate = self.train(kind, at, &frame, &folds)?;
            let judged = self.judged(&folds, &candidate.models);
            let own = together(&judged, |one| &one.validation).scores(&title_of(kind), names, block, seed);
            let value = own.scaled_mse;
            validation.push(own);
            scores.push(together(&judged, |one| &one.test).scores(&title_of(kind), names, block, seed));
            if best.as_ref().is_none_or(|(lowest, ..): &(f64, usize, Candidate<'_>, Vec<Judged>)| value < *lowest) {
                best = Some((value, at, candidate, judged));
            }
        }
        let (_, kept, chosen, judged) = best.ok_or(Error::Fault { what: "no model was trained" })?;
        // The selected model is last.
        for list in [&mut scores, &mut validation] {
            let own: ForecastScores = list.remove(first + kept);
            list.push(own);
        }
        self.finish(sha256, (&folds, &frame, season), (scores, validation), (chosen, judged))
    }

    /// Series that are too short to be tested.
    fn untested(&self, cuts: &[Cut], frame: &Frame) {
        let origins = cuts.iter().flat_map(|cut| cut.origins(frame, Span::Test, 1));
        let tested: HashSet<usize> = origins.map(|origin| origin.track).collect();
        let untested = |at: &usize| !tested.contains(at);
        let short: Vec<String> =
            (0..self.panel.tracks.len()).filter(untested).map(|at| self.panel.tracks[at].name()).collect();
        if let Some(first) = short.first() {
            let n = short.len();
            self.note(format!(
                "{n} of {} series {} too short for a test with a horizon of {} steps, for example {first}",
                self.panel.tracks.len(),
                if n == 1 { "is" } else { "are" },
                frame.horizon
            ));
        }
    }

    /// Whether targets are joint in a window: as set, or whichever is better for the linear model.
    fn channels(&self, frame: Frame, fold: &Fold<'_>) -> Result<Frame> {
        let with = |shared: bool| Frame { shared, ..frame.clone() };
        match self.forecast.channels {
            _ if frame.columns.targets == 1 => return Ok(with(false)),
            Channels::Joint => return Ok(with(false)),
            Channels::Shared => return Ok(with(true)),
            Channels::Auto => {}
        }
        if with(false).inputs() > MOST_LINEAR || fold.origins[0].is_empty() {
            return Ok(with(true));
        }
        let kind = ModelKind::Ridge(Ridge::default());
        let error = |frame: &Frame| -> Result<f64> {
            let model =
                Forecasting::Models(vec![self.train_one(&kind, frame, fold, Saved { seed: 0, checkpoint: None })?]);
            let none = Widths(vec![0.0; frame.horizon * frame.columns.targets]);
            let tally = fold.judge.tally(&model, &none, &fold.origins[0]);
            Ok(tally.scores("", &self.targets.names, usize::MAX, 0).scaled_mse)
        };
        let (shared, joint) = (error(&with(true))?, error(&with(false))?);
        let word = if shared <= joint { "each by itself" } else { "together" };
        self.note(format!(
            "the targets are predicted {word}: on the validation steps the linear model has a scaled error of {shared:.4} by \
             itself and of {joint:.4} together"
        ));
        Ok(with(shared <= joint))
    }

    /// The baselines: naive forecasts, and the linear model on the window.
    fn baselines(&self, folds: &[Fold<'_>], frame: &Frame, season: usize) -> Result<Vec<(String, Vec<Forecasting>)>> {
        if !self.experiment.baselines {
            return Ok(Vec::new());
        }
        let mut rules: Vec<fn(usize) -> Forecasting> = vec![|_| Forecasting::Naive];
        if season > 1 {
            rules.push(Forecasting::SeasonalNaive);
        }
        rules.push(|_| Forecasting::Drift);
        let mut all: Vec<(String, Vec<Forecasting>)> = rules
            .into_iter()
            .map(|rule| (rule(season).title().unwrap_or_default(), folds.iter().map(|_| rule(season)).collect()))
            .collect();
        let mut kinds = vec![&self.experiment.model];
        kinds.extend(&self.experiment.compare);
        let is_model = kinds.iter().any(|kind| linear(kind).is_some());
        if frame.inputs() > MOST_LINEAR {
            self.note(format!("the linear model is left out: a window has {} numbers", frame.inputs()));
        } else if !is_model {
            (self.options.watch)(Event::Baseline("linear"));
            let kind = ModelKind::Ridge(Ridge::default());
            let saved = Saved { seed: 0, checkpoint: None };
            let fit = |fold| Ok(Forecasting::Models(vec![self.train_one(&kind, frame, fold, saved)?]));
            all.push(("linear".into(), folds.iter().map(fit).collect::<Result<_>>()?));
        }
        Ok(all)
    }

    /// Errors on the validation and on the test steps of each split.
    fn judged(&self, folds: &[Fold<'_>], models: &[Forecasting]) -> Vec<Judged> {
        let one = |(fold, model): (&Fold<'_>, &Forecasting)| {
            let widths = fold.judge.widths(model, &fold.origins[0]);
            let [validation, test] = [0, 1].map(|part| fold.judge.tally(model, &widths, &fold.origins[part]));
            Judged { widths, validation, test }
        };
        folds.iter().zip(models).map(one).collect()
    }

    fn finish(
        &self,
        sha256: String,
        (folds, frame, season): (&[Fold<'_>], &Frame, usize),
        (scores, validation_scores): (Vec<ForecastScores>, Vec<ForecastScores>),
        (mut chosen, mut judged): (Candidate<'_>, Vec<Judged>),
    ) -> Result<ForecastOutcome> {
        let mut experiment = Experiment { model: chosen.kind.clone(), ..self.experiment.clone() };
        experiment.compare.clear();
        let alone = |one: &Judged| one.test.scores(&title_of(chosen.kind), &self.targets.names, usize::MAX, 0);
        let fold_scores = judged.iter().map(alone).collect();
        let shown: Vec<Shown> = folds
            .iter()
            .zip(&chosen.models)
            .zip(&judged)
            .enumerate()
            .flat_map(|(at, ((fold, model), one))| shown(at, &fold.judge, model, &one.widths, &fold.origins[1]))
            .collect();
        let widths = judged.pop().map(|last| last.widths).unwrap_or_default();
        if widths.0.iter().any(|width| width.is_infinite()) {
            let level = self.experiment.uncertainty.level;
            let found = folds.iter().map(|fold| fold.origins[0].len()).min().unwrap_or(0);
            let needed = (level / (1.0 - level) - 1e-9).ceil();
            self.note(format!(
                "intervals of {:.0} % need {needed} validation windows, there are {found}: they are infinite (give more data, \
                 a larger fraction in `split.fractions`, or a lower `uncertainty.level`)",
                100.0 * level
            ));
        }
        let cut = folds.last().map(|fold| fold.cut.clone());
        let parts = match chosen.models.pop() {
            Some(Forecasting::Models(parts)) => parts,
            _ => Vec::new(),
        };
        let scales = folds.last().map(|fold| fold.judge.scales.clone()).unwrap_or_default();
        let model = Forecaster {
            experiment,
            targets: self.targets.clone(),
            data_sha256: sha256,
            season,
            frame: frame.clone(),
            model: Forecasting::Models(parts),
            widths,
            scales,
            ends: self.panel.ends(frame.window),
        };
        let next = match self.panel.check_ahead(self.forecast) {
            Ok(()) => Some(model.forecast_panel(self.panel)),
            Err(error) => {
                self.note(format!("the steps after the end are not predicted: {}", first_line(&error)));
                None
            }
        };
        Ok(ForecastOutcome {
            history: outcome::history(self.panel, &self.targets.names),
            model,
            scores,
            validation_scores,
            fold_scores,
            shown,
            next,
            cut: cut.map(|cut| cut.ends).unwrap_or_default(),
            histories: chosen.histories,
            notes: locked(&self.notes).clone(),
        })
    }
}
