//! The gap between training and validation error: overfitting, underfitting, or neither.

use spec::model::ModelKind;

use crate::curves::measured::{CurvePoint, CurveReport};
use crate::curves::verdict::advice::{less_freedom, more_freedom, remembers};

/// At twice the training error three quarters of the mean square are not seen on the training rows.
const BY_HEART: f64 = 2.0;

/// Within a fifth the two errors differ no more than they do between parts of one table.
const ALIKE: f64 = 1.2;

/// Above half the error of the mean a model explains less than three quarters of the variance.
const HIGH: f64 = 0.5;

pub(crate) fn sentence(report: &CurveReport, point: &CurvePoint, kind: &ModelKind) -> Option<String> {
    let (training, validation) = (point.training.mean, point.validation.mean);
    if !(training.is_finite() && validation.is_finite()) {
        return None;
    }
    // Where bias and variance are known, the advice is left to them.
    let advice = |what: &str| if point.decomposition.is_some() { String::new() } else { format!("; try {what}") };
    let high = validation > HIGH * report.mean_error;
    let mean = if report.of_classes() { "majority class" } else { "mean" };
    let beside = format!("the {} of the {mean} alone", report.error(report.mean_error));
    let found = if by_heart(point) {
        if remembers(kind) {
            "a forest memorizes its training rows however well it predicts others, so that this gap says little"
                .to_owned()
        } else {
            format!("the model overfits its training rows{}", advice(&less_freedom(kind)))
        }
    } else if validation > ALIKE * training {
        "the model fits its own rows somewhat better, as models do".to_owned()
    } else if high {
        format!("they are similar, and high compared with {beside} (underfits){}", advice(more_freedom(kind)))
    } else {
        format!("they are similar, and low compared with {beside}: no sign of overfitting or underfitting")
    };
    Some(format!(
        "{} the training {figure} is {}, the validation {figure} {}: {found}",
        report.place(point),
        report.error(training),
        report.error(validation),
        figure = report.figure,
    ))
}

/// Whether a model fits its own rows far better than new ones.
pub(super) fn by_heart(point: &CurvePoint) -> bool {
    point.validation.mean >= BY_HEART * point.training.mean && point.validation.mean > 0.0
}
