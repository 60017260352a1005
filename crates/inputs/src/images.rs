//! Rows that are images.

pub mod feed;
pub mod listing;
pub mod pixels;

use data::image::ImageShape;
use data::{Scaler, Scaling, Table};
use nn::{Form, Inputs};
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::images::Images;
use spec::scale::Scale;

use crate::block::Block;
use crate::feature::Feature;
use crate::images::feed::{ImageRows, scale_pixels};
use crate::images::pixels::Pictures;
use crate::kind::{Distance, Explains, Kind};
use crate::scaled::Scaled;
use crate::source::Source;

/// The settings with what was decided when the images were read, which then holds for all others.
pub fn decided(images: Images, pictures: &Pictures) -> Images {
    match pictures {
        Pictures::Files(read) => Images { input: read.input.clone(), ..images },
        Pictures::Columns { .. } => images,
    }
}

/// Largest side, in pixels, of images for tabular models.
const SMALL: usize = 32;
/// Largest count of numbers of all of them, so that memory does not grow with the number of images.
const TOGETHER: usize = 1 << 27;
/// Images that are in memory while they are predicted.
const AT_ONCE: usize = 256;
/// Training images from which their scale is learned.
const SCALED: usize = 1000;

/// Images as pixels, on one scale for each channel; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pixels {
    /// Of the images as networks read them.
    shape: ImageShape,
    /// Height and width for models that read pixels without their order; `None` of one that reads images.
    small: Option<[usize; 2]>,
    #[serde(flatten)]
    scaled: Scaled,
}

/// Height and width of so many images for tabular models.
fn small(shape: ImageShape, rows: usize) -> [usize; 2] {
    let side = SMALL.min((TOGETHER / (shape.channels * rows).max(1)).isqrt()).max(1);
    [shape.height.min(side), shape.width.min(side)]
}

impl Pixels {
    /// Fits one scale for each channel to the training images; `None` where rows are not images.
    ///
    /// # Errors
    /// Augmentations that do not suit the images, images that cannot be read.
    pub fn fit(source: &Source, data: &Data, train: &[usize], scale: &Scale) -> Result<Option<Self>> {
        let (Some(settings), Some(pictures)) = (&data.images, &source.images) else { return Ok(None) };
        settings.augment.check(pictures.shape()).map_err(Error::from)?;
        let shape = pictures.shape();
        let [height, width] = small(shape, train.len());
        let some: Vec<usize> = train.iter().step_by(train.len().div_ceil(SCALED).max(1)).copied().collect();
        let mut numbers = vec![0.0; shape.numbers() * some.len()];
        pictures.read_all(&some, &mut numbers)?;
        let each = Scaler::fit(&numbers, shape.channels, scale.inputs);
        let names = Pixels::names(ImageShape { height, width, ..shape });
        let spread = |values: &[f64]| (0..names.len()).map(|at| values[at % shape.channels]).collect();
        let scaler = match scale.inputs {
            Scaling::None => {
                Scaler { kind: Scaling::None, center: vec![0.0; names.len()], scale: vec![1.0; names.len()] }
            }
            kind => Scaler { kind, center: spread(&each.center), scale: spread(&each.scale) },
        };
        Ok(Some(Pixels { shape, small: Some([height, width]), scaled: Scaled::all(names, 0.0, scaler) }))
    }

    /// The same for an image model.
    #[must_use]
    pub fn in_order(&self) -> Self {
        Pixels { small: None, ..self.clone() }
    }

    /// Whether it gives images, which are read a batch at a time.
    pub fn reads_images(&self) -> bool {
        self.small.is_none()
    }

    /// Some images for a network that reads a batch at a time; `None` of one that reads pixels without their order.
    ///
    /// # Errors
    /// Images that cannot be read.
    pub fn rows(&self, source: &Source, rows: &[usize], data: &Data) -> Result<Option<ImageRows>> {
        match (&source.images, &data.images) {
            (Some(pictures), Some(settings)) if self.reads_images() => {
                ImageRows::new(pictures.clone(), rows, &self.scaled.scaler, &settings.augment).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn read_shape(&self) -> ImageShape {
        match self.small {
            Some([height, width]) => ImageShape { height, width, ..self.shape },
            None => self.shape,
        }
    }

    /// Names of the numbers.
    fn names(shape: ImageShape) -> Vec<String> {
        let ImageShape { height, width, channels } = shape;
        let channel = |c: usize| match channels {
            1 => String::new(),
            3 => format!(" {}", ["red", "green", "blue"][c]),
            _ => format!(" channel {}", c + 1),
        };
        let place = |row: usize, column: usize| format!("pixel {} {}", row + 1, column + 1);
        let all = (0..height).flat_map(|row| (0..width).map(move |column| (row, column)));
        all.flat_map(|(row, column)| (0..channels).map(move |c| place(row, column) + &channel(c))).collect()
    }
}

impl Kind for Pixels {
    fn scaled(&self) -> &Scaled {
        &self.scaled
    }

    fn scaled_mut(&mut self) -> &mut Scaled {
        &mut self.scaled
    }

    fn inputs(&self) -> Inputs {
        let ImageShape { height, width, channels } = self.shape;
        match self.small {
            Some(_) => self.read_shape().numbers().into(),
            None => Form::Image { height, width, features: channels }.into(),
        }
    }

    fn encode(&self, source: &Source, rows: &[usize]) -> Result<Block> {
        let Some(pictures) = &source.images else {
            return Err(Error::NoFeatures { reason: "the rows are not images".into(), hint: "give images".into() });
        };
        if pictures.shape() != self.shape {
            return Err(Error::Setting {
                message: format!("the model reads images of {}, and these have {}", self.shape, pictures.shape()),
                place: "data.images".into(),
                hint: "train with `--set data.images.input.size=[HEIGHT,WIDTH]`: images are then brought to one size"
                    .into(),
            });
        }
        let shape = self.read_shape();
        let mut numbers = vec![0.0; shape.numbers() * rows.len()];
        match self.small {
            Some(size) => pictures.read_small(rows, size, &mut numbers)?,
            None => pictures.read_all(rows, &mut numbers)?,
        }
        scale_pixels(&self.scaled.scaler, shape.channels, &mut numbers);
        Ok(numbers.into())
    }

    fn features(&self, _: &Source) -> Vec<Feature> {
        self.scaled.features()
    }

    fn check(&self, _: &Table) -> Result<()> {
        Ok(())
    }

    fn words(&self) -> String {
        format!("images of {}", self.read_shape())
    }

    fn distance(&self) -> Distance {
        // A distance between pixels is meaningless.
        Distance::None
    }

    fn explains(&self) -> Explains {
        Explains::Pixels
    }

    fn at_once(&self) -> usize {
        if self.reads_images() { AT_ONCE } else { usize::MAX }
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
