//! How much quartz is in a powder? Its composition from Raman spectra, by partial least squares and by a network.

use data::spectrum::{AsymmetricLeastSquares, Step};
use gedanken::{Data, Experiment, ModelKind, Options, Scores, Spectra, run};
use nn::Training;
use nn::models::{PartialLeastSquares, ResNet1d};

pub fn main() -> gedanken::Result<()> {
    // The fluorescence says nothing of the composition.
    let baseline = AsymmetricLeastSquares { smoothness: 1e5, asymmetry: 0.001, ..AsymmetricLeastSquares::default() };
    let spectra = Spectra {
        low: Some(150.0),
        high: Some(1200.0),
        steps: vec![Step::AsymmetricLeastSquares(baseline)],
        ..Spectra::default()
    };
    let experiment = Experiment {
        data: Data {
            dataset: Some("raman".into()),
            target: vec!["quartz".into()],
            spectra: Some(spectra),
            ..Data::default()
        },
        compare: vec![ModelKind::Pls(PartialLeastSquares::default()), ModelKind::Resnet1d(ResNet1d::default())],
        train: Training { epochs: 30, ..Training::default() },
        ..Experiment::default()
    };
    let outcome = run(&experiment, &Options::default())?;
    println!("{}", outcome.summary());

    let Some(kept) = outcome.scores.last() else { panic!("nothing was judged") };
    let Scores::Regression { rmse: Some(rmse), .. } = &kept.targets[0] else { panic!("no numbers") };
    assert!(rmse.value < 0.08, "{}", rmse.value); // shares lie between 0 and 1
    Ok(())
}
