//! `gedanken completions SHELL`.

use clap::CommandFactory;

use crate::arguments::CommandLine;
use crate::terminal::{Result, print};

pub fn run(shell: clap_complete::Shell) -> Result {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut CommandLine::command(), "gedanken", &mut script);
    print(String::from_utf8_lossy(&script))
}
