//! How many rows each part gets.

use crate::{Error, Fold, Result, SplitKind};

/// Names of the parts, in the order of `fractions`.
pub const NAMES: [&str; 3] = ["training", "validation", "test"];

/// Numbers of rows nearest to the fractions, by largest remainders; every part with a fraction gets at least one row.
pub fn sizes(n: usize, fractions: [f64; 3]) -> Result<[usize; 3]> {
    let needed = wanted(fractions);
    if n < needed {
        let hint = "add rows, or set the fraction of a subset to 0 in `fractions`";
        return Err(Error::TooFewRows { found: n, parts: listed(fractions), needed, hint });
    }
    let ideal = fractions.map(|share| share * n as f64);
    let mut sizes = ideal.map(|rows| rows as usize);
    while sizes.iter().sum::<usize>() < n {
        let part = best(|part| ideal[part] - sizes[part] as f64);
        sizes[part] += 1;
    }
    while let Some(empty) = (0..3).find(|&part| fractions[part] > 0.0 && sizes[part] == 0) {
        let largest = best(|part| sizes[part] as f64);
        sizes[largest] -= 1;
        sizes[empty] += 1;
    }
    Ok(sizes)
}

/// Bounds of the test rows of each of `k` folds in a list of `n` rows; their sizes differ by one at most.
pub fn blocks(n: usize, k: usize, fractions: [f64; 3]) -> Result<Vec<std::ops::Range<usize>>> {
    let inner = wanted(within_fold(fractions));
    let enough = |n: usize| n - n.div_ceil(k) >= inner;
    if n < k || !enough(n) {
        let needed = (k..).find(|&n| enough(n)).unwrap_or(k);
        return Err(Error::TooFewRows { found: n, parts: format!("{k} folds"), needed, hint: "take fewer folds" });
    }
    let start = |fold: usize| fold * (n / k) + fold.min(n % k);
    Ok((0..k).map(|fold| start(fold)..start(fold + 1)).collect())
}

/// Shares of training and validation among the rows that are not the test of a fold.
pub fn within_fold([train, validation, _]: [f64; 3]) -> [f64; 3] {
    [train / (train + validation), validation / (train + validation), 0.0]
}

/// Refuses a fold in which a part with a fraction has no rows.
pub fn refuse_empty(
    kind: SplitKind,
    fractions: [f64; 3],
    fold: &Fold,
    reason: String,
    hint: &'static str,
) -> Result<()> {
    let parts = [&fold.train, &fold.validation, &fold.test];
    let empty = (0..3).find(|&part| fractions[part] > 0.0 && parts[part].is_empty());
    empty.map_or(Ok(()), |part| {
        let n = parts.iter().map(|rows| rows.len()).sum();
        Err(Error::EmptyPart { part: NAMES[part], kind: kind.to_string(), n, reason, hint })
    })
}

/// Number of parts with a fraction.
pub fn wanted(fractions: [f64; 3]) -> usize {
    fractions.iter().filter(|&&share| share > 0.0).count()
}

/// Names of the parts with a fraction, for messages.
pub fn listed(fractions: [f64; 3]) -> String {
    let names: Vec<&str> = (0..3).filter(|&part| fractions[part] > 0.0).map(|part| NAMES[part]).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

/// The first part with the largest value.
pub fn best(value: impl Fn(usize) -> f64) -> usize {
    (1..3).fold(0, |best, part| if value(part) > value(best) { part } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_the_nearest_whole_numbers() {
        assert_eq!(sizes(1144, [0.8, 0.1, 0.1]), Ok([915, 115, 114]));
        assert_eq!(sizes(10, [0.5, 0.0, 0.5]), Ok([5, 0, 5]));
    }

    #[test]
    fn no_part_with_a_share_is_empty() {
        assert_eq!(sizes(3, [0.98, 0.01, 0.01]), Ok([1, 1, 1]));
        assert_eq!(sizes(3, [0.001, 0.5, 0.499]), Ok([1, 1, 1]));
    }

    #[test]
    fn too_few_rows_are_counted() {
        let message = sizes(2, [0.8, 0.1, 0.1]).unwrap_err().to_string();
        assert!(message.starts_with("2 rows cannot fill training, validation and test: at least 3"), "{message}");
        let message = blocks(3, 5, [0.8, 0.1, 0.1]).unwrap_err().to_string();
        assert!(message.starts_with("3 rows cannot fill 5 folds: at least 5 are needed"), "{message}");
        assert!(blocks(3, 2, [0.8, 0.1, 0.1]).is_err()); // one row would be left for two parts
    }

    #[test]
    fn blocks_differ_by_one_row_at_most() {
        assert_eq!(blocks(8, 3, [0.8, 0.1, 0.1]), Ok(vec![0..3, 3..6, 6..8]));
    }
}
