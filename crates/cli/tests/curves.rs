//! Curves as a user sees them.

mod common;

use common::{Bench, classes, numbers};
use insta::assert_snapshot;

/// What is printed between the test figures and the line of the validation rows.
fn curves(printed: &str) -> String {
    let at = printed.find(", curve over").expect("a curve");
    let start = printed[..at].rfind('\n').expect("a line before it");
    printed[start..].split("\nvalidation rows").next().unwrap_or_default().trim().to_owned()
}

#[test]
fn the_mean_has_no_variance_to_speak_of_and_a_large_bias() {
    let bench = Bench::new().file("x.csv", numbers(100));
    let line =
        "fit x.csv --target y --model mean --folds 4 --curve rows=10,40 --decompose=10 --set baselines=false --out r";
    assert_snapshot!(curves(&bench.run(line)));
    for file in ["curve_rows.svg", "bias_variance_rows.svg"] {
        assert!(bench.text(&format!("r/{file}")).starts_with("<svg"), "{file}");
    }
    let figures: serde_json::Value = serde_json::from_str(&bench.text("r/figures.json")).unwrap();
    assert!(figures["curve_rows"]["data"].is_array() && figures["bias_variance_rows"]["data"].is_array());
}

#[test]
fn a_setting_is_told_with_its_best_value() {
    let bench = Bench::new().file("x.csv", numbers(100));
    let line =
        "fit x.csv --target y --model ridge --folds 4 --curve model.penalty=0.001,1,1000 --set baselines=false --out r";
    assert_snapshot!(curves(&bench.run(line)));
    let html = bench.text("r/report.html");
    for part in ["Bias and variance", "y: validation curve", "y: RMSE [K] over model.penalty", "{Hastie2009,"] {
        assert!(html.contains(part), "{part}");
    }
    assert!(bench.text("r/experiment.toml").contains("field = \"model.penalty\""));
}

#[test]
fn words_of_a_setting_and_classes_have_curves_too() {
    let bench = Bench::new().file("x.csv", classes(120));
    let line = "fit x.csv --target phase --model mlp --set train.epochs=20 --set model.hidden=[8] --set baselines=false \
                --curve model.activation=relu,tanh --decompose=3 --out r";
    let printed = bench.run(line);
    for part in
        ["phase, curve over model.activation", "training error rate", "relu", "tanh", "main prediction of 3 models"]
    {
        assert!(printed.contains(part), "{part}: {printed}");
    }
    let metrics: serde_json::Value = serde_json::from_str(&bench.text("r/metrics.json")).unwrap();
    assert_eq!(metrics["curves"][0]["points"][1]["value"], "tanh");
    assert!(metrics["curves"][0]["points"][0]["decomposition"]["variance"].is_number());
    assert!(bench.text("r/curve_model.activation.svg").contains("tanh"));
}
