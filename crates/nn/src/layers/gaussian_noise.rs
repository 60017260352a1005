//! Noise in training.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;
use tensor::{Device, Real};

use super::Kind;
use crate::form::Form;
use crate::parameters::{Builder, Context, Mode};

/// In training, $y = x + \sigma\varepsilon$ with a fresh $\varepsilon \sim N(0, 1)$ for each number; in prediction nothing happens.
///
/// Small noise at the inputs of a network acts as a penalty on its slopes, as Tikhonov's does \[Bishop1995\]: what is
/// predicted changes little where inputs change by less than $\sigma$. Inputs are scaled to a deviation of one, so 0.1 is a
/// tenth of their spread.
///
/// Input and output of any shape, the same for both. Samples of predictions have no noise, because $\sigma$ says how smooth a
/// network should be, and not how sure it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct GaussianNoise {
    /// Standard deviation of the noise, $\sigma$, in the unit of what comes in.
    #[schemars(range(min = 0.0))]
    pub deviation: f64,
}

impl Default for GaussianNoise {
    fn default() -> Self {
        GaussianNoise { deviation: 0.1 }
    }
}

impl Kind for GaussianNoise {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let (Mode::Train(_), Some(key), true) = (cx.mode, cx.key(0), self.deviation > 0.0) else { return x };
        let device = x.tape().device();
        let noise = device.tensor(x.value().shape(), |noise| self.draw(device, key, noise));
        ops::add(x, x.tape().constant(noise))
    }

    fn keeps(&self) -> bool {
        true
    }
}

/// Numbers of one stream, so that any number of threads draws the same.
const CHUNK: usize = 1024;

impl GaussianNoise {
    fn draw<T: Real>(&self, device: &Device, key: Key, noise: &mut [T]) {
        let seed = key.random().next_u64();
        device.threads().over_chunks(noise, CHUNK, |chunk, noise| {
            let mut random = Key::new(seed, "noise").shard(chunk).random();
            noise.fill_with(|| T::of(self.deviation * random.normal()));
        });
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, FLAT, STEPS, graphs};
    let noise = || Layer::GaussianNoise(GaussianNoise { deviation: 0.3 });
    vec![
        (FLAT, Layer::GaussianNoise(GaussianNoise::default())),
        (STEPS, noise()),
        (DEEP_IMAGE, noise()),
        (graphs(), noise()),
        (FLAT, Layer::GaussianNoise(GaussianNoise { deviation: 0.0 })),
    ]
}

#[cfg(test)]
mod tests {
    use grad::Tape;
    use tensor::Tensor;

    use super::*;
    use crate::layers::Layer;
    use crate::parameters::{Layout, Moment};

    /// Of so many threes, in the given mode.
    fn noisy(deviation: f64, n: usize, threads: usize, mode: Mode) -> Vec<f64> {
        let (tape, parameters) = (Tape::new(Device::cpu(threads)), Tensor::new([0], Vec::new()));
        let (layout, mut buffers): (Layout, [f64; 0]) = (Builder::default().finish(), []);
        let cx = Context::new(&tape, &layout, &parameters, &mut buffers, mode);
        let x = tape.variable(Tensor::new([n, 1], vec![3.0; n]));
        GaussianNoise { deviation }.apply(x, Form::Flat { features: 1 }, &cx).value().data().to_vec()
    }

    fn train(step: usize) -> Mode {
        Mode::Train(Moment { key: Key::new(1, "test").at(0, step), progress: 0.0 })
    }

    #[test]
    fn noise_has_mean_zero_and_the_deviation_that_was_asked_for() {
        let n = 100_000;
        let noise: Vec<f64> = noisy(0.5, n, 2, train(0)).iter().map(|y| y - 3.0).collect();
        let mean = noise.iter().sum::<f64>() / n as f64;
        let variance = noise.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / n as f64;
        // Five standard errors: sigma/sqrt(n), and sqrt(2/n) of the variance.
        assert!(mean.abs() < 5.0 * 0.5 / (n as f64).sqrt(), "{mean}");
        assert!((variance / 0.25 - 1.0).abs() < 5.0 * (2.0 / n as f64).sqrt(), "{variance}");
    }

    #[test]
    fn each_step_and_each_chunk_has_noise_of_its_own_for_any_number_of_threads() {
        let n = 2 * CHUNK + 5;
        let first = noisy(0.5, n, 1, train(0));
        assert_eq!(first, noisy(0.5, n, 3, train(0)));
        assert_ne!(first, noisy(0.5, n, 1, train(1)));
        assert_ne!(first[..5], first[CHUNK..CHUNK + 5]);
    }

    #[test]
    fn predictions_and_samples_are_without_noise() {
        assert_eq!(noisy(0.5, 4, 1, Mode::Predict), [3.0; 4]);
        assert_eq!(noisy(0.5, 4, 1, Mode::Sample(Key::new(1, "test"))), [3.0; 4]);
        assert!(!Layer::GaussianNoise(GaussianNoise::default()).draws());
    }

    #[test]
    fn the_deviation_has_a_default_in_files() {
        let read: Layer = serde_json::from_str(r#"{"kind": "gaussian_noise"}"#).unwrap();
        assert_eq!(read, Layer::GaussianNoise(GaussianNoise { deviation: 0.1 }));
    }
}
