//! Settings: a summary, and the whole experiment.

use ::report::{Block, Section};
use serde_json::Value;

use crate::outcome::Outcome;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let experiment = &outcome.model.experiment;
    let settings = serde_json::to_value(experiment).unwrap_or_default();
    let at = |path: &str| settings.pointer(path).map(short).filter(|text| !text.is_empty());
    let info = &outcome.model.target;
    let target: Vec<String> = (0..info.names.len()).map(|at| info.header(at)).collect();
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: Option<String>| facts.extend(value.map(|value| (name.to_owned(), value)));
    fact("predicted", Some(target.join(", ")));
    fact("from", experiment.data.smiles.as_ref().map(|column| format!("molecules in column `{column}`")));
    fact("columns", Some(experiment.data.features.join(", ")).filter(|names| !names.is_empty()));
    fact("model", Some(experiment.model.title()));
    let trained = !outcome.histories.iter().all(|(records, _)| records.is_empty());
    let inner = if settings.pointer("/model/of").is_some() { "/model/of" } else { "/model" };
    fact("hidden layers", at(&format!("{inner}/hidden")));
    fact("activation", at(&format!("{inner}/activation")));
    fact("dropout", at(&format!("{inner}/dropout")));
    if trained {
        fact("optimizer", at("/train/optimizer/kind"));
        fact("learning rate", at("/train/optimizer/learning_rate"));
        fact("batch", at("/train/batch"));
        fact("epochs", at("/train/epochs").map(|most| format!("at most {most}")));
    }
    fact("seed", at("/seed"));
    let toml = toml::to_string(experiment).unwrap_or_default();
    let summary = "All settings; `gedanken fit experiment.toml` repeats the run".into();
    let blocks = vec![Block::Facts(facts), Block::Folded { summary, text: toml }];
    Some(Section { title: "Settings".into(), blocks })
}

/// A setting without quotes and brackets.
fn short(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace('_', " "),
        Value::Array(items) => items.iter().map(short).collect::<Vec<_>>().join(", "),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
