//! Boiling points from structures, by an average of small networks: the main job, shortened.

use gedanken::{Ensemble, Experiment, ModelKind, Options, Scores, run};
use nn::Training;
use nn::models::Mlp;

pub fn main() -> gedanken::Result<()> {
    let network = ModelKind::Mlp(Mlp { hidden: vec![64], ..Mlp::default() });
    let experiment = Experiment {
        model: ModelKind::Averaging(Ensemble { members: 2, of: Box::new(network) }),
        train: Training { epochs: 20, ..Training::default() },
        baselines: false,
        ..Experiment::default() // the 3,678 compounds inside the program
    };
    let outcome = run(&experiment, &Options::default())?;

    let Scores::Regression { rmse: Some(rmse), .. } = &outcome.scores[0].targets[0] else { panic!("no numbers") };
    println!("RMSE {:.1} K, 95 % in [{:.1}, {:.1}] K", rmse.value, rmse.low, rmse.high);
    let predicted = outcome.model.predict_smiles(&["CCO", "Cc1ccccc1"])?.values;
    println!("ethanol {:.0} K (measured: 351 K), toluene {:.0} K (384 K)", predicted[0], predicted[1]);
    assert!(rmse.value < 35.0);
    Ok(())
}
