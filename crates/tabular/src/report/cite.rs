//! How to cite what the run used.

use ::report::{Block, Section};
use nn::Loss;
use serde_json::Value;
use spec::sources::{entry, own_entry};
use spec::task::Task;

use crate::outcome::Outcome;

/// When a setting calls for a source.
enum When {
    /// It is this word.
    Is(&'static str),
    /// It is switched on: `true`, a number above zero, or there at all.
    On,
}

use When::{Is, On};

/// Settings of a model, wherever it stands in the experiment.
const MODEL: &[(&str, When, &[&str])] = &[
    ("kind", Is("mlp"), &["Rumelhart1986"]),
    ("kind", Is("sequential"), &["Rumelhart1986"]),
    ("kind", Is("perceptron"), &["Rosenblatt1958"]),
    ("kind", Is("ridge"), &["Hoerl1970"]),
    ("kind", Is("lasso"), &["Tibshirani1996", "Friedman2010"]),
    ("kind", Is("elastic_net"), &["Zou2005", "Friedman2010"]),
    ("kind", Is("pls"), &["Wold2001"]),
    ("kind", Is("random_forest"), &["Breiman2001"]),
    ("kind", Is("gaussian_process"), &["Rasmussen2006", "Hvarfner2024"]),
    ("kind", Is("batch_norm"), &["Ioffe2015"]),
    ("kind", Is("dropout"), &["Srivastava2014"]),
    ("dropout", On, &["Srivastava2014"]),
    ("batch_norm", On, &["Ioffe2015"]),
    ("activation", Is("elu"), &["Clevert2016"]),
    ("activation", Is("selu"), &["Klambauer2017"]),
    ("activation", Is("gelu"), &["Hendrycks2016"]),
    ("function", Is("elu"), &["Clevert2016"]),
    ("function", Is("selu"), &["Klambauer2017"]),
    ("function", Is("gelu"), &["Hendrycks2016"]),
];

/// Settings of a training.
const TRAINING: &[(&str, When, &[&str])] = &[
    ("kind", Is("sgd"), &["Robbins1951"]),
    ("kind", Is("adagrad"), &["Duchi2011"]),
    ("kind", Is("rmsprop"), &["Tieleman2012"]),
    ("kind", Is("adam"), &["Kingma2015"]),
    ("kind", Is("adamw"), &["Loshchilov2019"]),
    ("kind", Is("lbfgs"), &["Liu1989"]),
    ("kind", Is("cosine"), &["Loshchilov2017"]),
    ("momentum", On, &["Polyak1964"]),
    ("nesterov", On, &["Nesterov1983"]),
    ("clip", On, &["Pascanu2013"]),
    ("patience", On, &["Prechelt1998"]),
    ("parallel", Is("hogwild"), &["Niu2011"]),
];

/// How rows are cut, and what a network minimises.
const REST: &[(&str, When, &[&str])] = &[
    ("kind", Is("scaffold"), &["BemisMurcko1996"]),
    ("kind", Is("kennard-stone"), &["Kennard1969"]),
    ("kind", Is("huber"), &["Huber1964"]),
    ("kind", Is("gaussian_negative_log_likelihood"), &["Nix1994"]),
    ("kind", Is("quantile"), &["Koenker1978", "Romano2019"]),
];

/// How sure predictions are said to be.
const UNCERTAINTY: &[(&str, When, &[&str])] = &[("dropout_samples", On, &["Gal2016"])];

/// What is done to spectra.
const SPECTRA: &[(&str, When, &[&str])] = &[
    ("kind", Is("asymmetric_least_squares"), &["Eilers2005"]),
    ("kind", Is("polynomial_baseline"), &["Lieber2003"]),
    ("kind", Is("savitzky_golay"), &["Savitzky1964"]),
    ("kind", Is("standard_normal_variate"), &["Barnes1989"]),
    ("kind", Is("scatter_correction"), &["Geladi1985"]),
];

const MOLECULES: &[(&str, When, &[&str])] = &[
    ("ecfp", On, &["Rogers2010"]),
    ("maccs", On, &["Durant2002"]),
    ("descriptors", On, &["WildmanCrippen1999", "Ertl2000", "Labute2000"]),
];

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
fn keys(outcome: &Outcome) -> Vec<&'static str> {
    let experiment = &outcome.model.experiment;
    let settings = serde_json::to_value(experiment).unwrap_or_default();
    let mut keys = vec!["Efron1993"];
    let model = settings.get("model");
    collect(model, MODEL, &mut keys);
    if experiment.baselines {
        keys.push("Breiman2001");
        keys.extend((outcome.model.target.task == Task::Regression).then_some("Hoerl1970"));
        let spectra = experiment.data.spectra.is_some() && outcome.model.target.task == Task::Regression;
        keys.extend(spectra.then_some("Wold2001"));
    }
    if outcome.histories.iter().any(|(records, _)| !records.is_empty()) {
        collect(settings.get("train"), TRAINING, &mut keys);
        collect(settings.get("loss"), REST, &mut keys);
        collect(settings.get("uncertainty"), UNCERTAINTY, &mut keys);
        let mixed = experiment.loss == Some(Loss::GaussianNegativeLogLikelihood) && outcome.model.n_parts() > 1;
        keys.extend(mixed.then_some("Lakshminarayanan2017"));
    }
    collect(settings.get("split"), REST, &mut keys);
    collect(settings.pointer("/data/spectra"), SPECTRA, &mut keys);
    if experiment.data.smiles.is_some() {
        keys.push("Weininger1988");
        collect(settings.get("molecules"), MOLECULES, &mut keys);
    }
    if outcome.model.target.task == Task::Classification {
        keys.extend(["Fawcett2006", "Davis2006", "Niculescu2005", "Guo2017"]);
    }
    if !outcome.uncertainty.is_empty() {
        let classes = outcome.model.target.task == Task::Classification;
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
        let classes = outcome.model.target.task == Task::Classification;
        keys.extend(if classes { &["Domingos2000", "Kohavi1996"][..] } else { &["Geman1992"] });
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Walks through a part of the settings.
fn collect(settings: Option<&Value>, rules: &[(&str, When, &[&'static str])], keys: &mut Vec<&'static str>) {
    match settings {
        Some(Value::Object(map)) => {
            for (name, value) in map {
                let called = rules.iter().filter(|(setting, when, _)| setting == name && holds(when, value));
                called.for_each(|(.., sources)| keys.extend(*sources));
                collect(Some(value), rules, keys);
            }
        }
        Some(Value::Array(list)) => list.iter().for_each(|value| collect(Some(value), rules, keys)),
        _ => {}
    }
}

fn holds(when: &When, value: &Value) -> bool {
    match (when, value) {
        (Is(word), Value::String(found)) => found == word,
        (On, Value::Bool(on)) => *on,
        (On, Value::Number(number)) => number.as_f64().is_some_and(|x| x > 0.0),
        (On, value) => !value.is_null(),
        (Is(_), _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn every_source_that_a_rule_names_exists() {
        for (.., sources) in MODEL.iter().chain(TRAINING).chain(REST).chain(UNCERTAINTY).chain(SPECTRA).chain(MOLECULES)
        {
            sources.iter().for_each(|key| assert!(entry(key).is_some_and(|text| text.ends_with('}')), "{key}"));
        }
        for key in [
            "Efron1993",
            "Weininger1988",
            "Fawcett2006",
            "Davis2006",
            "Niculescu2005",
            "Guo2017",
            "Hastie2009",
            "Geman1992",
            "Lakshminarayanan2017",
            "Lee2018",
        ] {
            assert!(entry(key).is_some(), "{key}");
        }
    }

    #[test]
    fn settings_call_for_their_sources() {
        let mut keys = Vec::new();
        let model = json!({ "kind": "averaging", "of": { "kind": "mlp", "dropout": 0.0, "batch_norm": true } });
        collect(Some(&model), MODEL, &mut keys);
        keys.sort_unstable();
        assert_eq!(keys, ["Ioffe2015", "Rumelhart1986"]);
    }
}
