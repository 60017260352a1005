//! The largest part of the error, and how to lower it.

use spec::model::ModelKind;

use crate::curves::decompose::Decomposition;
use crate::curves::measured::{CurvePoint, CurveReport};
use crate::curves::verdict::advice::{ensemble, less_freedom, more_freedom};
use crate::curves::verdict::gap::by_heart;
use crate::curves::verdict::words::{percent, with_unit};

/// Parts that differ by less than this factor are of similar size: resampled rows cannot distinguish them.
const LARGER: f64 = 1.5;

pub(crate) fn sentence(report: &CurveReport, point: &CurvePoint, kind: &ModelKind) -> Option<String> {
    let parts = point.decomposition?;
    let place = report.place(point);
    let noise = parts.noise.unwrap_or(0.0);
    let remedy = if noise > LARGER * parts.bias.max(parts.variance) {
        "most of it is the noise of the measurements, and no model can get below it".to_owned()
    } else if parts.variance > LARGER * parts.bias {
        format!("to lower the variance, try {}, {}", ensemble(kind), less_freedom(kind))
    } else if parts.bias > LARGER * parts.variance {
        // A model that fits its own rows does not lack capacity.
        let what =
            if by_heart(point) { "better features, another kind of model, more rows" } else { more_freedom(kind) };
        format!("to lower the bias, try {what}{}", unknown_noise(&parts))
    } else {
        format!("they are of similar size; {} lowers the variance and leaves the bias as it is", ensemble(kind))
    };
    if report.of_classes() {
        return Some(format!(
            "{place} the main prediction of {} models is wrong for {} of the validation rows (bias), and {} of the \
             predictions differ from the main one (variance): {remedy}",
            report.resamples,
            percent(parts.bias),
            percent(parts.variance)
        ));
    }
    let whole = parts.bias + parts.variance + noise;
    if whole <= 0.0 {
        return None;
    }
    let share = |part: f64| percent(part / whole);
    let bias = if parts.noise.is_some() { "bias²" } else { "bias² and noise" };
    let noise = parts.noise.map_or_else(String::new, |noise| format!(", {} is noise", share(noise)));
    Some(format!(
        "{place} the mean square error is {}, of which {} is {bias}, {} is variance{noise}: {remedy}",
        with_unit(parts.error, &report.squared_unit()),
        share(parts.bias),
        share(parts.variance),
    ))
}

/// Noise that is not known is a part of the bias that nothing lowers.
fn unknown_noise(parts: &Decomposition) -> &'static str {
    if parts.noise.is_some() {
        ""
    } else {
        " (too few inputs are repeated to tell the noise of the measurements, which is part of it and stays)"
    }
}
