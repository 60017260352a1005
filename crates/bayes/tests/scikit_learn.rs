//! Gaussian processes are those of scikit-learn: `fixtures/bayes/processes.json`, made by `fixtures/make.py`.

use bayes::{FittedProcess, Kernel, Mean, Observations};
use serde_json::{Value, json};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits, and the matrix loses a few.
const TOLERANCE: f64 = 1e-9;

#[test]
fn likelihoods_and_predictions_are_those_of_scikit_learn() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/bayes/processes.json")).unwrap();
    let (x, y, new) = (numbers(&fixture["x"]), numbers(&fixture["y"]), numbers(&fixture["new"]));
    let noise = fixture["noise"].as_f64().unwrap();
    for case in rows(&fixture["cases"]) {
        let name = case["kind"].as_str().unwrap();
        let spec = match name {
            "rational_quadratic" => json!({ "kind": name, "distance": { "ard": false } }),
            _ => json!({ "kind": name }),
        };
        let kernel: Kernel = serde_json::from_value(spec).unwrap();
        let data = Observations {
            x: x.clone(),
            width: 2,
            y: y.clone(),
            counts: vec![1.0; y.len()],
            known: Vec::new(),
            within: 0.0,
            n_values: y.len(),
            scale: [0.0, 1.0],
        };
        let mut theta: Vec<f64> = numbers(&case["values"]).iter().map(|v| v.ln()).collect();
        theta.extend([noise.ln(), 0.0]);
        let process = |theta: &[f64]| FittedProcess::new(kernel.clone(), Mean::default(), theta.to_vec(), data.clone());
        let fitted = process(&theta);
        assert_close(&[fitted.log_marginal_likelihood()], &json!([case["log_likelihood"]]), TOLERANCE, name);
        let said = fitted.predict(&new);
        assert_close(&said.mean, &case["mean"], TOLERANCE, name);
        let deviation: Vec<f64> = said.variance.iter().map(|v| v.sqrt()).collect();
        assert_close(&deviation, &case["deviation"], TOLERANCE, name);
        let slope = |at: usize| {
            let moved = |by: f64| {
                let mut theta = theta.clone();
                theta[at] += by;
                process(&theta).log_marginal_likelihood()
            };
            (moved(1e-5) - moved(-1e-5)) / 2e-5
        };
        let slopes: Vec<f64> = (0..theta.len() - 2).map(slope).collect();
        assert_close(&slopes, &case["gradient"], 1e-6, name);
    }
}
