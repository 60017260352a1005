//! Pooling: one number from each window of an image, for each channel.

use std::ops::Range;

use crate::device::Device;
use crate::real::Real;
use crate::simd::simd;

/// Windows over images `[height, width, channels]`: every one of `rows` with every one of `columns`. They may overlap, and leave
/// places out.
#[derive(Clone, Debug, PartialEq)]
pub struct Windows {
    /// Height and width of an image.
    pub size: [usize; 2],
    /// Numbers of each place.
    pub channels: usize,
    /// Rows of the windows, from above.
    pub rows: Vec<Range<usize>>,
    /// Their columns, from the left.
    pub columns: Vec<Range<usize>>,
}

/// Reduction of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum By {
    /// The largest.
    Max,
    /// Their mean.
    Mean,
    /// The root of the sum of their squares.
    L2,
}

impl Windows {
    /// Numbers of an image and of its pooled one.
    pub fn sizes(&self) -> [usize; 2] {
        let [height, width] = self.size;
        [height * width * self.channels, self.rows.len() * self.columns.len() * self.channels]
    }

    /// For each window its places in the image.
    fn places(&self) -> impl Iterator<Item = impl Iterator<Item = usize> + Clone> {
        let wide = self.size[1];
        let window = move |rows: &Range<usize>, columns: &Range<usize>| {
            let columns = columns.clone();
            rows.clone().flat_map(move |row| columns.clone().map(move |column| row * wide + column))
        };
        self.rows.iter().flat_map(move |rows| self.columns.iter().map(move |columns| window(rows, columns)))
    }

    fn n_places(&self, at: usize) -> usize {
        self.rows[at / self.columns.len()].len() * self.columns[at % self.columns.len()].len()
    }
}

/// `y: [n, windows, channels]` of `x: [n, size, channels]`, and for the largest numbers the places where they stand, in the same
/// shape (empty for the others).
///
/// # Panics
/// If the lengths do not fit.
pub fn pool<T: Real>(device: &Device, of: &Windows, by: By, x: &[T], y: &mut [T]) -> Vec<u32> {
    let [image, output] = of.sizes();
    assert_eq!(x.len() * output, y.len() * image, "{of:?}");
    let mut standing = vec![0; if by == By::Max { y.len() } else { 0 }];
    let tasks = super::pieces::pieces([(y, output)]);
    let places = super::pieces::pieces([(&mut standing[..], output)]);
    device.threads().run(tasks.len(), &|at| {
        let [y] = &mut *super::pieces::own(&tasks[at]);
        let x = &x[at * image..][..image];
        match (by, places.get(at)) {
            (By::Max, Some(places)) => largest(of, x, y, super::pieces::own(places)[0]),
            _ => sums(of, by == By::L2, x, y),
        }
    });
    drop((tasks, places));
    standing
}

simd! {
    /// Of one image. NaN is larger than every number: it must not vanish.
    pub(crate) fn largest<T: Real>(of: &Windows, x: &[T], y: &mut [T], standing: &mut [u32]) {
        let c = of.channels.max(1);
        let (ys, standings) = (y.chunks_exact_mut(c), standing.chunks_exact_mut(c));
        for ((places, y), standing) in of.places().zip(ys).zip(standings) {
            for (at, place) in places.enumerate() {
                let x = &x[place * c..][..c];
                let place = place as u32;
                if at == 0 {
                    y.copy_from_slice(x);
                    standing.fill(place);
                    continue;
                }
                for ((y, standing), &x) in y.iter_mut().zip(standing.iter_mut()).zip(x) {
                    let takes = x > *y || x.is_nan();
                    *y = if takes { x } else { *y };
                    *standing = if takes { place } else { *standing };
                }
            }
        }
    }
}

simd! {
    fn add<T: Real>(x: &[T], y: &mut [T]) {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y += x);
    }
}

simd! {
    fn add_squares<T: Real>(x: &[T], y: &mut [T]) {
        y.iter_mut().zip(x).for_each(|(y, &x)| *y += x * x);
    }
}

