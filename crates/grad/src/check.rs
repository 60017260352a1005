//! The gradient check that stands beside every operation.

use tensor::random::Key;
use tensor::{Device, Tensor};

use crate::tape::{Tape, Var};

/// Standard normal numbers; the same for the same `shard`.
pub fn randn<const N: usize>(shape: [usize; N], shard: usize) -> Tensor<f64> {
    let mut random = Key::new(0, "check").shard(shard).random();
    Tensor::new(shape, (0..shape.iter().product()).map(|_| random.normal()).collect())
}

/// Compares $\langle v, Ju\rangle$ by central differences with $\langle J^\top v, u\rangle$ by the pullback, for a
/// random direction $u$ of each input in turn and a random cotangent $v$.
///
/// # Panics
/// If they differ by more than $10^{-7}$ of their size.
pub fn gradcheck<const N: usize>(inputs: [Tensor<f64>; N], op: impl for<'t> Fn([Var<'t, f64>; N]) -> Var<'t, f64>) {
    let run = |inputs: &[Tensor<f64>; N]| {
        let tape = Tape::new(Device::cpu(1));
        op(inputs.each_ref().map(|x| tape.variable(x.clone()))).value()
    };
    let tape = Tape::new(Device::cpu(1));
    let variables = inputs.each_ref().map(|x| tape.variable(x.clone()));
    let y = op(variables);
    let v = random_like(&y.value(), 99);
    let gradients = y.pull_back(v.clone());
    for k in 0..N {
        let (u, step) = (random_like(&inputs[k], 100 + k), 1e-5);
        let shifted = |by: f64| {
            let mut at = inputs.clone();
            let numbers = inputs[k].data().iter().zip(u.data()).map(|(x, u)| x + by * u).collect();
            at[k] = Tensor::new(inputs[k].shape(), numbers);
            dot(&run(&at), &v)
        };
        let numeric = (shifted(step) - shifted(-step)) / (2.0 * step);
        let exact = gradients.get(variables[k]).map_or(0.0, |gradient| dot(gradient, &u));
        let tolerance = 1e-7 * (1.0 + numeric.abs());
        assert!((numeric - exact).abs() <= tolerance, "input {k}: numeric {numeric}, exact {exact}");
    }
}

fn random_like(x: &Tensor<f64>, shard: usize) -> Tensor<f64> {
    randn([x.size()], shard).reshape(x.shape())
}

fn dot(x: &Tensor<f64>, y: &Tensor<f64>) -> f64 {
    x.data().iter().zip(y.data()).map(|(x, y)| x * y).sum()
}
