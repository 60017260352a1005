//! New images from old ones, by symmetries that physics allows.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::random::Key;

use super::ImageShape;
use crate::{Error, Result};

/// Random augmentation of each image at each epoch. The target has to stay the same under it: the phase of a magnet under all of
/// this, the digit 6 under next to none.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Augmentation {
    /// Exchange left and right in half of the cases.
    pub flip_horizontal: bool,
    /// Exchange top and bottom in half of the cases.
    pub flip_vertical: bool,
    /// Turn by 0, 90, 180 or 270 degrees, of square images; together with a flip these are all eight symmetries of the square.
    pub quarter_turns: bool,
    /// Shift by up to so many pixels up or down, and left or right.
    pub shift: usize,
    /// Padding where an image is shifted.
    pub edges: Edges,
    /// Standard deviation of normal noise that is added to every number.
    #[schemars(range(min = 0.0))]
    pub noise: f64,
}

/// Padding beyond the edges of an image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Edges {
    /// Zeros.
    #[default]
    Zero,
    /// The other side of the same image, as on periodic lattices.
    Periodic,
}

/// A symmetry that has been drawn.
#[derive(Clone, Copy, Debug)]
struct Drawn {
    flips: [bool; 2],
    turns: usize,
    /// Down and to the right.
    shift: [isize; 2],
}

impl Augmentation {
    /// Whether images can be treated so.
    ///
    /// # Errors
    /// Quarter turns of images that are not square, noise that is not a standard deviation.
    pub fn check(&self, shape: ImageShape) -> Result<()> {
        if self.quarter_turns && shape.height != shape.width {
            let shape = ImageShape { channels: 1, ..shape }.to_string();
            return Err(Error::NotSquare { shape });
        }
        match self.noise >= 0.0 && self.noise.is_finite() {
            true => Ok(()),
            false => Err(Error::Deviation { field: "noise", found: self.noise }),
        }
    }

    /// Whether nothing is done.
    pub fn is_nothing(&self) -> bool {
        *self == Augmentation { edges: self.edges, ..Augmentation::default() }
    }

    /// Draws a symmetry and noise by `key`, and does them to the image `[height, width, channels]`. The same key gives the same
    /// image.
    ///
    /// # Panics
    /// If [`Augmentation::check`] refuses the shape, or there are not so many numbers.
    pub fn apply(&self, numbers: &mut [f32], shape: ImageShape, key: Key) {
        assert_eq!(numbers.len(), shape.numbers(), "numbers of an image of {shape}");
        assert!(!self.quarter_turns || shape.height == shape.width, "{shape} cannot be turned by 90 degrees");
        let mut random = key.random();
        let mut half = |wanted: bool| wanted && random.below(2) == 1;
        let flips = [half(self.flip_vertical), half(self.flip_horizontal)];
        let turns = if self.quarter_turns { random.below(4) } else { 0 };
        let mut step = || random.below(2 * self.shift + 1) as isize - self.shift as isize;
        let shift = [step(), step()];
        let drawn = Drawn { flips, turns, shift };
        if drawn.moves() {
            drawn.apply(numbers, shape, self.edges);
        }
        if self.noise > 0.0 {
            numbers.iter_mut().for_each(|x| *x += (self.noise * random.normal()) as f32);
        }
    }
}

impl Drawn {
    fn moves(&self) -> bool {
        self.flips != [false; 2] || self.turns > 0 || self.shift != [0; 2]
    }

    fn apply(&self, numbers: &mut [f32], shape: ImageShape, edges: Edges) {
        let ImageShape { height, width, channels } = shape;
        let old = numbers.to_vec();
        for (at, pixel) in numbers.chunks_exact_mut(channels.max(1)).enumerate() {
            match self.source([at / width, at % width], [height, width], edges) {
                Some([y, x]) => pixel.copy_from_slice(&old[(y * width + x) * channels..][..channels]),
                None => pixel.fill(0.0),
            }
        }
    }

