//! A run that was killed goes on and ends with the same bytes.
#![cfg(unix)]

mod common;

use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{Bench, numbers};

const FIT: &str = "fit x.csv --target y --set train.epochs=1500 --set train.early_stopping.patience=0 --set model.hidden=[64] --set baselines=false";

/// Starts a run, waits until some epochs are kept, and sends it a signal.
fn interrupted(bench: &Bench, fit: &str, folder: &str, signal: &str) -> Option<i32> {
    let mut child =
        bench.command(&format!("{fit} --out {folder}")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let checkpoint = bench.path().join(folder).join("checkpoints/training_0.safetensors");
    let start = Instant::now();
    while !checkpoint.exists() && start.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(1));
    }
    sleep(Duration::from_millis(20));
    std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    child.wait().unwrap().code()
}

/// Runs to the end, and once more with a `kill -9` on the way.
fn killed_and_resumed(bench: &Bench, fit: &str) {
    bench.run(&format!("{fit} --out whole"));
    assert_eq!(interrupted(bench, fit, "killed", "-9"), None);
    assert!(!bench.path().join("killed/metrics.json").exists(), "the run ended before it was killed");
    bench.run("fit --resume killed");
    for file in ["model.safetensors", "history.csv", "predictions.csv", "metrics.json"] {
        assert_eq!(bench.read(&format!("whole/{file}")), bench.read(&format!("killed/{file}")), "{file}");
    }
}

#[test]
fn kill_minus_nine_and_resume_end_with_the_same_bytes() {
    killed_and_resumed(&Bench::new().file("x.csv", numbers(600)), FIT);
}

#[test]
fn images_that_are_changed_by_chance_are_resumed_with_the_same_bytes() {
    let fit = "fit ising --pixels 16x16 --target phase --model lenet --set model.features=[4,8] --set model.kernel=3 \
               --set model.hidden=[16] --set model.dropout=0.2 --set train.epochs=30 --set baselines=false \
               --set data.images.augment.shift=3 --set data.images.augment.noise=0.1";
    killed_and_resumed(&Bench::new(), fit);
}

#[test]
fn graphs_are_resumed_with_the_same_bytes() {
    let row = |at: usize| format!("{}{},{at}\n", "C".repeat(1 + at % 20), ["O", "N", "c1ccccc1"][at / 20 % 3]);
    let table = String::from("smiles,y\n") + &(0..60).map(row).collect::<String>();
    let fit = "fit x.csv --smiles smiles --target y --model d_mpnn --set model.hidden=32 --set train.epochs=200 \
               --set train.early_stopping.patience=0 --set baselines=false";
    killed_and_resumed(&Bench::new().file("x.csv", table), fit);
}

#[test]
fn ctrl_c_and_sigterm_stop_after_an_epoch_with_code_130() {
    let bench = Bench::new().file("x.csv", numbers(600));
    for (folder, signal) in [("int", "-INT"), ("term", "-TERM")] {
        assert_eq!(interrupted(&bench, FIT, folder, signal), Some(130), "{signal}");
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
    interrupted(&bench, FIT, "run", "-9");
    let bench = bench.file("x.csv", numbers(500));
    let output = bench.output("fit --resume run");
    assert!(String::from_utf8_lossy(&output.stderr).contains("the data have changed"), "{output:?}");
}
