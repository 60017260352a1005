//! `gedanken explain NAME`.

use crate::arguments::Explain;
use crate::terminal::{Result, print};

pub fn run(arguments: &Explain) -> Result {
    print(gedanken::schema::explain(super::fit::kind_called(&arguments.name))?)
}
