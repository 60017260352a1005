//! Carries out an experiment with forecasts: reads, cuts, trains, judges.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

use data::{Scaler, Table};
use nn::Control;
use nn::models::Ridge;
use rayon::prelude::*;
use tensor::Device;

use super::cuts::{Cut, Span, cuts};
use super::fit::{FittedWindows, Parts, Task};
use super::forecaster::{Forecaster, TargetColumns};
use super::judge::{ForecastScores, Judge, Tally, Widths};
use super::outcome::{ForecastOutcome, Shown, shown};
use super::panel::Panel;
use super::predict::{Forecasting, Part};
use super::spec::{Channels, Forecast};
use super::windows::{Frame, Origin, Scaled, Windows};
use crate::checkpoint;
use crate::error::{Error, Result};
use crate::experiment::Experiment;
use crate::registry::ModelKind;
use crate::run::{Event, History, Options, locked, member_seed, pool};
use crate::source::read_table;
use crate::unit::Saved;

/// Windows of the validation steps by which a training stops; more would not make the choice better.
const MOST_VALIDATION: usize = 4000;
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
        let run = Run { experiment, forecast: &forecast, options, panel: &panel, targets, device, notes };
        panel.notes.iter().for_each(|note| run.note(note.clone()));
        run.carry_out(sha256)
    })
}

/// Refuses settings that have no meaning for forecasts.
fn check(experiment: &Experiment, forecast: &Forecast) -> Result<()> {
    forecast.check(&experiment.data.target)?;
    let wrong = |what: &str, place: &str, hint: &str| {
        let message = format!("{what}, which forecasts do not know");
        Err(Error::Setting { message, place: place.into(), hint: hint.into() })
    };
    let data = &experiment.data;
    if !data.features.is_empty() {
        return wrong("features are named", "data.features", "name them under `--past` or `--future`");
    }
    if data.smiles.is_some() {
        return wrong("molecules are named", "data.smiles", "leave them out, or leave out `forecast`");
    }
    if data.test.is_some() {
        return wrong("a table for the test is named", "data.test", "test it afterwards with `gedanken evaluate`");
    }
    if data.weights.is_some() {
        return wrong("weights are named", "data.weights", "leave them out");
    }
    if !experiment.curves.is_empty() {
        return wrong("curves are asked for", "curves", "leave them out");
    }
    if experiment.scale.log_targets {
        return wrong(
            "logarithms of the targets are asked for",
            "scale.log_targets",
            "write the logarithm into a column and predict that",
        );
    }
    let mut kinds = vec![&experiment.model];
    kinds.extend(&experiment.compare);
    for kind in kinds {
        let (single, ..) = kind.members()[0];
        if !matches!(single, ModelKind::Ridge(_)) {
            // Of any size: only the kind is looked at.
            let columns = super::panel::Columns { targets: 1, past: 0, future: 0 };
            let frame =
                Frame { window: 0, horizon: 1, columns, shared: false, normalise: super::spec::Normalise::None };
            Parts::of(single, &frame)?;
        }
    }
    Ok(())
}

struct Run<'a> {
    experiment: &'a Experiment,
    forecast: &'a Forecast,
    options: &'a Options<'a>,
    panel: &'a Panel,
    targets: TargetColumns,
    device: Device,
    notes: Mutex<Vec<String>>,
}

/// What belongs to one cut of the series.
struct Fold<'a> {
    cut: &'a Cut,
    scaler: Scaler,
    judge: Judge<'a>,
    /// All origins of the validation and of the test.
    origins: [Vec<Origin>; 2],
}

/// A model that was trained on all cuts.
struct Candidate<'a> {
    kind: &'a ModelKind,
    models: Vec<Forecasting>,
    histories: Vec<History>,
}

