//! Rows that are images.

pub mod feed;
pub mod pixels;

use std::path::Path;

use data::image::{self, ImageShape, Invalid};
use data::{Scaler, Scaling, Table};
use nn::Form;
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::images::Images;
use spec::scale::Scale;

use crate::encode::Encoder;
use crate::images::feed::ImageRows;
use crate::images::pixels::Pictures;
use crate::source::Source;

/// The settings with what was decided when the images were read, which then holds for all others.
pub fn decided(images: Images, pictures: &Pictures) -> Images {
    match pictures {
        Pictures::Files(read) => Images { input: read.input.clone(), ..images },
        Pictures::Columns { .. } => images,
    }
}

/// The column with the folder of each image.
pub(crate) const CLASS: &str = "class";
/// Images that models for tables read have no more than so many pixels on a side.
const SMALL: usize = 32;
/// All of them together are no more than so many numbers, so that memory does not grow with the number of images.
const TOGETHER: usize = 1 << 27;
/// Training images from which their scale is learnt.
const SCALED: usize = 1000;

/// How images become the numbers of a model; saved with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EncodedImages {
    /// Of the images as networks read them.
    pub shape: ImageShape,
    /// Height and width for models that read pixels without their order; `None` of one that reads images.
    pub small: Option<[usize; 2]>,
}

/// Whether a path holds images without being a table that names them.
pub fn holds_images(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    path.is_dir() || matches!(extension.as_str(), "npy" | "npz")
}

/// The images of a folder or of a NumPy file, where an experiment says that there are some; `None` of a table.
pub fn listed(path: &Path, data: &Data) -> Result<Option<image::Images>> {
    let images = data.images.as_ref().filter(|images| images.pixels.is_none() && holds_images(path));
    images.map(|images| open(path, data, images)).transpose()
}

fn open(path: &Path, data: &Data, images: &Images) -> Result<image::Images> {
    Ok(image::Images::open(path, images.column.as_deref(), &images.input, invalid(data))?)
}

fn invalid(data: &Data) -> Invalid {
    if data.skip_invalid { Invalid::Skip } else { Invalid::Refuse }
}

/// The images that a table stands for: that of a folder or of a NumPy file, or one with a column of paths.
pub fn of_table(table: Table, data: &Data, images: &Images) -> Result<image::Images> {
    let path = Path::new(&table.source).to_owned();
    match &images.column {
        Some(column) if !holds_images(&path) => {
            let folder = path.parent().unwrap_or(Path::new(""));
            Ok(image::Images::of_table(table, column, folder, &images.input, invalid(data))?)
        }
        _ => open(&path, data, images),
    }
}

/// Height and width in which models for tables read so many images.
fn small(shape: ImageShape, rows: usize) -> [usize; 2] {
    let side = SMALL.min((TOGETHER / (shape.channels * rows).max(1)).isqrt()).max(1);
    [shape.height.min(side), shape.width.min(side)]
}

impl EncodedImages {
    fn read_shape(&self) -> ImageShape {
        match self.small {
            Some([height, width]) => ImageShape { height, width, ..self.shape },
            None => self.shape,
        }
    }

    /// How the numbers of a row are arranged.
    pub fn form(&self) -> Form {
        let ImageShape { height, width, channels } = self.shape;
        match self.small {
            Some(_) => self.read_shape().numbers().into(),
            None => Form::Image { height, width, features: channels },
        }
    }

    /// Names of the numbers.
    fn names(&self) -> Vec<String> {
        let ImageShape { height, width, channels } = self.read_shape();
        let channel = |c: usize| match channels {
            1 => String::new(),
            3 => format!(" {}", ["red", "green", "blue"][c]),
            _ => format!(" channel {}", c + 1),
        };
        let place = |row: usize, column: usize| format!("pixel {} {}", row + 1, column + 1);
        let all = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
        all.flat_map(|(row, column)| (0..channels).map(move |c| place(row, column) + &channel(c))).collect()
    }

    /// In words.
    pub fn words(&self) -> String {
        format!("images of {}", self.read_shape())
    }
}

