//! Partial least squares regression.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::gemm::{Matrix, Then, gemm};
use tensor::{Device, Real};

use super::linear::{FittedLinear, Link};
use super::ridge::n_targets;
use crate::Result;
use crate::examples::{Examples, Targets};

/// Partial least squares regression \[Wold2001\]: a linear model on a few latent variables $t = X w$, each in the
/// direction of the largest covariance of inputs and targets. With $X$ and $Y$ centered, $w$ is the first left
/// singular vector of $X^\top Y$; then $p = X^\top t / t^\top t$ and $q = Y^\top t / t^\top t$, and $t p^\top$ is
/// subtracted from $X$ before the next (NIPALS). It suits spectra, which have more columns than rows and strongly
/// correlated columns. Several targets share their latent variables where all of them are known in all rows; else
/// each is fitted by itself on the rows where it is known.
///
/// Input `[batch, features]`, output `[batch, targets]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PartialLeastSquares {
    /// Number of latent variables (components); by default the best of 1 to 30 on the validation rows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub components: Option<usize>,
}

/// The most sums that are tried.
const MOST: usize = 30;
/// A sum of so small a part of the first is one of rounding errors.
const NEGLIGIBLE: f64 = 1e-12;
/// Squarings of a matrix of the targets, after which its largest eigenvalue alone is left.
const SQUARINGS: usize = 60;

impl PartialLeastSquares {
    /// Fits all targets. Without validation rows, the fifth part of the training rows chooses the number of sums, and all rows are
    /// fitted with it.
    pub fn fit<T: Real>(
        &self,
        examples: &Examples<T>,
        validation: Option<&Examples<T>>,
        device: &Device,
    ) -> Result<FittedLinear> {
        let outputs = n_targets(examples, "pls")?;
        let together = complete(examples) && validation.is_none_or(complete);
        let groups: Vec<Vec<usize>> =
            if together { vec![(0..outputs).collect()] } else { (0..outputs).map(|target| vec![target]).collect() };
        let mut fitted = FittedLinear {
            weights: vec![0.0; examples.width * outputs],
            intercepts: vec![0.0; outputs],
            link: Link::Identity,
        };
        for group in groups {
            let (known, judge) = (Known::new(examples, &group), validation.map(|v| Known::new(v, &group)));
            let (weights, intercepts) = self.fit_known(&known, judge, device);
            for (row, weights) in fitted.weights.chunks_exact_mut(outputs).zip(weights.chunks_exact(group.len())) {
                group.iter().zip(weights).for_each(|(&target, w)| row[target] = *w);
            }
            group.iter().zip(intercepts).for_each(|(&target, b)| fitted.intercepts[target] = b);
        }
        Ok(fitted)
    }

    fn fit_known(&self, known: &Known, judge: Option<Known>, device: &Device) -> (Vec<f64>, Vec<f64>) {
        let components = match (self.components, judge.filter(|judge| judge.n > 0)) {
            (Some(components), _) => components,
            (None, Some(judge)) => best(known, &judge, device),
            (None, None) => {
                let (train, judge) = known.divided();
                best(&train, &judge, device)
            }
        };
        let mut last = None;
        known.solutions(components, device, &mut |solution| last = Some(solution));
        last.unwrap_or_else(|| (vec![0.0; known.inputs * known.outputs], known.means().1))
    }
}

/// The number of sums with the least squared error on other rows.
fn best(train: &Known, judge: &Known, device: &Device) -> usize {
    let (mut errors, mut best) = (Vec::new(), 1);
    train.solutions(MOST, device, &mut |solution| errors.push(judge.squared_error(&solution, device)));
    for (at, error) in errors.iter().enumerate() {
        if *error < errors[best - 1] {
            best = at + 1;
        }
    }
    best
}

/// Whether all targets of all rows are known.
fn complete<T: Real>(examples: &Examples<T>) -> bool {
    match &examples.targets {
        Targets::Numbers { values, .. } => values.iter().all(|y| y.is_finite()),
        Targets::Classes { .. } => false,
    }
}

