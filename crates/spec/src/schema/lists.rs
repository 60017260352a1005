//! One value where a list is due.

use serde_json::Value;

use crate::schema::{alternatives, kind_of, resolve};

/// Makes a number or a word that stands where the schema wants a list a list of one.
pub(crate) fn fill_lists(value: &mut Value, schema: &Value) {
    let schema = resolve(schema);
    let is = |schema: &Value, name: &str| schema.get("type").is_some_and(|own| own == name);
    let choices: Vec<Value> =
        alternatives(&schema).into_iter().filter(|choice| !is(choice, "null")).map(|choice| resolve(&choice)).collect();
    if let [only] = &choices[..] {
        return fill_lists(value, only);
    }
    let kind = value.get("kind").and_then(Value::as_str).map(str::to_owned);
    if let Some(choice) = choices.iter().find(|choice| kind.is_some() && kind_of(choice) == kind.as_deref()) {
        return fill_lists(value, choice);
    }
    match value {
        Value::Number(_) | Value::String(_) if is(&schema, "array") => *value = Value::Array(vec![value.take()]),
        Value::Object(map) => {
            for (key, value) in map {
                if let Some(field) = schema.pointer("/properties").and_then(|fields| fields.get(key)) {
                    fill_lists(value, field);
                }
            }
        }
        Value::Array(items) => {
            if let Some(item) = schema.get("items") {
                items.iter_mut().for_each(|value| fill_lists(value, item));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::schema;
    use serde_json::json;

    #[test]
    fn lists_of_one_need_no_brackets() {
        let mut document = json!({
            "data": { "target": "logS", "features": ["a"], "path": "x.csv" },
            "model": { "kind": "averaging", "of": { "kind": "mlp", "hidden": 32, "dropout": 0.1 } },
            "compare": [{ "kind": "mlp", "hidden": 8 }],
        });
        fill_lists(&mut document, schema());
        assert_eq!(document["data"], json!({ "target": ["logS"], "features": ["a"], "path": "x.csv" }));
        assert_eq!(document["model"]["of"], json!({ "kind": "mlp", "hidden": [32], "dropout": 0.1 }));
        assert_eq!(document["compare"][0]["hidden"], json!([8]));
    }
}
