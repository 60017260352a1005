//! Selection of the model, and its applicability domain.

use data::Fold;
use evaluation::compare::{self, Comparison};
use evaluation::domain::{Domain, DomainReport};
use evaluation::predictions::{Part, Predictions};
use evaluation::scores::{ModelScores, first_figure};
use evaluation::temperature::{Tempered, temper};
use inputs::source::Source;
use inputs::target::TargetInfo;
use learn::fitted::PartModel;
use learn::session::History;
use spec::ensemble::Member;
use spec::error::{Error, Result};
use spec::model::ModelKind;

use crate::context::Context;
use crate::folds::FoldData;
use crate::judge;

/// One of the models that are compared, trained on all folds.
pub struct Candidate<'a> {
    pub kind: &'a ModelKind,
    pub parts: Vec<Vec<PartModel>>,
    pub histories: Vec<History>,
    pub fold_scores: Vec<ModelScores>,
    pub predictions: Vec<Predictions>,
    /// Its validation rows as the saved model would predict them, and the effect of temperature scaling.
    pub tempered: Option<(Vec<Predictions>, Tempered)>,
}

impl Candidate<'_> {
    /// One of its members, if it has it, as it was trained on a fold.
    pub fn member(&self, fold: usize, wanted: &Member<'_>) -> Option<(PartModel, History)> {
        let members = self.kind.members();
        let at = members.iter().position(|member| member == wanted)?;
        Some((self.parts[fold][at].clone(), self.histories[fold * members.len() + at].clone()))
    }
}

impl Context<'_> {
    /// The models that the user asks for: those to compare, or the one.
    pub fn candidates(&self, info: &TargetInfo, rows: usize) -> Vec<ModelKind> {
        match self.experiment.compare.is_empty() {
            true => self.experiment.model.candidates(info.task, rows, &self.experiment.data),
            false => self.experiment.compare.clone(),
        }
    }

    /// Calibrates the probabilities of a candidate, where that is asked for; the frequencies of `mean` are calibrated already.
    pub fn temper(
        &self,
        kind: &ModelKind,
        info: &TargetInfo,
        predictions: &mut [Predictions],
    ) -> Option<(Vec<Predictions>, Tempered)> {
        let wanted = self.experiment.uncertainty.temperature && !kind.spec().is_calibrated();
        wanted.then(|| temper(info, predictions)).flatten()
    }

    /// MC dropout samples need a candidate with dropout, and at least two of them for a standard deviation.
    pub(super) fn check_dropout(&self, candidates: &[ModelKind]) -> Result<()> {
        let samples = self.experiment.uncertainty.dropout_samples;
        let wrong = |message: String, hint: &str| {
            let place = "uncertainty.dropout_samples".into();
            Err(Error::Setting { message, place, hint: hint.into() })
        };
        if samples == 1 {
            return wrong("one sample of dropout has no standard deviation".into(), "take 50, or 0 for none");
        }
        if samples > 0 && !candidates.iter().any(ModelKind::has_dropout) {
            let names: Vec<&str> = candidates.iter().map(ModelKind::name).collect();
            let message = format!("{samples} samples of dropout are asked for, but `{}` has none", names.join("`, `"));
            return wrong(
                message,
                "set `model.dropout` of a network above 0, or leave out `uncertainty.dropout_samples`",
            );
        }
        Ok(())
    }

    /// The applicability domain of the first fold, and the errors of its test rows by distance.
    pub fn domain(
        &self,
        source: &Source,
        parts: &[Vec<PartModel>],
        data: &[FoldData<'_>],
        folds: &[Fold],
        predictions: &[Predictions],
        info: &TargetInfo,
    ) -> Result<(Option<Domain>, Option<DomainReport>)> {
        let (Some(part), Some(fold), Some(rows)) = (parts.iter().flatten().next(), data.first(), folds.first()) else {
            return Ok((None, None));
        };
        let Some(domain) = Domain::fit(part, source, &rows.train, self.experiment.seed)? else {
            return Ok((None, None));
        };
        let judged = &fold.judged[1];
        let test = predictions.iter().find(|p| p.part == Part::Test && p.fold == 0 && !p.rows.is_empty());
        let report = match test {
            Some(test) => {
                let neighbors = domain.locate(part, judged.source, &judged.rows)?;
                let report = DomainReport::new(&neighbors, &test.errors(info), info.task);
                Some(DomainReport { splits: data.len(), ..report })
            }
            None => None,
        };
        Ok((Some(domain), report))
    }

    /// The selected candidate, and the comparison where there are several.
    pub fn choose(
        &self,
        judge: &judge::Judge<'_>,
        trained: &[Candidate<'_>],
        data: &[FoldData<'_>],
    ) -> (usize, Option<Comparison>) {
        if trained.len() < 2 {
            return (0, None);
        }
        let validation = judge.last_validation(trained.len());
        let known = trained.iter().zip(validation).map(|(candidate, scores)| compare::Candidate {
            title: candidate.kind.title(),
            validation: first_figure(scores).map(|(_, value, _)| value),
            splits: candidate.fold_scores.clone(),
        });
        let known: Vec<compare::Candidate> = known.collect();
        let larger = known.iter().find_map(|c| c.splits.iter().find_map(first_figure)).is_some_and(|f| f.2);
        let kept = compare::best(&known, larger);
        let rows = |f: &dyn Fn(&FoldData<'_>) -> usize| data.iter().map(f).sum::<usize>() as f64;
        let test_over_train =
            rows(&|fold| fold.judged[1].rows.len()) / rows(&|fold| fold.columns().train.n_rows()).max(1.0);
        (kept, Some(Comparison::new(&known, kept, test_over_train)))
    }
}

/// Refuses to compare a model with itself.
pub(super) fn check_different(candidates: &[ModelKind]) -> Result<()> {
    let twice = |(at, kind): (usize, &ModelKind)| candidates[..at].contains(kind).then(|| kind.title());
    match candidates.iter().enumerate().find_map(twice) {
        None => Ok(()),
        Some(title) => Err(Error::Setting {
            message: format!("`{title}` is asked for twice"),
            place: "compare".into(),
            hint: "name each model once; kinds with other settings go into an experiment file".into(),
        }),
    }
}
