//! Walks through the schema: every field, every kind, every word.

use serde_json::Value;

use super::{TAGS, alternatives, kind_of, kinds, resolve, schema, words};

/// Calls `f(path, field, default)` for every field outside tagged alternatives.
pub(super) fn visit(f: &mut dyn FnMut(&str, &Value, &Value)) {
    walk(schema(), "", &Value::Null, f);
    for (part, path) in [("Campaign", "campaign"), ("Tuning", "tuning")] {
        walk(&part_named(part), path, &Value::Null, f);
    }
}

fn part_named(name: &str) -> Value {
    schema().pointer(&format!("/$defs/{name}")).cloned().unwrap_or_default()
}

fn walk(table: &Value, path: &str, defaults: &Value, f: &mut dyn FnMut(&str, &Value, &Value)) {
    let table = resolve(table);
    let Some(fields) = table.get("properties").and_then(Value::as_object) else { return };
    for (name, field) in fields {
        let field = resolve(field);
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let default = defaults.get(name).or_else(|| field.get("default")).cloned().unwrap_or_default();
        f(&path, &field, &default);
        if kinds(&field).is_empty() {
            let inner = alternatives(&field).into_iter().find(|choice| choice.get("properties").is_some());
            let items = field.get("items").map(resolve).filter(|items| items.get("properties").is_some());
            match items {
                Some(items) => walk(&items, &format!("{path}[]"), &Value::Null, f),
                None => walk(&inner.unwrap_or(field), &path, &default, f),
            }
        }
    }
}

/// A kind, where it stands, and what it is.
pub(super) struct Kind {
    /// The path of the field that it is a value of, such as `model`.
    pub path: String,
    /// Its word, such as `gcn`.
    pub word: String,
    /// Its part of the schema.
    pub schema: Value,
}

/// Every kind once, at the path by which it is set most simply: `model`, and not one of a list `compare`.
pub(super) fn kinds_once() -> Vec<Kind> {
    let mut all: Vec<Kind> = Vec::new();
    let mut add = |path: &str, choices: Vec<Value>| {
        for schema in choices {
            let Some(word) = kind_of(&schema).map(str::to_owned) else { continue };
            let known = all.iter_mut().find(|kind| kind.word == word && kind.schema == schema);
            let simpler = |old: &str| path.matches("[]").count() < old.matches("[]").count();
            match known {
                Some(kind) if simpler(&kind.path) => kind.path = path.to_owned(),
                Some(_) => {}
                None => all.push(Kind { path: path.to_owned(), word, schema }),
            }
        }
    };
    visit(&mut |path, field, _| {
        let items = field.get("items").map(resolve).unwrap_or_default();
        for (path, choices) in [(path.to_owned(), kinds(field)), (format!("{path}[]"), kinds(&items))] {
            for choice in &choices {
                // Layers of a sequential network are kinds themselves.
                let layers = choice.pointer("/properties/layers/items").map(resolve).unwrap_or_default();
                add(&format!("{path}.layers[]"), kinds(&layers));
            }
            add(&path, choices);
        }
    });
    add(ANY, kinds(&part_named("Tune")));
    all
}

/// Stands for the path of every field that can be tuned.
pub(super) const ANY: &str = "field";

pub(super) fn visit_words(f: &mut dyn FnMut(&str, &str, &str)) {
    let mut all: Vec<(String, Value)> = Vec::new();
    visit(&mut |path, field, _| all.push((path.to_owned(), field.clone())));
    for Kind { path, word, schema } in kinds_once() {
        all.extend(rows(&schema).into_iter().map(|(name, field, _)| (format!("{path}.{word}.{name}"), field)));
    }
    for (path, field) in all {
        for (word, doc) in words(&field) {
            f(&path, &word, &doc);
        }
    }
}

/// Fields of one alternative, without `kind`, each with its default.
pub(super) fn rows(choice: &Value) -> Vec<(String, Value, Value)> {
    let fields = choice.get("properties").and_then(Value::as_object).into_iter().flatten();
    let fields = fields.filter(|(name, _)| !TAGS.contains(&name.as_str()));
    fields
        .map(|(name, field)| (name.clone(), resolve(field), field.get("default").cloned().unwrap_or_default()))
        .collect()
}

/// A field by its path, such as `data.smiles`, with its default.
pub(crate) fn find(path: &str) -> Option<(Value, Value)> {
    let mut found = None;
    visit(&mut |own, field, default| {
        if own == path && found.is_none() {
            found = Some((field.clone(), default.clone()));
        }
    });
    found
}
