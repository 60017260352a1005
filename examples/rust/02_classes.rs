//! Three phases, told apart by temperature and pressure.

use gedanken::{Column, Data, Experiment, ModelKind, Options, Scores, Table, Values, run_table};
use nn::models::Mlp;
use tensor::random::Key;

pub fn main() -> gedanken::Result<()> {
    let mut random = Key::new(0, "example").random();
    let (mut temperature, mut pressure, mut phase) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..400 {
        let (t, p) = (200.0 + 300.0 * random.uniform(), 10.0 * random.uniform());
        phase.push(if t < 273.0 {
            "solid"
        } else if t < 300.0 + 15.0 * p {
            "liquid"
        } else {
            "gas"
        });
        temperature.push(t);
        pressure.push(p);
    }
    let columns = vec![
        Column::new("T [K]", Values::Number(temperature)),
        Column::new("p [bar]", Values::Number(pressure)),
        Column::new("phase", Values::Text(phase.into_iter().collect())),
    ];
    let experiment = Experiment {
        data: Data { target: vec!["phase".into()], ..Data::default() },
        split: "stratified".parse()?,
        model: ModelKind::Mlp(Mlp { hidden: vec![32], dropout: 0.0, ..Mlp::default() }),
        ..Experiment::default()
    };
    let outcome = run_table(&experiment, Table::from_columns("phases", columns)?, &Options::default())?;

    for scores in &outcome.scores {
        let Scores::Classification { accuracy, .. } = &scores.targets[0] else { panic!("no classes") };
        println!("{:14} accuracy {:.2}", scores.model, accuracy.map_or(f64::NAN, |a| a.value));
    }
    let Scores::Classification { accuracy: Some(accuracy), .. } = &outcome.scores[3].targets[0] else { panic!() };
    assert!(accuracy.value > 0.9);
    Ok(())
}
