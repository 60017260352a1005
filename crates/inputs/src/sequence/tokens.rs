//! The tokens of a SMILES.

/// Units of SMILES: an atom in brackets with everything inside, an element of two letters, a number of a ring of
/// two digits, else a letter.
pub fn tokens(smiles: &str) -> Vec<&str> {
    let (mut rest, mut tokens) = (smiles, Vec::new());
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '[' => rest.find(']').map_or(rest.len(), |end| end + 1),
            '%' => rest.len().min(3),
            'C' if rest.starts_with("Cl") => 2,
            'B' if rest.starts_with("Br") => 2,
            letter => letter.len_utf8(),
        };
        let (token, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        tokens.push(token);
        rest = behind;
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_elements_and_rings_are_one_token() {
        assert_eq!(tokens("C[C@@H](Cl)Br"), ["C", "[C@@H]", "(", "Cl", ")", "Br"]);
        assert_eq!(tokens("C%12=c1"), ["C", "%12", "=", "c", "1"]);
        assert_eq!(tokens("[Na"), ["[Na"]);
        assert_eq!(tokens("%1\u{e9}"), ["%1\u{e9}"]);
    }
}
