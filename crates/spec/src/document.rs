//! Experiments from TOML files and `--set`, checked against the schema before anything is built.

use std::path::Path;

use chem::sdf::smiles_column;
use serde_json::{Map, Value};

use crate::campaign::Campaign;
use crate::error::{Error, Result};
use crate::experiment::Experiment;
use crate::range::first_range;
use crate::schema;
use crate::schema::check::{self, check_part};
use crate::schema::lists::fill_lists;
use crate::text::parsed;

/// One `path.to.field=value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    path: Vec<String>,
    value: Value,
}

impl std::str::FromStr for Setting {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let failed = || Error::NotASetting { text: text.into() };
        let (path, value) = text.split_once('=').ok_or_else(failed)?;
        let path: Vec<String> = path.trim().split('.').map(str::to_owned).collect();
        if path.iter().any(String::is_empty) {
            return Err(failed());
        }
        Ok(Setting { path, value: parsed(value) })
    }
}

impl Setting {
    /// A setting from its parts.
    pub fn new(path: &str, value: impl Into<Value>) -> Self {
        Setting { path: path.split('.').map(str::to_owned).collect(), value: value.into() }
    }

    fn apply(&self, document: &mut Value) -> Result<()> {
        let mut at = document;
        for (depth, key) in self.path.iter().enumerate() {
            let place = || self.path[..depth].join(".");
            let failed = |message: String, hint: &str| Error::Setting { message, place: place(), hint: hint.into() };
            at = match at {
                Value::Array(items) => {
                    let n = items.len();
                    let index = key.parse::<usize>().ok().filter(|i| *i < n);
                    let index = index.ok_or_else(|| {
                        failed(format!("`{key}` is not an index in a list of {n}"), "indices count from 0")
                    })?;
                    &mut items[index]
                }
                Value::Object(map) => map.entry(key.clone()).or_insert(Value::Null),
                Value::Null => {
                    *at = Value::Object(Map::new());
                    let Value::Object(map) = at else { continue };
                    map.entry(key.clone()).or_insert(Value::Null)
                }
                _ => {
                    return Err(failed(
                        format!("`{}` is a single value and has no field `{key}`", place()),
                        "see `gedanken explain`",
                    ));
                }
            };
        }
        // Another kind of model or optimizer has other fields: those of the old kind are dropped.
        *at = self.value.clone();
        Ok(())
    }
}

/// Reads an experiment from a file and applies settings.
///
/// # Errors
/// A file that cannot be read, text that is not TOML, unknown fields, wrong types and values out of range, with the place.
pub fn read_experiment(path: &Path, settings: &[Setting]) -> Result<Experiment> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file("experiment", "read", path, &e))?;
    from_toml(&text, &path.display().to_string(), settings)
}

/// An experiment from the text of a TOML file and settings; `source` is its name in messages.
pub fn from_toml(text: &str, source: &str, settings: &[Setting]) -> Result<Experiment> {
    checked(parsed_toml(text, source, settings)?, source)
}

/// Reads a campaign from a file and applies settings. Without a name it has that of the file.
///
/// # Errors
/// As [`read_experiment`].
pub fn read_campaign(path: &Path, settings: &[Setting]) -> Result<Campaign> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file("campaign", "read", path, &e))?;
    let mut campaign = campaign_from_toml(&text, &path.display().to_string(), settings)?;
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    campaign.name = campaign.name.or(stem);
    Ok(campaign)
}

/// A campaign from the text of a TOML file and settings; `source` is its name in messages.
pub fn campaign_from_toml(text: &str, source: &str, settings: &[Setting]) -> Result<Campaign> {
    campaign(parsed_toml(text, source, settings)?, source)
}

/// A campaign from a document with its fields; `source` is its name in messages.
///
/// # Errors
/// Unknown fields, wrong types and values out of range, with the place.
///
/// ```
/// use spec::campaign::Goal;
/// use spec::document::campaign;
/// let goal = |word: &str| campaign(serde_json::json!({ "objectives": [{ "name": "y", "goal": word }] }), "");
/// assert_eq!(goal("minimize")?.objectives[0].goal, Goal::Minimize);
/// assert!(goal("small").is_err());
/// # Ok::<(), spec::error::Error>(())
/// ```
pub fn campaign(document: Value, source: &str) -> Result<Campaign> {
    check_part("Campaign", &document, source, &[]).map_err(|error| naming_parameter(error, &document))?;
    deserialized(&document, source)
}

/// The same error, with the name of the parameter whose index is in the path.
fn naming_parameter(error: Error, document: &Value) -> Error {
    let Error::Setting { message, place, hint } = error else { return error };
    let number = place.rsplit_once("parameters.").and_then(|(_, rest)| rest.split('.').next()?.parse::<usize>().ok());
    let name = number.and_then(|number| document["parameters"][number]["name"].as_str());
    let place = name.map_or_else(|| place.clone(), |name| format!("{place} (`{name}`)"));
    Error::Setting { message, place, hint }
}

