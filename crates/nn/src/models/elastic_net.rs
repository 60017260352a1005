//! LASSO and elastic net by coordinate descent.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::random::Key;

use super::linear::{FittedLinear, Link};
use super::ridge::n_targets;
use crate::Result;
use crate::examples::{Examples, Targets};

/// Elastic net \[Zou2005\]: minimizes
/// $\frac{1}{2n}\lVert y-Xw-b\rVert_2^2 + \lambda\rho\lVert w\rVert_1 + \frac{\lambda(1-\rho)}{2}\lVert w\rVert_2^2$,
/// by coordinate descent \[Friedman2010\].
///
/// Input `[batch, features]`, output `[batch, targets]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ElasticNet {
    /// Regularization strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub penalty: Option<f64>,
    /// Weight $\rho$ of the absolute penalty.
    #[schemars(range(min = 0.01, max = 1.0))]
    pub l1_ratio: f64,
}

impl Default for ElasticNet {
    fn default() -> Self {
        ElasticNet { penalty: None, l1_ratio: 0.5 }
    }
}

/// LASSO \[Tibshirani1996\]: minimizes $\frac{1}{2n}\lVert y-Xw-b\rVert_2^2 + \lambda\lVert w\rVert_1$, the elastic
/// net with $\rho = 1$, by coordinate descent \[Friedman2010\].
///
/// Input `[batch, features]`, output `[batch, targets]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Lasso {
    /// Regularization strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub penalty: Option<f64>,
}

impl Lasso {
    /// See [`ElasticNet::fit`].
    pub fn fit<T: Real>(&self, examples: &Examples<T>, seed: u64) -> Result<FittedLinear> {
        ElasticNet { penalty: self.penalty, l1_ratio: 1.0 }.fit(examples, seed)
    }
}

const PATH: usize = 100;
/// Smallest strength of the path over the largest, at which all weights are zero.
const PATH_END: f64 = 1e-3;
const FOLDS: usize = 5;
const SWEEPS: usize = 1000;
/// Largest change of a weight, in units of the target's standard deviation, that ends the descent.
const TOLERANCE: f64 = 1e-5;

impl ElasticNet {
    /// Coordinate descent \[Friedman2010\] for each target on the rows where it is known. Rows with weights count by
    /// these, scaled to a mean of one.
    pub fn fit<T: Real>(&self, examples: &Examples<T>, seed: u64) -> Result<FittedLinear> {
        let outputs = n_targets(examples, "elastic net")?;
        let mut fitted = FittedLinear {
            weights: vec![0.0; examples.width * outputs],
            intercepts: vec![0.0; outputs],
            link: Link::Identity,
        };
        let Targets::Numbers { values, .. } = &examples.targets else { return Ok(fitted) };
        for target in 0..outputs {
            let y = |row: usize| values[row * outputs + target].to_f64();
            let known: Vec<usize> = (0..examples.n_rows()).filter(|&row| y(row).is_finite()).collect();
            let whole = Problem::new(examples, &known, &y, self.l1_ratio);
            let path = match self.penalty {
                Some(penalty) => vec![penalty],
                None => whole.path(),
            };
            let steps = if path.len() > 1 && known.len() >= 2 * FOLDS {
                self.choose(examples, &known, &y, &path, seed)
            } else {
                path.len()
            };
            let w = whole.descend(&path[..steps]).pop().unwrap_or_default();
            fitted.intercepts[target] = whole.intercept(&w);
            w.iter().enumerate().for_each(|(i, &w)| fitted.weights[i * outputs + target] = w);
        }
        Ok(fitted)
    }

