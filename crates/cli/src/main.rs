//! `gedanken`: deep learning for physical scientists, on the command line.

#![forbid(unsafe_code)]

mod arguments;
mod commands;
mod progress;
mod reference;
mod shorts;
mod stop;
mod terminal;
mod words;

use std::process::ExitCode;

use clap::Parser;

use arguments::{Command, CommandLine};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let result = match CommandLine::parse().command {
        Command::Fit(arguments) => commands::fit::run(*arguments),
        Command::Look(arguments) => commands::look::run(&arguments),
        Command::Featurize(arguments) => commands::featurize::run(&arguments),
        Command::Predict(arguments) => commands::predict::run(&arguments),
        Command::Evaluate(arguments) => commands::evaluate::run(&arguments),
        Command::Interpret(arguments) => commands::interpret::run(&arguments),
        Command::Describe(arguments) => commands::describe::run(&arguments),
        Command::Study(arguments) => commands::study::run(&arguments),
        Command::Tune(arguments) => commands::tune::run(&arguments),
        Command::Schema(arguments) => commands::schema::run(&arguments),
        Command::Explain(arguments) => commands::explain::run(&arguments),
        Command::Data(arguments) => commands::data::run(&arguments),
        Command::Completions { shell } => commands::completions::run(shell),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => terminal::fail(&error),
    }
}
