//! The JSON Schema of an experiment, a campaign and a tuning: the one place from which checks, help and reference read.

pub mod check;
pub mod explain;
pub mod lists;
pub mod python;
pub mod reference;
pub(crate) mod visit;

use std::sync::OnceLock;

use serde_json::Value;

use crate::campaign::Campaign;
use crate::experiment::Experiment;
use crate::model::ModelKind;
use crate::tuning::{Tune, Tuning};

/// The schema, made once from the specification structs.
pub fn schema() -> &'static Value {
    static SCHEMA: OnceLock<Value> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let mut whole = schemars::schema_for!(Experiment).to_value();
        let others = [
            ("Campaign", schemars::schema_for!(Campaign)),
            ("Tune", schemars::schema_for!(Tune)),
            ("Tuning", schemars::schema_for!(Tuning)),
        ];
        // They stand among the parts of an experiment, and so does what they are made of.
        for (name, schema) in others {
            let mut schema = schema.to_value();
            let parts = schema.get_mut("$defs").map(Value::take).unwrap_or_default();
            let Some(Value::Object(all)) = whole.get_mut("$defs") else { continue };
            if let Value::Object(parts) = parts {
                all.extend(parts);
            }
            if let Value::Object(schema) = &mut schema {
                schema.retain(|key, _| !key.starts_with('$'));
            }
            all.insert(name.into(), schema);
        }
        let families = [
            ("ModelKind", ModelKind::docs()),
            ("Layer", nn::Layer::docs()),
            ("Optimizer", grad::optim::Optimizer::docs()),
        ];
        families.iter().for_each(|(family, docs)| add_docs(&mut whole, family, docs));
        whole
    })
}

/// Adds to the description of each kind that of the settings that it wraps: equation, shapes, sources.
fn add_docs(schema: &mut Value, family: &str, docs: &[(&str, String)]) {
    let kinds = schema.pointer_mut(&format!("/$defs/{family}/oneOf")).and_then(Value::as_array_mut);
    for kind in kinds.into_iter().flatten() {
        let word = kind_of(kind).map(str::to_owned);
        let more = docs.iter().find(|(own, text)| Some(*own) == word.as_deref() && !text.is_empty());
        let own = kind.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Some((_, more)) = more.filter(|(_, more)| !own.contains(more.as_str())) {
            kind["description"] = format!("{own}\n\n{more}").into();
        }
    }
}

/// Follows `$ref`, so that a schema's own keywords (properties, description) and those it refers to are together.
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
pub fn kinds(schema: &Value) -> Vec<Value> {
    let flat = |choice: Value| if kind_of(&choice).is_some() { vec![choice] } else { kinds(&choice) };
    alternatives(schema).into_iter().flat_map(flat).collect()
}

/// The fields whose words choose among tagged alternatives.
pub(crate) const TAGS: [&str; 2] = ["kind", "tune"];

/// The word by which a tagged alternative is chosen, such as `"mlp"`.
pub(crate) fn kind_of(alternative: &Value) -> Option<&str> {
    tag_of(alternative).and_then(|tag| alternative.pointer(&format!("/properties/{tag}/const"))?.as_str())
}

/// The field whose word chooses this alternative.
pub(crate) fn tag_of(alternative: &Value) -> Option<&'static str> {
    TAGS.into_iter().find(|tag| alternative.pointer(&format!("/properties/{tag}/const")).is_some())
}

/// Text of the doc comment. Brackets are escaped there, where they would be links.
pub fn description(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.replace("\\[", "[").replace("\\]", "]")
}

/// The words that a schema allows, each with its description: `const`s and `enum`s.
pub fn words(schema: &Value) -> Vec<(String, String)> {
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
