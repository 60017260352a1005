//! Counts, rows and numbers as text.

/// `1 row`, `3 rows`.
pub(crate) fn count(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// `row 3`, `rows 3 and 7`, `rows 3, 7 and 9`; with `more` after a list that is not complete.
pub(crate) fn rows_named(rows: &[usize], all: usize) -> String {
    let list = rows.iter().map(usize::to_string).collect::<Vec<_>>();
    let word = if all == 1 { "row" } else { "rows" };
    match list.split_last() {
        _ if all > rows.len() => format!("{word} {} and {} more", list.join(", "), all - rows.len()),
        Some((last, rest)) if !rest.is_empty() => format!("{word} {} and {last}", rest.join(", ")),
        _ => format!("{word} {}", list.concat()),
    }
}

/// The first three of a list with commas, and how many more there are.
pub(crate) fn listed(items: Vec<String>) -> String {
    const SHOWN: usize = 3;
    let n = items.len();
    let mut shown = items.into_iter().take(SHOWN).collect::<Vec<_>>().join(", ");
    if n > SHOWN {
        shown += &format!(" and {} more", n - SHOWN);
    }
    shown
}

/// Four significant digits.
pub(crate) fn short(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 || !x.is_finite() {
        return x.abs().to_string();
    }
    if !(1e-3..1e6).contains(&size) {
        return format!("{x:.2e}");
    }
    let places = (3 - size.log10().floor() as i32).max(0) as usize;
    let text = format!("{x:.places$}");
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_named_as_one_says_it() {
        assert_eq!(rows_named(&[3], 1), "row 3");
        assert_eq!(rows_named(&[3, 7], 2), "rows 3 and 7");
        assert_eq!(rows_named(&[3, 7], 9), "rows 3, 7 and 7 more");
    }

    #[test]
    fn numbers_have_four_digits_and_no_idle_zeros() {
        let all = [0.0, 5.0, 340.04, -0.000123456, 1234567.0, 0.00001, 99999.4, f64::INFINITY];
        let expected = ["0", "5", "340", "-1.23e-4", "1.23e6", "1.00e-5", "99999", "inf"];
        assert_eq!(all.map(short), expected);
    }
}
