//! What a module imports: `use a::{b, c as d}` as one path for each name.

use super::tokens::group;

/// One imported name.
#[derive(Debug, PartialEq)]
pub struct Use {
    /// The name under which it is known here.
    pub name: String,
    /// Where it comes from; of `a::*` it is `a`.
    pub path: Vec<String>,
    /// It is handed on: `pub use`, or `pub(crate) use`.
    pub handed_on: bool,
}

/// The imports of a block outside its inner modules, and the other tokens.
pub fn uses(tokens: &[String]) -> (Vec<Use>, Vec<String>) {
    let (mut found, mut rest, mut at) = (Vec::new(), Vec::new(), 0);
    while at < tokens.len() {
        if tokens[at] == "mod" && tokens.get(at + 2).is_some_and(|token| token == "{") {
            let end = group(tokens, at + 2);
            rest.extend_from_slice(&tokens[at..end]);
            at = end;
        } else if is_use(tokens, at) {
            let end = at + tokens[at..].iter().position(|token| token == ";").unwrap_or(tokens.len() - at);
            let handed_on = take_visibility(&mut rest);
            tree(&tokens[at + 1..end], &[], handed_on, &mut found);
            at = end + 1;
        } else {
            rest.push(tokens[at].clone());
            at += 1;
        }
    }
    (found, rest)
}

/// Not the `use<'a>` of a type.
fn is_use(tokens: &[String], at: usize) -> bool {
    tokens[at] == "use" && tokens.get(at + 1).is_some_and(|token| token != "<")
}

/// Takes `pub` or `pub(crate)` off the end, and says whether it was there.
fn take_visibility(before: &mut Vec<String>) -> bool {
    let last: Vec<&str> = before.iter().rev().take(4).map(String::as_str).collect();
    let length = match last[..] {
        ["pub", ..] => 1,
        [")", _, "(", "pub"] => 4,
        _ => 0,
    };
    before.truncate(before.len() - length);
    length > 0
}

fn tree(tokens: &[String], before: &[String], handed_on: bool, found: &mut Vec<Use>) {
    let mut path = before.to_vec();
    let mut at = 0;
    while at < tokens.len() {
        match tokens[at].as_str() {
            "::" => at += 1,
            "{" => {
                for branch in branches(&tokens[at + 1..group(tokens, at) - 1]) {
                    tree(branch, &path, handed_on, found);
                }
                return;
            }
            "as" => break,
            "self" if !path.is_empty() => at += 1,
            word => {
                path.push(word.to_owned());
                at += 1;
            }
        }
    }
    let name = if at < tokens.len() { tokens.last() } else { path.last() };
    let name = name.cloned().unwrap_or_default();
    path.retain(|word| word != "*");
    found.push(Use { name, path, handed_on });
}

/// The parts between commas.
fn branches(tokens: &[String]) -> Vec<&[String]> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    while at < tokens.len() {
        match tokens[at].as_str() {
            "{" => at = group(tokens, at),
            "," => {
                parts.push(&tokens[start..at]);
                at += 1;
                start = at;
            }
            _ => at += 1,
        }
    }
    parts.push(&tokens[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::tokens::tokens;

    #[test]
    fn a_tree_of_imports_is_one_path_for_each_name() {
        let (found, rest) = uses(&tokens("pub(crate) use a::{self, b::{C, d as e}}; use super::x::*; fn f() {}"));
        let found: Vec<_> = found.iter().map(|u| (u.path.join("::"), u.name.as_str(), u.handed_on)).collect();
        let expected = [("a", "a", true), ("a::b::C", "C", true), ("a::b::d", "e", true), ("super::x", "*", false)];
        assert_eq!(found, expected.map(|(path, name, on)| (path.to_owned(), name, on)));
        assert!(rest.join(" ").ends_with("fn f ( ) { }"), "{rest:?}");
    }
}
