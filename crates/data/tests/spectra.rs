//! Steps of preprocessing are those of NumPy and SciPy: `fixtures/data/spectra.json`, made by `fixtures/make.py`.

use data::spectrum::{Preprocessing, Step};
use serde_json::Value;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits; a sparse solver and ours differ by the condition of the equations, some 1e4.
const TOLERANCE: f64 = 1e-10;

/// Each step on a spectrum that is not among those that it learns from.
#[test]
fn every_step_is_that_of_numpy_or_scipy() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/data/spectra.json")).unwrap();
    let [axis, training, new] = ["axis", "training", "new"].map(|key| numbers(&fixture[key]));
    for case in rows(&fixture["steps"]) {
        let step: Step = serde_json::from_value(case["step"].clone()).unwrap();
        let learned = Preprocessing::fit(&[step], &axis, &training).unwrap();
        assert_close(&learned.apply(&new).unwrap(), &case["y"], TOLERANCE, &case["step"].to_string());
    }
}
