//! Bagged networks disagree where no training row is near.

use gedanken::{Column, Data, Ensemble, Experiment, Model, ModelKind, Options, Table, Values, run_table};
use grad::optim::{Adam, Optimizer};
use nn::Training;
use nn::models::Mlp;
use tensor::random::Key;

pub fn main() -> gedanken::Result<()> {
    let mut random = Key::new(0, "example").random();
    let x: Vec<f64> = (0..200).map(|_| 4.0 * random.uniform() - 2.0).collect();
    let y = x.iter().map(|x| (2.0 * x).sin() + 0.05 * random.normal()).collect();
    let columns = vec![Column::new("x", Values::Number(x)), Column::new("y", Values::Number(y))];
    let network = Mlp { hidden: vec![32], dropout: 0.0, ..Mlp::default() };
    let optimizer = Optimizer::Adam(Adam { learning_rate: 0.01, ..Adam::default() });
    let experiment = Experiment {
        data: Data { target: vec!["y".into()], ..Data::default() },
        model: ModelKind::Bagging(Ensemble { members: 8, of: Box::new(ModelKind::Mlp(network)) }),
        train: Training { optimizer, ..Training::default() },
        baselines: false,
        ..Experiment::default()
    };
    let model = run_table(&experiment, Table::from_columns("curve", columns)?, &Options::default())?.model;

    let (inside, outside) = (deviation(&model, 0.5)?, deviation(&model, 6.0)?);
    println!("deviation between 8 networks: {inside:.3} among the data, {outside:.3} far outside");
    assert!(outside > 2.0 * inside);
    Ok(())
}

fn deviation(model: &Model, x: f64) -> gedanken::Result<f64> {
    let table = Table::from_columns("new", vec![Column::new("x", Values::Number(vec![x]))])?;
    Ok(model.predict(table)?.deviation.expect("an ensemble has a deviation")[0])
}
