//! Batch normalization.

use std::sync::Arc;

use grad::Var;
use grad::ops::{Moments, batch_norm, batch_norm_predict, sparse_product};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::sparse::Sparse;
use tensor::{Real, Tensor};

use super::{Kind, each_step};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Batch normalization, $y = \gamma (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$ with the moments $\mu$,
/// $\sigma^2$ of each feature and learned $\gamma$, $\beta$ \[Ioffe2015\].
///
/// Training uses the moments of the batch and keeps running ones, $r \leftarrow (1-m) r + m r_\text{batch}$ (the
/// running variance is the unbiased one); prediction uses the running ones.
///
/// Input and output `[batch, features]`; of sequences, images and graphs the moments are those over all steps, pixels
/// or nodes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct BatchNorm {
    /// Weight $m$ of the latest batch in the running moments.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub momentum: f64,
    /// Keeps the quotient finite, $\varepsilon$.
    #[schemars(range(min = 0.0))]
    pub epsilon: f64,
}

impl Default for BatchNorm {
    fn default() -> Self {
        BatchNorm { momentum: 0.1, epsilon: 1e-5 }
    }
}

impl Kind for BatchNorm {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let features = inputs.features();
        builder.vector("gamma", features, 1.0);
        builder.vector("beta", features, 0.0);
        builder.buffer("running_mean", features, 0.0);
        builder.buffer("running_variance", features, 1.0);
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        each_step(x, form, |x| self.apply_steps(x, cx))
    }

    fn keeps(&self) -> bool {
        true
    }
}

impl BatchNorm {
    /// Of the steps of sequences, of which those after an end do not count.
    fn apply_steps<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(lengths) = cx.lengths() else { return self.apply_rows(x, cx) };
        let (all, _) = x.value().shape().as_matrix();
        let steps = all / lengths.len().max(1);
        let is_real = |at: &usize| at % steps < lengths[at / steps];
        let real: Vec<usize> = (0..all).filter(is_real).collect();
        let starts = std::iter::once(0).chain((0..all).scan(0, |n, at| {
            *n += usize::from(is_real(&at));
            Some(*n)
        }));
        let back = Arc::new(Sparse::new(real.len(), starts.collect(), (0..real.len()).collect(), Vec::new()));
        let picked = sparse_product(&Arc::new(Sparse::picking(all, real)), x);
        sparse_product(&back, self.apply_rows(picked, cx))
    }

    fn apply_rows<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let (gamma, beta) = (cx.parameter(), cx.parameter());
        let (n, k) = x.value().shape().as_matrix();
        // A single row has no variance: its batch is normalized by the running moments.
        if !cx.trains() || n < 2 {
            let read = |values: &mut [T]| Tensor::new([k], values.to_vec());
            let running = Moments { mean: cx.buffer(read), variance: cx.buffer(read) };
            return batch_norm_predict(x, gamma, beta, &running, self.epsilon);
        }
        let (y, batch) = batch_norm(x, gamma, beta, self.epsilon);
        let (old, new) = (T::of(1.0 - self.momentum), T::of(self.momentum));
        let unbiased = T::of(n as f64 / (n - 1) as f64);
        let keep = |running: &mut [T], batch: &Tensor<T>, factor: T| {
            running.iter_mut().zip(batch.data()).for_each(|(r, &b)| *r = old * *r + new * factor * b);
        };
        cx.buffer(|running| keep(running, &batch.mean, T::ONE));
        cx.buffer(|running| keep(running, &batch.variance, unbiased));
        y
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, FLAT, STEPS, graphs};
    [FLAT, STEPS, DEEP_IMAGE, graphs()].map(|form| (form, Layer::BatchNorm(BatchNorm::default()))).into()
}
