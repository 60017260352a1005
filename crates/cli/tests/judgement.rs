//! Comparing, calibrating and explaining models, as a user does it, also where it cannot be done.

mod common;

use common::{Bench, classes, numbers};
use insta::assert_snapshot;

const QUICK: &str = "--set baselines=false --set train.epochs=20 --set model.hidden=[8]";

fn trained(line: &str) -> Bench {
    let bench = Bench::new().file("x.csv", numbers(120)).file("c.csv", classes(120));
    bench.run(&format!("fit {line} --out run"));
    bench
}

#[test]
fn a_model_tells_what_it_looks_at() {
    let bench = trained("x.csv --target y --model ridge --set baselines=false");
    assert_snapshot!(bench.seen("interpret run x.csv --repeats 5 --out why"));
    for file in ["interpretation.html", "interpretation.json", "importance.svg", "dependence_1.svg", "figures.json"] {
        assert!(!bench.read(&format!("why/{file}")).is_empty(), "{file}");
    }
    let page = bench.text("why/interpretation.html");
    assert!(page.contains("Feature importance") && !page.contains("<script"), "{page}");
}

#[test]
fn a_row_is_explained() {
    let bench = trained("x.csv --target y --model ridge --set baselines=false");
    assert_snapshot!(bench.seen("interpret run x.csv --row 7"));
    let json: serde_json::Value = serde_json::from_str(&bench.run("interpret run x.csv --row 7 --json")).unwrap();
    assert_eq!(json["explained"][0]["features"].as_array().unwrap().len(), 3);
}

#[test]
fn a_class_is_explained() {
    let bench = trained(&format!("c.csv --target phase {QUICK} --model mlp"));
    let out = bench.run("interpret run c.csv --row 3 --target gas");
    assert!(out.contains("row 3: p(gas) is predicted as") && out.contains("observed was"), "{out}");
    assert!(bench.run("interpret run c.csv").contains("decrease in accuracy"));
}

/// The atoms of a molecule that is in no table.
#[test]
fn a_molecule_is_explained_atom_by_atom() {
    let rows: String = (1..30).map(|n| format!("{}O,{n}\n", "C".repeat(n))).collect();
    let bench = Bench::new().file("x.csv", format!("smiles,y\n{rows}"));
    bench.run(
        "fit x.csv --target y --smiles smiles --model ridge --set baselines=false --set molecules.ecfp={} --out run",
    );
    let out = bench.run("interpret run x.csv --smiles CCCCN --samples 20 --out why");
    assert!(out.contains("by masking  by gradients") && out.contains("N5"), "{out}");
    assert!(bench.text("why/interpretation.html").matches("<circle").count() >= 5);
}

macro_rules! refused {
    ($name:ident, $line:expr) => {
        #[test]
        fn $name() {
            let bench = trained("x.csv --target y --model ridge --set baselines=false");
            assert_snapshot!(stringify!($name), bench.seen($line));
        }
    };
}

refused!(a_row_that_is_not_there, "interpret run x.csv --row 121");
refused!(a_row_number_of_zero, "interpret run x.csv --row 0");
refused!(a_feature_that_is_not_there, "interpret run x.csv --features q");
refused!(a_target_that_the_model_has_not, "interpret run x.csv --target z");
refused!(a_molecule_for_a_model_of_columns, "interpret run x.csv --smiles CCO");
refused!(one_shuffle, "interpret run x.csv --repeats 1");
refused!(a_table_of_other_columns_to_explain, "interpret run c.csv");
refused!(a_table_of_other_columns_to_evaluate, "evaluate run c.csv");

#[test]
fn a_single_row_is_too_few_to_explain() {
    let bench = trained("x.csv --target y --model ridge --set baselines=false").file("one.csv", numbers(1));
    assert_snapshot!(bench.seen("interpret run one.csv"));
}

/// The file says that it is of a later layout, or has a field that this version does not know.
#[test]
fn a_model_of_another_version_is_refused() {
    let bench = trained("x.csv --target y --model ridge --set baselines=false");
    let mut bytes = bench.read("run/model.safetensors");
    let file = bytes.windows(12).position(|at| at == b"\\\"format\\\":1").unwrap();
    bytes[file + 11] = b'9';
    let bench = bench.file("later.safetensors", &bytes);
    bytes[file + 11] = b'1';
    bytes[file + 2] = b'g';
    let bench = bench.file("other.safetensors", &bytes);
    assert_snapshot!(bench.seen("predict later.safetensors x.csv"));
    insta::with_settings!({ filters => vec![(r"column \d+", "column N")] }, {
        assert_snapshot!(bench.seen("predict other.safetensors x.csv"));
    });
}

#[test]
fn a_constant_prediction_is_told() {
    let bench = Bench::new().file("x.csv", numbers(120));
    let output =
        bench.output("fit x.csv --target y --model lasso --set model.penalty=1e6 --set baselines=false --out run");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{told}");
    assert_snapshot!(told);
}

#[test]
fn a_class_that_is_missing_in_a_fold_is_told() {
    let mut table = classes(60);
    table.push_str("1.5,2.5,plasma\n3.5,2.5,plasma\n");
    let bench = Bench::new().file("x.csv", table);
    let seen = bench.output(&format!("fit x.csv --target phase --folds 5 {QUICK} --model mlp --out run"));
    assert!(seen.status.success());
    assert_snapshot!(String::from_utf8_lossy(&seen.stderr));
}

#[test]
fn a_category_that_no_training_row_has_is_told() {
    let bench = trained("x.csv --target y --model ridge --set baselines=false")
        .file("new.csv", "a,b,kind\n1.5,2.5,red\n2.5,1.5,violet\n");
    let told = String::from_utf8_lossy(&bench.output("predict run new.csv").stderr).into_owned();
    assert_eq!(
        told,
        "note: column `kind`: 1 row holds what no training row has, for example `violet`; it counts as none of the \
         categories\n"
    );
}

#[test]
fn a_target_is_no_feature_and_a_model_is_not_compared_with_itself() {
    let bench = Bench::new().file("x.csv", numbers(40));
    assert_snapshot!(bench.seen("fit x.csv --target y --features a,y"));
    assert_snapshot!(bench.seen("fit x.csv --target y --compare ridge,ridge"));
}

#[test]
fn a_damaged_number_in_a_model_is_found() {
    let bench = trained("x.csv --target y --model mlp --set baselines=false --set train.epochs=2");
    let mut bytes = bench.read("run/model.safetensors");
    let header = u64::from_le_bytes(bytes[..8].try_into().unwrap()) as usize;
    let text = String::from_utf8_lossy(&bytes[8..8 + header]).into_owned();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let start = json["part_0.dense_0.weight"]["data_offsets"][0].as_u64().unwrap() as usize + 8 + header;
    bytes[start..start + 4].copy_from_slice(&f32::NAN.to_le_bytes());
    let bench = bench.file("broken.safetensors", &bytes);
    assert_snapshot!(bench.seen("predict broken.safetensors x.csv"));
}
