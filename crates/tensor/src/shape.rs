//! Shapes of up to six axes, without an allocation.

use std::fmt;
use std::ops::Deref;

const MOST: usize = 6;

/// The lengths of a tensor's axes, outermost first.
///
/// ```
/// use tensor::Shape;
/// let shape = Shape::from([32, 200]);
/// assert_eq!(shape.size(), 6400);
/// assert_eq!(shape.to_string(), "[32, 200]");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Shape {
    axes: [usize; MOST],
    rank: u8,
}

impl Shape {
    /// How many numbers a tensor of this shape holds; one for a scalar.
    pub fn size(&self) -> usize {
        self.iter().product()
    }

    /// Rows and columns, where all axes but the last count as rows.
    pub fn as_matrix(&self) -> (usize, usize) {
        let columns = self.last().copied().unwrap_or(1);
        (self[..self.len().saturating_sub(1)].iter().product(), columns)
    }
}

impl Deref for Shape {
    type Target = [usize];
    fn deref(&self) -> &[usize] {
        &self.axes[..self.rank as usize]
    }
}

impl From<&[usize]> for Shape {
    fn from(lengths: &[usize]) -> Self {
        assert!(lengths.len() <= MOST, "a tensor has at most {MOST} axes, not {}", lengths.len());
        let mut axes = [0; MOST];
        axes[..lengths.len()].copy_from_slice(lengths);
        Shape { axes, rank: lengths.len() as u8 }
    }
}

impl<const N: usize> From<[usize; N]> for Shape {
    fn from(lengths: [usize; N]) -> Self {
        Shape::from(&lengths[..])
    }
}

impl fmt::Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl fmt::Debug for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
