//! Forecasts of time series from the command line.

mod common;

use std::fs;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::Bench;

/// Hourly values with a period of a day, their square, and something that is known ahead.
fn hours(n: usize, from: usize) -> String {
    let mut csv = String::from("date,load [kW],square,plan\n");
    for hour in from..from + n {
        let (day, plan) = (hour / 24, hour / 5 % 2);
        let noise = (hour * 37 % 101) as f64 / 300.0;
        let load = 5.0 + 2.0 * (hour as f64 * std::f64::consts::TAU / 24.0).sin() + plan as f64 + noise;
        csv += &format!(
            "2024-{:02}-{:02} {:02}:00,{load:.3},{:.3},{plan}\n",
            1 + day / 28,
            1 + day % 28,
            hour % 24,
            load * load
        );
    }
    csv
}

/// January to the fourth of February 2024 without gaps: 28 days of a month that is cut there would leave some.
fn january(n: usize) -> String {
    hours(n.min(28 * 24), 0)
}

const FIT: &str =
    "fit x.csv --time date --target load --horizon 6 --window 24 --set model.hidden=8 --set train.epochs=3";

#[test]
fn a_forecast_goes_on_with_dates_and_intervals() {
    let bench = Bench::new().file("x.csv", january(600));
    bench.run(&format!("{FIT} --out run"));
    let csv = bench.run("predict run");
    let lines: Vec<&str> = csv.lines().collect();
    assert_eq!(lines[0], "date,load,load low,load high");
    assert_eq!(lines.len(), 7);
    // 600 hours from the first of January at midnight end on the 25th at 23:00.
    assert!(lines[1].starts_with("2024-01-26 00:00,") && lines[6].starts_with("2024-01-26 05:00,"), "{csv}");
    for line in &lines[1..] {
        let numbers: Vec<f64> = line.split(',').skip(1).map(|x| x.parse().unwrap()).collect();
        assert!(numbers[1] <= numbers[0] && numbers[0] <= numbers[2], "{line}");
    }
    // The same series in a table gives the same; a longer one goes on behind its end.
    assert_eq!(bench.run("predict run x.csv"), csv);
    assert_eq!(bench.text("run/forecast.csv"), csv);
    let bench = bench.file("y.csv", january(640));
    assert!(bench.run("predict run y.csv").lines().nth(1).is_some_and(|line| line.starts_with("2024-01-27 16:00,")));
    for file in ["report.html", "forecast.svg", "test.svg", "error_by_step.svg", "predictions.csv", "metrics.json"] {
        assert!(!bench.read(&format!("run/{file}")).is_empty());
    }
}

#[test]
fn every_model_forecasts_and_compares() {
    let bench = Bench::new().file("x.csv", january(400));
    let kinds = "lstm,gru,rnn,seq2seq,convolution,mlp,linear";
    let line = format!(
        "fit x.csv --time date --target load,square --future plan --horizon 4 --window 12 --calendar hour_of_day \
         --set train.epochs=1 --compare {kinds} --out run"
    );
    let metrics: serde_json::Value = {
        bench.run(&line);
        serde_json::from_slice(&bench.read("run/metrics.json")).unwrap()
    };
    let models: Vec<&str> = metrics["test"].as_array().unwrap().iter().map(|m| m["model"].as_str().unwrap()).collect();
    assert_eq!(models[..3], ["naive", "seasonal naive (24)", "drift"]);
    for kind in ["lstm", "gru", "rnn", "seq2seq", "convolution", "mlp", "linear"] {
        assert!(models.contains(&kind), "{models:?}");
    }
    // The best on the validation steps stands last and is kept.
    let errors = |part: &str| -> Vec<f64> {
        metrics[part].as_array().unwrap().iter().map(|m| m["scaled_mse"].as_f64().unwrap()).collect()
    };
    let validation = errors("validation");
    let kept = validation.last().unwrap();
    assert!(validation[3..].iter().all(|error| error >= kept), "{validation:?}");
    let kept = if *models.last().unwrap() == "linear" { "ridge" } else { models.last().unwrap() };
    assert_eq!(metrics["model"], kept);
}

