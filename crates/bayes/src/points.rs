//! Rows of numbers between which covariances are taken.

/// Points, row by row.
#[derive(Clone, Copy, Debug)]
pub struct Points<'a> {
    /// `[n, width]`.
    pub x: &'a [f64],
    /// Numbers of each point.
    pub width: usize,
}

impl<'a> Points<'a> {
    /// Points from rows of `width` numbers.
    pub fn new(x: &'a [f64], width: usize) -> Self {
        Points { x, width }
    }

    /// How many there are.
    pub fn n(self) -> usize {
        self.x.len() / self.width.max(1)
    }

    /// One of them.
    pub fn row(self, at: usize) -> &'a [f64] {
        &self.x[at * self.width..(at + 1) * self.width]
    }

    /// Whether these are the same points in the same memory: then their covariance is symmetric, and noise that belongs to
    /// each of them stands on its diagonal.
    pub fn same(self, other: Points<'_>) -> bool {
        std::ptr::eq(self.x, other.x) && self.width == other.width
    }
}
