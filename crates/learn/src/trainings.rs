//! Several trainings at once.

use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;

use nn::{Control, Progress};
use rayon::prelude::*;
use spec::error::Result;
use tensor::Device;

use crate::session::{Event, Options};

/// Listener of a training, which may end it.
type Watch<'a> = &'a mut dyn FnMut(&Progress) -> Control;

/// One training: its number, what it computes on, the file of its state, and its listener.
type Fit<'a, X> = dyn Fn(usize, &Device, Option<&Path>, Watch<'_>) -> Result<X> + Sync + 'a;

/// Carries out so many trainings, several at once, one on each thread, which is faster than several threads on one.
/// `candidate` is the number of the model among those that are compared.
pub fn train_all<X: Send>(options: &Options<'_>, candidate: usize, n: usize, fit: &Fit<'_, X>) -> Result<Vec<X>> {
    (options.watch)(Event::Trainings(n));
    let whole = Device::cpu(if n > 1 { 1 } else { rayon::current_num_threads() });
    let stop = AtomicBool::new(false);
    let one = |at: usize| {
        let device = if n > 1 { Device::cpu(1) } else { whole.clone() };
        let name = if candidate == 0 { at.to_string() } else { format!("{candidate}_{at}") };
        let checkpoint = options.checkpoints.map(|folder| folder.join(format!("training_{name}.safetensors")));
        let trained = fit(at, &device, checkpoint.as_deref(), &mut |progress| {
            let control = (options.watch)(Event::Epoch { unit: at, progress: *progress });
            if control == Control::Interrupt {
                stop.store(true, Relaxed);
            }
            if stop.load(Relaxed) { Control::Interrupt } else { control }
        });
        (options.watch)(Event::Trained(at));
        trained
    };
    // All end before the first error in order is reported, so that it does not depend on the threads.
    let trained: Vec<Result<X>> = (0..n).into_par_iter().map(one).collect();
    trained.into_iter().collect()
}

/// Each member draws its own numbers; the first draws those of a single model.
pub fn member_seed(seed: u64, member: usize) -> u64 {
    seed.wrapping_add((member as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
