//! Recurrent cells over whole sequences: one operation for all steps.

use std::sync::Arc;

use tensor::kernels::recurrent::{self as kernel, Cell, Cotangents, Gradients, Outputs, Sequences, Weights};
use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// How a cell runs over its sequences.
#[derive(Clone, Debug)]
pub struct Run {
    /// The cell.
    pub cell: Cell,
    /// Steps of the longest sequence.
    pub steps: usize,
    /// Steps of each, where they differ. What stands after an end is not read; outputs there are zero.
    pub lengths: Option<Arc<[usize]>>,
    /// From the last step to the first.
    pub reverse: bool,
    /// Gradients do not pass from a step whose number is a multiple of this to the one before \[Williams1990\]; zero: they pass
    /// everywhere.
    pub truncate: usize,
}

/// Parameters of a cell; shapes and columns as in [`Weights`] and [`Cell`].
#[derive(Clone, Copy)]
pub struct CellWeights<'t, T: Real> {
    /// `[features, input gates * hidden]`.
    pub input: Var<'t, T>,
    /// `[hidden, state gates * hidden]`.
    pub state: Var<'t, T>,
    /// `[input gates * hidden]`.
    pub bias: Var<'t, T>,
    /// Of a GRU `[hidden]`, of an LSTM with peepholes `[3 hidden]`.
    pub extra: Option<Var<'t, T>>,
}

/// Outputs of a run.
#[derive(Clone, Copy)]
pub struct States<'t, T: Real> {
    /// All states, `[rows, steps * hidden]`.
    pub all: Var<'t, T>,
    /// The last state of each row, `[rows, hidden]`.
    pub last: Var<'t, T>,
    /// Of an LSTM its last memory, `[rows, hidden]`.
    pub memory: Option<Var<'t, T>>,
}

/// Runs a cell over `x: [rows, steps * features]`, from states (and, of an LSTM, memories) `[rows, hidden]`, or from zeros.
///
/// # Panics
/// If shapes do not fit.
pub fn recurrent<'t, T: Real>(
    run: &Run,
    x: Var<'t, T>,
    weights: CellWeights<'t, T>,
    start: &[Var<'t, T>],
) -> States<'t, T> {
    let (device, cell, steps) = (x.tape().device().clone(), run.cell, run.steps);
    let (rows, width) = x.value().shape().as_matrix();
    let (features, _) = weights.input.value().shape().as_matrix();
    let (hidden, _) = weights.state.value().shape().as_matrix();
    assert_eq!(width, steps * features, "{steps} steps of {features} numbers");
    let mut inputs = vec![x, weights.input, weights.state, weights.bias];
    inputs.extend(weights.extra);
    let begin = inputs.len();
    inputs.extend_from_slice(start);
    let values: Vec<Tensor<T>> = inputs.iter().map(|input| input.value()).collect();
    let (run, has_extra, memory) = (run.clone(), weights.extra.is_some(), cell == Cell::Lstm);
    let shape = [rows, features, hidden];
    let block = |shape: [usize; 2]| device.tensor(shape, |_| ());
    let (mut all, mut last) = (block([rows, steps * hidden]), block([rows, hidden]));
    let mut last_memory = block([if memory { rows } else { 0 }, hidden]);
    let first = |at: usize| values.get(begin + at).map(Tensor::data);
    let trace = kernel::forward(
        &device,
        cell,
        &run.sequences(shape),
        &learned(&values, has_extra),
        values[0].data(),
        [first(0), first(1)],
        Outputs { y: numbers(&mut all), last: numbers(&mut last), memory: numbers(&mut last_memory) },
    );
    let mut outputs = vec![all, last];
    outputs.extend(memory.then_some(last_memory));
    let found = x.tape().record_many("recurrent", outputs, &inputs, move |dys, needs| {
        // Of inputs and first states only what is wanted is computed.
        let wanted = |at: usize| (1..begin).contains(&at) || needs[at];
        let one = |(at, value): (usize, &Tensor<T>)| match wanted(at) {
            true => device.tensor(value.shape(), |_| ()),
            false => Tensor::zeros([0]),
        };
        let mut gradients: Vec<Tensor<T>> = values.iter().enumerate().map(one).collect();
        let mut parts = gradients.iter_mut().map(numbers);
        let mut next = || parts.next().unwrap_or_default();
        let (x, input, state, bias) = (next(), next(), next(), next());
        let extra = if has_extra { next() } else { &mut [] };
        let to = Gradients { input, state, bias, extra, x, start: [next(), next()] };
        let cotangent = |at: usize| dys.get(at).and_then(Option::as_ref).map(Tensor::data);
        let by = Cotangents { y: cotangent(0), last: [cotangent(1), cotangent(2)] };
        kernel::backward(&device, cell, &run.sequences(shape), &learned(&values, has_extra), &trace, &by, to);
        gradients.into_iter().zip(needs).map(|(gradient, need)| need.then_some(gradient)).collect()
    });
    States { all: found[0], last: found[1], memory: found.get(2).copied() }
}