/// Rows on which some targets are known: `x: [n, inputs]`, `y: [n, outputs]`, and a weight for each row.
struct Known {
    n: usize,
    inputs: usize,
    outputs: usize,
    x: Vec<f64>,
    y: Vec<f64>,
    weights: Vec<f64>,
}

impl Known {
    fn new<T: Real>(examples: &Examples<T>, targets: &[usize]) -> Self {
        let (inputs, outputs) = (examples.width, targets.len());
        let mut known = Known { n: 0, inputs, outputs, x: Vec::new(), y: Vec::new(), weights: Vec::new() };
        let Targets::Numbers { width, values } = &examples.targets else { return known };
        for (row, values) in values.chunks_exact(*width).enumerate() {
            let y: Vec<f64> = targets.iter().map(|&target| values[target].to_f64()).collect();
            if y.iter().all(|y| y.is_finite()) {
                known.n += 1;
                known.y.extend(y);
                known.x.extend(examples.row(row).iter().map(|x| x.to_f64()));
                known.weights.push(examples.weight(row));
            }
        }
        known
    }

    /// Four fifths and the rest.
    fn divided(&self) -> (Self, Self) {
        let part = |keep: &dyn Fn(usize) -> bool| {
            let rows: Vec<usize> = (0..self.n).filter(|&row| keep(row)).collect();
            let pick = |from: &[f64], width: usize| -> Vec<f64> {
                rows.iter().flat_map(|&row| &from[row * width..(row + 1) * width]).copied().collect()
            };
            let (x, y) = (pick(&self.x, self.inputs), pick(&self.y, self.outputs));
            Known { n: rows.len(), x, y, weights: pick(&self.weights, 1), ..*self }
        };
        (part(&|row| row % 5 != 4), part(&|row| row % 5 == 4))
    }

    /// Weighted means of inputs and targets.
    fn means(&self) -> (Vec<f64>, Vec<f64>) {
        let total = self.weights.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        let mean = |from: &[f64], width: usize| {
            let mut mean = vec![0.0; width];
            for (row, weight) in from.chunks_exact(width.max(1)).zip(&self.weights) {
                mean.iter_mut().zip(row).for_each(|(m, x)| *m += weight / total * x);
            }
            mean
        };
        (mean(&self.x, self.inputs), mean(&self.y, self.outputs))
    }

    /// Weights and intercepts with one sum, with two, and so on, as long as anything is left to be explained.
    fn solutions(&self, most: usize, device: &Device, hear: &mut dyn FnMut((Vec<f64>, Vec<f64>))) {
        let (n, p, k) = (self.n, self.inputs, self.outputs);
        let (mean_x, mean_y) = self.means();
        let centered = |from: &[f64], mean: &[f64]| -> Vec<f64> {
            let row = |(row, weight): (&[f64], &f64)| {
                let root = weight.sqrt();
                row.iter().zip(mean).map(|(x, m)| root * (x - m)).collect::<Vec<_>>()
            };
            from.chunks_exact(mean.len().max(1)).zip(&self.weights).flat_map(row).collect()
        };
        let (mut x, y) = (centered(&self.x, &mean_x), centered(&self.y, &mean_y));
        let product = |a: Matrix<'_, f64>, b: Matrix<'_, f64>, size: usize| {
            let mut out = vec![0.0; size];
            gemm(device, a, b, Then::Store, &mut out);
            out
        };
        let mut weights = vec![0.0; p * k];
        // Of each sum: r, with which it comes from the inputs as they were, and p, with which it is taken away.
        let mut sums: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        let mut first = 0.0;
        for _ in 0..most {
            let common = product(Matrix::new(&x, n, p).t(), Matrix::new(&y, n, k), p * k); // [inputs, outputs]
            let Some((w, size)) = leading(&common, k) else { return };
            first = f64::max(first, size);
            let t = product(Matrix::new(&x, n, p), Matrix::new(&w, p, 1), n);
            let square: f64 = t.iter().map(|t| t * t).sum();
            if size <= NEGLIGIBLE * first || square <= 0.0 {
                return;
            }
            let over = |mut of: Vec<f64>| {
                of.iter_mut().for_each(|x| *x /= square);
                of
            };
            let load = over(product(Matrix::new(&x, n, p).t(), Matrix::new(&t, n, 1), p));
            let q = over(product(Matrix::new(&y, n, k).t(), Matrix::new(&t, n, 1), k));
            let mut r = w.clone();
            for (earlier, load) in &sums {
                let share: f64 = load.iter().zip(&w).map(|(p, w)| p * w).sum();
                r.iter_mut().zip(earlier).for_each(|(r, e)| *r -= share * e);
            }
            for (row, t) in x.chunks_exact_mut(p).zip(&t) {
                row.iter_mut().zip(&load).for_each(|(x, load)| *x -= t * load);
            }
            for (row, r) in weights.chunks_exact_mut(k).zip(&r) {
                row.iter_mut().zip(&q).for_each(|(w, q)| *w += r * q);
            }
            let intercept = |target: usize| {
                mean_y[target] - weights.chunks_exact(k).zip(&mean_x).map(|(w, m)| w[target] * m).sum::<f64>()
            };
            hear((weights.clone(), (0..k).map(intercept).collect()));
            sums.push((r, load));
        }
    }

