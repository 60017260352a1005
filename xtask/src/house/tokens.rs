//! Rust as words and signs: comments are gone, a literal is one token, and so is a path's `::`.

/// What stands for every string, character, lifetime and number.
pub const LITERAL: &str = "\"\"";

/// Signs of more than one character that must not be taken apart.
const SIGNS: [&str; 11] = ["::", "=>", "==", "!=", "<=", ">=", "->", "..", "&&", "||", "+="];

/// The tokens of a file, without what is compiled for tests only.
pub fn tokens(code: &str) -> Vec<String> {
    without_tests(&all_tokens(code))
}

fn all_tokens(code: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = code;
    while let Some(first) = rest.chars().next() {
        let (length, token) = if first.is_whitespace() {
            (first.len_utf8(), None)
        } else if let Some(length) = comment(rest) {
            (length, None)
        } else if let Some(length) = literal(rest) {
            (length, Some(LITERAL))
        } else if first.is_alphabetic() || first == '_' {
            let length = word(rest);
            (length, Some(&rest[..length]))
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            let length = sign.map_or(first.len_utf8(), str::len);
            (length, Some(&rest[..length]))
        };
        tokens.extend(token.map(String::from));
        rest = &rest[length..];
    }
    tokens
}

fn word(code: &str) -> usize {
    code.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(code.len())
}

fn comment(code: &str) -> Option<usize> {
    if code.starts_with("//") {
        return Some(code.find('\n').unwrap_or(code.len()));
    }
    if !code.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0, 0);
    loop {
        let (open, close) = (code[at..].find("/*"), code[at..].find("*/")?);
        match open {
            Some(open) if open < close => (depth, at) = (depth + 1, at + open + 2),
            _ => (depth, at) = (depth - 1, at + close + 2),
        }
        if depth == 0 {
            return Some(at);
        }
    }
}

fn literal(code: &str) -> Option<usize> {
    let prefix = ["br", "cr", "b", "c", "r", ""].into_iter().find(|p| {
        let rest = code.strip_prefix(p).unwrap_or(" ");
        rest.starts_with('"')
            || p.ends_with('r') && rest.trim_start_matches('#').starts_with('"')
            || *p == "b" && rest.starts_with('\'')
    });
    match (prefix, code.as_bytes()[0]) {
        (Some(prefix), _) if prefix.ends_with('r') => {
            let hashes = code[prefix.len()..].bytes().take_while(|b| *b == b'#').count();
            let (start, end) = (prefix.len() + hashes + 1, format!("\"{}", "#".repeat(hashes)));
            Some(start + code[start..].find(&end)? + end.len())
        }
        (Some(prefix), _) if code[prefix.len()..].starts_with('"') => {
            Some(prefix.len() + quoted(&code[prefix.len()..], b'"'))
        }
        (Some(prefix), _) => Some(prefix.len() + quoted(&code[prefix.len()..], b'\'')),
        (None, b'\'') => Some(character_or_lifetime(code)),
        (None, b'0'..=b'9') => Some(number(code)),
        _ => None,
    }
}

/// The length of what stands between two equal quotes, quotes included.
fn quoted(code: &str, quote: u8) -> usize {
    let (bytes, mut at) = (code.as_bytes(), 1);
    while at < bytes.len() && bytes[at] != quote {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    at + 1
}

fn character_or_lifetime(code: &str) -> usize {
    let mut characters = code[1..].chars();
    let (first, second) = (characters.next(), characters.next());
    match (first, second) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(code, b'\''),
        _ => 1 + word(&code[1..]),
    }
}

fn number(code: &str) -> usize {
    let whole = word(code);
    let fraction = code[whole..].strip_prefix('.').filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    whole + fraction.map_or(0, |rest| 1 + word(rest))
}

/// Leaves out whatever stands behind `#[cfg(test)]` or `#[cfg(doctest)]`.
fn without_tests(tokens: &[String]) -> Vec<String> {
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        let end =
            if tokens[at] == "#" && tokens.get(at + 1).is_some_and(|t| t == "[") { group(tokens, at + 1) } else { at };
        let attribute: Vec<&str> = tokens[at..end].iter().map(String::as_str).collect();
        if matches!(attribute[..], ["#", "[", "cfg", "(", "test" | "doctest", ..]) {
            at = item(tokens, end);
        } else {
            kept.extend_from_slice(&tokens[at..end.max(at + 1)]);
            at = end.max(at + 1);
        }
    }
    kept
}

/// Where the item that begins at `at` ends: behind its `;`, or behind its braces.
fn item(tokens: &[String], mut at: usize) -> usize {
    let mut to_semicolon = false;
    while at < tokens.len() {
        match tokens[at].as_str() {
            ";" => return at + 1,
            "use" | "const" | "static" | "type" => (to_semicolon, at) = (true, at + 1),
            "fn" => (to_semicolon, at) = (false, at + 1),
            "{" if !to_semicolon => return group(tokens, at),
            "{" | "(" | "[" => at = group(tokens, at),
            _ => at += 1,
        }
    }
    at
}

/// The place behind the bracket that closes the one at `at`.
pub fn group(tokens: &[String], at: usize) -> usize {
    let mut depth = 0;
    for (place, token) in tokens.iter().enumerate().skip(at) {
        match token.as_str() {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return place + 1;
        }
    }
    tokens.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_are_no_words() {
        let code = "/* a /* b */ c */ f('x', b'\\'', r#\"say \"crate::g\"\"#, 1.5e3, 0..n) // crate::h\n";
        assert_eq!(tokens(code).join(" "), r#"f ( "" , "" , "" , "" , "" .. n )"#);
        assert_eq!(tokens("fn f<'a>(x: &'a str) {}").join(" "), r#"fn f < "" > ( x : & "" str ) { }"#);
    }

    #[test]
    fn what_is_for_tests_only_is_left_out() {
        let code =
            "#[cfg(test)] use a::{b, c}; struct D; #[cfg(test)] #[allow(x)] mod tests { fn e() {} } const F: u8 = 1;";
        assert_eq!(tokens(code).join(" "), r#"struct D ; const F : u8 = "" ;"#);
    }
}
