//! A linear condition on the numbers of a point.

/// $\sum_i w_i x_i \le b$, or $= b$: a mixture's shares that sum to one, a budget, an order of two temperatures.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    /// $w$, one for each axis; zero for axes that are not numbers.
    pub weights: Vec<f64>,
    /// $b$.
    pub bound: f64,
    /// Equal, not at most.
    pub equal: bool,
}

/// How far a sum may miss its bound, relative to the size of its terms: rounding errors.
const ROUNDING: f64 = 1e-8;

impl Limit {
    /// $\sum_i w_i x_i - b$.
    pub fn excess(&self, x: &[f64]) -> f64 {
        self.weights.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() - self.bound
    }

    /// Whether a point keeps it, to within rounding errors.
    ///
    /// ```
    /// let mixture = bayes::Limit { weights: vec![1.0, 1.0, 1.0], bound: 1.0, equal: true };
    /// assert!(mixture.holds(&[0.2, 0.3, 0.5]) && !mixture.holds(&[0.2, 0.3, 0.4]));
    /// ```
    pub fn holds(&self, x: &[f64]) -> bool {
        self.misses(x) <= ROUNDING
    }

    /// By how much a point misses it, relative to the size of its terms; zero where it keeps it.
    pub(super) fn misses(&self, x: &[f64]) -> f64 {
        let (excess, size) = (self.excess(x), self.bound.abs() + self.weights.iter().map(|w| w.abs()).sum::<f64>());
        if self.equal { excess.abs() / size } else { excess.max(0.0) / size }
    }
}
