//! Layers for images give what those of PyTorch give: `fixtures/nn/images.json`, made by `fixtures/make.py`.

use nn::{Form, Layer, Loss, Network, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

#[test]
fn layers_for_images_are_those_of_pytorch() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/images.json")).unwrap();
    let size = |name: &str| fixture["form"][name].as_u64().unwrap() as usize;
    let form = Form::Image { height: size("height"), width: size("width"), features: size("features") };
    let x = numbers(&fixture["x"]);
    for case in rows(&fixture["cases"]) {
        let layers: Vec<Layer> = serde_json::from_value(case["layers"].clone()).unwrap();
        let targets = Targets::<f64>::Numbers { width: 1, values: Vec::new() };
        // What goes into the linear layer at the end, whose parameters do not matter.
        let network = Network::new([layers, vec![Layer::Flatten {}]].concat(), form, Loss::MeanSquaredError, &targets);
        let (network, mut parameters) = (network.unwrap(), numbers(&case["parameters"]));
        parameters.extend(vec![0.0; network.hidden_width().unwrap() + 1]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["layers"]);
        let parameters = Tensor::new([parameters.len()], parameters);
        let found = network.hidden(&parameters, &numbers(&case["buffers"]), &x, &Device::cpu(2));
        assert_close(&found, &case["y"], TOLERANCE, &case["layers"].to_string());
    }
}
