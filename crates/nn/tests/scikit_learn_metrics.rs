//! Figures of merit are those of scikit-learn: `fixtures/nn/metrics.json`, made by `fixtures/make.py`.

use nn::metrics::{
    ClassScores, Classification, Regression, ReliabilityBin, average_precision, reliability, roc_auc, roc_curve,
};
use serde_json::{Value, json};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-12;

#[test]
fn errors_of_regression_are_those_of_scikit_learn() {
    for case in rows(&fixture()["regression"]) {
        let found = Regression::of(&numbers(&case["observed"]), &numbers(&case["predicted"]));
        compare(case, &[("rmse", Some(found.rmse)), ("mae", Some(found.mae)), ("r2", found.r2)]);
    }
}

/// Two and three classes, ties, a class that is never predicted, and one that is never observed.
#[test]
fn scores_of_classification_are_those_of_scikit_learn() {
    for case in rows(&fixture()["classification"]) {
        let classes = rows(&case["support"]).len();
        let found = Classification::of(&whole(&case["labels"]), &numbers(&case["probabilities"]), classes);
        let (accuracy, cross_entropy) = (Some(found.accuracy), Some(found.cross_entropy));
        compare(case, &[("accuracy", accuracy), ("cross_entropy", cross_entropy)]);
        compare(case, &[("roc_auc", found.roc_auc), ("average_precision", found.average_precision)]);
        let name = case["name"].as_str().unwrap();
        let means = [found.precision_macro, found.recall_macro, found.f1_macro];
        assert_close(&means, &case["macro"], TOLERANCE, name);
        // Of decisions taken together, precision, recall and F1 are one number.
        assert_close(&[found.accuracy, found.accuracy, found.f1_micro], &case["micro"], TOLERANCE, name);
        let each = |score: fn(&ClassScores) -> f64| found.per_class.iter().map(score).collect::<Vec<_>>();
        assert_close(&each(|class| class.precision), &case["precision"], TOLERANCE, name);
        assert_close(&each(|class| class.recall), &case["recall"], TOLERANCE, name);
        assert_close(&each(|class| class.f1), &case["f1"], TOLERANCE, name);
        let support: Vec<usize> = found.per_class.iter().map(|class| class.support).collect();
        assert_eq!((support, found.confusion.counts), (whole(&case["support"]), whole(&case["confusion"])), "{name}");
    }
}

#[test]
fn curves_and_areas_of_rankings_are_those_of_scikit_learn() {
    for case in rows(&fixture()["ranking"]) {
        let positive: Vec<bool> = rows(&case["positive"]).iter().map(|p| *p == true).collect();
        let scores = numbers(&case["scores"]);
        let areas = [roc_auc(&positive, &scores), average_precision(&positive, &scores)];
        compare(case, &[("roc_auc", areas[0]), ("average_precision", areas[1])]);
        let (curve, name) = (roc_curve(&positive, &scores).unwrap(), case["name"].as_str().unwrap());
        assert_close(&curve.false_positive_rate, &case["false_positive_rate"], TOLERANCE, name);
        assert_close(&curve.true_positive_rate, &case["true_positive_rate"], TOLERANCE, name);
    }
}

#[test]
fn the_temperature_of_the_smallest_log_loss_is_that_of_scipy() {
    for case in rows(&fixture()["temperature"]) {
        let labels = whole(&case["labels"]);
        let classes = numbers(&case["probabilities"]).len() / labels.len();
        let found = nn::temperature::fit(&numbers(&case["probabilities"]), &labels, classes);
        // A minimum is sharp to half of the digits.
        assert_close(&[found.unwrap()], &json!([case["temperature"]]), 1e-6, "temperature");
    }
}

#[test]
fn the_calibration_curve_is_that_of_scikit_learn() {
    for case in rows(&fixture()["reliability"]) {
        let positive: Vec<bool> = rows(&case["positive"]).iter().map(|p| *p == true).collect();
        let bins = case["bins"].as_u64().unwrap() as usize;
        let found = reliability(&positive, &numbers(&case["probabilities"]), bins);
        let column = |get: fn(&ReliabilityBin) -> f64| found.iter().map(get).collect::<Vec<f64>>();
        let name = case["name"].as_str().unwrap();
        assert_close(&column(|bin| bin.observed), &case["observed"], TOLERANCE, name);
        assert_close(&column(|bin| bin.predicted), &case["predicted"], TOLERANCE, name);
    }
}

/// Figures by name; what is not defined is null in the file and absent here.
fn compare(case: &Value, figures: &[(&str, Option<f64>)]) {
    for (key, found) in figures {
        let what = format!("{key} of {}", case["name"]);
        assert_close(&[found.unwrap_or(f64::NAN)], &json!([case[key]]), TOLERANCE, &what);
    }
}

fn whole(list: &Value) -> Vec<usize> {
    numbers(list).iter().map(|&number| number as usize).collect()
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nn/metrics.json")).unwrap()
}
