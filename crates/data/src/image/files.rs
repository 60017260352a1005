//! Looks at image files before they are read.

use std::path::PathBuf;

use rayon::prelude::*;

use super::{Image, ImageInput, ImageShape, Invalid, Skipped, decode};
use crate::{Error, Result};

/// Facts about image files.
pub(super) struct Scanned {
    /// Shape in which each is read.
    pub shape: ImageShape,
    /// How they are read.
    pub input: ImageInput,
    /// Those that cannot be.
    pub skipped: Vec<Skipped>,
}

/// Looks at the heads of all files, or, where some may be skipped, reads all of each.
pub(super) fn scan(paths: &[PathBuf], input: &ImageInput, invalid: Invalid, source: &str) -> Result<Scanned> {
    let shapes: Vec<Result<ImageShape>> = match invalid {
        Invalid::Refuse => paths.par_iter().map(|path| decode::shape(path)).collect(),
        Invalid::Skip => paths.par_iter().map(|path| Image::read(path).map(|image| image.shape)).collect(),
    };
    let (mut first, mut color, mut skipped) = (None, false, Vec::new());
    for (row, shape) in shapes.into_iter().enumerate() {
        let fits = shape.and_then(|shape| {
            let (at, expected) = *first.get_or_insert((row, shape));
            match input.size.is_some() || (shape.height, shape.width) == (expected.height, expected.width) {
                true => Ok(shape),
                false => Err(other_size((&paths[row], shape), (&paths[at], expected))),
            }
        });
        match fits {
            Ok(shape) => color |= shape.channels > 1,
            Err(reason) if invalid == Invalid::Skip => skipped.push(Skipped { row, reason }),
            Err(error) => return Err(error),
        }
    }
    let Some((_, shape)) = first else {
        let found = match skipped.first() {
            Some(skipped) => {
                format!("none of {} can be read, for example {}", paths.len(), skipped.reason.first_line())
            }
            None => "it lists none".into(),
        };
        let hint = "PNG, JPEG and TIFF are read, and arrays of NumPy".into();
        return Err(Error::NoImages { place: source.to_owned(), found, hint });
    };
    let input = input.decided(if color { 3 } else { 1 });
    Ok(Scanned { shape: input.shape(shape), input, skipped })
}

fn other_size((path, shape): (&PathBuf, ImageShape), (first, expected): (&PathBuf, ImageShape)) -> Error {
    let size = |shape: ImageShape| ImageShape { channels: 1, ..shape }.to_string();
    Error::ImageSize {
        file: path.display().to_string(),
        found: size(shape),
        expected: size(expected),
        first: first.display().to_string(),
    }
}
