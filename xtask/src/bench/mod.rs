//! `cargo dev bench`: training steps of ours, the hand-written ones and the peers', in turn, in one table of ratios.
//!
//! All programs print the same line (see `bench/src/main.rs`). The rounds are interleaved, because the speed of a machine
//! changes in minutes: only numbers of one run may be compared.

mod bayes;
mod options;
mod programs;
mod report;
mod result;
mod studies;
mod targets;

use crate::result::Result;
use options::Options;
use programs::{PEERS, Programs};

/// Measured on every program that can.
const WORKLOADS: [&str; 8] = ["A", "B", "C", "C2", "D", "D2", "E", "G"];

/// Measures and prints.
pub fn bench(words: &[&str]) -> Result<()> {
    match words {
        ["bayes", words @ ..] => return bayes::bench(words),
        ["molecules", words @ ..] => return studies::molecules(words),
        ["digits", words @ ..] => return studies::digits(words),
        _ => {}
    }
    let options = Options::parse(words, &PEERS.map(|peer| peer.name))?;
    options.check_workloads(&WORKLOADS)?;
    let workloads: Vec<&str> = WORKLOADS.into_iter().filter(|name| options.wants(name)).collect();
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
    options.tell(&text)
}
