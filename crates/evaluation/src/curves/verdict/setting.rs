//! Which value of a setting is best on validation rows, and whether it is significantly the best.

use spec::curve::values::{number, shown};

use crate::curves::measured::CurveReport;
use crate::curves::verdict::context::{Context, difference};

/// Significance level: above this probability a difference is not significant.
const CHANCE: f64 = 0.05;

/// The place of the smallest mean validation error; the first of equals.
pub(crate) fn best(report: &CurveReport) -> usize {
    let error = |at: usize| report.points[at].validation.mean;
    (0..report.points.len()).fold(0, |best, at| if error(at) < error(best) { at } else { best })
}

pub(crate) fn sentences(report: &CurveReport, best: usize, context: &Context<'_>) -> Vec<String> {
    let points = &report.points;
    let Some(point) = points.get(best) else { return Vec::new() };
    let found = format!(
        "the best `{}` on validation rows is {}, with {}",
        report.field,
        shown(&point.value),
        report.estimate(&point.validation)
    );
    let numeric = points.len() > 1 && points.iter().all(|point| number(&point.value).is_some());
    let end = match best {
        0 if numeric => "; it is the smallest that was tried: try smaller ones, if there are any",
        last if numeric && last + 1 == points.len() => "; it is the largest that was tried: try larger ones",
        _ => "",
    };
    let mut sentences = vec![found + end];
    let others = || points.iter().enumerate().filter(|(at, _)| *at != best).map(|(_, other)| other);
    let p = |other: &crate::curves::measured::CurvePoint| {
        Some(difference(&other.validation, &point.validation, 1.0, context)?.p_value)
    };
    if others().count() > 0 && others().all(|other| p(other).is_some()) {
        let alike: Vec<String> =
            others().filter(|other| p(other) >= Some(CHANCE)).map(|other| shown(&other.value)).collect();
        sentences.push(if alike.is_empty() {
            format!("over these {} it is significantly better than every other", report.over)
        } else {
            format!(
                "over these {} it cannot be distinguished from {}: take the simplest",
                report.over,
                alike.join(", ")
            )
        });
    }
    sentences
}
