//! The perceptron and the delta rule.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::random::Key;

use super::linear::{FittedLinear, Link};
use crate::examples::{Examples, Targets};

/// One layer of threshold units that learns row by row, without a gradient.
///
/// With $y = \pm1$ and $s = w^\top x + b$: the perceptron rule \[Rosenblatt1958\], $w \leftarrow w + \eta y x$
/// whenever $y s \le 0$, ends without errors if the classes can be separated by a plane. The delta rule
/// \[Widrow1960\], $w \leftarrow w + \eta (y - s) x / \overline{1 + \lVert x\rVert^2}$ for every row, learns classes
/// or numbers; without the mean over all rows in the denominator it would diverge where there are many features. More
/// than two classes are learned one against the rest.
///
/// Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Perceptron {
    /// Learning rule; numbers are always learned by the delta rule.
    pub rule: Rule,
    /// Learning rate $\eta$; the delta rule needs one below 2.
    #[schemars(range(min = 0.0))]
    pub learning_rate: f64,
    /// Passes over the rows, at most; the perceptron rule ends after a pass without errors.
    #[schemars(range(min = 1))]
    pub epochs: usize,
}

impl Default for Perceptron {
    fn default() -> Self {
        Perceptron { rule: Rule::Perceptron, learning_rate: 0.01, epochs: 100 }
    }
}

/// Learning rule of a perceptron.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// Perceptron rule: only wrong predictions change weights.
    Perceptron,
    /// Delta rule: every difference between sum and target changes weights.
    Delta,
}

impl Perceptron {
    /// Learns; the order of rows follows from `seed` and epoch.
    pub fn fit<T: Real>(&self, examples: &Examples<T>, seed: u64) -> FittedLinear {
        let (outputs, rule, link) = match examples.targets {
            Targets::Numbers { width, .. } => (width, Rule::Delta, Link::Identity),
            Targets::Classes { count: 0..=2, .. } => (1, self.rule, Link::Decide),
            Targets::Classes { count, .. } => (count, self.rule, Link::Decide),
        };
        let target = |row: usize, unit: usize| match &examples.targets {
            Targets::Numbers { width, values } => values[row * width + unit].to_f64(),
            Targets::Classes { count, labels } => {
                let positive = if *count <= 2 { labels[row] == 1 } else { labels[row] == unit };
                if positive { 1.0 } else { -1.0 }
            }
        };
        let mut fitted =
            FittedLinear { weights: vec![0.0; examples.width * outputs], intercepts: vec![0.0; outputs], link };
        let squares = |row: usize| examples.row(row).iter().map(|x| x.to_f64().powi(2)).sum::<f64>();
        let n = examples.n_rows();
        let size = match rule {
            Rule::Perceptron => 1.0,
            Rule::Delta => 1.0 + (0..n).map(squares).sum::<f64>() / n.max(1) as f64,
        };
        for epoch in 0..self.epochs {
            let mut wrong = 0;
            for row in Key::new(seed, "order").at(epoch, 0).random().permutation(n) {
                let weight = examples.weight(row);
                for unit in 0..outputs {
                    let y = target(row, unit);
                    let x = examples.row(row);
                    let sums = x.iter().enumerate().map(|(i, x)| x.to_f64() * fitted.weights[i * outputs + unit]);
                    let sum = fitted.intercepts[unit] + sums.sum::<f64>();
                    let error = match rule {
                        Rule::Perceptron if y * sum > 0.0 => continue,
                        Rule::Perceptron => y,
                        Rule::Delta if y.is_nan() => continue,
                        Rule::Delta => y - sum,
                    };
                    wrong += 1;
                    let step = self.learning_rate * weight * error / size;
                    fitted.intercepts[unit] += step;
                    for (i, x) in x.iter().enumerate() {
                        fitted.weights[i * outputs + unit] += step * x.to_f64();
                    }
                }
            }
            if wrong == 0 {
                break;
            }
        }
        fitted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn and_gate() -> Examples<f64> {
        let x = vec![0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
        Examples { width: 2, x, targets: Targets::Classes { count: 2, labels: vec![0, 0, 0, 1] }, weights: Vec::new() }
    }

    #[test]
    fn the_perceptron_rule_separates_what_a_plane_can_separate() {
        let data = and_gate();
        let fitted = Perceptron::default().fit(&data, 0);
        assert_eq!(fitted.predict(&data.x), [1.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
    }

    /// Least squares of the gate with targets -1 and 1: weights 1 and 1, intercept -1.5.
    #[test]
    fn the_delta_rule_approaches_least_squares() {
        let perceptron = Perceptron { rule: Rule::Delta, learning_rate: 0.02, epochs: 3000 };
        let fitted = perceptron.fit(&and_gate(), 0);
        assert!((fitted.weights[0] - 1.0).abs() < 0.02 && (fitted.intercepts[0] + 1.5).abs() < 0.02, "{fitted:?}");
    }
}
