//! Every command, as a user runs it.

mod common;

use common::{Bench, classes, numbers};
use insta::assert_snapshot;

const QUICK: &str = "--set train.epochs=30 --set model.hidden=[16]";

#[test]
fn fit_writes_a_whole_run_folder_and_predict_reads_it() {
    let bench = Bench::new().file("x.csv", numbers(200));
    let out = bench.run(&format!("fit x.csv --target y --out run --seed 3 {QUICK}"));
    for word in ["mean", "ridge", "random forest", "mlp", "RMSE", "160 / 20 / 20 rows"] {
        assert!(out.contains(word), "{word}: {out}");
    }
    for file in [
        "model.safetensors",
        "experiment.toml",
        "metrics.json",
        "predictions.csv",
        "history.csv",
        "split.json",
        "parity.svg",
        "learning_curve.svg",
    ] {
        assert!(!bench.read(&format!("run/{file}")).is_empty(), "{file}");
    }
    assert!(!bench.path().join("run/checkpoints").exists());
    let predicted = bench.run("predict run x.csv");
    assert_eq!(predicted.lines().count(), 201);
    assert!(predicted.starts_with("row,y [K],y [K] low,y [K] high,domain,distance,nearest,density\n1,"), "{predicted}");
    // The model file predicts what the run predicted.
    let line = bench.text("run/predictions.csv").lines().find(|line| line.contains(",test,")).unwrap().to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    assert!(predicted.contains(&format!("\n{},{},", cells[2], cells[4])), "{line}");
    assert!(bench.run("evaluate run x.csv").contains("RMSE"));
    assert!(bench.run("describe run").contains("dense_0"));
}

#[test]
fn two_columns_of_one_name_are_told_apart_by_their_units() {
    let row = |i: usize| format!("{},{},{}\n", i * 37 % 101, i * 53 % 89, i * 37 % 101 + 3 * (i * 53 % 89));
    let rows: String = (0..60).map(row).collect();
    for (header, features) in
        [("p [Pa],p [bar]", ""), ("p,p [bar]", ""), ("p [Pa],p [bar]", " --features 'p [Pa],p [bar]'")]
    {
        let bench = Bench::new().file("x.csv", format!("{header},y\n{rows}"));
        let out = bench.run(&format!("fit x.csv --target y --model ridge --set baselines=false --out r{features}"));
        assert!(out.contains("2 features") && out.contains("R2 1.000"), "{out}");
        assert_eq!(bench.run("predict r x.csv").lines().count(), 61);
    }
}

#[test]
fn json_is_one_object_and_nothing_else() {
    let bench = Bench::new().file("x.csv", numbers(100));
    let out = bench.run(&format!("fit x.csv --target y --out run --json {QUICK}"));
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["task"], "regression");
    assert_eq!(json["test"][3]["model"], "mlp");
    assert!(
        json["test"][3]["targets"][0]["rmse"]["low"].as_f64()
            <= json["test"][3]["targets"][0]["rmse"]["value"].as_f64()
    );
}

#[test]
fn classes_are_told_apart() {
    let bench = Bench::new().file("x.csv", classes(300));
    let out = bench
        .run("fit x.csv --target phase --split stratified --out run --set train.epochs=60 --set model.hidden=[32]");
    assert!(out.contains("accuracy") && out.contains("logistic"), "{out}");
    let predicted = bench.run("predict run x.csv");
    assert!(
        predicted.starts_with("row,p(gas),p(liquid),p(solid),phase,phase set,domain,distance,nearest,density\n"),
        "{predicted}"
    );
    let right = predicted
        .lines()
        .skip(1)
        .zip(classes(300).lines().skip(1))
        .filter(|(p, c)| p.split(',').nth(4) == c.rsplit(',').next())
        .count();
    assert!(right > 270, "{right} of 300");
    for file in ["confusion_matrix.svg", "roc_curve.svg"] {
        assert!(bench.text(&format!("run/{file}")).starts_with("<svg"), "{file}");
    }
}

#[test]
fn every_model_of_the_registry_learns() {
    let bench = Bench::new().file("x.csv", numbers(120)).file("c.csv", classes(120));
    for model in [
        "mlp",
        "sequential",
        "perceptron",
        "ridge",
        "lasso",
        "elastic_net",
        "pls",
        "random_forest",
        "mean",
        "bagging",
        "averaging",
    ] {
        let extra = if model == "sequential" {
            "--set model.layers=[{kind='\"dense\"',features=8},{kind='\"batch_norm\"'}]"
        } else {
            "--set seed=1"
        };
        let out = bench.run(&format!(
            "fit x.csv --target y --model {model} {extra} --set train.epochs=5 --set baselines=false --out r_{model}"
        ));
        assert!(out.contains("RMSE"), "{out}");
        assert_eq!(bench.run(&format!("predict r_{model} x.csv")).lines().count(), 121);
    }
    for model in ["mlp", "perceptron", "logistic", "random_forest", "mean", "bagging"] {
        bench.run(&format!(
            "fit c.csv --target phase --model {model} --set train.epochs=5 --set baselines=false --out c_{model}"
        ));
        assert_eq!(bench.run(&format!("predict c_{model} c.csv")).lines().count(), 121);
    }
}

