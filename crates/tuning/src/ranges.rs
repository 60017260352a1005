//! An experiment of which some fields are ranges: its parameters, and its form at a point.

use serde_json::{Map, Value, json};
use spec::campaign::Condition;
use spec::curve::values::shown;
use spec::error::{Error, Result};
use spec::parameter::Parameter;
use spec::range::{below, first_range, is_range};
use spec::tuning::Tune;

/// Parameters, and which of them matter when.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Varied {
    pub parameters: Vec<Parameter>,
    pub conditions: Vec<Condition>,
}

fn read(value: &Value, path: &str) -> Result<Tune> {
    serde_json::from_value(value.clone()).map_err(|error| Error::Setting {
        message: format!("this is not a range: {error}"),
        place: path.to_owned(),
        hint: "write `{tune = \"int\", low = 16, high = 512, log = true}`, or `tune` as `float`, `choice` or `list`"
            .into(),
    })
}

/// The value of each choice as one label, none twice.
fn labels(values: &[Value]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for value in values {
        let word = match value {
            Value::String(word) => word.clone(),
            Value::Object(map) if map.contains_key("kind") => shown(value),
            other => other.to_string(),
        };
        let twice = found.iter().filter(|other| other.split('#').next() == Some(&word)).count();
        found.push(if twice == 0 { word } else { format!("{word}#{}", twice + 1) });
    }
    found
}

/// The numbers of a choice, where all of its values are different numbers.
fn numbers(values: &[Value]) -> Option<Vec<f64>> {
    let all: Vec<f64> = values.iter().map(Value::as_f64).collect::<Option<_>>()?;
    let twice = all.iter().enumerate().any(|(at, x)| all[..at].contains(x));
    (!twice).then_some(all)
}

impl Varied {
    /// The parameters of a document.
    ///
    /// # Errors
    /// A table with a `tune` that is not a range.
    pub fn of(document: &Value) -> Result<Self> {
        let mut varied = Varied::default();
        varied.add(document, "", None)?;
        Ok(varied)
    }

    /// Adds the parameters of a part of the document, which matter where another parameter has certain values.
    fn add(&mut self, value: &Value, path: &str, on: Option<(&str, &[Value])>) -> Result<()> {
        if is_range(value) {
            return self.add_range(&read(value, path)?, path, on);
        }
        match value {
            Value::Object(map) => map.iter().try_for_each(|(key, value)| self.add(value, &below(path, key), on)),
            Value::Array(items) => {
                items.iter().enumerate().try_for_each(|(at, value)| self.add(value, &below(path, &at.to_string()), on))
            }
            _ => Ok(()),
        }
    }

    fn add_range(&mut self, range: &Tune, path: &str, on: Option<(&str, &[Value])>) -> Result<()> {
        let name = path.to_owned();
        match range {
            Tune::Float { low, high, log } => {
                self.push(Parameter::Continuous { name, low: *low, high: *high, log: *log }, on);
            }
            Tune::Int { low, high, log } => {
                self.push(Parameter::Integer { name, low: *low, high: *high, log: *log }, on);
            }
            Tune::Choice { values } => {
                if let Some(values) = numbers(values) {
                    self.push(Parameter::Ordinal { name, values, log: false }, on);
                    return Ok(());
                }
                let words = labels(values);
                self.push(Parameter::Categorical { name, values: words.clone() }, on);
                for (value, word) in values.iter().zip(&words) {
                    self.add(value, &below(path, word), Some((path, &[json!(word)])))?;
                }
            }
            Tune::List { low, high, of } => {
                if low > high || *high == 0 {
                    return Err(Error::Setting {
                        message: format!("{low} to {high} items are not a valid length of a list"),
                        place: name,
                        hint: "`low` and `high` are the least and the largest length".into(),
                    });
                }
                let length = below(path, "length");
                if low < high {
                    let (low, high) = (*low as i64, *high as i64);
                    self.push(Parameter::Integer { name: length.clone(), low, high, log: false }, on);
                }
                for at in 1..=*high {
                    let lengths: Vec<Value> = (at.max(*low)..=*high).map(|n| json!(n)).collect();
                    let on = if at <= *low { on } else { Some((length.as_str(), lengths.as_slice())) };
                    self.add(of, &below(path, &at.to_string()), on)?;
                }
            }
        }
        Ok(())
    }

