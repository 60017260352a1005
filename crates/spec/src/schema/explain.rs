//! The schema in words: for `gedanken explain` and the reference pages.

use std::fmt::Write;

use serde_json::Value;

use crate::error::{Error, Result};
use crate::schema::{TAGS, alternatives, description, kind_of, kinds, resolve, schema, tag_of, words};

/// What `name` means: a field (`train.batch`, or just `batch`), a table (`train`) or a word such as `adam`.
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
    visit_kinds(&mut |path, kind, choice| {
        names.push(kind.to_owned());
        if kind == name || format!("{path}.{kind}") == name {
            let _ = write!(found, "{path} = {kind:?}\n{}{}", indent(&description(choice)), fields(choice, path));
        }
        for (field, schema, default) in rows(choice) {
            if field == name || format!("{path}.{field}") == name {
                let _ = write!(found, "{}", section(&format!("{path}.{kind}.{field}"), &schema, &default));
            }
            names.push(field);
        }
    });
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

/// All settings as a reference page.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Settings\n\nEvery field of an experiment, as it stands in `experiment.toml` and behind `--set`, of a campaign (`campaign.`), as it\nstands in `campaign.toml`, and of the table `tuning` of an experiment that is tuned. This page is generated.\n",
    );
    page += "\n## Fields\n\n| field | default | range | meaning |\n|---|---|---|---|\n";
    visit(&mut |path, field, default| {
        let meaning = description(field).replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(page, "| `{path}` | {} | {} | {meaning} |", code(default), range(field));
    });
    page += "\n## Kinds\n";
    visit_kinds(&mut |path, kind, choice| {
        let tag = tag_of(choice).unwrap_or_default();
        let _ = write!(page, "\n### `{path} = {{ {tag} = \"{kind}\" }}`\n\n{}\n", description(choice));
        let rows = rows(choice);
        if !rows.is_empty() {
            page += "\n| field | default | range | meaning |\n|---|---|---|---|\n";
        }
        for (name, field, default) in rows {
            let meaning = description(&field).replace('\n', " ").replace('|', "\\|");
            let _ = writeln!(page, "| `{name}` | {} | {} | {meaning} |", code(&default), range(&field));
        }
    });
    page += "\n## Words\n";
    let mut before = String::new();
    visit_words(&mut |path, word, doc| {
        if path != before {
            let _ = write!(page, "\n### `{path}`\n\n| word | meaning |\n|---|---|\n");
            before = path.to_owned();
        }
        let _ = writeln!(page, "| `{word}` | {} |", doc.replace('\n', " ").replace('|', "\\|"));
    });
    page
}

/// Calls `f(path, field, default)` for every field outside tagged alternatives.
fn visit(f: &mut dyn FnMut(&str, &Value, &Value)) {
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

fn visit_kinds(f: &mut dyn FnMut(&str, &str, &Value)) {
    visit(&mut |path, field, _| {
        let items = field.get("items").map(resolve).unwrap_or_default();
        for choice in kinds(field).into_iter().chain(kinds(&items)) {
            if let Some(kind) = kind_of(&choice) {
                f(path, kind, &choice);
                // Layers of a sequential network are kinds themselves.
                let layers = choice.pointer("/properties/layers/items").map(resolve).unwrap_or_default();
                for layer in kinds(&layers) {
                    if let Some(kind) = kind_of(&layer) {
                        f(&format!("{path}.layers"), kind, &layer);
                    }
                }
            }
        }
    });
    for choice in kinds(&part_named("Tune")) {
        if let Some(kind) = kind_of(&choice) {
            f(ANY, kind, &choice);
        }
    }
}

/// Stands for the path of every field that can be tuned.
const ANY: &str = "field";

fn visit_words(f: &mut dyn FnMut(&str, &str, &str)) {
    let mut all: Vec<(String, Value)> = Vec::new();
    visit(&mut |path, field, _| all.push((path.to_owned(), field.clone())));
    visit_kinds(&mut |path, kind, choice| {
        all.extend(rows(choice).into_iter().map(|(name, field, _)| (format!("{path}.{kind}.{name}"), field)));
    });
    for (path, field) in all {
        for (word, doc) in words(&field) {
            f(&path, &word, &doc);
        }
    }
}

/// Fields of one alternative, without `kind`, each with its default.
fn rows(choice: &Value) -> Vec<(String, Value, Value)> {
    let fields = choice.get("properties").and_then(Value::as_object).into_iter().flatten();
    let fields = fields.filter(|(name, _)| !TAGS.contains(&name.as_str()));
    fields
        .map(|(name, field)| (name.clone(), resolve(field), field.get("default").cloned().unwrap_or_default()))
        .collect()
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

fn code(default: &Value) -> String {
    if default.is_null() { String::new() } else { format!("`{default}`") }
}

fn range(field: &Value) -> String {
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
    fn fields_kinds_and_words_are_explained() {
        for (name, words) in [
            ("train.batch", "Rows in a mini-batch"),
            ("adam", "beta1"),
            ("batch_norm", "Normalise each hidden layer"),
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

    #[test]
    fn the_page_names_every_model() {
        let page = markdown();
        for kind in ["mlp", "ridge", "lasso", "random_forest", "bagging", "perceptron"] {
            assert!(page.contains(&format!("kind = \"{kind}\"")), "{kind}");
        }
    }
}
