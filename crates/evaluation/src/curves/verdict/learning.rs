//! Whether more rows would help.

use spec::curve::values::{number, shown};

use crate::curves::measured::{CurvePoint, CurveReport};
use crate::curves::verdict::context::{Context, difference};
use crate::curves::verdict::words::percent;

/// A doubling that takes less than a twentieth off the error seldom pays for the measurements.
const WORTH_IT: f64 = 0.05;

/// Effect of the last doubling of the rows on the validation error, or of as much of a doubling as there is.
pub(crate) fn sentences(report: &CurveReport, context: &Context<'_>) -> Vec<String> {
    let Some((before, last)) = last_doubling(&report.points) else { return Vec::new() };
    let [few, many] = [before, last].map(|point| number(&point.value).unwrap_or(f64::NAN));
    let scale = before.validation.mean;
    let fall = 1.0 - last.validation.mean / scale;
    if !fall.is_finite() {
        return Vec::new();
    }
    // In a power law every doubling takes the same share.
    let doubled = |fall: f64| 1.0 - (1.0 - fall).max(0.0).powf(1.0 / (many / few).log2());
    let found = difference(&before.validation, &last.validation, scale, context);
    let (low, high) = found.map_or((fall, fall), |d| (d.low, d.high));
    let change = if fall >= 0.0 { "fell" } else { "rose" };
    let [near, far] = if fall >= 0.0 { [low, high] } else { [-high, -low] };
    let interval = found.map_or_else(String::new, |_| format!(" [{}, {}]", percent(near), percent(far)));
    let words = if doubled(high) < WORTH_IT && high > 0.0 || (low > 0.0 && doubled(fall) < WORTH_IT) {
        "the curve has levelled off, and more rows will hardly help".to_owned()
    } else if low > 0.0 {
        "more rows would help".to_owned()
    } else if high <= 0.0 {
        "more rows do not help this model; look whether the rows that came last are of another kind".to_owned()
    } else {
        format!("that may be chance, and these {} cannot tell whether more rows would help", report.over)
    };
    vec![format!(
        "from {} to {} rows the validation {} {change} by {}{interval}: {words}",
        shown(&before.value),
        shown(&last.value),
        report.figure,
        percent(fall.abs())
    )]
}

/// The last point, and the last with at most half as many rows; or else the one before it.
fn last_doubling(points: &[CurvePoint]) -> Option<(&CurvePoint, &CurvePoint)> {
    let (last, before) = points.split_last()?;
    let rows = |point: &CurvePoint| number(&point.value).unwrap_or(f64::NAN);
    let half = before.iter().rev().find(|point| 2.0 * rows(point) <= rows(last));
    Some((half.or(before.last())?, last))
}
