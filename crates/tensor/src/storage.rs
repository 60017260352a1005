//! Blocks of numbers that go back to a pool when the last tensor that uses them is dropped.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};

use crate::real::Real;

/// Keeps the blocks that a training step has used for the next step, so that after the first none is allocated.
#[derive(Default)]
pub struct Pool {
    pub(crate) f32: Shelf<f32>,
    pub(crate) f64: Shelf<f64>,
    allocated: AtomicUsize,
}

impl Pool {
    /// How many blocks have been allocated since the pool was made; constant once training is warm.
    pub fn allocated(&self) -> usize {
        self.allocated.load(Relaxed)
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pool({} blocks allocated)", self.allocated())
    }
}

/// Free blocks of one scalar type, by length.
#[derive(Default)]
pub struct Shelf<T> {
    free: Mutex<BTreeMap<usize, Vec<Vec<T>>>>,
}

/// A block of numbers, perhaps lent by a pool.
pub struct Storage<T: Real> {
    pub(crate) data: Vec<T>,
    home: Option<Arc<Pool>>,
}

impl<T: Real> Storage<T> {
    /// A block of its own.
    pub fn own(data: Vec<T>) -> Self {
        Storage { data, home: None }
    }

    /// A block of `len` numbers from `pool`, with whatever they held before.
    pub fn lent(pool: &Arc<Pool>, len: usize) -> Self {
        let mut free = T::shelf(pool).free.lock().unwrap_or_else(PoisonError::into_inner);
        let data = free.get_mut(&len).and_then(Vec::pop).unwrap_or_else(|| {
            pool.allocated.fetch_add(1, Relaxed);
            vec![T::ZERO; len]
        });
        drop(free);
        Storage { data, home: Some(pool.clone()) }
    }
}

impl<T: Real> Drop for Storage<T> {
    fn drop(&mut self) {
        if let Some(pool) = self.home.take() {
            let data = std::mem::take(&mut self.data);
            let mut free = T::shelf(&pool).free.lock().unwrap_or_else(PoisonError::into_inner);
            free.entry(data.len()).or_default().push(data);
        }
    }
}
