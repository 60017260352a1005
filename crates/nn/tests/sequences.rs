//! Networks of sequences predict what those of PyTorch predict: `fixtures/nn/sequences.json`, made by `fixtures/make.py`.

use nn::{Form, Layer, Loss, Network, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

/// What stands behind the ends is not looked at: it is NaN here.
#[test]
fn sequences_of_unequal_length_are_read_as_in_pytorch() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/sequences.json")).unwrap();
    let [steps, features] = ["steps", "features"].map(|name| fixture[name].as_u64().unwrap() as usize);
    let mut x = numbers(&fixture["x"]);
    for (row, length) in numbers(&fixture["lengths"]).into_iter().enumerate() {
        x[(row * steps + length as usize) * features..(row + 1) * steps * features].fill(f64::NAN);
    }
    let targets = Targets::<f64>::Numbers { width: 2, values: Vec::new() };
    for case in rows(&fixture["cases"]) {
        let layers: Vec<Layer> = serde_json::from_value(case["layers"].clone()).unwrap();
        let form = Form::Sequence { steps, features };
        let network = Network::new(layers, form, Loss::MeanSquaredError, &targets).unwrap();
        let parameters = numbers(&case["parameters"]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["layers"]);
        let parameters = Tensor::new([parameters.len()], parameters);
        let predicted = network.predict(&parameters, &[], &x, &Device::cpu(2));
        assert_close(&predicted, &case["predicted"], TOLERANCE, &case["layers"].to_string());
    }
}
