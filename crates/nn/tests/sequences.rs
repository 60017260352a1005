//! Networks of sequences and convolutions give what those of PyTorch give: `fixtures/nn/sequences.json`, made by
//! `fixtures/make.py`.

use nn::layers::Pool;
use nn::{Form, Layer, Loss, Network, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

/// What stands after the ends is not used: it is NaN here.
#[test]
fn sequences_of_unequal_length_are_read_as_in_pytorch() {
    let (fixture, form) = fixture();
    let x = with_ends(&fixture, form);
    let targets = Targets::<f64>::Numbers { width: 2, values: Vec::new() };
    for case in rows(&fixture["cases"]) {
        let layers: Vec<Layer> = serde_json::from_value(case["layers"].clone()).unwrap();
        let network = Network::new(layers, form, Loss::MeanSquaredError, &targets).unwrap();
        let parameters = numbers(&case["parameters"]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["layers"]);
        let parameters = Tensor::new([parameters.len()], parameters);
        let predicted = network.predict(&parameters, &[], &x, &Device::cpu(2));
        assert_close(&predicted, &case["predicted"], TOLERANCE, &case["layers"].to_string());
    }
}

/// Each number that a convolution gives for a step, and the mean over the steps, which shows where it sees the ends.
#[test]
fn convolutions_of_every_padding_stride_and_dilation_are_those_of_pytorch() {
    let (fixture, form) = fixture();
    for case in rows(&fixture["convolutions"]) {
        let layer: Layer = serde_json::from_value(case["layer"].clone()).unwrap();
        let x = if case["whole"] == true { numbers(&fixture["x"]) } else { with_ends(&fixture, form) };
        for (behind, wanted) in [(Layer::Flatten {}, &case["y"]), (Layer::Pool(Pool::default()), &case["mean"])] {
            let found = given_by(vec![layer.clone(), behind], form, numbers(&case["parameters"]), &x);
            // What a layer gives after an end has no meaning.
            let own = |(found, wanted): (f64, &Value)| if wanted.is_null() { f64::NAN } else { found };
            let found: Vec<f64> = found.into_iter().zip(rows(wanted)).map(own).collect();
            assert_close(&found, wanted, TOLERANCE, &format!("{}, whole: {}", case["layer"], case["whole"]));
        }
    }
}

/// What goes into the linear layer at the end, whose parameters do not matter.
fn given_by(layers: Vec<Layer>, form: Form, mut parameters: Vec<f64>, x: &[f64]) -> Vec<f64> {
    let targets = Targets::<f64>::Numbers { width: 1, values: Vec::new() };
    let network = Network::new(layers, form, Loss::MeanSquaredError, &targets).unwrap();
    parameters.extend(vec![0.0; network.hidden_width().unwrap() + 1]);
    assert_eq!(network.layout.n_parameters(), parameters.len());
    network.hidden(&Tensor::new([parameters.len()], parameters), &[], x, &Device::cpu(2))
}

fn fixture() -> (Value, Form) {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/sequences.json")).unwrap();
    let [steps, features] = ["steps", "features"].map(|name| fixture[name].as_u64().unwrap() as usize);
    (fixture, Form::Sequence { steps, features })
}

/// The inputs, with NaN after the ends.
fn with_ends(fixture: &Value, form: Form) -> Vec<f64> {
    let mut x = numbers(&fixture["x"]);
    for (row, length) in x.chunks_exact_mut(form.numbers()).zip(numbers(&fixture["lengths"])) {
        row[length as usize * form.features()..].fill(f64::NAN);
    }
    x
}
