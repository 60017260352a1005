//! Acquisitions, joint predictions and hypervolumes are those of BoTorch: `fixtures/bayes/acquisition.json`, made by
//! `fixtures/make.py`.

use bayes::{Acquisition, FittedProcess, Kernel, Mean, Observations, Reference, hypervolume};
use serde_json::{Value, json};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits; of standard deviations near to data points a few are lost.
const TOLERANCE: f64 = 1e-8;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/bayes/acquisition.json")).unwrap()
}

/// The process of a case: its lengthscales, variance one, mean zero.
fn process(fixture: &Value, case: &Value) -> FittedProcess {
    let y = numbers(&fixture["y"]);
    let kernel: Kernel = serde_json::from_value(json!({ "kind": case["kind"] })).unwrap();
    let data = Observations {
        x: numbers(&fixture["x"]),
        width: 2,
        counts: vec![1.0; y.len()],
        known: Vec::new(),
        within: 0.0,
        n_values: y.len(),
        scale: [0.0, 1.0],
        y,
    };
    let mut theta: Vec<f64> = numbers(&case["values"]).iter().map(|v| v.ln()).collect();
    theta.extend([fixture["noise"].as_f64().unwrap().ln(), 0.0]);
    FittedProcess::new(kernel, Mean::default(), theta, data)
}

#[test]
fn acquisitions_and_their_slopes_are_those_of_botorch() {
    let fixture = fixture();
    let to = Reference { best: fixture["best"].as_f64().unwrap(), unit: 1.0, optima: Vec::new() };
    let at = numbers(&fixture["at"]);
    for case in rows(&fixture["cases"]) {
        let process = process(&fixture, case);
        let said = process.predict(&at);
        let deviations: Vec<f64> = said.variance.iter().map(|v| v.sqrt()).collect();
        assert_close(&said.mean, &case["mean"], TOLERANCE, "mean");
        assert_close(&deviations, &case["deviation"], TOLERANCE, "deviation");
        for (name, acquisition) in [
            ("log_expected_improvement", Acquisition::LogExpectedImprovement),
            ("expected_improvement", Acquisition::ExpectedImprovement),
            ("log_probability_of_improvement", Acquisition::LogProbabilityOfImprovement),
        ] {
            let value = |x: &[f64]| {
                let said = process.predict(x);
                acquisition.value(said.mean[0], said.variance[0].sqrt(), &to)[0]
            };
            let found: Vec<f64> = at.chunks(2).map(value).collect();
            assert_close(&found, &case[name]["value"], TOLERANCE, name);
            let slope = |place: usize| {
                let mut x = at[place - place % 2..place - place % 2 + 2].to_vec();
                let mut moved = |by: f64| {
                    x[place % 2] = at[place] + by;
                    value(&x)
                };
                (moved(1e-5) - moved(-1e-5)) / 2e-5
            };
            let slopes: Vec<f64> = (0..at.len()).map(slope).collect();
            assert_close(&slopes, &case[name]["gradient"], 1e-5, name);
        }
    }
}

#[test]
fn joint_predictions_are_those_of_gpytorch() {
    let fixture = fixture();
    for case in rows(&fixture["cases"]) {
        let joint = &case["joint"];
        let (mean, covariance) = process(&fixture, case).joint(&numbers(&joint["x"]));
        assert_close(&mean, &joint["mean"], TOLERANCE, "mean");
        assert_close(&covariance, &joint["covariance"], TOLERANCE, "covariance");
    }
}

#[test]
fn hypervolumes_are_those_of_botorch() {
    for case in rows(&fixture()["hypervolumes"]) {
        let found = hypervolume(&numbers(&case["points"]), &numbers(&case["reference"]));
        assert_close(&[found], &json!([case["hypervolume"]]), 1e-12, "hypervolume");
    }
}
