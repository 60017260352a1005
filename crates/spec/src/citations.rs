//! Citations of a run: the sources that its settings name.

use serde_json::Value;

use crate::schema::{description, kind_of, kinds, resolve, words};
use crate::sources::keys;

/// The keys of all sources of a part of an experiment; `path` says which, such as `model` or `train`.
///
/// Each kind that was chosen adds the sources of its description, and so does each value; a field does where it is switched on:
/// `true`, a number above zero, or there at all. So what a method rests on is written once, with its settings.
///
/// ```
/// let keys = spec::citations::of("model", &serde_json::json!({ "kind": "gcn" }));
/// assert!(keys.contains(&"Kipf2017".to_owned()));
/// ```
pub fn of(path: &str, settings: &Value) -> Vec<String> {
    let mut schema = crate::schema::schema().clone();
    for name in path.split('.') {
        let fields = inner(&schema);
        schema = fields.pointer(&format!("/properties/{name}")).cloned().unwrap_or_default();
    }
    let mut found = Vec::new();
    collect(settings, &schema, &mut found);
    found.sort_unstable();
    found.dedup();
    found
}

/// A table, also one that may be left out.
fn inner(schema: &Value) -> Value {
    let schema = resolve(schema);
    let choices = schema.get("anyOf").and_then(Value::as_array).into_iter().flatten().map(resolve);
    let table = choices.into_iter().find(|choice| choice.get("properties").is_some());
    table.unwrap_or(schema)
}

fn collect(value: &Value, schema: &Value, found: &mut Vec<String>) {
    let add = |text: &str, found: &mut Vec<String>| found.extend(keys(text).into_iter().map(str::to_owned));
    match value {
        Value::Object(map) => {
            let resolved = resolve(schema);
            let chosen = ["kind", "tune"].iter().find_map(|tag| map.get(*tag)).and_then(Value::as_str);
            let choice = kinds(&resolved).into_iter().find(|choice| chosen.is_some() && kind_of(choice) == chosen);
            if let Some(choice) = &choice {
                add(&description(choice), found);
            }
            let table = choice.unwrap_or_else(|| inner(schema));
            for (name, value) in map {
                let Some(field) = table.pointer(&format!("/properties/{name}")) else { continue };
                if is_on(value) {
                    add(&description(&resolve(field)), found);
                }
                collect(value, field, found);
            }
        }
        Value::Array(list) => {
            let items = inner(schema).get("items").cloned().unwrap_or_default();
            list.iter().for_each(|value| collect(value, &items, found));
        }
        Value::String(word) => {
            let chosen = words(&resolve(schema)).into_iter().filter(|(known, _)| known == word);
            chosen.for_each(|(_, text)| add(&text, found));
        }
        _ => {}
    }
}

/// Whether a field is in use.
fn is_on(value: &Value) -> bool {
    match value {
        Value::Bool(on) => *on,
        Value::Number(number) => number.as_f64().is_some_and(|x| x > 0.0),
        Value::Object(_) => true,
        Value::String(_) => false,
        Value::Array(list) => !list.is_empty(),
        Value::Null => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ModelKind;
    use serde_json::json;

    #[test]
    fn every_kind_of_model_calls_for_its_sources() {
        for kind in ModelKind::all() {
            assert!(!of("model", &json!(kind)).is_empty(), "{}", kind.name());
        }
        for (kind, key) in
            [("d_mpnn", "Yang2019"), ("gcn", "Kipf2017"), ("lstm", "Hochreiter1997"), ("pls", "Wold2001")]
        {
            assert!(of("model", &json!({ "kind": kind })).contains(&key.to_owned()), "{kind}");
        }
    }

    #[test]
    fn what_is_switched_off_is_not_cited() {
        let model = |dropout: f64| json!({ "kind": "averaging", "of": { "kind": "mlp", "dropout": dropout, "batch_norm": true } });
        assert!(!of("model", &model(0.0)).contains(&"Srivastava2014".to_owned()));
        assert!(of("model", &model(0.1)).contains(&"Srivastava2014".to_owned()));
        assert!(of("model", &model(0.1)).contains(&"Ioffe2015".to_owned()));
    }
}
