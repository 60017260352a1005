//! A range in place of a value: how the two are distinguished.

use serde_json::Value;

/// The key that distinguishes a range from a value.
pub const MARK: &str = "tune";

/// Whether a value is a range.
pub fn is_range(value: &Value) -> bool {
    value.get(MARK).is_some()
}

/// The path of the first range in a document.
pub fn first_range(value: &Value, path: &str) -> Option<String> {
    match value {
        _ if is_range(value) => Some(path.to_owned()),
        Value::Object(map) => map.iter().find_map(|(key, value)| first_range(value, &below(path, key))),
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(at, value)| first_range(value, &below(path, &at.to_string())))
        }
        _ => None,
    }
}

/// The path of a field below another.
pub fn below(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}
