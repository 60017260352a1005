//! The schema as text, for `gedanken explain`.

use std::fmt::Write;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::schema::visit::{Kind, kinds_once, rows, visit, visit_words};
use crate::schema::{alternatives, description, kind_of, kinds, words};
use crate::sources::{keys, reference};

/// Meaning of `name`: a field (`train.batch`, or just `batch`), a table (`train`) or a word such as `adam`.
///
/// # Errors
/// Nothing has this name.
pub fn explain(name: &str) -> Result<String> {
    let mut found = String::new();
    let mut names = Vec::new();
    visit(&mut |path, field, default| {
        let last = path.rsplit('.').next().unwrap_or(path);
        names.push(last.to_owned());
        if path == name || last == name {
            let _ = write!(found, "{}", section(path, field, default));
        }
    });
    for Kind { path, word, schema } in kinds_once() {
        names.push(word.clone());
        if word == name || format!("{path}.{word}") == name {
            found += &of_kind(&path, &word, &schema);
        }
        for (field, schema, default) in rows(&schema) {
            if field == name || format!("{path}.{field}") == name {
                let _ = write!(found, "{}", section(&format!("{path}.{field}, of `{word}`"), &schema, &default));
            }
            names.push(field);
        }
    }
    visit_words(&mut |path, word, doc| {
        names.push(word.to_owned());
        if word == name {
            let _ = write!(found, "{path} = {word:?}\n{}", indent(doc));
        }
    });
    if found.is_empty() {
        let near = data::nearest(name, names.iter().map(String::as_str)).first().map(|near| (*near).to_owned());
        let hint = "`gedanken schema --markdown` lists all settings".into();
        return Err(Error::Unknown { what: "setting", name: name.into(), near, hint });
    }
    Ok(found)
}

/// A kind: what it is, each of its settings, and the sources as full references.
fn of_kind(path: &str, word: &str, schema: &Value) -> String {
    let own = description(schema);
    let mut text = format!("{path} = {word:?}\n{}{}", indent(&own), fields(schema, path));
    let of_fields: String = rows(schema).iter().map(|(_, field, _)| description(field)).collect();
    let sources: Vec<String> = keys(&(own + &of_fields)).into_iter().filter_map(reference).collect();
    if !sources.is_empty() {
        text += "sources\n";
        sources.iter().for_each(|source| text += &indent(source));
    }
    text
}

fn fields(choice: &Value, path: &str) -> String {
    rows(choice).iter().map(|(name, field, default)| section(&format!("{path}.{name}"), field, default)).collect()
}

fn section(path: &str, field: &Value, default: &Value) -> String {
    let mut text = format!("{path}\n{}", indent(&description(field)));
    if !default.is_null() {
        let _ = writeln!(text, "    default: {default}");
    }
    let range = range(field);
    if !range.is_empty() {
        let _ = writeln!(text, "    range: {range}");
    }
    let choices: Vec<String> = words(field).into_iter().map(|(word, _)| word).collect();
    let named: Vec<String> = kinds(field).iter().filter_map(|c| kind_of(c).map(str::to_owned)).collect();
    let inner = alternatives(field).into_iter().find(|choice| named.is_empty() && choice.get("properties").is_some());
    let inner: Vec<String> = inner.iter().flat_map(rows).map(|(name, ..)| format!("{path}.{name}")).collect();
    for (label, list) in [("one of", choices), ("kinds", named), ("fields", inner)] {
        if !list.is_empty() {
            let _ = writeln!(text, "    {label}: {}", list.join(", "));
        }
    }
    text
}

fn indent(text: &str) -> String {
    text.lines().map(|line| format!("    {line}\n")).collect()
}

pub(crate) fn range(field: &Value) -> String {
    let bound = |name| field.get(name).and_then(Value::as_f64);
    match (bound("minimum"), bound("maximum")) {
        (Some(low), Some(high)) => format!("[{low}, {high}]"),
        (Some(low), None) => format!("[{low}, inf)"),
        (None, Some(high)) => format!("(-inf, {high}]"),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_model_layer_and_optimizer_has_its_equation_and_its_source() {
        let families = ["model", "model.layers[]", "train.optimizer"];
        let kinds = kinds_once();
        let wanted: Vec<&Kind> = kinds.iter().filter(|kind| families.contains(&kind.path.as_str())).collect();
        assert!(wanted.len() > 60, "{}", wanted.len());
        for Kind { path, word, schema } in wanted {
            let text = description(schema);
            assert!(text.matches('$').count() >= 2, "{path} = {word} has no equation");
            assert!(keys(&text).into_iter().any(|key| reference(key).is_some()), "{path} = {word} has no source");
        }
    }

    #[test]
    fn every_key_in_the_words_of_the_schema_has_an_entry() {
        let text = crate::schema::schema().to_string().replace("\\\\[", "[").replace("\\\\]", "]");
        for key in keys(&text) {
            assert!(reference(key).is_some(), "{key}");
        }
    }

    #[test]
    fn a_kind_is_explained_with_the_path_that_works() {
        let text = explain("gcn").unwrap();
        for words in ["model = \"gcn\"", "model.batch_norm", "Kipf", "Learning Representations"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        assert!(!text.contains("compare"), "{text}");
    }

    #[test]
    fn fields_kinds_and_words_are_explained() {
        for (name, words) in [
            ("train.batch", "Rows in a mini-batch"),
            ("adam", "beta1"),
            ("batch_norm", "Normalize each hidden layer"),
            ("he_uniform", "He2015"),
            ("scaffold", "ring skeleton"),
            ("huber", "delta"),
            ("train.clip", "kinds: norm, value"),
        ] {
            let text = explain(name).unwrap();
            assert!(text.contains(words), "{name}: {text}");
        }
        assert!(explain("bach").unwrap_err().to_string().contains("`batch`"));
    }
}
