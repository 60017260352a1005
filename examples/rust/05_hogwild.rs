//! Counted fingerprints are mostly zeros: threads train without locks.

use chem::{Ecfp, MoleculeFeatures};
use data::Scaling;
use gedanken::{Experiment, ModelKind, Options, Scale, Scores, run};
use grad::optim::{Optimizer, Sgd};
use nn::models::Mlp;
use nn::{Parallel, Training};

pub fn main() -> gedanken::Result<()> {
    let fingerprint = Ecfp { counts: true, length: 1024, ..Ecfp::default() };
    let experiment = Experiment {
        molecules: MoleculeFeatures {
            ecfp: Some(fingerprint),
            maccs: false,
            descriptors: false,
            ..MoleculeFeatures::default()
        },
        // Standardized, every zero would become another number.
        scale: Scale { inputs: Scaling::None, limit: 0.0, ..Scale::default() },
        model: ModelKind::Mlp(Mlp { hidden: vec![32], dropout: 0.0, ..Mlp::default() }),
        train: Training {
            parallel: Parallel::Hogwild,
            optimizer: Optimizer::Sgd(Sgd { learning_rate: 0.01, ..Sgd::default() }),
            batch: 8,
            epochs: 20,
            ..Training::default()
        },
        baselines: false,
        ..Experiment::default()
    };
    let outcome = run(&experiment, &Options { threads: 2, ..Options::default() })?;

    let Scores::Regression { r2: Some(r2), .. } = &outcome.scores[0].targets[0] else { panic!("no numbers") };
    println!("R2 {:.2}, a little different in each run", r2.value);
    assert!(r2.value > 0.7);
    Ok(())
}
