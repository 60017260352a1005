//! What every covariance function must keep: a new one is one line in [`samples`].

use tensor::linalg::Cholesky;
use tensor::random::Key;

use super::*;

/// Three continuous inputs, one of two categories and one of four, and three bits.
const WIDTH: usize = 8;

pub(crate) fn samples() -> Vec<Kernel> {
    let some = Stationary { columns: vec![0, 2], ard: Some(false), lengthscale: None };
    let all = Stationary { columns: vec![0, 1, 2], ..Stationary::default() };
    vec![
        Kernel::Rbf(all.clone()),
        Kernel::Rbf(some.clone()),
        Kernel::Matern12(all.clone()),
        Kernel::Matern32(all.clone()),
        Kernel::Matern52(all.clone()),
        Kernel::RationalQuadratic(RationalQuadratic { distance: some.clone(), alpha: None }),
        Kernel::Periodic(Periodic { columns: vec![0, 1], ..Periodic::default() }),
        Kernel::Linear(Linear { columns: vec![0, 1, 2], variance: None }),
        Kernel::White(White::default()),
        Kernel::Hamming(Hamming { columns: vec![3, 4], ..Hamming::default() }),
        Kernel::Latent(Latent { column: 4, levels: 4, coordinates: None }),
        Kernel::Tanimoto(Tanimoto { columns: vec![5, 6, 7] }),
        Kernel::Alike(Alike { column: 3, matrix: vec![1.0, 0.4, 0.4, 1.0].into() }),
        Kernel::Scaled(Scaled { of: Box::new(Kernel::Matern52(all.clone())), variance: None }),
        Kernel::Sum(Several { of: vec![Kernel::Rbf(some.clone()), Kernel::White(White::default())] }),
        Kernel::Product(Several {
            of: vec![
                Kernel::Matern32(all),
                Kernel::Hamming(Hamming { columns: vec![3], ..Hamming::default() }),
                Kernel::Rbf(some),
            ],
        }),
    ]
}

fn points(n: usize, seed: u64) -> Vec<f64> {
    let mut random = Key::new(seed, "points").random();
    let mut row = || {
        let mut row: Vec<f64> = (0..3).map(|_| random.uniform()).collect();
        row.extend([random.below(2) as f64, random.below(4) as f64]);
        row.extend((0..3).map(|_| random.below(2) as f64 + 0.5));
        row
    };
    (0..n).flat_map(|_| row()).collect()
}

/// Hyperparameters beside their start, and a cotangent.
fn theta(kernel: &Kernel) -> Vec<f64> {
    let mut random = Key::new(1, "theta").random();
    kernel.parameters(WIDTH).iter().map(|p| p.start + 0.3 * random.normal()).collect()
}

#[test]
fn matrices_are_symmetric_with_their_diagonal_and_positive() {
    for kernel in samples() {
        let (x, theta) = (points(9, 0), theta(&kernel));
        let a = Points::new(&x, WIDTH);
        let (k, diagonal) = (kernel.matrix(&theta, a, a), kernel.diagonal(&theta, a));
        for i in 0..9 {
            assert!((k[i * 9 + i] - diagonal[i]).abs() < 1e-12, "{kernel:?}");
            for j in 0..9 {
                assert_eq!(k[i * 9 + j], k[j * 9 + i], "{kernel:?}");
            }
        }
        let mut ridged = k.clone();
        (0..9).for_each(|i| ridged[i * 9 + i] += 1e-8);
        assert!(Cholesky::new(&ridged, 9).is_some(), "{kernel:?}");
        // A copy of the points is other memory: the same numbers, but for noise.
        let copy = x.clone();
        let apart = kernel.matrix(&theta, a, Points::new(&copy, WIDTH));
        assert!((apart[1] - k[1]).abs() < 1e-14, "{kernel:?}");
    }
}

#[test]
fn pullbacks_are_derivatives() {
    for kernel in samples() {
        let (x, y, theta) = (points(6, 0), points(5, 2), theta(&kernel));
        let mut random = Key::new(3, "cotangent").random();
        let dk: Vec<f64> = (0..30).map(|_| random.normal()).collect();
        let value = |theta: &[f64], x: &[f64]| -> f64 {
            let k = kernel.matrix(theta, Points::new(x, WIDTH), Points::new(&y, WIDTH));
            k.iter().zip(&dk).map(|(k, dk)| k * dk).sum()
        };
        let (mut dtheta, mut dx) = (vec![0.0; theta.len()], vec![0.0; x.len()]);
        kernel.pullback(&theta, (Points::new(&x, WIDTH), Points::new(&y, WIDTH)), &dk, &mut dtheta, Some(&mut dx));
        let numeric = |f: &dyn Fn(f64) -> f64| (f(1e-6) - f(-1e-6)) / 2e-6;
        for at in 0..theta.len() {
            let expected = numeric(&|by| {
                let mut moved = theta.clone();
                moved[at] += by;
                value(&moved, &x)
            });
            assert!((dtheta[at] - expected).abs() < 1e-7, "{kernel:?} theta {at}: {} {expected}", dtheta[at]);
        }
        for at in (0..x.len()).filter(|at| ![3, 4].contains(&(at % WIDTH))) {
            let expected = numeric(&|by| {
                let mut moved = x.clone();
                moved[at] += by;
                value(&theta, &moved)
            });
            assert!((dx[at] - expected).abs() < 1e-6, "{kernel:?} x {at}: {} {expected}", dx[at]);
        }
    }
}

/// Of the same points the lower triangle stands for both.
#[test]
fn pullbacks_of_a_symmetric_matrix_read_one_triangle() {
    for kernel in samples() {
        let (x, theta) = (points(40, 0), theta(&kernel));
        let a = Points::new(&x, WIDTH);
        let mut random = Key::new(3, "cotangent").random();
        let mut dk = vec![0.0; 1600];
        for i in 0..40 {
            (0..=i).for_each(|j| dk[i * 40 + j] = random.normal());
        }
        let mut found = vec![0.0; theta.len()];
        kernel.pullback(&theta, (a, a), &dk, &mut found, None);
        for at in 0..theta.len() {
            let value = |by: f64| -> f64 {
                let mut moved = theta.clone();
                moved[at] += by;
                kernel.matrix(&moved, a, a).iter().zip(&dk).map(|(k, dk)| k * dk).sum()
            };
            let expected = (value(1e-6) - value(-1e-6)) / 2e-6;
            assert!((found[at] - expected).abs() < 1e-5, "{kernel:?} theta {at}: {} {expected}", found[at]);
        }
    }
}

#[test]
fn a_kernel_survives_its_json() {
    for kernel in samples() {
        let text = serde_json::to_string(&kernel).unwrap();
        assert_eq!(serde_json::from_str::<Kernel>(&text).unwrap(), kernel, "{text}");
    }
}
