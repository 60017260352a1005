//! Runs the examples in `examples/rust`: each ends with an assertion.

#[path = "../../../examples/rust/01_boiling_points.rs"]
mod boiling_points;
#[path = "../../../examples/rust/02_classes.rs"]
mod classes;
#[path = "../../../examples/rust/09_co2_lstm.rs"]
mod co2_lstm;
#[path = "../../../examples/rust/10_co2_seq2seq.rs"]
mod co2_seq2seq;
#[path = "../../../examples/rust/12_etth1.rs"]
mod etth1;
#[path = "../../../examples/rust/05_hogwild.rs"]
mod hogwild;
#[path = "../../../examples/rust/13_ising_phases.rs"]
mod ising_phases;
#[path = "../../../examples/rust/08_next_experiment.rs"]
mod next_experiment;
#[path = "../../../examples/rust/14_raman_composition.rs"]
mod raman_composition;
#[path = "../../../examples/rust/06_saved_model.rs"]
mod saved_model;
#[path = "../../../examples/rust/03_scaffold_folds.rs"]
mod scaffold_folds;
#[path = "../../../examples/rust/07_sine.rs"]
mod sine;
#[path = "../../../examples/rust/11_smiles_tokens.rs"]
mod smiles_tokens;
#[path = "../../../examples/rust/15_solubility_graphs.rs"]
mod solubility_graphs;
#[path = "../../../examples/rust/04_uncertainty.rs"]
mod uncertainty;

#[test]
fn boiling_points_runs() {
    boiling_points::main().unwrap();
}

#[test]
fn classes_runs() {
    classes::main().unwrap();
}

#[test]
fn scaffold_folds_runs() {
    scaffold_folds::main().unwrap();
}

#[test]
fn uncertainty_runs() {
    uncertainty::main().unwrap();
}

#[test]
fn hogwild_runs() {
    hogwild::main().unwrap();
}

#[test]
fn saved_model_runs() {
    saved_model::main().unwrap();
}

#[test]
fn next_experiment_runs() {
    next_experiment::main().unwrap();
}

#[test]
fn sine_runs() {
    sine::main();
}

#[test]
fn co2_lstm_runs() {
    co2_lstm::main().unwrap();
}

#[test]
fn co2_seq2seq_runs() {
    co2_seq2seq::main().unwrap();
}

#[test]
fn smiles_tokens_runs() {
    smiles_tokens::main().unwrap();
}

/// Without its path it says what it needs.
#[test]
fn etth1_runs() {
    etth1::main().unwrap();
}

#[test]
fn ising_phases_runs() {
    ising_phases::main().unwrap();
}

#[test]
fn raman_composition_runs() {
    raman_composition::main().unwrap();
}

#[test]
fn solubility_graphs_runs() {
    solubility_graphs::main().unwrap();
}
