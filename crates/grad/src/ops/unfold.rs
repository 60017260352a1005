//! Neighbouring steps side by side, so that a convolution is one product.

use std::sync::Arc;

use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// Which steps stand side by side.
#[derive(Clone, Debug)]
pub struct Unfold {
    /// Steps of the longest sequence.
    pub steps: usize,
    /// Steps that stand side by side.
    pub kernel: usize,
    /// From one of them to the next.
    pub dilation: usize,
    /// From one group to the next.
    pub stride: usize,
    /// Steps of zeros before the first and behind the last.
    pub padding: [usize; 2],
    /// Steps of each sequence, where they differ; what stands behind counts as zero.
    pub lengths: Option<Arc<[usize]>>,
}

impl Unfold {
    /// How many groups there are.
    pub fn groups(&self) -> usize {
        let reach = self.dilation * (self.kernel.max(1) - 1) + 1;
        let all = self.steps + self.padding[0] + self.padding[1];
        if all < reach { 0 } else { (all - reach) / self.stride.max(1) + 1 }
    }

    /// For each group and each place in it the step that stands there, and its number in the group.
    fn places(&self, length: usize) -> impl Iterator<Item = (usize, usize)> {
        let (kernel, dilation, stride, before) = (self.kernel, self.dilation, self.stride, self.padding[0]);
        (0..self.groups() * kernel).filter_map(move |at| {
            let step = (at / kernel * stride + at % kernel * dilation).checked_sub(before)?;
            (step < length).then_some((at, step))
        })
    }
}

/// Of `x: [rows, steps * features]` the groups of steps, `[rows * groups, kernel * features]`.
///
/// # Panics
/// If shapes do not fit.
pub fn unfold<'t, T: Real>(x: Var<'t, T>, unfold: &Unfold) -> Var<'t, T> {
    let (xv, unfold, groups) = (x.value(), unfold.clone(), unfold.groups());
    let (rows, width) = xv.shape().as_matrix();
    let features = width / unfold.steps.max(1);
    assert_eq!(width, unfold.steps * features, "{} steps of equal width", unfold.steps);
    let wide = groups * unfold.kernel * features;
    let length =
        move |unfold: &Unfold, row: usize| unfold.lengths.as_ref().map_or(unfold.steps, |lengths| lengths[row]);
    let mut y = Tensor::zeros([rows * groups, unfold.kernel * features]);
    for (row, (y, x)) in
        numbers(&mut y).chunks_exact_mut(wide.max(1)).zip(xv.data().chunks_exact(width.max(1))).enumerate()
    {
        for (at, step) in unfold.places(length(&unfold, row)) {
            y[at * features..][..features].copy_from_slice(&x[step * features..][..features]);
        }
    }
    x.tape().record("unfold", y, [x], move |dy, _| {
        let mut dx = Tensor::zeros(xv.shape());
        let both = numbers(&mut dx).chunks_exact_mut(width.max(1)).zip(dy.data().chunks_exact(wide.max(1)));
        for (row, (dx, dy)) in both.enumerate() {
            for (at, step) in unfold.places(length(&unfold, row)) {
                let dx = dx[step * features..][..features].iter_mut();
                dx.zip(&dy[at * features..][..features]).for_each(|(dx, &dy)| *dx += dy);
            }
        }
        [Some(dx)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::{Tape, ops::mul};
    use tensor::Device;

    const CAUSAL: Unfold = Unfold { steps: 4, kernel: 2, dilation: 2, stride: 1, padding: [2, 0], lengths: None };

    #[test]
    fn gradients() {
        let short = Unfold { lengths: Some([4, 1].into()), ..CAUSAL };
        let strided = Unfold { stride: 2, padding: [1, 1], ..CAUSAL };
        for (shape, n) in [(&CAUSAL, 8), (&short, 8), (&strided, 4)] {
            gradcheck([randn([2, 12], 1), randn([n, 6], 2)], |[x, by]| mul(unfold(x, shape), by));
        }
    }

    #[test]
    fn a_causal_group_holds_a_step_and_one_before_it() {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let x = tape.constant(Tensor::new([1, 4], vec![1.0, 2.0, 3.0, 4.0]));
        assert_eq!(unfold(x, &CAUSAL).value().data(), [0.0, 1.0, 0.0, 2.0, 1.0, 3.0, 2.0, 4.0]);
        let short = Unfold { lengths: Some([3].into()), ..CAUSAL };
        assert_eq!(unfold(x, &short).value().data(), [0.0, 1.0, 0.0, 2.0, 1.0, 3.0, 2.0, 0.0]);
    }
}
