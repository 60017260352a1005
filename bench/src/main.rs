//! Times training steps of our engine, with the same output line as the peers' scripts in `peers/`:
//!
//! ```text
//! bench LABEL THREADS SECONDS WORKLOAD...      such as: bench ours 1 2 A B
//! label,workload,threads,median us,best us,steps,peak MB,first step s
//! ```
//!
//! With `--loss` it says on stderr how far the loss has fallen. `bench hogwild EPOCHS`, `bench bayes ...`, `bench forecasting
//! ETTh1.csv SEEDS HORIZONS [MODEL]`, `bench molecules ...` and `bench digits ...` print tables of their own instead.
//! `cargo dev bench` runs all of them in turn.

mod bayes;
mod digits;
mod figures;
mod forecasting;
mod hogwild;
mod measure;
mod molecules;
mod training;
mod workload;

use std::path::Path;
use std::process::ExitCode;

use measure::measure;
use molecules::Molecules;
use training::Training;
use workload::Workload;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const USAGE: &str = "usage: bench [--loss] LABEL THREADS SECONDS WORKLOAD...\n       bench hogwild EPOCHS\n       bench bayes regret DESIGNS.csv|seeds=N [PROBLEM|all] [SETTINGS]\n       bench bayes batches DESIGNS.csv|seeds=N PUBLISHED.csv [METHOD|all] [SETTINGS]\n       bench bayes arylation REACTIONS.csv BATCH SEEDS FIRST [SETTINGS]\n       bench bayes speed LABEL THREADS SECONDS WORKLOAD...\n       bench forecasting ETTh1.csv SEEDS HORIZON,... [MODEL]\n       bench molecules TABLE SMILES TARGET SPLIT SEEDS FOLDER [MODEL]\n       bench digits MNIST.npz SEED EPOCHS THREADS";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    if let [name, epochs] = &words[..]
        && name == "hogwild"
        && let Ok(epochs) = epochs.parse()
    {
        println!("{}", hogwild::report(epochs));
        return ExitCode::SUCCESS;
    }
    match &words[..] {
        [name, words @ ..] if name == "bayes" => return told(bayes_report(words)),
        [name, path, seeds, horizons, only @ ..] if name == "forecasting" => {
            return told(forecasting_report(path, seeds, horizons, only.first().map_or("", String::as_str)));
        }
        [name, path, seed, epochs, threads] if name == "digits" => {
            return told(digits_report(path, [seed, epochs, threads]));
        }
        [name, path, smiles, target, split, seeds, folder, only @ ..] if name == "molecules" => {
            let (data, only) = (Molecules { path, smiles, target, split }, only.first().map_or("", String::as_str));
            return told(number(seeds).and_then(|seeds| molecules::report(&data, seeds, Path::new(folder), only)));
        }
        _ => {}
    }
    match Command::parse(words.into_iter()) {
        Ok(command) => {
            command.run();
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}\n{USAGE}");
            ExitCode::from(2)
        }
    }
}

/// Prints a table, or what went wrong.
fn told(report: Result<String, String>) -> ExitCode {
    match report {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn digits_report(path: &str, numbers: [&String; 3]) -> Result<String, String> {
    let [seed, epochs, threads] = numbers.map(|text| number(text));
    digits::report(path, seed?, epochs? as usize, threads? as usize)
}

fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("`{text}` is no number"))
}

fn forecasting_report(path: &str, seeds: &str, horizons: &str, only: &str) -> Result<String, String> {
    let horizons =
        horizons.split(',').map(|horizon| Ok(number(horizon)? as usize)).collect::<Result<Vec<_>, String>>()?;
    forecasting::report(path, number(seeds)?, &horizons, only)
}

/// Tables of how well, or lines of how fast, the next experiments are chosen.
fn bayes_report(words: &[String]) -> Result<String, String> {
    let words: Vec<&String> = words.iter().collect();
    let only = |at: usize| words.get(at).map(|only| only.as_str()).filter(|only| *only != "all");
    let settings = |at: usize| words.get(at).map_or("{}", |settings| settings.as_str());
    match words[..] {
        [name, designs, ..] if name == "regret" => bayes::regret(designs, only(2), settings(3)),
        [name, designs, published, ..] if name == "batches" => bayes::batches(designs, published, only(3), settings(4)),
        [name, path, batch, seeds, first, ..] if name == "arylation" => {
            bayes::arylation(path, (number(batch)? as usize, number(seeds)?, number(first)?), settings(5))
        }
        [name, label, threads, seconds, ref workloads @ ..] if name == "speed" => {
            let seconds = seconds.parse::<f64>().map_err(|_| format!("`{seconds}` is no number of seconds"))?;
            bayes::speed(label, number(threads)? as usize, seconds, workloads)?;
            Ok(String::new())
        }
        _ => Err("expected `regret`, `batches`, `arylation` or `speed`, with their files".into()),
    }
}

/// What the command line asks for.
#[derive(Debug)]
struct Command {
    label: String,
    threads: usize,
    seconds: f64,
    workloads: Vec<&'static Workload>,
    show_loss: bool,
}

impl Command {
    fn parse(words: impl Iterator<Item = String>) -> Result<Self, String> {
        let (flags, words): (Vec<_>, Vec<_>) = words.partition(|word| word.starts_with("--"));
        if let Some(flag) = flags.iter().find(|flag| *flag != "--loss") {
            return Err(format!("unknown flag `{flag}`"));
        }
        let [label, threads, seconds, names @ ..] = &words[..] else {
            return Err(format!("expected at least 3 words, found {}", words.len()));
        };
        let workloads = names.iter().map(|name| {
            workload::named(name).ok_or_else(|| format!("unknown workload `{name}`; there are {}", workload::names()))
        });
        Ok(Command {
            label: label.clone(),
            threads: threads.parse().map_err(|_| format!("`{threads}` is not a number of threads"))?,
            seconds: seconds.parse().map_err(|_| format!("`{seconds}` is not a number of seconds"))?,
            workloads: workloads.collect::<Result<_, _>>()?,
            show_loss: !flags.is_empty(),
        })
    }

    fn run(&self) {
        for workload in &self.workloads {
            let mut training = Training::new(workload, self.threads);
            let mut losses = None;
            let timing = measure(self.seconds, || {
                let loss = training.step();
                losses = Some((losses.map_or(loss, |(first, _)| first), loss));
            });
            println!("{},{},{},{timing}", self.label, workload.name, self.threads);
            if let (true, Some((first, last))) = (self.show_loss, losses) {
                eprintln!("{}: loss {first:.5} -> {last:.3e} in {} steps", workload.name, training.n_steps());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Command, String> {
        Command::parse(line.split_whitespace().map(String::from))
    }

    #[test]
    fn a_flag_may_stand_anywhere() {
        let command = parse("ours 2 0.5 A --loss B").unwrap();
        assert_eq!((command.threads, command.seconds, command.show_loss), (2, 0.5, true));
        assert_eq!(command.workloads.iter().map(|w| w.name).collect::<Vec<_>>(), ["A", "B"]);
    }

    #[test]
    fn a_wrong_word_is_named() {
        assert!(parse("ours 1 2 Z").unwrap_err().contains("`Z`; there are A, B"));
        assert!(parse("ours one 2 A").unwrap_err().contains("`one`"));
        assert!(parse("ours 1 2 A --fast").unwrap_err().contains("`--fast`"));
        assert!(parse("ours").unwrap_err().contains("found 1"));
    }
}
