//! Ridge regression in closed form.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::gemm::{Matrix, Then, gemm};
use tensor::linalg::solve_positive_definite;
use tensor::{Device, Real};

use super::linear::{FittedLinear, Link};
use crate::Result;
use crate::error::Error;
use crate::examples::{Examples, Targets};

/// Ridge regression \[Hoerl1970\]: minimizes $\lVert y - Xw - b\rVert_2^2 + \lambda\lVert w\rVert_2^2$, in closed
/// form $w = (X^\top X + \lambda I)^{-1} X^\top y$ on centered data, or $X^\top(XX^\top+\lambda I)^{-1}y$ where there
/// are fewer rows than features.
///
/// Input `[batch, features]`, output `[batch, targets]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ridge {
    /// Regularization strength $\lambda$; by default the best of $10^{-2}$ to $10^{5}$ on the validation rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0))]
    pub penalty: Option<f64>,
}

/// Strengths that are tried.
pub(super) const GRID: [f64; 8] = [1e-2, 1e-1, 1.0, 1e1, 1e2, 1e3, 1e4, 1e5];
/// Rows whose products are added at a time, so that memory is bounded.
const ROWS: usize = 4096;

impl Ridge {
    /// Solves for all targets, each on the rows where it is known. Without validation rows, the fifth part of the
    /// training rows chooses the strength, and all rows are fitted with it.
    pub fn fit<T: Real>(
        &self,
        examples: &Examples<T>,
        validation: Option<&Examples<T>>,
        device: &Device,
    ) -> Result<FittedLinear> {
        let outputs = n_targets(examples, "ridge")?;
        let mut fitted = FittedLinear {
            weights: vec![0.0; examples.width * outputs],
            intercepts: vec![0.0; outputs],
            link: Link::Identity,
        };
        for target in 0..outputs {
            let known = Known::new(examples, target);
            let (w, b) = match self.penalty {
                Some(penalty) => known.normal_equations(device).solve(&known, penalty, device)?,
                None => self.choose(&known, validation.map(|v| Known::new(v, target)), device)?,
            };
            fitted.intercepts[target] = b;
            w.iter().enumerate().for_each(|(i, &w)| fitted.weights[i * outputs + target] = w);
        }
        Ok(fitted)
    }

    fn choose<T: Real>(
        &self,
        known: &Known<'_, T>,
        validation: Option<Known<'_, T>>,
        device: &Device,
    ) -> Result<(Vec<f64>, f64)> {
        let held_out = validation.filter(|v| !v.rows.is_empty());
        let (train, judge) = match &held_out {
            Some(judge) => (known.clone(), judge.clone()),
            None => known.divided(),
        };
        let equations = train.normal_equations(device);
        let mut best: Option<(f64, f64, (Vec<f64>, f64))> = None;
        for penalty in GRID {
            // A small penalty on collinear features may have no solution to working precision: the next one has.
            let Ok(solution) = equations.solve(&train, penalty, device) else { continue };
            let error = judge.squared_error(&solution);
            if best.as_ref().is_none_or(|(lowest, ..)| error < *lowest) {
                best = Some((error, penalty, solution));
            }
        }
        let (_, penalty, solution) = best.ok_or(Error::Singular { model: "ridge" })?;
        if held_out.is_some() { Ok(solution) } else { known.normal_equations(device).solve(known, penalty, device) }
    }
}

/// How many numbers are to be predicted; classes are an error.
pub(super) fn n_targets<T>(examples: &Examples<T>, model: &'static str) -> Result<usize> {
    match examples.targets {
        Targets::Numbers { width, .. } => Ok(width),
        Targets::Classes { count, .. } => Err(Error::Unsuitable {
            model,
            expected: "numbers to predict".into(),
            found: format!("the target has {count} classes"),
            hint: "use `logistic` or `mlp`",
        }),
    }
}

/// The rows on which one target is known.
#[derive(Clone)]
struct Known<'a, T> {
    examples: &'a Examples<T>,
    rows: Vec<usize>,
    y: Vec<f64>,
    weights: Vec<f64>,
}

impl<'a, T: Real> Known<'a, T> {
    fn new(examples: &'a Examples<T>, target: usize) -> Self {
        let Targets::Numbers { width, values } = &examples.targets else {
            return Known { examples, rows: Vec::new(), y: Vec::new(), weights: Vec::new() };
        };
        let at = |row: usize| values[row * width + target].to_f64();
        let rows: Vec<usize> = (0..examples.n_rows()).filter(|&row| at(row).is_finite()).collect();
        let y = rows.iter().map(|&row| at(row)).collect();
        let weights = rows.iter().map(|&row| examples.weight(row)).collect();
        Known { examples, rows, y, weights }
    }

    /// Four fifths and the rest.
    fn divided(&self) -> (Self, Self) {
        let part = |keep: &dyn Fn(usize) -> bool| {
            let pick = |from: &[f64]| (0..from.len()).filter(|&i| keep(i)).map(|i| from[i]).collect();
            let rows = (0..self.rows.len()).filter(|&i| keep(i)).map(|i| self.rows[i]).collect();
            Known { examples: self.examples, rows, y: pick(&self.y), weights: pick(&self.weights) }
        };
        (part(&|i| i % 5 != 4), part(&|i| i % 5 == 4))
    }

