//! Sequences with labels from the command line.

mod common;

use common::Bench;

/// Readings of forty probes, five to nine steps each; those with a label `high` rise.
fn readings(n: usize) -> String {
    let mut csv = String::from("probe,t,level,noise,label,slope\n");
    for probe in 0..n {
        let (high, steps) = (probe % 2 == 1, 5 + probe * 7 % 5);
        for t in 0..steps {
            let level = if high { 0.5 * t as f64 } else { 1.0 } + (probe * 13 + t * 29) as f64 % 7.0 / 50.0;
            let (noise, label) = ((probe * t * 31 % 11) as f64 / 11.0, if high { "high" } else { "low" });
            csv += &format!("p{probe},{t},{level:.3},{noise:.3},{label},{}\n", if high { 0.5 } else { 0.0 });
        }
    }
    csv
}

const FIT: &str = "fit x.csv --target label --sequence rows:probe:t --features level,noise --model gru --set model.hidden=16 \
                   --set train.epochs=60 --set train.optimizer.learning_rate=0.02 --set baselines=false";

#[test]
fn readings_of_unequal_length_are_classified_and_keep_their_names() {
    let bench = Bench::new().file("x.csv", readings(60));
    bench.run(&format!("{FIT} --out run"));
    let metrics: serde_json::Value = serde_json::from_slice(&bench.read("run/metrics.json")).unwrap();
    assert_eq!(metrics["test"][0]["targets"][0]["accuracy"]["value"], 1.0);
    assert!(bench.text("run/predictions.csv").starts_with("fold,part,probe,"));
    let predicted = bench.run("predict run x.csv");
    let lines: Vec<&str> = predicted.lines().collect();
    assert_eq!(lines.len(), 61);
    assert!(lines[0].starts_with("probe,p(high),p(low),label"), "{}", lines[0]);
    for (at, line) in lines[1..].iter().enumerate() {
        assert!(
            line.starts_with(&format!("p{at},")) && line.contains(if at % 2 == 1 { ",high" } else { ",low" }),
            "{line}"
        );
    }
    // The order of rows within a sequence is that of their times.
    let mut rows: Vec<String> = readings(60).lines().skip(1).map(str::to_owned).collect();
    rows.reverse();
    let bench = bench.file("turned.csv", format!("probe,t,level,noise,label,slope\n{}\n", rows.join("\n")));
    let turned = bench.run("predict run turned.csv");
    let sorted = |text: &str| {
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(&turned), sorted(&predicted));
}

#[test]
fn columns_are_steps_and_a_shorter_row_ends_early() {
    let mut csv = String::from("a,b,c,d,y\n");
    for row in 0..60 {
        let x: Vec<f64> = (0..4).map(|k| (row * (k + 3) % 17) as f64).collect();
        let end = if row % 3 == 0 { ",".to_owned() } else { format!("{},{}", x[2], x[3]) };
        csv += &format!("{},{},{end},{}\n", x[0], x[1], x[0] + x[1]);
    }
    let bench = Bench::new().file("x.csv", csv);
    for kind in ["lstm", "convolution"] {
        let line =
            format!("fit x.csv --target y --sequence columns:2 --model {kind} --set train.epochs=3 --out {kind}");
        bench.run(&line);
        assert_eq!(bench.run(&format!("predict {kind} x.csv")).lines().count(), 61);
    }
}

#[test]
fn attention_tells_where_a_molecule_is_read() {
    let bench = Bench::new();
    bench.run("fit --sequence tokens --model gru --set model.attention=true --set model.hidden=8 --set train.epochs=1 --set baselines=false --out run");
    bench.run("data get boiling_points --out .");
    let text = bench.run("interpret run boiling_points.csv --smiles CC(=O)O --row 2 --out look");
    assert!(text.contains("row 2\n") && text.contains("row 1\n"), "{text}");
    let shares: f64 = text
        .lines()
        .skip_while(|line| *line != "row 1")
        .filter_map(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok())
        .sum();
    assert!((shares - 101.0).abs() < 1.5, "the shares and the number of the row: {shares}, {text}");
    assert!(!bench.read("look/attention_1.svg").is_empty());
    let seen = bench.seen("predict run --smiles [U]CCO");
    assert!(seen.contains("hold tokens that no training row has, for example `[U]`"), "{seen}");
}

/// What is wrong with sequences is told with the name of the sequence.
#[test]
fn wrong_sequences_are_told() {
    let rows = readings(40);
    let changed = |from: &str, to: &str| rows.replace(from, to);
    let first = rows.lines().find(|line| line.starts_with("p3,1,")).unwrap().to_owned();
    let cells: Vec<&str> = first.split(',').collect();
    let hole = format!("{},{},,{},{},{}", cells[0], cells[1], cells[3], cells[4], cells[5]);
    let long: String = (0..20).map(|t| format!("q,{t},{},0.1,low,0\n", 0.1 * f64::from(t))).collect();
    let bench = Bench::new()
        .file("x.csv", &rows)
        .file("hole.csv", changed(&first, &hole))
        .file("two.csv", changed("p3,2,", "p2,99,"))
        .file("long.csv", format!("probe,t,level,noise,label,slope\n{long}"));
    bench.run(&format!("{FIT} --out run"));
    let mut text = String::new();
    for line in [
        "fit hole.csv --target label --sequence rows:probe:t --model gru",
        "fit two.csv --target label --sequence rows:probe:t --model gru",
        "fit x.csv --target label --sequence rows --model gru",
        "fit x.csv --target label --sequence rows:prob --model gru",
        "fit x.csv --target label --sequence tokens --model gru",
        "fit x.csv --target label --sequence columns:x --model gru",
        "fit x.csv --target label --sequence rows:probe:t --features label --model gru",
        "fit x.csv --target label --model gru",
        "fit x.csv --target label --sequence rows:probe:t --model seq2seq",
        "fit x.csv --target label --sequence rows:probe:t --time t",
        "interpret run x.csv",
    ] {
        text += &bench.seen(line);
    }
    let seen = bench.seen("predict run long.csv");
    assert!(seen.contains("1 sequences are longer than the longest of the training"), "{seen}");
    let seen = bench.seen("predict run hole.csv");
    assert!(seen.contains("sequence `p3` of `probe`: no value inside a sequence"), "{seen}");
    insta::assert_snapshot!(text);
}
