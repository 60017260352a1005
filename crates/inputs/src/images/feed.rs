//! Batches of images that are read when they are wanted.

use std::sync::{Arc, Mutex, PoisonError};

use data::Scaler;
use data::image::Augmentation;
use nn::{Batch, Examples, Feed};
use spec::error::Result;
use tensor::random::Key;
use tensor::{Device, Real};

use crate::images::pixels::Pictures;

/// Images up to so many bytes are held in memory as numbers, so that no epoch but the first decodes them.
const HELD: usize = 1 << 29;

/// Some images of a source, as the numbers of a network.
#[derive(Clone)]
pub struct ImageRows {
    pictures: Arc<Pictures>,
    /// Which of them.
    rows: Vec<usize>,
    /// Their scale.
    scaler: Scaler,
    /// Augmentation: random changes in training.
    augment: Augmentation,
    /// The numbers of all `rows` as first made, where they are few.
    held: Option<Arc<Vec<f32>>>,
}

/// The same with their targets.
pub struct ImageFeed<'a, T: Real> {
    pub images: &'a ImageRows,
    /// Targets and weights; no inputs.
    pub examples: Examples<T>,
}

impl ImageRows {
    /// # Errors
    /// An image that cannot be read, where all are read now.
    pub fn new(pictures: Arc<Pictures>, rows: &[usize], scaler: &Scaler, augment: &Augmentation) -> Result<Self> {
        let size = pictures.shape().numbers();
        let held = match size * rows.len() * size_of::<f32>() <= HELD {
            true => {
                let mut numbers = vec![0.0; size * rows.len()];
                pictures.read_all(rows, &mut numbers)?;
                scale_pixels(scaler, pictures.shape().channels, &mut numbers);
                Some(Arc::new(numbers))
            }
            false => None,
        };
        let (rows, scaler, augment) = (rows.to_vec(), scaler.clone(), augment.clone());
        Ok(ImageRows { pictures, rows, scaler, augment, held })
    }

    /// Some of the images, perhaps several times.
    pub fn select(&self, rows: &[usize]) -> Self {
        let size = self.pictures.shape().numbers();
        let held = self
            .held
            .as_ref()
            .map(|held| Arc::new(rows.iter().flat_map(|&row| &held[row * size..(row + 1) * size]).copied().collect()));
        ImageRows { rows: rows.iter().map(|&row| self.rows[row]).collect(), held, ..self.clone() }
    }

    /// The numbers of one image, changed by what `key` draws.
    fn write(&self, row: usize, key: Option<Key>, to: &mut [f32]) -> data::Result<()> {
        let shape = self.pictures.shape();
        match &self.held {
            Some(held) => to.copy_from_slice(&held[row * to.len()..][..to.len()]),
            None => {
                self.pictures.read(self.rows[row], to)?;
                scale_pixels(&self.scaler, shape.channels, to);
            }
        }
        if let Some(key) = key.filter(|_| !self.augment.is_nothing()) {
            self.augment.apply(to, shape, key.shard(row));
        }
        Ok(())
    }
}

/// Brings pixels to the scale of their channel.
pub fn scale_pixels(scaler: &Scaler, channels: usize, numbers: &mut [f32]) {
    for (at, x) in numbers.iter_mut().enumerate() {
        let (center, scale) = (scaler.center[at % channels], scaler.scale[at % channels]);
        *x = ((f64::from(*x) - center) / scale) as f32;
    }
}

impl<T: Real> Feed<T> for ImageFeed<'_, T> {
    fn n_rows(&self) -> usize {
        self.images.rows.len()
    }

    fn batch(&self, rows: &[usize], key: Option<Key>, device: &Device) -> nn::Result<Batch<T>> {
        let size = self.images.pictures.shape().numbers();
        let failed = Mutex::new(None::<(usize, data::Error)>);
        let x = device.tensor([rows.len(), size], |x| {
            device.threads().over_chunks(x, size, |at, x| {
                let mut numbers = vec![0.0; size];
                if let Err(error) = self.images.write(rows[at], key, &mut numbers) {
                    let mut failed = failed.lock().unwrap_or_else(PoisonError::into_inner);
                    if failed.as_ref().is_none_or(|(first, _)| at < *first) {
                        *failed = Some((at, error));
                    }
                }
                x.iter_mut().zip(&numbers).for_each(|(x, &number)| *x = T::of(f64::from(number)));
            });
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some((_, error)) => Err(nn::Error::Unreadable { reason: error.to_string() }),
            None => Ok(Batch { x, ..self.examples.gather(rows, device) }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::images::Pixels;
    use crate::kind::Kind;
    use crate::source::Source;
    use data::{Column, Table, Values};
    use nn::Targets;
    use spec::data::Data;
    use spec::images::Images;
    use spec::scale::Scale;

    fn feed(augment: Augmentation) -> (ImageRows, Examples<f32>) {
        let column = |at: usize| {
            let numbers = (0..3).map(|row| f64::from(row * 10 + at as i32)).collect();
            Column::new(&format!("p{at}"), Values::Number(numbers))
        };
        let table = Table::from_columns("test", (0..4).map(column).collect()).unwrap();
        let images = Some(Images { pixels: Some(vec![2, 2]), ..Images::default() });
        let data = Data { images, ..Data::default() };
        let source = Source::new(table, String::new(), &data, &Default::default()).unwrap();
        let scale = Scale { inputs: data::Scaling::None, ..Scale::default() };
        let pixels = Pixels::fit(&source, &data, &[0, 1, 2], &scale).unwrap().unwrap();
        let scaler = &pixels.scaled().scaler;
        let rows = ImageRows::new(source.images.clone().unwrap(), &[2, 0], scaler, &augment).unwrap();
        let targets = Targets::Classes { count: 2, labels: vec![1, 0] };
        (rows, Examples { width: 0, x: Vec::new(), targets, weights: Vec::new() })
    }

    #[test]
    fn a_batch_holds_the_images_of_its_rows() {
        let (images, examples) = feed(Augmentation::default());
        let feed = ImageFeed { images: &images, examples };
        let batch = feed.batch(&[1, 0], None, &Device::cpu(1)).unwrap();
        assert_eq!(batch.x.data(), [0.0, 1.0, 2.0, 3.0, 20.0, 21.0, 22.0, 23.0]);
    }

    #[test]
    fn what_is_drawn_depends_on_the_step_and_never_touches_a_prediction() {
        let (images, examples) = feed(Augmentation { noise: 1.0, ..Augmentation::default() });
        let feed = ImageFeed { images: &images, examples };
        let batch = |key| feed.batch(&[0, 1], key, &Device::cpu(2)).unwrap().x.data().to_vec();
        let key = |step| Some(Key::new(0, "test").at(0, step));
        assert_eq!(batch(None)[0], 20.0);
        assert_eq!(batch(key(1)), batch(key(1)));
        assert_ne!(batch(key(1)), batch(key(2)));
        assert_ne!(batch(key(1)), batch(None));
    }
}
