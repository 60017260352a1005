//! A model in a file: saved, loaded, asked.

use gedanken::{Experiment, Model, ModelKind, Options};
use nn::models::Ridge;

pub fn main() -> gedanken::Result<()> {
    let experiment =
        Experiment { model: ModelKind::Ridge(Ridge::default()), baselines: false, ..Experiment::default() };
    let model = Model::fit(&experiment, &Options::default())?;
    let file = std::env::temp_dir().join(format!("boiling_points_{}.safetensors", std::process::id()));
    model.save(&file)?;

    let loaded = Model::load(&file)?;
    let molecules = ["CCO", "CCCCCCCC", "c1ccccc1"];
    let predicted = loaded.predict_smiles(&molecules)?;
    for (smiles, kelvin) in molecules.iter().zip(&predicted.values) {
        println!("{smiles:10} {kelvin:.0} K");
    }
    assert_eq!(predicted, model.predict_smiles(&molecules)?);
    assert!((predicted.values[1] - 398.8).abs() < 40.0); // octane
    std::fs::remove_file(file).unwrap_or_default();
    Ok(())
}