    fn push(&mut self, parameter: Parameter, on: Option<(&str, &[Value])>) {
        if let Some((on, values)) = on {
            let parameter = parameter.name().to_owned();
            self.conditions.push(Condition { parameter, on: on.to_owned(), values: values.to_vec() });
        }
        self.parameters.push(parameter);
    }
}

/// The document at a point: ranges replaced by values.
pub fn at(value: &Value, path: &str, point: &Map<String, Value>) -> Result<Value> {
    if !is_range(value) {
        return Ok(match value {
            Value::Object(map) => {
                let field = |(key, value): (&String, &Value)| Ok((key.clone(), at(value, &below(path, key), point)?));
                Value::Object(map.iter().map(field).collect::<Result<_>>()?)
            }
            Value::Array(items) => {
                let item = |(place, value): (usize, &Value)| at(value, &below(path, &place.to_string()), point);
                Value::Array(items.iter().enumerate().map(item).collect::<Result<_>>()?)
            }
            other => other.clone(),
        });
    }
    let of = |name: &str| {
        point.get(name).cloned().ok_or_else(|| Error::Setting {
            message: "the trial has no value for it".into(),
            place: name.to_owned(),
            hint: "the study belongs to another experiment: begin a new one".into(),
        })
    };
    match read(value, path)? {
        Tune::Float { .. } | Tune::Int { .. } => of(path),
        Tune::Choice { values } => {
            let chosen = of(path)?;
            let words = labels(&values);
            let found = match numbers(&values) {
                Some(numbers) => numbers.iter().position(|x| Some(*x) == chosen.as_f64()),
                None => words.iter().position(|word| Some(word.as_str()) == chosen.as_str()),
            };
            match found {
                Some(place) => at(&values[place], &below(path, &words[place]), point),
                None => Ok(chosen),
            }
        }
        Tune::List { low, high, of: item } => {
            let length = below(path, "length");
            let n = if low < high { of(&length)?.as_u64().unwrap_or(low as u64) as usize } else { low };
            (1..=n).map(|place| at(&item, &below(path, &place.to_string()), point)).collect::<Result<_>>()
        }
    }
}

/// The document with nothing in place of ranges, so that these fields have their defaults.
pub fn without(value: &Value) -> Value {
    match value {
        Value::Object(map) => {
            let kept = map.iter().filter(|(_, value)| !is_range(value));
            Value::Object(kept.map(|(key, value)| (key.clone(), without(value))).collect())
        }
        Value::Array(items) => items.iter().filter(|value| !is_range(value)).map(without).collect(),
        other => other.clone(),
    }
}

/// Puts the values of a document where the ranges of another stand into a point; whether all of them lie within the ranges.
pub(crate) fn point_of(ranges: &Value, values: &Value, path: &str, point: &mut Map<String, Value>) -> bool {
    if first_range(ranges, "").is_none() {
        return true;
    }
    let Ok(range) = serde_json::from_value(ranges.clone()) else {
        let mut parts: Vec<(String, &Value, Option<&Value>)> = Vec::new();
        match ranges {
            Value::Object(map) => parts.extend(map.iter().map(|(key, range)| (key.clone(), range, values.get(key)))),
            Value::Array(all) => {
                parts.extend(all.iter().enumerate().map(|(at, range)| (at.to_string(), range, values.get(at))));
            }
            _ => {}
        }
        let null = Value::Null;
        // All of them are checked, also when one does not fit.
        let fits = |(key, range, value): (String, &Value, Option<&Value>)| {
            usize::from(!point_of(range, value.unwrap_or(&null), &below(path, &key), point))
        };
        return parts.into_iter().map(fits).sum::<usize>() == 0;
    };
    match range {
        Tune::Float { low, high, .. } => number_within(values, [low, high], path, point),
        Tune::Int { low, high, .. } => number_within(values, [low as f64, high as f64], path, point),
        Tune::Choice { values: all } => {
            let words = labels(&all);
            // The first of the choices that agrees in all its fields.
            let Some(found) = all.iter().position(|choice| agrees(choice, values)) else { return false };
            point.insert(path.to_owned(), numbers(&all).map_or(json!(words[found]), |all| json!(all[found])));
            point_of(&all[found], values, &below(path, &words[found]), point)
        }
        Tune::List { low, high, of } => {
            let Some(items) = values.as_array() else { return false };
            if low < high {
                point.insert(below(path, "length"), json!(items.len()));
            }
            let fits = items
                .iter()
                .enumerate()
                .map(|(at, item)| usize::from(!point_of(&of, item, &below(path, &(at + 1).to_string()), point)));
            fits.sum::<usize>() == 0 && (low..=high).contains(&items.len())
        }
    }
}

