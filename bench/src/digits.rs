//! How long LeNet-5 takes to read the digits of MNIST, beside the same network of the peers in `peers/digits.py`.

use std::path::Path;
use std::time::Instant;

use data::image::{ImageInput, Images, Invalid};
use grad::optim::{Adam, Optimizer, Schedule};
use nn::models::LeNet;
use nn::{Control, Examples, Feed, Form, Loss, Network, State, Targets, Training, train};
use tensor::{Device, Tensor};

/// Rows of a step.
const BATCH: usize = 64;
/// The share of the test images that is to be read.
const GOAL: f64 = 0.99;

/// A row of a table in Markdown: seconds of training until the goal, epochs until then, seconds of an epoch, and the accuracy after
/// the last. The time in which the test images are read does not count.
pub fn report(path: &str, seed: u64, epochs: usize, threads: usize) -> Result<String, String> {
    let device = Device::cpu(threads);
    let [train_rows, test] = ["train", "test"].map(|part| digits(path, part));
    let (rows, test) = (train_rows?, test?);
    let form = Form::Image { height: 28, width: 28, features: 1 };
    let network = Network::new(LeNet::default().layers(), form, Loss::suited_to(&rows.targets), &rows.targets);
    let network = network.map_err(|error| error.to_string())?;
    let optimizer = Optimizer::Adam(Adam { learning_rate: 2e-3, ..Adam::default() });
    let training =
        Training { epochs, batch: BATCH, optimizer, schedule: Schedule::Cosine { floor: 0.0 }, ..Training::default() };
    let mut state = State::<f32>::new(&network, &training, seed);
    let (mut spent, mut start) = (0.0, Instant::now());
    let (mut reached, mut last) = (None, 0.0);
    let done =
        train(&network, (&rows as &dyn Feed<f32>, None), &training, (seed, &device), &mut state, &mut |_, state| {
            spent += start.elapsed().as_secs_f64();
            last = accuracy(&network, state, &test, &device);
            let epochs = state.history.len();
            if last >= GOAL && reached.is_none() {
                reached = Some((spent, epochs));
            }
            eprintln!("gedanken, seed {seed}, epoch {epochs}: {spent:.1} s, {last:.4}");
            start = Instant::now();
            Control::Continue
        });
    done.map_err(|error| error.to_string())?;
    let [seconds, until] = match reached {
        Some((seconds, epochs)) => [format!("{seconds:.1}"), epochs.to_string()],
        None => ["not reached".into(), "-".into()],
    };
    let epoch = spent / epochs as f64;
    Ok(format!("| gedanken | {threads} | {seed} | {seconds} | {until} | {epoch:.2} | {last:.4} |\n"))
}

/// All images of one part as numbers from 0 to 1.
fn digits(path: &str, part: &str) -> Result<Examples<f32>, String> {
    let images =
        Images::open(Path::new(path), Some(&format!("{part}_images")), &ImageInput::default(), Invalid::Refuse);
    let images = images.map_err(|error| error.to_string())?;
    let width = images.shape.numbers();
    let mut x = vec![0.0; images.n_rows() * width];
    for (row, x) in x.chunks_exact_mut(width).enumerate() {
        images.read(row, x).map_err(|error| error.to_string())?;
    }
    let labels = images.table.column(&format!("{part}_labels")).and_then(|column| column.as_numbers());
    let labels = labels.map_err(|error| error.to_string())?;
    let labels = labels.into_iter().map(|label| label.map_or(0, |label| label as usize)).collect();
    Ok(Examples { width, x, targets: Targets::Classes { count: 10, labels }, weights: Vec::new() })
}

fn accuracy(network: &Network, state: &State<f32>, test: &Examples<f32>, device: &Device) -> f64 {
    let (w, b) = state.chosen();
    let said = network.predict(&Tensor::new([w.len()], w.to_vec()), b, &test.x, device);
    let Targets::Classes { labels, .. } = &test.targets else { return 0.0 };
    let right = said.chunks_exact(10).zip(labels).filter(|(row, label)| {
        let row: Vec<f64> = row.iter().map(|&x| f64::from(x)).collect();
        gedanken::argmax(&row) == **label
    });
    right.count() as f64 / labels.len() as f64
}
