//! `gedanken schema`.

use crate::arguments::Schema;
use crate::reference;
use crate::terminal::{Result, print};

pub fn run(arguments: &Schema) -> Result {
    if arguments.markdown {
        print(gedanken::schema::markdown())
    } else if arguments.command_line {
        print(reference::command_line())
    } else if arguments.python {
        print(gedanken::schema::python())
    } else {
        print(format!("{:#}\n", gedanken::schema::schema()))
    }
}
