//! Tensors: immutable, contiguous, row-major blocks of numbers.

use std::fmt;
use std::sync::Arc;

use crate::real::Real;
use crate::shape::Shape;
use crate::storage::{Pool, Storage};

/// A row-major, contiguous, immutable block of numbers; a clone costs one reference count.
///
/// ```
/// use tensor::Tensor;
/// let x = Tensor::new([2, 3], vec![1.0_f32, 2.0, 3.0, 4.0, 5.0, 6.0]);
/// assert_eq!(x.shape()[..], [2, 3]);
/// assert_eq!(x.data()[3], 4.0);
/// ```
#[derive(Clone)]
pub struct Tensor<T: Real> {
    shape: Shape,
    start: usize,
    storage: Arc<Storage<T>>,
}

impl<T: Real> Tensor<T> {
    /// A tensor that owns `data`.
    ///
    /// # Panics
    /// If `data` does not fill `shape`.
    pub fn new(shape: impl Into<Shape>, data: Vec<T>) -> Self {
        let shape = shape.into();
        assert_eq!(shape.size(), data.len(), "shape {shape} does not fit {} numbers", data.len());
        Tensor { shape, start: 0, storage: Arc::new(Storage::own(data)) }
    }

    /// A tensor of zeros.
    pub fn zeros(shape: impl Into<Shape>) -> Self {
        let shape = shape.into();
        Tensor::new(shape, vec![T::ZERO; shape.size()])
    }

    /// A tensor without axes.
    pub fn scalar(x: T) -> Self {
        Tensor::new([], vec![x])
    }

    /// A tensor in a block of `pool`, filled by `fill`, which must write every number.
    pub fn fill(pool: &Arc<Pool>, shape: impl Into<Shape>, fill: impl FnOnce(&mut [T])) -> Self {
        let shape = shape.into();
        let mut storage = Storage::lent(pool, shape.size());
        fill(&mut storage.data);
        Tensor { shape, start: 0, storage: Arc::new(storage) }
    }

    /// A window into this tensor's numbers, without a copy: how one flat parameter vector becomes many tensors.
    ///
    /// # Panics
    /// If the window does not lie inside.
    pub fn window(&self, start: usize, shape: impl Into<Shape>) -> Self {
        let shape = shape.into();
        assert!(start + shape.size() <= self.size(), "window {shape} at {start} leaves {}", self.shape);
        Tensor { shape, start: self.start + start, storage: self.storage.clone() }
    }

    /// The same numbers in another shape.
    ///
    /// # Panics
    /// If the sizes differ.
    pub fn reshape(&self, shape: impl Into<Shape>) -> Self {
        let shape = shape.into();
        assert_eq!(shape.size(), self.size(), "{} does not become {shape}", self.shape);
        Tensor { shape, start: self.start, storage: self.storage.clone() }
    }

    /// The lengths of the axes.
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// How many numbers it holds.
    pub fn size(&self) -> usize {
        self.shape.size()
    }

    /// The numbers, row by row.
    pub fn data(&self) -> &[T] {
        &self.storage.data[self.start..self.start + self.size()]
    }

    /// The numbers for writing, if no other tensor shares them.
    pub fn data_mut(&mut self) -> Option<&mut [T]> {
        let (start, size) = (self.start, self.size());
        Arc::get_mut(&mut self.storage).map(|storage| &mut storage.data[start..start + size])
    }

    /// The only number of a tensor of size one.
    ///
    /// # Panics
    /// If there are more or none.
    pub fn item(&self) -> T {
        assert_eq!(self.size(), 1, "{} holds more than one number or none", self.shape);
        self.data()[0]
    }

    /// The same numbers in another precision.
    pub fn cast<U: Real>(&self) -> Tensor<U> {
        Tensor::new(self.shape, self.data().iter().map(|x| U::of(x.to_f64())).collect())
    }
}

impl<T: Real> fmt::Debug for Tensor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{} {:?}", T::NAME, self.shape, &self.data()[..self.size().min(8)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_returns_to_its_pool_when_the_last_tensor_is_dropped() {
        let pool = Arc::new(Pool::default());
        for _ in 0..3 {
            let x = Tensor::fill(&pool, [4], |x| x.fill(1.0_f32));
            assert_eq!(x.clone().data(), [1.0; 4]);
        }
        assert_eq!(pool.allocated(), 1);
    }

    #[test]
    fn a_window_shares_its_numbers_and_forbids_writing() {
        let mut whole = Tensor::new([6], (0..6).map(f64::from).collect());
        let part = whole.window(2, [2, 2]);
        assert_eq!(part.data(), [2.0, 3.0, 4.0, 5.0]);
        assert!(whole.data_mut().is_none());
        drop(part);
        assert!(whole.data_mut().is_some());
    }
}
