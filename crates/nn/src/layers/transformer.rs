//! Blocks of a Transformer.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;

use super::{Activation, Attention, Dense, Dropout, Kind, LayerNorm, SEQUENCES, each_step};
use crate::form::Form;
use crate::parameters::{Builder, Context};

/// Encoder block of a Transformer \[Vaswani2017\], with normalization before each part \[Xiong2020\]:
/// $Z = X + \operatorname{attention}(\operatorname{norm} X)$, then
/// $Y = Z + \operatorname{gelu}(\operatorname{norm}(Z)\, W_1 + b_1)\, W_2 + b_2$ for each step.
///
/// Input and output `[batch, steps, features]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Transformer {
    /// Number of heads; it divides the features.
    #[schemars(range(min = 1))]
    pub heads: usize,
    /// Hidden width between the two dense layers; 0 for four times the features.
    pub hidden: usize,
    /// Dropout probability after each part.
    #[schemars(range(min = 0.0, max = 0.95))]
    pub dropout: f64,
    /// Causal mask: no step attends to a later one.
    pub causal: bool,
}

impl Default for Transformer {
    fn default() -> Self {
        Transformer { heads: 4, hidden: 0, dropout: 0.1, causal: false }
    }
}

/// The parts of a block.
struct Parts {
    norm: LayerNorm,
    attention: Attention,
    first: Dense,
    second: Dense,
    dropout: Dropout,
}

impl Transformer {
    fn parts(&self, features: usize) -> Parts {
        let hidden = if self.hidden == 0 { 4 * features } else { self.hidden };
        Parts {
            norm: LayerNorm::default(),
            attention: Attention { heads: self.heads, causal: self.causal },
            first: Dense::new(hidden, Activation::Gelu),
            second: Dense::new(features, Activation::Linear),
            dropout: Dropout { rate: self.dropout },
        }
    }
}

impl Kind for Transformer {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let parts = self.parts(inputs.features());
        builder.within("attention", |builder| {
            parts.norm.build(inputs, builder)?;
            parts.attention.build(inputs, builder)
        })?;
        builder.within("first", |builder| {
            parts.norm.build(inputs, builder)?;
            parts.first.build(inputs, builder)
        })?;
        builder.within("second", |builder| parts.second.build(inputs.with(parts.first.features), builder))?;
        Ok(inputs)
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let parts = self.parts(form.features());
        let normal = |x: Var<'t, T>| parts.norm.apply(x, form, cx);
        let looked = parts.attention.apply(normal(x), form, cx);
        let x = ops::add(x, parts.dropout.apply_part(looked, 0, cx));
        let inner = each_step(normal(x), form, |x| parts.second.apply_rows(parts.first.apply_rows(x, cx), cx));
        ops::add(x, parts.dropout.apply_part(inner, 1, cx))
    }

    fn draws(&self) -> bool {
        self.dropout > 0.0
    }
}

/// Sinusoidal positional encoding \[Vaswani2017\]: adds $\sin(t/10000^{2i/F})$ to feature $2i$ of step $t$ and
/// $\cos(t/10000^{2i/F})$ to feature $2i + 1$, of $F$ features.
///
/// Input and output `[batch, steps, features]`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Positions {}

impl Kind for Positions {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        if matches!(inputs, Form::Sequence { .. }) { Ok(inputs) } else { Err(SEQUENCES) }
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, _: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, features } = form else { return x };
        let value = x.value();
        let place = |step: usize, f: usize| {
            let angle = step as f64 / 10_000_f64.powf((f - f % 2) as f64 / features as f64);
            T::of(if f.is_multiple_of(2) { angle.sin() } else { angle.cos() })
        };
        let one: Vec<T> = (0..steps).flat_map(|step| (0..features).map(move |f| place(step, f))).collect();
        let all = x.tape().device().tensor(value.shape(), |all| {
            all.chunks_exact_mut(one.len().max(1)).for_each(|row| row.copy_from_slice(&one));
        });
        ops::add(x, x.tape().constant(all))
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::STEPS;
    let block = Transformer { heads: 1, hidden: 5, dropout: 0.3, causal: false };
    vec![(STEPS, Layer::Transformer(block)), (STEPS, Layer::Positions(Positions {}))]
}
