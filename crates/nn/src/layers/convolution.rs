//! Convolution along a sequence or over an image.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::kernels::convolution::Convolution as Geometry;
use tensor::{Real, Tensor};

use super::ends::{after_stride, without_ends};
use super::{Activation, Kind, SEQUENCES, Windows, each_step};
use crate::form::{Form, Grid};
use crate::parameters::{Builder, Context};

/// Convolution \[LeCun1989\], along a sequence $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$, or over both axes of
/// an image, with stride $s$, dilation $d$ and padding $p$; values outside are zero.
///
/// Input `[batch, steps, inputs]` or `[batch, height, width, inputs]`. The output has `features` in place of `inputs`
/// and, along each axis of $n$ positions, $\lfloor (n + 2p - d(k - 1) - 1)/s \rfloor + 1$ positions with $p$ zeros on
/// each side and a kernel of $k$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Convolution {
    /// Number of output features (filters, channels).
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Kernel size $k$ along each axis, in positions.
    #[serde(default = "three")]
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Dilation $d$: positions from one element of the kernel to the next.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub dilation: usize,
    /// Stride $s$: positions by which the kernel moves.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub stride: usize,
    /// Padding at the ends of each axis.
    #[serde(default)]
    pub padding: Padding,
    /// Number of groups into which inputs and outputs are split; each group of outputs sees its own group of inputs.
    /// As many as inputs: a depthwise convolution.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub groups: usize,
    /// Activation function $f$ after the layer.
    #[serde(default)]
    pub activation: Activation,
    /// Add $b$; of no use before batch normalization, which subtracts means.
    #[serde(default = "with_bias")]
    pub bias: bool,
}

/// Padding of a convolution at the ends of a sequence or of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Padding {
    /// Zeros on both sides, so that the output has as many positions as the input, divided by the stride.
    #[default]
    Same,
    /// Zeros before the first step only, so that no step sees a later one; for sequences.
    Causal,
    /// No zeros: the output has fewer positions.
    Valid,
    /// This number of zeros on each side.
    Zeros(usize),
}

fn one() -> usize {
    1
}

fn three() -> usize {
    3
}

fn with_bias() -> bool {
    true
}

impl Convolution {
    /// One place at a time, without dilation.
    pub fn new(features: usize, kernel: usize, activation: Activation) -> Self {
        let padding = Padding::Same;
        Convolution { features, kernel, dilation: 1, stride: 1, padding, groups: 1, activation, bias: true }
    }

    /// Which numbers it sees of a grid.
    pub(super) fn geometry(&self, grid: Grid) -> Geometry {
        let Convolution { features, kernel, dilation, stride, groups, .. } = *self;
        let reach = dilation * (kernel.max(1) - 1);
        let padding = match self.padding {
            Padding::Valid => [0, 0],
            Padding::Causal => [reach, 0],
            Padding::Same => [reach / 2, reach - reach / 2],
            Padding::Zeros(n) => [n, n],
        };
        Geometry {
            size: grid.size,
            channels: grid.features,
            features,
            kernel: grid.along(kernel),
            stride: grid.along(stride.max(1)),
            dilation: grid.along(dilation),
            padding: if grid.line { [[0, 0], padding] } else { [padding, padding] },
            groups,
        }
    }

    /// With the largest numbers of windows after it, where a rectifier stands between them and all sequences are whole.
    pub(super) fn apply_pooled<'t, T: Real>(
        &self,
        pool: &Windows,
        x: Var<'t, T>,
        grid: Grid,
        cx: &Context<'t, '_, T>,
    ) -> Option<Var<'t, T>> {
        if self.activation != Activation::Relu || cx.lengths().is_some() {
            return None;
        }
        let of = self.geometry(grid);
        let windows = pool.kernel(Grid { size: of.output(), features: self.features, ..grid });
        let (weight, bias) = self.parameters(cx, x);
        Some(ops::convolution_max_pool(x, weight, bias, &of, &windows))
    }

    fn parameters<'t, T: Real>(&self, cx: &Context<'t, '_, T>, x: Var<'t, T>) -> (Var<'t, T>, Var<'t, T>) {
        let weight = cx.parameter();
        (weight, if self.bias { cx.parameter() } else { x.tape().constant(Tensor::zeros([self.features])) })
    }
}

