//! The gradients of a convolution.

use super::forward::padded_image;
use super::geometry::{Convolution, pad};
use super::phases::{Phase, phases};
use crate::device::Device;
use crate::kernels::gemm::packed::{Onto, Rows, RowsMut};
use crate::kernels::gemm::places::Places;
use crate::kernels::pieces::{own, pieces};
use crate::kernels::reduce::sum_rows;
use crate::real::Real;
use crate::storage::Storage;

/// Parts into which a batch is cut, each with its own sums; they are added in order.
const PARTS: usize = 8;

/// Where gradients go; `None` where nobody wants them.
pub struct Gradients<'a, T> {
    /// Of the images, `[n, size, channels]`.
    pub x: Option<&'a mut [T]>,
    /// Of the weights.
    pub w: Option<&'a mut [T]>,
    /// Of the biases.
    pub bias: Option<&'a mut [T]>,
}

/// Gradients of `n` images. `dz(i, to)` writes the cotangent of the output of image `i`, before any rectifier. Images that are
/// not needed, because nobody wants a gradient of the weights, may be empty.
///
/// # Panics
/// If the lengths do not fit.
pub fn backward<T: Real>(
    device: &Device,
    of: &Convolution,
    n: usize,
    (x, w): (&[T], &[T]),
    dz: &(dyn Fn(usize, &mut [T]) + Sync),
    gradients: Gradients<'_, T>,
) {
    let [image, output, weights] = of.sizes();
    assert_eq!(w.len(), weights, "{of:?}");
    let (own_w, own_b) = (gradients.w.as_ref().map_or(0, |w| w.len()), gradients.bias.as_ref().map_or(0, |b| b.len()));
    let back = gradients.x.is_some().then(|| phases(device, of, w));
    let part = n.div_ceil(PARTS).max(1);
    let size = own_w + own_b + 1;
    let mut sums = Storage::lent(device.pool_arc(), n.div_ceil(part) * size);
    let tasks = pieces([(&mut sums.data, size), (gradients.x.unwrap_or_default(), part * image)]);
    device.threads().run(tasks.len(), &|at| {
        let mut task = own(&tasks[at]);
        let [sums, dx] = &mut *task;
        sums.fill(T::ZERO);
        let (dw, db) = sums.split_at_mut(own_w);
        let mut there = Storage::lent(device.pool_arc(), output);
        for i in at * part..((at + 1) * part).min(n) {
            dz(i, &mut there.data);
            if own_b > 0 {
                add_rows(&there.data, &mut db[..own_b]);
            }
            if own_w > 0 {
                of_weights(device, of, &x[i * image..][..image], &there.data, dw);
            }
            if let Some((phases, padding)) = &back {
                of_image(device, of, phases, *padding, &there.data, &mut dx[(i - at * part) * image..][..image]);
            }
        }
    });
    drop(tasks);
    for (start, to) in [(0, gradients.w), (own_w, gradients.bias)] {
        let Some(to) = to else { continue };
        for (at, sums) in sums.data.chunks_exact(size).enumerate() {
            let from = &sums[start..start + to.len()];
            if at == 0 {
                to.copy_from_slice(from);
            } else {
                to.iter_mut().zip(from).for_each(|(to, &from)| *to += from);
            }
        }
    }
}

/// `sums += sum_rows(x)`.
fn add_rows<T: Real>(x: &[T], sums: &mut [T]) {
    let mut own = vec![T::ZERO; sums.len()];
    sum_rows(x, &mut own);
    sums.iter_mut().zip(own).for_each(|(sum, x)| *sum += x);
}

fn of_weights<T: Real>(device: &Device, of: &Convolution, x: &[T], dz: &[T], dw: &mut [T]) {
    let mut room = None;
    let x = padded_image(device, of, x, &mut room);
    let [_, wide] = of.padded();
    let [lines, across] = of.output();
    let lines: Vec<usize> = (0..lines).map(|line| line * of.stride[0] * wide * of.channels).collect();
    let mut copy = Storage::lent(device.pool_arc(), Places::<T>::copy_size(lines.len() * across));
    let (channels, features) = (of.group_channels(), of.group_features());
    // The weights that see one stretch.
    let rows = if of.in_stretches() { of.kernel[1] * channels } else { channels };
    for group in 0..of.groups {
        for (at, start) in of.segments().into_iter().enumerate() {
            let places = Places {
                data: &x[start + group * channels..],
                rows,
                step: of.stride[1] * of.channels,
                segments: &lines,
                run: across,
                columns: features,
                apart: of.features,
            };
            let data = &mut dw[at * rows * of.features + group * features..];
            places.product(&dz[group * features..], &mut copy.data, &mut RowsMut { data, stride: of.features });
        }
    }
}

fn of_image<T: Real>(
    device: &Device,
    of: &Convolution,
    phases: &[Phase<T>],
    padding: [[usize; 2]; 2],
    dz: &[T],
    dx: &mut [T],
) {
    let output = of.output();
    let [high, wide] = [0, 1].map(|axis| output[axis] + padding[axis][0] + padding[axis][1]);
    let mut padded = Storage::lent(device.pool_arc(), high * wide * of.features);
    pad(dz, output, of.features, padding, &mut padded.data);
    if phases.iter().any(|phase| phase.packed.is_empty()) {
        dx.fill(T::ZERO);
    }
    let (channels, features) = (of.group_channels(), of.group_features());
    for phase in phases {
        for (group, packed) in phase.packed.iter().enumerate() {
            for line in 0..phase.count[0] {
                let data = &padded.data[line * wide * of.features + group * features..];
                let rows = Rows { data, count: phase.count[1], stride: of.features };
                let row = phase.first[0] + line * of.stride[0];
                let data = &mut dx[(row * of.size[1] + phase.first[1]) * of.channels + group * channels..];
                let mut to = RowsMut { data, stride: of.stride[1] * of.channels };
                packed.product_of(&rows, &phase.segments, Onto::Nothing, &mut to);
            }
        }
    }
}
