//! Loads and temperature of a transformer a day ahead, by a simple LSTM and by an encoder and a decoder:
//! `cargo run --release -p gedanken --example etth1 -- ETTh1.csv`.

use gedanken::{Data, Experiment, Forecast, ModelKind, Options, run_forecast};
use nn::models::RecurrentNetwork;
use nn::{Seq2seq, Training};

pub fn main() -> gedanken::Result<()> {
    let Some(path) = std::env::args().nth(1).filter(|path| path.ends_with(".csv")) else {
        println!("give the path of ETTh1.csv; `gedanken data get etth1` fetches it");
        return Ok(());
    };
    let target = ["HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"].map(str::to_owned).into();
    let lstm = ModelKind::Lstm(RecurrentNetwork::default());
    let seq2seq = ModelKind::Seq2seq(Seq2seq { teacher_forcing: [0.0, 0.0], ..Seq2seq::default() });
    let experiment = Experiment {
        data: Data { path: Some(path), target, ..Data::default() },
        forecast: Some(Forecast {
            time: "date".into(),
            horizon: 24,
            window: 96,
            steps: Some([8640, 2880, 2880]),
            stride: 4,
            ..Forecast::default()
        }),
        compare: vec![lstm, seq2seq],
        train: Training { epochs: 3, batch: 128, ..Training::default() },
        ..Experiment::default()
    };
    let outcome = run_forecast(&experiment, &Options::default())?;
    println!("{}", outcome.summary());
    // Published for an LSTM with attention: 0.650.
    assert!(
        outcome
            .scores
            .iter()
            .filter(|scores| scores.model != "naive" && scores.model != "drift")
            .all(|s| s.scaled_mse < 0.6)
    );
    Ok(())
}
