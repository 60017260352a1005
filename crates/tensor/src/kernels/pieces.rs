//! Several buffers, split in the same way, so that each task has its own piece of all of them.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// A piece of each buffer for every task; a buffer that is too short gives empty pieces at the end.
pub(crate) fn pieces<T, const N: usize>(buffers: [(&mut [T], usize); N]) -> Vec<Mutex<[&mut [T]; N]>> {
    let mut parts = buffers.map(|(buffer, size)| buffer.chunks_mut(size.max(1)));
    let mut all = Vec::new();
    while let Some(first) = parts[0].next() {
        let mut first = Some(first);
        let own = std::array::from_fn(|at| match at {
            0 => first.take().unwrap_or_default(),
            at => parts[at].next().unwrap_or_default(),
        });
        all.push(Mutex::new(own));
    }
    all
}

/// Locks what no other thread can have.
pub(crate) fn own<X>(piece: &Mutex<X>) -> MutexGuard<'_, X> {
    piece.lock().unwrap_or_else(PoisonError::into_inner)
}
