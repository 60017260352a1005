//! The compiled part of the Python package `gedanken`: it converts, and computes nothing.

mod convert;
mod errors;
mod featurize;
mod fit;
mod forecast;
mod listen;
mod model;
mod study;

use pyo3::prelude::*;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[pymodule]
mod _native {
    #[pymodule_export]
    use super::featurize::featurize;
    #[pymodule_export]
    use super::fit::{fit, run};
    #[pymodule_export]
    use super::forecast::{Forecaster, forecast};
    #[pymodule_export]
    use super::model::{Model, load};
    #[pymodule_export]
    use super::study::{Study, begin_study, open_study, read_campaign_file};

    use pyo3::prelude::*;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
