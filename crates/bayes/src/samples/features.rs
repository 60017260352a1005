//! Random functions whose products have a covariance as their mean.

use std::f64::consts::{SQRT_2, TAU};

use tensor::random::Random;

use crate::kernels::{Covariance, Kernel, Stationary, columns};

/// `count` random functions $\varphi_m$ with $E[\varphi_m(x)\,\varphi_m(x')] = k(x, x')$.
///
/// Of covariances of distances they are waves, whose frequencies are drawn from the spectrum \[Rahimi2007\]: normal for RBF,
/// Student's $t$ with $2\nu$ degrees for Matern-$\nu$. Of categories they are values drawn for each level. The product of
/// covariances has the product of functions; of a sum each function belongs to one part.
pub(crate) enum Features {
    /// $\sqrt2 \cos(\omega \cdot x + b)$ with `frequencies: [count, columns]`.
    Waves {
        columns: Vec<usize>,
        frequencies: Vec<f64>,
        phases: Vec<f64>,
    },
    /// Waves of points on circles, one for each column with its frequency.
    Circles {
        columns: Vec<usize>,
        turns: Vec<f64>,
        frequencies: Vec<f64>,
        phases: Vec<f64>,
    },
    /// `values: [levels, count]`.
    Levels {
        column: usize,
        values: Vec<f64>,
        count: usize,
    },
    /// $c \cdot (1, x)$, `[count, 1 + columns]`.
    Planes {
        columns: Vec<usize>,
        slopes: Vec<f64>,
    },
    /// Nothing: noise is not part of a function.
    None(usize),
    /// Each times a number.
    Scaled(f64, Box<Features>),
    Product(Vec<Features>),
    /// Function $m$ is that of part $m \bmod n$, times $\sqrt n$.
    Sum(Vec<Features>),
}

