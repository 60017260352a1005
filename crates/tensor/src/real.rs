//! Floating-point scalars: the one type parameter of the engine.

use std::fmt::{Debug, Display};
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use crate::kernels::gemm::block::{Output, Tile};
use crate::storage::{Pool, Shelf};
use crate::transcendental;

/// A floating-point scalar, `f32` or `f64`: the only bound that the code above this crate writes.
///
/// `exp` and `tanh` are our own, because the standard library's are scalar calls: loops over these vectorize.
/// Their relative error is below 3 ulp over the whole range (see the tests), and NaN stays NaN.
///
/// ```
/// use tensor::Real;
/// fn softplus<T: Real>(x: T) -> T { (T::ONE + x.exp()).ln() }
/// assert!((softplus(0.0_f64) - 0.693147).abs() < 1e-6);
/// ```
pub trait Real:
    Copy
    + Default
    + PartialOrd
    + Debug
    + Display
    + Send
    + Sync
    + 'static
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Neg<Output = Self>
    + AddAssign
    + SubAssign
    + MulAssign
    + Sum
{
    /// A shared parameter that threads read and write without a lock.
    type Cell: Send + Sync;
    /// Zero.
    const ZERO: Self;
    /// One.
    const ONE: Self;
    /// The distance from one to the next larger number.
    const EPSILON: Self;
    /// `"f32"` or `"f64"`.
    const NAME: &'static str;
    /// The nearest number of this type.
    fn of(x: f64) -> Self;
    /// The same number in double precision.
    fn to_f64(self) -> f64;
    /// $e^x$.
    fn exp(self) -> Self;
    /// Hyperbolic tangent.
    fn tanh(self) -> Self;
    /// Natural logarithm.
    fn ln(self) -> Self;
    /// $\ln(1 + x)$, exact near zero.
    fn ln_1p(self) -> Self;
    /// Error function.
    fn erf(self) -> Self;
    /// Square root.
    fn sqrt(self) -> Self;
    /// Absolute value.
    fn abs(self) -> Self;
    /// Neither infinite nor NaN.
    fn is_finite(self) -> bool;
    /// Not a number.
    fn is_nan(self) -> bool;
    /// Logistic function $1/(1 + e^{-x})$.
    #[inline(always)]
    fn sigmoid(self) -> Self {
        Self::ONE / (Self::ONE + (-self).exp())
    }
    /// The larger number; NaN if `self` is NaN.
    #[inline(always)]
    fn larger(self, other: Self) -> Self {
        if self < other { other } else { self }
    }
    /// The smaller number; NaN if `self` is NaN.
    #[inline(always)]
    fn smaller(self, other: Self) -> Self {
        if self > other { other } else { self }
    }
    /// Puts the number into a cell.
    fn cell(self) -> Self::Cell;
    /// Reads a cell.
    fn load(cell: &Self::Cell) -> Self;
    /// Writes a cell.
    fn store(cell: &Self::Cell, x: Self);
    /// Little-endian bytes, appended to `out`.
    fn write_le(self, out: &mut Vec<u8>);
    /// The numbers in little-endian bytes; a rest that is not a whole number is left out.
    fn read_le(bytes: &[u8]) -> Vec<Self>;
    /// The inner kernel of the matrix product.
    ///
    /// # Safety
    /// The tile covers `rows` rows of A and whole rows of a panel, the output as many rows of `columns`.
    #[doc(hidden)]
    unsafe fn panel(rows: usize, tile: &Tile<'_, Self>, to: &Output<'_, Self>, columns: usize);
    #[doc(hidden)]
    fn shelf(pool: &Pool) -> &Shelf<Self>;
}

macro_rules! real {
    ($t:ident, $cell:ty, $erf:path) => {
        impl Real for $t {
            type Cell = $cell;
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const EPSILON: Self = $t::EPSILON;
            const NAME: &'static str = stringify!($t);
            #[inline(always)]
            fn of(x: f64) -> Self {
                x as $t
            }
            #[inline(always)]
            fn to_f64(self) -> f64 {
                self as f64
            }
            #[inline(always)]
            fn exp(self) -> Self {
                transcendental::$t::exp(self)
            }
            #[inline(always)]
            fn tanh(self) -> Self {
                transcendental::$t::tanh(self)
            }
            #[inline(always)]
            fn ln(self) -> Self {
                self.ln()
            }
            #[inline(always)]
            fn ln_1p(self) -> Self {
                self.ln_1p()
            }
            #[inline(always)]
            fn erf(self) -> Self {
                $erf(self)
            }
            #[inline(always)]
            fn sqrt(self) -> Self {
                self.sqrt()
            }
            #[inline(always)]
            fn abs(self) -> Self {
                self.abs()
            }
            #[inline(always)]
            fn is_finite(self) -> bool {
                self.is_finite()
            }
            #[inline(always)]
            fn is_nan(self) -> bool {
                self.is_nan()
            }
            fn cell(self) -> $cell {
                <$cell>::new(self.to_bits())
            }
            #[inline(always)]
            fn load(cell: &$cell) -> Self {
                $t::from_bits(cell.load(Relaxed))
            }
            #[inline(always)]
            fn store(cell: &$cell, x: Self) {
                cell.store(x.to_bits(), Relaxed)
            }
            fn write_le(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes())
            }
            fn read_le(bytes: &[u8]) -> Vec<Self> {
                bytes.as_chunks().0.iter().map(|b| $t::from_le_bytes(*b)).collect()
            }
            unsafe fn panel(rows: usize, tile: &Tile<'_, Self>, to: &Output<'_, Self>, columns: usize) {
                // SAFETY: the caller's contract.
                unsafe { crate::kernels::gemm::$t(rows, tile, to, columns) }
            }
            fn shelf(pool: &Pool) -> &Shelf<Self> {
                &pool.$t
            }
        }
    };
}
real!(f32, AtomicU32, libm::erff);
real!(f64, AtomicU64, libm::erf);
