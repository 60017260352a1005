//! Parameters that threads share without a lock.

use tensor::Real;

/// A parameter vector for Hogwild! \[Niu2011\]: a read may be stale and an update may be lost, and neither is undefined,
/// because every access is a relaxed atomic one. On sparse data threads seldom meet, and the method pays.
///
/// It gives up the same bits from run to run.
///
/// ```
/// use grad::optim::hogwild::Shared;
/// let shared = Shared::new(&[1.0_f32, 2.0]);
/// shared.subtract(1, 0.5);
/// assert_eq!(shared.snapshot(), [1.0, 1.5]);
/// ```
pub struct Shared<T: Real> {
    cells: Box<[T::Cell]>,
}

impl<T: Real> Shared<T> {
    /// Cells that hold `values`.
    pub fn new(values: &[T]) -> Self {
        Shared { cells: values.iter().map(|x| x.cell()).collect() }
    }

    /// All numbers.
    pub fn snapshot(&self) -> Vec<T> {
        self.cells.iter().map(T::load).collect()
    }

    /// Copies the numbers from `start` on into `to`.
    pub fn read(&self, start: usize, to: &mut [T]) {
        for (to, cell) in to.iter_mut().zip(&self.cells[start..]) {
            *to = T::load(cell);
        }
    }

    /// $w_i \mathrel{-}= \delta$; another thread's update at the same moment may be lost.
    #[inline]
    pub fn subtract(&self, at: usize, delta: T) {
        let cell = &self.cells[at];
        T::store(cell, T::load(cell) - delta);
    }

    /// $w_{\text{start}+i} \mathrel{-}= \eta g_i$.
    pub fn descend(&self, start: usize, g: &[T], rate: T) {
        for (cell, &g) in self.cells[start..].iter().zip(g) {
            T::store(cell, T::load(cell) - rate * g);
        }
    }
}
