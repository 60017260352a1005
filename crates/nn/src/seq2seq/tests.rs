//! Gradients along every way through a decoder, and that the fused way gives what the slow one gives.

use grad::Tape;
use grad::check::randn;
use tensor::random::Key;
use tensor::{Device, Tensor};

use super::*;
use crate::batches::Feed;
use crate::examples::{Examples, Targets};
use crate::form::Inputs;
use crate::losses::Loss;
use crate::network::Network;
use crate::parameters::Moment;
use crate::penalty::Penalty;

const ROWS: usize = 5;
const STEPS: usize = 4;
const FEATURES: usize = 3;
const TARGETS: usize = 2;
const AHEAD: usize = 3;
/// One window is shorter than the others.
const SHORT_ROW: usize = 1;
const SHORT_STEPS: usize = 2;

const SCORES: [Option<Score>; 3] = [None, Some(Score::Additive), Some(Score::Multiplicative)];
const CELLS: [SequenceCell; 3] = [SequenceCell::Lstm, SequenceCell::Gru, SequenceCell::Rnn];

fn small(attention: Option<Score>, cell: SequenceCell, layers: usize) -> Seq2seq {
    Seq2seq { cell, hidden: 3, layers, attention, ..Seq2seq::default() }
}

/// A network with two numbers a step of the window that are predicted, a third that is not, and one that is known ahead.
fn network(decoder: Seq2seq, ahead: usize, loss: Loss) -> Network {
    let form = Form::Sequence { steps: STEPS, features: FEATURES };
    let inputs = Inputs { form, beside: ahead, ahead };
    let targets = Targets::<f64>::Numbers { width: ahead * TARGETS, values: Vec::new() };
    Network::seq2seq(Vec::new(), decoder, inputs, loss, &targets).unwrap()
}

/// A network, rows for it of which one is short and one misses a target, and parameters away from zeros and ones.
fn problem(decoder: Seq2seq, ahead: usize, loss: Loss) -> (Network, Examples<f64>, Vec<f64>) {
    let network = network(decoder, ahead, loss);
    let width = STEPS * FEATURES + ahead;
    let mut x = randn([ROWS * width], 1).data().to_vec();
    let behind = SHORT_ROW * width + SHORT_STEPS * FEATURES..SHORT_ROW * width + STEPS * FEATURES;
    x[behind].fill(f64::NAN);
    let mut values = randn([ROWS * ahead * TARGETS], 2).data().to_vec();
    values[2] = f64::NAN;
    let targets = Targets::Numbers { width: ahead * TARGETS, values };
    let (mut parameters, _) = network.layout.initial(0);
    let moved = randn([parameters.len()], 3);
    parameters.iter_mut().zip(moved.data()).for_each(|(w, r)| *w += 0.3 * r);
    (network, Examples { width, x, targets, weights: Vec::new() }, parameters)
}

/// Loss and gradients of all rows at once, where the decoder sees the truth with a probability.
fn gradients(share: f64, network: &Network, examples: &Examples<f64>, parameters: &[f64]) -> (f64, Vec<f64>) {
    let mut network = network.clone();
    network.decoder.as_mut().unwrap().teacher_forcing = [share; 2];
    let (device, rows) = (Device::cpu(1), (0..ROWS).collect::<Vec<_>>());
    let (tape, moment) = (Tape::new(device.clone()), Moment { key: Key::new(5, "seq2seq"), progress: 0.0 });
    let (parameters, batch) =
        (Tensor::new([parameters.len()], parameters.to_vec()), examples.batch(&rows, None, &device).unwrap());
    let (loss, found) = network.gradients(&tape, &parameters, &mut [], batch, moment, Penalty::default());
    (loss, found.iter().flat_map(|gradient| gradient.data().to_vec()).collect())
}

/// Central differences along a random direction of all parameters together.
#[test]
fn gradients_of_decoders_that_see_the_truth_always_never_and_by_chance_are_right() {
    let losses = [Loss::MeanSquaredError, Loss::GaussianNegativeLogLikelihood];
    for (attention, cell, layers, loss) in SCORES
        .into_iter()
        .flat_map(|attention| CELLS.map(|cell| (attention, cell)))
        .flat_map(|(attention, cell)| [1, 2].map(|layers| (attention, cell, layers, losses[layers - 1])))
    {
        let (network, examples, parameters) = problem(small(attention, cell, layers), AHEAD, loss);
        let direction = randn([parameters.len()], 4);
        for share in [1.0, 0.0, 0.5] {
            let value = |step: f64| {
                let moved: Vec<f64> = parameters.iter().zip(direction.data()).map(|(w, u)| w + step * u).collect();
                gradients(share, &network, &examples, &moved).0
            };
            let numeric = (value(1e-5) - value(-1e-5)) / 2e-5;
            let (_, found) = gradients(share, &network, &examples, &parameters);
            let exact: f64 = found.iter().zip(direction.data()).map(|(g, u)| g * u).sum();
            let what = format!("{attention:?}, {cell:?}, {layers} layers, truth with probability {share}");
            assert!(found.iter().all(|g| *g != 0.0), "{what}: a gradient is zero");
            assert!((numeric - exact).abs() < 1e-7 * (1.0 + exact.abs()), "{what}: numeric {numeric}, exact {exact}");
        }
    }
}

/// A probability just below one takes the steps one by one, and yet no draw falls above it.
#[test]
fn all_steps_at_once_give_what_single_steps_give() {
    for (attention, cell, ahead) in SCORES
        .into_iter()
        .flat_map(|a| CELLS.map(|cell| (a, cell)))
        .flat_map(|(a, cell)| [1, AHEAD].map(|n| (a, cell, n)))
    {
        let (network, examples, parameters) = problem(small(attention, cell, 2), ahead, Loss::MeanSquaredError);
        let of = |share| gradients(share, &network, &examples, &parameters);
        let ((fused, slopes), (single, slow)) = (of(1.0), of(1.0 - f64::EPSILON));
        let what = format!("{attention:?}, {cell:?}, {ahead} steps ahead");
        assert!((fused - single).abs() < 1e-12, "{what}: {fused} {single}");
        let furthest = slopes.iter().zip(&slow).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(furthest < 1e-12, "{what}: gradients differ by {furthest:e}");
        let free = (fused - of(0.0).0).abs();
        assert!(ahead == 1 || free > 1e-3, "{what}: the truth makes no difference");
    }
}
