//! Carries out an experiment: reads, splits, trains, evaluates.

use std::sync::Mutex;

use data::{Fold, Table};
use evaluation::compare::Comparison;
use evaluation::curves::measured::CurveReport;
use evaluation::intervals;
use evaluation::intervals::measured::Measured;
use evaluation::predictions::Part;
use evaluation::worst::worst_rows;
use inputs::choose::choose_columns;
use inputs::images::decided;
use inputs::source::Source;
use inputs::target::TargetInfo;
use learn::checkpoint;
use learn::fitted::PartModel;
use learn::session::{Event, Options, pool};
use rayon::prelude::*;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::model::ModelKind;

use crate::choose::{self, Candidate};
use crate::context::Context;
use crate::curves::plan::Plan;
use crate::folds::{self, FoldData};
use crate::model::Model;
use crate::outcome::Outcome;
use crate::{judge, notes, views};

/// Carries out an experiment on its own threads.
pub fn run(experiment: &Experiment, options: &Options<'_>) -> Result<Outcome> {
    run_on(experiment, options, || Source::read(experiment))
}

/// Carries out an experiment on a table in memory instead of the one that its `data` names.
pub fn run_table(experiment: &Experiment, table: Table, options: &Options<'_>) -> Result<Outcome> {
    let sha256 = data::hash::of_table(&table);
    run_on(experiment, options, || Source::new(table, sha256, &experiment.data, &experiment.molecules))
}

impl Model {
    /// Carries out the experiment and keeps the model.
    pub fn fit(experiment: &Experiment, options: &Options<'_>) -> Result<Self> {
        Ok(run(experiment, options)?.model)
    }
}

fn run_on(
    experiment: &Experiment,
    options: &Options<'_>,
    read: impl FnOnce() -> Result<Source> + Send,
) -> Result<Outcome> {
    if experiment.forecast.is_some() {
        return Err(Error::Setting {
            message: "this experiment forecasts time series, not rows of a table".into(),
            place: "forecast".into(),
            hint: "carry it out with `run_forecast`, or leave `forecast` out".into(),
        });
    }
    let pool = pool(options.threads)?;
    spec::curve::check::check(experiment)?;
    pool.install(|| {
        (options.watch)(Event::Reading);
        Context { experiment, options, notes: Mutex::default() }.carry_out(read()?)
    })
}

