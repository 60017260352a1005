//! Fitted linear models: weights and intercepts.

use tensor::Real;

use crate::metrics::argmax;

/// $\hat y = g(W^\top x + b)$.
#[derive(Clone, Debug, PartialEq)]
pub struct FittedLinear {
    /// $W$: `[inputs, outputs]`, row-major.
    pub weights: Vec<f64>,
    /// $b$: `[outputs]`.
    pub intercepts: Vec<f64>,
    /// $g$.
    pub link: Link,
}

/// Link function: from weighted sums to predictions.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Link {
    /// They are the predictions.
    Identity,
    /// The largest names the class, with probability one; of a single sum, the sign.
    Decide,
}

impl FittedLinear {
    /// Predictions for `x: [rows, inputs]`: `[rows, outputs]`, or probabilities of the classes.
    pub fn predict<T: Real>(&self, x: &[T]) -> Vec<f64> {
        let outputs = self.intercepts.len();
        let inputs = self.weights.len() / outputs.max(1);
        let mut out = Vec::new();
        for row in x.chunks_exact(inputs.max(1)) {
            let mut sums = self.intercepts.clone();
            for (x, weights) in row.iter().zip(self.weights.chunks_exact(outputs)) {
                let x = x.to_f64();
                if x != 0.0 {
                    sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += x * w);
                }
            }
            match self.link {
                Link::Identity => out.extend(sums),
                Link::Decide if outputs == 1 => out.extend(if sums[0] > 0.0 { [0.0, 1.0] } else { [1.0, 0.0] }),
                Link::Decide => {
                    let class = argmax(&sums);
                    out.extend((0..outputs).map(|k| f64::from(u8::from(k == class))));
                }
            }
        }
        out
    }
    /// $\mathrm{d}x = W\,\mathrm{d}y$ for each row of `dy: [rows, outputs]`; `None` of a decision, which has no slope.
    ///
    /// ```
    /// use nn::models::{FittedLinear, Link};
    /// let linear = FittedLinear { weights: vec![2.0, -1.0], intercepts: vec![5.0], link: Link::Identity };
    /// assert_eq!(linear.pullback(&[10.0]), Some(vec![20.0, -10.0]));
    /// ```
    pub fn pullback(&self, dy: &[f64]) -> Option<Vec<f64>> {
        let outputs = self.intercepts.len().max(1);
        let row = |dy: &[f64]| -> Vec<f64> {
            self.weights.chunks_exact(outputs).map(|w| w.iter().zip(dy).map(|(w, dy)| w * dy).sum()).collect()
        };
        (self.link == Link::Identity).then(|| dy.chunks_exact(outputs).flat_map(row).collect())
    }
}
