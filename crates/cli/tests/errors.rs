//! Bad input: each a clear message, in a snapshot.

mod common;

use common::{Bench, classes, numbers};
use insta::assert_snapshot;

macro_rules! case {
    ($name:ident, $bench:expr, $line:expr) => {
        #[test]
        fn $name() {
            assert_snapshot!(stringify!($name), $bench.seen($line));
        }
    };
}

case!(an_empty_file, Bench::new().file("x.csv", ""), "fit x.csv --target y");
case!(a_header_alone, Bench::new().file("x.csv", "a,y\n"), "fit x.csv --target y");
case!(one_row, Bench::new().file("x.csv", "a,y\n1.5,2.5\n"), "fit x.csv --target y");
case!(a_constant_target, Bench::new().file("x.csv", "a,y\n1.5,2\n2.5,2\n3,2\n4.25,2\n"), "fit x.csv --target y");
case!(a_constant_column, Bench::new().file("x.csv", "a,y\n1.5,2\n1.5,3\n1.5,4\n1.5,5\n"), "fit x.csv --target y");
case!(random_bytes, Bench::new().file("x.csv", [0x8f, 0, 3, 250, 1, 2, 0, 9]), "fit x.csv --target y");
case!(a_missing_file, Bench::new().file("data.csv", "a\n1\n"), "fit dat.csv --target y");
case!(an_unknown_target, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target z");
case!(no_target, Bench::new().file("x.csv", numbers(20)), "fit x.csv");
case!(ragged_rows, Bench::new().file("x.csv", "a,b,y\n1,2,3\n4,5\n"), "fit x.csv --target y");
case!(too_few_rows, Bench::new().file("x.csv", "a,y\n1.5,2\n2.5,3\n"), "fit x.csv --target y");
case!(
    a_bad_molecule,
    Bench::new().file("x.csv", "smiles,y\nCCO,1\nCC(C,2\nC,3\n"),
    "fit x.csv --target y --smiles smiles"
);
case!(a_bad_molecule_to_predict, trained_on_molecules(), "predict run --smiles C1CC");
case!(a_class_with_one_member, Bench::new().file("x.csv", "a,c\n1.5,x\n2.5,x\n3.5,x\n4.5,y\n"), "fit x.csv --target c");
case!(an_unknown_field, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --set train.epoch=3");
case!(a_value_out_of_range, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --set model.dropout=1.5");
case!(an_unknown_model, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --model ridgee");
case!(an_unknown_split, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --split scafold");
case!(
    a_comparison_with_an_unknown_model,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --compare ridge,rigde"
);
case!(a_curve_without_values, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --curve train.epochs");
case!(a_curve_that_is_none, Bench::new(), "fit x.csv --curve =5");
case!(
    a_curve_over_an_unknown_field,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --model mlp --curve model.hiden=8,16"
);
case!(
    a_curve_over_a_field_of_the_members,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --curve model.hidden=8,16"
);
case!(
    a_curve_with_a_value_out_of_range,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --model mlp --curve model.dropout=0.1,0.99"
);
case!(a_curve_over_the_split, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --curve split.folds=2,3");
case!(a_curve_of_one_row, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --curve rows=1,10");
case!(
    a_curve_of_more_rows_than_there_are,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --curve rows=10,100"
);
case!(
    a_curve_without_validation_rows,
    Bench::new().file("x.csv", numbers(20)),
    "fit x.csv --target y --curve rows --set split.fractions=[0.8,0.0,0.2]"
);
case!(parts_without_a_curve, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --decompose");
case!(a_share_that_is_none, Bench::new(), "predict run x.csv --level 90");
case!(
    a_number_that_no_model_can_hold,
    Bench::new().file("x.csv", numbers(40).replace("\n3.7,5.3,", "\n1e39,5.3,")),
    "fit x.csv --target y"
);
case!(groups_without_a_column, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --split group");
case!(too_many_threads, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --threads 9999999");
case!(scaffolds_without_molecules, Bench::new().file("x.csv", numbers(20)), "fit x.csv --target y --split scaffold");
case!(a_setting_without_value, Bench::new(), "fit --set train.epochs");
case!(
    ridge_for_classes,
    Bench::new().file("x.csv", classes(40)),
    "fit x.csv --target phase --model ridge --set baselines=false --out r"
);
case!(
    logistic_for_numbers,
    Bench::new().file("x.csv", numbers(40)),
    "fit x.csv --target y --model logistic --set baselines=false --out r"
);
case!(
    quantiles_of_classes,
    Bench::new().file("x.csv", classes(40)),
    "fit x.csv --target phase --model mlp --set loss={kind='\"quantile\"'} --set baselines=false --out r"
);
case!(
    a_gaussian_likelihood_of_classes,
    Bench::new().file("x.csv", classes(40)),
    "fit x.csv --target phase --model mlp --set loss={kind='\"gaussian_negative_log_likelihood\"'} --set baselines=false --out r"
);
case!(
    a_quantile_beyond_all,
    Bench::new().file("x.csv", numbers(40)),
    "fit x.csv --target y --set loss={kind='\"quantile\"',level=1.5}"
);
case!(
    samples_of_a_network_without_dropout,
    Bench::new().file("x.csv", numbers(40)),
    "fit x.csv --target y --model mlp --set model.dropout=0 --set uncertainty.dropout_samples=50 --out r"
);
case!(
    one_sample_of_dropout,
    Bench::new().file("x.csv", numbers(40)),
    "fit x.csv --target y --set uncertainty.dropout_samples=1 --out r"
);
case!(
    a_learning_rate_that_explodes,
    Bench::new().file("x.csv", numbers(60)),
    "fit x.csv --target y --set train.optimizer={kind='\"sgd\"',learning_rate=1e30} --set baselines=false --out r"
);
case!(
    a_logarithm_of_nothing,
    Bench::new().file("x.csv", "a,y\n1.5,2\n2.5,0\n3.5,1\n"),
    "fit x.csv --target y --set scale.log_targets=true"
);
case!(
    a_file_that_is_no_model,
    Bench::new().file("m.safetensors", "hello there, no model"),
    "predict m.safetensors --smiles C"
);
case!(a_model_that_is_not_there, Bench::new(), "describe nothing.safetensors");
case!(a_folder_that_is_no_run, Bench::new(), "fit --resume nothing");
case!(an_unknown_word, Bench::new(), "explain learning_rat");
case!(an_unknown_data_set, Bench::new(), "data show esoll");
case!(a_data_set_that_is_not_fetched, Bench::new(), "fit --set data.dataset=esol --set data.target=['\"x\"']");

#[test]
fn a_promise_that_the_validation_rows_are_too_few_for_is_told() {
    let bench = Bench::new().file("x.csv", numbers(60)).file("new.csv", "a,b,kind\n1.5,2.5,red\n");
    bench.run("fit x.csv --target y --model ridge --set baselines=false --out run");
    let output = bench.output("predict run new.csv --level 0.99");
    let [said, told] = [&output.stdout, &output.stderr].map(|text| String::from_utf8_lossy(text).into_owned());
    assert!(output.status.success() && said.contains(",-inf,inf,"), "{said}");
    assert_eq!(told, "note: intervals that hold 99 % need 99 validation rows, the model has 6: they are infinite\n");
}

#[test]
fn text_in_a_numeric_column_names_its_rows() {
    let table = numbers(60).replace("\n3.7,5.3,", "\noops,5.3,");
    assert_snapshot!(Bench::new().file("x.csv", table).seen("fit x.csv --target y"));
}

#[test]
fn text_in_the_target_names_its_rows() {
    let mut table = numbers(60);
    table.push_str("1,2,red,high\n");
    assert_snapshot!(Bench::new().file("x.csv", table).seen("fit x.csv --target y"));
}

#[test]
fn a_table_without_the_columns_of_the_model() {
    let bench = Bench::new().file("x.csv", numbers(60)).file("other.csv", "a,kind\n1,red\n");
    bench.run("fit x.csv --target y --model ridge --out run");
    assert_snapshot!(bench.seen("predict run other.csv"));
}

#[test]
fn a_column_that_says_the_same_as_the_target_is_left_out_and_told() {
    let rows: String = (0..40)
        .map(|i| format!("{},{},{}\n", (i * 37 % 41) as f64 / 3.0, i as f64 * 1.5 + 0.25, i as f64 * 1.5 + 0.25))
        .collect();
    let bench = Bench::new().file("x.csv", format!("a,copy,y\n{rows}"));
    let output = bench.output("fit x.csv --target y --model ridge --out run --json");
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        output.status.success() && told.contains("column `copy` is left out: it has the same values as the target `y`"),
        "{told}"
    );
}

#[test]
fn ten_thousand_columns_are_read() {
    let header: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
    let row = |r: usize| (0..10_000).map(|i| format!("{}", (i * 7 + r * 13) % 17)).collect::<Vec<_>>().join(",");
    let rows: String = (0..30).map(|r| format!("{},{}\n", row(r), (r * r) % 7)).collect();
    let bench = Bench::new().file("x.csv", format!("{},y\n{rows}", header.join(",")));
    let out = bench.run("fit x.csv --target y --model ridge --set baselines=false --out run");
    assert!(out.contains("features"), "{out}");
}

#[test]
fn a_run_that_could_not_begin_leaves_no_folder() {
    let bench = Bench::new();
    assert_eq!(bench.output("fit nothing.csv --target y").status.code(), Some(1));
    assert!(!bench.path().join("runs/nothing-1").exists());
}

fn trained_on_molecules() -> Bench {
    let smiles = ["C", "CC", "CCC", "CCCC", "CCO", "CCCO", "CCN", "CCCN", "CO", "CCCCO", "c1ccccc1", "Cc1ccccc1"];
    let rows: String = smiles.iter().enumerate().map(|(i, s)| format!("{s},{}\n", i as f64 * 1.3)).collect();
    let bench = Bench::new().file("x.csv", format!("smiles,y\n{rows}"));
    bench.run("fit x.csv --target y --smiles smiles --model ridge --set baselines=false --out run");
    bench
}
