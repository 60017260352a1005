//! The project's own tools: `cargo dev COMMAND`. They set up what they need: Rust and Python 3.10 are enough.

mod bench;
mod check;
mod fixtures;
mod generate;
mod house;
mod process;
mod result;
mod venv;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo dev COMMAND

  check [--no-python]       everything that must hold before a change is merged, as the servers check it
  generate [--check]        write the generated files, or say whether they are up to date
  house                     the crates and their sizes, and what is wrong with circles of imports, floors and long files
  bench [--rounds N] [--seconds S] [--without torch,jax,keras,sklearn] [--out FILE.md]
                            training steps of ours, the hand-written ones and the peers', in turn
  bench bayes [--rounds N] [--seconds S] [--without botorch,gpytorch,skopt,optuna] [--out FILE.md]
                            how well and how fast the next experiments are chosen
  bench molecules [--workloads esol,esol_scaffold,boiling_points] [--seeds N] [--without chemprop] [--out FILE.md]
                            errors and times of our default and of chemprop on the same splits
  bench digits [--seeds N] [--threads N,...] [--without torch,keras] [--out FILE.md]
                            how long a LeNet-5 takes to read 99 % of MNIST
  fixtures [FAMILY]         make golden numbers with the reference programs";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match &words[..] {
        ["check"] => check::check(true),
        ["check", "--no-python"] => check::check(false),
        ["generate"] => generate::generate(),
        ["generate", "--check"] => generate::check(),
        ["house"] => house::house(),
        ["bench", options @ ..] => bench::bench(options),
        ["fixtures", families @ ..] => fixtures::fixtures(families),
        [] | ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(format!("`{}` is no command\n\n{USAGE}", words.join(" "))),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}
