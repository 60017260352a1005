//! Dropout: a random part of the numbers becomes zero, the others grow in proportion \[Srivastava2014\].

use super::CHUNK;
use crate::device::Device;
use crate::random::Key;
use crate::real::Real;
use crate::simd::simd;

/// `y[i] = x[i] / (1 - rate)` with probability `1 - rate`, else zero; the mask is a function of `key` and `i`.
///
/// Its backward pass is the same call on the gradient. A ChaCha8 stream gives two words, and a bijective hash of
/// (word, i) decides about each number: vectorized, and any part can be computed alone.
pub fn dropout<T: Real>(device: &Device, rate: f64, key: Key, x: &[T], y: &mut [T]) {
    let mut random = key.random();
    let (first, second) = (random.next_u64() as u32, random.next_u64() as u32);
    // Probabilities in steps of 2^-32.
    let threshold = (rate * 4_294_967_296.0) as u32;
    let scale = T::of(1.0 / (1.0 - rate));
    device.threads().over_chunks(y, CHUNK, |chunk, y| {
        let from = chunk * CHUNK;
        apply(&x[from..from + y.len()], y, [first, second, threshold, from as u32], scale);
    });
}

simd! {
    fn apply<T: Real>(x: &[T], y: &mut [T], words: [u32; 4], scale: T) {
        let [first, second, threshold, from] = words;
        for (i, (y, &x)) in y.iter_mut().zip(x).enumerate() {
            let word = hash(hash((i as u32).wrapping_add(from) ^ first).wrapping_add(second));
            *y = if word >= threshold { x * scale } else { T::ZERO };
        }
    }
}

/// A bijection of 32 bits in which every input bit changes about half of the output bits.
#[inline(always)]
fn hash(mut x: u32) -> u32 {
    x ^= x >> 16;
    x = x.wrapping_mul(0x7feb_352d);
    x ^= x >> 15;
    x = x.wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_of_zeros_is_the_rate_and_the_mean_stays() {
        let (x, mut y) = (vec![1.0_f64; 100_000], vec![0.0; 100_000]);
        dropout(&Device::cpu(2), 0.2, Key::new(0, "test"), &x, &mut y);
        let zeros = y.iter().filter(|&&y| y == 0.0).count() as f64 / 1e5;
        assert!((zeros - 0.2).abs() < 5.0 * (0.16_f64 / 1e5).sqrt(), "{zeros}");
        assert!(y.iter().all(|&y| y == 0.0 || y == 1.25));
    }

    #[test]
    fn masks_of_different_keys_are_independent() {
        let mask = |step| {
            let (x, mut y) = (vec![1.0_f32; 100_000], vec![0.0; 100_000]);
            dropout(&Device::cpu(1), 0.5, Key::new(0, "test").at(0, step), &x, &mut y);
            y
        };
        let same = mask(0).iter().zip(mask(1)).filter(|(a, b)| *a == b).count() as f64 / 1e5;
        assert!((same - 0.5).abs() < 5.0 * (0.25_f64 / 1e5).sqrt(), "{same}");
    }
}
