//! The few operations on a register that the inner kernel needs, for each width and scalar.

use crate::real::Real;

/// A register of [`Vector::LANES`] numbers.
///
/// # Safety
/// The methods may use instructions that only some processors have: a caller runs them behind [`crate::simd::level`].
/// `load` and `store` touch `LANES` numbers from the pointer on.
pub(super) unsafe trait Vector: Copy {
    type Scalar: Real;
    const LANES: usize;
    unsafe fn zero() -> Self;
    unsafe fn splat(x: Self::Scalar) -> Self;
    unsafe fn load(from: *const Self::Scalar) -> Self;
    unsafe fn store(self, to: *mut Self::Scalar);
    /// `self * b + c` with one rounding.
    unsafe fn multiply_add(self, b: Self, c: Self) -> Self;
    unsafe fn add(self, other: Self) -> Self;
    /// `max(0, self)`; NaN stays NaN.
    unsafe fn relu(self) -> Self;
}

#[cfg(target_arch = "x86_64")]
macro_rules! vector {
    ($v:ident, $t:ty, $lanes:expr, $zero:ident, $splat:ident, $load:ident, $store:ident, $fma:ident, $add:ident, $max:ident) => {
        // SAFETY: each method is one instruction; the contract of the trait is the contract of the instruction.
        unsafe impl Vector for $v {
            type Scalar = $t;
            const LANES: usize = $lanes;
            #[inline(always)]
            unsafe fn zero() -> Self {
                unsafe { $zero() }
            }
            #[inline(always)]
            unsafe fn splat(x: $t) -> Self {
                unsafe { $splat(x) }
            }
            #[inline(always)]
            unsafe fn load(from: *const $t) -> Self {
                unsafe { $load(from) }
            }
            #[inline(always)]
            unsafe fn store(self, to: *mut $t) {
                unsafe { $store(to, self) }
            }
            #[inline(always)]
            unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
                unsafe { $fma(self, b, c) }
            }
            #[inline(always)]
            unsafe fn add(self, other: Self) -> Self {
                unsafe { $add(self, other) }
            }
            #[inline(always)]
            unsafe fn relu(self) -> Self {
                // The instruction gives its second operand when one is NaN.
                unsafe { $max($zero(), self) }
            }
        }
    };
}
#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::Vector;
    use std::arch::x86_64::*;
    vector!(
        __m512,
        f32,
        16,
        _mm512_setzero_ps,
        _mm512_set1_ps,
        _mm512_loadu_ps,
        _mm512_storeu_ps,
        _mm512_fmadd_ps,
        _mm512_add_ps,
        _mm512_max_ps
    );
    vector!(
        __m512d,
        f64,
        8,
        _mm512_setzero_pd,
        _mm512_set1_pd,
        _mm512_loadu_pd,
        _mm512_storeu_pd,
        _mm512_fmadd_pd,
        _mm512_add_pd,
        _mm512_max_pd
    );
    vector!(
        __m256,
        f32,
        8,
        _mm256_setzero_ps,
        _mm256_set1_ps,
        _mm256_loadu_ps,
        _mm256_storeu_ps,
        _mm256_fmadd_ps,
        _mm256_add_ps,
        _mm256_max_ps
    );
    vector!(
        __m256d,
        f64,
        4,
        _mm256_setzero_pd,
        _mm256_set1_pd,
        _mm256_loadu_pd,
        _mm256_storeu_pd,
        _mm256_fmadd_pd,
        _mm256_add_pd,
        _mm256_max_pd
    );
}

/// Four numbers in a plain array, for processors without the instructions above; the compiler vectorizes it.
// SAFETY: plain Rust; `load` and `store` touch four numbers from the pointer on, as the trait says.
unsafe impl<T: Real> Vector for [T; 4] {
    type Scalar = T;
    const LANES: usize = 4;
    #[inline(always)]
    unsafe fn zero() -> Self {
        [T::ZERO; 4]
    }
    #[inline(always)]
    unsafe fn splat(x: T) -> Self {
        [x; 4]
    }
    #[inline(always)]
    unsafe fn load(from: *const T) -> Self {
        unsafe { from.cast::<Self>().read_unaligned() }
    }
    #[inline(always)]
    unsafe fn store(self, to: *mut T) {
        unsafe { to.cast::<Self>().write_unaligned(self) }
    }
    #[inline(always)]
    unsafe fn multiply_add(self, b: Self, c: Self) -> Self {
        std::array::from_fn(|i| self[i] * b[i] + c[i])
    }
    #[inline(always)]
    unsafe fn add(self, other: Self) -> Self {
        std::array::from_fn(|i| self[i] + other[i])
    }
    #[inline(always)]
    unsafe fn relu(self) -> Self {
        self.map(|x| x.larger(T::ZERO))
    }
}
