//! The way back: which numbers of the output have seen a number of the image.
//!
//! With a stride $s$ a place $x$ of the image is seen through the tap $k$ by the output $u = (x + p - d k)/s$ where that is
//! whole. So places with the same remainder see the same taps, and the gradient of each such phase is a convolution of its own
//! with stride one.

use super::geometry::Convolution;
use crate::device::Device;
use crate::kernels::gemm::{Matrix, Packed};
use crate::real::Real;

/// One remainder along one axis.
struct Remainder {
    first: usize,
    count: usize,
    /// Taps, and the output that the first place sees through each, in ascending order.
    taps: Vec<(usize, isize)>,
}

/// Places with the same remainders along both axes.
pub(super) struct Phase<T: Real> {
    /// The first of them.
    pub first: [usize; 2],
    /// How many there are.
    pub count: [usize; 2],
    /// Where in the padded output the stretches begin that the first place is seen by.
    pub segments: Vec<usize>,
    /// The weights of each group, transposed; none where no tap reaches these places.
    pub packed: Vec<Packed<T>>,
}

/// All phases, and the zeros that must stand around the output.
pub(super) fn phases<T: Real>(device: &Device, of: &Convolution, w: &[T]) -> (Vec<Phase<T>>, [[usize; 2]; 2]) {
    let axes = [0, 1].map(|axis| remainders(of, axis));
    let output = of.output();
    let padding = [0, 1].map(|axis| around(&axes[axis], output[axis]));
    let wide = output[1] + padding[1][0] + padding[1][1];
    let mut all = Vec::new();
    for down in &axes[0] {
        for across in &axes[1] {
            let adjacent = across.taps.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1);
            let merged = adjacent && of.groups == 1;
            let starts = if merged { &across.taps[..across.taps.len().min(1)] } else { &across.taps[..] };
            let at = |row: isize, column: isize| {
                // `around` has made both sums zero or more.
                let (row, column) = (row + padding[0][0] as isize, column + padding[1][0] as isize);
                (row as usize * wide + column as usize) * of.features
            };
            let segments =
                down.taps.iter().flat_map(|&(_, row)| starts.iter().map(move |&(_, column)| at(row, column)));
            let taps: Vec<usize> = down
                .taps
                .iter()
                .flat_map(|&(i, _)| across.taps.iter().map(move |&(j, _)| i * of.kernel[1] + j))
                .collect();
            all.push(Phase {
                first: [down.first, across.first],
                count: [down.count, across.count],
                segments: segments.collect(),
                packed: if taps.is_empty() { Vec::new() } else { transposed(device, of, w, &taps) },
            });
        }
    }
    (all, padding)
}

fn remainders(of: &Convolution, axis: usize) -> Vec<Remainder> {
    let (size, stride) = (of.size[axis], of.stride[axis]);
    let (kernel, dilation, before) = (of.kernel[axis], of.dilation[axis] as isize, of.padding[axis][0] as isize);
    let remainder = |first: usize| {
        let numerator = |k: usize| first as isize + before - dilation * k as isize;
        let whole = |k: &usize| numerator(*k).rem_euclid(stride as isize) == 0;
        let mut taps: Vec<(usize, isize)> =
            (0..kernel).filter(whole).map(|k| (k, numerator(k).div_euclid(stride as isize))).collect();
        taps.reverse();
        Remainder { first, count: (size - first).div_ceil(stride), taps }
    };
    (0..stride.min(size)).map(remainder).collect()
}

/// Zeros before and after the output, so that no tap reaches beyond.
fn around(remainders: &[Remainder], output: usize) -> [usize; 2] {
    let ends = |r: &Remainder| {
        let (first, last) = (r.taps.first()?.1, r.taps.last()?.1);
        Some((first, last + r.count as isize - 1))
    };
    let (mut before, mut behind) = (0, 0);
    for (first, last) in remainders.iter().filter_map(ends) {
        before = before.max(-first);
        behind = behind.max(last - (output as isize - 1));
    }
    [before as usize, behind as usize]
}

/// For each group the weights of some taps, each turned round, one below the other.
fn transposed<T: Real>(device: &Device, of: &Convolution, w: &[T], taps: &[usize]) -> Vec<Packed<T>> {
    let (channels, features) = (of.group_channels(), of.group_features());
    let group = |group: usize| {
        let tap = |&tap: &usize| {
            let data = &w[tap * channels * of.features + group * features..];
            Matrix { data, rows: channels, columns: features, row_stride: of.features, column_stride: 1 }.t()
        };
        Packed::stacked(device, &taps.iter().map(tap).collect::<Vec<_>>())
    };
    (0..of.groups).map(group).collect()
}
