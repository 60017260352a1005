//! Figures of columns are those of NumPy and SciPy: `fixtures/data/profile.json`, made by `fixtures/make.py`.

use data::profile::Numbers;
use serde_json::Value;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-12;

/// A column with gaps, and one whose quartiles are equal, are among them.
#[test]
fn moments_quartiles_and_outliers_are_those_of_numpy_and_scipy() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/data/profile.json")).unwrap();
    for case in rows(&fixture["columns"]) {
        let Numbers { mean, deviation, skewness, min, lower_quartile, median, upper_quartile, max, .. } =
            Numbers::of(&numbers(&case["x"])).unwrap();
        assert_close(&[min, lower_quartile, median, upper_quartile, max], &case["quantiles"], TOLERANCE, "quantiles");
        let moments = serde_json::json!([case["mean"], case["deviation"], case["skewness"]]);
        assert_close(&[mean, deviation, skewness], &moments, TOLERANCE, "moments");
        let found = Numbers::of(&numbers(&case["x"])).map(|n| [n.n_outliers, n.n_far_outliers]);
        assert_eq!(serde_json::json!(found), case["outliers"]);
    }
}
