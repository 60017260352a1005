//! How to cite what the run used.

use ::report::{Block, Section};
use serde_json::json;
use spec::citations;
use spec::model::ModelKind;
use spec::sources::{entry, own_entry};
use spec::task::Task;

use crate::outcome::Outcome;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let words = "If this result goes into a publication, these are the works that it rests on. The entries are BibTeX.";
    let entries: Vec<&str> = keys(outcome).iter().filter_map(|key| entry(key)).collect();
    let blocks = vec![
        Block::Paragraph(words.into()),
        Block::Code { caption: "Gedanken".into(), text: own_entry() },
        Block::Code { caption: "The methods of this run".into(), text: entries.join("\n\n") },
    ];
    Some(Section { title: "How to cite".into(), blocks })
}

/// The sources of everything that the run used, in alphabetical order.
fn keys(outcome: &Outcome) -> Vec<String> {
    let experiment = &outcome.model.experiment;
    let classes = outcome.model.target.task == Task::Classification;
    let settings = json!(experiment);
    let mut found = citations::of("model", &settings["model"]);
    if experiment.baselines {
        let baselines = ModelKind::baselines(outcome.model.target.task, &experiment.data);
        found.extend(baselines.iter().flat_map(|kind| citations::of("model", &json!(kind))));
    }
    let mut cite = |path: &str| found.extend(citations::of(path, &settings[path]));
    if outcome.histories.iter().any(|(records, _)| !records.is_empty()) {
        cite("train");
        cite("loss");
    }
    cite("split");
    if experiment.data.smiles.is_some() {
        cite("molecules");
    }
    found.extend(citations::of("data.spectra", &settings["data"]["spectra"]));
    if experiment.uncertainty.dropout_samples > 0 || classes {
        let asked = json!({
            "dropout_samples": experiment.uncertainty.dropout_samples,
            "temperature": classes && experiment.uncertainty.temperature,
        });
        found.extend(citations::of("uncertainty", &asked));
    }
    found.extend(of_judgement(outcome).into_iter().map(str::to_owned));
    found.sort_unstable();
    found.dedup();
    found
}

/// The sources of the evaluation, whatever the model.
fn of_judgement(outcome: &Outcome) -> Vec<&'static str> {
    let experiment = &outcome.model.experiment;
    let classes = outcome.model.target.task == Task::Classification;
    let mut keys = vec!["Efron1993"];
    keys.extend(experiment.data.smiles.is_some().then_some("Weininger1988"));
    if classes {
        keys.extend(["Fawcett2006", "Davis2006", "Niculescu2005"]);
    }
    if !outcome.uncertainty.is_empty() {
        keys.extend(["Vovk2005", if classes { "Romano2020" } else { "Lei2018" }]);
        keys.extend((outcome.folds.len() > 1).then_some("Vovk2015"));
    }
    if outcome.domain.is_some() {
        keys.push(if experiment.data.smiles.is_some() { "Rogers2010" } else { "Mahalanobis1936" });
    }
    let density = outcome.domain.as_ref().and_then(|domain| domain.density_correlation);
    keys.extend(density.map(|_| "Lee2018"));
    keys.extend(outcome.comparison.is_some().then_some("Nadeau2003"));
    keys.extend((!outcome.curves.is_empty()).then_some("Hastie2009"));
    if outcome.curves.iter().any(|curve| curve.resamples > 0) {
        keys.extend(if classes { &["Domingos2000", "Kohavi1996"][..] } else { &["Geman1992"] });
    }
    keys
}
