//! An image as a file.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, RgbImage};

use super::Image;

impl Image {
    /// The bytes of a PNG with 8 bits a channel, for people to look at: from 0 to 1 if the numbers lie there, else from the
    /// smallest to the largest. Two channels, and more than three, become their mean. Empty of an image without pixels.
    ///
    /// ```
    /// use data::image::{Image, ImageShape};
    /// let shape = ImageShape { height: 1, width: 2, channels: 1 };
    /// let png = Image { shape, numbers: vec![0.0, 1.0] }.to_png();
    /// assert_eq!(png[1..4], *b"PNG");
    /// ```
    pub fn to_png(&self) -> Vec<u8> {
        let gray;
        let image = if matches!(self.shape.channels, 1 | 3) {
            self
        } else {
            gray = self.clone().gray();
            &gray
        };
        let finite = || image.numbers.iter().copied().filter(|x| x.is_finite());
        let (low, high) = (finite().fold(0.0, f32::min), finite().fold(f32::MIN, f32::max));
        let high = if low < 0.0 || high > 1.0 { high } else { 1.0 };
        let level = |x: &f32| (255.0 * (x - low) / (high - low)).round().clamp(0.0, 255.0) as u8;
        let levels: Vec<u8> = image.numbers.iter().map(level).collect();
        let (width, height) = (image.shape.width as u32, image.shape.height as u32);
        let drawn = match image.shape.channels {
            1 => GrayImage::from_raw(width, height, levels).map(DynamicImage::from),
            _ => RgbImage::from_raw(width, height, levels).map(DynamicImage::from),
        };
        let mut bytes = Cursor::new(Vec::new());
        match drawn.map(|drawn| drawn.write_to(&mut bytes, ImageFormat::Png)) {
            Some(Ok(())) => bytes.into_inner(),
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::ImageShape;

    fn levels(channels: usize, numbers: &[f32]) -> Vec<u8> {
        let shape = ImageShape { height: 1, width: numbers.len() / channels, channels };
        let png = Image { shape, numbers: numbers.to_vec() }.to_png();
        image::load_from_memory(&png).unwrap().into_bytes()
    }

    #[test]
    fn fractions_keep_their_brightness_and_others_fill_the_range() {
        assert_eq!(levels(1, &[0.0, 0.2, 0.6]), [0, 51, 153]);
        assert_eq!(levels(1, &[-1.0, 0.0, 1.0]), [0, 128, 255]);
        assert_eq!(levels(1, &[0.0, 5.0, 10.0]), [0, 128, 255]);
        assert_eq!(levels(3, &[0.0, 0.2, 1.0]), [0, 51, 255]);
        assert_eq!(levels(2, &[0.0, 1.0, 1.0, 1.0]), [128, 255]);
        assert!(Image { shape: ImageShape { height: 0, width: 0, channels: 1 }, numbers: vec![] }.to_png().is_empty());
    }
}
