//! Data whose law is known, made from it: what a model can be evaluated by.
//!
//! | series | what it is |
//! |---|---|
//! | [`DampedOscillator`] | regular: a formula, with noise on request |
//! | [`Lorenz63`] | chaotic, three variables |
//! | [`MackeyGlass`] | chaotic, one variable with a long memory |
//!
//! | rows | what they are |
//! |---|---|
//! | [`Ising`] | magnets above and below their transition: images and a class |
//! | [`Raman`] | spectra of mixtures and their fractions |
//! | [`Diffraction`] | powder patterns, types of crystals and lattice constants |

mod band;
mod damped_oscillator;
mod diffraction;
mod ising;
mod lorenz63;
mod mackey_glass;
mod raman;
mod runge_kutta;

pub use damped_oscillator::DampedOscillator;
pub use diffraction::Diffraction;
pub use ising::{CRITICAL_TEMPERATURE, Ising, Lattice};
pub use lorenz63::Lorenz63;
pub use mackey_glass::MackeyGlass;
pub use raman::Raman;

use crate::{Column, Table, Values};

/// Numbers in the text have six decimals: the last bits, in which computers may differ, are not among them.
const DECIMALS: f64 = 1e6;

/// A table of numbers as comma-separated text, rounded to six decimals; NaN is an empty cell.
///
/// ```
/// use data::generate::{DampedOscillator, csv};
/// let series = DampedOscillator::default().series(2);
/// assert_eq!(csv(&series), "time [s],position [m]\n0,1\n0.02,0.991123\n");
/// ```
pub fn csv(table: &Table) -> String {
    let headers: Vec<String> = table.columns.iter().map(Column::header).collect();
    let cells: Vec<Vec<Option<String>>> = table.columns.iter().map(|column| rounded(column).as_text()).collect();
    let mut text = headers.join(",") + "\n";
    for row in 0..table.n_rows {
        let row: Vec<&str> = cells.iter().map(|column| column[row].as_deref().unwrap_or_default()).collect();
        text += &row.join(",");
        text.push('\n');
    }
    text
}

fn rounded(column: &Column) -> Column {
    // Zero is added because minus zero would be written with its sign.
    let round = |x: &f64| (x * DECIMALS).round() / DECIMALS + 0.0;
    let values = match &column.values {
        Values::Number(numbers) => Values::Number(numbers.iter().map(round).collect()),
        Values::Text(text) => Values::Text(text.clone()),
    };
    Column { values, ..column.clone() }
}

/// A table of these columns and of numbers; the names differ and the lengths do not.
fn table<S: AsRef<str>>(
    source: &str,
    mut first: Vec<Column>,
    columns: impl IntoIterator<Item = (S, Vec<f64>)>,
) -> Table {
    first.extend(columns.into_iter().map(|(header, numbers)| Column::new(header.as_ref(), Values::Number(numbers))));
    Table::from_columns(source, first).expect("the columns of what is generated make a table")
}

/// The times of so many steps, from zero.
fn times(steps: usize, dt: f64) -> Vec<f64> {
    assert!(dt > 0.0 && dt.is_finite(), "dt = {dt}, expected a finite number above 0");
    (0..steps).map(|step| step as f64 * dt).collect()
}

/// How many equal parts of `dt` are needed so that none is longer than `longest`.
fn substeps(dt: f64, longest: f64) -> usize {
    (dt / longest).ceil().max(1.0) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_with_six_decimals_and_gaps_as_empty_cells() {
        let table = table("t", Vec::new(), [("x [m]", vec![0.1 + 0.2, -1e-9]), ("y", vec![f64::NAN, 7.0])]);
        assert_eq!(csv(&table), "x [m],y\n0.3,\n0,7\n");
    }

    #[test]
    #[should_panic(expected = "dt = 0, expected a finite number above 0")]
    fn time_has_to_pass() {
        times(3, 0.0);
    }

    #[test]
    fn no_part_of_a_step_is_longer_than_allowed() {
        assert_eq!([substeps(0.02, 0.001), substeps(0.03, 0.02), substeps(0.01, 1.0)], [20, 2, 1]);
    }
}
