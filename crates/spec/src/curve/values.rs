//! Values of a setting as numbers and as text.

use report::words::count;
use serde_json::Value;

/// The number that a value is; a list of one number counts as that number.
pub fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::Array(items) => match &items[..] {
            [only @ Value::Number(_)] => number(only),
            _ => None,
        },
        _ => None,
    }
}

/// A value as a person writes it: counts with commas, words without quotes.
pub fn shown(value: &Value) -> String {
    match value {
        Value::Number(number) => number.as_u64().map_or_else(|| number.to_string(), |n| count(n as usize)),
        Value::String(word) => word.clone(),
        Value::Array(items) => match &items[..] {
            [only @ Value::Number(_)] => shown(only),
            _ => format!("[{}]", items.iter().map(shown).collect::<Vec<_>>().join(", ")),
        },
        Value::Object(map) => {
            let kind = map.get("kind").and_then(Value::as_str);
            kind.map_or_else(|| value.to_string(), str::to_owned)
        }
        other => other.to_string(),
    }
}

/// Numbers by size, everything else as it was given; no value twice.
pub fn in_order(values: &[Value]) -> Vec<Value> {
    let mut ordered: Vec<Value> = Vec::new();
    for value in values {
        let twice = |other: &Value| other == value || number(other).is_some_and(|x| Some(x) == number(value));
        if !ordered.iter().any(twice) {
            ordered.push(value.clone());
        }
    }
    if ordered.iter().all(|value| number(value).is_some()) {
        let key = |value: &Value| number(value).unwrap_or(f64::NAN);
        ordered.sort_by(|a, b| key(a).total_cmp(&key(b)));
    }
    ordered
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_ordered_by_size_and_words_stay() {
        assert_eq!(in_order(&[json!(64), json!([8]), json!(8), json!(0.5)]), [json!(0.5), json!([8]), json!(64)]);
        assert_eq!(in_order(&[json!("tanh"), json!("relu"), json!("tanh")]), [json!("tanh"), json!("relu")]);
    }

    #[test]
    fn values_are_written_as_people_write_them() {
        let words =
            [json!(2942), json!([16]), json!([16, 8]), json!("relu"), json!(0.001), json!(true)].map(|v| shown(&v));
        assert_eq!(words, ["2,942", "16", "[16, 8]", "relu", "0.001", "true"]);
    }
}
