//! Python's specification classes, generated from the schema.

use std::fmt::Write;

use serde_json::{Map, Value};

use crate::schema::{alternatives, description, kind_of, resolve, schema, words};

/// Kinds of these have their own name as class; those of others carry the name of the family: `cosine` of `Schedule` is
/// `CosineSchedule`. Where two families share a word, it belongs to the first.
const FAMILIES_WITH_OWN_WORDS: [&str; 4] = ["ModelKind", "Layer", "Optimizer", "Loss"];

/// Names of the package that already mean something else.
const TAKEN: [&str; 2] = ["Model", "Spec"];

/// Kinds without a class: tunings are started on the command line.
const WITHOUT_CLASS: [&str; 3] = ["StopRule", "Tune", "Tuning"];

/// The module `_specs.py`: one dataclass for each table and for each kind.
pub fn python() -> String {
    let mut module = String::from(
        "\"\"\"Specifications of models, optimizers and training. Generated from the schema: do not edit.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from collections.abc import Sequence\nfrom dataclasses import dataclass\n\
         from typing import Any, ClassVar, Literal\n\nfrom ._spec import Spec\n",
    );
    let mut names = Vec::new();
    let mut add = |name: String, kind: Option<&str>, table: &Value| {
        module += &class(&name, kind, table);
        names.push(name);
    };
    for (family, definition) in definitions().iter().filter(|(name, _)| !WITHOUT_CLASS.contains(&name.as_str())) {
        for choice in alternatives(definition) {
            if let Some(kind) = kind_of(&choice) {
                add(class_name(family, kind), Some(kind), &choice);
            }
        }
        if definition.get("properties").is_some() {
            add(family.clone(), None, definition);
        }
    }
    add("Experiment".into(), None, schema());
    names.sort();
    let _ = write!(module, "\n\n__all__ = [\n");
    for name in names {
        let _ = writeln!(module, "    \"{name}\",");
    }
    module += "]\n";
    module
}

fn definitions() -> &'static Map<String, Value> {
    schema().get("$defs").and_then(Value::as_object).expect("an experiment has fields with a type of their own")
}

/// The class of a kind: no two kinds have the same.
fn class_name(family: &str, kind: &str) -> String {
    let own = camel(kind);
    let has = |family: &&str| {
        definitions().get(*family).is_some_and(|d| alternatives(d).iter().any(|choice| kind_of(choice) == Some(kind)))
    };
    let is_first = FAMILIES_WITH_OWN_WORDS.iter().find(|family| has(family)) == Some(&family);
    let is_table = definitions().get(&own).is_some_and(|definition| definition.get("properties").is_some());
    if is_first && !is_table && !TAKEN.contains(&own.as_str()) {
        return own;
    }
    own + family.trim_end_matches("Kind")
}

fn class(name: &str, kind: Option<&str>, table: &Value) -> String {
    let required: Vec<&str> =
        table.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let fields: Vec<(&String, &Value)> = table
        .get("properties")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter(|(field, _)| kind.is_none() || *field != "kind")
        .collect();
    let mut text = format!("\n\n@dataclass(kw_only=True, repr=False)\nclass {name}(Spec):\n");
    text += &docstring(table, &fields, &required);
    text.push('\n');
    if let Some(kind) = kind {
        let _ = writeln!(text, "    kind: ClassVar[str] = \"{kind}\"");
    }
    let switches: Vec<String> =
        fields.iter().filter(|(_, schema)| can_be_off(schema)).map(|(field, _)| format!("\"{field}\",")).collect();
    if !switches.is_empty() {
        let _ = writeln!(text, "    _can_be_off: ClassVar[tuple[str, ...]] = ({})", switches.join(" "));
    }
    for (field, schema) in &fields {
        let off = if can_be_off(schema) { " | Literal[False]" } else { "" };
        let default = if required.contains(&field.as_str()) { "" } else { " | None = None" };
        let _ = writeln!(text, "    {field}: {}{off}{default}", annotation(schema));
    }
    if fields.is_empty() && kind.is_none() {
        text += "    pass\n";
    }
    text
}

