//! Encoders and decoders predict and learn what those of PyTorch's cells do: `fixtures/nn/seq2seq.json`, made by
//! `fixtures/make.py`.

use grad::optim::{Optimizer, Sgd};
use nn::{Control, Examples, Form, Inputs, Loss, Network, Seq2seq, State, Targets, Training, train};
use serde_json::{Value, json};
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

/// What stands after the ends of windows is not used: it is NaN here.
#[test]
fn steps_ahead_are_those_of_a_decoder_in_pytorch() {
    let fixture = fixture();
    for case in rows(&fixture["cases"]) {
        let (network, x) = (network(&fixture, case), inputs(&fixture, case));
        let parameters = numbers(&case["parameters"]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["decoder"]);
        let predicted = network.predict(&Tensor::new([parameters.len()], parameters), &[], &x, &Device::cpu(2));
        assert_close(&predicted, &case["predicted"], TOLERANCE, &case["decoder"].to_string());
    }
}

/// One plain step of rate one takes the gradient from the parameters.
#[test]
fn a_decoder_that_sees_the_truth_has_the_loss_and_the_gradients_of_pytorch() {
    let fixture = fixture();
    let plain = Optimizer::Sgd(Sgd { learning_rate: 1.0, ..Sgd::default() });
    let training = Training { epochs: 1, optimizer: plain, ..Training::default() };
    for case in rows(&fixture["cases"]) {
        let (network, x, parameters) = (network(&fixture, case), inputs(&fixture, case), numbers(&case["parameters"]));
        let examples = Examples { width: network.inputs, x, targets: targets(&fixture, case), weights: Vec::new() };
        let mut state = State { parameters: parameters.clone(), ..State::new(&network, &training, 0) };
        let device = Device::cpu(2);
        train(&network, (&examples, None), &training, (0, &device), &mut state, &mut |_, _| Control::Continue).unwrap();
        let what = case["decoder"].to_string();
        assert_close(&[state.history[0].train_loss], &json!([case["loss"]]), TOLERANCE, &what);
        let gradients: Vec<f64> = parameters.iter().zip(&state.parameters).map(|(w, after)| w - after).collect();
        assert_close(&gradients, &case["gradients"], TOLERANCE, &what);
    }
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/nn/seq2seq.json")).unwrap()
}

fn size(from: &Value, name: &str) -> usize {
    from[name].as_u64().unwrap() as usize
}

fn network(fixture: &Value, case: &Value) -> Network {
    let decoder: Seq2seq = serde_json::from_value(case["decoder"].clone()).unwrap();
    let (ahead, known) = (size(fixture, "ahead"), size(case, "known"));
    let form = Form::Sequence { steps: size(fixture, "steps"), features: size(case, "features") };
    let inputs = Inputs { form, beside: ahead * known, ahead };
    Network::seq2seq(Vec::new(), decoder, inputs, Loss::MeanSquaredError, &targets(fixture, case)).unwrap()
}

fn targets(fixture: &Value, case: &Value) -> Targets<f64> {
    Targets::Numbers { width: size(fixture, "ahead") * size(case, "targets"), values: numbers(&case["truth"]) }
}

/// Of each row the window, with NaN after its end, and what is known of the horizon.
fn inputs(fixture: &Value, case: &Value) -> Vec<f64> {
    let (features, known) = (size(case, "features"), size(fixture, "ahead") * size(case, "known"));
    let (x, beside) = (numbers(&case["x"]), numbers(&case["beside"]));
    let window = size(fixture, "steps") * features;
    let mut found = Vec::new();
    for (row, length) in numbers(&case["lengths"]).into_iter().enumerate() {
        let mut own = x[row * window..(row + 1) * window].to_vec();
        own[length as usize * features..].fill(f64::NAN);
        found.extend(own);
        found.extend(&beside[row * known..(row + 1) * known]);
    }
    found
}
