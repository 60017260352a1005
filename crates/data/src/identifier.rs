//! Columns that name their rows instead of describing them.

use std::collections::HashSet;

use crate::Column;
use crate::infer::parse_number;

/// Whether a column names its rows, so that a model must not learn from it.
///
/// It does if more than 95 % of its cells (that are not missing) differ from one another, and one of these holds:
///
/// 1. it holds text or whole numbers and a word of its name is one of `id`, `name`, `cas`, `index`, `key`, `inchi`,
///    `inchikey`, `code`, `label`, `title`, `registry`, `serial`, `uuid`, `barcode`;
/// 2. it holds text and no two cells are equal (SMILES also do: take the column of molecules out before);
/// 3. it holds whole numbers, each one more than the number in the row before: it counts the rows.
///
/// A column with a unit is a measurement and never an identifier. Fewer than three cells tell nothing.
///
/// ```
/// use data::{Column, Values, looks_like_identifier};
/// let values = || Values::Number(vec![17.0, 3.0, 99.0]);
/// assert!(looks_like_identifier(&Column::new("Compound ID", values())));
/// assert!(!looks_like_identifier(&Column::new("n_atoms", values())));
/// ```
pub fn looks_like_identifier(column: &Column) -> bool {
    let cells: Vec<String> = column.as_text().into_iter().flatten().collect();
    if cells.len() < 3 || column.unit.is_some() {
        return false;
    }
    let numbers: Option<Vec<f64>> = cells.iter().map(|cell| parse_number(cell)).collect();
    let text = numbers.is_none();
    // Asked first, for most columns of a table are measurements and need no further look.
    if numbers.as_ref().is_some_and(|numbers| numbers.iter().any(|x| x.fract() != 0.0)) {
        return false;
    }
    let n_distinct = cells.iter().collect::<HashSet<_>>().len();
    let counts = numbers.is_some_and(|numbers| numbers.windows(2).all(|pair| pair[1] == pair[0] + 1.0));
    let mostly_distinct = n_distinct as f64 > DISTINCT_SHARE * cells.len() as f64;
    mostly_distinct && (counts || named_like_one(&column.name) || (text && n_distinct == cells.len()))
}

const DISTINCT_SHARE: f64 = 0.95;

const WORDS: [&str; 14] = [
    "id", "name", "cas", "index", "key", "inchi", "inchikey", "code", "label", "title", "registry", "serial", "uuid",
    "barcode",
];

/// Whether a word of `compound_id`, `Compound ID` or `compoundId` is one of [`WORDS`].
fn named_like_one(name: &str) -> bool {
    let mut spaced = String::new();
    let mut after_small = false;
    for letter in name.chars() {
        if after_small && letter.is_uppercase() {
            spaced.push(' ');
        }
        after_small = letter.is_lowercase();
        spaced.push(letter);
    }
    let is_one = |word: &str| WORDS.iter().any(|one| word.eq_ignore_ascii_case(one));
    // `InChIKey` falls into pieces at its capitals, so names are also tried without the cuts.
    spaced.split(|c: char| !c.is_alphanumeric()).chain(name.split(|c: char| !c.is_alphanumeric())).any(is_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Values;

    fn is_one(name: &str, cells: &[&str]) -> bool {
        looks_like_identifier(&Column::new(name, Values::Text(cells.iter().collect())))
    }

    #[test]
    fn words_of_a_name_are_found_in_every_spelling() {
        for name in ["id", "Compound ID", "mol_id", "InChIKey", "CAS-number", "compoundId"] {
            assert!(named_like_one(name), "{name}");
        }
        for name in ["solid", "humidity", "monkey", "logS"] {
            assert!(!named_like_one(name), "{name}");
        }
    }

    #[test]
    fn distinct_text_and_row_numbers_are_identifiers() {
        assert!(is_one("molecule", &["a", "b", "c"]));
        assert!(is_one("n", &["5", "6", "7"]));
    }

    #[test]
    fn repeated_text_and_measurements_are_not() {
        assert!(!is_one("name", &["a", "b", "a"]));
        assert!(!is_one("refractive index", &["1.33", "1.5", "1.4"]));
        assert!(!is_one("time [s]", &["0", "1", "2"]));
        assert!(!is_one("id", &["1", "2"]));
    }
}
