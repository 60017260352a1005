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

/// Free blocks of one scalar type, by the room that they have.
#[derive(Default)]
pub struct Shelf<T> {
    free: Mutex<BTreeMap<usize, Vec<Vec<T>>>>,
}

/// A block of numbers, perhaps lent by a pool.
pub struct Storage<T: Real> {
    pub(crate) data: Vec<T>,
    home: Option<(Arc<Pool>, usize)>,
}

/// The room of a block that holds `len` numbers: at most an eighth more, so that batches of sequences or graphs, of which no two have
/// the same length, use the same blocks again.
fn room(len: usize) -> usize {
    let step = (len.next_power_of_two() / 16).max(1);
    len.next_multiple_of(step)
}

impl<T: Real> Storage<T> {
    /// A block of its own.
    pub fn own(data: Vec<T>) -> Self {
        Storage { data, home: None }
    }

    /// A block of `len` numbers from `pool`, with whatever they held before.
    pub fn lent(pool: &Arc<Pool>, len: usize) -> Self {
        let mut free = T::shelf(pool).free.lock().unwrap_or_else(PoisonError::into_inner);
        let room = room(len);
        let found = free.get_mut(&room).and_then(Vec::pop);
        drop(free);
        let mut data = found.unwrap_or_else(|| {
            pool.allocated.fetch_add(1, Relaxed);
            Vec::with_capacity(room)
        });
        data.resize(len, T::ZERO);
        Storage { data, home: Some((pool.clone(), room)) }
    }
}

impl<T: Real> Drop for Storage<T> {
    fn drop(&mut self) {
        if let Some((pool, room)) = self.home.take() {
            let data = std::mem::take(&mut self.data);
            let mut free = T::shelf(&pool).free.lock().unwrap_or_else(PoisonError::into_inner);
            free.entry(room).or_default().push(data);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_room_for_an_eighth_more_at_most() {
        for len in (0..100).chain([1000, 1023, 1024, 1025, 123_457]) {
            let room = room(len);
            assert!((len..=len + len / 8).contains(&room), "{len}: {room}");
        }
    }

    #[test]
    fn blocks_of_like_length_are_used_again() {
        let pool = Arc::new(Pool::default());
        for len in [1000, 1001, 1020, 999, 1005] {
            let block = Storage::<f32>::lent(&pool, len);
            assert_eq!(block.data.len(), len);
        }
        assert_eq!(pool.allocated(), 1);
    }
}
