//! The report of a run, as a user opens it.

mod common;

use std::time::Instant;

use common::{Bench, classes, numbers};
use insta::assert_snapshot;

const QUICK: &str = "--model mlp --set train.epochs=20 --set model.hidden=[16]";

/// The page without what stands between two texts.
fn without(html: &str, start: &str, end: &str) -> String {
    let mut parts = html.split(start);
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once(end).map_or("", |(_, rest)| rest))
}

/// What a reader sees of a page, a line for each element that holds words; figures and folded text are left out.
fn words(html: &str) -> String {
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut text = without(&without(body, "<svg", "</svg>"), "<pre tabindex=\"0\"><code>seed", "</pre>");
    for inside in ["<code>", "</code>", "<strong>", "</strong>", "<span>", "</span>"] {
        text = text.replace(inside, "");
    }
    text = text.replace("</th><", "</th> | <").replace("</td><", "</td> | <").replace("</dt>", ": ");
    let mut seen = String::new();
    let mut tag = false;
    for letter in text.chars() {
        match letter {
            '<' => tag = true,
            '>' => tag = false,
            letter if !tag => seen.push(letter),
            _ => {}
        }
    }
    seen.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| format!("{line}\n")).collect()
}

/// Nothing is fetched and nothing is run; every drawing says what it shows.
fn check(html: &str) {
    for word in ["src=\"", "<script", "@import", "url(", "<iframe"] {
        assert!(!html.contains(word), "{word}");
    }
    for link in html.split("href=\"").skip(1) {
        assert!(link.starts_with('#') || link.starts_with("data:,"), "{}", &link[..link.len().min(60)]);
    }
    let drawings = html.matches("<svg").count();
    assert!(drawings > 0);
    for drawing in html.split("<svg").skip(1) {
        let head: String = drawing.chars().take(1000).collect();
        assert!(head.contains("role=\"img\"") && head.contains("<title>") && head.contains("<desc>"), "{head}");
    }
    assert_eq!(html.matches("<title>").count(), drawings + 1);
}

#[test]
fn the_page_tells_the_whole_run() {
    let bench = Bench::new().file("x.csv", numbers(200));
    bench.run(&format!("fit x.csv --target y --out run --seed 3 --set baselines=false {QUICK}"));
    let html = bench.text("run/report.html");
    check(&html);
    // Figures of merit and hashes depend on the kind of processor.
    insta::with_settings!({filters => vec![
        (r"[0-9a-f]{64}", "[hash]"),
        (r"\d+\.\d+\.\d+", "[version]"),
        (r"[−+-]?\d+\.\d+(e-?\d+)?", "#"),
        (r"x86_64, linux|aarch64, linux|aarch64, macos|x86_64, windows", "[processor]"),
        (r"(?m)^\d+ \| #", "[row] | #"),
        (r"best epoch is \d+", "best epoch is [epoch]"),
    ]}, { assert_snapshot!(words(&html)) });
}

#[test]
fn the_card_tells_what_the_model_is() {
    let bench = Bench::new().file("x.csv", classes(200));
    bench.run(&format!("fit x.csv --target phase --split stratified --out run {QUICK}"));
    let card = bench.text("run/model_card.md");
    for part in
        ["# phase from measurements", "probabilities of gas, liquid, solid", "## Limits", "| mlp |", "gedanken predict"]
    {
        assert!(card.contains(part), "{part}: {card}");
    }
    let html = bench.text("run/report.html");
    check(&html);
    for part in
        ["phase: calibration", "phase: precision and recall", "@inproceedings{Guo2017", "@article{Srivastava2014"]
    {
        assert!(html.contains(part), "{part}");
    }
    assert!(!html.contains("@article{Weininger1988"), "there are no molecules");
}

#[test]
fn molecules_are_drawn() {
    let smiles =
        ["CCO", "CCCO", "c1ccccc1", "CC(=O)O", "CCN", "C[N+](C)(C)C.[Cl-]", "CCCC", "CC#N", "OCC(O)CO", "ClCCl"];
    let rows: String = (0..60).map(|i| format!("{},{}\n", smiles[i % smiles.len()], i % 13)).collect();
    let bench = Bench::new().file("m.csv", format!("smiles,\"a<b> & c\"\n{rows}"));
    bench.run("fit m.csv --target 'a<b> & c' --smiles smiles --out run --model ridge");
    let html = bench.text("run/report.html");
    check(&html);
    assert!(html.contains("<title>Structure of ") && html.contains("@article{Weininger1988"));
    assert!(html.contains("a&lt;b&gt; &amp; c") && !html.contains("a<b>"));
}

#[test]
fn figures_for_plotly_have_data_and_layout() {
    let bench = Bench::new().file("x.csv", numbers(100));
    bench.run(&format!("fit x.csv --target y --out run {QUICK}"));
    let figures: serde_json::Value = serde_json::from_str(&bench.text("run/figures.json")).unwrap();
    for name in ["parity", "residuals", "learning_curve"] {
        assert!(figures[name]["data"].is_array() && figures[name]["layout"].is_object(), "{name}");
    }
}

#[test]
fn the_page_of_a_large_table_is_small_and_says_what_it_leaves_out() {
    let bench = Bench::new().file("x.csv", numbers(100_500));
    let start = Instant::now();
    bench.run(
        "fit x.csv --target y --out run --model ridge --set baselines=false --set 'split.fractions=[0.005,0.0,0.995]'",
    );
    let (html, json) = (bench.text("run/report.html"), bench.text("run/figures.json"));
    assert!(html.len() + json.len() < 5_000_000, "{} {}", html.len(), json.len());
    assert!(
        html.contains(" of 99,99") || html.contains(" of 99,9") || html.contains(" of 100,0"),
        "no word of thinning"
    );
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