    /// How many steps of the path to walk, by cross-validation.
    fn choose<T: Real>(
        &self,
        examples: &Examples<T>,
        known: &[usize],
        y: &dyn Fn(usize) -> f64,
        path: &[f64],
        seed: u64,
    ) -> usize {
        let mut rows = known.to_vec();
        Key::new(seed, "elastic_net").random().shuffle(&mut rows);
        let mut errors = vec![0.0; path.len()];
        for fold in 0..FOLDS {
            let (inside, outside): (Vec<_>, Vec<_>) = rows.iter().enumerate().partition(|(at, _)| at % FOLDS != fold);
            let train: Vec<usize> = inside.into_iter().map(|(_, &row)| row).collect();
            let problem = Problem::new(examples, &train, y, self.l1_ratio);
            for (error, w) in errors.iter_mut().zip(problem.descend(path)) {
                let b = problem.intercept(&w);
                for &(_, &row) in &outside {
                    let predicted = b + examples.row(row).iter().zip(&w).map(|(x, w)| x.to_f64() * w).sum::<f64>();
                    *error += examples.weight(row) * (predicted - y(row)).powi(2);
                }
            }
        }
        1 + (0..errors.len()).fold(0, |best, k| if errors[k] < errors[best] { k } else { best })
    }
}

/// One target on some rows, centered, column by column; every number is multiplied by the root of its row's weight.
struct Problem {
    n: usize,
    columns: Vec<Vec<f64>>,
    squares: Vec<f64>,
    means: Vec<f64>,
    y: Vec<f64>,
    mean: f64,
    ratio: f64,
}

impl Problem {
    fn new<T: Real>(examples: &Examples<T>, rows: &[usize], y: &dyn Fn(usize) -> f64, ratio: f64) -> Self {
        let n = rows.len().max(1) as f64;
        let total: f64 = rows.iter().map(|&row| examples.weight(row)).sum();
        let weights: Vec<f64> = rows.iter().map(|&row| examples.weight(row) * n / total).collect();
        let mut columns: Vec<Vec<f64>> = (0..examples.width)
            .map(|i| rows.iter().map(|&row| examples.x[row * examples.width + i].to_f64()).collect())
            .collect();
        let center = |values: &mut [f64]| {
            let mean = dot(values, &weights) / n;
            values.iter_mut().zip(&weights).for_each(|(x, w)| *x = (*x - mean) * w.sqrt());
            mean
        };
        let means = columns.iter_mut().map(|column| center(column)).collect();
        let squares = columns.iter().map(|column| dot(column, column) / n).collect();
        let mut y: Vec<f64> = rows.iter().map(|&row| y(row)).collect();
        let mean = center(&mut y);
        Problem { n: rows.len(), columns, squares, means, y, mean, ratio }
    }

    fn intercept(&self, w: &[f64]) -> f64 {
        self.mean - w.iter().zip(&self.means).map(|(w, m)| w * m).sum::<f64>()
    }

    /// Strengths from the one at which all weights are zero downwards.
    fn path(&self) -> Vec<f64> {
        let steepest = self.columns.iter().map(|column| dot(column, &self.y).abs()).fold(0.0, f64::max);
        let first = (steepest / self.n.max(1) as f64 / self.ratio).max(f64::MIN_POSITIVE);
        (0..PATH).map(|k| first * PATH_END.powf(k as f64 / (PATH - 1) as f64)).collect()
    }

    /// The weights at each strength, each beginning where the one before ended.
    fn descend(&self, path: &[f64]) -> Vec<Vec<f64>> {
        let mut w = vec![0.0; self.columns.len()];
        let mut residual = self.y.clone();
        let scale = (dot(&self.y, &self.y) / self.n.max(1) as f64).sqrt().max(f64::MIN_POSITIVE);
        let mut found = Vec::with_capacity(path.len());
        for &penalty in path {
            let mut active: Vec<usize> = Vec::new();
            for _ in 0..SWEEPS {
                // A pass over all features finds the active ones; passes over these alone are cheap.
                let change = self.sweep(0..w.len(), penalty, &mut w, &mut residual);
                if change < TOLERANCE * scale {
                    break;
                }
                active.clear();
                active.extend((0..w.len()).filter(|&i| w[i] != 0.0));
                for _ in 0..SWEEPS {
                    if self.sweep(active.iter().copied(), penalty, &mut w, &mut residual) < TOLERANCE * scale {
                        break;
                    }
                }
            }
            found.push(w.clone());
        }
        found
    }

