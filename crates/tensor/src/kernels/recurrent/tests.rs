use super::*;
use crate::device::Device;
use crate::random::Key;

const CELLS: [Cell; 3] = [Cell::Simple, Cell::Lstm, Cell::Gru];

fn randn(n: usize, shard: usize) -> Vec<f64> {
    let mut random = Key::new(0, "recurrent").shard(shard).random();
    (0..n).map(|_| 0.5 * random.normal()).collect()
}

/// States, last states and memories, and all gradients for cotangents of one kind.
fn run(device: &Device, cell: Cell, s: &Sequences<'_>, x: &[f64]) -> Vec<Vec<f64>> {
    let (n, f, h) = (s.rows, s.features, s.hidden);
    let extra = if cell == Cell::Gru { h } else { 3 * h * usize::from(cell == Cell::Lstm) };
    let sizes = [f * cell.input_gates() * h, h * cell.state_gates() * h, cell.input_gates() * h, extra];
    let [input, state, bias, extra] = std::array::from_fn(|at| randn(sizes[at], at));
    let weights = Weights { input: &input, state: &state, bias: &bias, extra: &extra };
    let mut y = vec![9.0; n * s.steps * h];
    let memory = if cell == Cell::Lstm { n * h } else { 0 };
    let (mut last, mut last_c) = (vec![9.0; n * h], vec![9.0; memory]);
    let (begin, begin_c) = (randn(n * h, 11), randn(memory, 12));
    let start = [Some(&begin[..]), (memory > 0).then_some(&begin_c[..])];
    let trace =
        forward(device, cell, s, &weights, x, start, Outputs { y: &mut y, last: &mut last, memory: &mut last_c });
    // The cotangent of a state is a function of where it stands in its row, not of how long the rows are.
    let dy: Vec<f64> = (0..y.len()).map(|at| ((at / h % s.steps + at % h) as f64).cos()).collect();
    let mut found = [sizes[0], sizes[1], sizes[2], sizes[3], x.len(), n * h, memory].map(|size| vec![9.0; size]);
    let [a, b, c, d, dx, dh, dc] = &mut found;
    let to = Gradients { input: a, state: b, bias: c, extra: d, x: dx, start: [dh, dc] };
    let ones = vec![1.0; n * h];
    let by = Cotangents { y: Some(&dy), last: [Some(&ones), (memory > 0).then_some(&ones[..])] };
    backward(device, cell, s, &weights, &trace, &by, to);
    let mut all = vec![y, last, last_c];
    all.extend(found);
    all
}

/// Of `rows: [n, steps, width]` one row, cut.
fn cut(values: &[f64], row: usize, steps: usize, width: usize, length: usize) -> Vec<f64> {
    values[row * steps * width..][..length * width].to_vec()
}

#[test]
fn padded_rows_give_what_they_give_alone() {
    let device = Device::cpu(1);
    let lengths = [5, 2, 0, 7, 1];
    let (rows, steps, features, hidden) = (5, 7, 3, 4);
    let x = randn(rows * steps * features, 20);
    for cell in CELLS {
        for reverse in [false, true] {
            let s = Sequences { rows, steps, features, hidden, lengths: Some(&lengths), reverse, truncate: 0 };
            let mut spoiled = x.clone();
            for (row, &length) in lengths.iter().enumerate() {
                spoiled[(row * steps + length) * features..(row + 1) * steps * features].fill(f64::NAN);
            }
            let padded = run(&device, cell, &s, &spoiled);
            assert!(padded.iter().flatten().all(|x| x.is_finite()), "{cell:?}: what lies behind an end is read");
            let begin = randn(rows * hidden, 11);
            for (row, &length) in lengths.iter().enumerate() {
                assert!(cut(&padded[0], row, steps, hidden, steps)[length * hidden..].iter().all(|y| *y == 0.0));
                if length == 0 {
                    assert_eq!(padded[1][row * hidden..(row + 1) * hidden], begin[row * hidden..(row + 1) * hidden]);
                    continue;
                }
                // All rows of this length at once, so that each keeps its place and its first state.
                let same: Vec<f64> = (0..rows).flat_map(|row| cut(&x, row, steps, features, length)).collect();
                let alone = Sequences { steps: length, lengths: None, ..s };
                let alone = run(&device, cell, &alone, &same);
                assert_eq!(cut(&padded[0], row, steps, hidden, length), cut(&alone[0], row, length, hidden, length));
                assert_eq!(padded[1][row * hidden..(row + 1) * hidden], alone[1][row * hidden..(row + 1) * hidden]);
            }
        }
    }
}

/// Equal lengths in place of none change no bit, gradients included; nor do threads.
#[test]
fn the_bits_do_not_depend_on_threads_or_on_how_lengths_are_said() {
    let lengths = [6; 70];
    let s = Sequences { rows: 70, steps: 6, features: 3, hidden: 5, lengths: None, reverse: false, truncate: 0 };
    let x = randn(70 * 6 * 3, 20);
    for cell in CELLS {
        let one = run(&Device::cpu(1), cell, &s, &x);
        assert_eq!(one, run(&Device::cpu(3), cell, &s, &x));
        assert_eq!(one, run(&Device::cpu(1), cell, &Sequences { lengths: Some(&lengths), ..s }, &x));
    }
}

/// From the last step to the first is from the first to the last of what is turned round.
#[test]
fn the_way_back_is_the_way_through_the_reversed_sequence() {
    let device = Device::cpu(1);
    let s = Sequences { rows: 2, steps: 4, features: 3, hidden: 4, lengths: None, reverse: true, truncate: 0 };
    let x = randn(2 * 4 * 3, 20);
    let turned: Vec<f64> = (0..2)
        .flat_map(|row| (0..4).rev().flat_map(move |step| (0..3).map(move |f| (row, step, f))))
        .map(|(row, step, f)| x[(row * 4 + step) * 3 + f])
        .collect();
    for cell in CELLS {
        let back = run(&device, cell, &s, &x);
        let through = run(&device, cell, &Sequences { reverse: false, ..s }, &turned);
        assert_eq!(back[1], through[1]);
        assert_eq!(back[0][..4], through[0][3 * 4..4 * 4]);
    }
}
