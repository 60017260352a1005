//! Molecules as graphs from the command line.

mod common;

use common::Bench;
use insta::assert_snapshot;

/// Chains of one to nine carbons with one of four ends, and what a carbon and each end add.
fn chains() -> String {
    let mut csv = String::from("name,smiles,y\n");
    for row in 0..72 {
        let (n, end) = (1 + row % 9, row / 9 % 4);
        let (text, adds) = [("O", 30.0), ("N", 10.0), ("Cl", 5.0), ("c1ccccc1", 50.0)][end];
        csv += &format!("m{row},{}{text},{}\n", "C".repeat(n), 20.0 * n as f64 + adds + (row * 7 % 5) as f64 / 10.0);
    }
    csv
}

const FIT: &str = "fit x.csv --smiles smiles --target y --set baselines=false --set train.epochs=80 --set train.batch=8 \
                   --set molecules.beside_graphs=false --set train.optimizer.learning_rate=0.01 --model";

#[test]
fn graph_convolutions_learn_what_atoms_add_and_read_larger_molecules_than_before() {
    let bench = Bench::new().file("x.csv", chains());
    bench.run(&format!("{FIT} gcn --set model.features=16 --out run"));
    let metrics: serde_json::Value = serde_json::from_slice(&bench.read("run/metrics.json")).unwrap();
    let error = metrics["test"][0]["targets"][0]["rmse"]["value"].as_f64().unwrap();
    assert!(error < 20.0, "{error}");
    let longer = bench.run("predict run --smiles CCCCCCCCCCCCCCCCCCCCCCCCO");
    let value: f64 = longer.lines().nth(1).unwrap().split(',').nth(1).unwrap().parse().unwrap();
    assert!(value > 250.0, "{longer}");
    assert!(bench.run("describe run").contains("from      molecules as graphs"));
    bench.run("evaluate run x.csv");
}

#[test]
fn each_atom_of_a_molecule_is_told_what_it_adds() {
    let bench = Bench::new().file("x.csv", chains());
    bench.run(&format!("{FIT} gcn --set model.features=8 --out run"));
    let said = bench.run("interpret run x.csv --smiles CCCO");
    assert!(said.contains("molecular graph"), "{said}");
}

#[test]
fn a_graph_without_molecules_is_asked_for_them() {
    let bench = Bench::new().file("x.csv", chains());
    assert_snapshot!("graphs_without_molecules", bench.seen("fit x.csv --target y --model gcn"));
}

#[test]
fn layers_of_graphs_that_are_listed_read_molecules() {
    let bench = Bench::new().file("x.csv", chains());
    let layers = "[{kind=\"graph_convolution\",features=8},{kind=\"readout\",by=\"mean\"}]";
    bench.run(&format!("{FIT} sequential --set 'model.layers={layers}' --out run"));
    let flat = "[{kind=\"graph_convolution\",features=8}]";
    let fault = bench.seen(&format!("{FIT} sequential --set 'model.layers={flat}' --out run2"));
    assert!(fault.contains("which `readout` makes of graphs"), "{fault}");
}
