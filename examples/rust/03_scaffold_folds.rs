//! Molecules with skeletons that the model has not seen: cross-validation that keeps families together.

use gedanken::{Data, Experiment, ModelKind, ModelScores, Options, Scores, datasets, run_table};
use nn::models::Ridge;

pub fn main() -> gedanken::Result<()> {
    let (table, _) = datasets::table("boiling_points")?;
    let some = table.select(&(0..600).collect::<Vec<_>>());
    let error = |split: &str| {
        let mut experiment = Experiment {
            data: Data { dataset: None, ..Data::embedded() },
            split: split.parse()?,
            model: ModelKind::Ridge(Ridge::default()),
            baselines: false,
            ..Experiment::default()
        };
        experiment.split.folds = 5;
        let outcome = run_table(&experiment, some.clone(), &Options::default())?;
        assert_eq!(outcome.fold_scores.len(), 5);
        gedanken::Result::Ok(rmse(&outcome.scores[0]))
    };

    let (random, scaffold) = (error("random")?, error("scaffold")?);
    println!("RMSE of 600 molecules, each a test once: {random:.1} K at random, {scaffold:.1} K by scaffold");
    assert!(20.0 < random && random < scaffold);
    Ok(())
}

fn rmse(scores: &ModelScores) -> f64 {
    let Scores::Regression { rmse: Some(rmse), .. } = &scores.targets[0] else { panic!("no numbers") };
    rmse.value
}