pub fn parsed_toml(text: &str, source: &str, settings: &[Setting]) -> Result<Value> {
    let mut document: Value = toml::from_str(text).map_err(|e| Error::Setting {
        message: format!("this is not valid TOML: {}", e.message()),
        place: e.span().map_or_else(
            || source.to_owned(),
            |span| format!("{source}, line {}", 1 + text[..span.start].matches('\n').count()),
        ),
        hint: "see `gedanken schema --markdown` for all fields".into(),
    })?;
    for setting in settings {
        setting.apply(&mut document)?;
    }
    Ok(document)
}

/// The same experiment with one field set, checked as [`from_toml`] does.
pub fn with_setting(experiment: &Experiment, setting: &Setting, source: &str) -> Result<Experiment> {
    let mut document = serde_json::json!(experiment);
    setting.apply(&mut document)?;
    checked(document, source)
}

/// A document as an experiment.
pub fn checked(mut document: Value, source: &str) -> Result<Experiment> {
    let range = first_range(&document, "").or_else(|| document.get("tuning").map(|_| "tuning".to_owned()));
    if let Some(place) = range {
        return Err(Error::Setting {
            message: "this experiment is to be tuned: a field is a range, not a value".into(),
            place: format!("{source}, {place}"),
            hint: "use `gedanken tune`, or give the field one value".into(),
        });
    }
    fill_kinds(&mut document);
    fill_lists(&mut document, schema::schema());
    check::check(&document, source)?;
    deserialized(&document, source)
}

pub fn deserialized<X: serde::de::DeserializeOwned>(document: &Value, source: &str) -> Result<X> {
    serde_path_to_error::deserialize(document).map_err(|e| Error::Setting {
        message: e.inner().to_string(),
        place: format!("{source}, {}", e.path()),
        hint: "see `gedanken explain`".into(),
    })
}

/// Defaults that follow from the data: the column of molecules of an SDF, and the kind of model that suits.
fn fill_from_data(document: &mut Value) {
    let path = document.pointer("/data/path").and_then(Value::as_str);
    if let Some(smiles) = path.and_then(|path| smiles_column(path.as_ref()))
        && let Some(Value::Object(data)) = document.pointer_mut("/data")
    {
        data.entry("smiles").or_insert_with(|| Value::from(smiles));
    }
    let is_there = |place: &str| document.pointer(place).is_some_and(|value| !value.is_null());
    let named = is_there("/model");
    let many = !is_there("/data") || is_there("/data/smiles") || is_there("/data/spectra");
    let suited = if is_there("/forecast") || is_there("/data/sequence") {
        "lstm"
    } else if is_there("/data/images") {
        "resnet"
    } else if named {
        return;
    } else if many {
        "auto"
    } else {
        "averaging"
    };
    if let Value::Object(map) = document {
        let model = map.entry("model").or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(model) = model {
            model.entry("kind").or_insert_with(|| Value::from(suited));
        }
    }
}

/// Where fields of a model or optimizer are set without its kind, the default kind is meant.
fn fill_kinds(document: &mut Value) {
    fill_from_data(document);
    for (path, kind) in [("/model", "mlp"), ("/train/optimizer", "adam"), ("/model/of", "mlp")] {
        if let Some(Value::Object(map)) = document.pointer_mut(path) {
            map.entry("kind").or_insert_with(|| Value::from(kind));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelKind;

    fn experiment(settings: &[&str]) -> Result<Experiment> {
        let settings: Vec<Setting> = settings.iter().map(|s| s.parse()).collect::<Result<_>>()?;
        from_toml("", "run.toml", &settings)
    }

    #[test]
    fn settings_reach_nested_fields() {
        let found =
            experiment(&["train.epochs=7", "model.hidden=[8, 4]", "model.activation=tanh", "data.path=x.csv"]).unwrap();
        assert_eq!(found.train.epochs, 7);
        assert_eq!(found.data.path.as_deref(), Some("x.csv"));
        let ModelKind::Mlp(mlp) = found.model else { panic!("{:?}", found.model) };
        assert_eq!(mlp.hidden, [8, 4]);
    }

    #[test]
    fn wrong_settings_are_told_with_their_place() {
        for (setting, words) in [
            ("train.epoch=7", "did you mean `epochs`?"),
            ("train.epochs=0", "at least 1"),
            ("train.epochs=many", "integer"),
            ("model.kind=mlpp", "did you mean `mlp`?"),
            ("train.optimizer.lr=0.1", "learning_rate"),
            ("model.dropout=2", "at most 0.95"),
            ("seed.x=1", "unsigned"),
            ("model.members=3", "it is a field of `bagging`, `averaging`: set `model.kind` too"),
            ("nonsense", "path.to.field=value"),
        ] {
            let message = experiment(&[setting]).unwrap_err().to_string();
            assert!(message.contains(words), "{setting}: {message}");
        }
    }

    #[test]
    fn an_experiment_survives_its_file() {
        let experiment = Experiment::default();
        let text = toml::to_string(&experiment).unwrap();
        assert_eq!(from_toml(&text, "run.toml", &[]).unwrap(), experiment);
    }
}
