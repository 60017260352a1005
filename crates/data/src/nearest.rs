//! Names close to one that does not exist, for hints.

/// The up to three `names` nearest to `wanted`, by edit distance without regard to case, at most a third of its
/// letters away; the nearest first.
///
/// ```
/// assert_eq!(data::nearest("log_s", ["smiles", "logS", "logP"]), ["logS"]);
/// ```
pub fn nearest<'a>(wanted: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted: Vec<char> = wanted.to_lowercase().chars().collect();
    let limit = (wanted.len() / 3).max(1);
    let mut near: Vec<(usize, &str)> = names
        .into_iter()
        .map(|name| (edit_distance(&wanted, name, limit), name))
        .filter(|&(d, _)| d <= limit)
        .collect();
    near.sort_by_key(|&(distance, _)| distance);
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Names in backticks with commas, for messages; a long list is cut.
pub(crate) fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>) -> String {
    let n = names.len();
    let mut list: Vec<String> = names.take(SHOWN).map(|name| format!("`{name}`")).collect();
    if n > SHOWN {
        list.push(format!("and {} more", n - SHOWN));
    }
    list.join(", ")
}

const SHOWN: usize = 12;

/// Insertions, deletions and replacements between two words \[Levenshtein1966\]; more than `limit` is `limit + 1`.
fn edit_distance(a: &[char], b: &str, limit: usize) -> usize {
    let b: Vec<char> = b.to_lowercase().chars().collect();
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distance_of_kitten_and_sitting_is_three() {
        let kitten: Vec<char> = "kitten".chars().collect();
        assert_eq!(edit_distance(&kitten, "sitting", 9), 3);
    }

    #[test]
    fn a_word_unlike_all_names_has_no_neighbors() {
        assert!(nearest("temperature", ["smiles", "logS"]).is_empty());
    }
}
