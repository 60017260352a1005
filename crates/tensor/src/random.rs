//! Random numbers as functions of a key.
//!
//! A stream is derived from (seed, purpose, epoch, step, shard) and from nothing else, so a run that is
//! resumed, sharded or replayed draws the same numbers: nothing random is carried from one step to the next.
//! The generator is ChaCha8 \[Bernstein2008\].

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Names one stream of random numbers.
///
/// ```
/// use tensor::random::Key;
/// let key = Key::new(7, "dropout").at(3, 12);
/// assert_eq!(key.random().below(1000), key.random().below(1000)); // same key, same numbers
/// assert_ne!(key.random().next_u64(), key.shard(1).random().next_u64());
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Key {
    seed: u64,
    purpose: u32,
    shard: u32,
    epoch: u64,
    step: u64,
}

impl Key {
    /// The stream of `seed` that serves `purpose`, a word such as `"initialize"` or `"split"`.
    pub fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a: purposes are a handful of short words, and the tests of the callers would show a clash.
        let hash =
            purpose.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
        Key { seed, purpose: hash, shard: 0, epoch: 0, step: 0 }
    }

    /// The same purpose at another moment of the training.
    pub fn at(self, epoch: usize, step: usize) -> Self {
        Key { epoch: epoch as u64, step: step as u64, ..self }
    }

    /// The same moment for another part of the work: a layer, a tree, a bootstrap sample.
    pub fn shard(self, shard: usize) -> Self {
        Key { shard: shard as u32, ..self }
    }

    /// The generator at the start of this stream.
    pub fn random(self) -> Random {
        let mut seed = [0; 32];
        seed[..8].copy_from_slice(&self.seed.to_le_bytes());
        seed[8..12].copy_from_slice(&self.purpose.to_le_bytes());
        seed[12..16].copy_from_slice(&self.shard.to_le_bytes());
        seed[16..24].copy_from_slice(&self.epoch.to_le_bytes());
        seed[24..].copy_from_slice(&self.step.to_le_bytes());
        Random { chacha: ChaCha8Rng::from_seed(seed), spare: None }
    }
}

/// A generator of uniform and normal numbers.
#[derive(Clone, Debug)]
pub struct Random {
    chacha: ChaCha8Rng,
    spare: Option<f64>,
}

impl Random {
    /// 64 random bits.
    pub fn next_u64(&mut self) -> u64 {
        self.chacha.next_u64()
    }

    /// Uniform in `[0, 1)`.
    pub fn uniform(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal, by the transform of Box and Muller \[Box1958\].
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // 1 - u lies in (0, 1], so that the logarithm is finite.
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * self.uniform()).sin_cos();
        self.spare = Some(radius * sin);
        radius * cos
    }

    /// Uniform in `0..n` without bias, by rejection \[Lemire2019\].
    ///
    /// # Panics
    /// If `n` is zero.
    pub fn below(&mut self, n: usize) -> usize {
        assert!(n > 0, "below(0) has no value to give");
        let n = n as u64;
        let threshold = n.wrapping_neg() % n;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(n);
            if product as u64 >= threshold {
                return (product >> 64) as usize;
            }
        }
    }

    /// Puts `items` in random order (Fisher and Yates).
    pub fn shuffle<X>(&mut self, items: &mut [X]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }

    /// The numbers `0..n` in random order.
    pub fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        self.shuffle(&mut order);
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_key_changes_the_stream() {
        let key = Key::new(1, "split");
        let others = [Key::new(2, "split"), Key::new(1, "order"), key.at(1, 0), key.at(0, 1), key.shard(1)];
        for other in others {
            assert_ne!(key.random().next_u64(), other.random().next_u64(), "{other:?}");
        }
    }

    #[test]
    fn normal_numbers_have_mean_zero_and_variance_one() {
        let mut random = Key::new(0, "test").random();
        let (mut sum, mut squares, n) = (0.0, 0.0, 100_000);
        for _ in 0..n {
            let x = random.normal();
            sum += x;
            squares += x * x;
        }
        // Five standard errors: 1/sqrt(n) and sqrt(2/n).
        assert!((sum / n as f64).abs() < 5.0 * 0.0032, "{sum}");
        assert!((squares / n as f64 - 1.0).abs() < 5.0 * 0.0045, "{squares}");
    }

    #[test]
    fn below_reaches_every_value_about_equally_often() {
        let mut random = Key::new(0, "test").random();
        let mut counts = [0_usize; 7];
        for _ in 0..70_000 {
            counts[random.below(7)] += 1;
        }
        assert!(counts.iter().all(|&c| c.abs_diff(10_000) < 500), "{counts:?}");
    }

    #[test]
    fn a_permutation_holds_every_number_once() {
        let mut order = Key::new(0, "test").random().permutation(100);
        assert_ne!(order, (0..100).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }
}
