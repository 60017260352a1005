//! The first values of weights.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Random;
use tensor::{Real, linalg};

/// Initial weights of a layer; biases begin at zero.
///
/// With $n_\text{in}$ inputs and $n_\text{out}$ outputs of the layer:
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Initialize {
    /// All zero: every unit of a layer then stays like its neighbors.
    Zeros,
    /// Normal with standard deviation 0.05.
    Normal,
    /// Uniform in $[-0.05, 0.05]$.
    Uniform,
    /// Normal with variance $2/(n_\text{in}+n_\text{out})$ \[Glorot2010\].
    XavierNormal,
    /// Uniform with the same variance \[Glorot2010\].
    XavierUniform,
    /// Normal with variance $2/n_\text{in}$ \[He2015\].
    HeNormal,
    /// Uniform with the same variance \[He2015\].
    HeUniform,
    /// A random orthogonal matrix \[Saxe2014\].
    Orthogonal,
}

impl Initialize {
    /// Fills `w: [inputs, outputs]`.
    pub fn fill<T: Real>(self, w: &mut [T], inputs: usize, outputs: usize, random: &mut Random) {
        let (fan_in, fan_sum) = (inputs.max(1) as f64, (inputs + outputs).max(1) as f64);
        match self {
            Initialize::Zeros => w.fill(T::ZERO),
            Initialize::Normal => normal(w, 0.05, random),
            Initialize::Uniform => uniform(w, 0.05, random),
            Initialize::XavierNormal => normal(w, (2.0 / fan_sum).sqrt(), random),
            Initialize::XavierUniform => uniform(w, (6.0 / fan_sum).sqrt(), random),
            Initialize::HeNormal => normal(w, (2.0 / fan_in).sqrt(), random),
            Initialize::HeUniform => uniform(w, (6.0 / fan_in).sqrt(), random),
            Initialize::Orthogonal => {
                let numbers: Vec<f64> = (0..w.len()).map(|_| random.normal()).collect();
                let q = linalg::orthonormal(&numbers, inputs, outputs);
                w.iter_mut().zip(q).for_each(|(w, q)| *w = T::of(q));
            }
        }
    }
}

fn normal<T: Real>(w: &mut [T], deviation: f64, random: &mut Random) {
    w.iter_mut().for_each(|w| *w = T::of(deviation * random.normal()));
}

fn uniform<T: Real>(w: &mut [T], limit: f64, random: &mut Random) {
    w.iter_mut().for_each(|w| *w = T::of(limit * (2.0 * random.uniform() - 1.0)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    #[test]
    fn the_variance_is_the_promised_one() {
        for (kind, variance) in [
            (Initialize::Normal, 0.0025),
            (Initialize::Uniform, 0.0025 / 3.0),
            (Initialize::XavierNormal, 2.0 / 500.0),
            (Initialize::XavierUniform, 2.0 / 500.0),
            (Initialize::HeNormal, 2.0 / 200.0),
            (Initialize::HeUniform, 2.0 / 200.0),
        ] {
            let mut w = vec![0.0_f64; 200 * 300];
            kind.fill(&mut w, 200, 300, &mut Key::new(0, "test").random());
            let found = w.iter().map(|w| w * w).sum::<f64>() / w.len() as f64;
            assert!((found / variance - 1.0).abs() < 0.05, "{kind:?}: {found} instead of {variance}");
        }
    }

    #[test]
    fn an_orthogonal_matrix_has_orthonormal_columns_or_rows() {
        for (inputs, outputs) in [(7, 4), (4, 7), (5, 5)] {
            let mut w = vec![0.0_f64; inputs * outputs];
            Initialize::Orthogonal.fill(&mut w, inputs, outputs, &mut Key::new(0, "test").random());
            let tall = inputs >= outputs;
            let short = inputs.min(outputs);
            let at = |i: usize, k: usize| if tall { w[k * outputs + i] } else { w[i * outputs + k] };
            for i in 0..short {
                for j in 0..short {
                    let dot: f64 = (0..inputs.max(outputs)).map(|k| at(i, k) * at(j, k)).sum();
                    assert!((dot - f64::from(u8::from(i == j))).abs() < 1e-12);
                }
            }
        }
    }
}
