//! What a training step takes from the allocator once it is warm: no tensor, and few small blocks.
//!
//! The only test of its file, because it counts the allocations of the whole process.

use std::alloc::System;

use nn::{Activation, Control, Dense, Examples, Layer, Loss, Network, State, Targets, Training, train};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tensor::Device;
use tensor::random::Key;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Network A of the benchmarks, in 32 batches of 32 rows an epoch.
const INPUTS: usize = 200;
const BATCH: usize = 32;
const STEPS: usize = 32;

/// Blocks and bytes of a step: records of the tape with their closures, lists of gradients and of pieces.
/// The smallest tensor of a hidden layer alone has 8 kB, the packing of a product 64 kB.
const MOST_BLOCKS: usize = 60;
const MOST_BYTES: usize = 10_000;

#[test]
fn a_warm_step_allocates_no_tensor_and_few_small_blocks() {
    let mut random = Key::new(0, "memory").random();
    let mut numbers = |n: usize| (0..n).map(|_| random.normal() as f32).collect::<Vec<_>>();
    let (x, values) = (numbers(STEPS * BATCH * INPUTS), numbers(STEPS * BATCH));
    let examples = Examples { width: INPUTS, x, targets: Targets::Numbers { width: 1, values }, weights: Vec::new() };
    let dense = |features| Layer::Dense(Dense::new(features, Activation::Relu));
    let network = Network::new(vec![dense(128), dense(64)], INPUTS, Loss::MeanSquaredError, &examples.targets).unwrap();
    let training = Training { epochs: 6, batch: BATCH, ..Training::default() };
    for threads in [1, 2] {
        let (device, mut state) = (Device::cpu(threads), State::<f32>::new(&network, &training, 0));
        let mut region = Region::new(ALLOCATOR);
        let mut epochs = Vec::new();
        let mut watch = |_: &_, _: &_| {
            epochs.push((region.change_and_reset(), device.pool().allocated()));
            Control::Continue
        };
        train(&network, (&examples, None), &training, (0, &device), &mut state, &mut watch).unwrap();
        let warm = epochs[2].1;
        for (counts, pool) in &epochs[3..] {
            let blocks = (counts.allocations + counts.reallocations) / STEPS;
            // Once an epoch the order of the rows is drawn and the parameters are handed to the watcher.
            let bytes = (counts.bytes_allocated - 4 * network.layout.n_parameters()) / STEPS;
            // A thread that slept through the first epochs may still ask for the packing of its first product.
            assert!(*pool < warm + threads, "the pool grew from {warm} to {pool}");
            assert!(blocks <= MOST_BLOCKS && bytes <= MOST_BYTES, "{threads} threads: {blocks} blocks, {bytes} bytes");
        }
    }
}