    fn squared_error(&self, (weights, intercepts): &(Vec<f64>, Vec<f64>), device: &Device) -> f64 {
        let (n, p, k) = (self.n, self.inputs, self.outputs);
        let mut predicted = vec![0.0; n * k];
        gemm(device, Matrix::new(&self.x, n, p), Matrix::new(weights, p, k), Then::Store, &mut predicted);
        let row = |((predicted, y), weight): ((&[f64], &[f64]), &f64)| {
            let errors = predicted.iter().zip(intercepts).zip(y).map(|((wx, b), y)| (wx + b - y) * (wx + b - y));
            weight * errors.sum::<f64>()
        };
        predicted.chunks_exact(k).zip(self.y.chunks_exact(k)).zip(&self.weights).map(row).sum()
    }
}

/// The first left singular vector of `a: [n, k]` and its singular value; `None` of zeros. With $k$ much less than $n$, the right one
/// is found first, as the eigenvector of $A^\top A$ that remains when the matrix is squared again and again.
fn leading(a: &[f64], k: usize) -> Option<(Vec<f64>, f64)> {
    let mut square = vec![0.0; k * k];
    for row in a.chunks_exact(k) {
        for (out, x) in square.chunks_exact_mut(k).zip(row) {
            out.iter_mut().zip(row).for_each(|(out, y)| *out += x * y);
        }
    }
    for _ in 0..SQUARINGS {
        let size = square.iter().fold(0.0_f64, |size, x| size.max(x.abs()));
        if size <= 0.0 || !size.is_finite() {
            return None;
        }
        let scaled: Vec<f64> = square.iter().map(|x| x / size).collect();
        // The matrix is symmetric: rows are columns.
        let entry = |row: &[f64], column: &[f64]| row.iter().zip(column).map(|(a, b)| a * b).sum::<f64>();
        square = scaled.chunks_exact(k).flat_map(|row| scaled.chunks_exact(k).map(|c| entry(row, c))).collect();
    }
    // Of the columns, all along one line, the one of the largest entry.
    let norm = |v: &[f64]| v.iter().map(|x| x * x).sum::<f64>().sqrt();
    let right = square.chunks_exact(k).max_by(|a, b| norm(a).total_cmp(&norm(b)))?;
    let left: Vec<f64> = a.chunks_exact(k).map(|row| row.iter().zip(right).map(|(a, v)| a * v).sum::<f64>()).collect();
    let (size, length) = (norm(&left), norm(right));
    (size > 0.0).then(|| (left.iter().map(|x| x / size).collect(), size / length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Ridge;
    use tensor::random::Key;

    fn examples(n: usize, p: usize, outputs: usize) -> Examples<f64> {
        let mut random = Key::new(0, "test").random();
        let x: Vec<f64> = (0..n * p).map(|_| random.normal()).collect();
        let target = |row: &[f64], k: usize| 3.0 + row[k] - 2.0 * row[k + 1];
        let values = x.chunks(p).flat_map(|row| (0..outputs).map(move |k| target(row, k))).collect::<Vec<_>>();
        let values = values.into_iter().map(|y| y + 0.1 * random.normal()).collect();
        Examples { width: p, x, targets: Targets::Numbers { width: outputs, values }, weights: Vec::new() }
    }

    fn fit(examples: &Examples<f64>, components: Option<usize>) -> FittedLinear {
        PartialLeastSquares { components }.fit(examples, None, &Device::cpu(1)).unwrap()
    }

    #[test]
    fn with_all_sums_it_is_least_squares() {
        for outputs in [1, 2] {
            let data = examples(40, 5, outputs);
            let least = Ridge { penalty: Some(0.0) }.fit(&data, None, &Device::cpu(1)).unwrap();
            // One more than there can be.
            let found = fit(&data, Some(6));
            assert!(found.weights.iter().zip(&least.weights).all(|(a, b)| (a - b).abs() < 1e-9), "{outputs} targets");
            assert!(found.intercepts.iter().zip(&least.intercepts).all(|(a, b)| (a - b).abs() < 1e-9));
        }
    }

    #[test]
    fn an_integer_weight_equals_repeated_rows() {
        let mut data = examples(10, 3, 2);
        let rows: Vec<usize> = (0..10).flat_map(|row| vec![row; 1 + row % 3]).collect();
        let repeated = data.select(&rows);
        data.weights = (0..10).map(|row| (1 + row % 3) as f64).collect();
        let [a, b] = [data, repeated].map(|data| fit(&data, Some(2)).weights);
        assert!(a.iter().zip(&b).all(|(a, b)| (a - b).abs() < 1e-10));
    }

    #[test]
    fn a_target_with_gaps_is_fitted_on_the_rows_where_it_is_known() {
        let mut data = examples(30, 4, 2);
        let Targets::Numbers { values, .. } = &mut data.targets else { unreachable!() };
        values.iter_mut().skip(1).step_by(6).for_each(|y| *y = f64::NAN);
        let known: Vec<usize> = (0..30).filter(|row| row % 3 != 0).collect();
        let Targets::Numbers { values, .. } = &data.targets else { unreachable!() };
        let second = known.iter().map(|&row| values[2 * row + 1]).collect();
        let alone = Examples { targets: Targets::Numbers { width: 1, values: second }, ..data.select(&known) };
        let (both, alone) = (fit(&data, Some(2)), fit(&alone, Some(2)));
        assert_eq!(
            both.weights.iter().skip(1).step_by(2).collect::<Vec<_>>(),
            alone.weights.iter().collect::<Vec<_>>()
        );
    }

    #[test]
    fn validation_rows_choose_the_number_of_sums() {
        let (data, other) = (examples(40, 8, 1), examples(90, 8, 1));
        let chosen = PartialLeastSquares::default().fit(&data, Some(&other), &Device::cpu(1)).unwrap();
        let error = |fitted: &FittedLinear| {
            Known::new(&other, &[0])
                .squared_error(&(fitted.weights.clone(), fitted.intercepts.clone()), &Device::cpu(1))
        };
        assert!((1..=8).all(|components| error(&fit(&data, Some(components))) >= error(&chosen)));
    }

    #[test]
    fn a_target_that_does_not_vary_is_its_mean() {
        let mut data = examples(10, 3, 1);
        data.targets = Targets::Numbers { width: 1, values: vec![7.0; 10] };
        let fitted = fit(&data, None);
        assert!(fitted.weights.iter().all(|w| w.abs() < 1e-12) && (fitted.intercepts[0] - 7.0).abs() < 1e-12);
    }

    #[test]
    fn classes_are_refused() {
        let targets = Targets::Classes { count: 2, labels: vec![0, 1] };
        let data = Examples { width: 1, x: vec![0.0, 1.0], targets, weights: Vec::new() };
        let message = PartialLeastSquares::default().fit(&data, None, &Device::cpu(1)).unwrap_err().to_string();
        assert!(message.contains("pls"), "{message}");
    }
}