    /// One pass over `features`; the largest change, in units of the target.
    fn sweep(&self, features: impl Iterator<Item = usize>, penalty: f64, w: &mut [f64], residual: &mut [f64]) -> f64 {
        let (n, l1, l2) = (self.n as f64, penalty * self.ratio, penalty * (1.0 - self.ratio));
        let mut largest = 0.0_f64;
        for i in features {
            if self.squares[i] == 0.0 {
                continue;
            }
            let column = &self.columns[i];
            let correlation = dot(column, residual) / n + self.squares[i] * w[i];
            let new = correlation.signum() * (correlation.abs() - l1).max(0.0) / (self.squares[i] + l2);
            let change = new - w[i];
            if change != 0.0 {
                residual.iter_mut().zip(column).for_each(|(r, x)| *r -= change * x);
                w[i] = new;
                largest = largest.max(change.abs() * self.squares[i].sqrt());
            }
        }
        largest
    }
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    tensor::kernels::reduce::dot(x, y)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn examples() -> Examples<f64> {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..60 * 10).map(|_| random.normal()).collect();
        let values = x.chunks(10).map(|row| 3.0 + 2.0 * row[0] - row[1] + 0.1 * random.normal()).collect();
        Examples { width: 10, x, targets: Targets::Numbers { width: 1, values }, weights: Vec::new() }
    }

    /// The conditions of Karush, Kuhn and Tucker: the slope of the squared error balances the penalty where a weight is
    /// not zero, and is at most the absolute penalty where it is.
    #[test]
    fn the_solution_satisfies_the_optimality_conditions() {
        let data = examples();
        let Targets::Numbers { values, .. } = &data.targets else { unreachable!() };
        let (penalty, ratio) = (0.3, 0.7);
        let fitted = ElasticNet { penalty: Some(penalty), l1_ratio: ratio }.fit(&data, 0).unwrap();
        let residuals: Vec<f64> = fitted.predict(&data.x).iter().zip(values).map(|(p, y)| y - p).collect();
        for (i, &w) in fitted.weights.iter().enumerate() {
            let slope = residuals.iter().enumerate().map(|(row, r)| r * data.row(row)[i]).sum::<f64>() / 60.0;
            if w == 0.0 {
                assert!(slope.abs() <= penalty * ratio + 1e-4);
            } else {
                assert!((slope - penalty * (ratio * w.signum() + (1.0 - ratio) * w)).abs() < 1e-4);
            }
        }
    }

    #[test]
    fn an_integer_weight_equals_repeated_rows() {
        let mut data = examples();
        let repeated = data.select(&(0..60).flat_map(|row| vec![row; 1 + row % 3]).collect::<Vec<_>>());
        data.weights = (0..60).map(|row| (1 + row % 3) as f64).collect();
        let net = ElasticNet { penalty: Some(0.2), ..ElasticNet::default() };
        let [a, b] = [data, repeated].map(|data| net.fit(&data, 0).unwrap());
        assert!(a.weights.iter().zip(&b.weights).all(|(a, b)| (a - b).abs() < 1e-4), "{a:?} {b:?}");
        assert!((a.intercepts[0] - b.intercepts[0]).abs() < 1e-4);
    }

    #[test]
    fn cross_validation_keeps_the_true_features() {
        let fitted = Lasso::default().fit(&examples(), 0).unwrap();
        assert!((fitted.weights[0] - 2.0).abs() < 0.1 && (fitted.weights[1] + 1.0).abs() < 0.1);
        assert!((fitted.intercepts[0] - 3.0).abs() < 0.1);
    }
}
