//! PNG, JPEG and TIFF become numbers.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use image::{ColorType, DynamicImage, ImageDecoder, ImageReader};

use super::{Image, ImageShape};
use crate::{Error, Result};

impl Image {
    /// Reads a PNG, JPEG or TIFF with 8 or 16 bits (of TIFF also 32-bit floats in color), gray or color. What is
    /// transparent is read as if it were not; of several pages the first is read.
    ///
    /// # Errors
    /// No such file, a file that is not an image or of another kind, and one that ends early.
    pub fn read(path: &Path) -> Result<Self> {
        decoder(path).and_then(DynamicImage::from_decoder).map(from_picture).map_err(|error| not_read(path, &error))
    }
}

/// The shape of an image without reading more than the head of its file.
///
/// # Errors
/// As [`Image::read`], except for what is wrong after the head.
pub(super) fn shape(path: &Path) -> Result<ImageShape> {
    let decoder = decoder(path).map_err(|error| not_read(path, &error))?;
    let (width, height) = decoder.dimensions();
    let channels = if decoder.color_type().has_color() { 3 } else { 1 };
    Ok(ImageShape { height: height as usize, width: width as usize, channels })
}

fn decoder(path: &Path) -> image::ImageResult<impl ImageDecoder + use<>> {
    let file = BufReader::new(File::open(path)?);
    ImageReader::new(file).with_guessed_format()?.into_decoder()
}

fn from_picture(picture: DynamicImage) -> Image {
    let (height, width) = (picture.height() as usize, picture.width() as usize);
    let color = picture.color();
    let (stored, channels) = (usize::from(color.channel_count()), if color.has_color() { 3 } else { 1 });
    let numbers: Vec<f32> = match color {
        ColorType::L8 | ColorType::La8 | ColorType::Rgb8 | ColorType::Rgba8 => {
            picture.as_bytes().iter().map(|&x| f32::from(x) / f32::from(u8::MAX)).collect()
        }
        ColorType::L16 | ColorType::La16 | ColorType::Rgb16 | ColorType::Rgba16 => {
            let number = |x: &[u8; 2]| f32::from(u16::from_ne_bytes(*x)) / f32::from(u16::MAX);
            picture.as_bytes().as_chunks().0.iter().map(number).collect()
        }
        // Floats, the only kind that is left.
        _ => picture.into_rgb32f().into_raw(),
    };
    let shape = ImageShape { height, width, channels };
    // An alpha channel stands after the others.
    let stored = if numbers.len() == shape.numbers() { channels } else { stored };
    let numbers = match stored == channels {
        true => numbers,
        false => numbers.chunks_exact(stored).flat_map(|pixel| &pixel[..channels]).copied().collect(),
    };
    Image { shape, numbers }
}

fn not_read(path: &Path, error: &image::ImageError) -> Error {
    Error::NotAnImage { file: path.display().to_string(), reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{ExtendedColorType, ImageFormat, save_buffer_with_format};

    fn written(format: ImageFormat, bytes: &[u8], size: (u32, u32), color: ExtendedColorType) -> Image {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("picture");
        save_buffer_with_format(&path, bytes, size.0, size.1, color, format).unwrap();
        let image = Image::read(&path).unwrap();
        assert_eq!(shape(&path).unwrap(), image.shape, "{format:?} {color:?}");
        image
    }

    #[test]
    fn sixteen_bits_are_read_at_full_depth() {
        let bytes: Vec<u8> = [0_u16, 1, 256, u16::MAX].into_iter().flat_map(u16::to_ne_bytes).collect();
        for format in [ImageFormat::Png, ImageFormat::Tiff] {
            let image = written(format, &bytes, (2, 2), ExtendedColorType::L16);
            assert_eq!(image.shape, ImageShape { height: 2, width: 2, channels: 1 });
            assert_eq!(image.numbers, [0.0, 1.0 / 65535.0, 256.0 / 65535.0, 1.0]);
        }
    }

    #[test]
    fn colors_stand_together_and_alpha_is_left_out() {
        let bytes = [255, 0, 51, 7, 0, 255, 102, 8];
        for format in [ImageFormat::Png, ImageFormat::Tiff] {
            let image = written(format, &bytes, (2, 1), ExtendedColorType::Rgba8);
            assert_eq!(image.shape, ImageShape { height: 1, width: 2, channels: 3 });
            assert_eq!(image.numbers, [1.0, 0.0, 0.2, 0.0, 1.0, 0.4]);
        }
    }

    #[test]
    fn an_even_jpeg_is_even() {
        let image = written(ImageFormat::Jpeg, &[128; 64], (8, 8), ExtendedColorType::L8);
        assert!(image.numbers.iter().all(|x| (x - 128.0 / 255.0).abs() < 0.01), "{:?}", image.numbers);
    }

    #[test]
    fn a_file_that_is_no_image_or_ends_early_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let (text, cut, none) = (folder.path().join("a.png"), folder.path().join("b.png"), folder.path().join("c.png"));
        std::fs::write(&text, "not a picture").unwrap();
        save_buffer_with_format(&cut, &[9; 900], 30, 30, ExtendedColorType::L8, ImageFormat::Png).unwrap();
        let bytes = std::fs::read(&cut).unwrap();
        std::fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
        for (path, name) in [(text, "a.png"), (cut, "b.png"), (none, "c.png")] {
            let message = Image::read(&path).unwrap_err().to_string();
            assert!(message.starts_with("the image `") && message.contains(name), "{message}");
        }
    }
}
