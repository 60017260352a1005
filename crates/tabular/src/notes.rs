//! Warnings before and after the training of an experiment.

use std::collections::BTreeSet;

use data::SplitKind;
use evaluation::predictions::{Part, Predictions};
use inputs::source::{Source, first_line};
use inputs::target::{TargetInfo, Values};
use learn::session::History;
use nn::Parallel;
use spec::model::ModelKind;
use spec::task::Task;

use crate::context::Context;
use crate::folds::FoldData;

/// The largest share of inputs that are not zero at which threads seldom meet; on denser ones a step touches all weights.
const HOGWILD_PAYS_BELOW: f64 = 0.1;

/// Rows that are left out and named.
const MOST_NAMED: usize = 5;

/// Decisions of the reader, and rows that could not be read.
pub fn reading(run: &Context<'_>, source: &Source) {
    source.table.notes.iter().for_each(|note| run.note(note.clone()));
    if source.skipped > 0 {
        run.note(format!(
            "{} of {} rows are left out: their {} cannot be read",
            source.skipped,
            source.skipped + source.n_rows(),
            run.experiment.data.read_from()
        ));
    }
    // Each names its file.
    let skipped = source.images.iter().flat_map(|pictures| pictures.skipped());
    skipped.take(MOST_NAMED).for_each(|skipped| run.note(format!("left out: {}", first_line(&skipped.reason))));
}

/// Hogwild! gives up the same bits, and pays only where most inputs are zero.
pub(super) fn hogwild(run: &Context<'_>, data: &[FoldData<'_>]) {
    let (Parallel::Hogwild, Some(fold)) = (run.experiment.train.parallel, data.first()) else { return };
    run.note("`train.parallel = \"hogwild\"`: the result differs a little from run to run".into());
    let share = fold.columns().train.x.iter().filter(|x| **x != 0.0).count() as f64
        / fold.columns().train.x.len().max(1) as f64;
    if share > HOGWILD_PAYS_BELOW {
        run.note(format!(
            "Hogwild! does not pay here: {:.0} % of the scaled inputs are not zero, so every step touches nearly all \
             weights (inputs that are counts stay sparse with `scale.inputs = \"none\"`)",
            100.0 * share
        ));
    }
}

/// A model that predicts the same for all rows has learned nothing from its features.
pub fn constant(run: &Context<'_>, kind: &ModelKind, info: &TargetInfo, predictions: &[Predictions]) {
    let outputs = info.outputs().max(1);
    let even = |p: &Predictions| p.predicted.chunks_exact(outputs).all(|row| row == &p.predicted[..outputs]);
    let rows: usize = predictions.iter().map(|p| p.rows.len()).sum();
    if kind.name() != "mean" && rows > predictions.len() && predictions.iter().all(even) {
        run.note(format!(
            "`{}` predicts the same for every row: it has learned nothing from the features (try a smaller penalty or \
             learning rate, more epochs, or other features)",
            kind.title()
        ));
    }
}

/// Figures of a handful of rows say next to nothing.
pub fn few(run: &Context<'_>, predictions: &[Predictions]) {
    let rows: usize = predictions.iter().filter(|p| p.part == Part::Test).map(|p| p.rows.len()).sum();
    if (1..FEW).contains(&rows) {
        let s = if rows == 1 { "" } else { "s" };
        run.note(format!("{rows} test row{s} cannot tell a good model from a bad one (try `--folds 5`)"));
    }
}

/// Test rows below which a figure is worth nothing.
const FEW: usize = 10;

/// Classes of which a fold has no test row cannot be evaluated there.
pub(super) fn unseen_classes(run: &Context<'_>, info: &TargetInfo, predictions: &[Predictions]) {
    for (class, name) in info.classes.iter().enumerate() {
        let test = predictions.iter().filter(|p| p.part == Part::Test && !p.rows.is_empty());
        let without: Vec<String> = test
            .filter(|p| !p.observed.iter().any(|&y| y as usize == class))
            .map(|p| (p.fold + 1).to_string())
            .collect();
        let hint = match run.experiment.split.kind {
            SplitKind::Stratified => "it has fewer rows than there are folds: leave it out, or join it with another",
            _ => "try `--split stratified`",
        };
        if !without.is_empty() {
            run.note(format!(
                "no test row of fold{} {} is of class `{name}`: it is not evaluated there ({hint})",
                if without.len() > 1 { "s" } else { "" },
                without.join(", ")
            ));
        }
    }
}

/// A training whose best epoch is among the last might have gone on.
pub(super) fn cut_short(run: &Context<'_>, histories: &[History]) {
    let falling = |(records, best): &&History| {
        let (epochs, limit) = (records.len(), run.experiment.train.epochs);
        epochs == limit && best.is_some_and(|best| best as f64 > LATE * limit as f64)
    };
    let n = histories.iter().filter(falling).count();
    if 2 * n > histories.len() {
        let limit = run.experiment.train.epochs;
        run.note(format!(
            "the validation loss was still falling at the last of {limit} epochs: a larger `train.epochs` or \
             `train.optimizer.learning_rate` may do better"
        ));
    }
}

/// The fraction of a training after which its best epoch is late.
const LATE: f64 = 0.95;

/// Trees and Gaussian processes weight all rows equally, whatever their weights.
pub(super) fn unweighted(run: &Context<'_>) {
    if run.experiment.data.weights.is_none() && !run.experiment.data.balance_classes {
        return;
    }
    let candidates = std::iter::once(&run.experiment.model).chain(&run.experiment.compare);
    let kinds: Vec<&ModelKind> = candidates.flat_map(|kind| kind.members()).map(|member| member.0).collect();
    let baselines = ModelKind::baselines(Task::Regression, &run.experiment.data);
    let baselines = baselines.iter().filter(|_| run.experiment.baselines);
    baselines.chain(kinds).filter_map(|kind| kind.spec().ignores_weights()).for_each(|note| run.note(note.into()));
}

/// More classes than that are seldom written as numbers.
const MOST_CODES: usize = 20;

/// Two different numbers are often the codes of two classes, and so are a few whole numbers as targets of images.
pub(super) fn two_values(run: &Context<'_>, info: &TargetInfo, values: &Values) {
    let (Values::Numbers(values), None::<Task>) = (values, run.experiment.data.task) else { return };
    for (at, name) in info.names.iter().enumerate() {
        let known = values.iter().skip(at).step_by(info.names.len()).filter(|y| !y.is_nan());
        let different: BTreeSet<u64> = known.map(|y| y.to_bits()).collect();
        let whole = || different.iter().all(|bits| f64::from_bits(*bits).fract() == 0.0);
        let what = match different.len() {
            2 => "two different numbers".to_owned(),
            n @ 3..=MOST_CODES if run.experiment.data.images.is_some() && whole() => {
                format!("{n} different whole numbers")
            }
            _ => continue,
        };
        run.note(format!(
            "target `{name}` holds only {what}, and is predicted as a number (`--task classification` takes them as classes)"
        ));
    }
}
