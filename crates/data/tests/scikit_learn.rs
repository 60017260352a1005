//! Scalers are those of scikit-learn: `fixtures/data/scalers.json`, made by `fixtures/make.py`.

use data::{Scaler, Scaling};
use serde_json::Value;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-12;

/// Columns with gaps, with equal quartiles, and without any spread are among them.
#[test]
fn centers_scales_and_scaled_columns_are_those_of_scikit_learn() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/data/scalers.json")).unwrap();
    let width = fixture["width"].as_u64().unwrap() as usize;
    for case in rows(&fixture["scalers"]) {
        let kind: Scaling = serde_json::from_value(case["kind"].clone()).unwrap();
        let mut x = numbers(&fixture["x"]);
        let scaler = Scaler::fit(&x, width, kind);
        assert_close(&scaler.center, &case["center"], TOLERANCE, &format!("center of {kind:?}"));
        assert_close(&scaler.scale, &case["scale"], TOLERANCE, &format!("scale of {kind:?}"));
        scaler.transform(&mut x);
        assert_close(&x, &case["scaled"], TOLERANCE, &format!("{kind:?}"));
        scaler.inverse(&mut x);
        assert_close(&x, &fixture["x"], TOLERANCE, &format!("{kind:?}, there and back"));
    }
}
