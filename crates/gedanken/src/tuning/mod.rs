//! Tuning: fields of an experiment that are ranges, tried out as trials of a study.

mod find;
mod ranges;
mod report;
mod spec;
mod stop;
mod tunable;
mod work;

pub use find::{TuneEvent, TuneOptions, join, tune};
pub(crate) use ranges::first_range;
pub use report::Tuned;
pub use spec::{StopRule, Tune, Tuning};
pub use tunable::Tunable;
