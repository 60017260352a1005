//! Trials of a tuning: settings on the same rows, evaluated only on validation rows.

use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex};

use chem::MoleculeFeatures;
use data::Fold;
use evaluation::scores::first_figure;
use inputs::choose::choose_columns;
use inputs::source::Source;
use inputs::target::TargetInfo;
use learn::fitted::PartModel;
use learn::session::{Event, Options, locked};
use learn::trainings::member_seed;
use nn::Control;
use rayon::prelude::*;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use tensor::Device;

use crate::context::Context;
use crate::folds::{self, FoldData};
use crate::judge;
use crate::train::UnitSettings;

/// Context shared by all trials: the table, read once, and its splits without their test rows.
pub struct Ground {
    source: Arc<Source>,
    columns: Vec<String>,
    folds: Vec<Fold>,
    /// The table with other features of its molecules, as trials have asked for them.
    others: Mutex<Vec<(MoleculeFeatures, Arc<Source>)>>,
    features: MoleculeFeatures,
    /// Name of the figure, and whether larger is better.
    pub figure: (&'static str, bool),
    /// Notes about the data.
    pub notes: Vec<String>,
}

/// Result of a trial.
pub struct Tried {
    /// RMSE or accuracy of the first target on the validation rows.
    pub value: f64,
    /// The epoch after which it was stopped; its value is then that of its first training.
    pub stopped: Option<usize>,
}

impl Ground {
    /// Reads the table of an experiment and splits it.
    ///
    /// # Errors
    /// As for a run, and if the split leaves no validation rows.
    pub fn new(experiment: &Experiment) -> Result<Self> {
        if experiment.forecast.is_some() {
            return Err(Error::Setting {
                message: "a tuning is for models of tables, and this experiment forecasts time series".into(),
                place: "forecast".into(),
                hint: "list models with their settings under `compare`: the best on the validation steps is selected"
                    .into(),
            });
        }
        let options = Options::default();
        let run = Context { experiment, options: &options, notes: Mutex::default() };
        let mut source = Source::read(experiment)?;
        let (info, values) = TargetInfo::find(&source.table, experiment)?;
        let (columns, _) = choose_columns(&source, experiment)?;
        let mut folds = folds::folds(&run, &mut source, &info, &values, &columns)?;
        folds.iter_mut().for_each(|fold| fold.test.clear());
        if folds.iter().any(|fold| fold.validation.is_empty()) {
            return Err(Error::Setting {
                message: "a trial is evaluated on validation rows, and the split leaves none".into(),
                place: "split".into(),
                hint: "leave some with `--set split.fractions=[0.8,0.1,0.1]`".into(),
            });
        }
        let figure = match info.task {
            spec::task::Task::Regression => ("RMSE", false),
            spec::task::Task::Classification => ("accuracy", true),
        };
        let notes = run.notes.into_inner().unwrap_or_default();
        let (features, others) = (experiment.molecules.clone(), Mutex::default());
        Ok(Ground { source: Arc::new(source), columns, folds, others, features, figure, notes })
    }

    /// The data's hash.
    pub fn sha256(&self) -> &str {
        &self.source.sha256
    }

    /// Trains the model of an experiment on all folds and evaluates it. `follow` receives the best validation loss of the first
    /// training after each epoch, and may end the trial; `interrupted` ends it without a value.
    ///
    /// # Errors
    /// Errors of a training.
    pub fn try_out(
        &self,
        experiment: &Experiment,
        follow: &(dyn Fn(usize, usize, f64) -> Control + Sync),
        interrupted: &(dyn Fn() -> bool + Sync),
    ) -> Result<Tried> {
        let options = Options { threads: 0, checkpoints: None, watch: &|_: Event<'_>| Control::Continue };
        let run = Context { experiment, options: &options, notes: Mutex::default() };
        let source = self.source(experiment)?;
        let (info, values) = TargetInfo::find(&source.table, experiment)?;
        let fold = |fold| FoldData::new(&run, (&source, &values), None, &info, &self.columns, fold);
        let data = self.folds.iter().map(fold).collect::<Result<Vec<_>>>()?;
        let members = experiment.model.members();
        let units: Vec<(usize, usize)> =
            (0..data.len()).flat_map(|fold| (0..members.len()).map(move |member| (fold, member))).collect();
        let (stopped, stop) = (Mutex::new(None), AtomicBool::new(false));
        let one = |at: usize| {
            let ((fold, member), alone) = (units[at], units.len() == 1);
            let (kind, number, resample) = members[member];
            let settings = UnitSettings { seed: member_seed(experiment.seed, number), resample, checkpoint: None };
            let device = Device::cpu(if alone { rayon::current_num_threads() } else { 1 });
            let mut best = f64::INFINITY;
            run.train_part(kind, &data[fold], settings, &device, &mut |progress| {
                if interrupted() || (at > 0 && stop.load(Relaxed)) {
                    return Control::Interrupt;
                }
                let Some(loss) = progress.record.validation_loss.filter(|_| at == 0) else { return Control::Continue };
                best = best.min(loss);
                let control = follow(progress.epoch, progress.epochs, best);
                if control == Control::Finish {
                    stop.store(true, Relaxed);
                    *locked(&stopped) = Some(progress.epoch);
                }
                control
            })
            .map(|(part, _)| part)
        };
        let mut trained: Vec<Result<PartModel>> = (0..units.len()).into_par_iter().map(one).collect();
        let stopped = stopped.into_inner().unwrap_or_default();
        let (kind, judged) = if stopped.is_some() {
            // The first training alone decides, so that it does not matter how far the others came meanwhile.
            trained.truncate(1);
            (members[0].0, &data[..1])
        } else {
            (&experiment.model, &data[..])
        };
        let mut parts: Vec<Vec<PartModel>> = judged.iter().map(|_| Vec::new()).collect();
        for ((fold, _), part) in units.into_iter().zip(trained) {
            parts[fold].push(part?);
        }
        let mut judge = judge::Judge::new(experiment, &info);
        let predictions = judge.predict_all(kind, judged, &parts)?;
        judge.add(experiment.model.name(), &predictions);
        let (_, validation) = judge.finish();
        let value = validation.first().and_then(first_figure).map_or(f64::NAN, |(_, value, _)| value);
        Ok(Tried { value, stopped })
    }

    /// The table with the features that an experiment asks for.
    fn source(&self, experiment: &Experiment) -> Result<Arc<Source>> {
        if experiment.molecules == self.features {
            return Ok(self.source.clone());
        }
        let mut others = locked(&self.others);
        if let Some((_, source)) = others.iter().find(|(features, _)| *features == experiment.molecules) {
            return Ok(source.clone());
        }
        let (table, sha256) = (self.source.table.clone(), self.source.sha256.clone());
        let source = Arc::new(Source::new(table, sha256, &experiment.data, &experiment.molecules)?);
        others.push((experiment.molecules.clone(), source.clone()));
        Ok(source)
    }
}
