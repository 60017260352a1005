//! Additive attention gives what that of Keras gives: `fixtures/grad/keras.json`, made by `fixtures/make.py`.

use grad::{Tape, ops};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits; sums in another order differ in the fifteenth.
const TOLERANCE: f64 = 1e-12;

#[test]
fn additive_attention_and_its_weights_are_those_of_keras() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/grad/keras.json")).unwrap();
    for case in rows(&fixture["additive_attention"]) {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let lengths =
            case["lengths"].as_array().map(|_| numbers(&case["lengths"]).iter().map(|l| *l as usize).collect());
        let [q, k, v] = [("query", 3), ("key", 12), ("value", 12)].map(|(name, width)| {
            let numbers = numbers(&case[name]);
            tape.constant(Tensor::new([numbers.len() / width, width], numbers))
        });
        let scale = tape.constant(Tensor::new([3], numbers(&case["scale"])));
        let (y, weights) = ops::additive_attention(4, lengths, [q, k, v, scale]);
        let what = format!("additive attention, lengths {}", case["lengths"]);
        assert_close(y.value().data(), &case["y"], TOLERANCE, &what);
        assert_close(weights.data(), &case["weights"], TOLERANCE, &what);
    }
}
