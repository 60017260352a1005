//! Puts rows as they are on even steps, and refuses those that are not.

use super::clock::every;
use super::infer::{day_of_month, infer};
use super::rows::{Group, Rows};
use super::words::time_of;
use super::{Clock, Frequency};
use crate::{Error, Result};

/// A series on its steps: those that have rows, each with the number of its step from 0.
pub struct Placed {
    pub start: f64,
    /// They increase.
    pub steps: Vec<usize>,
    /// For each step a row of the table, for messages.
    pub rows: Vec<usize>,
    /// The values of each column at `steps`; NaN is a missing one.
    pub columns: Vec<Vec<f64>>,
}

/// Puts every row on the step of its time, with steps of the size that is given or that the times show.
pub fn place(rows: &Rows, frequency: Option<Frequency>) -> Result<(Clock, Vec<Placed>)> {
    let times: Vec<Vec<f64>> =
        rows.groups.iter().map(|group| group.rows.iter().map(|&row| rows.times[row]).collect()).collect();
    rows.groups.iter().zip(&times).try_for_each(|(group, times)| check_order(rows, group, times))?;
    let frequency = frequency.unwrap_or_else(|| infer(&times, rows.dates));
    let day = match frequency {
        Frequency::Months(_) => day_of_month(rows.times.iter().copied()).unwrap_or(1),
        Frequency::Fixed(_) => 1,
    };
    let clock = Clock::new(rows.time, &rows.times, rows.dates, frequency, day);
    let place = |(group, times): (&Group, &Vec<f64>)| place_group(rows, &clock, group, times);
    let placed = rows.groups.iter().zip(&times).map(place).collect::<Result<_>>()?;
    Ok((clock, placed))
}

fn place_group(rows: &Rows, clock: &Clock, group: &Group, times: &[f64]) -> Result<Placed> {
    let mut steps: Vec<usize> = Vec::with_capacity(times.len());
    for (&row, &time) in group.rows.iter().zip(times) {
        let step = clock.step(times[0], time).and_then(|step| usize::try_from(step).ok());
        // Two times within the tolerance would share a step.
        match step.filter(|step| steps.last().is_none_or(|last| last < step)) {
            Some(step) => steps.push(step),
            None => {
                return Err(Error::OffGrid {
                    file: rows.file(),
                    column: time_of(rows.time, group.id.as_deref()),
                    span: format!("{} to {}", rows.cell(group.rows[0]), rows.cell(row)),
                    step: clock.every(),
                });
            }
        }
    }
    let columns = rows.numbers.iter().map(|numbers| group.rows.iter().map(|&row| numbers[row]).collect()).collect();
    Ok(Placed { start: times[0], steps, rows: group.rows.clone(), columns })
}

fn check_order(rows: &Rows, group: &Group, times: &[f64]) -> Result<()> {
    let Some(at) = times.windows(2).position(|pair| pair[1] <= pair[0]) else { return Ok(()) };
    let (file, column) = (rows.file(), time_of(rows.time, group.id.as_deref()));
    let [first, second] = [at, at + 1].map(|at| rows.cell(group.rows[at]));
    let mut sorted = times.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    sorted.dedup();
    let step = every(infer(&[sorted], rows.dates), rows.dates);
    if times[at] == times[at + 1] {
        return Err(Error::SameTime { file, column, found: format!("{first} and again {second}"), step });
    }
    Err(Error::Unsorted { file, column, found: format!("{second} is earlier than {first}"), step })
}
