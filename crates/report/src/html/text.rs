//! Words in a page.

/// Text that is safe inside an element and inside an attribute in double quotes; lines stay lines.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' | '\t' => escaped.push(letter),
            other if other.is_control() => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// Escaped words; what stands between two backticks is set as code.
pub fn words(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (at, part) in parts.iter().enumerate() {
        let closed = at + 1 < parts.len();
        match at % 2 {
            1 if closed => out += &format!("<code>{}</code>", escape(part)),
            1 => out += &format!("`{}", escape(part)),
            _ => out += &escape(part),
        }
    }
    out
}

/// A name for a place in a page: small letters, digits and hyphens.
pub fn slug(text: &str) -> String {
    let letter = |letter: char| if letter.is_ascii_alphanumeric() { letter.to_ascii_lowercase() } else { ' ' };
    text.chars().map(letter).collect::<String>().split_whitespace().collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text_and_lines_stay() {
        assert_eq!(escape("<a href='x'>\n&\u{0}"), "&lt;a href=&#39;x&#39;&gt;\n&amp;");
    }

    #[test]
    fn backticks_are_code_and_a_lonely_one_stays() {
        assert_eq!(words("set `a<b` and `c"), "set <code>a&lt;b</code> and `c");
    }

    #[test]
    fn a_place_has_a_plain_name() {
        assert_eq!(slug("How to cite: Ångström & co."), "how-to-cite-ngstr-m-co");
    }
}