impl Context<'_> {
    fn carry_out(&self, mut source: Source) -> Result<Outcome> {
        let test = Source::read_test(self.experiment)?;
        notes::reading(self, &source);
        if let Some(folder) = self.options.checkpoints {
            checkpoint::same_data(folder, &source.sha256)?;
        }
        self.experiment.models().try_for_each(|kind| views::check(kind, &source, &self.experiment.data))?;
        let (info, values) = TargetInfo::find(&source.table, self.experiment)?;
        notes::two_values(self, &info, &values);
        let (columns, dropped) = choose_columns(&source, self.experiment)?;
        dropped.into_iter().for_each(|note| self.note(note));
        let folds = folds::folds(self, &mut source, &info, &values, &columns)?;
        folds::leaks(&source, test.as_ref(), &columns, &folds)?.into_iter().for_each(|note| self.note(note));
        let data: Vec<FoldData<'_>> = folds
            .iter()
            .map(|fold| FoldData::new(self, (&source, &values), test.as_ref(), &info, &columns, fold))
            .collect::<Result<_>>()?;
        notes::hogwild(self, &data);
        notes::unweighted(self);
        let candidates = self.candidates(&info, source.n_rows());
        self.check_dropout(&candidates)?;
        choose::check_different(&candidates)?;
        let plan = |curve| Plan::new(curve, self.experiment, (&source, &columns), &folds);
        let plans = self.experiment.curves.iter().map(plan).collect::<Result<Vec<_>>>()?;

        let mut judge = judge::Judge::new(self.experiment, &info);
        self.train_baselines(&self.baselines(&info, &candidates), &mut judge, &data)?;
        let mut trained = self.train_candidates(&candidates, &mut judge, &data, &info)?;
        let (kept, comparison) = self.choose(&judge, &trained, &data);
        let chosen = trained.swap_remove(kept);
        judge.put_last(candidates.len(), kept);
        let curves = plans.iter().map(|plan| self.curve(plan, chosen.kind)).collect::<Result<Vec<_>>>()?;
        self.finish((&source, &info, &folds), &data, judge, chosen, (comparison, curves))
    }

    /// Trains and evaluates the baselines.
    fn train_baselines(&self, kinds: &[ModelKind], judge: &mut judge::Judge<'_>, data: &[FoldData<'_>]) -> Result<()> {
        for kind in kinds {
            (self.options.watch)(Event::Baseline(kind.name()));
            let trained = data.par_iter().map(|fold| self.train_baseline(kind, fold)).collect::<Result<Vec<_>>>()?;
            let parts: Vec<Vec<PartModel>> = trained.into_iter().map(|part| vec![part]).collect();
            judge.add(&kind.title(), &judge.predict_all(kind, data, &parts)?);
        }
        Ok(())
    }

    /// Trains and evaluates the models that the user asks for.
    fn train_candidates<'k>(
        &self,
        candidates: &'k [ModelKind],
        judge: &mut judge::Judge<'_>,
        data: &[FoldData<'_>],
        info: &TargetInfo,
    ) -> Result<Vec<Candidate<'k>>> {
        let mut trained = Vec::new();
        for (at, kind) in candidates.iter().enumerate() {
            if candidates.len() > 1 {
                (self.options.watch)(Event::Baseline(kind.name()));
            }
            let (parts, histories) = self.train_members(kind, at, data, &trained)?;
            let mut predictions = judge.predict_all(kind, data, &parts)?;
            let tempered = self.temper(kind, info, &mut predictions);
            judge.add(&kind.title(), &predictions);
            let fold_scores = judge.by_fold(&predictions);
            trained.push(Candidate { kind, parts, histories, fold_scores, predictions, tempered });
        }
        Ok(trained)
    }

    /// Output of the selected model.
    fn finish(
        &self,
        (source, info, folds): (&Source, &TargetInfo, &[Fold]),
        data: &[FoldData<'_>],
        judge: judge::Judge<'_>,
        chosen: Candidate<'_>,
        (comparison, curves): (Option<Comparison>, Vec<CurveReport>),
    ) -> Result<Outcome> {
        let Candidate { kind, parts, histories, fold_scores, predictions, tempered } = chosen;
        notes::cut_short(self, &histories);
        notes::constant(self, kind, info, &predictions);
        notes::few(self, &predictions);
        notes::unseen_classes(self, info, &predictions);
        let (at_pooled, tempered) = tempered.unzip();
        let saved = at_pooled.as_deref().unwrap_or(&predictions).iter().filter(|p| p.part == Part::Validation);
        let calibrated = intervals::calibrate(info, self.experiment.uncertainty.level, &predictions, saved);
        let (calibration, mut uncertainty) = calibrated.unzip();
        uncertainty.iter_mut().flatten().for_each(|measured: &mut Measured| measured.temperature = tempered);
        let (scores, validation_scores) = judge.finish();
        let (domain, domain_report) = self.domain(source, &parts, data, folds, &predictions, info)?;
        let in_file = |rows: &[usize]| rows.iter().map(|&row| source.rows[row]).collect();
        let named = |fold: &Fold| Fold {
            train: in_file(&fold.train),
            validation: in_file(&fold.validation),
            test: in_file(&fold.test),
        };
        // What was compared and drawn is over; what is left is what this model was trained by.
        let mut experiment = Experiment { model: kind.clone(), ..self.experiment.clone() };
        experiment.compare.clear();
        experiment.curves.clear();
        if let Some(read) = &source.images {
            experiment.data.images = experiment.data.images.map(|images| decided(images, read));
        }
        let mut outcome = Outcome {
            model: Model {
                experiment,
                target: info.clone(),
                data_sha256: source.sha256.clone(),
                train_rows: folds.first().map_or(0, |fold| fold.train.len()),
                parts: parts.into_iter().flatten().collect(),
                calibration,
                temperature: tempered.map(|tempered| tempered.temperature),
                domain,
            },
            scores,
            validation_scores,
            fold_scores,
            predictions,
            comparison,
            curves,
            domain: domain_report,
            uncertainty: uncertainty.unwrap_or_default(),
            histories,
            rows: folds.first().map_or(0, |f| f.train.len() + f.validation.len() + f.test.len()),
            folds: folds.iter().map(named).collect(),
            notes: self.notes.lock().map(|notes| notes.clone()).unwrap_or_default(),
            skipped: source.skipped,
            pictures: Vec::new(),
        };
        let judged = data.first().map_or(source, |fold| fold.judged[1].source);
        if let Some(images) = &judged.images {
            let drawn = |row: usize| Some((row, images.drawn(judged.rows.iter().position(|&own| own == row)?)?));
            outcome.pictures =
                worst_rows(&outcome.model.target, &outcome.predictions).into_iter().filter_map(drawn).collect();
        }
        Ok(outcome)
    }

    /// The baselines; a model that is a baseline itself is not trained twice.
    fn baselines(&self, info: &TargetInfo, candidates: &[ModelKind]) -> Vec<ModelKind> {
        if !self.experiment.baselines {
            return Vec::new();
        }
        let all = ModelKind::baselines(info.task, &self.experiment.data);
        all.into_iter().filter(|kind| candidates.iter().all(|other| kind.name() != other.name())).collect()
    }
}
