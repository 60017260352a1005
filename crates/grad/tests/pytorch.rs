//! Operations give the values and gradients of PyTorch: `fixtures/grad/operations.json`, made by `fixtures/make.py`.

use grad::{Tape, Var, ops};
use serde_json::{Value, json};
use tensor::kernels::activation::Activation;
use tensor::kernels::recurrent::Cell;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits; sums in another order differ in the fifteenth.
const TOLERANCE: f64 = 1e-12;

#[test]
fn activations_and_their_slopes_are_those_of_pytorch() {
    let fixture = fixture();
    for case in rows(&fixture["activations"]) {
        let (tape, name) = (tape(), case["function"].as_str().unwrap());
        let x = tape.variable(matrix(&fixture["x"], 1));
        let y = ops::activation(x, function(name, case["parameter"].as_f64()));
        compare(&y.value(), &case["y"], name);
        compare(ops::sum(y).backward().get(x).unwrap(), &case["slope"], name);
    }
}

fn function(name: &str, parameter: Option<f64>) -> Activation {
    match (name, parameter) {
        ("sigmoid", None) => Activation::Sigmoid,
        ("tanh", None) => Activation::Tanh,
        ("relu", None) => Activation::Relu,
        ("leaky_relu", Some(slope)) => Activation::LeakyRelu(slope),
        ("elu", Some(alpha)) => Activation::Elu(alpha),
        ("selu", None) => Activation::Selu,
        ("gelu", None) => Activation::Gelu,
        ("softplus", None) => Activation::Softplus,
        other => panic!("{other:?} is no activation function"),
    }
}

#[test]
fn softmax_and_its_gradient_are_those_of_pytorch() {
    let (tape, case) = (tape(), &fixture()["softmax"]);
    let z = tape.variable(matrix(&case["z"], 3));
    let p = ops::softmax(z);
    compare(&p.value(), &case["p"], "p");
    compare(p.pull_back(matrix(&case["dy"], 3)).get(z).unwrap(), &case["dz"], "dz");
}

#[test]
fn batch_normalization_in_training_is_that_of_pytorch() {
    let (tape, case) = (tape(), &fixture()["batch_norm"]);
    let (x, gamma, beta) = batch_norm_inputs(&tape, case, "x");
    let (y, moments) = ops::batch_norm(x, gamma, beta, 1e-5);
    compare(&y.value(), &case["y"], "y");
    compare(&moments.mean, &case["mean"], "mean");
    compare(&moments.variance, &case["variance"], "variance");
    let gradients = y.pull_back(matrix(&case["dy"], 3));
    for (variable, name) in [(x, "dx"), (gamma, "dgamma"), (beta, "dbeta")] {
        compare(gradients.get(variable).unwrap(), &case[name], name);
    }
}

#[test]
fn batch_normalization_in_prediction_is_that_of_pytorch() {
    let (tape, case) = (tape(), &fixture()["batch_norm"]);
    let (x, gamma, beta) = batch_norm_inputs(&tape, case, "new");
    let [mean, variance] = ["mean", "variance"].map(|key| vector(&case[key]));
    let y = ops::batch_norm_predict(x, gamma, beta, &ops::Moments { mean, variance }, 1e-5);
    compare(&y.value(), &case["predicted"], "predicted");
    let dy = matrix(&case["dy"], 3).window(0, y.value().shape());
    compare(y.pull_back(dy).get(x).unwrap(), &case["dnew"], "dnew");
}

fn batch_norm_inputs<'t>(tape: &'t Tape<f64>, case: &Value, x: &str) -> (Var<'t, f64>, Var<'t, f64>, Var<'t, f64>) {
    let [gamma, beta] = ["gamma", "beta"].map(|key| tape.variable(vector(&case[key])));
    (tape.variable(matrix(&case[x], 3)), gamma, beta)
}

