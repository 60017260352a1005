//! Images of another size.

use super::{Image, ImageShape, Interpolation};

/// Pixels of the old image that make one of the new: the first of them, and their weights, which sum to one.
struct Taps {
    first: usize,
    weights: Vec<f32>,
}

impl Image {
    /// The image in another height and width: rows and columns are brought to their new number one after the other, each new
    /// pixel a mean $\sum_j w_j x_j$ over old ones. With the ratio $s = n / m$ of old to new pixels and the center
    /// $c = (i + 1/2) s$ of the new pixel $i$, $w_j \propto \max(0, 1 - |j + 1/2 - c| / \max(s, 1))$ of
    /// [`Interpolation::Linear`], which is what Pillow calls bilinear; that of [`Interpolation::Area`] is the length that
    /// both pixels share.
    ///
    /// # Panics
    /// If the new size is zero.
    ///
    /// ```
    /// use data::image::{Image, ImageShape, Interpolation};
    /// let image = Image { shape: ImageShape { height: 1, width: 4, channels: 1 }, numbers: vec![0.0, 2.0, 4.0, 6.0] };
    /// assert_eq!(image.resized([1, 2], Interpolation::Area).numbers, [1.0, 5.0]);
    /// ```
    #[must_use]
    pub fn resized(&self, [height, width]: [usize; 2], how: Interpolation) -> Self {
        let ImageShape { height: old_height, width: old_width, channels } = self.shape;
        // [height, width, channels] -> [new height, width * channels]
        let tall = along_rows(&self.numbers, old_width * channels, &taps(old_height, height, how));
        // Each row is a small image of its own: [width, channels] -> [new width, channels].
        let columns = taps(old_width, width, how);
        let numbers = tall.chunks_exact((old_width * channels).max(1));
        let numbers = numbers.flat_map(|row| along_rows(row, channels, &columns)).collect();
        Image { shape: ImageShape { height, width, channels }, numbers }
    }
}

/// Means over rows of `width` numbers.
fn along_rows(numbers: &[f32], width: usize, taps: &[Taps]) -> Vec<f32> {
    let mut out = vec![0.0; taps.len() * width];
    for (out, taps) in out.chunks_exact_mut(width.max(1)).zip(taps) {
        for (row, weight) in numbers.chunks_exact(width.max(1)).skip(taps.first).zip(&taps.weights) {
            out.iter_mut().zip(row).for_each(|(y, x)| *y += weight * x);
        }
    }
    out
}

fn taps(old: usize, new: usize, how: Interpolation) -> Vec<Taps> {
    assert!(old > 0 && new > 0, "{old} pixels cannot become {new}");
    let scale = old as f64 / new as f64;
    let one = |i: usize| {
        let center = (i as f64 + 0.5) * scale;
        let reach = match how {
            Interpolation::Nearest => return Taps { first: (center as usize).min(old - 1), weights: vec![1.0] },
            Interpolation::Linear => scale.max(1.0),
            Interpolation::Area => 0.5 * scale,
        };
        let weight = |j: usize| match how {
            Interpolation::Area => (center + reach).min((j + 1) as f64) - (center - reach).max(j as f64),
            _ => 1.0 - ((j as f64 + 0.5 - center) / reach).abs(),
        };
        let first = (center - reach - 0.5).floor().max(0.0) as usize;
        let last = ((center + reach + 0.5).ceil() as usize).min(old);
        // Weights that rounding leaves behind would only cost time.
        let first = (first..last).find(|&j| weight(j) > ROUNDING).unwrap_or(first);
        let weights: Vec<f64> = (first..last).map(weight).take_while(|w| *w > ROUNDING).collect();
        let sum: f64 = weights.iter().sum();
        Taps { first, weights: weights.iter().map(|w| (w / sum) as f32).collect() }
    };
    (0..new).map(one).collect()
}

/// Pixels are told apart to so small a part.
const ROUNDING: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;

    fn line(numbers: &[f32]) -> Image {
        let shape = ImageShape { height: 1, width: numbers.len(), channels: 1 };
        Image { shape, numbers: numbers.to_vec() }
    }

    #[test]
    fn the_same_size_is_the_same_image() {
        let shape = ImageShape { height: 2, width: 3, channels: 2 };
        let image = Image { shape, numbers: (0..12).map(|x| x as f32).collect() };
        for how in [Interpolation::Linear, Interpolation::Area, Interpolation::Nearest] {
            assert_eq!(image.resized([2, 3], how), image);
        }
    }

    /// Pillow 13.0: `Image.fromarray(x).resize((n, 1), Image.BILINEAR)` of 32-bit floats.
    #[test]
    fn linear_interpolation_is_that_of_pillow() {
        let x = line(&[1.0, 4.0, 2.0, 8.0, 5.0]);
        let close = |a: &[f32], b: &[f32]| assert!(a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-5), "{a:?} {b:?}");
        close(&x.resized([1, 3], Interpolation::Linear).numbers, &PILLOW_3);
        close(&x.resized([1, 7], Interpolation::Linear).numbers, &PILLOW_7);
    }

    const PILLOW_3: [f32; 3] = [2.285_714_4, 3.777_777_7, 6.285_714];
    const PILLOW_7: [f32; 7] = [1.0, 2.714_285_6, 3.428_571_5, 2.0, 6.285_714, 6.714_286, 5.0];

    #[test]
    fn rows_and_columns_are_brought_to_their_new_number_alike() {
        let x = line(&[1.0, 4.0, 2.0, 8.0, 5.0]);
        let upright = Image { shape: ImageShape { height: 5, width: 1, channels: 1 }, ..x.clone() };
        for how in [Interpolation::Linear, Interpolation::Area, Interpolation::Nearest] {
            assert_eq!(x.resized([1, 3], how).numbers, upright.resized([3, 1], how).numbers);
        }
    }

    #[test]
    fn areas_keep_the_mean_and_the_nearest_pixel_makes_nothing_new() {
        let x = line(&[1.0, 4.0, 2.0, 8.0, 5.0]);
        for n in [1, 2, 3, 7] {
            let mean = x.resized([1, n], Interpolation::Area).numbers.iter().sum::<f32>() / n as f32;
            assert!((mean - 4.0).abs() < 1e-6, "{n}: {mean}");
            assert!(x.resized([1, n], Interpolation::Nearest).numbers.iter().all(|y| x.numbers.contains(y)));
        }
    }
}
