//! Boiling points from SMILES read token by token, and where the network looks.

use gedanken::{Data, Experiment, ModelKind, Options, PredictOptions, Sequence, run};
use nn::Training;
use nn::models::RecurrentNetwork;

pub fn main() -> gedanken::Result<()> {
    let experiment = Experiment {
        data: Data { sequence: Some(Sequence::Tokens {}), ..Data::embedded() },
        model: ModelKind::Gru(RecurrentNetwork { attention: true, ..RecurrentNetwork::default() }),
        train: Training { epochs: 6, ..Training::default() },
        baselines: false,
        ..Experiment::default()
    };
    let outcome = run(&experiment, &Options::default())?;
    println!("{}", outcome.summary());
    let model = &outcome.model;
    let looks = gedanken::looks(model, model.table_of_smiles(&["CCCCO"])?, &[0], &PredictOptions::default())?;
    println!("{}", looks[0].to_text());
    let kelvin = model.predict_smiles(&["CCCCCCO", "CCO"])?.values;
    assert!(kelvin[0] > kelvin[1]);
    assert!((looks[0].weights.iter().sum::<f64>() - 1.0).abs() < 1e-6);
    Ok(())
}
