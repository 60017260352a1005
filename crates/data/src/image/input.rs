//! Preprocessing of images.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Image, ImageShape};
use crate::{Error, Result};

/// How images become numbers.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct ImageInput {
    /// Height and width in pixels to which images are brought; by default they stay as they are, and all must have one size.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<[usize; 2]>,
    /// Gray or color.
    pub channels: Channels,
    /// How pixels are found where images change their size.
    pub interpolation: Interpolation,
}

/// Numbers of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Channels {
    /// Gray where all images are gray, else color.
    #[default]
    Auto,
    /// One number.
    Gray,
    /// Red, green and blue.
    Color,
}

/// How the pixels of an image of another size are found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Interpolation {
    /// Along straight lines between neighbors; where an image shrinks, over all pixels that fall together.
    #[default]
    Linear,
    /// The mean over the area that a new pixel covers: sums of intensities stay what they are.
    Area,
    /// The nearest pixel: no number is new, as labels and spins need it.
    Nearest,
}

impl ImageInput {
    /// Sizes that are not sizes.
    ///
    /// # Errors
    /// A height or width of zero.
    pub fn check(&self) -> Result<()> {
        match self.size {
            Some([height, width]) if height == 0 || width == 0 => Err(Error::Count {
                field: "size",
                found: 0,
                expected: "height and width of at least 1 pixel",
                hint: "for example size = [64, 64]; without it images stay as they are",
            }),
            _ => Ok(()),
        }
    }

    /// The shape that an image of another shape gets; [`Channels::Auto`] leaves its channels as they are.
    pub fn shape(&self, of: ImageShape) -> ImageShape {
        let [height, width] = self.size.unwrap_or([of.height, of.width]);
        let channels = match self.channels {
            Channels::Auto => of.channels,
            Channels::Gray => 1,
            Channels::Color => 3,
        };
        ImageShape { height, width, channels }
    }

    /// The same with [`Channels::Auto`] decided by images that have so many; others than 1 and 3 stay as they are.
    #[must_use]
    pub fn decided(&self, by: usize) -> Self {
        let channels = match (self.channels, by) {
            (Channels::Auto, 1) => Channels::Gray,
            (Channels::Auto, 3) => Channels::Color,
            (channels, _) => channels,
        };
        ImageInput { channels, ..self.clone() }
    }

    /// The image as this asks for it.
    pub fn bring(&self, image: Image) -> Image {
        let image = match self.channels {
            Channels::Gray => image.gray(),
            Channels::Color => image.color(),
            Channels::Auto => image,
        };
        match self.size {
            Some(size) => image.resized(size, self.interpolation),
            None => image,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_gets_the_shape_that_is_promised() {
        let shape = ImageShape { height: 3, width: 5, channels: 3 };
        let image = Image { shape, numbers: (0..45).map(|x| x as f32).collect() };
        for channels in [Channels::Auto, Channels::Gray, Channels::Color] {
            for size in [None, Some([2, 4]), Some([6, 6])] {
                let input = ImageInput { size, channels, ..ImageInput::default() };
                let brought = input.bring(image.clone());
                assert_eq!((brought.shape, brought.numbers.len()), (input.shape(shape), input.shape(shape).numbers()));
            }
        }
    }

    #[test]
    fn a_size_of_zero_is_refused() {
        let message = ImageInput { size: Some([0, 4]), ..ImageInput::default() }.check().unwrap_err().to_string();
        assert!(message.starts_with("size = 0, expected height and width of at least 1 pixel\nhint:"), "{message}");
    }
}
