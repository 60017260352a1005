//! Whatever a file of ours holds.

use std::path::Path;

use crate::error::Result;
use crate::files;
use crate::forecast::{Forecaster, is_forecaster};
use crate::model::Model;
use crate::model_file::Reader;

/// What a file, or the folder of a run, holds.
pub enum Loaded {
    /// A model of tables.
    Model(Box<Model>),
    /// A forecaster of time series.
    Forecaster(Box<Forecaster>),
}

impl Loaded {
    /// Reads the file once.
    ///
    /// # Errors
    /// No such file, or one that is no model.
    pub fn read(path: &Path) -> Result<Self> {
        let (file, bytes) = files::read_model(path)?;
        let reader = Reader::new(&bytes, &file)?;
        Ok(if is_forecaster(&reader)? {
            Loaded::Forecaster(Box::new(Forecaster::from_reader(&reader)?))
        } else {
            Loaded::Model(Box::new(Model::from_reader(&reader)?))
        })
    }
}
