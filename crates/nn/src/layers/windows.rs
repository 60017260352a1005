//! Pooling: one number from each window of a sequence or of an image.

use std::ops::Range;

use grad::{Var, ops};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::windows::{By, Windows as Kernel};

use super::ends::{after_stride, without_ends};
use super::{GRIDS, Kind};
use crate::form::{Form, Grid};
use crate::parameters::{Builder, Context};

/// Pooling \[LeCun1998\]: one number for each feature from every window of positions. Positions outside are left out.
///
/// Input `[batch, steps, features]` or `[batch, height, width, features]`; along each axis of $n$ positions the
/// output has $\lfloor (n + 2p - w)/s \rfloor + 1$ with windows of $w$, stride $s$ and padding $p$.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Windows {
    /// Size of a window $w$ along each axis, in positions.
    #[schemars(range(min = 1))]
    pub window: usize,
    /// Stride $s$ from one window to the next, in positions; by default the window, without overlap.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1))]
    pub stride: Option<usize>,
    /// Padding $p$: positions outside, on each side, that the first and the last window may cover.
    pub padding: usize,
}

impl Default for Windows {
    fn default() -> Self {
        Windows { window: 2, stride: None, padding: 0 }
    }
}

impl Windows {
    /// Windows along an axis of `n` places.
    fn along(&self, n: usize) -> Vec<Range<usize>> {
        let (window, stride) = (self.window.max(1), self.stride.unwrap_or(self.window).max(1));
        let count = (n + 2 * self.padding).checked_sub(window).map_or(0, |rest| rest / stride + 1);
        let place = |at: usize| at.saturating_sub(self.padding).min(n);
        (0..count).map(|at| place(at * stride)..place(at * stride + window)).collect()
    }

    pub(super) fn kernel(&self, grid: Grid) -> Kernel {
        let rows = if grid.line { whole(1) } else { self.along(grid.size[0]) };
        Kernel { size: grid.size, channels: grid.features, rows, columns: self.along(grid.size[1]) }
    }
}

/// That number of each window.
impl Kind for (By, &Windows) {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        let grid = inputs.grid().ok_or(GRIDS)?;
        let kernel = self.1.kernel(grid);
        if kernel.rows.is_empty() || kernel.columns.is_empty() {
            return Err("more positions than a window has");
        }
        if kernel.rows.iter().chain(&kernel.columns).any(Range::is_empty) {
            return Err("a `padding` that leaves each window a position inside");
        }
        Ok(grid.form([kernel.rows.len(), kernel.columns.len()], grid.features))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let (Some(grid), (by, layer)) = (form.grid(), *self) else { return x };
        let x = without_ends(x, grid, cx);
        after_stride(grid, cx, |steps| layer.along(steps).len());
        ops::pool(x, &layer.kernel(grid), by)
    }
}

/// One window over all `n` places of an axis.
fn whole(n: usize) -> Vec<Range<usize>> {
    std::iter::once(0..n).collect()
}

/// Adaptive pooling \[He2014\]: window $i$ of $m$ covers the positions from $\lfloor i n / m\rfloor$ to
/// $\lceil (i + 1) n / m\rceil$ of $n$, and neighboring windows may overlap,
/// $y_{ic} = \operatorname{reduce}_{j \in W_i} x_{jc}$ for each feature $c$.
///
/// Input `[batch, steps, features]`, output `[batch, places, features]`; or input `[batch, height, width, features]`,
/// output `[batch, places, places, features]`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdaptivePool {
    /// Positions $m$ of the output along each axis.
    #[serde(default = "one")]
    #[schemars(range(min = 1))]
    pub places: usize,
    /// Reduction of each window.
    #[serde(default)]
    pub by: Take,
}

/// Reduction of the numbers of a window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Take {
    /// The mean.
    #[default]
    Mean,
    /// The maximum.
    Max,
    /// The root of the sum of squares.
    L2,
}

fn one() -> usize {
    1
}

impl AdaptivePool {
    fn kernel(&self, grid: Grid) -> Kernel {
        let along = |n: usize| -> Vec<Range<usize>> {
            let places = self.places.max(1);
            (0..places).map(|at| at * n / places..((at + 1) * n).div_ceil(places)).collect()
        };
        let rows = if grid.line { whole(1) } else { along(grid.size[0]) };
        Kernel { size: grid.size, channels: grid.features, rows, columns: along(grid.size[1]) }
    }
}

impl Kind for AdaptivePool {
    fn build(&self, inputs: Form, _: &mut Builder) -> Result<Form, &'static str> {
        let grid = inputs.grid().ok_or(GRIDS)?;
        Ok(grid.form(grid.along(self.places.max(1)), grid.features))
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(grid) = form.grid() else { return x };
        let by = match self.by {
            Take::Mean => By::Mean,
            Take::Max => By::Max,
            Take::L2 => By::L2,
        };
        let x = without_ends(x, grid, cx);
        cx.set_lengths(None);
        ops::pool(x, &self.kernel(grid), by)
    }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    use super::samples::{DEEP_IMAGE, IMAGE, STEPS};
    let overlapping = || Layer::MaxPool(Windows { window: 2, stride: Some(1), padding: 0 });
    vec![
        (STEPS, overlapping()),
        (IMAGE, overlapping()),
        (IMAGE, Layer::MaxPool(Windows { window: 3, stride: Some(2), padding: 1 })),
        (IMAGE, Layer::AveragePool(Windows::default())),
        (IMAGE, Layer::L2Pool(Windows::default())),
        (STEPS, Layer::AdaptivePool(AdaptivePool { places: 2, by: Take::Mean })),
        (DEEP_IMAGE, Layer::AdaptivePool(AdaptivePool { places: 2, by: Take::Max })),
        (IMAGE, Layer::AdaptivePool(AdaptivePool { places: 1, by: Take::L2 })),
    ]
}
