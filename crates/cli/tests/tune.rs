//! Tuning from the command line: from ranges to the best model, after crashes, with many workers, with wrong input.

mod common;
#[cfg(unix)]
#[path = "../../study/tests/support/postgres.rs"]
mod postgres;

use std::process::Stdio;
use std::time::{Duration, Instant};

use common::{Bench, numbers};
use insta::assert_snapshot;
use serde_json::Value;

const EXPERIMENT: &str = r#"
baselines = false

[data]
path = "x.csv"
target = "y"

[model]
kind = "mlp"
dropout = 0.0
hidden = { tune = "list", low = 1, high = 2, of = { tune = "int", low = 4, high = 256, log = true } }

[train]
epochs = 60
early_stopping = { patience = 0 }

[train.optimizer]
kind = "adam"
learning_rate = { tune = "float", low = 1e-5, high = 1e-1, log = true }

[tuning]
trials = 10
stop = { kind = "median", startup = 3, warm_up = 4 }
strategy = { initial = 5, restarts = 0 }
"#;

fn bench() -> Bench {
    Bench::new().file("x.csv", numbers(150)).file("e.toml", EXPERIMENT)
}

fn tuned(bench: &Bench, folder: &str) -> Value {
    serde_json::from_slice(&bench.read(&format!("{folder}/tuning.json"))).unwrap()
}

/// The figure of a model on the validation rows.
fn validation(found: &Value, at: usize) -> f64 {
    found["validation"][at]["targets"][0]["rmse"]["value"].as_f64().unwrap()
}

#[test]
fn the_best_settings_are_found_and_the_model_is_trained_with_them() {
    let bench = bench();
    let text = bench.run("tune e.toml --out whole --threads 1");
    assert!(text.contains("validation rows (used to select the settings)") && text.contains("mlp (tuned)"), "{text}");
    let found = tuned(&bench, "whole");
    let trials = found["trials"].as_array().unwrap();
    assert_eq!(trials.len(), 10);
    // The figure of the trial is that of the model in the end: the same rows, the same bits.
    let best = found["best"]["outcomes"]["validation RMSE"].as_f64().unwrap();
    assert_eq!(validation(&found, 1), best);
    assert!(trials.iter().all(|trial| trial["outcomes"]["validation RMSE"].as_f64().unwrap() >= best));
    // The first trial is that of the defaults, which can then only be beaten.
    assert_eq!(trials[0]["origin"], "chosen");
    assert_eq!(trials[0]["outcomes"]["validation RMSE"].as_f64(), Some(validation(&found, 0)));
    assert!(trials.iter().any(|trial| trial["reason"].as_str().is_some_and(|why| why.starts_with("stopped early"))));
    for file in ["tuning_convergence.svg", "tuning_importance.json", "tuning_parallel_coordinates.svg", "report.html"] {
        assert!(!bench.read(&format!("whole/{file}")).is_empty());
    }
    bench.run("predict whole x.csv");
    // Once more: nothing is left to try, and the same comes out.
    bench.run("tune e.toml --out again --threads 2");
    assert_eq!(bench.read("whole/model.safetensors"), bench.read("again/model.safetensors"));
    // Further trials go on with the same study.
    bench.run("tune e.toml --trials 12 --out more");
    assert_eq!(tuned(&bench, "more")["trials"].as_array().unwrap()[..10], trials[..]);
    let drawn = bench.run("study --study e.tuning.db plot pictures");
    assert!(drawn.is_empty() && bench.path().join("pictures/importance.svg").exists());
}

#[cfg(target_os = "linux")]
#[test]
fn kill_minus_nine_and_the_same_command_again_end_with_the_same_bytes() {
    let bench = bench();
    let line = "tune e.toml --threads 1 --set train.epochs=300";
    bench.run(&format!("{line} --study whole.db --out whole"));
    let mut child = bench.command(&format!("{line} --out killed"));
    let mut child = child.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let told = || {
        let trials = bench.output("study --study e.tuning.db --json show").stdout;
        let trials: Value = serde_json::from_slice(&trials).unwrap_or_default();
        trials.as_array().map_or(0, |all| all.iter().filter(|trial| trial["state"] == "complete").count())
    };
    let start = Instant::now();
    while told() < 3 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(told() < 10, "the tuning ended before it was killed");
    bench.run(&format!("{line} --out killed"));
    for file in ["trials.csv", "model.safetensors"] {
        assert_eq!(bench.read(&format!("whole/{file}")), bench.read(&format!("killed/{file}")), "{file}");
    }
}

/// Two workers here and two that join; every trial is carried out once.
fn shared(study: &str) {
    let bench = bench();
    let line = format!("tune e.toml --trials 16 --workers 2 --study {study} --out owner");
    let owner = bench.command(&line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    let there = || bench.output(&format!("study --study {study} status")).status.success();
    while !there() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    let guest = bench.output(&format!("tune --study {study} --workers 2 --json"));
    assert!(guest.status.success(), "{}", String::from_utf8_lossy(&guest.stderr));
    let owner = owner.wait_with_output().unwrap();
    assert!(owner.status.success());
    let trials = tuned(&bench, "owner")["trials"].clone();
    let trials = trials.as_array().unwrap();
    assert_eq!(trials.len(), 16);
    assert!(trials.iter().all(|trial| trial["state"] == "complete"));
    let guest: Value = serde_json::from_slice(&guest.stdout).unwrap();
    let first = trials[0]["worker"].as_str().unwrap().split('-').next().unwrap();
    let of_guest = trials.iter().filter(|t| t["worker"].as_str().unwrap().split('-').next() != Some(first)).count();
    assert_eq!(guest["trials"].as_u64(), Some(of_guest as u64));
}

#[test]
fn workers_share_a_file() {
    shared("shared.db");
}

#[cfg(unix)]
#[test]
fn workers_share_a_postgresql_database() {
    if let Some(server) = postgres::Postgres::start() {
        shared(&server.database("tuning"));
    }
}

#[test]
fn wrong_tunings_are_told() {
    let bench = bench().file("plain.toml", "[data]\npath = \"x.csv\"\ntarget = \"y\"\n");
    bench.run("tune e.toml --trials 2 --out done");
    let mut seen = String::new();
    for line in [
        "tune plain.toml",
        "tune missing.toml",
        "tune",
        "tune --study missing.db",
        "tune --study e.tuning.db --set seed=1",
        "fit e.toml",
        "tune e.toml --set train.epochs=50",
        "tune e.toml --out done",
        "tune e.toml --set model.hidden={tune=\"int\",low=64,high=8}",
        "tune e.toml --set model.dropout={tune=\"float\",low=0.1,high=2.0}",
        "tune e.toml --set split.seed={tune=\"int\",low=1,high=8}",
        "tune e.toml --set tuning.stop.kind=medium",
        "tune e.toml --set data.path=y.csv",
    ] {
        seen += &format!("{}\n", bench.seen(line));
    }
    assert_snapshot!(seen);
}
