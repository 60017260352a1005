//! An experiment of which some fields are ranges, checked once.

use std::path::Path;

use serde_json::{Map, Value, json};
use spec::campaign::{Campaign, Goal, Objective};
use spec::curve::check::senseless;
use spec::document::{Setting, checked, deserialized, parsed_toml};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::parameter::Parameter;
use spec::schema::check::check_part;
use spec::tuning::Tuning;

use crate::ranges::{self, Varied};

/// An experiment of which some fields are ranges, and how they are tuned.
#[derive(Clone, Debug, PartialEq)]
pub struct Tunable {
    /// As it was written, without the table `tuning`.
    document: Value,
    /// How its fields are tuned.
    pub tuning: Tuning,
    varied: Varied,
    source: String,
}

/// Largest number of points at which the bounds of ranges are checked before anything is trained.
const PROBES: usize = 64;

impl Tunable {
    /// Reads a document whose fields may be ranges; `source` is its name in messages.
    ///
    /// # Errors
    /// Nothing is a range, a range is invalid or ends outside of the values of its field, a field is tuned whose values cannot
    /// be compared, or something else is wrong with the experiment.
    pub fn new(mut document: Value, source: &str) -> Result<Self> {
        let tuning = document.as_object_mut().and_then(|map| map.remove("tuning")).unwrap_or_else(|| json!({}));
        check_part("Tuning", &tuning, source, &["tuning"])?;
        let tuning: Tuning = deserialized(&tuning, &format!("{source}, tuning"))?;
        let varied = Varied::of(&document)?;
        let tunable = Tunable { document, tuning, varied, source: source.to_owned() };
        tunable.check()?;
        Ok(tunable)
    }

    fn check(&self) -> Result<()> {
        let wrong = |message: String, place: &str, hint: &str| {
            Err(Error::Setting { message, place: format!("{}, {place}", self.source), hint: hint.into() })
        };
        if self.varied.parameters.is_empty() {
            return wrong(
                "no field is a range to tune".into(),
                "all fields",
                "write a range in place of a value: `hidden = {tune = \"int\", low = 16, high = 512, log = true}`",
            );
        }
        for parameter in &self.varied.parameters {
            if let Some(reason) = senseless(parameter.name()) {
                return wrong(
                    format!("`{}` cannot be tuned: {reason}", parameter.name()),
                    parameter.name(),
                    "tune fields of `model`, `train`, `scale`, `molecules` or `loss`",
                );
            }
            if let Some((message, hint)) = parameter.fault() {
                return wrong(message, parameter.name(), hint);
            }
        }
        for key in ["compare", "curves"] {
            if self.document.get(key).is_some() {
                return wrong(format!("`{key}` and a tuning are asked for at once"), key, "leave one of them out");
            }
        }
        for point in self.probes() {
            let experiment = self.experiment(&point)?;
            if experiment.model.is_chosen_later() {
                let hint = "name one, or let them be chosen: `model = {tune = \"choice\", values = [...]}`";
                return wrong("which model `auto` chooses is not known".into(), "model", hint);
            }
        }
        self.defaults().map(drop)
    }

    /// Points at which every parameter takes the bounds of its range, and each of its values where they are few.
    fn probes(&self) -> Vec<Map<String, Value>> {
        let ends = |parameter: &Parameter| match parameter {
            Parameter::Continuous { low, high, .. } => vec![json!(low), json!(high)],
            Parameter::Integer { low, high, .. } => vec![json!(low), json!(high)],
            Parameter::Ordinal { values, .. } => values.iter().map(|value| json!(value)).collect(),
            Parameter::Categorical { values, .. } => values.iter().map(|value| json!(value)).collect(),
            Parameter::Molecule { .. } | Parameter::Fixed { .. } => Vec::new(),
        };
        let all: Vec<(&str, Vec<Value>)> =
            self.varied.parameters.iter().map(|parameter| (parameter.name(), ends(parameter))).collect();
        let n = all.iter().map(|(_, ends)| ends.len()).max().unwrap_or(1).min(PROBES);
        let point = |at: usize| {
            all.iter().map(|(name, ends)| ((*name).to_owned(), ends[at % ends.len().max(1)].clone())).collect()
        };
        (0..n).map(point).collect()
    }

    /// The experiment at a point.
    ///
    /// # Errors
    /// The error of a wrong setting.
    pub fn experiment(&self, point: &Map<String, Value>) -> Result<Experiment> {
        checked(ranges::at(&self.document, "", point)?, &self.source)
    }

    /// The experiment whose tuned fields have their defaults.
    ///
    /// # Errors
    /// The error of a wrong setting.
    pub fn defaults(&self) -> Result<Experiment> {
        checked(ranges::without(&self.document), &self.source)
    }

    /// Values of the tuned fields in an experiment, and whether all of them lie within the ranges.
    pub(super) fn point_of(&self, experiment: &Experiment) -> (Map<String, Value>, bool) {
        let mut point = Map::new();
        let within = ranges::point_of(&self.document, &json!(experiment), "", &mut point);
        (point, within)
    }

