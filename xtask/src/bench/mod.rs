//! `cargo dev bench`: training steps of ours, the hand-written ones and the peers', in turn, in one table of ratios.
//!
//! All programs print the same line (see `bench/src/main.rs`). The rounds are interleaved, because the speed of a machine
//! changes in minutes: only numbers of one run may be compared.

mod bayes;
mod options;
mod programs;
mod report;
mod result;
mod targets;

use std::fs;

use crate::Result;
use crate::process::root;
use options::Options;
use programs::{PEERS, Programs};

/// Measured on every program that can.
const WORKLOADS: [&str; 8] = ["A", "B", "C", "C2", "D", "D2", "E", "G"];

/// Measures and prints.
pub fn bench(words: &[&str]) -> Result<()> {
    if let ["bayes", words @ ..] = words {
        return bayes::bench(words);
    }
    let options = Options::parse(words, &PEERS.map(|peer| peer.name))?;
    if let Some(wrong) = options.workloads.iter().find(|name| !WORKLOADS.contains(&name.as_str())) {
        return Err(format!("there is no workload `{wrong}`\nhint: there are {}", WORKLOADS.join(", ")));
    }
    let wanted = |name: &&str| options.workloads.is_empty() || options.workloads.iter().any(|own| own == name);
    let workloads: Vec<&str> = WORKLOADS.into_iter().filter(wanted).collect();
    let programs = Programs::prepare(&options.without)?;
    let mut results = Vec::new();
    for round in 1..=options.rounds {
        for &threads in &options.threads {
            for program in &programs.list {
                eprintln!("round {round} of {}, threads {threads}: {}", options.rounds, program.label);
                results.extend(program.measure(&workloads, threads, options.seconds));
            }
        }
    }
    // Lock-free training is a race of its own, on a network like A.
    let hogwild = if workloads.contains(&"A") { programs.hogwild()? } else { String::new() };
    let text = report::report(&results, &workloads, &options.threads, &hogwild, &programs.versions()?);
    println!("{text}");
    match options.out {
        None => Ok(()),
        Some(path) => {
            fs::write(root()?.join(&path), text + "\n").map_err(|error| format!("cannot write {path}: {error}"))
        }
    }
}
