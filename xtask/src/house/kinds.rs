//! What the code must not say: `unsafe` outside `tensor`, and questions about the kind of a model outside `spec`.

use super::place::Place;
use super::tokens::group;

/// The crate with the kernels.
const UNSAFE: &str = "tensor";
/// Where a kind of model may be asked which one it is.
const REGISTRY: [&str; 2] = ["spec/model.rs", "spec/ensemble.rs"];

/// Files that say what they must not.
pub fn wrong(places: &[Place]) -> Vec<String> {
    let mut found = Vec::new();
    for place in places {
        for (file, tokens) in place.code.files.iter().zip(&place.code.tokens) {
            let name = format!("{}/{}", place.name, file.display());
            if place.name != UNSAFE && tokens.iter().any(|token| token == "unsafe") {
                found.push(format!("{name} is unsafe; only `{UNSAFE}` may be"));
            }
            if !REGISTRY.contains(&name.as_str()) {
                found.extend(patterns(tokens).map(|kind| format!("{name} asks for `ModelKind::{kind}`; ask its spec")));
            }
        }
    }
    found
}

/// The kinds of models that stand in patterns.
fn patterns(tokens: &[String]) -> impl Iterator<Item = &String> {
    let named = (0..tokens.len().saturating_sub(2)).filter(|&at| tokens[at] == "ModelKind" && tokens[at + 1] == "::");
    named.filter(|&at| is_pattern(tokens, at)).map(|at| &tokens[at + 2])
}

/// Whether `ModelKind::...` at a place is taken apart there, not made.
fn is_pattern(tokens: &[String], at: usize) -> bool {
    let is = |at: usize, words: &[&str]| tokens.get(at).is_some_and(|token| words.contains(&token.as_str()));
    if is(at + 2, &["{", "*"]) {
        return true;
    }
    let mut end = at + 3;
    if is(end, &["(", "{"]) {
        end = group(tokens, end);
    }
    if is(end, &["=>", "=", "if", "|"]) {
        return true;
    }
    // Outwards, from bracket to bracket.
    for open in (0..at).rev() {
        if !is(open, &["(", "[", "{"]) || group(tokens, open) <= at {
            continue;
        }
        let asked = open > 1 && is(open - 2, &["matches", "assert_matches"]) && is(open - 1, &["!"]);
        if asked {
            return tokens[open..at].iter().any(|token| token == ",");
        }
        if is(group(tokens, open), &["=>", "=", "if", "|"]) && !is(open, &["{"]) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::place::places;
    use crate::house::tokens::tokens;

    #[test]
    fn only_tensor_is_unsafe_and_only_the_registry_asks_for_kinds() {
        assert_eq!(wrong(&places().unwrap()), Vec::<String>::new());
    }

    #[test]
    fn a_kind_is_made_anywhere_and_taken_apart_nowhere() {
        let asks = |code: &str| patterns(&tokens(code)).count();
        assert_eq!(asks("let kind = ModelKind::Ridge(Ridge::default()); f(&[ModelKind::Mean(Mean {})])"), 0);
        assert_eq!(asks("match kind { ModelKind::Ridge(_) | ModelKind::Lasso(_) => 1, _ => 2 }"), 2);
        assert_eq!(asks("matches!(kind, Some(ModelKind::Ridge(_)))"), 1);
        assert_eq!(asks("if let Some(ModelKind::Ridge(ridge)) = kind {}"), 1);
        assert_eq!(asks("match x { _ => f(ModelKind::Ridge(Ridge::default())), }"), 0);
        assert_eq!(asks("let all: Vec<_> = names.map(ModelKind::name).collect();"), 0);
    }
}
