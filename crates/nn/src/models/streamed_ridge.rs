//! Ridge regression on rows that come in batches.

use tensor::Device;
use tensor::kernels::gemm::{Matrix, Then, gemm};
use tensor::linalg::solve_positive_definite;

use super::linear::{FittedLinear, Link};
use super::ridge::{GRID, Ridge};
use crate::Result;
use crate::batches::{BatchTargets, Feed, Order};
use crate::error::Error;

/// Rows whose products are added at a time.
const ROWS: usize = 1024;

impl Ridge {
    /// The same regression on rows that are made when they are wanted: only sums of products are kept, $(p + 1)^2$ numbers for
    /// $p$ inputs. All targets have the same penalty, by default the best of the strengths on the validation rows; without such
    /// rows it is 1.
    ///
    /// # Errors
    /// Classes instead of numbers; a singular system.
    pub fn fit_streamed(
        &self,
        rows: &dyn Feed<f64>,
        validation: Option<&dyn Feed<f64>>,
        device: &Device,
    ) -> Result<FittedLinear> {
        let moments = Moments::of(rows, device)?;
        let judge = validation.filter(|rows| rows.n_rows() > 0).map(|rows| Moments::of(rows, device)).transpose()?;
        let (weights, _) = match (self.penalty, judge) {
            (Some(penalty), _) => (moments.solve(penalty), 0.0),
            (None, None) => (moments.solve(1.0), 0.0),
            (None, Some(judge)) => {
                let solved = GRID.iter().filter_map(|&penalty| moments.solve(penalty));
                let judged = solved.map(|w| (judge.squared_error(&w, device), w));
                judged.min_by(|a, b| a.0.total_cmp(&b.0)).map_or((None, 0.0), |(error, w)| (Some(w), error))
            }
        };
        let mut weights = weights.ok_or(Error::Singular { model: "ridge" })?;
        let intercepts = weights.split_off((moments.inputs - 1) * moments.outputs);
        Ok(FittedLinear { weights, intercepts, link: Link::Identity })
    }
}

/// Sums over rows of inputs, the last of which is one, and targets.
struct Moments {
    inputs: usize,
    outputs: usize,
    /// $X^\top X$.
    xx: Vec<f64>,
    /// $X^\top Y$.
    xy: Vec<f64>,
    /// $\sum y^2$.
    yy: f64,
}

impl Moments {
    fn of(feed: &dyn Feed<f64>, device: &Device) -> Result<Self> {
        if feed.n_rows() == 0 {
            return Err(Error::NoRows);
        }
        let mut moments: Option<Moments> = None;
        for rows in Order::plain(feed.n_rows(), ROWS).batches() {
            let batch = feed.batch(rows, None, device)?;
            let BatchTargets::Numbers { values, weights } = batch.y else {
                return Err(Error::Unsuitable {
                    model: "ridge",
                    expected: "numbers to predict".into(),
                    found: "these are classes".into(),
                    hint: "use a network",
                });
            };
            let ((n, p), (_, q)) = (batch.x.shape().as_matrix(), values.shape().as_matrix());
            let to = moments.get_or_insert_with(|| Moments {
                inputs: p + 1,
                outputs: q,
                xx: vec![0.0; (p + 1) * (p + 1)],
                xy: vec![0.0; (p + 1) * q],
                yy: 0.0,
            });
            // Of a row all targets are equally weighted: a window has one scale.
            let roots: Vec<f64> =
                (0..n).map(|row| weights.as_ref().map_or(1.0, |w| w.data()[row * q].sqrt())).collect();
            let mut x = Vec::with_capacity(n * (p + 1));
            for (row, root) in batch.x.data().chunks_exact(p.max(1)).zip(&roots) {
                x.extend(row.iter().map(|x| x * root));
                x.push(*root);
            }
            let y: Vec<f64> = values.data().iter().enumerate().map(|(at, y)| y * roots[at / q.max(1)]).collect();
            let (xm, ym) = (Matrix::new(&x, n, p + 1), Matrix::new(&y, n, q));
            gemm(device, xm.t(), xm, Then::Add, &mut to.xx);
            gemm(device, xm.t(), ym, Then::Add, &mut to.xy);
            to.yy += y.iter().map(|y| y * y).sum::<f64>();
        }
        moments.ok_or(Error::NoRows)
    }

    /// Weights and, in the last row, intercepts: `[inputs, outputs]`. The intercept has no penalty.
    fn solve(&self, penalty: f64) -> Option<Vec<f64>> {
        let mut system = self.xx.clone();
        (0..self.inputs - 1).for_each(|i| system[i * self.inputs + i] += penalty);
        solve_positive_definite(&system, &self.xy, self.inputs)
    }

    /// $\lVert Y - XW\rVert^2 = \sum y^2 - 2\langle W, X^\top Y\rangle + \langle W, X^\top X\,W\rangle$.
    fn squared_error(&self, w: &[f64], device: &Device) -> f64 {
        let (p, q) = (self.inputs, self.outputs);
        let mut xxw = vec![0.0; p * q];
        gemm(device, Matrix::new(&self.xx, p, p), Matrix::new(w, p, q), Then::Store, &mut xxw);
        let along = |v: &[f64]| -> f64 { w.iter().zip(v).map(|(w, v)| w * v).sum() };
        self.yy - 2.0 * along(&self.xy) + along(&xxw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examples::{Examples, Targets};
    use tensor::random::Key;

    fn examples(n: usize, seed: usize) -> Examples<f64> {
        let mut random = Key::new(0, "test").shard(seed).random();
        let x: Vec<f64> = (0..n * 4).map(|_| random.normal()).collect();
        let y = |row: &[f64]| [3.0 + 2.0 * row[0] - row[1], row[2] - 1.0];
        let values = x.chunks(4).flat_map(y).map(|y| y + 0.1 * random.normal()).collect();
        Examples { width: 4, x, targets: Targets::Numbers { width: 2, values }, weights: Vec::new() }
    }

    #[test]
    fn it_is_the_ridge_of_rows_in_memory() {
        let (rows, device) = (examples(3000, 1), Device::cpu(1));
        let ridge = Ridge { penalty: Some(7.0) };
        let [streamed, whole] =
            [ridge.fit_streamed(&rows, None, &device).unwrap(), ridge.fit(&rows, None, &device).unwrap()];
        assert!(streamed.weights.iter().zip(&whole.weights).all(|(a, b)| (a - b).abs() < 1e-10));
        assert!(streamed.intercepts.iter().zip(&whole.intercepts).all(|(a, b)| (a - b).abs() < 1e-10));
    }

    #[test]
    fn the_error_from_sums_is_that_from_rows() {
        let (rows, device) = (examples(50, 2), Device::cpu(1));
        let moments = Moments::of(&rows, &device).unwrap();
        let w = moments.solve(1.0).unwrap();
        let fitted = FittedLinear { weights: w[..8].to_vec(), intercepts: w[8..].to_vec(), link: Link::Identity };
        let Targets::Numbers { values, .. } = &rows.targets else { unreachable!() };
        let error: f64 = fitted.predict(&rows.x).iter().zip(values).map(|(a, b)| (a - b).powi(2)).sum();
        assert!((moments.squared_error(&w, &device) - error).abs() < 1e-9);
    }
}
