//! Numbers with decimal commas.

use crate::infer::{NUMERIC_SHARE, parse_number};
use crate::{Text, is_missing};

/// Writes points for commas in the numeric columns, if every number of the table with a fraction has a comma, and
/// tells whether it did. One number with a point, and nothing is changed: `1,234` may then be a thousand.
pub fn read_decimal_commas(columns: &mut [Text]) -> bool {
    if columns.iter().flat_map(|column| column.iter().flatten()).any(has_point) {
        return false;
    }
    let mut changed = false;
    for column in columns {
        let (mut present, mut commas, mut numbers) = (0, 0, 0);
        for cell in column.iter().flatten() {
            present += 1;
            let comma = with_point(cell).is_some();
            commas += usize::from(comma);
            numbers += usize::from(comma || parse_number(cell).is_some());
        }
        if commas > 0 && numbers as f64 >= NUMERIC_SHARE * present as f64 {
            changed = true;
            *column = column.iter().map(|cell| point(cell.unwrap_or(""))).collect();
        }
    }
    changed
}

fn has_point(cell: &str) -> bool {
    cell.contains('.') && parse_number(cell).is_some()
}

/// The number with a point for its one comma.
fn with_point(cell: &str) -> Option<String> {
    let (whole, fraction) = cell.split_once(',')?;
    let digits = |part: &str| part.bytes().any(|byte| byte.is_ascii_digit());
    let number = format!("{whole}.{fraction}");
    (digits(whole) && digits(fraction) && parse_number(&number).is_some()).then_some(number)
}

fn point(cell: &str) -> String {
    if is_missing(cell) { String::new() } else { with_point(cell).unwrap_or_else(|| cell.to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str]) -> (bool, Vec<Option<String>>) {
        let mut columns = [cells.iter().collect::<Text>()];
        let changed = read_decimal_commas(&mut columns);
        (changed, columns[0].iter().map(|cell| cell.map(str::to_owned)).collect())
    }

    #[test]
    fn commas_become_points_in_numeric_columns_only() {
        assert_eq!(read(&["1,5", "-2", "NA"]), (true, vec![Some("1.5".into()), Some("-2".into()), None]));
        assert!(!read(&["1,5", "a", "b"]).0);
    }

    #[test]
    fn a_single_point_keeps_all_commas() {
        assert!(!read(&["1,5", "1.5"]).0);
    }
}
