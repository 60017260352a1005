//! The JSON Schema of an experiment and of a campaign: the one place from which checks, help and reference read.

mod check;
mod explain;
mod python;

use std::sync::OnceLock;

use serde_json::Value;

pub(crate) use check::{check, check_campaign};
pub use explain::{explain, markdown};
pub use python::python;

use crate::experiment::Experiment;
use crate::study::Campaign;

/// The schema, made once from the specification structs.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut whole = schemars::schema_for!(Experiment).to_value();
        let mut campaign = schemars::schema_for!(Campaign).to_value();
        // What a campaign is made of stands beside what an experiment is made of; a campaign is one of those parts.
        let parts = campaign.get_mut("$defs").map(Value::take).unwrap_or_default();
        if let (Some(Value::Object(all)), Value::Object(parts)) = (whole.get_mut("$defs"), parts) {
            all.extend(parts);
            if let Value::Object(campaign) = &mut campaign {
                campaign.retain(|key, _| !key.starts_with('$'));
            }
            all.insert("Campaign".into(), campaign);
        }
        whole
    })
}

/// Follows `$ref`, so that a schema's own words (properties, description) and those it refers to stand together.
pub(crate) fn resolve(schema: &Value) -> Value {
    let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return schema.clone() };
    let mut whole = self::schema().pointer(&reference[1..]).map(resolve).unwrap_or_default();
    if let (Value::Object(whole), Value::Object(own)) = (&mut whole, schema) {
        for (key, value) in own.iter().filter(|(key, _)| *key != "$ref") {
            match (whole.get_mut(key), value) {
                (Some(Value::Object(there)), Value::Object(here)) => there.extend(here.clone()),
                (Some(Value::Array(there)), Value::Array(here)) => there.extend(here.clone()),
                _ => {
                    whole.insert(key.clone(), value.clone());
                }
            }
        }
    }
    whole
}

/// The alternatives of an enum, resolved.
pub(crate) fn alternatives(schema: &Value) -> Vec<Value> {
    let list = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array);
    list.map_or_else(Vec::new, |list| list.iter().map(resolve).collect())
}

/// The tagged alternatives of an enum, also of one that may be left out.
pub(crate) fn kinds(schema: &Value) -> Vec<Value> {
    let flat = |choice: Value| if kind_of(&choice).is_some() { vec![choice] } else { kinds(&choice) };
    alternatives(schema).into_iter().flat_map(flat).collect()
}

/// The word by which a tagged alternative is chosen, such as `"mlp"`.
pub(crate) fn kind_of(alternative: &Value) -> Option<&str> {
    alternative.pointer("/properties/kind/const").and_then(Value::as_str)
}

/// What the doc comment says. Brackets are escaped there, where they would be links.
pub(crate) fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace("\\[", "[").replace("\\]", "]")
}

/// The words that a schema allows, each with its description: `const`s and `enum`s.
pub(crate) fn words(schema: &Value) -> Vec<(String, String)> {
    let own = |s: &Value| -> Vec<(String, String)> {
        let constant = s.get("const").and_then(Value::as_str).map(|word| (word.to_owned(), description(s)));
        let listed = s.get("enum").and_then(Value::as_array).into_iter().flatten();
        constant
            .into_iter()
            .chain(listed.filter_map(Value::as_str).map(|word| (word.to_owned(), String::new())))
            .collect()
    };
    own(schema).into_iter().chain(alternatives(schema).iter().flat_map(words)).collect()
}