    /// Weighted means of inputs and target.
    fn means(&self) -> (Vec<f64>, f64) {
        let total = self.weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mut means = vec![0.0; self.examples.width];
        for (&row, weight) in self.rows.iter().zip(&self.weights) {
            means.iter_mut().zip(self.examples.row(row)).for_each(|(m, x)| *m += weight / total * x.to_f64());
        }
        (means, self.y.iter().zip(&self.weights).map(|(y, w)| w * y).sum::<f64>() / total)
    }

    /// Centered inputs and targets of some rows, times the square roots of the weights.
    fn centered(&self, part: std::ops::Range<usize>, means: &[f64], mean: f64) -> (Vec<f64>, Vec<f64>) {
        let mut x = Vec::with_capacity(part.len() * means.len());
        let mut y = Vec::with_capacity(part.len());
        for i in part {
            let root = self.weights[i].sqrt();
            x.extend(self.examples.row(self.rows[i]).iter().zip(means).map(|(x, m)| root * (x.to_f64() - m)));
            y.push(root * (self.y[i] - mean));
        }
        (x, y)
    }

    fn normal_equations(&self, device: &Device) -> Equations {
        let (means, mean) = self.means();
        let (n, p) = (self.rows.len(), means.len());
        if n <= p {
            let (x, y) = self.centered(0..n, &means, mean);
            let mut gram = vec![0.0; n * n];
            gemm(device, Matrix::new(&x, n, p), Matrix::new(&x, n, p).t(), Then::Store, &mut gram);
            return Equations { means, mean, gram, right: y, dual: true };
        }
        let (mut gram, mut right) = (vec![0.0; p * p], vec![0.0; p]);
        for from in (0..n).step_by(ROWS) {
            let part = from..(from + ROWS).min(n);
            let rows = part.len();
            let (x, y) = self.centered(part, &means, mean);
            let x = Matrix::new(&x, rows, p);
            gemm(device, x.t(), x, Then::Add, &mut gram);
            gemm(device, x.t(), Matrix::new(&y, rows, 1), Then::Add, &mut right);
        }
        Equations { means, mean, gram, right, dual: false }
    }

    fn squared_error(&self, (w, b): &(Vec<f64>, f64)) -> f64 {
        let error = |(i, &row): (usize, &usize)| {
            let predicted = b + self.examples.row(row).iter().zip(w).map(|(x, w)| x.to_f64() * w).sum::<f64>();
            self.weights[i] * (predicted - self.y[i]).powi(2)
        };
        self.rows.iter().enumerate().map(error).sum()
    }
}

/// $X^\top X$ and $X^\top y$, or $XX^\top$ and $y$ (dual).
struct Equations {
    means: Vec<f64>,
    mean: f64,
    gram: Vec<f64>,
    right: Vec<f64>,
    dual: bool,
}

impl Equations {
    fn solve<T: Real>(&self, known: &Known<'_, T>, penalty: f64, device: &Device) -> Result<(Vec<f64>, f64)> {
        let (n, p) = (self.right.len(), self.means.len());
        let mut system = self.gram.clone();
        (0..n).for_each(|i| system[i * n + i] += penalty);
        let solution = solve_positive_definite(&system, &self.right, n).ok_or(Error::Singular { model: "ridge" })?;
        let w = if self.dual {
            let (x, _) = known.centered(0..n, &self.means, self.mean);
            let mut w = vec![0.0; p];
            gemm(device, Matrix::new(&x, n, p).t(), Matrix::new(&solution, n, 1), Then::Store, &mut w);
            w
        } else {
            solution
        };
        let b = self.mean - w.iter().zip(&self.means).map(|(w, m)| w * m).sum::<f64>();
        Ok((w, b))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    fn examples(n: usize, p: usize) -> Examples<f64> {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..n * p).map(|_| random.normal()).collect();
        let values = x.chunks(p).map(|row| 3.0 + 2.0 * row[0] - row[1] + 0.1 * random.normal()).collect();
        Examples { width: p, x, targets: Targets::Numbers { width: 1, values }, weights: Vec::new() }
    }

    /// At the minimum the gradient $X^\top(Xw + b - y) + \lambda w$ is zero.
    #[test]
    fn the_solution_has_no_gradient_in_both_forms() {
        for (n, p) in [(40, 5), (8, 20)] {
            let data = examples(n, p);
            let fitted = Ridge { penalty: Some(0.7) }.fit(&data, None, &Device::cpu(1)).unwrap();
            let Targets::Numbers { values, .. } = &data.targets else { unreachable!() };
            let residuals: Vec<f64> = fitted.predict(&data.x).iter().zip(values).map(|(a, b)| a - b).collect();
            assert!(residuals.iter().sum::<f64>().abs() < 1e-9);
            for i in 0..p {
                let slope: f64 = residuals.iter().enumerate().map(|(row, r)| r * data.row(row)[i]).sum();
                assert!((slope + 0.7 * fitted.weights[i]).abs() < 1e-9, "{n} x {p}");
            }
        }
    }

    #[test]
    fn an_integer_weight_equals_repeated_rows() {
        let mut data = examples(10, 3);
        let rows: Vec<usize> = (0..10).flat_map(|row| vec![row; 1 + row % 3]).collect();
        let repeated = data.select(&rows);
        data.weights = (0..10).map(|row| (1 + row % 3) as f64).collect();
        let ridge = Ridge { penalty: Some(0.5) };
        let [a, b] = [data, repeated].map(|data| ridge.fit(&data, None, &Device::cpu(1)).unwrap().weights);
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-10));
    }
}
