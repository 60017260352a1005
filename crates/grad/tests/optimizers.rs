//! Optimizers walk the paths of PyTorch's, and L-BFGS finds the minimum of SciPy's: `fixtures/grad/optimizers.json`, made
//! by `fixtures/make.py`.

use grad::optim::{Evaluation, Lbfgs, LbfgsMemory, Optimizer};
use serde_json::{Value, json};
use tensor::Device;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

#[test]
fn every_step_of_every_first_order_optimizer_is_that_of_pytorch() {
    let fixture = fixture();
    let gradients = rows(&fixture["gradients"]);
    for run in rows(&fixture["runs"]) {
        let optimizer: Optimizer = serde_json::from_value(run["optimizer"].clone()).unwrap();
        let mut w = numbers(&fixture["start"]);
        let mut memory = optimizer.memory(w.len());
        for (step, (gradient, expected)) in gradients.iter().zip(rows(&run["path"])).enumerate() {
            let (gradient, all) = (numbers(gradient), 0..w.len());
            optimizer.update(&Device::cpu(1), &mut w, &[(all, &gradient)], &mut memory, 1.0);
            // The file holds thirteen digits.
            assert_close(&w, expected, 1e-12, &format!("step {step} of {optimizer:?}"));
        }
    }
}

#[test]
fn lbfgs_finds_the_minimum_that_scipy_finds() {
    let case = &fixture()["logistic"];
    let (x, y) = (numbers(&case["x"]), numbers(&case["y"]));
    let evaluate = |w: &[f64]| penalized_logistic(&x, &y, w);
    let (mut w, mut memory) = ([0.0; 3], LbfgsMemory::default());
    let mut at = evaluate(&w);
    for _ in 0..30 {
        at = Lbfgs::default().step(&mut w, at, &mut memory, 1.0, evaluate);
    }
    assert_close(&[at.loss], &json!([case["value"]]), 1e-12, "value");
    // Where the value is exact to one part in 1e16, its argument is exact to the root of that.
    assert_close(&w, &case["minimum"], 1e-8, "minimum");
}

/// The mean of $\ln(1 + e^{-y\,x^\top w})$ over the rows plus $0.05\,\lVert w\rVert_2^2$.
fn penalized_logistic(x: &[f64], y: &[f64], w: &[f64]) -> Evaluation {
    let n = y.len() as f64;
    let mut loss = 0.05 * w.iter().map(|w| w * w).sum::<f64>();
    let mut gradient: Vec<f64> = w.iter().map(|w| 0.1 * w).collect();
    for (x, y) in x.chunks_exact(w.len()).zip(y) {
        let margin = y * x.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
        loss += (-margin).exp().ln_1p() / n;
        gradient.iter_mut().zip(x).for_each(|(g, x)| *g -= y * x / (1.0 + margin.exp()) / n);
    }
    Evaluation { loss, gradient }
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../fixtures/grad/optimizers.json")).unwrap()
}
