//! A yield that depends on temperature and solvent, made as large as possible in sixteen experiments.

use std::path::Path;

use gedanken::study::{Asker, Campaign, Goal, Objective, Parameter, Place, State, Study, Told, Trial};

pub fn main() -> gedanken::Result<()> {
    let solvents = ["DMAc", "BuCN", "toluene"].map(str::to_owned).to_vec();
    let campaign = Campaign {
        parameters: vec![
            Parameter::Continuous { name: "temperature".into(), low: 20.0, high: 120.0, log: false },
            Parameter::Categorical { name: "solvent".into(), values: solvents },
        ],
        objectives: vec![Objective::new("yield", Goal::Maximize)],
        ..Campaign::default()
    };
    let mut study = Study::create(&Place::Memory, campaign, Path::new(""), 0.0)?;
    for hour in 0..16 {
        let now = 3600.0 * f64::from(hour);
        for trial in study.ask(1, &Asker { now, ..Asker::default() })? {
            let outcomes = [("yield".to_owned(), experiment(&trial))].into();
            study.tell(trial.number, &Told { state: State::Complete, outcomes, reason: None }, false, now)?;
        }
    }

    let trials = study.trials()?;
    let best = &study.best(&trials).trials[0];
    let largest = best.outcomes["yield"];
    println!("trial {}: {largest:.1} % at {}", best.number, serde_json::json!(best.point));
    println!("{}", study.why(&trials[15]));
    assert!(best.point["solvent"] == "DMAc" && largest > 94.0);
    Ok(())
}

/// The yield in per cent of a reaction that likes one solvent best, and 84 degrees.
fn experiment(trial: &Trial) -> f64 {
    let best = match trial.point["solvent"].as_str() {
        Some("DMAc") => 95.0,
        Some("BuCN") => 70.0,
        _ => 40.0,
    };
    let temperature = trial.point["temperature"].as_f64().expect("it is a number");
    best * (-((temperature - 84.0) / 25.0_f64).powi(2)).exp()
}