impl Encoder {
    /// Learns one scale for each channel from training images; `None` where rows are no images.
    pub(crate) fn fit_images(source: &Source, data: &Data, train: &[usize], scale: &Scale) -> Result<Option<Self>> {
        let (Some(settings), Some(pictures)) = (&data.images, &source.images) else { return Ok(None) };
        settings.augment.check(pictures.shape()).map_err(Error::from)?;
        let shape = pictures.shape();
        let images = EncodedImages { shape, small: Some(small(shape, train.len())) };
        let some: Vec<usize> = train.iter().step_by(train.len().div_ceil(SCALED).max(1)).copied().collect();
        let mut numbers = vec![0.0; shape.numbers() * some.len()];
        pictures.read_all(&some, &mut numbers)?;
        let each = Scaler::fit(&numbers, shape.channels, scale.inputs);
        let names = images.names();
        let spread = |values: &[f64]| (0..names.len()).map(|at| values[at % shape.channels]).collect();
        let scaler = match scale.inputs {
            Scaling::None => {
                Scaler { kind: Scaling::None, center: vec![0.0; names.len()], scale: vec![1.0; names.len()] }
            }
            kind => Scaler { kind, center: spread(&each.center), scale: spread(&each.scale) },
        };
        let kept = (0..names.len()).collect();
        Ok(Some(Encoder { kept, scaler, images: Some(images), ..Encoder::empty(names) }))
    }

    /// The same for a model that reads images.
    pub fn in_order(&self) -> Self {
        let images = self.images.clone().map(|images| EncodedImages { small: None, ..images });
        Encoder { images, ..self.clone() }
    }

    /// Whether it gives images, which are read a batch at a time.
    pub fn reads_images(&self) -> bool {
        self.images.as_ref().is_some_and(|images| images.small.is_none())
    }

    /// Some images for a network; `None` of one that gives numbers.
    pub fn image_rows(&self, source: &Source, rows: &[usize], data: &Data) -> Result<Option<ImageRows>> {
        match (&source.images, &data.images) {
            (Some(pictures), Some(settings)) if self.reads_images() => {
                ImageRows::new(pictures.clone(), rows, self, &settings.augment).map(Some)
            }
            _ => Ok(None),
        }
    }

    /// Numbers of some images, on the scale of the training rows.
    pub(crate) fn encode_images(&self, of: &EncodedImages, source: &Source, rows: &[usize]) -> Result<Vec<f32>> {
        let Some(pictures) = &source.images else {
            return Err(Error::NoFeatures { reason: "the rows are no images".into(), hint: "give images".into() });
        };
        if pictures.shape() != of.shape {
            return Err(Error::Setting {
                message: format!("the model reads images of {}, and these have {}", of.shape, pictures.shape()),
                place: "data.images".into(),
                hint: "train with `--set data.images.input.size=[HEIGHT,WIDTH]`: images are then brought to one size"
                    .into(),
            });
        }
        let shape = of.read_shape();
        let mut numbers = vec![0.0; shape.numbers() * rows.len()];
        match of.small {
            Some(size) => pictures.read_small(rows, size, &mut numbers)?,
            None => pictures.read_all(rows, &mut numbers)?,
        }
        self.scale_pixels(shape.channels, &mut numbers);
        Ok(numbers)
    }

    /// Brings pixels to the scale of their channel.
    pub(crate) fn scale_pixels(&self, channels: usize, numbers: &mut [f32]) {
        for (at, x) in numbers.iter_mut().enumerate() {
            let (center, scale) = (self.scaler.center[at % channels], self.scaler.scale[at % channels]);
            *x = ((f64::from(*x) - center) / scale) as f32;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_images_are_read_smaller_so_that_memory_is_bounded() {
        let shape = ImageShape { height: 64, width: 20, channels: 3 };
        assert_eq!(small(shape, 1000), [32, 20]);
        let [height, width] = small(shape, 1_000_000);
        assert_eq!((height, width), (6, 6));
        assert!(height * width * shape.channels * 1_000_000 <= TOGETHER);
        assert_eq!(small(shape, 1 << 30), [1, 1]);
    }
}
