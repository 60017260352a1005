//! Images as plain numbers, and lists of images of which only the paths are in memory.
//!
//! | step | item |
//! |---|---|
//! | read one image (PNG, JPEG, TIFF) | [`Image::read`] |
//! | say what images become | [`ImageInput`] |
//! | list the images of a folder, a table or a NumPy file, and read them one by one | [`Images`] |
//! | turn, mirror and shift them where physics does not care | [`Augmentation`] |

mod arrays;
mod augment;
mod decode;
mod encode;
mod files;
mod folder;
mod input;
mod invalid;
mod list;
mod resize;
mod stack;

pub use arrays::{Array, Elements};
pub use augment::{Augmentation, Edges};
pub use input::{Channels, ImageInput, Interpolation};
pub use invalid::{Invalid, Skipped};
pub use list::Images;

/// Numbers `[height, width, channels]`, row by row from the top left; the channels of a pixel stand together.
///
/// Unsigned integers become fractions of their largest value at full depth: of 16 bits, 65535 is 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Image {
    /// Height, width, channels.
    pub shape: ImageShape,
    /// The numbers.
    pub numbers: Vec<f32>,
}

/// Height and width in pixels, and the numbers of a pixel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ImageShape {
    /// Pixels from top to bottom.
    pub height: usize,
    /// Pixels from left to right.
    pub width: usize,
    /// Numbers of a pixel: 1 of gray images, 3 of red, green and blue.
    pub channels: usize,
}

impl ImageShape {
    /// How many numbers an image of this shape has.
    pub fn numbers(&self) -> usize {
        self.height * self.width * self.channels
    }
}

/// `32 x 48 pixels`, height first.
impl std::fmt::Display for ImageShape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let channels = if self.channels == 1 { String::new() } else { format!(" of {} numbers", self.channels) };
        write!(f, "{} x {} pixels{channels}", self.height, self.width)
    }
}

impl Image {
    /// The mean of the colors as the eye weighs them, $0.299 R + 0.587 G + 0.114 B$ \[ITU601\]; other numbers of channels
    /// are equally weighted.
    ///
    /// ```
    /// use data::image::{Image, ImageShape};
    /// let shape = ImageShape { height: 1, width: 1, channels: 3 };
    /// let green = Image { shape, numbers: vec![0.0, 1.0, 0.0] };
    /// assert_eq!(green.gray().numbers, [0.587]);
    /// ```
    #[must_use]
    pub fn gray(self) -> Self {
        let channels = self.shape.channels.max(1);
        let even = vec![1.0 / channels as f32; channels];
        let weights = if channels == 3 { &LUMA[..] } else { &even[..] };
        let mean = |pixel: &[f32]| pixel.iter().zip(weights).map(|(x, w)| x * w).sum();
        let numbers = self.numbers.chunks_exact(channels).map(mean).collect();
        Image { shape: ImageShape { channels: 1, ..self.shape }, numbers }
    }

    /// Red, green and blue; a gray image has the same number in each.
    #[must_use]
    pub fn color(self) -> Self {
        if self.shape.channels != 1 {
            return self;
        }
        let numbers = self.numbers.iter().flat_map(|&x| [x; 3]).collect();
        Image { shape: ImageShape { channels: 3, ..self.shape }, numbers }
    }
}

/// Weights of red, green and blue.
const LUMA: [f32; 3] = [0.299, 0.587, 0.114];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gray_image_in_color_is_as_gray_as_before() {
        let shape = ImageShape { height: 1, width: 2, channels: 1 };
        let gray = Image { shape, numbers: vec![0.25, 1.0] };
        let back = gray.clone().color().gray();
        assert_eq!(back.shape, shape);
        assert!(back.numbers.iter().zip(&gray.numbers).all(|(a, b)| (a - b).abs() < 1e-6));
    }

    #[test]
    fn a_shape_is_told_height_first() {
        assert_eq!(ImageShape { height: 32, width: 48, channels: 1 }.to_string(), "32 x 48 pixels");
        assert_eq!(ImageShape { height: 2, width: 4, channels: 3 }.to_string(), "2 x 4 pixels of 3 numbers");
    }
}