fn sums<T: Real>(of: &Windows, squares: bool, x: &[T], y: &mut [T]) {
    let c = of.channels.max(1);
    for (at, (places, y)) in of.places().zip(y.chunks_exact_mut(c)).enumerate() {
        y.fill(T::ZERO);
        for place in places {
            let x = &x[place * c..][..c];
            if squares { add_squares(x, y) } else { add(x, y) }
        }
        let share = T::ONE / T::of(of.n_places(at) as f64);
        y.iter_mut().for_each(|y| *y = if squares { y.sqrt() } else { *y * share });
    }
}

/// The cotangent of `x`, `dx`, from that of what [`pool`] made of it; `standing` are the places that it told, `y` its output.
///
/// # Panics
/// If the lengths do not fit.
pub fn pool_back<T: Real>(
    device: &Device,
    of: &Windows,
    by: By,
    (x, y, standing): (&[T], &[T], &[u32]),
    dy: &[T],
    dx: &mut [T],
) {
    let ([image, output], c) = (of.sizes(), of.channels.max(1));
    assert_eq!([y.len(), dy.len() * image], [dy.len(), dx.len() * output], "{of:?}");
    device.threads().over_chunks(dx, image, |at, dx| {
        dx.fill(T::ZERO);
        let own = at * output..(at + 1) * output;
        let dy = &dy[own.clone()];
        match by {
            By::Max => {
                for (channel, (dy, place)) in dy.iter().zip(&standing[own]).enumerate() {
                    dx[*place as usize * c + channel % c] += *dy;
                }
            }
            By::Mean => {
                for (at, (places, dy)) in of.places().zip(dy.chunks_exact(c)).enumerate() {
                    let share = T::ONE / T::of(of.n_places(at) as f64);
                    for place in places {
                        dx[place * c..][..c].iter_mut().zip(dy).for_each(|(dx, &dy)| *dx += share * dy);
                    }
                }
            }
            By::L2 => {
                let (x, y) = (&x[at * image..][..image], &y[own]);
                for ((places, dy), y) in of.places().zip(dy.chunks_exact(c)).zip(y.chunks_exact(c)) {
                    for place in places {
                        let own = place * c..(place + 1) * c;
                        for (((dx, &x), &y), &dy) in dx[own.clone()].iter_mut().zip(&x[own]).zip(y).zip(dy) {
                            // The root has no slope where all numbers are zero.
                            *dx += if y == T::ZERO { T::ZERO } else { dy * x / y };
                        }
                    }
                }
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves() -> Windows {
        Windows { size: [2, 4], channels: 1, rows: std::iter::once(0..2).collect(), columns: vec![0..2, 2..4] }
    }

    #[test]
    fn a_window_gives_its_largest_number_its_mean_or_its_length() {
        let (device, x) = (Device::cpu(1), [3.0, 4.0, 1.0, f64::NAN, 0.0, 0.0, 2.0, 1.0]);
        let mut y = [0.0; 2];
        assert_eq!(pool(&device, &halves(), By::Max, &x, &mut y)[0], 1);
        assert!(y[0] == 4.0 && y[1].is_nan());
        pool(&device, &halves(), By::Mean, &x, &mut y);
        assert_eq!(y[0], 1.75);
        pool(&device, &halves(), By::L2, &x, &mut y);
        assert_eq!(y[0], 5.0);
    }

    #[test]
    fn the_first_of_equal_numbers_gets_the_gradient() {
        let (device, x) = (Device::cpu(1), [2.0, 2.0, 1.0, 5.0, 2.0, 0.0, 5.0, 1.0]);
        let (mut y, mut dx) = ([0.0; 2], [9.0; 8]);
        let standing = pool(&device, &halves(), By::Max, &x, &mut y);
        pool_back(&device, &halves(), By::Max, (&x, &y, &standing), &[1.0, 3.0], &mut dx);
        assert_eq!(dx, [1.0, 0.0, 0.0, 3.0, 0.0, 0.0, 0.0, 0.0]);
    }
}
