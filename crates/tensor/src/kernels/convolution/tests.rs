use super::*;
use crate::Device;
use crate::random::Key;

fn randn(n: usize, shard: usize) -> Vec<f64> {
    let mut random = Key::new(0, "convolution").shard(shard).random();
    (0..n).map(|_| random.normal()).collect()
}

/// Every pair of a number of the image and one of the output that sees it: `(image, weight, output)`.
fn pairs(of: &Convolution) -> Vec<[usize; 3]> {
    let (output, channels, features) = (of.output(), of.channels / of.groups, of.features / of.groups);
    let mut all = Vec::new();
    for u in 0..output[0] {
        for v in 0..output[1] {
            for i in 0..of.kernel[0] {
                for j in 0..of.kernel[1] {
                    let row = (u * of.stride[0] + i * of.dilation[0]).checked_sub(of.padding[0][0]);
                    let column = (v * of.stride[1] + j * of.dilation[1]).checked_sub(of.padding[1][0]);
                    let (Some(row), Some(column)) = (row, column) else { continue };
                    if row >= of.size[0] || column >= of.size[1] {
                        continue;
                    }
                    for f in 0..of.features {
                        for c in 0..channels {
                            let image = (row * of.size[1] + column) * of.channels + f / features * channels + c;
                            let weight = ((i * of.kernel[1] + j) * channels + c) * of.features + f;
                            all.push([image, weight, (u * output[1] + v) * of.features + f]);
                        }
                    }
                }
            }
        }
    }
    all
}

fn samples() -> Vec<Convolution> {
    let plain = Convolution {
        size: [5, 6],
        channels: 2,
        features: 3,
        kernel: [3, 3],
        stride: [1, 1],
        dilation: [1, 1],
        padding: [[1, 1], [1, 1]],
        groups: 1,
    };
    let with = |change: &dyn Fn(&mut Convolution)| {
        let mut own = plain.clone();
        change(&mut own);
        own
    };
    vec![
        with(&|_| ()),
        with(&|c| c.padding = [[0, 0], [0, 0]]),
        with(&|c| c.stride = [2, 2]),
        with(&|c| (c.stride, c.padding) = ([2, 3], [[0, 0], [2, 1]])),
        with(&|c| (c.dilation, c.padding) = ([2, 1], [[2, 2], [1, 1]])),
        with(&|c| (c.dilation, c.padding) = ([1, 2], [[1, 1], [2, 2]])),
        with(&|c| (c.dilation, c.stride) = ([2, 2], [2, 2])),
        with(&|c| (c.channels, c.features, c.groups) = (4, 6, 2)),
        with(&|c| (c.channels, c.features, c.groups, c.stride) = (4, 4, 4, [2, 1])),
        with(&|c| (c.kernel, c.padding) = ([1, 1], [[0, 0], [0, 0]])),
        with(&|c| (c.kernel, c.padding, c.stride) = ([1, 1], [[0, 0], [0, 0]], [2, 2])),
        with(&|c| (c.kernel, c.padding) = ([2, 4], [[0, 1], [1, 2]])),
        with(&|c| (c.size, c.kernel, c.padding) = ([1, 9], [1, 4], [[0, 0], [3, 0]])),
        with(&|c| c.padding = [[4, 4], [3, 5]]),
        with(&|c| (c.size, c.channels, c.features) = ([4, 17], 5, 70)),
    ]
}

#[test]
fn outputs_and_gradients_are_sums_over_all_pairs() {
    let device = Device::cpu(2);
    for of in samples() {
        let ([image, output, weights], n) = (of.sizes(), 3);
        let (x, w, bias, dz) = (randn(n * image, 1), randn(weights, 2), randn(of.features, 3), randn(n * output, 4));
        let mut y = vec![9.0; n * output];
        forward(&device, &of, &x, &w, &bias, false, &mut y);
        let (mut dx, mut dw, mut db) = (vec![9.0; n * image], vec![9.0; weights], vec![9.0; of.features]);
        let gradients = Gradients { x: Some(&mut dx), w: Some(&mut dw), bias: Some(&mut db) };
        let fill = |i: usize, to: &mut [f64]| to.copy_from_slice(&dz[i * output..][..output]);
        backward(&device, &of, n, (&x, &w), &fill, gradients);
        let mut clear = [vec![0.0; n * output], vec![0.0; n * image], vec![0.0; weights], vec![0.0; of.features]];
        for i in 0..n {
            for at in 0..output {
                clear[0][i * output + at] = bias[at % of.features];
                clear[3][at % of.features] += dz[i * output + at];
            }
            for [a, b, c] in pairs(&of) {
                clear[0][i * output + c] += x[i * image + a] * w[b];
                clear[1][i * image + a] += dz[i * output + c] * w[b];
                clear[2][b] += dz[i * output + c] * x[i * image + a];
            }
        }
        for (ours, clear) in [y, dx, dw, db].iter().zip(&clear) {
            for (x, y) in ours.iter().zip(clear) {
                assert!((x - y).abs() < 1e-10, "{of:?}: {x} {y}");
            }
        }
    }
}

#[test]
fn the_number_of_threads_leaves_the_bits() {
    let of = Convolution { size: [9, 9], channels: 3, features: 40, ..samples()[0].clone() };
    let [image, output, weights] = of.sizes();
    let (x, w, bias) = (randn(20 * image, 1), randn(weights, 2), randn(of.features, 3));
    let run = |threads| {
        let device = Device::cpu(threads);
        let mut y = vec![0.0; 20 * output];
        forward(&device, &of, &x, &w, &bias, true, &mut y);
        let (mut dx, mut dw) = (vec![0.0; 20 * image], vec![0.0; weights]);
        let gradients = Gradients { x: Some(&mut dx), w: Some(&mut dw), bias: None };
        backward(&device, &of, 20, (&x, &w), &|i, to| to.copy_from_slice(&y[i * output..][..output]), gradients);
        [y, dx, dw]
    };
    assert_eq!(run(1), run(3));
}
