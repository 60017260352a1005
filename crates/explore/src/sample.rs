//! Some of the rows, where all would take too long.

use tensor::random::Key;

/// At most `n` of `rows`, drawn at random and in order; the same ones each time.
pub(crate) fn sample(rows: &[usize], n: usize, purpose: &str) -> Vec<usize> {
    if rows.len() <= n {
        return rows.to_vec();
    }
    let mut drawn = rows.to_vec();
    Key::new(0, purpose).random().shuffle(&mut drawn);
    drawn.truncate(n);
    drawn.sort_unstable();
    drawn
}
