//! Conclusions from a curve, in sentences with the numbers that support them.

mod advice;
mod context;
mod gap;
mod learning;
mod parts;
mod setting;
mod words;

use spec::curve::ROWS;

pub use context::Context;

use crate::curves::measured::CurveReport;

/// Conclusions from a curve. Of a learning curve gap and parts are those of the most rows, of other curves those
/// of the best value.
pub fn verdict(report: &CurveReport, context: &Context<'_>) -> Vec<String> {
    let (mut sentences, at) = if report.field == ROWS {
        (learning::sentences(report, context), report.points.last())
    } else {
        let best = setting::best(report);
        (setting::sentences(report, best, context), report.points.get(best))
    };
    if let Some(point) = at {
        sentences.extend(gap::sentence(report, point, context.kind));
        sentences.extend(parts::sentence(report, point, context.kind));
    }
    sentences.extend(caution(report));
    sentences
}

/// Limitations of the intervals.
fn caution(report: &CurveReport) -> Option<String> {
    match report.over.as_str() {
        "split" => {
            Some("one split gives no interval: a difference of a few percent may be luck (try `--folds 5`)".to_owned())
        }
        "draws" => Some(
            "the intervals are those of other training rows on one split, whose validation rows stay the same (try \
             `--folds 5`)"
                .to_owned(),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::curves::decompose::Decomposition;
    use crate::curves::measured::{CurvePoint, Estimate};
    use nn::models::{Mlp, Ridge};
    use serde_json::{Value, json};
    use spec::model::ModelKind;

    pub fn report(field: &str, over: &str, points: &[(Value, f64, &[f64])]) -> CurveReport {
        let point = |(value, training, validation): &(Value, f64, &[f64])| CurvePoint {
            value: value.clone(),
            training: Estimate::of(vec![*training; validation.len()]),
            validation: Estimate::of(validation.to_vec()),
            decomposition: None,
        };
        CurveReport {
            field: field.into(),
            target: "y".into(),
            figure: "RMSE".into(),
            unit: "K".into(),
            over: over.into(),
            mean_error: 80.0,
            resamples: 0,
            points: points.iter().map(point).collect(),
            verdict: Vec::new(),
        }
    }

    fn told(report: &CurveReport) -> Vec<String> {
        let kind = ModelKind::Mlp(Mlp::default());
        verdict(report, &Context { kind: &kind, validation_over_train: 0.125 })
    }

    #[test]
    fn a_falling_learning_curve_asks_for_more_rows() {
        let points: [(Value, f64, &[f64]); 3] = [
            (json!(600), 2.0, &[30.0, 31.0, 32.0]),
            (json!(1200), 2.5, &[24.0, 25.0, 26.0]),
            (json!(2400), 3.1, &[19.9, 21.0, 22.1]),
        ];
        let told = told(&report("rows", "folds", &points));
        assert!(
            told[0].starts_with("from 1,200 to 2,400 rows the validation RMSE fell by 16 % [")
                && told[0].ends_with("more rows would help"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with(
                "with 2,400 rows the training RMSE is 3.10 K, the validation RMSE 21.0 K: the model overfits its training rows"
            ),
            "{told:?}"
        );
        assert_eq!(told.len(), 2);
    }

    #[test]
    fn a_flat_learning_curve_has_levelled_off_and_a_shaky_one_is_not_judged() {
        let curve = |last: &'static [f64]| {
            let points: [(Value, f64, &[f64]); 2] = [(json!(100), 20.0, &[21.0, 22.0, 23.0]), (json!(200), 20.0, last)];
            told(&report("rows", "folds", &points))[0].clone()
        };
        assert!(curve(&[20.8, 21.9, 22.8]).ends_with("has levelled off, and more rows will hardly help"));
        assert!(curve(&[16.0, 25.0, 21.0]).ends_with("cannot tell whether more rows would help"));
        assert!(curve(&[26.0, 27.0, 28.1]).contains("rose by"), "{}", curve(&[26.0, 27.0, 28.1]));
    }

    #[test]
    fn the_best_value_at_the_end_asks_for_further_ones() {
        let points: [(Value, f64, &[f64]); 3] = [
            (json!([4]), 60.0, &[70.0, 71.0, 72.0]),
            (json!([16]), 58.0, &[60.2, 62.0, 61.0]),
            (json!([64]), 57.0, &[60.0, 61.0, 62.0]),
        ];
        let told = told(&report("model.hidden", "folds", &points));
        assert!(
            told[0].starts_with("the best `model.hidden` on validation rows is 64, with RMSE 61.0 K ["),
            "{told:?}"
        );
        assert!(told[0].ends_with("it is the largest that was tried: try larger ones"), "{told:?}");
        assert_eq!(told[1], "over these folds it cannot be distinguished from 16: take the simplest");
        assert!(told[2].contains("underfits") && told[2].contains("80.0 K of the mean alone"), "{told:?}");
    }

    #[test]
    fn one_split_is_said_to_be_one() {
        let points: [(Value, f64, &[f64]); 2] = [(json!("relu"), 5.0, &[7.0]), (json!("tanh"), 5.0, &[8.0])];
        let told = told(&report("model.activation", "split", &points));
        assert_eq!(told[0], "the best `model.activation` on validation rows is relu, with RMSE 7.00 K");
        assert!(told.last().unwrap().starts_with("one split gives no interval"), "{told:?}");
    }

    #[test]
    fn advice_is_given_once() {
        let mut curve = report("train.l2", "split", &[(json!(0.1), 5.0, &[17.0])]);
        assert!(told(&curve)[1].contains("try more rows"));
        curve.points[0].decomposition = Some(Decomposition { bias: 10.0, variance: 30.0, noise: None, error: 40.0 });
        let told = told(&curve);
        assert!(told[1].ends_with("overfits its training rows") && told[2].contains("40.0 K²"), "{told:?}");
    }

    #[test]
    fn the_larger_part_of_the_error_is_named_with_what_lowers_it() {
        let mut curve = report("model.penalty", "split", &[(json!(1.0), 5.0, &[7.0])]);
        let mut with = |parts| {
            curve.points[0].decomposition = Some(parts);
            curve.resamples = 20;
            let kind = ModelKind::Ridge(Ridge::default());
            verdict(&curve, &Context { kind: &kind, validation_over_train: 0.1 })
        };
        let told = with(Decomposition { bias: 10.0, variance: 30.0, noise: None, error: 40.0 });
        assert!(told[2].contains("75 % is variance") && told[2].contains("`bagging`"), "{told:?}");
        let told = with(Decomposition { bias: 30.0, variance: 8.0, noise: Some(2.0), error: 40.0 });
        assert!(told[2].contains("75 % is bias²") && told[2].contains("5.0 % is noise"), "{told:?}");
        let told = with(Decomposition { bias: 1.0, variance: 9.0, noise: Some(30.0), error: 40.0 });
        assert!(told[2].ends_with("no model can get below it"), "{told:?}");
    }
}