#[test]
fn attention_losses_and_ensembles_forecast() {
    for settings in [
        "--model seq2seq --set model.attention=additive --set model.hidden=6",
        "--model seq2seq --set model.attention=multiplicative --set model.cell=gru --set model.layers=2",
        "--model lstm --set loss.kind=quantile",
        "--model seq2seq --set loss.kind=gaussian_negative_log_likelihood",
        "--model averaging --set model.members=2 --set model.of.kind=gru --set forecast.normalize=standard",
        "--model lstm --set model.patch=6 --set model.embed=8 --set precision=double --set forecast.normalize=mean",
    ] {
        let bench = Bench::new().file("x.csv", january(300));
        let line = "fit x.csv --time date --target load,square --horizon 4 --window 12 --set train.epochs=1 --out run";
        bench.run(&format!("{line} {settings}"));
        assert_eq!(bench.run("predict run").lines().count(), 5, "{settings}");
        assert_eq!(bench.run("predict run"), bench.run("predict run x.csv"), "{settings}");
    }
}

#[test]
fn a_backtest_walks_forward() {
    let bench = Bench::new().file("x.csv", january(600));
    let text =
        bench.run("fit x.csv --time date --target load --horizon 6 --window 24 --backtest=3 --model linear --out run");
    assert!(text.contains("3 blocks: scaled MAE"), "{text}");
    let predictions = bench.text("run/predictions.csv");
    let blocks: std::collections::BTreeSet<&str> =
        predictions.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(blocks.into_iter().collect::<Vec<_>>(), ["1", "2", "3"]);
}

#[test]
fn many_series_are_learned_together() {
    let mut csv = String::from("probe,hour,x\n");
    for (probe, level) in [("a", 1.0), ("b", 50.0)] {
        for hour in 0..200 {
            csv += &format!("{probe},{hour},{:.3}\n", level + f64::from(hour * 7 % 12) / 6.0);
        }
    }
    let bench = Bench::new().file("x.csv", csv);
    bench.run(
        "fit x.csv --time hour --series probe --target x --horizon 2 --window 12 --model linear --season 12 --out run",
    );
    let forecast = bench.run("predict run");
    let starts: Vec<String> =
        forecast.lines().map(|line| line.split(',').take(2).collect::<Vec<_>>().join(",")).collect();
    assert_eq!(starts, ["series,hour", "a,200", "a,201", "b,200", "b,201"]);
}

#[test]
fn what_is_known_ahead_is_asked_for() {
    let rows = january(300);
    let bench = Bench::new().file("x.csv", &rows).file("y.csv", format!("{rows}2024-01-13 12:00,,,1\n"));
    let line = "--time date --target load --future plan --horizon 2 --window 12 --model linear";
    bench.run(&format!("fit x.csv {line} --out run"));
    let seen = bench.seen("predict run");
    assert!(seen.contains("`plan` has to be known 2 steps after the end of the series, and is for 0"), "{seen}");
    let seen = bench.seen("predict run y.csv");
    assert!(seen.contains("and is for 1") && seen.contains("add rows from 2024-01-13 13:00 on"), "{seen}");
    let bench = bench.file("z.csv", format!("{rows}2024-01-13 12:00,,,1\n2024-01-13 13:00,,,0\n"));
    assert_eq!(bench.run("predict run z.csv").lines().count(), 3);
}

