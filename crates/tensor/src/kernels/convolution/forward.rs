//! The output of a convolution.

use super::geometry::{Convolution, pad};
use crate::device::Device;
use crate::kernels::gemm::packed::{Onto, Rows, RowsMut};
use crate::kernels::gemm::{Matrix, Packed};
use crate::kernels::pieces::{own, pieces};
use crate::kernels::windows::{Windows, largest};
use crate::real::Real;
use crate::storage::Storage;

/// `y: [n, output, features]` of `x: [n, size, channels]` with `w: [kernel, kernel, channels / groups, features]`; through the
/// rectifier, if wanted.
///
/// # Panics
/// If the lengths do not fit.
pub fn forward<T: Real>(device: &Device, of: &Convolution, x: &[T], w: &[T], bias: &[T], relu: bool, y: &mut [T]) {
    let [image, output, weights] = of.sizes();
    let n = x.len() / image.max(1);
    assert_eq!([x.len(), y.len(), w.len(), bias.len()], [n * image, n * output, weights, of.features], "{of:?}");
    let weights = Weights::new(device, of, w);
    device.threads().over_chunks(y, output, |at, y| {
        weights.image(device, &x[at * image..][..image], bias, relu, y);
    });
}

/// The same through the rectifier, of which only the largest number of each window is kept: `y: [n, windows, features]`, and the
/// places where they stand.
///
/// # Panics
/// If the lengths do not fit.
pub fn forward_pooled<T: Real>(
    device: &Device,
    (of, windows): (&Convolution, &Windows),
    x: &[T],
    (w, bias): (&[T], &[T]),
    y: &mut [T],
) -> Vec<u32> {
    let ([image, output, weights], [seen, pooled]) = (of.sizes(), windows.sizes());
    let n = x.len() / image.max(1);
    assert_eq!([output, weights, of.features], [seen, w.len(), bias.len()], "{of:?} {windows:?}");
    assert_eq!([x.len(), y.len()], [n * image, n * pooled], "{of:?} {windows:?}");
    let weights = Weights::new(device, of, w);
    let mut standing = vec![0; y.len()];
    let (tasks, places) = (pieces([(y, pooled)]), pieces([(&mut standing[..], pooled)]));
    device.threads().run(tasks.len(), &|at| {
        let mut z = Storage::lent(device.pool_arc(), output);
        weights.image(device, &x[at * image..][..image], bias, true, &mut z.data);
        largest(windows, &z.data, own(&tasks[at])[0], own(&places[at])[0]);
    });
    drop((tasks, places));
    standing
}

/// Weights as the inner kernel reads them, and where it reads the image.
pub(super) struct Weights<'a, T: Real> {
    of: &'a Convolution,
    packed: Vec<Packed<T>>,
    segments: Vec<usize>,
}

impl<'a, T: Real> Weights<'a, T> {
    pub fn new(device: &Device, of: &'a Convolution, w: &[T]) -> Self {
        let depth = of.kernel[0] * of.kernel[1] * of.group_channels();
        let columns = of.group_features();
        let matrix = |group: usize| Matrix {
            data: &w[group * columns..],
            rows: depth,
            columns,
            row_stride: of.features,
            column_stride: 1,
        };
        let packed = (0..of.groups).map(|group| Packed::new(device, matrix(group))).collect();
        Weights { of, packed, segments: of.segments() }
    }

    pub fn image(&self, device: &Device, x: &[T], bias: &[T], relu: bool, y: &mut [T]) {
        let of = self.of;
        let mut room = None;
        let x = padded_image(device, of, x, &mut room);
        let [_, wide] = of.padded();
        let [lines, across] = of.output();
        // A filter of one place sees all lines as one.
        let alone = of.kernel == [1, 1] && of.stride == [1, 1] && of.padding == [[0; 2]; 2];
        let (lines, across) = if alone { (1, lines * across) } else { (lines, across) };
        let (channels, features) = (of.group_channels(), of.group_features());
        for (group, packed) in self.packed.iter().enumerate() {
            let own = &bias[group * features..][..features];
            let onto = if relu { Onto::BiasRelu(own) } else { Onto::Bias(own) };
            for line in 0..lines {
                let data = &x[line * of.stride[0] * wide * of.channels + group * channels..];
                let rows = Rows { data, count: across, stride: of.stride[1] * of.channels };
                let data = &mut y[line * across * of.features + group * features..];
                packed.product_of(&rows, &self.segments, onto, &mut RowsMut { data, stride: of.features });
            }
        }
    }
}

/// An image with the zeros around it, in `room`; where there are none, the image itself.
pub(super) fn padded_image<'x, T: Real>(
    device: &Device,
    of: &Convolution,
    x: &'x [T],
    room: &'x mut Option<Storage<T>>,
) -> &'x [T] {
    if of.padding == [[0; 2]; 2] {
        return x;
    }
    let [high, wide] = of.padded();
    let room = room.insert(Storage::lent(device.pool_arc(), high * wide * of.channels));
    pad(x, of.size, of.channels, of.padding, &mut room.data);
    &room.data
}