#[test]
fn losses_of_regression_with_and_without_weights_are_those_of_pytorch() {
    for case in rows(&fixture()["regression_losses"]) {
        let (tape, name) = (tape(), case["loss"].as_str().unwrap());
        let [x, y] = ["x", "y"].map(|key| tape.variable(vector(&case[key])));
        let weights = weights(case).map(|w| Tensor::new([w.len()], w));
        let loss = match name {
            "mean_absolute_error" => ops::mean_absolute_error(x, y, weights.as_ref()),
            "mean_squared_error" => ops::mean_squared_error(x, y, weights.as_ref()),
            _ => ops::huber(x, y, case["delta"].as_f64().unwrap(), weights.as_ref()),
        };
        compare_loss(loss, &[(x, "dx"), (y, "dy")], case, name);
    }
}

#[test]
fn cross_entropies_with_and_without_weights_are_those_of_pytorch() {
    for case in rows(&fixture()["binary_cross_entropy"]) {
        let tape = tape();
        let z = tape.variable(vector(&case["z"]));
        let weights = weights(case).map(|w| Tensor::new([w.len()], w));
        let loss = ops::binary_cross_entropy(z, &vector(&case["y"]), weights.as_ref());
        compare_loss(loss, &[(z, "dz")], case, "binary_cross_entropy");
    }
    for case in rows(&fixture()["cross_entropy"]) {
        let tape = tape();
        let z = tape.variable(matrix(&case["z"], 3));
        let labels: Vec<usize> = numbers(&case["labels"]).iter().map(|&label| label as usize).collect();
        let loss = ops::softmax_cross_entropy(z, &labels, weights(case).as_deref());
        compare_loss(loss, &[(z, "dz")], case, "cross_entropy");
    }
}

#[test]
fn the_penalty_of_the_elastic_net_is_that_of_its_formula_in_pytorch() {
    let (tape, case) = (tape(), &fixture()["elastic_net"]);
    let w = tape.variable(vector(&case["w"]));
    let penalty = ops::elastic_net(w, case["l1"].as_f64().unwrap(), case["l2"].as_f64().unwrap());
    compare_loss(penalty, &[(w, "dw")], case, "elastic_net");
}

#[test]
fn the_gaussian_likelihood_with_and_without_weights_is_that_of_pytorch() {
    for case in rows(&fixture()["gaussian_negative_log_likelihood"]) {
        let tape = tape();
        let z = tape.variable(matrix(&case["z"], 4));
        let weights = weights(case).map(|w| Tensor::new([w.len() / 2, 2], w));
        let loss = ops::gaussian_negative_log_likelihood(z, &matrix(&case["y"], 2), weights.as_ref());
        compare_loss(loss, &[(z, "dz")], case, "gaussian_negative_log_likelihood");
    }
}

#[test]
fn pinball_losses_with_and_without_weights_sum_to_those_of_scikit_learn() {
    for case in rows(&fixture()["pinball"]) {
        let tape = tape();
        let z = tape.variable(matrix(&case["z"], 3));
        let weights = weights(case).map(|w| Tensor::new([w.len(), 1], w));
        let loss = ops::pinball(z, &matrix(&case["y"], 1), &numbers(&case["levels"]), weights.as_ref());
        compare_loss(loss, &[], case, "pinball");
    }
}

fn compare_loss(loss: Var<'_, f64>, variables: &[(Var<'_, f64>, &str)], case: &Value, what: &str) {
    assert_close(&[loss.value().item()], &json!([case["value"]]), TOLERANCE, what);
    let gradients = loss.backward();
    for (variable, name) in variables {
        compare(gradients.get(*variable).unwrap(), &case[name], what);
    }
}

fn compare(found: &Tensor<f64>, expected: &Value, what: &str) {
    assert_close(found.data(), expected, TOLERANCE, what);
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/grad/operations.json")).unwrap()
}

fn tape() -> Tape<f64> {
    Tape::new(Device::cpu(1))
}

fn vector(list: &Value) -> Tensor<f64> {
    let numbers = numbers(list);
    Tensor::new([numbers.len()], numbers)
}

fn matrix(list: &Value, columns: usize) -> Tensor<f64> {
    let numbers = numbers(list);
    Tensor::new([numbers.len() / columns, columns], numbers)
}

fn weights(case: &Value) -> Option<Vec<f64>> {
    (!case["weights"].is_null()).then(|| numbers(&case["weights"]))
}