#[test]
fn an_ensemble_tells_its_deviation() {
    let bench = Bench::new().file("x.csv", numbers(100));
    bench.run("fit x.csv --target y --model bagging --set model.members=3 --set train.epochs=5 --set baselines=false --out run");
    assert!(
        bench
            .run("predict run x.csv")
            .starts_with("row,y [K],y [K] deviation,y [K] low,y [K] high,domain,distance,nearest,density\n")
    );
}

#[test]
fn folds_repeats_splits_and_a_test_file() {
    let bench = Bench::new().file("x.csv", numbers(90)).file("t.csv", numbers(30));
    let out = bench.run("fit x.csv --target y --model ridge --folds 3 --out folds");
    assert!(out.contains("over 3 folds"), "{out}");
    assert_eq!(bench.text("folds/predictions.csv").lines().filter(|line| line.contains(",test,")).count(), 90);
    bench.run("fit x.csv --target y --model ridge --repeats 2 --out repeats");
    bench.run("fit x.csv --target y --model ridge --split group:kind --out groups");
    bench.run("fit x.csv --target y --model ridge --split time:a --out time");
    bench.run("fit x.csv --target y --model ridge --split kennard-stone --out kennard");
    bench.run("fit x.csv --target y --model ridge --test t.csv --out tested");
    assert_eq!(bench.text("tested/predictions.csv").lines().filter(|line| line.contains(",test,")).count(), 30);
}

#[test]
fn several_targets_with_gaps_and_weights() {
    let mut table = String::from("a,b,w,y,z\n");
    for i in 0..80 {
        let (a, b) = ((i * 37 % 41) as f64 / 4.0, (i * 17 % 29) as f64 / 3.0);
        let z = if i % 7 == 0 { String::new() } else { format!("{}", a - b) };
        table += &format!("{a},{b},{},{},{z}\n", 1 + i % 3, a + b);
    }
    let bench = Bench::new().file("x.csv", table);
    let out = bench.run(&format!("fit x.csv --target y,z --weights w --out run {QUICK}"));
    assert!(out.contains("\ny, test rows") && out.contains("\nz, test rows"), "{out}");
    assert!(bench.path().join("run/parity_2.svg").exists());
}

#[test]
fn the_same_experiment_gives_the_same_bytes_for_any_number_of_threads() {
    let bench = Bench::new().file("x.csv", numbers(150));
    bench.run(&format!("fit x.csv --target y --out one --threads 1 {QUICK}"));
    bench.run("fit one/experiment.toml --out two --threads 2");
    for file in ["model.safetensors", "predictions.csv", "history.csv", "metrics.json", "experiment.toml"] {
        assert_eq!(bench.read(&format!("one/{file}")), bench.read(&format!("two/{file}")), "{file}");
    }
}

#[test]
fn molecules_are_predicted_one_by_one() {
    let bench = Bench::new();
    let out = bench.run("fit --model ridge --set molecules.maccs=false --set baselines=false --out run");
    assert!(out.contains("boiling_point [K], test rows"), "{out}");
    let predicted = bench.run("predict run --smiles CCO --smiles CCCCCCCC");
    let kelvin: Vec<f64> =
        predicted.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect();
    // Ethanol 351.4 K, octane 398.8 K.
    assert!((kelvin[0] - 351.4).abs() < 40.0 && (kelvin[1] - 398.8).abs() < 40.0, "{predicted}");
}

#[test]
fn invalid_molecules_are_skipped_on_request() {
    let rows: String = (1..40).map(|i| format!("{},{}\n", "C".repeat(i), i as f64 * 1.7)).collect();
    let bench = Bench::new().file("x.csv", format!("smiles,y\n{rows}CC(C,3\n"));
    let output = bench
        .output("fit x.csv --target y --smiles smiles --skip-invalid --model ridge --set baselines=false --out run");
    assert!(String::from_utf8_lossy(&output.stderr).contains("1 of 40 rows are left out"), "{output:?}");
}

#[test]
fn leaks_are_reported() {
    let rows: String = (0..60).map(|i| format!("{},{}\n", "C".repeat(1 + i % 20), i as f64 * 1.7)).collect();
    let bench = Bench::new().file("x.csv", format!("smiles,y\n{rows}"));
    let output = bench.output("fit x.csv --target y --smiles smiles --model ridge --set baselines=false --out run");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("on both sides of training and test, for example row"), "{told}");
}

