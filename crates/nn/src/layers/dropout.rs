//! Dropout.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::dropout as kernel;
use tensor::random::Key;
use tensor::{Device, Real};

use super::Kind;
use crate::form::Form;
use crate::parameters::{Builder, Context, Mode};

/// Dropout \[Srivastava2014\]: in training $y = m \odot x/(1 - r)$ with $m_i \sim \mathrm{Bernoulli}(1 - r)$, so that
/// each number becomes zero with probability $r$ and the expected value stays the same; in prediction $y = x$.
///
/// Input and output have the same shape. An MC dropout sample of the predictions keeps one mask for all rows
/// \[Gal2016\].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dropout {
    /// Dropout probability $r$.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub rate: f64,
}

impl Kind for Dropout {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, _: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        self.apply_part(x, 0, cx)
    }

    fn draws(&self) -> bool {
        self.rate > 0.0
    }

    fn keeps(&self) -> bool {
        true
    }
}

impl Dropout {
    /// As a part of a layer; masks of parts are drawn apart.
    pub(crate) fn apply_part<'t, T: Real>(&self, x: Var<'t, T>, part: usize, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        match (cx.mode, cx.key(part)) {
            (Mode::Train(_), Some(key)) => ops::dropout(x, self.rate, key),
            (Mode::Sample(_), Some(key)) => self.thin(x, key),
            _ => x,
        }
    }

    /// One mask for all rows, so that no row depends on its neighbors.
    fn thin<'t, T: Real>(&self, x: Var<'t, T>, key: Key) -> Var<'t, T> {
        let shape = x.value().shape();
        let (ones, mut mask) = (vec![T::ONE; shape.as_matrix().1], vec![T::ZERO; shape.as_matrix().1]);
        kernel::dropout(&Device::cpu(1), self.rate, key, &ones, &mut mask);
        let rows = x.tape().device().tensor(shape, |rows| {
            rows.chunks_exact_mut(mask.len().max(1)).for_each(|row| row.copy_from_slice(&mask));
        });
        ops::mul(x, x.tape().constant(rows))
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{FLAT, STEPS, graphs};
    [FLAT, STEPS, graphs()].map(|form| (form, Layer::Dropout(Dropout { rate: 0.4 }))).into()
}
