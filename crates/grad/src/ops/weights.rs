//! Weights of targets in a mean: $\frac{1}{\sum_i w_i} \sum_i w_i \ell_i$, with $w_i = 1$ where none are given.

use tensor::{Real, Tensor};

pub(super) struct Weights<T: Real> {
    each: Option<Tensor<T>>,
    /// One over their sum.
    pub scale: T,
}

impl<T: Real> Weights<T> {
    /// Of `n` targets.
    pub fn new(each: Option<&Tensor<T>>, n: usize) -> Self {
        let total = match each {
            Some(weights) => weights.data().iter().copied().sum::<T>().larger(T::EPSILON),
            None => T::of(n as f64),
        };
        Weights { each: each.cloned(), scale: T::ONE / total }
    }

    /// `f` times the weight of target `at`. A number without weight is not even looked at, so that a missing target may
    /// hold anything.
    #[inline(always)]
    pub fn times(&self, at: usize, f: impl FnOnce() -> T) -> T {
        match &self.each {
            None => f(),
            Some(weights) if weights.data()[at] == T::ZERO => T::ZERO,
            Some(weights) => weights.data()[at] * f(),
        }
    }
}