impl Features {
    /// Of a covariance; `levels` are numbers of values of categories, by column. `None` where it has no such functions.
    pub fn draw(
        kernel: &Kernel,
        theta: &[f64],
        levels: &[usize],
        count: usize,
        random: &mut Random,
    ) -> Option<Features> {
        let width = levels.len();
        let parts = |of: &[Kernel], theta: &[f64], random: &mut Random| -> Option<Vec<Features>> {
            let mut start = 0;
            let mut part = |kernel: &Kernel| {
                let n = Covariance::parameters(kernel, width).len();
                start += n;
                Features::draw(kernel, &theta[start - n..start], levels, count, random)
            };
            of.iter().map(&mut part).collect()
        };
        Some(match kernel {
            Kernel::Rbf(own) => waves(own, theta, width, count, random, |_| 1.0),
            Kernel::Matern12(own) => waves(own, theta, width, count, random, |random| student(1, random)),
            Kernel::Matern32(own) => waves(own, theta, width, count, random, |random| student(3, random)),
            Kernel::Matern52(own) => waves(own, theta, width, count, random, |random| student(5, random)),
            Kernel::RationalQuadratic(own) => {
                let alpha = theta[theta.len() - 1].exp();
                let spread = |random: &mut Random| (gamma(alpha, random) / alpha).sqrt();
                waves(&own.distance, &theta[..theta.len() - 1], width, count, random, spread)
            }
            Kernel::Periodic(own) => {
                let used = columns(&own.columns, width);
                let turns = theta.iter().step_by(2).map(|period| TAU / period.exp()).collect();
                let inverse: Vec<f64> = theta.iter().skip(1).step_by(2).map(|length| (-length).exp()).collect();
                let both = |i: &f64, random: &mut Random| [i * random.normal(), i * random.normal()];
                let frequencies = (0..count)
                    .flat_map(|_| inverse.iter().flat_map(|i| both(i, random)).collect::<Vec<f64>>())
                    .collect();
                let phases = (0..count).map(|_| TAU * random.uniform()).collect();
                Features::Circles { columns: used, turns, frequencies, phases }
            }
            Kernel::Linear(own) => {
                let used = columns(&own.columns, width);
                let mut plane = || -> Vec<f64> {
                    let own: Vec<f64> = theta.iter().map(|t| (0.5 * t).exp() * random.normal()).collect();
                    // All planes meet in the middle of the cube.
                    std::iter::once(-0.5 * own.iter().sum::<f64>()).chain(own).collect()
                };
                Features::Planes { columns: used, slopes: (0..count).flat_map(|_| plane()).collect() }
            }
            Kernel::White(_) => Features::None(count),
            Kernel::Hamming(own) => {
                let used = columns(&own.columns, width);
                let part = |(&column, length): (&usize, &f64)| {
                    let alike = (-(-length).exp()).exp();
                    let mut values = vec![1.0; levels[column] * count];
                    for m in 0..count {
                        if random.uniform() >= alike {
                            let sign = |random: &mut Random| if random.uniform() < 0.5 { -1.0 } else { 1.0 };
                            (0..levels[column]).for_each(|level| values[level * count + m] = sign(random));
                        }
                    }
                    Features::Levels { column, values, count }
                };
                Features::Product(used.iter().zip(theta).map(part).collect())
            }
            Kernel::Latent(own) => {
                let mut values = vec![0.0; own.levels * count];
                for m in 0..count {
                    let (wave, phase) = ([random.normal(), random.normal()], TAU * random.uniform());
                    for level in 0..own.levels {
                        let place = own.place(theta, level as f64);
                        let angle = wave[0] * place[0] + wave[1] * place[1] + phase;
                        values[level * count + m] = SQRT_2 * angle.cos();
                    }
                }
                Features::Levels { column: own.column, values, count }
            }
            Kernel::Alike(own) => {
                let n = own.count();
                let factor = crate::kernels::factor(&own.matrix)?;
                let mut values = vec![0.0; n * count];
                for m in 0..count {
                    let normals: Vec<f64> = (0..n).map(|_| random.normal()).collect();
                    let own = factor.lower_times(&normals);
                    (0..n).for_each(|level| values[level * count + m] = own[level]);
                }
                Features::Levels { column: own.column, values, count }
            }
            Kernel::Tanimoto(_) => return None,
            Kernel::Scaled(own) => {
                let inner = Features::draw(&own.of, &theta[1..], levels, count, random)?;
                Features::Scaled((0.5 * theta[0]).exp(), Box::new(inner))
            }
            Kernel::Product(own) => Features::Product(parts(&own.of, theta, random)?),
            Kernel::Sum(own) => Features::Sum(parts(&own.of, theta, random)?),
        })
    }

