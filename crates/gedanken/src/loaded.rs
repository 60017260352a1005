//! Whatever a file of ours holds.

use std::path::Path;

use forecasting::file::KIND;
use forecasting::forecaster::Forecaster;
use learn::model_file::Reader;
use learn::model_file::read_model;
use spec::error::Result;
use tabular::model::Model;

/// Content of a file, or of the folder of a run.
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
    /// No such file, or one that is not a model.
    pub fn read(path: &Path) -> Result<Self> {
        let (file, bytes) = read_model(path)?;
        let reader = Reader::new(&bytes, &file)?;
        Ok(if reader.kind()? == KIND {
            Loaded::Forecaster(Box::new(Forecaster::from_reader(&reader)?))
        } else {
            Loaded::Model(Box::new(Model::from_reader(&reader)?))
        })
    }
}