/// The description of a table, then of its fields, as NumPy's documentation has them.
fn docstring(table: &Value, fields: &[(&String, &Value)], required: &[&str]) -> String {
    let mut lines = prose(table);
    if !fields.is_empty() {
        lines.extend(["", "Parameters", "----------"].map(str::to_owned));
    }
    for (field, schema) in fields {
        let facts = facts(schema, required.contains(&field.as_str()));
        lines.push(if facts.is_empty() { (*field).clone() } else { format!("{field} : {facts}") });
        lines.extend(prose(&resolve(schema)).into_iter().map(|line| format!("    {line}")));
    }
    let mut text = String::from("    r\"\"\"");
    for (at, line) in lines.iter().enumerate() {
        let pad = if at == 0 || line.trim().is_empty() { "" } else { "    " };
        let _ = writeln!(text, "{pad}{}", line.trim_end());
    }
    text + "    \"\"\"\n"
}

/// The lines of a description, without examples in Rust.
fn prose(schema: &Value) -> Vec<String> {
    let text = description(schema);
    let text: String = text.split("```").step_by(2).collect();
    text.trim_end().lines().map(str::to_owned).collect()
}

/// Default and range. A field that is `None` has its default, which Rust fills in.
fn facts(schema: &Value, required: bool) -> String {
    let field = resolve(schema);
    let mut facts = Vec::new();
    match schema.get("default") {
        _ if required => facts.push("required".to_owned()),
        Some(Value::Null | Value::Object(_)) | None => {}
        Some(Value::Bool(yes)) => facts.push(if *yes { "default True" } else { "default False" }.to_owned()),
        Some(other) => facts.push(format!("default {}", other.to_string().replace(',', ", "))),
    }
    let bound = |name: &str| field.get(name).and_then(Value::as_f64);
    match (bound("minimum"), bound("maximum")) {
        (Some(least), Some(most)) => facts.push(format!("{least} to {most}")),
        (Some(least), None) => facts.push(format!("at least {least}")),
        (None, Some(most)) => facts.push(format!("at most {most}")),
        (None, None) => {}
    }
    if can_be_off(schema) {
        facts.push("False for none".to_owned());
    }
    facts.join(", ")
}

/// Whether `None` is allowed where the default is another value.
fn can_be_off(schema: &Value) -> bool {
    let nothing = |choice: &Value| choice.get("type") == Some(&"null".into());
    schema.get("default").is_some_and(|default| !default.is_null()) && alternatives(schema).iter().any(nothing)
}

fn annotation(schema: &Value) -> String {
    let reference = schema.get("$ref").or_else(|| schema.pointer("/anyOf/0/$ref")).and_then(Value::as_str);
    let family = reference.and_then(|r| r.rsplit('/').next()).unwrap_or_default();
    let field = definitions().get(family).unwrap_or(schema);
    let classes: Vec<String> =
        alternatives(field).iter().filter_map(|choice| Some(class_name(family, kind_of(choice)?))).collect();
    let choices: Vec<String> = words(field).into_iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let has = |name: &str| match field.get("type") {
        Some(Value::String(only)) => only == name,
        Some(Value::Array(several)) => several.iter().any(|t| t == name),
        _ => false,
    };
    if !classes.is_empty() {
        classes.join(" | ")
    } else if !choices.is_empty() {
        format!("Literal[{}]", choices.join(", "))
    } else if field.get("properties").is_some() {
        family.to_owned()
    } else if has("array") {
        format!("Sequence[{}]", field.get("items").map_or("Any".into(), annotation))
    } else {
        let names = [("integer", "int"), ("number", "float"), ("boolean", "bool"), ("string", "str")];
        names.iter().find(|(name, _)| has(name)).map_or("Any", |(_, python)| python).to_owned()
    }
}

fn camel(kind: &str) -> String {
    let upper = |word: &str| {
        word.chars().next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + &word[c.len_utf8()..])
    };
    kind.split('_').map(upper).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_classes_have_the_same_name() {
        let module = python();
        let mut names: Vec<&str> =
            module.lines().filter_map(|line| line.strip_prefix("class ")?.split('(').next()).collect();
        let n = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), n);
        assert!(names.contains(&"CosineSchedule") && names.contains(&"Mlp") && names.contains(&"Experiment"));
    }

    #[test]
    fn every_class_that_a_field_names_is_there() {
        let module = python();
        for line in module.lines().filter(|line| line.starts_with("    ") && line.contains(": ")) {
            for word in line.split([' ', '[', ']', ',']).filter(|word| word.starts_with(char::is_uppercase)) {
                let is_class = word.chars().all(char::is_alphanumeric) && line.ends_with("None = None");
                let known = ["None", "Sequence", "Literal", "Any", "False"].contains(&word);
                assert!(!is_class || known || module.contains(&format!("class {word}(")), "{line}");
            }
        }
    }
}
