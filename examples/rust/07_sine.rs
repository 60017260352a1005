//! A training loop by hand: tape, operations, optimizer. Here one sees what all networks do.

use grad::optim::{Adam, Optimizer};
use grad::{Tape, ops};
use tensor::random::Key;
use tensor::{Device, Tensor};

pub fn main() {
    let device = Device::cpu(1);
    let mut random = Key::new(0, "example").random();
    let x: Vec<f64> = (0..64).map(|_| random.normal()).collect();
    let y = Tensor::new([64, 1], x.iter().map(|x| x.sin()).collect());
    let x = Tensor::new([64, 1], x);
    // One flat vector: weights [1, 16], biases [16], weights [16, 1], bias [1].
    let mut parameters = Tensor::new([49], (0..49).map(|_| 0.5 * random.normal()).collect());
    let optimizer = Optimizer::Adam(Adam { learning_rate: 0.02, ..Adam::default() });
    let mut memory = optimizer.memory(49);
    let mut tape = Tape::new(device.clone());
    let mut error = f64::INFINITY;
    for _ in 0..2000 {
        tape.clear();
        let part = |start, shape: &[usize]| tape.variable(parameters.window(start, shape));
        let (w1, b1, w2, b2) = (part(0, &[1, 16]), part(16, &[16]), part(32, &[16, 1]), part(48, &[1]));
        let hidden = ops::linear_relu(tape.constant(x.clone()), w1, b1);
        let loss = ops::mean_squared_error(ops::linear(hidden, w2, b2), tape.constant(y.clone()), None);
        error = loss.value().item();
        let mut gradients = loss.backward();
        let gradients = [w1, b1, w2, b2].map(|w| gradients.take(w).expect("every parameter is used"));
        tape.clear();
        let blocks = [0, 16, 32, 48].map(|start| start..start + if start == 48 { 1 } else { 16 });
        let blocks: Vec<_> = blocks.into_iter().zip(&gradients).map(|(range, g)| (range, g.data())).collect();
        optimizer.update(&device, parameters.data_mut().expect("the tape is clear"), &blocks, &mut memory, 1.0);
    }
    println!("mean squared error of the sine: {error:.2e}");
    assert!(error < 1e-3);
}
