//! A run that was killed goes on and ends with the same bytes.
#![cfg(unix)]

mod common;

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{Bench, numbers};

const FIT: &str = "fit x.csv --target y --set train.epochs=1500 --set train.early_stopping.patience=0 --set model.hidden=[64] --set baselines=false";

/// Starts a run, waits until some epochs are kept, and sends it a signal.
fn interrupted(bench: &Bench, folder: &str, signal: &str) -> Option<i32> {
    let mut child =
        bench.command(&format!("{FIT} --out {folder}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let checkpoint = bench.path().join(folder).join("checkpoints/training_0.safetensors");
    let start = Instant::now();
    while !checkpoint.exists() && start.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(1));
    }
    sleep(Duration::from_millis(20));
    std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    child.wait().unwrap().code()
}

#[test]
fn kill_minus_nine_and_resume_end_with_the_same_bytes() {
    let bench = Bench::new().file("x.csv", numbers(600));
    bench.run(&format!("{FIT} --out whole"));
    assert_eq!(interrupted(&bench, "killed", "-9"), None);
    assert!(!bench.path().join("killed/metrics.json").exists(), "the run ended before it was killed");
    bench.run("fit --resume killed");
    for file in ["model.safetensors", "history.csv", "predictions.csv", "metrics.json"] {
        assert_eq!(bench.read(&format!("whole/{file}")), bench.read(&format!("killed/{file}")), "{file}");
    }
}

#[test]
fn ctrl_c_and_sigterm_stop_after_an_epoch_with_code_130() {
    let bench = Bench::new().file("x.csv", numbers(600));
    for (folder, signal) in [("int", "-INT"), ("term", "-TERM")] {
        assert_eq!(interrupted(&bench, folder, signal), Some(130), "{signal}");
        bench.run(&format!("fit --resume {folder}"));
    }
    assert_eq!(bench.read("int/model.safetensors"), bench.read("term/model.safetensors"));
}

#[test]
fn resuming_a_finished_run_changes_nothing_and_says_so() {
    let bench = Bench::new().file("x.csv", numbers(60));
    bench.run("fit x.csv --target y --model ridge --out run");
    let before = bench.read("run/model.safetensors");
    let output = bench.output("fit --resume run");
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("is finished: nothing to do"));
    assert_eq!(bench.read("run/model.safetensors"), before);
}

#[test]
fn data_that_have_changed_are_noticed() {
    let bench = Bench::new().file("x.csv", numbers(600));
    interrupted(&bench, "run", "-9");
    let bench = bench.file("x.csv", numbers(500));
    let output = bench.output("fit --resume run");
    assert!(String::from_utf8_lossy(&output.stderr).contains("the data have changed"), "{output:?}");
}
