//! `gedanken look`: what a person reads before training, in snapshots, and what a program reads.

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

case!(a_table_of_numbers, Bench::new().file("x.csv", spoiled()), "look x.csv --target 'y [K]'");
case!(a_target_over_decades, Bench::new().file("x.csv", decades()), "look x.csv --target k");
case!(molecules, Bench::new().file("x.csv", SOLUBILITIES), "look x.csv --target logS --smiles smiles");
case!(molecules_that_nobody_has_named, Bench::new().file("x.csv", SOLUBILITIES), "look x.csv --target logS");
case!(no_molecule_at_all, Bench::new().file("x.csv", "s,y\nfoo,1\nbar,2\nbaz,4\n"), "look x.csv --target y --smiles s");
case!(rare_classes, Bench::new().file("x.csv", rare()), "look x.csv --target phase");
case!(columns_that_give_the_target_away, Bench::new().file("x.csv", leaks()), "look x.csv --target y");
case!(two_numbers, Bench::new().file("x.csv", "a,y\n1.5,0\n2.5,1\n3.25,1\n4,0\n5.5,1\n"), "look x.csv --target y");
case!(a_single_row, Bench::new().file("x.csv", "a,y\n1.5,2\n"), "look x.csv --target y");
case!(
    an_empty_column_and_a_constant_target,
    Bench::new().file("x.csv", "a,b,y\n1,,2\n3,,2\n2,,2\n"),
    "look x.csv --target y"
);
case!(
    a_number_beyond_single_precision,
    Bench::new().file("x.csv", "a,b,y\n1e308,5,1\n-1e308,3,2\n5,2.5,3\n7,1,4\n"),
    "look x.csv --target y"
);
case!(an_empty_file, Bench::new().file("x.csv", ""), "look x.csv");
case!(a_target_that_is_not_there, Bench::new().file("x.csv", numbers(20)), "look x.csv --target kid");
case!(a_column_of_molecules_that_is_not_there, Bench::new().file("x.csv", numbers(20)), "look x.csv --smiles smiles");
case!(a_missing_file, Bench::new().file("data.csv", "a\n1\n"), "look dat.csv");

#[test]
fn json_is_one_object_and_nothing_else() {
    let bench = Bench::new().file("x.csv", SOLUBILITIES);
    let output = bench.output("look x.csv --target logS --smiles smiles --json --out seen");
    assert!(output.status.success() && output.stderr.is_empty());
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["rows"], 12);
    assert_eq!(json["columns"][1]["kind"], "molecule");
    assert_eq!(json["molecules"]["invalid"][0]["row"], 5);
    assert_eq!(json["replicates"]["examples"][0], serde_json::json!([1, 2, 3]));
    // -0.77, -0.71 and -0.74 about their mean, and two equal values: the root of 0.0018 / (2 + 1).
    let deviation = json["replicates"]["floors"][0]["deviation"].as_f64().unwrap();
    assert!((deviation - 0.0006_f64.sqrt()).abs() < 1e-12, "{deviation}");
    assert_eq!(json["verdicts"][0]["weight"], "stops");
    let file: serde_json::Value = serde_json::from_str(&bench.text("seen/look.json")).unwrap();
    assert_eq!(file, json);
}

#[test]
fn figures_are_written_where_they_are_asked_for() {
    let bench = Bench::new().file("x.csv", numbers(60)).file("c.csv", classes(60));
    let output = bench.output("look x.csv --target y --out seen");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "figures: seen\n");
    for file in ["target.svg", "components.svg", "distances.svg"] {
        assert!(bench.text(&format!("seen/{file}")).starts_with("<svg"), "{file}");
    }
    bench.run("look c.csv --target phase --out classes");
    assert!(bench.text("classes/target.svg").contains("liquid"));
}

#[test]
fn without_a_table_the_boiling_points_are_looked_at() {
    let text = Bench::new().run("look");
    assert!(text.contains("molecules: 3678 valid") && text.contains("target boiling_point [K]"), "{text}");
}

#[test]
fn ten_thousand_columns_are_looked_at() {
    let header: Vec<String> = (0..10_000).map(|i| format!("c{i}")).collect();
    let row = |r: usize| (0..10_000).map(|i| format!("{}", (i * 7 + r * r * 13) % 17)).collect::<Vec<_>>().join(",");
    let rows: String = (0..30).map(|r| format!("{},{}\n", row(r), (r * r) % 7)).collect();
    let text = Bench::new().file("x.csv", format!("{},y\n{rows}", header.join(","))).run("look x.csv --target y");
    assert!(text.contains("500 features of largest variance") && text.contains("features for 30 rows"), "{text}");
}

/// A molecule in three spellings, another one twice, and one that is none.
const SOLUBILITIES: &str = "id,smiles,logS [mol/L],T [C]
1,CCO,-0.77,25
2,OCC,-0.71,25
3,C(O)C,-0.74,20
4,c1ccccc1,-1.64,25
5,CC(C,-2.1,25
6,C1=CC=CC=C1,-1.64,25
7,CCCCO,-0.1,25
8,CC(=O)OCC,-0.04,25
9,c1ccccc1O,0.0,30
10,CCCCCC,-3.84,25
11,Cc1ccccc1,-2.21,25
12,CCN,1.15,
";

/// Text among numbers, an outlier, copies, a copy in another unit, an identifier and a constant.
fn spoiled() -> String {
    let mut csv = String::from("run,T [C],T [K],p,lab,y [K]\n");
    for i in 0..60 {
        let t = (i * 37 % 101) as f64 / 2.0;
        let p = match i {
            7 => "<0.5".to_owned(),
            11 => "950".to_owned(),
            13 => "n/a".to_owned(),
            i => format!("{}", (i * 53 % 89) as f64 / 10.0),
        };
        csv += &format!("R{i},{t},{:.2},{p},ETH,{:.2}\n", t + 273.15, 300.0 + 2.0 * t + (i * 29 % 17) as f64 / 5.0);
    }
    csv.push_str("R3,5,278.15,7,ETH,313.5\nR3,5,278.15,7,ETH,313.5\n");
    csv
}

/// An exponential law over three and a half decades.
fn decades() -> String {
    let row = |i: i32| {
        let x = f64::from(i * 37 % 401);
        format!("{},{:.3e}\n", 290.0 + x / 8.0, (x / 48.0).exp() * 1e-5)
    };
    format!("T [K],k [1/s]\n{}", (0..400).map(row).collect::<String>())
}

fn rare() -> String {
    let mut csv = classes(400).replace(",solid", ",liquid");
    for i in 0..8 {
        csv += &format!("{}.5,-3,glass\n", i);
    }
    csv.push_str("50,50,plasma\n");
    csv
}

/// The batch fixes the target, `copy` repeats it, `half` is it in another unit.
fn leaks() -> String {
    let row = |i: usize| {
        let batch = i % 5;
        let y = [1.5, 2.5, 7.0, 4.0, 3.0][batch];
        format!("{},{},B{batch},{y},{},{y}\n", (i * 37 % 101) as f64 / 10.0, i % 3, y / 2.0 + 1.0)
    };
    format!("a,shift,batch,copy,half,y\n{}", (0..40).map(row).collect::<String>())
}
