//! Values as they are written: one, or several with commas between them.

use serde_json::{Map, Value};

/// A value as it is written after `--set`. Text that is not a TOML value, such as relu or data.csv, is taken as a string.
pub fn parsed(text: &str) -> Value {
    let map = toml::from_str::<Map<String, Value>>(&format!("value = {text}")).ok();
    map.and_then(|mut map| map.remove("value")).unwrap_or_else(|| Value::from(text.trim()))
}

/// The parts of a text between commas that stand outside brackets and quotes.
pub(crate) fn pieces(text: &str) -> Vec<&str> {
    let (mut depth, mut quote, mut start, mut pieces) = (0_usize, None, 0, Vec::new());
    for (at, letter) in text.char_indices() {
        match letter {
            '"' | '\'' if quote.is_none() => quote = Some(letter),
            _ if quote == Some(letter) => quote = None,
            _ if quote.is_some() => {}
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                pieces.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    pieces.push(&text[start..]);
    pieces
}
