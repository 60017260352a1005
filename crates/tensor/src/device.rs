//! Where the numbers live and who computes with them: a value, not a type parameter.

use std::sync::Arc;

use crate::real::Real;
use crate::shape::Shape;
use crate::storage::Pool;
use crate::tensor::Tensor;
use crate::threads::Threads;

/// The processor: a team of threads and a pool of blocks. Clones share both.
///
/// ```
/// use tensor::Device;
/// let device = Device::cpu(2);
/// assert_eq!(device.threads().count(), 2);
/// ```
#[derive(Clone)]
pub struct Device {
    threads: Arc<Threads>,
    pool: Arc<Pool>,
}

impl Device {
    /// The processor with `threads` threads; zero means one for every core.
    pub fn cpu(threads: usize) -> Self {
        Device { threads: Arc::new(Threads::new(threads)), pool: Arc::default() }
    }

    /// The team that shares the work.
    pub fn threads(&self) -> &Threads {
        &self.threads
    }

    /// The blocks that are ready for use.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    pub(crate) fn pool_arc(&self) -> &Arc<Pool> {
        &self.pool
    }

    /// A tensor in a block of the pool, filled by `fill`, which must write every number.
    pub fn tensor<T: Real>(&self, shape: impl Into<Shape>, fill: impl FnOnce(&mut [T])) -> Tensor<T> {
        Tensor::fill(&self.pool, shape, fill)
    }
}
