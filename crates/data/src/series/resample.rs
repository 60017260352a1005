//! Brings rows at any times to even steps, by the mean of each step.

use super::civil::{Civil, DAY};
use super::clock::TOLERANCE;
use super::frequency::WEEK;
use super::grid::Placed;
use super::rows::{Group, Rows};
use super::words::subject;
use super::{Clock, Frequency};
use crate::{Error, Result};

/// Puts every row on the step that it falls into; rows of one step are averaged, without the missing values.
///
/// Steps of seconds to days count from 1970-01-01, weeks from a Monday, months from January, numbers from 0.
pub fn place(rows: &Rows, frequency: Frequency) -> Result<(Clock, Vec<Placed>)> {
    let origin = match frequency {
        Frequency::Fixed(step) if rows.dates && step % WEEK == 0.0 => FIRST_MONDAY,
        _ => 0.0,
    };
    let bins = Bins { frequency, origin };
    let clock = Clock::new(rows.time, &rows.times, rows.dates, frequency, 1);
    let placed = rows.groups.iter().map(|group| place_group(rows, &bins, group)).collect::<Result<_>>()?;
    Ok((clock, placed))
}

/// Seconds from 1970-01-01, a Thursday.
const FIRST_MONDAY: f64 = 4.0 * DAY;

struct Bins {
    frequency: Frequency,
    /// Where the bin 0 begins.
    origin: f64,
}

impl Bins {
    fn of(&self, time: f64) -> i64 {
        match self.frequency {
            Frequency::Months(step) => Civil::of(time).month.div_euclid(i64::from(step).max(1)),
            Frequency::Fixed(step) => {
                let place = (time - self.origin) / step;
                // 0.3 / 0.1 is a little less than 3.
                let near = place.round();
                (if (place - near).abs() < TOLERANCE { near } else { place.floor() }) as i64
            }
        }
    }

    fn start(&self, bin: i64) -> f64 {
        match self.frequency {
            Frequency::Months(step) => Civil { month: bin * i64::from(step), day: 1 }.seconds(),
            Frequency::Fixed(step) => self.origin + bin as f64 * step,
        }
    }
}

fn place_group(rows: &Rows, bins: &Bins, group: &Group) -> Result<Placed> {
    let mut order: Vec<(i64, usize)> = group.rows.iter().map(|&row| (bins.of(rows.times[row]), row)).collect();
    order.sort_unstable();
    let spans: Vec<&[(i64, usize)]> = order.chunk_by(|a, b| a.0 == b.0).collect();
    let Some((first, _)) = spans.first().and_then(|span| span.first()).filter(|_| spans.len() > 1) else {
        let (series, found) = (subject(group.id.as_deref()), format!("{} step", spans.len()));
        let hint = "all its rows fall into one step; `--resample` with smaller steps makes more of them";
        return Err(Error::ShortSeries { file: rows.file(), series, found, hint });
    };
    let mean = |span: &&[(i64, usize)], numbers: &[f64]| {
        let present = span.iter().map(|&(_, row)| numbers[row]).filter(|x| !x.is_nan());
        let (sum, n) = present.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
        sum / n // NaN where there is nothing
    };
    Ok(Placed {
        start: bins.start(*first),
        steps: spans.iter().map(|span| span[0].0.abs_diff(*first) as usize).collect(),
        rows: spans.iter().map(|span| span[0].1).collect(),
        columns: rows.numbers.iter().map(|numbers| spans.iter().map(|span| mean(span, numbers)).collect()).collect(),
    })
}
