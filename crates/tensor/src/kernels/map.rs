//! Element by element.

use super::CHUNK;
use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// `y[i] = f(x[i])`.
pub fn map<T: Real>(device: &Device, x: &[T], y: &mut [T], f: impl Fn(T) -> T + Copy + Sync) {
    device.threads().over_chunks(y, CHUNK, |chunk, y| map_chunk(&x[chunk * CHUNK..][..y.len()], y, f));
}

/// `z[i] = f(x[i], y[i])`.
pub fn zip<T: Real>(device: &Device, x: &[T], y: &[T], z: &mut [T], f: impl Fn(T, T) -> T + Copy + Sync) {
    assert_eq!(x.len(), z.len());
    assert_eq!(y.len(), z.len());
    device.threads().over_chunks(z, CHUNK, |chunk, z| {
        let from = chunk * CHUNK;
        zip_chunk(&x[from..from + z.len()], &y[from..from + z.len()], z, f)
    });
}

simd! {
    fn map_chunk<T: Real, F: Unary>(x: &[T], y: &mut [T], f: F) {
        for (y, &x) in y.iter_mut().zip(x) {
            *y = f.call(x);
        }
    }
}

simd! {
    fn zip_chunk<T: Real, F: Binary>(x: &[T], y: &[T], z: &mut [T], f: F) {
        for ((z, &x), &y) in z.iter_mut().zip(x).zip(y) {
            *z = f.call(x, y);
        }
    }
}

/// A function of one number.
pub(crate) trait Unary<T>: Copy {
    fn call(self, x: T) -> T;
}
impl<T, F: Fn(T) -> T + Copy> Unary<T> for F {
    #[inline(always)]
    fn call(self, x: T) -> T {
        self(x)
    }
}
/// A function of two numbers.
pub(crate) trait Binary<T>: Copy {
    fn call(self, x: T, y: T) -> T;
}
impl<T, F: Fn(T, T) -> T + Copy> Binary<T> for F {
    #[inline(always)]
    fn call(self, x: T, y: T) -> T {
        self(x, y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_slices_are_mapped_whole() {
        let x: Vec<f64> = (0..40_000).map(f64::from).collect();
        let mut y = vec![0.0; x.len()];
        map(&Device::cpu(2), &x, &mut y, |x| 2.0 * x);
        assert_eq!(y[39_999], 79_998.0);
        zip(&Device::cpu(2), &x.clone(), &y.clone(), &mut y, |x, y| y - x);
        assert_eq!(y, x);
    }
}
