//! Layers for sequences give what those of Keras give: `fixtures/nn/keras.json`, made by `fixtures/make.py`.

use nn::{Form, Layer, Loss, Network, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

/// What Keras masks is NaN here.
#[test]
fn layers_for_whole_and_masked_sequences_are_those_of_keras() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/keras.json")).unwrap();
    let [steps, features] = ["steps", "features"].map(|name| fixture[name].as_u64().unwrap() as usize);
    for case in rows(&fixture["cases"]) {
        let layer: Layer = serde_json::from_value(case["layer"].clone()).unwrap();
        let tokens = matches!(layer, Layer::Embedding(_));
        let features = if tokens { 1 } else { features };
        let mut x = numbers(&fixture[if tokens { "tokens" } else { "x" }]);
        if case["whole"] == false {
            for (row, length) in x.chunks_exact_mut(steps * features).zip(numbers(&fixture["lengths"])) {
                row[length as usize * features..].fill(f64::NAN);
            }
        }
        let found = given_by(layer, Form::Sequence { steps, features }, numbers(&case["parameters"]), &x);
        // What a layer gives after an end has no meaning.
        let own = |(found, wanted): (f64, &Value)| if wanted.is_null() { f64::NAN } else { found };
        let found: Vec<f64> = found.into_iter().zip(rows(&case["y"])).map(own).collect();
        assert_close(&found, &case["y"], TOLERANCE, &format!("{}, whole: {}", case["layer"], case["whole"]));
    }
}

/// What goes into the linear layer at the end, whose parameters do not matter.
fn given_by(layer: Layer, form: Form, mut parameters: Vec<f64>, x: &[f64]) -> Vec<f64> {
    let targets = Targets::<f64>::Numbers { width: 1, values: Vec::new() };
    let network = Network::new(vec![layer, Layer::Flatten {}], form, Loss::MeanSquaredError, &targets).unwrap();
    parameters.extend(vec![0.0; network.hidden_width().unwrap() + 1]);
    assert_eq!(network.layout.n_parameters(), parameters.len());
    network.hidden(&Tensor::new([parameters.len()], parameters), &[], x, &Device::cpu(2))
}