/// A number, or a list of one, and whether it lies in a range.
fn number_within(value: &Value, [low, high]: [f64; 2], path: &str, point: &mut Map<String, Value>) -> bool {
    let value = match value {
        Value::Array(items) if items.len() == 1 => &items[0],
        other => other,
    };
    if !value.is_null() {
        point.insert(path.to_owned(), value.clone());
    }
    value.as_f64().is_some_and(|x| (low..=high).contains(&x))
}

/// Whether a value is one of those that a choice describes; ranges agree with everything.
fn agrees(choice: &Value, value: &Value) -> bool {
    match (choice, value) {
        _ if is_range(choice) => true,
        (Value::Object(choice), Value::Object(value)) => {
            choice.iter().all(|(key, choice)| value.get(key).is_some_and(|value| agrees(choice, value)))
        }
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (a, b) => a == b,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> Value {
        json!({
            "seed": 3,
            "model": { "tune": "choice", "values": [
                { "kind": "mlp", "hidden": { "tune": "list", "low": 1, "high": 3, "of": { "tune": "int", "low": 4, "high": 64, "log": true } } },
                { "kind": "random_forest", "trees": { "tune": "int", "low": 10, "high": 100 } },
            ] },
            "train": { "batch": { "tune": "choice", "values": [16, 32] }, "l2": { "tune": "float", "low": 1e-6, "high": 1.0, "log": true } },
        })
    }

    #[test]
    fn what_varies_is_found_with_what_it_depends_on() {
        let varied = Varied::of(&document()).unwrap();
        let names: Vec<&str> = varied.parameters.iter().map(Parameter::name).collect();
        let hidden = |at: &str| format!("model.mlp.hidden.{at}");
        assert_eq!(
            names,
            [
                "model",
                &hidden("length"),
                &hidden("1"),
                &hidden("2"),
                &hidden("3"),
                "model.random_forest.trees",
                "train.batch",
                "train.l2"
            ]
        );
        let on: Vec<(&str, &str)> = varied.conditions.iter().map(|c| (c.parameter.as_str(), c.on.as_str())).collect();
        assert_eq!(on[1], (hidden("1").as_str(), "model"));
        assert_eq!(on[2], (hidden("2").as_str(), hidden("length").as_str()));
        assert_eq!(varied.conditions[2].values, [json!(2), json!(3)]);
        assert_eq!(on.len(), 5);
    }

    #[test]
    fn a_point_makes_a_document_and_comes_back_from_it() {
        let point = json!({
            "model": "mlp", "model.mlp.hidden.length": 2, "model.mlp.hidden.1": 32, "model.mlp.hidden.2": 8,
            "train.batch": 32.0, "train.l2": 0.5,
        });
        let point = point.as_object().unwrap();
        let found = at(&document(), "", point).unwrap();
        let expected =
            json!({ "seed": 3, "model": { "kind": "mlp", "hidden": [32, 8] }, "train": { "batch": 32, "l2": 0.5 } });
        assert_eq!(found, expected);
        let mut back = Map::new();
        assert!(point_of(&document(), &found, "", &mut back));
        assert_eq!(&back, point);
    }

    #[test]
    fn values_that_the_ranges_do_not_hold_make_no_point() {
        let values = json!({ "model": { "kind": "ridge" }, "train": { "batch": 32, "l2": 0.0 } });
        let mut point = Map::new();
        assert!(!point_of(&document(), &values, "", &mut point));
        // What can be said is said.
        assert_eq!(json!(point), json!({ "train.batch": 32.0, "train.l2": 0.0 }));
    }

    #[test]
    fn choices_of_one_kind_are_told_apart() {
        let words =
            labels(&[json!({ "kind": "sgd" }), json!({ "kind": "sgd", "momentum": 0.9 }), json!("relu"), json!([8])]);
        assert_eq!(words, ["sgd", "sgd#2", "relu", "[8]"]);
    }

    #[test]
    fn what_is_no_range_is_told_with_its_place() {
        let wrong = json!({ "model": { "hidden": { "tune": "int", "low": 4 } } });
        let message = Varied::of(&wrong).unwrap_err().to_string();
        assert!(message.contains("model.hidden") && message.contains("high"), "{message}");
        assert_eq!(first_range(&wrong, "").as_deref(), Some("model.hidden"));
    }
}
