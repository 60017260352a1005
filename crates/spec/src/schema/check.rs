//! A document against the schema: unknown fields, wrong types and values out of range, each with its place.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::schema::{alternatives, kind_of, resolve, schema, words};

/// Checks a whole experiment; `source` names it in messages.
pub fn check(document: &Value, source: &str) -> Result<()> {
    Place { source, path: Vec::new() }.check(document, schema())
}

/// Checks another document than an experiment, such as a whole `Campaign`, which begins at a path of its document.
pub fn check_part(part: &str, document: &Value, source: &str, path: &[&str]) -> Result<()> {
    let part = schema().pointer(&format!("/$defs/{part}")).cloned().unwrap_or_default();
    Place { source, path: path.iter().map(|key| (*key).to_owned()).collect() }.check(document, &part)
}

struct Place<'a> {
    source: &'a str,
    path: Vec<String>,
}

impl Place<'_> {
    fn check(&mut self, value: &Value, schema: &Value) -> Result<()> {
        let schema = resolve(schema);
        let choices: Vec<Value> =
            alternatives(&schema).into_iter().filter(|choice| choice.get("type") != Some(&"null".into())).collect();
        let optional = choices.len() < alternatives(&schema).len() || has_type(&schema, "null");
        if value.is_null() && optional {
            return Ok(());
        }
        if choices.iter().any(|choice| kind_of(choice).is_some()) {
            return self.check_kind(value, &choices);
        }
        let allowed = words(&schema);
        if !allowed.is_empty() && choices.iter().all(|choice| !words(choice).is_empty()) {
            return self.check_word(value, &allowed);
        }
        if let [only] = &choices[..] {
            return self.check(value, only);
        }
        self.check_type(value, &schema)?;
        match value {
            Value::Object(map) => {
                let Some(fields) = schema.get("properties").and_then(Value::as_object) else { return Ok(()) };
                for (key, value) in map {
                    let Some(field) = fields.get(key) else {
                        let names = fields.keys().map(String::as_str);
                        return Err(self.wrong(format!("unknown field `{key}`"), hint(key, names)));
                    };
                    self.inside(key.clone(), value, field)?;
                }
                let required = schema.get("required").and_then(Value::as_array).into_iter().flatten();
                let mut missing = required.filter_map(Value::as_str).filter(|name| !map.contains_key(*name));
                if let Some(name) = missing.next() {
                    let hint = format!("`gedanken explain {name}` explains it");
                    return Err(self.wrong(format!("field `{name}` is missing"), hint));
                }
                Ok(())
            }
            Value::Array(items) => {
                let n = items.len() as u64;
                let least = schema.get("minItems").and_then(Value::as_u64).unwrap_or(0);
                let most = schema.get("maxItems").and_then(Value::as_u64).unwrap_or(u64::MAX);
                if n < least || n > most {
                    let at_least = if most > least { "at least " } else { "" };
                    return Err(self.wrong(
                        format!("a list of {at_least}{least} values is expected, not of {n}"),
                        "give all of them".into(),
                    ));
                }
                let Some(item) = schema.get("items") else { return Ok(()) };
                items.iter().enumerate().try_for_each(|(at, value)| self.inside(at.to_string(), value, item))
            }
            Value::Number(number) => self.check_range(number.as_f64().unwrap_or(f64::NAN), &schema),
            _ => Ok(()),
        }
    }

    fn inside(&mut self, key: String, value: &Value, schema: &Value) -> Result<()> {
        self.path.push(key);
        self.check(value, schema)?;
        self.path.pop();
        Ok(())
    }

    /// A table whose fields depend on its `kind`.
    fn check_kind(&mut self, value: &Value, choices: &[Value]) -> Result<()> {
        let kinds = || choices.iter().filter_map(kind_of);
        let Some(kind) = value.get("kind").and_then(Value::as_str) else {
            let list = kinds().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
            return Err(self.wrong("a table with a `kind` is expected".into(), format!("`kind` is one of {list}")));
        };
        let Some(choice) = choices.iter().find(|choice| kind_of(choice) == Some(kind)) else {
            return Err(self.wrong(format!("unknown kind `{kind}`"), hint(kind, kinds())));
        };
        let has = |choice: &Value, field: &str| choice.pointer(&format!("/properties/{field}")).is_some();
        for field in value.as_object().into_iter().flatten().map(|(field, _)| field) {
            let others = || choices.iter().filter(|other| has(other, field)).filter_map(kind_of);
            if !has(choice, field) && others().next().is_some() {
                let list = others().map(|kind| format!("`{kind}`")).collect::<Vec<_>>().join(", ");
                let path = self.path.join(".");
                let members =
                    if has(choice, "of") { format!(", or `{path}.of.{field}` of its members") } else { String::new() };
                let hint = format!("it is a field of {list}: set `{path}.kind` too{members}");
                return Err(self.wrong(format!("`{kind}` has no field `{field}`"), hint));
            }
        }
        self.check(value, choice)
    }

    fn check_word(&self, value: &Value, allowed: &[(String, String)]) -> Result<()> {
        let names = || allowed.iter().map(|(word, _)| word.as_str());
        match value.as_str() {
            Some(word) if names().any(|name| name == word) => Ok(()),
            Some(word) => Err(self.wrong(format!("`{word}` is not one of the choices"), hint(word, names()))),
            None => Err(self.wrong(format!("{} is not a text", shown(value)), hint("", names()))),
        }
    }

    fn check_type(&self, value: &Value, schema: &Value) -> Result<()> {
        let fits = match value {
            Value::Null => false,
            Value::Bool(_) => has_type(schema, "boolean"),
            Value::Number(n) if n.is_f64() => has_type(schema, "number"),
            Value::Number(_) => has_type(schema, "number") || has_type(schema, "integer"),
            Value::String(_) => has_type(schema, "string"),
            Value::Array(_) => has_type(schema, "array"),
            Value::Object(_) => has_type(schema, "object"),
        };
        if fits || schema.get("type").is_none() {
            return Ok(());
        }
        let unsigned = if schema.get("minimum").is_some_and(|m| m.as_f64() == Some(0.0)) { "unsigned " } else { "" };
        let expected = if has_type(schema, "integer") { format!("{unsigned}integer") } else { type_name(schema) };
        Err(self.wrong(format!("{} is not of type {expected}", shown(value)), "see `gedanken explain`".into()))
    }

    fn check_range(&self, value: f64, schema: &Value) -> Result<()> {
        let bound = |name: &str| schema.get(name).and_then(Value::as_f64);
        let wrong = |limit: &str, bound: f64| {
            self.wrong(format!("{value} is out of range: it must be {limit} {bound}"), "see `gedanken explain`".into())
        };
        match (bound("minimum"), bound("maximum")) {
            (Some(minimum), _) if value < minimum => Err(wrong("at least", minimum)),
            (_, Some(maximum)) if value > maximum => Err(wrong("at most", maximum)),
            _ => Ok(()),
        }
    }

    fn wrong(&self, message: String, hint: String) -> Error {
        let place = match (self.source, self.path.join(".")) {
            (source, path) if path.is_empty() => source.to_owned(),
            ("", path) => path,
            (source, path) => format!("{source}, {path}"),
        };
        Error::Setting { message, place, hint }
    }
}

fn has_type(schema: &Value, name: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(several)) => several.iter().any(|t| t == name),
        _ => false,
    }
}

fn type_name(schema: &Value) -> String {
    match schema.get("type") {
        Some(Value::Array(several)) => {
            several.iter().filter_map(Value::as_str).filter(|t| *t != "null").collect::<Vec<_>>().join(" or ")
        }
        other => other.and_then(Value::as_str).unwrap_or("value of this kind").to_owned(),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Array(_) => "a list".into(),
        Value::Object(_) => "a table".into(),
        Value::Null => "an empty value".into(),
        other => format!("`{other}`"),
    }
}

fn hint<'n>(word: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.collect();
    match data::nearest(word, names.iter().copied()).first() {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            format!("choose one of {}", names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))
        }
    }
}
