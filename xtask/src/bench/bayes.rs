//! `cargo dev bench bayes`: how well and how fast the next experiments are chosen, beside published runs and the peers.

use super::options::Options;
use super::programs::{self, Programs};
use super::result::{Line, summary};
use crate::process::{command, read, root};
use crate::result::Result;

/// Designs, published runs and reactions. They live beside the project.
const DATA: &str = "../shared/data/bo";
/// Our own workloads, and those of each label of `bench/peers/bayes_steps.py`.
const WORKLOADS: [&str; 4] = ["ask100", "ask500", "batch10", "mll2000"];
const PEERS: [(&str, &[&str]); 4] = [
    ("botorch", &["ask100", "ask500", "batch10"]),
    ("gpytorch", &["mll2000"]),
    ("skopt", &["ask100"]),
    ("optuna", &["ask100"]),
];
const PACKAGES: [&str; 4] = ["botorch", "gpytorch", "scikit-optimize", "optuna"];
const SCRIPT: &str = "bench/peers/bayes_steps.py";
/// Threads that each program may use.
const THREADS: usize = 2;
/// So many times as fast as a peer we want to be.
const TARGETS: [(&str, &str, f64); 5] = [
    ("ask100", "botorch", 5.0),
    ("ask100", "optuna", 2.0),
    ("ask500", "botorch", 4.0),
    ("batch10", "botorch", 10.0),
    ("mll2000", "gpytorch", 2.0),
];

/// Measures and prints.
pub fn bench(words: &[&str]) -> Result<()> {
    let options = Options::parse(words, &PEERS.map(|(label, _)| label))?;
    let ours = programs::ours()?;
    let mut text = String::new();
    let data = root()?.join(DATA);
    let file = |name: &str| data.join(name).to_string_lossy().into_owned();
    let (designs, published, reactions) =
        (file("initial_designs.csv"), file("batch_regret.csv"), file("direct_arylation.csv"));
    let parts = [
        ("Regret", vec!["regret", &designs]),
        ("Regret, bent values", vec!["regret", &designs, "all", r#"{"warp":"yeo_johnson"}"#]),
        ("Batches of ten", vec!["batches", &designs, &published]),
        ("Reactions, batches of five", vec!["arylation", &reactions, "5", "50", "0"]),
        ("Reactions, batches of two", vec!["arylation", &reactions, "2", "50", "0"]),
    ];
    if data.exists() {
        for (title, words) in parts {
            eprintln!("{title}");
            let found = read(command(&ours, &[vec!["bayes"], words].concat())?)?;
            text += &format!("## {title}\n\n```text\n{}\n```\n\n", found.trim_end());
        }
    } else {
        eprintln!("{DATA} does not exist: nothing but speed is measured");
    }
    let peers: Vec<_> = PEERS.iter().filter(|(label, _)| !options.without.iter().any(|name| name == label)).collect();
    let venv = if peers.is_empty() { None } else { Some(Programs::venv(&PACKAGES)?) };
    let mut lines = Vec::new();
    for round in 1..=options.rounds {
        eprintln!("round {round} of {}", options.rounds);
        lines.extend(measured(&ours, &["bayes", "speed"], "ours", &WORKLOADS, options.seconds));
        for (label, workloads) in &peers {
            let Some(venv) = &venv else { continue };
            lines.extend(measured(venv.python(), &[SCRIPT], label, workloads, options.seconds));
        }
    }
    text += &speed(&lines);
    options.tell(&text)
}

/// One turn of a program.
fn measured(
    program: impl AsRef<std::ffi::OsStr>,
    first: &[&str],
    label: &str,
    workloads: &[&str],
    seconds: f64,
) -> Vec<Line> {
    let (threads, seconds) = (THREADS.to_string(), seconds.to_string());
    let words = [first, &[label, &threads, &seconds], workloads].concat();
    let lines = command(program, &words).and_then(read).and_then(|out| out.lines().map(Line::parse).collect());
    lines.unwrap_or_else(|error| {
        eprintln!("{error}");
        workloads.iter().map(|workload| Line::failed(label, workload, THREADS, "it does not run here")).collect()
    })
}

/// Medians, and what became of the targets.
fn speed(lines: &[Line]) -> String {
    let mut text = String::from("## Speed\n\n| work | program | median | ours is faster by |\n|---|---|---|---|\n");
    let median = |workload: &str, label: &str| {
        let all = summary(lines, workload, THREADS);
        all.into_iter().find(|line| line.label == label)?.times.ok().map(|times| times.median)
    };
    for workload in WORKLOADS {
        let Some(ours) = median(workload, "ours") else { continue };
        text += &format!("| {workload} | ours | {:.1} ms | |\n", ours / 1e3);
        for (label, _) in PEERS {
            if let Some(theirs) = median(workload, label) {
                text += &format!("| {workload} | {label} | {:.1} ms | {:.2} |\n", theirs / 1e3, theirs / ours);
            }
        }
    }
    text.push('\n');
    for (workload, label, wanted) in TARGETS {
        if let (Some(ours), Some(theirs)) = (median(workload, "ours"), median(workload, label)) {
            let word = if theirs / ours >= wanted { "reached" } else { "missed" };
            text += &format!("- {workload}, {label} / ours = {:.2}, at least {wanted}: {word}\n", theirs / ours);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_told_beside_their_targets() {
        let line = |label: &str, median: f64| {
            Line::parse(&format!("{label},ask100,{THREADS},{median},{median},5,100,1")).unwrap()
        };
        let text = speed(&[line("ours", 1e4), line("botorch", 1e5), line("optuna", 1.5e4)]);
        assert!(text.contains("| ask100 | botorch | 100.0 ms | 10.00 |"), "{text}");
        assert!(text.contains("botorch / ours = 10.00, at least 5: reached"), "{text}");
        assert!(text.contains("optuna / ours = 1.50, at least 2: missed"), "{text}");
    }
}
