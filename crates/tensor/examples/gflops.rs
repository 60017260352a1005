//! Speed of matrix products: `cargo run --release -p tensor --example gflops -- THREADS`.

use std::time::Instant;
use tensor::Device;
use tensor::kernels::gemm::{Matrix, Then, gemm};

fn main() {
    let threads = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(1);
    let device = Device::cpu(threads);
    let shapes = [
        [128, 2048, 1024],
        [2048, 128, 1024],
        [128, 256, 1024],
        [64, 256, 1024],
        [32, 200, 128],
        [200, 32, 128],
        [32, 64, 128],
        [1024, 1024, 1024],
    ];
    for [m, k, n] in shapes {
        for (form, transpose_a, transpose_b) in [("ab", false, false), ("atb", true, false), ("abt", false, true)] {
            let (x, y, mut c) = (vec![0.5_f32; m * k], vec![0.25_f32; k * n], vec![0.0; m * n]);
            let a = if transpose_a { Matrix::new(&x, k, m).t() } else { Matrix::new(&x, m, k) };
            let b = if transpose_b { Matrix::new(&y, n, k).t() } else { Matrix::new(&y, k, n) };
            let repeats = (200_000_000 / (m * k * n)).max(1);
            let best = (0..15)
                .map(|_| {
                    let start = Instant::now();
                    (0..repeats).for_each(|_| gemm(&device, a, b, Then::Store, &mut c));
                    start.elapsed().as_secs_f64() / repeats as f64
                })
                .fold(f64::INFINITY, f64::min);
            println!(
                "{m:5} x {k:5} x {n:5} {form:>4} {:8.1} us {:6.1} GFLOP/s",
                best * 1e6,
                2e-9 * (m * k * n) as f64 / best
            );
        }
    }
}
