//! Solubility from molecular graphs, by directed message passing with descriptors beside it:
//! `cargo run --release -p gedanken --example solubility_graphs -- esol.csv`. Without a path it learns boiling points, which are here.

use gedanken::{Data, Experiment, ModelKind, Options, Scores, run};
use nn::Training;
use nn::models::DirectedMessagePassingNetwork;

pub fn main() -> gedanken::Result<()> {
    // `gedanken data get esol` fetches it.
    let esol = std::env::args().nth(1).filter(|path| path.ends_with(".csv")).map(|path| Data {
        path: Some(path),
        target: vec!["measured log solubility in mols per litre".into()],
        smiles: Some("smiles".into()),
        ..Data::default()
    });
    let epochs = if esol.is_some() { 200 } else { 8 };
    let experiment = Experiment {
        data: esol.unwrap_or_else(Data::embedded),
        model: ModelKind::DMpnn(DirectedMessagePassingNetwork::default()),
        train: Training { epochs, ..Training::default() },
        baselines: false,
        ..Experiment::default()
    };
    let outcome = run(&experiment, &Options::default())?;
    println!("{}", outcome.summary());

    let Scores::Regression { r2: Some(r2), .. } = &outcome.scores[0].targets[0] else { panic!("no numbers") };
    assert!(r2.value > 0.85, "{}", r2.value);
    Ok(())
}