    /// The study in which it is tuned: its parameters, and the figure on validation rows.
    pub fn campaign(&self, name: &str, (figure, larger): (&str, bool), lease_hours: f64, seed: u64) -> Campaign {
        Campaign {
            name: Some(name.to_owned()),
            seed,
            parameters: self.varied.parameters.clone(),
            conditions: self.varied.conditions.clone(),
            objectives: vec![Objective::new(
                &format!("validation {figure}"),
                if larger { Goal::Maximize } else { Goal::Minimize },
            )],
            lease_hours: Some(lease_hours),
            strategy: self.tuning.strategy.clone(),
            ..Campaign::default()
        }
    }

    /// As it is kept with its study.
    pub fn to_json(&self) -> Value {
        let mut document = self.document.clone();
        document["tuning"] = json!(self.tuning);
        document
    }

    /// Whether the losses of two trials mean the same.
    pub(super) fn has_one_loss(&self) -> bool {
        !self.varied.parameters.iter().any(|parameter| {
            let root = parameter.name().split('.').next().unwrap_or_default();
            root == "loss" || root == "scale"
        })
    }

    /// The names of the tuned fields.
    pub fn names(&self) -> Vec<&str> {
        self.varied.parameters.iter().map(Parameter::name).collect()
    }
}

/// Reads an experiment of which some fields are ranges, and applies settings.
///
/// # Errors
/// As [`spec::document::read_experiment`], and if no field is a range.
pub fn read_tunable(path: &Path, settings: &[Setting]) -> Result<Tunable> {
    let text = std::fs::read_to_string(path).map_err(|e| Error::file("experiment", "read", path, &e))?;
    let source = path.display().to_string();
    Tunable::new(parsed_toml(&text, &source, settings)?, &source)
}

#[cfg(test)]
mod tests {
    use spec::model::ModelKind;

    use super::*;

    fn tunable(text: &str) -> Result<Tunable> {
        Tunable::new(toml::from_str(text).unwrap(), "run.toml")
    }

    #[test]
    fn wrong_tunings_are_told_with_their_place() {
        let model = |field: &str| format!("model = {{ kind = \"mlp\", {field} }}");
        for (text, words) in [
            ("seed = 1".to_owned(), "no field is a range to tune"),
            (model("hidden = { tune = \"int\", low = 16 }"), "missing field `high`"),
            (model("hidden = { tune = \"integer\", low = 16, high = 32 }"), "unknown variant `integer`"),
            (model("hidden = { tune = \"int\", low = 64, high = 16 }"), "not below the highest"),
            (model("dropout = { tune = \"float\", low = 0.0, high = 2.0 }"), "at most 0.95"),
            (model("hiden = { tune = \"int\", low = 16, high = 32 }"), "did you mean `hidden`?"),
            (model("activation = { tune = \"choice\", values = [\"relu\", \"tanhh\"] }"), "did you mean `tanh`?"),
            ("seed = { tune = \"int\", low = 1, high = 5 }".to_owned(), "not better than another"),
            ("split = { folds = { tune = \"int\", low = 2, high = 5 } }".to_owned(), "evaluated on other rows"),
            (
                "model = { kind = \"auto\" }\ntrain = { l2 = { tune = \"float\", low = 0.1, high = 0.2 } }".to_owned(),
                "`auto`",
            ),
            (
                model("dropout = { tune = \"float\", low = 0.0, high = 0.5 } }\ntuning = { trails = 5"),
                "did you mean `trials`?",
            ),
        ] {
            let message = tunable(&text).unwrap_err().to_string();
            assert!(
                message.contains(words) && message.contains("run.toml") || message.contains("model.hidden"),
                "{text}: {message}"
            );
            assert!(message.contains(words), "{text}: {message}");
        }
    }

    #[test]
    fn one_number_in_place_of_a_list_is_a_list_of_one() {
        let text = "model = { kind = \"mlp\", hidden = { tune = \"int\", low = 16, high = 512, log = true } }";
        let tunable = tunable(text).unwrap();
        let point = json!({ "model.hidden": 37 });
        let ModelKind::Mlp(mlp) = tunable.experiment(point.as_object().unwrap()).unwrap().model else { panic!() };
        assert_eq!(mlp.hidden, [37]);
        let defaults = tunable.defaults().unwrap();
        let ModelKind::Mlp(mlp) = &defaults.model else { panic!() };
        // The default has one layer or none of the trials is the default.
        assert_eq!(tunable.point_of(&defaults).1, mlp.hidden.len() == 1);
    }

    #[test]
    fn it_survives_its_study() {
        let text = "tuning = { trials = 7, stop = { kind = \"hyperband\" } }\n\
            model = { kind = \"mlp\", dropout = { tune = \"float\", low = 0.0, high = 0.5 } }";
        let tunable = tunable(text).unwrap();
        assert_eq!(Tunable::new(tunable.to_json(), "run.toml").unwrap(), tunable);
        assert_eq!(tunable.tuning.stop, spec::tuning::StopRule::Hyperband { least: 10, factor: 3.0 });
    }
}
