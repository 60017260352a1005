//! Which cells stand for a value that is not there.

/// Whether a cell stands for a missing value: empty, `NA`, `N/A`, `#N/A`, `NaN`, `null`, `None`, `-` or `?`, in
/// any case and with any spaces around it.
///
/// ```
/// assert!(data::is_missing(" n/a "));
/// assert!(!data::is_missing("N"));
/// ```
pub fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    cell.len() <= LONGEST && MARKERS.iter().any(|marker| cell.eq_ignore_ascii_case(marker))
}

const MARKERS: [&str; 9] = ["", "na", "n/a", "#n/a", "nan", "null", "none", "-", "?"];
const LONGEST: usize = 4;
