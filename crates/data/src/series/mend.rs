//! Fills the gaps of placed series, or refuses them.

use super::grid::Placed;
use super::impute::fill;
use super::rows::{Group, Rows};
use super::words::time_of;
use super::{Clock, Impute, Series};
use crate::{Error, Result};

/// Series without gaps.
pub fn mend(rows: &Rows, clock: &Clock, placed: Vec<Placed>, impute: Option<Impute>) -> Result<Vec<Series>> {
    rows.groups.iter().zip(&placed).try_for_each(|(group, placed)| check_size(rows, clock, group, placed))?;
    if impute.is_none() {
        check_gaps(rows, &placed)?;
        check_values(rows, &placed)?;
    }
    let season = clock.frequency.season(clock.dates);
    let series = |(group, placed): (&Group, Placed)| {
        let n_steps = n_steps(&placed);
        let mut columns: Vec<Vec<f64>> =
            placed.columns.into_iter().map(|values| spread(values, &placed.steps, n_steps)).collect();
        let missing = |values: &Vec<f64>| (0..values.len()).filter(|&step| values[step].is_nan()).collect();
        let filled = columns.iter().map(missing).collect();
        let mended = impute.map_or(0, |impute| columns.iter_mut().map(|values| fill(values, impute, season)).sum());
        Series { id: group.id.clone(), start: placed.start, columns, mended, filled }
    };
    Ok(rows.groups.iter().zip(placed).map(series).collect())
}

fn n_steps(placed: &Placed) -> usize {
    placed.steps.last().map_or(0, |last| last.saturating_add(1))
}

/// The values on all steps; NaN where there is none.
fn spread(values: Vec<f64>, steps: &[usize], n_steps: usize) -> Vec<f64> {
    if values.len() == n_steps {
        return values;
    }
    let mut all = vec![f64::NAN; n_steps];
    steps.iter().zip(values).for_each(|(&step, value)| all[step] = value);
    all
}

/// Refuses a series of which a wrong time would make an endless one.
fn check_size(rows: &Rows, clock: &Clock, group: &Group, placed: &Placed) -> Result<()> {
    let (steps, n) = (n_steps(placed), placed.rows.len());
    if steps <= n.saturating_mul(MOST_PER_ROW).max(ALWAYS_ALLOWED) {
        return Ok(());
    }
    let span = format!("{} to {}", rows.cell(placed.rows[0]), rows.cell(placed.rows[n - 1]));
    Err(Error::TooManySteps {
        file: rows.file(),
        column: time_of(rows.time, group.id.as_deref()),
        found: format!("{} rows from {span}", group.rows.len()),
        steps: format!("{steps} steps of {}", clock.every()),
    })
}

/// Steps for each row.
const MOST_PER_ROW: usize = 100;
/// Steps.
const ALWAYS_ALLOWED: usize = 10_000;

fn check_gaps(rows: &Rows, placed: &[Placed]) -> Result<()> {
    let sizes = |placed: &Placed| -> Vec<usize> { placed.steps.windows(2).map(|pair| pair[1] - pair[0] - 1).collect() };
    let (mut first, mut n_gaps, mut total) = (None, 0, 0);
    for (group, placed) in rows.groups.iter().zip(placed) {
        for (at, size) in sizes(placed).into_iter().enumerate().filter(|&(_, size)| size > 0) {
            first = first.or(Some((group, placed, at, size)));
            (n_gaps, total) = (n_gaps + 1, total + size);
        }
    }
    let Some((group, placed, at, size)) = first else { return Ok(()) };
    let counted = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
    let missing = counted(size, "step is missing", "steps are missing");
    let between = format!("{} and {}", rows.cell(placed.rows[at]), rows.cell(placed.rows[at + 1]));
    let all = format!("{}, {} in all", counted(n_gaps, "gap", "gaps"), counted(total, "step", "steps"));
    let (file, column) = (rows.file(), time_of(rows.time, group.id.as_deref()));
    Err(Error::Gaps { file, column, found: format!("{missing} between {between}; {all}") })
}

fn check_values(rows: &Rows, placed: &[Placed]) -> Result<()> {
    for (at, column) in rows.columns.iter().enumerate() {
        let missing = |placed: &Placed| -> Vec<usize> {
            let cells = placed.rows.iter().zip(&placed.columns[at]);
            cells.filter(|(_, value)| value.is_nan()).map(|(&row, _)| row).collect()
        };
        let missing: Vec<usize> = placed.iter().flat_map(missing).collect();
        if let Some(&row) = missing.first() {
            let total = placed.iter().map(|placed| placed.rows.len()).sum();
            let (file, column, time) = (rows.file(), column.header(), rows.cell(row));
            return Err(Error::MissingValues { file, column, time, count: missing.len(), total });
        }
    }
    Ok(())
}
