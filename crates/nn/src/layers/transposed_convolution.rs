//! The transpose of a convolution: more places instead of fewer.

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::convolution::Convolution as Geometry;

use super::convolution::dividing;
use super::ends::{after_stride, without_ends};
use super::{Activation, GRIDS, Kind, each_step};
use crate::form::{Form, Grid};
use crate::parameters::{Builder, Context};

/// Transposed convolution \[Dumoulin2016\], along a sequence or over both axes of an image: each position is spread
/// over all positions that the kernel of a convolution with the same settings would have seen,
/// $y_{s t + d j - p} \mathrel{+}= W_j^\top x_t$, so a stride above 1 makes the grid finer.
///
/// Input `[batch, steps, inputs]` or `[batch, height, width, inputs]`. The output has `features` in place of `inputs`
/// and, along each axis of $n$ positions, $s(n - 1) + d(k - 1) + 1 - 2p + o$ positions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransposedConvolution {
    /// Number of output features (filters, channels).
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Kernel size $k$ along each axis, in positions.
    #[serde(default = "two")]
    #[schemars(range(min = 1))]
    pub kernel: usize,
    /// Dilation $d$: positions from one element of the kernel to the next.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub dilation: usize,
    /// Stride $s$: positions by which the kernel moves.
    #[serde(default = "two")]
    #[schemars(range(min = 1))]
    pub stride: usize,
    /// Padding $p$: positions that are cropped on each side.
    #[serde(default)]
    pub padding: usize,
    /// Output padding $o$: positions that are added on the far side.
    #[serde(default)]
    pub more: usize,
    /// Number of groups into which inputs and outputs are split; each group of outputs sees its own group of inputs.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub groups: usize,
    /// Activation function $f$ after the layer.
    #[serde(default)]
    pub activation: Activation,
}

fn one() -> usize {
    1
}

fn two() -> usize {
    2
}

impl TransposedConvolution {
    /// Twice as many places, each from one.
    pub fn new(features: usize, activation: Activation) -> Self {
        let (kernel, stride) = (2, 2);
        TransposedConvolution { features, kernel, dilation: 1, stride, padding: 0, more: 0, groups: 1, activation }
    }

    /// The convolution whose transpose it is: from what this layer gives to what it gets.
    fn geometry(&self, grid: Grid) -> Option<Geometry> {
        let stride = self.stride.max(1);
        let size = |places: usize| {
            let all = stride * (places.max(1) - 1) + self.dilation * (self.kernel.max(1) - 1) + 1 + self.more;
            all.checked_sub(2 * self.padding).filter(|size| *size > 0)
        };
        let cut = [self.padding, self.padding];
        let sizes = if grid.line { [1, size(grid.size[1])?] } else { [size(grid.size[0])?, size(grid.size[1])?] };
        let of = Geometry {
            size: sizes,
            channels: self.features,
            features: grid.features,
            kernel: grid.along(self.kernel),
            stride: grid.along(stride),
            dilation: grid.along(self.dilation),
            padding: if grid.line { [[0, 0], cut] } else { [cut, cut] },
            groups: self.groups,
        };
        (of.output() == grid.size).then_some(of)
    }
}

impl Kind for TransposedConvolution {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let grid = inputs.grid().ok_or(GRIDS)?;
        let groups = dividing(self.groups, grid.features, self.features)?;
        let Some(of) = self.geometry(grid) else {
            return Err("a `padding` that leaves something, and `more` that is smaller than the stride");
        };
        let seen = of.kernel[0] * of.kernel[1] * self.features / groups;
        builder.weight("weight", [seen, grid.features], self.activation.initialize());
        builder.vector("bias", self.features, 0.0);
        Ok(grid.form(of.size, self.features))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(grid) = form.grid() else { return x };
        let Some(of) = self.geometry(grid) else { return x };
        let x = without_ends(x, grid, cx);
        after_stride(grid, cx, |steps| self.geometry(Grid { size: [1, steps], ..grid }).map_or(0, |of| of.size[1]));
        let (weight, bias) = (cx.parameter(), cx.parameter());
        let y = ops::transposed_convolution(x, weight, bias, &of);
        each_step(y, grid.form(of.size, self.features), |y| self.activation.apply(y))
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, IMAGE, STEPS};
    let (twice, odd) =
        (TransposedConvolution::new(3, Activation::Tanh), TransposedConvolution::new(2, Activation::Relu));
    let odd = TransposedConvolution { kernel: 3, padding: 1, more: 1, groups: 2, ..odd };
    let layers = [(STEPS, twice.clone()), (IMAGE, twice), (DEEP_IMAGE, odd)];
    layers.map(|(form, layer)| (form, Layer::TransposedConvolution(layer))).into()
}