impl Run<'_> {
    fn carry_out(&self, sha256: String) -> Result<ForecastOutcome> {
        let cuts = cuts(self.panel, self.forecast, self.experiment.split.fractions)?;
        let season = match self.forecast.season {
            0 => self.panel.clock.frequency.season(self.panel.clock.dates),
            season => season,
        };
        let frame = self.frame(&cuts[0], season);
        cuts.iter().try_for_each(|cut| cut.check(self.panel, &frame))?;
        let folds: Vec<Fold<'_>> = cuts.iter().map(|cut| self.fold(cut, &frame, season)).collect();
        let last = folds.last().ok_or(Error::Interrupted { at: None })?;
        let frame = self.channels(frame, last)?;
        let block = self.forecast.horizon.max(season);
        let names = &self.targets.names;
        let seed = self.experiment.seed;

        let (mut scores, mut validation) = (Vec::new(), Vec::new());
        for (title, models) in self.baselines(&folds, &frame, season)? {
            let judged = self.judged(&folds, &models);
            scores.push(judged.1.scores(&title, names, block, seed));
            validation.push(judged.0.scores(&title, names, block, seed));
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
            let (on_validation, on_test) = self.judged(&folds, &candidate.models);
            let own = on_validation.scores(&kind.title(), names, block, seed);
            let value = own.scaled_mse;
            validation.push(own);
            scores.push(on_test.scores(&kind.title(), names, block, seed));
            if best.as_ref().is_none_or(|(lowest, _, _): &(f64, usize, Candidate<'_>)| value < *lowest) {
                best = Some((value, at, candidate));
            }
        }
        let (_, kept, chosen) = best.ok_or(Error::Interrupted { at: None })?;
        // The model that is kept stands last.
        for list in [&mut scores, &mut validation] {
            let own: ForecastScores = list.remove(first + kept);
            list.push(own);
        }
        self.finish(sha256, (&folds, &frame, season), (scores, validation), chosen)
    }

    /// What a model sees, before it is known whether targets stand together.
    fn frame(&self, cut: &Cut, season: usize) -> Frame {
        let training = (0..self.panel.tracks.len()).map(|track| cut.range(track, Span::Training)[1]).max().unwrap_or(0);
        let suited = (2 * self.forecast.horizon.max(season)).max(8).min((training / 3).max(1));
        let window = if self.forecast.window == 0 { suited } else { self.forecast.window };
        let Forecast { horizon, normalise, .. } = *self.forecast;
        Frame { window, horizon, columns: self.panel.layout, shared: false, normalise }
    }

    fn fold<'f>(&'f self, cut: &'f Cut, frame: &Frame, season: usize) -> Fold<'f> {
        let columns = self.panel.layout;
        let mut scaler = Scaler { kind: self.experiment.scale.targets, center: Vec::new(), scale: Vec::new() };
        let mut deviations = Vec::new();
        for column in 0..columns.all() {
            let known = self.panel.tracks.iter().enumerate().flat_map(|(at, track)| {
                let [from, to] = cut.range(at, Span::Training);
                (from..to).map(move |step| track.row(step, columns)[column])
            });
            let known: Vec<f64> = known.collect();
            let scale = &self.experiment.scale;
            let is_target = column < columns.targets;
            let own = Scaler::fit(&known, 1, if is_target { scale.targets } else { scale.inputs });
            if is_target {
                deviations.extend(Scaler::fit(&known, 1, data::Scaling::Standard).scale);
            }
            scaler.center.extend(own.center);
            scaler.scale.extend(own.scale);
        }
        let scale = |track: usize, target: usize| {
            let end = cut.range(track, Span::Training)[1];
            let value = |step: usize| self.panel.tracks[track].row(step, columns)[target];
            let errors = (season..end).map(|step| (value(step) - value(step - season)).abs());
            errors.sum::<f64>() / end.saturating_sub(season) as f64
        };
        let scales = (0..self.panel.tracks.len()).map(|track| (0..columns.targets).map(|k| scale(track, k)).collect());
        let judge = Judge {
            panel: self.panel,
            horizon: frame.horizon,
            level: self.experiment.uncertainty.level,
            deviations,
            scales: scales.collect(),
            device: &self.device,
        };
        let origins = [Span::Validation, Span::Test].map(|span| cut.origins(frame, span, 1));
        Fold { cut, scaler, judge, origins }
    }

    /// Whether targets stand together in a window: as was said, or as the linear model finds better.
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

    fn windows<'w>(&'w self, frame: &'w Frame, fold: &'w Fold<'_>, span: Span) -> Windows<'w> {
        let stride = match span {
            Span::Training => self.forecast.stride,
            _ => fold.origins[0].len().div_ceil(MOST_VALIDATION).max(1),
        };
        let of = Scaled { panel: self.panel, scaler: &fold.scaler };
        Windows { frame, of, origins: fold.cut.origins(frame, span, stride) }
    }

    fn train_one(&self, kind: &ModelKind, frame: &Frame, fold: &Fold<'_>, saved: Saved<'_>) -> Result<Part> {
        self.train_part(kind, frame, fold, (saved, false), &self.device, &mut |_| Control::Continue)
            .map(|(part, _)| part)
    }

    fn train_part(
        &self,
        kind: &ModelKind,
        frame: &Frame,
        fold: &Fold<'_>,
        (saved, resample): (Saved<'_>, bool),
        device: &Device,
        watch: &mut dyn FnMut(&nn::Progress) -> Control,
    ) -> Result<(Part, History)> {
        let mut train = self.windows(frame, fold, Span::Training);
        if resample {
            let mut random = tensor::random::Key::new(saved.seed, "bagging").random();
            let n = train.origins.len();
            train.origins = (0..n).map(|_| train.origins[random.below(n)]).collect();
        }
        let validation = Some(self.windows(frame, fold, Span::Validation)).filter(|rows| !rows.origins.is_empty());
        let task = Task { kind, experiment: self.experiment, train, validation, saved };
        let (fitted, history) = task.fit(device, watch)?;
        Ok((Part { frame: frame.clone(), scaler: fold.scaler.clone(), fitted }, history))
    }

    /// What a model must beat: rules of thumb, and the linear model on the window.
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
        let is_model = kinds.iter().any(|kind| matches!(kind, ModelKind::Ridge(_)));
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

    /// Trains all members on all cuts; several at once, one on each thread.
    fn train<'k>(
        &self,
        kind: &'k ModelKind,
        number: usize,
        frame: &Frame,
        folds: &[Fold<'_>],
    ) -> Result<Candidate<'k>> {
        let members = kind.members();
        let units: Vec<(usize, usize)> =
            (0..folds.len()).flat_map(|fold| (0..members.len()).map(move |member| (fold, member))).collect();
        (self.options.watch)(Event::Trainings(units.len()));
        let stop = AtomicBool::new(false);
        let fit = |at: usize| {
            let (fold, member) = units[at];
            let (kind, which, resample) = members[member];
            let device = if units.len() > 1 { Device::cpu(1) } else { self.device.clone() };
            let name = if number == 0 { at.to_string() } else { format!("{number}_{at}") };
            let file = self.options.checkpoints.map(|folder| folder.join(format!("training_{name}.safetensors")));
            let saved = Saved { seed: member_seed(self.experiment.seed, which), checkpoint: file.as_deref() };
            let trained = self.train_part(kind, frame, &folds[fold], (saved, resample), &device, &mut |progress| {
                let control = (self.options.watch)(Event::Epoch { unit: at, progress: *progress });
                if control == Control::Interrupt {
                    stop.store(true, Relaxed);
                }
                if stop.load(Relaxed) { Control::Interrupt } else { control }
            });
            (self.options.watch)(Event::Trained(at));
            trained
        };
        let trained: Vec<_> = (0..units.len()).into_par_iter().map(fit).collect();
        let mut parts: Vec<Vec<Part>> = folds.iter().map(|_| Vec::new()).collect();
        let mut histories = Vec::new();
        for ((fold, _), trained) in units.into_iter().zip(trained) {
            let (part, history) = trained?;
            parts[fold].push(part);
            histories.push(history);
        }
        Ok(Candidate { kind, models: parts.into_iter().map(Forecasting::Models).collect(), histories })
    }

    /// Errors on the validation and on the test steps of all cuts.
    fn judged(&self, folds: &[Fold<'_>], models: &[Forecasting]) -> (Tally, Tally) {
        let mut all = (Tally::default(), Tally::default());
        for (fold, model) in folds.iter().zip(models) {
            let widths = fold.judge.widths(model, &fold.origins[0]);
            all.0.join(fold.judge.tally(model, &widths, &fold.origins[0]));
            all.1.join(fold.judge.tally(model, &widths, &fold.origins[1]));
        }
        all
    }

    fn finish(
        &self,
        sha256: String,
        (folds, frame, season): (&[Fold<'_>], &Frame, usize),
        (scores, validation_scores): (Vec<ForecastScores>, Vec<ForecastScores>),
        mut chosen: Candidate<'_>,
    ) -> Result<ForecastOutcome> {
        let mut experiment = Experiment { model: chosen.kind.clone(), ..self.experiment.clone() };
        experiment.compare.clear();
        let by_fold = folds.iter().zip(&chosen.models).map(|(fold, model)| {
            let widths = fold.judge.widths(model, &fold.origins[0]);
            let tally = fold.judge.tally(model, &widths, &fold.origins[1]);
            (tally.scores(&chosen.kind.title(), &self.targets.names, usize::MAX, 0), widths)
        });
        let (fold_scores, mut widths): (Vec<ForecastScores>, Vec<Widths>) = by_fold.unzip();
        let shown: Vec<Shown> = folds
            .iter()
            .zip(&chosen.models)
            .zip(&widths)
            .enumerate()
            .flat_map(|(at, ((fold, model), widths))| shown(at, &fold.judge, model, widths, &fold.origins[1]))
            .collect();
        let widths = widths.pop().unwrap_or_default();
        if widths.0.iter().any(|width| width.is_infinite()) {
            self.note("intervals are infinite: there are too few validation windows for this level".into());
        }
        let cut = folds.last().map(|fold| fold.cut.clone());
        let parts = match chosen.models.pop() {
            Some(Forecasting::Models(parts)) => parts,
            _ => Vec::new(),
        };
        let model = Forecaster::new(experiment, self.targets.clone(), sha256, self.panel, frame, season, parts, widths);
        let next = match self.panel.check_ahead(self.forecast) {
            Ok(()) => Some(model.forecast_panel(self.panel)),
            Err(error) => {
                self.note(format!("the steps behind the end are not predicted: {}", first_line(&error)));
                None
            }
        };
        Ok(ForecastOutcome {
            history: super::outcome::history(self.panel, &self.targets.names),
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

    fn note(&self, note: String) {
        let mut notes = locked(&self.notes);
        if !notes.contains(&note) {
            (self.options.watch)(Event::Note(&note));
            notes.push(note);
        }
    }
}

fn first_line(error: &Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}

impl FittedWindows {
    /// How many parameters it has.
    pub fn n_parameters(&self) -> usize {
        match self {
            FittedWindows::Network(network, _) => network.layout.n_parameters(),
            FittedWindows::Linear(linear) => linear.weights.len() + linear.intercepts.len(),
        }
    }
}
