//! The images of a source: files that are read when they are wanted, or columns of a table.

use data::image::{self, Image, ImageShape, Interpolation, Skipped};
use data::{Numeric, Table};
use rayon::prelude::*;
use spec::data::Data;
use spec::error::{Error, Result};
use spec::images::Images;

/// Images of one shape, a row each.
pub enum Pictures {
    /// Files, or a stack in memory as it is stored.
    Files(Box<image::Images>),
    /// Columns of a table, `[rows, pixels]`.
    Columns {
        /// Of each image.
        shape: ImageShape,
        /// Their numbers.
        numbers: Vec<f32>,
    },
}

impl Pictures {
    /// Pixels in the columns of a table: all columns of numbers but those that have another role.
    pub fn of_columns(table: &Table, data: &Data, images: &Images) -> Result<Option<Self>> {
        let Some(sides) = &images.pixels else { return Ok(None) };
        let roles = data.target.iter().chain(&data.weights).filter_map(|name| table.position(name).ok());
        let roles: Vec<usize> = roles.collect();
        let named = |at: usize| match data.features.is_empty() {
            true => !roles.contains(&at) && matches!(table.columns[at].numbers(), Numeric::Numbers(_)),
            false => data.features.iter().any(|name| table.position(name) == Ok(at)),
        };
        let places: Vec<usize> = (0..table.columns.len()).filter(|&at| named(at)).collect();
        let fault = |message: String, hint: &str| Error::Setting {
            message,
            place: "data.images.pixels".into(),
            hint: hint.into(),
        };
        let shape = match sides[..] {
            [height, width] => ImageShape { height, width, channels: 1 },
            [height, width, channels] => ImageShape { height, width, channels },
            _ => {
                let hint = "give height and width, and after them the number of channels if not one";
                return Err(fault(format!("{sides:?} is not the shape of an image"), hint));
            }
        };
        if places.len() != shape.numbers() || places.is_empty() {
            let hint = "give height and width whose product is the number of columns; name them with `--features`";
            return Err(fault(format!("{} columns of numbers do not fit images of {shape}", places.len()), hint));
        }
        let mut numbers = vec![0.0; table.n_rows * places.len()];
        for (at, &place) in places.iter().enumerate() {
            let column = &table.columns[place];
            for (row, x) in column.as_numbers()?.into_iter().enumerate() {
                let Some(x) = x else {
                    return Err(Error::MissingStep { column: column.header(), place: column.place(row) });
                };
                numbers[row * places.len() + at] = x as f32;
            }
        }
        let brought = images.input.shape(shape);
        if brought != shape {
            let bring = |x: &[f32]| images.input.bring(Image { shape, numbers: x.to_vec() }).numbers;
            numbers = numbers.chunks_exact(shape.numbers()).flat_map(bring).collect();
        }
        Ok(Some(Pictures::Columns { shape: brought, numbers }))
    }

    /// Images that were left out.
    pub fn skipped(&self) -> &[Skipped] {
        match self {
            Pictures::Files(images) => &images.skipped,
            Pictures::Columns { .. } => &[],
        }
    }

    /// Height, width and channels.
    pub fn shape(&self) -> ImageShape {
        match self {
            Pictures::Files(images) => images.shape,
            Pictures::Columns { shape, .. } => *shape,
        }
    }

    /// One image as an `<svg>` element; `None` of one that cannot be read.
    pub fn drawn(&self, row: usize) -> Option<String> {
        let shape = self.shape();
        let mut image = Image { shape, numbers: vec![0.0; shape.numbers()] };
        self.read(row, &mut image.numbers).ok()?;
        Some(report::picture(&image.to_png(), shape.width, shape.height))
    }

    /// The numbers of one image, `[height, width, channels]`.
    pub fn read(&self, row: usize, to: &mut [f32]) -> data::Result<()> {
        match self {
            Pictures::Files(images) => images.read(row, to),
            Pictures::Columns { numbers, .. } => {
                to.copy_from_slice(&numbers[row * to.len()..][..to.len()]);
                Ok(())
            }
        }
    }

    /// The same of several.
    pub fn read_all(&self, rows: &[usize], to: &mut [f32]) -> Result<()> {
        let size = self.shape().numbers();
        let read: Vec<data::Result<()>> =
            to.par_chunks_mut(size.max(1)).zip(rows).map(|(to, &row)| self.read(row, to)).collect();
        // The first in the order of the rows is reported, whichever thread has found it.
        Ok(read.into_iter().collect::<data::Result<()>>()?)
    }

    /// The same at another size, by means over areas.
    pub fn read_small(&self, rows: &[usize], [height, width]: [usize; 2], to: &mut [f32]) -> Result<()> {
        let shape = self.shape();
        if [shape.height, shape.width] == [height, width] {
            return self.read_all(rows, to);
        }
        let size = height * width * shape.channels;
        let one = |(to, &row): (&mut [f32], &usize)| {
            let mut image = Image { shape, numbers: vec![0.0; shape.numbers()] };
            self.read(row, &mut image.numbers)?;
            to.copy_from_slice(&image.resized([height, width], Interpolation::Area).numbers);
            Ok(())
        };
        let read: Vec<data::Result<()>> = to.par_chunks_mut(size.max(1)).zip(rows).map(one).collect();
        Ok(read.into_iter().collect::<data::Result<()>>()?)
    }
}