/// Wrong series, and what is said of them.
#[test]
fn wrong_series_are_told_with_their_times() {
    let rows = january(200);
    let lines: Vec<&str> = rows.lines().collect();
    let without = |at: usize| {
        lines.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, l)| format!("{l}\n")).collect::<String>()
    };
    let changed = |at: usize, to: &str| {
        lines.iter().enumerate().map(|(i, l)| format!("{}\n", if i == at { to } else { l })).collect::<String>()
    };
    let bench = Bench::new()
        .file("whole.csv", &rows)
        .file("gap.csv", without(40))
        .file("missing.csv", changed(40, "2024-01-02 15:00,,1,1"))
        .file("word.csv", changed(40, "2024-01-02 15:00,much,1,1"))
        .file("twice.csv", changed(40, lines[39]))
        .file("turned.csv", changed(40, "2023-12-31 23:00,1,1,1"))
        .file("few.csv", january(20));
    let fit = |file: &str, more: &str| {
        bench.seen(&format!("fit {file} --time date --target load --horizon 6 --window 24 --model linear{more}"))
    };
    let mut text = String::new();
    for file in ["gap.csv", "missing.csv", "word.csv", "twice.csv", "turned.csv", "few.csv"] {
        text += &fit(file, "");
    }
    for more in [
        "--time dat",
        "--freq 1d",
        "--freq fortnight",
        "--impute magic",
        "--past load",
        "--model random_forest",
        "--set model.kind=lstm --set model.patch=7",
        "--smiles square",
        "--set forecast.steps=[100,90,80]",
        "--calendar hour",
        "--folds 5",
        "--task classification",
    ] {
        // A flag that is given twice is another error.
        let line = if more.starts_with("--time") {
            format!("fit whole.csv {more} --target load --horizon 6")
        } else if more.starts_with("--model") {
            format!("fit whole.csv --time date --target load --horizon 6 {more}")
        } else {
            format!("fit whole.csv --time date --target load --horizon 6 --window 24 {more}")
        };
        text += &bench.seen(&line);
    }
    text += &bench.seen("fit whole.csv --target load --horizon 6");
    let compact: String = (1..29).map(|day| format!("202402{day:02},{day}\n")).collect();
    let bench = bench.file("compact.csv", format!("date,load\n{compact}"));
    text += &bench.seen("fit compact.csv --time date --target load");
    text += &bench.seen("predict nowhere");
    insta::assert_snapshot!(text);
}

#[test]
fn gaps_are_mended_on_request() {
    let rows = january(400);
    let gap: String =
        rows.lines().enumerate().filter(|(at, _)| *at != 100).map(|(_, line)| format!("{line}\n")).collect();
    let bench = Bench::new().file("x.csv", gap);
    for (mend, step) in [
        ("--impute", "2024-01-17 16:00"),
        ("--impute seasonal", "2024-01-17 17:00"),
        ("--resample 1d --window 3 --set split.fractions=[0.6,0.2,0.2]", "2024-01-18"),
    ] {
        let line =
            format!("fit x.csv --time date --target load --horizon 2 --model linear {mend} --out {}", mend.len());
        bench.run(&line);
        let next = bench.run(&format!("predict {}", mend.len()));
        assert!(next.contains(step), "{mend}: {next}");
    }
}

/// What was filled is learned from, but is no truth.
#[test]
fn filled_values_are_not_scored() {
    let rows = january(400);
    let lines: Vec<&str> = rows.lines().collect();
    let holes: String = lines
        .iter()
        .enumerate()
        .map(|(at, line)| match at {
            380..390 => format!("{},,,\n", line.split(',').next().unwrap_or_default()),
            _ => format!("{line}\n"),
        })
        .collect();
    let bench = Bench::new().file("x.csv", holes);
    bench.run("fit x.csv --time date --target load --horizon 2 --window 24 --model linear --impute mean --out run");
    let unseen = |line: &&str| line.split(',').nth(5) == Some("");
    let predictions = bench.text("run/predictions.csv");
    assert_eq!(predictions.lines().filter(unseen).count(), 10, "{predictions}");
    // MASE is in units of the training wherever it is told: the last tenth, and the window before it.
    let told = |text: &str| -> f64 {
        let metrics: serde_json::Value = serde_json::from_str(text).unwrap();
        let scores =
            if metrics["test"].is_array() { metrics["test"].as_array().unwrap().last().unwrap() } else { &metrics };
        let errors = &scores["targets"][0]["errors"];
        errors["mae"].as_f64().unwrap() / errors["mase"].as_f64().unwrap()
    };
    let run = told(&bench.text("run/metrics.json"));
    let again = told(&bench.run("evaluate run x.csv --json"));
    assert!((run - again).abs() < 1e-9 * run, "{run} {again}");
}