#[test]
fn recurrent_cells_and_their_slopes_are_those_of_pytorch() {
    for case in rows(&fixture()["recurrent"]) {
        let tape = tape();
        let cell = match case["cell"].as_str().unwrap() {
            "rnn" => Cell::Simple,
            "lstm" => Cell::Lstm,
            _ => Cell::Gru,
        };
        let lengths =
            case["lengths"].as_array().map(|_| numbers(&case["lengths"]).iter().map(|l| *l as usize).collect());
        let run = ops::Run { cell, steps: 4, lengths, reverse: case["reverse"].as_bool().unwrap(), truncate: 0 };
        let what = format!("{:?}, lengths {}, reverse {}", cell, case["lengths"], run.reverse);
        let x = tape.variable(matrix(&case["x"], 8));
        let learned = &case["weights"];
        let [input, state] = ["input", "state"].map(|name| {
            let gates = if name == "input" { cell.input_gates() } else { cell.state_gates() };
            tape.variable(matrix(&learned[name], gates * 3))
        });
        let vector = |name: &str| {
            let values = numbers(&learned[name]);
            tape.variable(Tensor::new([values.len()], values))
        };
        let extra = (cell == Cell::Gru).then(|| vector("extra"));
        let weights = ops::CellWeights { input, state, bias: vector("bias"), extra };
        let states = ops::recurrent(&run, x, weights, &[]);
        compare(&states.all.value(), &case["y"], &what);
        let by = tape.constant(matrix(&case["by"], 12));
        let mut loss = ops::sum(ops::mul(states.all, by));
        for (state, wanted) in [Some(states.last), states.memory].into_iter().flatten().zip(rows(&case["last"])) {
            compare(&state.value(), wanted, &what);
            loss = ops::add(loss, ops::scale(ops::sum(state), 2.0));
        }
        let mut gradients = loss.backward();
        let mut check = |var: Var<'_, f64>, wanted: &Value| compare(&gradients.take(var).unwrap(), wanted, &what);
        check(x, &case["dx"]);
        check(input, &case["slopes"]["input"]);
        check(state, &case["slopes"]["state"]);
        check(weights.bias, &case["slopes"]["bias"]);
        if let Some(extra) = extra {
            check(extra, &case["slopes"]["extra"]);
        }
    }
}

#[test]
fn layer_normalization_and_its_slopes_are_those_of_pytorch() {
    let (fixture, tape) = (fixture(), tape());
    let case = &fixture["layer_norm"];
    let x = tape.variable(matrix(&case["x"], 5));
    let [gamma, beta] = ["gamma", "beta"].map(|name| tape.variable(Tensor::new([5], numbers(&case[name]))));
    let y = ops::layer_norm(x, gamma, beta, 1e-3);
    compare(&y.value(), &case["y"], "layer_norm");
    let mut gradients = ops::sum(ops::mul(y, tape.constant(matrix(&case["by"], 5)))).backward();
    for (var, name) in [(x, "dx"), (gamma, "dgamma"), (beta, "dbeta")] {
        compare(&gradients.take(var).unwrap(), &case[name], name);
    }
}

#[test]
fn attention_and_its_slopes_are_those_of_pytorch() {
    for case in rows(&fixture()["attention"]) {
        let tape = tape();
        let lengths =
            case["lengths"].as_array().map(|_| numbers(&case["lengths"]).iter().map(|l| *l as usize).collect());
        let look = ops::Look { queries: 4, keys: 4, heads: 2, lengths, causal: case["causal"] == true };
        let [q, k, v] = ["q", "k", "v"].map(|name| tape.variable(matrix(&case[name], 24)));
        let (y, _) = ops::attention(&look, q, k, v);
        let what = format!("attention, lengths {}, causal {}", case["lengths"], case["causal"]);
        compare(&y.value(), &case["y"], &what);
        let mut gradients = ops::sum(ops::mul(y, tape.constant(matrix(&case["by"], 24)))).backward();
        for (var, name) in [(q, "dq"), (k, "dk"), (v, "dv")] {
            compare(&gradients.take(var).unwrap(), &case[name], &what);
        }
    }
}
