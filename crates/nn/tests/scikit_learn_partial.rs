//! Partial least squares is that of scikit-learn without scaling: `fixtures/nn/partial.json`, made by `fixtures/make.py`.

use nn::models::PartialLeastSquares;
use nn::{Examples, Targets};
use serde_json::Value;
use tensor::Device;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// scikit-learn stops its iteration when a weight changes by less than 1e-14.
const TOLERANCE: f64 = 1e-10;

/// More rows than columns and fewer, one target and three, one to four sums.
#[test]
fn weights_and_intercepts_are_those_of_scikit_learn() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/partial.json")).unwrap();
    for case in rows(&fixture["fits"]) {
        let table = &fixture[case["table"].as_str().unwrap()];
        let targets = case["targets"].as_u64().unwrap() as usize;
        let y = rows(&table["y"]).iter().flat_map(|row| numbers(row)[..targets].to_vec()).collect();
        let examples = Examples {
            width: rows(&table["x"][0]).len(),
            x: rows(&table["x"]).iter().flat_map(numbers).collect(),
            targets: Targets::Numbers { width: targets, values: y },
            weights: Vec::new(),
        };
        let components = case["components"].as_u64().map(|n| n as usize);
        let fitted = PartialLeastSquares { components }.fit(&examples, None, &Device::cpu(1)).unwrap();
        let what = format!("{}, {targets} targets, {components:?} sums", case["table"]);
        assert_close(&fitted.weights, &case["weights"], TOLERANCE, &what);
        assert_close(&fitted.intercepts, &case["intercepts"], TOLERANCE, &what);
    }
}
