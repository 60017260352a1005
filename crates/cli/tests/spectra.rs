//! Spectra from the command line.

mod common;

use common::Bench;

const STEPS: &str =
    "data.spectra.steps=[{kind='\"asymmetric_least_squares\"',smoothness=1e4},{kind='\"scatter_correction\"'}]";

/// The mixtures that the program makes, as a file; so many of the points of their axis from 100 to 1300 in steps of 3.
fn raman(step: usize) -> String {
    let bench = Bench::new();
    bench.run("data get raman --out .");
    let text = bench.text("raman.csv");
    let thin = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        let points = cells[3..].iter().step_by(step);
        cells[..3].iter().chain(points).copied().collect::<Vec<_>>().join(",") + "\n"
    };
    text.lines().map(thin).collect()
}

/// The same spectra on the points between those of the table, along straight lines.
fn between(csv: &str) -> String {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let middle = |cells: &[String]| {
        let numbers: Vec<f64> = cells[3..].iter().map(|cell| cell.parse().unwrap()).collect();
        numbers.windows(2).map(|pair| (0.5 * (pair[0] + pair[1])).to_string()).collect::<Vec<_>>().join(",")
    };
    let header = lines.next().unwrap();
    let rows = lines.map(|cells| middle(&cells) + "\n");
    std::iter::once(middle(&header) + "\n").chain(rows).collect()
}

/// The first number of each line behind the header.
fn first(csv: &str) -> Vec<f64> {
    csv.lines().skip(1).map(|line| line.split(',').nth(1).unwrap().parse().unwrap()).collect()
}

#[test]
fn shares_of_a_mixture_are_learned_and_predicted_on_another_axis() {
    let csv = raman(1);
    let bench = Bench::new().file("x.csv", &csv).file("between.csv", between(&csv));
    let line = "fit x.csv --spectra 150:1200 --target quartz --model pls";
    let out = bench.run(&format!("{line} --set {STEPS} --out run"));
    assert!(out.contains("ridge") && out.contains("random forest") && out.contains("pls"), "{out}");
    let metrics: serde_json::Value = serde_json::from_slice(&bench.read("run/metrics.json")).unwrap();
    let models = metrics["test"].as_array().unwrap();
    let own = models.iter().find(|model| model["model"] == "pls").unwrap();
    let error = own["targets"][0]["rmse"]["value"].as_f64().unwrap();
    // The mean of all shares errs by 0.23.
    assert!(error < 0.1, "{error}");
    // The other shares, which stand in the table too, are no points of a spectrum.
    let described = bench.run("describe run");
    assert!(described.contains("points from 151 to 1198; asymmetric_least_squares, scatter_correction"), "{described}");

    let predicted = first(&bench.run("predict run x.csv"));
    let elsewhere = first(&bench.run("predict run between.csv"));
    assert_eq!(predicted.len(), 300);
    let off = predicted.iter().zip(&elsewhere).map(|(a, b)| (a - b) * (a - b)).sum::<f64>() / 300.0;
    assert!(off.sqrt() < 0.05, "{off}");
    let evaluated = bench.run("evaluate run x.csv");
    assert!(evaluated.contains("pls"), "{evaluated}");
    // The same once more gives the same bytes.
    bench.run(&format!("{line} --set {STEPS} --out again"));
    assert_eq!(bench.read("run/model.safetensors"), bench.read("again/model.safetensors"));
}

#[test]
fn networks_read_points_one_behind_the_other_and_others_as_they_are() {
    let bench = Bench::new().file("x.csv", raman(4));
    for (kind, more) in [
        ("convolution", "--set model.features=4 --set model.layers=2"),
        ("mlp", "--set model.hidden=8"),
        ("averaging", "--set model.members=2"),
        ("forest", "--set model.trees=5"),
    ] {
        let line = format!(
            "fit x.csv --spectra : --target quartz,albite,orthoclase --model {kind} {more} --set train.epochs=2 \
             --set baselines=false --out {kind}"
        );
        bench.run(&line);
        assert_eq!(bench.run(&format!("predict {kind} x.csv")).lines().count(), 301, "{kind}");
    }
}

