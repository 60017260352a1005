//! Linear models with fixed penalties are those of scikit-learn: `fixtures/nn/linear.json`, made by `fixtures/make.py`.

use nn::models::{ElasticNet, Logistic, Mean, Ridge};
use nn::{Control, Examples, Loss, Network, State, Targets, train};
use serde_json::{Value, json};
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-12;

/// More rows than features and fewer; all rows and those with gaps; weights of rows.
#[test]
fn ridge_regression_is_that_of_scikit_learn() {
    let fixture = fixture();
    for case in rows(&fixture["ridge"]) {
        let table = &fixture[case["table"].as_str().unwrap()];
        let examples = Examples { targets: both_targets(table), ..inputs(table, case) };
        let ridge = Ridge { penalty: case["penalty"].as_f64() };
        let fitted = ridge.fit(&examples, None, &Device::cpu(1)).unwrap();
        assert_close(&fitted.weights, &case["weights"], TOLERANCE, &case["table"].to_string());
        assert_close(&fitted.intercepts, &case["intercepts"], TOLERANCE, &case["table"].to_string());
    }
}

/// LASSO is the case of share one.
#[test]
fn the_elastic_net_is_that_of_scikit_learn() {
    let fixture = fixture();
    let table = &fixture["tall"];
    let first: Vec<f64> = rows(&table["y"]).iter().map(|pair| pair[0].as_f64().unwrap()).collect();
    for case in rows(&fixture["elastic_net"]) {
        let targets = Targets::Numbers { width: 1, values: first.clone() };
        let examples = Examples { targets, ..inputs(table, case) };
        let net = ElasticNet { penalty: case["penalty"].as_f64(), l1_ratio: case["l1_ratio"].as_f64().unwrap() };
        let fitted = net.fit(&examples, 0).unwrap();
        let what = format!("{net:?}, weighted {}", case["weighted"]);
        // Our descent ends when a sweep changes no weight by more than 1e-5 standard deviations of the target.
        assert_close(&fitted.weights, &case["weights"], 1e-5, &what);
        assert_close(&fitted.intercepts, &json!([case["intercept"]]), 1e-5, &what);
        let zeros = |weights: &[f64]| weights.iter().map(|w| *w == 0.0).collect::<Vec<_>>();
        assert_eq!(zeros(&fitted.weights), zeros(&numbers(&case["weights"])), "{what}");
    }
}

#[test]
fn logistic_regression_is_that_of_scikit_learn() {
    let fixture = fixture();
    let table = &fixture["tall"];
    for case in rows(&fixture["logistic"]) {
        let key = case["labels"].as_str().unwrap();
        let examples = Examples { targets: classes(table, key), ..inputs(table, case) };
        let network = Network::new(vec![], examples.width, Loss::suited_to(&examples.targets), &examples.targets);
        let (network, device) = (network.unwrap(), Device::cpu(1));
        // L-BFGS of SciPy needs as many steps: up to a hundred for a loss that is exact to one part in 1e16.
        let training = Logistic { penalty: case["penalty"].as_f64().unwrap(), steps: 200 }.training();
        let mut state = State::<f64>::new(&network, &training, 0);
        let go_on = &mut |_: &_, _: &_| Control::Continue;
        train(&network, (&examples, None), &training, (0, &device), &mut state, go_on).unwrap();
        // Near the minimum, the loss tells arguments apart to the root of 1e-16 over the curvature, here the penalty.
        let (weights, intercepts) = state.parameters.split_at(numbers(&case["weights"]).len());
        assert_close(weights, &case["weights"], 1e-6, key);
        assert_close(intercepts, &case["intercepts"], 1e-6, key);
        let parameters = Tensor::new([state.parameters.len()], state.parameters.clone());
        let probabilities = network.predict(&parameters, &[], &examples.x, &device);
        assert_close(&probabilities, &case["probabilities"], 1e-6, key);
    }
}

#[test]
fn means_and_frequencies_are_those_of_scikit_learn() {
    let fixture = fixture();
    let table = &fixture["tall"];
    for case in rows(&fixture["mean"]) {
        let fit = |targets| Mean {}.fit(&Examples { targets, ..inputs(table, case) }).intercepts;
        assert_close(&fit(both_targets(table)), &case["numbers"], TOLERANCE, "numbers");
        assert_close(&fit(classes(table, "three_classes")), &case["three_classes"], TOLERANCE, "classes");
    }
}

/// Inputs and weights of a table; its targets are still missing.
fn inputs(table: &Value, case: &Value) -> Examples<f64> {
    let weights = if case["weighted"] == true { numbers(&table["weights"]) } else { Vec::new() };
    let x = rows(&table["x"]).iter().flat_map(numbers).collect();
    let targets = Targets::Numbers { width: 0, values: Vec::new() };
    Examples { width: rows(&table["x"][0]).len(), x, targets, weights }
}

fn both_targets(table: &Value) -> Targets<f64> {
    Targets::Numbers { width: 2, values: rows(&table["y"]).iter().flat_map(numbers).collect() }
}

fn classes(table: &Value, key: &str) -> Targets<f64> {
    let labels: Vec<usize> = numbers(&table[key]).iter().map(|&label| label as usize).collect();
    Targets::Classes { count: if key == "two_classes" { 2 } else { 3 }, labels }
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nn/linear.json")).unwrap()
}
