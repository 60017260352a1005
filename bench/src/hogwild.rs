//! What Hogwild! gains on sparse inputs: epochs of lock-free and of synchronous SGD, with one and two threads in turn.

use std::time::Instant;

use grad::optim::{Optimizer, Sgd};
use nn::{
    Activation, Control, Dense, Examples, Layer, Loss, Network, Parallel, Progress, State, Targets, Training, train,
};
use tensor::Device;
use tensor::random::Key;

/// Rows, inputs, and inputs of a row that are not zero: counts of fragments in molecules look like this.
const ROWS: usize = 4000;
const INPUTS: usize = 4096;
const PRESENT: usize = 30;
/// Steps of a few rows: threads of larger ones meet more often.
const BATCH: usize = 4;
const RATE: f64 = 0.02;
/// Epochs before another training has its turn.
const EPOCHS_A_TURN: usize = 5;

/// A training that takes its turn.
struct Turn {
    name: &'static str,
    parallel: Parallel,
    device: Device,
    state: State<f32>,
    seconds: Vec<f64>,
}

/// Trains a linear model and a network with a hidden layer for `epochs` each; the table of their times.
pub fn report(epochs: usize) -> String {
    let mut text = format!(
        "Hogwild!: plain SGD, {ROWS} rows of {INPUTS} inputs of which {PRESENT} are not zero, batches of {BATCH}\n\n\
         | model  | training    | threads | ms an epoch | times as fast as one thread | loss behind {epochs:>3} epochs |\n\
         |--------|-------------|--------:|------------:|----------------------------:|-----------------------:|\n"
    );
    let examples = examples();
    let hidden = Layer::Dense(Dense::new(32, Activation::Relu));
    for (model, layers) in [("linear", vec![]), ("mlp 32", vec![hidden])] {
        let network =
            Network::new(layers, INPUTS, Loss::MeanSquaredError, &examples.targets).expect("a loss for numbers");
        let turns = race(&network, &examples, epochs);
        for turn in &turns {
            let alone = turns.iter().find(|other| other.name == turn.name).unwrap_or(turn);
            text += &format!(
                "| {model:<6} | {:<11} | {:>7} | {:>11.1} | {:>27.2} | {:>22.2e} |\n",
                turn.name,
                turn.device.threads().count(),
                1e3 * best(turn),
                best(alone) / best(turn),
                turn.state.history.last().map_or(f64::NAN, |record| record.train_loss),
            );
        }
    }
    text
}

/// The shortest epoch: others may use the machine too.
fn best(turn: &Turn) -> f64 {
    turn.seconds.iter().copied().fold(f64::INFINITY, f64::min)
}

/// All trainings, some epochs of each in turn.
fn race(network: &Network, examples: &Examples<f32>, epochs: usize) -> Vec<Turn> {
    let training = |parallel| Training {
        epochs,
        batch: BATCH,
        optimizer: Optimizer::Sgd(Sgd { learning_rate: RATE, ..Sgd::default() }),
        parallel,
        ..Training::default()
    };
    let kinds = [("synchronous", Parallel::Synchronous), ("hogwild", Parallel::Hogwild)];
    let turn = |name, parallel, threads| {
        let state = State::new(network, &training(parallel), 0);
        Turn { name, parallel, device: Device::cpu(threads), state, seconds: Vec::new() }
    };
    let mut turns: Vec<Turn> =
        kinds.iter().flat_map(|&(name, parallel)| [1, 2].map(|threads| turn(name, parallel, threads))).collect();
    for _ in 0..epochs.div_ceil(EPOCHS_A_TURN) {
        for Turn { parallel, device, state, seconds, .. } in &mut turns {
            let mut last = None::<Instant>;
            let mut watch = |progress: &Progress, _: &State<f32>| {
                // The first epoch of a turn comes with the reading of all rows.
                seconds.extend(last.replace(Instant::now()).map(|last| last.elapsed().as_secs_f64()));
                if progress.epoch.is_multiple_of(EPOCHS_A_TURN) { Control::Interrupt } else { Control::Continue }
            };
            train(network, (examples, None), &training(*parallel), (0, device), state, &mut watch)
                .expect("this learning rate is small enough");
        }
    }
    turns
}

/// Targets are a linear function of the inputs.
fn examples() -> Examples<f32> {
    let mut random = Key::new(0, "hogwild").random();
    let truth: Vec<f32> = (0..INPUTS).map(|_| random.normal() as f32).collect();
    let (mut x, mut values) = (vec![0.0; ROWS * INPUTS], Vec::new());
    for row in x.chunks_exact_mut(INPUTS) {
        (0..PRESENT).for_each(|_| row[random.below(INPUTS)] = 1.0);
        values.push(row.iter().zip(&truth).map(|(x, w)| x * w).sum());
    }
    Examples { width: INPUTS, x, targets: Targets::Numbers { width: 1, values }, weights: Vec::new() }
}