#[test]
fn files_of_jcamp_dx_are_read_from_a_folder_and_from_a_table() {
    let csv = raman(4);
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
    let axis = lines.next().unwrap();
    let (mut bench, mut table) = (Bench::new(), String::from("file,quartz\n"));
    std::fs::create_dir(bench.path().join("spectra")).unwrap();
    for (row, cells) in lines.enumerate().take(60) {
        let (n, last) = (axis.len() - 3, &axis[axis.len() - 1]);
        let data: String = cells[3..].iter().enumerate().map(|(at, y)| format!("{} {y}\n", axis[3 + at])).collect();
        let head =
            format!("##TITLE=mixture {row}\n##XUNITS=1/CM\n##FIRSTX={}\n##LASTX={last}\n##NPOINTS={n}\n", axis[3]);
        bench = bench.file(&format!("spectra/{row}.jdx"), format!("{head}##XYDATA=(X++(Y..Y))\n{data}##END=\n"));
        table += &format!("spectra/{row}.jdx,{}\n", cells[0]);
    }
    let bench = bench.file("list.csv", table);
    let set = "--set data.spectra.files=file --set baselines=false";
    bench.run(&format!("fit list.csv --spectra 150:1200 --target quartz --model pls {set} --out run"));
    let predicted = bench.run("predict run list.csv");
    assert_eq!(predicted.lines().count(), 61);
    assert!(predicted.starts_with("file,quartz") && predicted.contains("\nspectra/3.jdx,"), "{predicted}");
}

/// What is wrong with spectra is told with its place.
#[test]
fn wrong_spectra_are_told() {
    let csv = raman(4);
    let rows: Vec<&str> = csv.lines().collect();
    let cells: Vec<&str> = rows[2].split(',').collect();
    let replaced = |row: String| {
        let mut rows = rows.clone();
        rows[2] = &row;
        rows.join("\n") + "\n"
    };
    let with = |points: &[&str]| replaced([&cells[..3], points].concat().join(","));
    let flat = vec!["7"; cells.len() - 3];
    let hole = [&["1", ""], &cells[5..]].concat();
    let short: String = rows.iter().map(|row| row.split(',').take(20).collect::<Vec<_>>().join(",") + "\n").collect();
    let bench = Bench::new()
        .file("x.csv", &csv)
        .file("flat.csv", with(&flat))
        .file("hole.csv", with(&hole))
        .file("short.csv", short)
        .file("y.csv", common::numbers(40));
    bench.run("fit x.csv --target quartz --spectra --model pls --set baselines=false --out run");
    let mut text = String::new();
    let variate = "--set data.spectra.steps=[{kind='\"standard_normal_variate\"'}]";
    for line in [
        "fit x.csv --target quartz --spectra 400".to_owned(),
        "fit x.csv --target quartz --spectra 800:400".to_owned(),
        "fit x.csv --target quartz --spectra 2000:3000".to_owned(),
        "fit y.csv --target y --spectra".to_owned(),
        "fit hole.csv --target quartz --spectra".to_owned(),
        format!("fit flat.csv --target quartz --spectra {variate}"),
        "fit x.csv --target quartz --spectra --features albite".to_owned(),
        "fit x.csv --target quartz --spectra --set data.spectra.steps=[{kind='\"savitzky_golay\"',window=8}]"
            .to_owned(),
        "fit x.csv --target quartz --spectra --set data.spectra.steps=[{kind='\"savitsky_golay\"'}]".to_owned(),
        "predict run short.csv".to_owned(),
        "predict run y.csv".to_owned(),
    ] {
        text += &bench.seen(&line);
    }
    insta::assert_snapshot!(text);
}