/// Along which axes a filter slides.
#[derive(Clone, Copy)]
pub(super) enum Axes {
    Steps,
    Image,
}

impl Axes {
    fn of(self, inputs: Form) -> Result<Grid, &'static str> {
        match (inputs.grid(), self) {
            (Some(grid), Axes::Steps) if grid.line => Ok(grid),
            (Some(grid), Axes::Image) if !grid.line => Ok(grid),
            (_, Axes::Steps) => Err(SEQUENCES),
            (_, Axes::Image) => Err("images, of which the layers before it keep the pixels"),
        }
    }
}

/// Along these axes.
impl Kind for (Axes, &Convolution) {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let (axes, layer) = *self;
        let grid = axes.of(inputs)?;
        if layer.padding == Padding::Causal && !grid.line {
            return Err("sequences for `padding` = `causal`; images have `same`, `valid` or a number of zeros");
        }
        let groups = dividing(layer.groups, grid.features, layer.features)?;
        let of = layer.geometry(grid);
        let size = of.output();
        if size.contains(&0) {
            return Err("more positions than its kernel covers, or another `padding`");
        }
        let seen = of.kernel[0] * of.kernel[1] * grid.features / groups;
        builder.weight("weight", [seen, layer.features], layer.activation.initialize());
        if layer.bias {
            builder.vector("bias", layer.features, 0.0);
        }
        Ok(grid.form(size, layer.features))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let (Some(grid), (_, layer)) = (form.grid(), *self) else { return x };
        let of = layer.geometry(grid);
        let x = without_ends(x, grid, cx);
        after_stride(grid, cx, |steps| layer.geometry(Grid { size: [1, steps], ..grid }).output()[1]);
        let (weight, bias) = layer.parameters(cx, x);
        if layer.activation == Activation::Relu {
            return ops::convolution(x, weight, bias, &of, true);
        }
        let y = ops::convolution(x, weight, bias, &of, false);
        each_step(y, grid.form(of.output(), layer.features), |y| layer.activation.apply(y))
    }
}

/// The number of groups, which divides inputs and features.
pub(super) fn dividing(groups: usize, inputs: usize, features: usize) -> Result<usize, &'static str> {
    let groups = groups.max(1);
    match inputs.is_multiple_of(groups) && features.is_multiple_of(groups) {
        true => Ok(groups),
        false => Err("inputs that `groups` divides, as it must its features"),
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, IMAGE, STEPS};
    use Activation::{Elu, Gelu, Linear, Relu, Softmax, Tanh};
    let along = [
        Convolution::new(4, 3, Relu),
        Convolution { dilation: 2, padding: Padding::Causal, ..Convolution::new(2, 2, Tanh) },
        Convolution { stride: 2, padding: Padding::Valid, ..Convolution::new(3, 2, Linear) },
        Convolution { groups: 2, bias: false, ..Convolution::new(4, 3, Gelu) },
    ];
    let over = [
        (IMAGE, Convolution::new(3, 3, Relu)),
        (IMAGE, Convolution { stride: 2, ..Convolution::new(4, 3, Elu) }),
        (IMAGE, Convolution { padding: Padding::Valid, ..Convolution::new(3, 2, Softmax) }),
        (DEEP_IMAGE, Convolution { groups: 2, dilation: 2, ..Convolution::new(4, 2, Linear) }),
        (DEEP_IMAGE, Convolution { padding: Padding::Zeros(2), ..Convolution::new(2, 3, Relu) }),
    ];
    let along = along.into_iter().map(|layer| (STEPS, Layer::Convolution1d(layer)));
    along.chain(over.into_iter().map(|(form, layer)| (form, Layer::Convolution2d(layer)))).collect()
}