impl Run {
    fn sequences(&self, [rows, features, hidden]: [usize; 3]) -> Sequences<'_> {
        let (steps, lengths) = (self.steps, self.lengths.as_deref());
        Sequences { rows, steps, features, hidden, lengths, reverse: self.reverse, truncate: self.truncate }
    }
}

/// The weights among the inputs of the operation.
fn learned<T: Real>(values: &[Tensor<T>], has_extra: bool) -> Weights<'_, T> {
    let extra = if has_extra { values[4].data() } else { &[] };
    Weights { input: values[1].data(), state: values[2].data(), bias: values[3].data(), extra }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::{Tape, ops};
    use tensor::Device;

    const LENGTHS: [usize; 3] = [4, 2, 0];

    fn run(cell: Cell, lengths: bool, reverse: bool) -> Run {
        Run { cell, steps: 4, lengths: lengths.then(|| LENGTHS.into()), reverse, truncate: 0 }
    }

    /// The squares of all outputs.
    fn joined<'t>(states: States<'t, f64>) -> Var<'t, f64> {
        let one = |var: Var<'t, f64>| ops::sum(ops::mul(var, var));
        let both = ops::add(one(states.all), one(states.last));
        states.memory.map_or(both, |memory| ops::add(both, one(memory)))
    }

    #[test]
    fn gradients_of_all_cells() {
        let (n, f, h) = (3, 2, 3);
        for (lengths, reverse) in [(false, false), (true, false), (true, true), (false, true)] {
            let w = |cell: Cell| {
                let (i, s) = (cell.input_gates() * h, cell.state_gates() * h);
                [randn([n, 4 * f], 1), randn([f, i], 2), randn([h, s], 3), randn([i, 1], 4).reshape([i])]
            };
            let [x, a, b, c] = w(Cell::Simple);
            gradcheck([x, a, b, c, randn([n, h], 5)], |[x, input, state, bias, start]| {
                let weights = CellWeights { input, state, bias, extra: None };
                joined(recurrent(&run(Cell::Simple, lengths, reverse), x, weights, &[start]))
            });
            let [x, a, b, c] = w(Cell::Gru);
            gradcheck([x, a, b, c, randn([h], 6), randn([n, h], 5)], |[x, input, state, bias, extra, start]| {
                let weights = CellWeights { input, state, bias, extra: Some(extra) };
                joined(recurrent(&run(Cell::Gru, lengths, reverse), x, weights, &[start]))
            });
            let [x, a, b, c] = w(Cell::Lstm);
            let start = [randn([n, h], 5), randn([n, h], 7)];
            gradcheck(
                [x.clone(), a.clone(), b.clone(), c.clone(), start[0].clone(), start[1].clone()],
                |[x, input, state, bias, h0, c0]| {
                    let weights = CellWeights { input, state, bias, extra: None };
                    joined(recurrent(&run(Cell::Lstm, lengths, reverse), x, weights, &[h0, c0]))
                },
            );
            gradcheck([x, a, b, c, randn([3 * h], 6), start[0].clone()], |[x, input, state, bias, extra, h0]| {
                let weights = CellWeights { input, state, bias, extra: Some(extra) };
                joined(recurrent(&run(Cell::Lstm, lengths, reverse), x, weights, &[h0]))
            });
        }
    }

    /// Cut at every step, the last state's gradient reaches the last input alone.
    #[test]
    fn truncated_gradients_stay_where_they_are_cut() {
        let tape = Tape::new(Device::cpu(1));
        let x = tape.variable(randn([1, 6], 1));
        let [input, state, bias] =
            [randn([1, 8], 2), randn([2, 8], 3), randn([8, 1], 4).reshape([1, 8])].map(|value| tape.constant(value));
        let bias = tape.constant(bias.value().reshape([8]));
        let weights = CellWeights { input, state, bias, extra: None };
        let slope = |truncate: usize| {
            let run = Run { cell: Cell::Lstm, steps: 6, lengths: None, reverse: false, truncate };
            let last = recurrent(&run, x, weights, &[]).last;
            ops::sum(last).backward().take(x).map(|d| d.data().to_vec()).unwrap_or_default()
        };
        let (whole, halves, single) = (slope(0), slope(3), slope(1));
        assert!(whole.iter().all(|d| *d != 0.0));
        assert_eq!((&halves[..3], &halves[3..]), (&[0.0; 3][..], &whole[3..]));
        assert_eq!((&single[..5], single[5]), (&[0.0; 5][..], whole[5]));
    }
}
