//! Three steps of training make of a network what they make of it in PyTorch, and it predicts the same then:
//! `fixtures/nn/layers.json` and `fixtures/nn/losses.json`, made by `fixtures/make.py`.
//!
//! Each step sees one batch and goes down the gradient, so that losses, gradients, penalties and running moments all show
//! in the parameters.

use grad::optim::{Optimizer, Sgd};
use nn::{Activation, Control, Examples, Loss, Network, State, Targets, Training, train};
use schemars::{JsonSchema, schema_for};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits; sums in another order differ in the fifteenth.
const TOLERANCE: f64 = 1e-12;
const INPUTS: usize = 3;

#[test]
fn every_layer_learns_as_in_pytorch() {
    compare_all(&layers());
}

#[test]
fn every_loss_with_weights_and_gaps_and_every_penalty_leads_where_it_leads_in_pytorch() {
    compare_all(&losses());
}

#[test]
fn every_activation_and_every_loss_is_compared_with_pytorch() {
    let (layers, losses) = (layers().to_string(), losses().to_string());
    // The step has no gradient to learn by.
    for name in words::<Activation>().iter().filter(|name| *name != "step") {
        assert!(layers.contains(&format!("\"activation\":\"{name}\"")), "{name}");
    }
    for name in words::<Loss>() {
        assert!(losses.contains(&format!("\"kind\":\"{name}\"")), "{name}");
    }
}

fn compare_all(fixture: &Value) {
    for case in rows(&fixture["cases"]) {
        let what = format!("{}, {}", case["layers"], without_numbers(case));
        let batches: Vec<Examples<f64>> = (0..3).map(|batch| examples(fixture, case, batch)).collect();
        let network = network(case, &batches[0].targets);
        let state = trained(&network, &batches, case, &training(fixture, case));
        let losses: Vec<f64> = state.history.iter().map(|record| record.train_loss).collect();
        assert_close(&losses, &case["losses"], TOLERANCE, &what);
        assert_close(&state.parameters, &case["parameters"], TOLERANCE, &what);
        assert_close(&state.buffers, &case["buffers"], TOLERANCE, &what);
        let parameters = Tensor::new([state.parameters.len()], state.parameters.clone());
        let predicted = network.predict(&parameters, &state.buffers, &numbers(&fixture["new"]), &Device::cpu(1));
        assert_close(&predicted, &case["predicted"], TOLERANCE, &what);
    }
}

fn trained(network: &Network, batches: &[Examples<f64>], case: &Value, training: &Training) -> State<f64> {
    let mut state = State { parameters: numbers(&case["start"]), ..State::new(network, training, 0) };
    for batch in batches {
        // One epoch of one batch.
        let once = &mut |_: &_, _: &_| Control::Interrupt;
        train(network, (batch, None), training, (0, &Device::cpu(1)), &mut state, once).unwrap();
    }
    state
}

fn network(case: &Value, targets: &Targets<f64>) -> Network {
    let layers = serde_json::from_value(case["layers"].clone()).unwrap();
    let loss = serde_json::from_value(case["loss"].clone()).unwrap();
    Network::new(layers, INPUTS, loss, targets).unwrap()
}

fn training(fixture: &Value, case: &Value) -> Training {
    let learning_rate = fixture["learning_rate"].as_f64().unwrap();
    let [l1, l2] = ["l1", "l2"].map(|key| case[key].as_f64().unwrap_or(0.0));
    let optimizer = Optimizer::Sgd(Sgd { learning_rate, ..Sgd::default() });
    Training { epochs: 3, optimizer, l1, l2, ..Training::default() }
}

fn examples(fixture: &Value, case: &Value, batch: usize) -> Examples<f64> {
    let kind = case["targets"].as_str().unwrap();
    let values = numbers(&fixture[kind][batch]);
    let labels = || values.iter().map(|&label| label as usize).collect();
    let targets = match kind {
        "two_classes" => Targets::Classes { count: 2, labels: labels() },
        "three_classes" => Targets::Classes { count: 3, labels: labels() },
        _ => Targets::Numbers { width: 2, values },
    };
    let weights = if case["weighted"] == true { numbers(&fixture["weights"][batch]) } else { Vec::new() };
    Examples { width: INPUTS, x: numbers(&fixture["x"][batch]), targets, weights }
}

fn without_numbers(case: &Value) -> String {
    ["loss", "targets", "weighted", "l1", "l2"].map(|key| format!("{key}: {}", case[key])).join(", ")
}

/// The words by which an enum is known in settings.
fn words<E: JsonSchema>() -> Vec<String> {
    let schema = serde_json::to_value(schema_for!(E)).unwrap();
    let word = |variant: &Value| {
        let kind = variant.get("const").unwrap_or(&variant["properties"]["kind"]["const"]);
        kind.as_str().unwrap().to_owned()
    };
    rows(&schema["oneOf"]).iter().map(word).collect()
}

fn layers() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nn/layers.json")).unwrap()
}

fn losses() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nn/losses.json")).unwrap()
}