#[test]
fn hogwild_trains_from_the_command_line() {
    let bench = Bench::new().file("x.csv", numbers(200));
    bench.run("fit x.csv --target y --set train.parallel=hogwild --set train.optimizer={kind='\"sgd\"'} --set model.dropout=0.0 --set train.epochs=20 --set baselines=false --out run");
}

#[test]
fn short_commands() {
    let bench = Bench::new();
    assert_snapshot!(bench.seen("data list"));
    assert_snapshot!(bench.seen("data show boiling_points"));
    assert_snapshot!(bench.seen("explain adam"));
    assert_snapshot!(bench.seen("explain train.batch"));
    assert!(bench.run("schema").contains("\"$schema\""));
    assert!(bench.run("schema --markdown").contains("## Kinds"));
    assert!(bench.run("schema --python").contains("class Mlp"));
    for shell in ["bash", "zsh", "fish"] {
        assert!(bench.run(&format!("completions {shell}")).contains("gedanken"));
    }
    assert!(bench.run("--version").starts_with("gedanken "));
}

#[test]
fn a_comparison_tells_what_may_be_concluded_and_keeps_the_best_on_validation_rows() {
    let bench = Bench::new().file("x.csv", numbers(200));
    let out = bench.run("fit x.csv --target y --compare mean,ridge,lasso --out run");
    assert!(out.contains("`ridge` is selected") || out.contains("`lasso` is selected"), "{out}");
    assert!(out.contains("is significantly better than that of `mean`"), "{out}");
    let metrics: serde_json::Value = serde_json::from_str(&bench.text("run/metrics.json")).unwrap();
    let comparison = &metrics["comparison"];
    assert_eq!(comparison["splits"], 10);
    assert_eq!(comparison["models"].as_array().unwrap().len(), 3);
    assert_eq!(comparison["models"][0]["model"], metrics["model"]);
    bench.run("fit run/experiment.toml --out again");
    assert_eq!(bench.read("run/model.safetensors"), bench.read("again/model.safetensors"));
}

#[test]
fn predictions_have_intervals_that_hold_what_they_say() {
    let bench = Bench::new().file("x.csv", numbers(600));
    let out = bench.run("fit x.csv --target y --model ridge --set baselines=false --out run");
    assert!(out.contains("90 % intervals hold"), "{out}");
    let held = |level: &str| {
        let csv = bench.run(&format!("predict run x.csv --level {level}"));
        let number = |cell: &str| cell.parse::<f64>().unwrap();
        let table = numbers(600);
        let observed = table.lines().skip(1).map(|line| number(line.rsplit(',').next().unwrap()));
        let ends = csv.lines().skip(1).map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            (number(cells[2]), number(cells[3]))
        });
        assert!(csv.starts_with("row,y [K],y [K] low,y [K] high,"), "{csv}");
        observed.zip(ends).filter(|(y, (low, high))| low <= y && y <= high).count()
    };
    let (half, most) = (held("0.5"), held("0.95"));
    assert!((220..380).contains(&half) && most > 530, "{half} {most} of 600");
}

#[test]
fn classes_come_with_sets() {
    let bench = Bench::new().file("x.csv", classes(300));
    bench.run("fit x.csv --target phase --model logistic --set baselines=false --out run");
    let csv = bench.run("predict run x.csv");
    assert!(csv.lines().next().unwrap().contains(",phase,phase set,domain"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&bench.run("predict run x.csv --json")).unwrap();
    assert_eq!((json["sets"].as_array().unwrap().len(), &json["intervals"]), (300, &serde_json::Value::Null));
}

#[test]
fn a_row_far_from_all_others_is_flagged_and_its_neighbor_named() {
    let bench = Bench::new().file("x.csv", numbers(300));
    let out = bench.run("fit x.csv --target y --model ridge --set baselines=false --set scale.limit=0 --out run");
    assert!(out.contains("error by distance, with rows: in_domain"), "{out}");
    let split: serde_json::Value = serde_json::from_str(&bench.text("run/split.json")).unwrap();
    let row = split["folds"][0]["train"][0].as_u64().unwrap() as usize;
    let known = numbers(300).lines().nth(row + 1).unwrap().to_owned();
    let bench = bench.file("far.csv", format!("a,b,kind,y\n{known}\n500,-400,red,0\n"));
    let csv = bench.run("predict run far.csv");
    let lines: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!((lines[1][4], lines[2][4]), ("in_domain", "out_of_domain"), "{csv}");
    assert_eq!((lines[1][5], lines[1][6]), ("0.0000", (row + 1).to_string().as_str()), "{csv}");
}
