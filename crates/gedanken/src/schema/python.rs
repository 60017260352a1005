//! Python's specification classes, generated from the schema.

use std::fmt::Write;

use serde_json::Value;

use super::{alternatives, kind_of, resolve, schema, words};

/// The module `_specs.py`: one dataclass for each table and for each kind.
pub fn python() -> String {
    let mut module = String::from(
        "\"\"\"Specifications of models, optimisers and training. Generated from the schema: do not edit.\"\"\"\n\n\
         from __future__ import annotations\n\n\
         from dataclasses import dataclass\nfrom typing import Any, ClassVar, Literal, Optional, Sequence, Union\n\n\n\
         class Spec:\n    \"\"\"Anything that a field of an experiment can be.\"\"\"\n",
    );
    let mut names = Vec::new();
    let mut done = Vec::new();
    collect(schema(), &mut done, &mut |name, kind, table| {
        let (text, public) = class(name, kind, table);
        module += &text;
        names.push(public);
    });
    names.sort();
    let _ = write!(module, "\n\n__all__ = [\n");
    for name in names {
        let _ = writeln!(module, "    \"{name}\",");
    }
    module += "]\n";
    module
}

/// Calls `f(name, kind, table)` for every table, those inside first.
fn collect(node: &Value, done: &mut Vec<String>, f: &mut dyn FnMut(&str, Option<&str>, &Value)) {
    let table = resolve(node);
    for choice in alternatives(&table) {
        let name = kind_of(&choice).map(camel);
        match (&name, kind_of(&choice)) {
            (Some(name), Some(kind)) if !done.contains(name) => {
                done.push(name.clone());
                inside(&choice, done, f);
                f(name, Some(kind), &choice);
            }
            (None, _) if choice.get("properties").is_some() => collect_named(node, &choice, done, f),
            _ => {}
        }
    }
    if table.get("properties").is_some() {
        collect_named(node, &table, done, f);
    }
}

fn collect_named(node: &Value, table: &Value, done: &mut Vec<String>, f: &mut dyn FnMut(&str, Option<&str>, &Value)) {
    let reference = node.get("$ref").or_else(|| node.pointer("/anyOf/0/$ref")).and_then(Value::as_str);
    let name = reference.and_then(|r| r.rsplit('/').next()).unwrap_or("Experiment").to_owned();
    if !done.contains(&name) {
        done.push(name.clone());
        inside(table, done, f);
        f(&name, None, table);
    }
}

fn inside(table: &Value, done: &mut Vec<String>, f: &mut dyn FnMut(&str, Option<&str>, &Value)) {
    for field in table.get("properties").and_then(Value::as_object).into_iter().flat_map(|fields| fields.values()) {
        collect(field, done, f);
        if let Some(items) = field.get("items") {
            collect(items, done, f);
        }
    }
}

fn class(name: &str, kind: Option<&str>, table: &Value) -> (String, String) {
    let doc = docstring(table, 4);
    let mut text = format!("\n\n@dataclass(kw_only=True)\nclass {name}(Spec):\n{doc}\n");
    if let Some(kind) = kind {
        let _ = writeln!(text, "    kind: ClassVar[str] = \"{kind}\"");
    }
    let fields = table.get("properties").and_then(Value::as_object).into_iter().flatten();
    let required: Vec<&str> =
        table.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    for (field, schema) in fields.filter(|(field, _)| *field != "kind") {
        let value = if required.contains(&field.as_str()) { String::new() } else { " = None".into() };
        let _ = writeln!(text, "    {field}: {}{value}", annotation(schema, required.contains(&field.as_str())));
        text += &docstring(&described(schema), 4);
    }
    (text, name.to_owned())
}

/// The field with its default in the description: `None` stands for the default, which Rust knows.
fn described(schema: &Value) -> Value {
    let mut field = resolve(schema);
    let words = field.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
    let default = schema
        .get("default")
        .filter(|d| !d.is_null() && !d.is_object())
        .map_or_else(String::new, |d| format!("\n\nDefault: {d}"));
    field["description"] = format!("{words}{default}").into();
    field
}

fn annotation(schema: &Value, required: bool) -> String {
    let field = resolve(schema);
    let tables: Vec<String> = alternatives(&field).iter().filter_map(|c| kind_of(c).map(camel)).collect();
    let choices: Vec<String> = words(&field).into_iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let has = |name: &str| match field.get("type") {
        Some(Value::String(t)) => t == name,
        Some(Value::Array(t)) => t.iter().any(|t| t == name),
        _ => false,
    };
    let kind = if !tables.is_empty() {
        format!("Union[{}]", tables.join(", "))
    } else if !choices.is_empty() {
        format!("Literal[{}]", choices.join(", "))
    } else if has("array") {
        let item = field.get("items").map_or("Any".into(), |items| annotation(items, true));
        format!("Sequence[{item}]")
    } else if has("integer") {
        "int".into()
    } else if has("number") {
        "float".into()
    } else if has("boolean") {
        "bool".into()
    } else if has("string") {
        "str".into()
    } else {
        let reference = schema.get("$ref").or_else(|| schema.pointer("/anyOf/0/$ref")).and_then(Value::as_str);
        reference.and_then(|r| r.rsplit('/').next()).unwrap_or("Any").to_owned()
    };
    if required { kind } else { format!("Optional[{kind}]") }
}

fn docstring(schema: &Value, indent: usize) -> String {
    let pad = " ".repeat(indent);
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let lines: Vec<String> =
        text.lines().map(|line| if line.is_empty() { String::new() } else { format!("{pad}{line}") }).collect();
    let body = lines.join("\n");
    let body = body.trim_start();
    if body.is_empty() { String::new() } else { format!("{pad}r\"\"\"{body}\"\"\"\n") }
}

fn camel(kind: &str) -> String {
    let upper = |word: &str| {
        word.chars().next().map_or_else(String::new, |c| c.to_uppercase().collect::<String>() + &word[c.len_utf8()..])
    };
    kind.split('_').map(upper).collect()
}
