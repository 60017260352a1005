//! Which number of the output sees which numbers of an image.

use crate::real::Real;

/// A convolution of images `[height, width, channels]` with weights `[kernel, kernel, channels / groups, features]`:
///
/// $$ y_{u v f} = b_f + \sum_{i j c} w_{i j c f}\, x_{s u + d i - p,\; s v + d j - p,\; c}, $$
///
/// where numbers outside the image are zero, and $c$ runs over the channels of the group of $f$. Pairs are vertical, horizontal.
#[derive(Clone, Debug, PartialEq)]
pub struct Convolution {
    /// Height and width of an image.
    pub size: [usize; 2],
    /// Numbers of each place of the image.
    pub channels: usize,
    /// Numbers of each place of the output.
    pub features: usize,
    /// Height and width of the filter.
    pub kernel: [usize; 2],
    /// Places by which it moves, $s$.
    pub stride: [usize; 2],
    /// From one place that it sees to the next, $d$.
    pub dilation: [usize; 2],
    /// Zeros before ($p$) and after the image.
    pub padding: [[usize; 2]; 2],
    /// Channels and features are split into so many groups, each of which sees its own.
    pub groups: usize,
}

impl Convolution {
    /// Height and width of the output; zero where the filter does not fit.
    pub fn output(&self) -> [usize; 2] {
        [0, 1].map(|axis| {
            let reach = self.dilation[axis] * (self.kernel[axis].max(1) - 1) + 1;
            let all = self.size[axis] + self.padding[axis][0] + self.padding[axis][1];
            if all < reach { 0 } else { (all - reach) / self.stride[axis].max(1) + 1 }
        })
    }

    /// Numbers of an image, of an output, of the weights.
    pub fn sizes(&self) -> [usize; 3] {
        let output = self.output();
        let weights = self.kernel[0] * self.kernel[1] * self.group_channels() * self.features;
        [self.size[0] * self.size[1] * self.channels, output[0] * output[1] * self.features, weights]
    }

    pub(super) fn group_channels(&self) -> usize {
        self.channels / self.groups.max(1)
    }

    pub(super) fn group_features(&self) -> usize {
        self.features / self.groups.max(1)
    }

    pub(super) fn padded(&self) -> [usize; 2] {
        [0, 1].map(|axis| self.size[axis] + self.padding[axis][0] + self.padding[axis][1])
    }

    /// Whether a line of the filter sees one stretch of numbers.
    pub(super) fn in_stretches(&self) -> bool {
        self.dilation[1] == 1 && self.groups == 1
    }

    /// Where in the padded image the stretches begin that the first place of the output sees, in the order of the weights.
    pub(super) fn segments(&self) -> Vec<usize> {
        let [_, wide] = self.padded();
        let across = if self.in_stretches() { 1 } else { self.kernel[1] };
        let start = |i: usize, j: usize| (i * self.dilation[0] * wide + j * self.dilation[1]) * self.channels;
        (0..self.kernel[0]).flat_map(|i| (0..across).map(move |j| start(i, j))).collect()
    }
}

/// An image `[size, channels]` with zeros around it.
pub(super) fn pad<T: Real>(x: &[T], size: [usize; 2], channels: usize, padding: [[usize; 2]; 2], to: &mut [T]) {
    let [[above, _], [left, right]] = padding;
    let (line, wide) = (size[1] * channels, (size[1] + left + right) * channels);
    to[..above * wide].fill(T::ZERO);
    to[(above + size[0]) * wide..].fill(T::ZERO);
    let lines = to[above * wide..].chunks_exact_mut(wide.max(1)).zip(x.chunks_exact(line.max(1)));
    for (to, x) in lines.take(size[0]) {
        to[..left * channels].fill(T::ZERO);
        to[left * channels..][..line].copy_from_slice(x);
        to[left * channels + line..].fill(T::ZERO);
    }
}
