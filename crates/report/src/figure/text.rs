//! Words in a drawing: safe, and of known width.

/// Text that XML can hold: markup escaped, control characters left out.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\n' | '\t' => escaped.push(' '),
            // XML 1.0 has no way to write these.
            '\u{FFFE}' | '\u{FFFF}' => {}
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Width in pixels of text in a sans-serif font, from average widths of its letters.
pub fn width(text: &str, size: f64) -> f64 {
    let letter = |letter: char| match letter {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | ' ' | '(' | ')' | '[' | ']' | 'f' | 't' => {
            0.32
        }
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.88,
        'A'..='Z' => 0.68,
        // Chinese, Japanese, Korean and emoji fill a square.
        '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' => 1.0,
        '\u{1F300}'..='\u{1FAFF}' => 1.2,
        _ => 0.56,
    };
    size * text.chars().map(letter).sum::<f64>()
}

/// The text, or its beginning with an ellipsis where it would be wider than `limit`.
pub fn fitted(text: &str, size: f64, limit: f64) -> String {
    if width(text, size) <= limit {
        return text.to_owned();
    }
    let mut kept = String::new();
    for letter in text.chars() {
        if width(&kept, size) + width(&letter.to_string(), size) + size > limit {
            break;
        }
        kept.push(letter);
    }
    format!("{}…", kept.trim_end())
}

/// The text in lines no wider than `limit`, cut at spaces; a single word that is wider is shortened.
pub fn wrapped(text: &str, size: f64, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line, size) + width(word, size) + size / 3.0 <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(fitted(word, size, limit)),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escape("a<b & \"c\"\u{0}\n"), "a&lt;b &amp; &quot;c&quot; ");
    }

    #[test]
    fn long_text_is_shortened_or_wrapped() {
        assert_eq!(fitted("abcdefghij", 10.0, 40.0), "abcde…");
        assert_eq!(wrapped("aa bb cc", 10.0, 26.0), ["aa bb", "cc"]);
    }
}
