//! Polynomials that are orthogonal on points.

/// Polynomials $p_0, p_1, \ldots$ with $\sum_i p_j(x_i) p_k(x_i) = 0$ for $j \ne k$ and the leading coefficient 1, by the
/// recurrence $p_{k+1}(x) = (x - a_k) p_k(x) - b_k p_{k-1}(x)$ \[Forsythe1957\]. A fit of least squares is a sum of projections,
/// without equations that powers of $x$ would make nearly singular.
#[derive(Clone, Debug)]
pub(super) struct Polynomials {
    a: Vec<f64>,
    b: Vec<f64>,
    /// Values of each on the points.
    pub values: Vec<Vec<f64>>,
    /// Sums of squares of these.
    pub norms: Vec<f64>,
}

impl Polynomials {
    /// Up to a degree, which has to be less than the number of points.
    pub fn new(points: &[f64], degree: usize) -> Self {
        let mut all = Polynomials {
            a: Vec::new(),
            b: Vec::new(),
            values: vec![vec![1.0; points.len()]],
            norms: vec![points.len() as f64],
        };
        for k in 0..degree {
            let (p, norm) = (&all.values[k], all.norms[k]);
            let a = points.iter().zip(p).map(|(x, p)| x * p * p).sum::<f64>() / norm;
            let b = if k == 0 { 0.0 } else { norm / all.norms[k - 1] };
            let mut next: Vec<f64> = points.iter().zip(p).map(|(x, p)| (x - a) * p).collect();
            if k > 0 {
                next.iter_mut().zip(&all.values[k - 1]).for_each(|(next, p)| *next -= b * p);
            }
            all.norms.push(next.iter().map(|p| p * p).sum());
            all.values.push(next);
            all.a.push(a);
            all.b.push(b);
        }
        all
    }

    /// The fit to `y` on the points.
    pub fn fit(&self, y: &[f64]) -> Vec<f64> {
        let mut fit = vec![0.0; y.len()];
        for (p, norm) in self.values.iter().zip(&self.norms) {
            let share = p.iter().zip(y).map(|(p, y)| p * y).sum::<f64>() / norm;
            fit.iter_mut().zip(p).for_each(|(fit, p)| *fit += share * p);
        }
        fit
    }

    /// The weights with which numbers on the points make the `derivative` of their fit at `x`.
    pub fn weights(&self, x: f64, derivative: usize) -> Vec<f64> {
        let mut weights = vec![0.0; self.values[0].len()];
        for ((p, norm), at_x) in self.values.iter().zip(&self.norms).zip(self.at(x, derivative)) {
            weights.iter_mut().zip(p).for_each(|(w, p)| *w += at_x * p / norm);
        }
        weights
    }

    /// A derivative of each polynomial at `x`: with the rule of Leibniz the recurrence gives
    /// $p_{k+1}^{(d)} = (x - a_k) p_k^{(d)} + d\, p_k^{(d-1)} - b_k p_{k-1}^{(d)}$.
    fn at(&self, x: f64, derivative: usize) -> Vec<f64> {
        let n = self.values.len();
        let mut lower = vec![0.0; n];
        for d in 0..=derivative {
            let mut own: Vec<f64> = vec![if d == 0 { 1.0 } else { 0.0 }];
            for k in 0..n - 1 {
                let before = if k == 0 { 0.0 } else { self.b[k] * own[k - 1] };
                own.push((x - self.a[k]) * own[k] + d as f64 * lower[k] - before);
            }
            lower = own;
        }
        lower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// $x^3 - x$ on uneven points; its second derivative is $6 x$.
    #[test]
    fn a_polynomial_is_its_own_fit_and_has_its_own_derivatives() {
        let points = [-2.0, -1.5, 0.0, 1.0, 1.25, 3.0];
        let y: Vec<f64> = points.iter().map(|x| x * x * x - x).collect();
        let polynomials = Polynomials::new(&points, 3);
        assert!(polynomials.fit(&y).iter().zip(&y).all(|(fit, y)| (fit - y).abs() < 1e-12));
        for (derivative, expected) in [(0, 0.5 * 0.5 * 0.5 - 0.5), (1, 3.0 * 0.25 - 1.0), (2, 3.0), (3, 6.0), (4, 0.0)]
        {
            let found: f64 = polynomials.weights(0.5, derivative).iter().zip(&y).map(|(w, y)| w * y).sum();
            assert!((found - expected).abs() < 1e-12, "{derivative}: {found}");
        }
    }
}