    /// Where the pixel of a place comes from: first flips, then turns, then the shift have been done.
    fn source(&self, place: [usize; 2], size: [usize; 2], edges: Edges) -> Option<[usize; 2]> {
        let mut from = [0; 2];
        for axis in 0..2 {
            let (at, n) = (place[axis] as isize - self.shift[axis], size[axis] as isize);
            from[axis] = match edges {
                Edges::Periodic => at.rem_euclid(n) as usize,
                Edges::Zero if (0..n).contains(&at) => at as usize,
                Edges::Zero => return None,
            };
        }
        for _ in 0..self.turns {
            from = [from[1], size[0] - 1 - from[0]];
        }
        for axis in 0..2 {
            if self.flips[axis] {
                from[axis] = size[axis] - 1 - from[axis];
            }
        }
        Some(from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    const SQUARE: ImageShape = ImageShape { height: 3, width: 3, channels: 1 };
    const STILL: Drawn = Drawn { flips: [false; 2], turns: 0, shift: [0; 2] };

    fn done(drawn: Drawn, numbers: &[f32], shape: ImageShape, edges: Edges) -> Vec<f32> {
        let mut numbers = numbers.to_vec();
        drawn.apply(&mut numbers, shape, edges);
        numbers
    }

    fn drawn(augmentation: &Augmentation, keys: usize) -> BTreeSet<Vec<u32>> {
        let key = Key::new(0, "augment");
        let one = |step| {
            let mut numbers: Vec<f32> = (0..9_u8).map(f32::from).collect();
            augmentation.apply(&mut numbers, SQUARE, key.at(0, step));
            numbers.into_iter().map(|x| x as u32).collect()
        };
        (0..keys).map(one).collect()
    }

    #[test]
    fn turns_and_a_flip_reach_all_eight_symmetries_of_the_square() {
        let turns = Augmentation { quarter_turns: true, ..Augmentation::default() };
        assert_eq!(drawn(&turns, 100).len(), 4);
        for flipped in [
            Augmentation { flip_horizontal: true, ..turns.clone() },
            Augmentation { flip_horizontal: true, flip_vertical: true, ..turns },
        ] {
            assert_eq!(drawn(&flipped, 200).len(), 8);
        }
    }

    #[test]
    fn shifts_reach_every_pixel_within_their_limit() {
        let shifts = Augmentation { shift: 1, edges: Edges::Periodic, ..Augmentation::default() };
        assert_eq!(drawn(&shifts, 300).len(), 9);
    }

    #[test]
    fn a_flip_twice_is_the_identity_and_so_are_four_turns() {
        let shape = ImageShape { height: 2, width: 3, channels: 2 };
        let numbers: Vec<f32> = (0..12_u8).map(f32::from).collect();
        for flips in [[true, false], [false, true], [true, true]] {
            let flip = Drawn { flips, ..STILL };
            let once = done(flip, &numbers, shape, Edges::Zero);
            assert_ne!(once, numbers);
            assert_eq!(done(flip, &once, shape, Edges::Zero), numbers);
        }
        let square: Vec<f32> = (0..9_u8).map(f32::from).collect();
        let turn = Drawn { turns: 1, ..STILL };
        let four = (0..4).fold(square.clone(), |numbers, _| done(turn, &numbers, SQUARE, Edges::Zero));
        assert_eq!(four, square);
        assert_eq!(done(turn, &square, SQUARE, Edges::Zero), [2.0, 5.0, 8.0, 1.0, 4.0, 7.0, 0.0, 3.0, 6.0]);
    }

    #[test]
    fn a_shifted_image_gets_zeros_or_its_other_side() {
        let shape = ImageShape { height: 1, width: 3, channels: 2 };
        let numbers = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
        let right = Drawn { shift: [0, 1], ..STILL };
        assert_eq!(done(right, &numbers, shape, Edges::Zero), [0.0, 0.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(done(right, &numbers, shape, Edges::Periodic), [5.0, 6.0, 1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn the_same_key_gives_the_same_noise_of_the_deviation_that_is_asked_for() {
        let augmentation = Augmentation { noise: 0.5, ..Augmentation::default() };
        let shape = ImageShape { height: 100, width: 100, channels: 1 };
        let noise = |step| {
            let mut numbers = vec![0.0; 10_000];
            augmentation.apply(&mut numbers, shape, Key::new(1, "augment").at(2, step));
            numbers
        };
        assert_eq!(noise(3), noise(3));
        assert_ne!(noise(3), noise(4));
        let variance = noise(3).iter().map(|x| f64::from(x * x)).sum::<f64>() / 1e4;
        // Five standard errors: 0.25 sqrt(2/n).
        assert!((variance - 0.25).abs() < 5.0 * 0.25 * 0.0142, "{variance}");
    }

    #[test]
    fn what_cannot_be_done_is_refused() {
        let wide = ImageShape { height: 2, width: 3, channels: 1 };
        let turns = Augmentation { quarter_turns: true, ..Augmentation::default() };
        let message = turns.check(wide).unwrap_err().to_string();
        assert!(message.starts_with("images of 2 x 3 pixels cannot be turned by 90 degrees"), "{message}");
        assert!(turns.check(SQUARE).is_ok() && !turns.is_nothing() && Augmentation::default().is_nothing());
        assert!(Augmentation { noise: f64::NAN, ..Augmentation::default() }.check(wide).is_err());
    }
}