    /// All functions at a point, and what pulls their cotangents back to it.
    pub fn at(&self, x: &[f64]) -> (Vec<f64>, Pull<'_>) {
        match self {
            Features::Waves { columns, frequencies, phases } => {
                let own: Vec<f64> = columns.iter().map(|&c| x[c]).collect();
                let (values, sines) = cosines(&own, frequencies, phases);
                let pull = move |d: &[f64], dx: &mut [f64]| {
                    for ((d, sine), wave) in d.iter().zip(&sines).zip(frequencies.chunks_exact(columns.len())) {
                        columns.iter().zip(wave).for_each(|(&c, w)| dx[c] -= d * sine * w);
                    }
                };
                (values, Box::new(pull))
            }
            Features::Circles { columns, turns, frequencies, phases } => {
                let on = |(&c, turn): (&usize, &f64)| [(turn * x[c]).cos(), (turn * x[c]).sin()];
                let own: Vec<[f64; 2]> = columns.iter().zip(turns).map(on).collect();
                let (values, sines) = cosines(&own.concat(), frequencies, phases);
                let pull = move |d: &[f64], dx: &mut [f64]| {
                    for ((d, sine), wave) in d.iter().zip(&sines).zip(frequencies.chunks_exact(2 * columns.len())) {
                        for (at, &c) in columns.iter().enumerate() {
                            let along = turns[at] * (wave[2 * at + 1] * own[at][0] - wave[2 * at] * own[at][1]);
                            dx[c] -= d * sine * along;
                        }
                    }
                };
                (values, Box::new(pull))
            }
            Features::Levels { column, values, count } => {
                let level = (x[*column].max(0.0) as usize).min(values.len() / count - 1);
                (values[level * count..(level + 1) * count].to_vec(), Box::new(|_, _| {}))
            }
            Features::Planes { columns, slopes } => {
                let stride = slopes.len() / self.count();
                let one =
                    |own: &[f64]| own[0] + columns.iter().zip(&own[1..]).map(|(&c, slope)| slope * x[c]).sum::<f64>();
                let pull = move |d: &[f64], dx: &mut [f64]| {
                    for (d, own) in d.iter().zip(slopes.chunks_exact(stride)) {
                        columns.iter().zip(&own[1..]).for_each(|(&c, slope)| dx[c] += d * slope);
                    }
                };
                (slopes.chunks_exact(stride).map(one).collect(), Box::new(pull))
            }
            Features::None(count) => (vec![0.0; *count], Box::new(|_, _| {})),
            Features::Scaled(by, of) => {
                let (values, pull) = of.at(x);
                let scaled = move |d: &[f64], dx: &mut [f64]| {
                    pull(&d.iter().map(|d| by * d).collect::<Vec<f64>>(), dx);
                };
                (values.into_iter().map(|v| by * v).collect(), Box::new(scaled))
            }
            Features::Product(parts) => {
                let all: Vec<(Vec<f64>, Pull<'_>)> = parts.iter().map(|part| part.at(x)).collect();
                let mut values = vec![1.0; self.count()];
                all.iter().for_each(|(own, _)| values.iter_mut().zip(own).for_each(|(v, own)| *v *= own));
                let pull = move |d: &[f64], dx: &mut [f64]| {
                    for (which, (_, pull)) in all.iter().enumerate() {
                        let others = all.iter().enumerate().filter(|(other, _)| *other != which);
                        let mut d = d.to_vec();
                        others.for_each(|(_, (values, _))| d.iter_mut().zip(values).for_each(|(d, v)| *d *= v));
                        pull(&d, dx);
                    }
                };
                (values, Box::new(pull))
            }
            Features::Sum(parts) => {
                let all: Vec<(Vec<f64>, Pull<'_>)> = parts.iter().map(|part| part.at(x)).collect();
                let (n, root) = (all.len(), (all.len() as f64).sqrt());
                let values = (0..self.count()).map(|m| root * all[m % n].0[m]).collect();
                let pull = move |d: &[f64], dx: &mut [f64]| {
                    for (which, (_, pull)) in all.iter().enumerate() {
                        let own = |(m, d): (usize, &f64)| if m % n == which { root * d } else { 0.0 };
                        pull(&d.iter().enumerate().map(own).collect::<Vec<f64>>(), dx);
                    }
                };
                (values, Box::new(pull))
            }
        }
    }

    fn count(&self) -> usize {
        match self {
            Features::Waves { phases, .. } | Features::Circles { phases, .. } => phases.len(),
            Features::Levels { count, .. } | Features::None(count) => *count,
            Features::Planes { columns, slopes } => slopes.len() / (1 + columns.len()),
            Features::Scaled(_, of) => of.count(),
            Features::Product(parts) | Features::Sum(parts) => parts.first().map_or(0, Features::count),
        }
    }
}

/// Adds what cotangents of all functions mean for the point.
pub(crate) type Pull<'a> = Box<dyn Fn(&[f64], &mut [f64]) + 'a>;

/// $\sqrt2\cos$ and $\sqrt2\sin$ of $\omega \cdot x + b$.
fn cosines(x: &[f64], frequencies: &[f64], phases: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let angles = frequencies.chunks_exact(x.len().max(1)).zip(phases);
    let angle = |(wave, phase): (&[f64], &f64)| wave.iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + phase;
    angles.map(angle).map(|angle| (SQRT_2 * angle.cos(), SQRT_2 * angle.sin())).unzip()
}

/// Waves with frequencies $z / \ell$ times a random `spread`.
fn waves(
    own: &Stationary,
    theta: &[f64],
    width: usize,
    count: usize,
    random: &mut Random,
    spread: impl Fn(&mut Random) -> f64,
) -> Features {
    let used = columns(&own.columns, width);
    let inverse = |at: usize| (-theta[if theta.len() == used.len() { at } else { 0 }]).exp();
    let mut frequencies = Vec::with_capacity(count * used.len());
    for _ in 0..count {
        let spread = spread(random);
        (0..used.len()).for_each(|at| frequencies.push(random.normal() * inverse(at) * spread));
    }
    let phases = (0..count).map(|_| TAU * random.uniform()).collect();
    Features::Waves { columns: used, frequencies, phases }
}

/// $1/\sqrt{\chi^2_n / n}$: times a normal number it is Student's $t$.
fn student(n: usize, random: &mut Random) -> f64 {
    let square: f64 = (0..n).map(|_| random.normal().powi(2)).sum();
    (n as f64 / square.max(1e-12)).sqrt()
}

/// A number from the Gamma distribution with this shape and rate one \[Marsaglia2000\].
fn gamma(shape: f64, random: &mut Random) -> f64 {
    if shape < 1.0 {
        return gamma(shape + 1.0, random) * random.uniform().max(1e-300).powf(1.0 / shape);
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let z = random.normal();
        let v = (1.0 + c * z).powi(3);
        if v > 0.0 && random.uniform().max(1e-300).ln() < 0.5 * z * z + d - d * v + d * v.ln() {
            return d * v;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::samples;
    use crate::points::Points;
    use tensor::random::Key;

    /// Two continuous inputs differ between the points, and the categories, too.
    #[test]
    fn products_of_functions_are_the_covariance_in_the_mean() {
        const COUNT: usize = 60_000;
        let levels = [1, 1, 1, 2, 4, 1, 1, 1];
        let (x, y) = ([0.2, 0.7, 0.4, 0.0, 2.0, 0.5, 1.5, 0.5], [0.45, 0.6, 0.9, 1.0, 3.0, 0.5, 0.5, 1.5]);
        for kernel in samples() {
            let theta: Vec<f64> = kernel.parameters(8).iter().map(|p| p.start + 0.1).collect();
            let mut random = Key::new(0, "test").random();
            let Some(features) = Features::draw(&kernel, &theta, &levels, COUNT, &mut random) else {
                assert!(matches!(kernel, Kernel::Tanimoto(_)), "{kernel:?}");
                continue;
            };
            let (a, b) = (features.at(&x).0, features.at(&y).0);
            let found = a.iter().zip(&b).map(|(a, b)| a * b).sum::<f64>() / COUNT as f64;
            let expected = kernel.matrix(&theta, Points::new(&x, 8), Points::new(&y, 8))[0];
            assert!((found - expected).abs() < 0.02 * (1.0 + expected.abs()), "{kernel:?} {found} {expected}");
        }
    }

    #[test]
    fn pulls_are_derivatives() {
        let levels = [1, 1, 1, 2, 4, 1, 1, 1];
        let x = [0.2, 0.7, 0.4, 0.0, 2.0, 0.5, 1.5, 0.5];
        for kernel in samples() {
            let theta: Vec<f64> = kernel.parameters(8).iter().map(|p| p.start).collect();
            let mut random = Key::new(0, "test").random();
            let Some(features) = Features::draw(&kernel, &theta, &levels, 5, &mut random) else { continue };
            let d: Vec<f64> = (0..5).map(|_| random.normal()).collect();
            let value = |x: &[f64]| features.at(x).0.iter().zip(&d).map(|(v, d)| v * d).sum::<f64>();
            let mut found = vec![0.0; 8];
            features.at(&x).1(&d, &mut found);
            for axis in 0..3 {
                let moved = |by: f64| {
                    let mut x = x;
                    x[axis] += by;
                    value(&x)
                };
                let numeric = (moved(1e-6) - moved(-1e-6)) / 2e-6;
                assert!((found[axis] - numeric).abs() < 1e-6 * (1.0 + numeric.abs()), "{kernel:?} {found:?} {numeric}");
            }
        }
    }
}