#[test]
fn a_series_that_is_predicted_exactly_has_no_quotient() {
    let line: String = (0..120).map(|t| format!("{t},{}\n", 2 * t)).collect();
    let bench = Bench::new().file("x.csv", format!("t,y\n{line}"));
    let text = bench.run("fit x.csv --time t --target y --horizon 2 --window 6 --model linear --out run");
    assert!(text.contains("predict this series exactly") && !text.contains("inf") && !text.contains("NaN"), "{text}");
}

#[test]
fn a_forecaster_is_no_model_of_tables_and_says_so() {
    let bench = Bench::new().file("x.csv", january(300));
    bench.run("fit x.csv --time date --target load --horizon 2 --window 12 --model linear --out run");
    let seen = bench.seen("interpret run x.csv");
    assert!(seen.contains("it is a forecaster of time series"), "{seen}");
    assert!(bench.seen("predict run --level 0.5").contains("has learned those of 0.9"));
    let described = bench.run("describe run");
    assert!(described.contains("2 steps of 1h"), "{described}");
    assert!(bench.run("evaluate run x.csv").contains("origins"));
    let bench = bench.file("days.csv", "date,load\n2024-01-01,1\n2024-01-02,2\n2024-01-03,1\n");
    assert!(
        bench.seen("predict run days.csv").contains("the steps of this table are 1d, those of the training were 1h")
    );
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_one_and_two_threads() {
    let bench = Bench::new().file("x.csv", january(500));
    for kind in ["lstm", "seq2seq", "convolution"] {
        let fit = |threads: usize| {
            let folder = format!("{kind}{threads}");
            bench.run(&format!(
                "fit x.csv --time date --target load,square --horizon 6 --window 24 --model {kind} --set train.epochs=2 \
                 --threads {threads} --out {folder}"
            ));
            (bench.read(&format!("{folder}/model.safetensors")), bench.read(&format!("{folder}/predictions.csv")))
        };
        assert!(fit(1) == fit(2), "{kind}");
    }
}

#[cfg(unix)]
#[test]
fn kill_minus_nine_and_resume_end_with_the_same_bytes() {
    let bench = Bench::new().file("x.csv", january(600));
    let line = "fit x.csv --time date --target load --horizon 6 --window 24 --model seq2seq --set model.hidden=16 --set train.epochs=12 \
                --set train.early_stopping.patience=0 --out";
    bench.run(&format!("{line} whole"));
    let mut child =
        bench.command(&format!("{line} killed")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let checkpoint = bench.path().join("killed/checkpoints/training_0.safetensors");
    let start = Instant::now();
    while !checkpoint.exists() && start.elapsed() < Duration::from_secs(60) {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(!bench.path().join("killed/metrics.json").exists(), "the run ended before it was killed");
    bench.run("fit --resume killed");
    for file in ["model.safetensors", "history.csv", "predictions.csv", "forecast.csv", "metrics.json"] {
        assert!(bench.read(&format!("whole/{file}")) == bench.read(&format!("killed/{file}")), "{file}");
    }
}

/// A million rows: the table takes most of the memory, windows are made when they are wanted. Measured: 210 MB.
#[cfg(target_os = "linux")]
#[test]
fn a_million_rows_train_in_bounded_memory() {
    let mut csv = String::from("t,y\n");
    for t in 0..1_000_000_u64 {
        csv += &format!("{t},{}\n", (t * 7919 % 1009) as f64 / 100.0 + (t % 24) as f64);
    }
    let bench = Bench::new().file("x.csv", csv);
    let line = "fit x.csv --time t --target y --season 24 --horizon 12 --window 48 --model gru --set model.hidden=4 --set train.epochs=1 \
                --set train.batch=1024 --set forecast.stride=4 --out run";
    let mut child = bench.command(line).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0_u64;
    while child.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with("VmHWM"));
        let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)).and_then(|n| n.parse().ok());
        peak = peak.max(kilobytes.unwrap_or(0));
        sleep(Duration::from_millis(20));
    }
    assert!(child.wait().unwrap().success());
    assert!((50_000..400_000).contains(&peak), "{peak} kB");
}
