//! Errors, fractions and positions of a curve as text.

use spec::curve::ROWS;
use spec::curve::values::shown;

use crate::curves::measured::{CurvePoint, CurveReport, Estimate};
use crate::scores::digits;

impl CurveReport {
    /// An error with its unit, or a rate in percent.
    pub(super) fn error(&self, error: f64) -> String {
        if self.of_classes() { percent(error) } else { with_unit(error, &self.unit) }
    }

    /// An error with its name, unit and interval.
    pub(super) fn estimate(&self, estimate: &Estimate) -> String {
        let end = |error| if self.of_classes() { percent(error) } else { digits(error, estimate.mean) };
        let interval = match (estimate.low, estimate.high) {
            (Some(low), Some(high)) => format!(" [{}, {}]", end(low), end(high)),
            _ => String::new(),
        };
        format!("{} {}{interval}", self.figure, self.error(estimate.mean))
    }

    /// Position of a point: `with 2,400 rows`, or ``with `model.hidden` 64``.
    pub(super) fn place(&self, point: &CurvePoint) -> String {
        if self.field == ROWS {
            format!("with {} rows", shown(&point.value))
        } else {
            format!("with `{}` {}", self.field, shown(&point.value))
        }
    }
}

pub(super) fn with_unit(x: f64, unit: &str) -> String {
    let text = digits(x, x);
    if unit.is_empty() { text } else { format!("{text} {unit}") }
}

pub(super) fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    format!("{percent:.*} %", usize::from(percent.abs() < 10.0 && percent != 0.0))
}
