//! Carbon dioxide on Mauna Loa a year ahead, by a simple LSTM, compared with naive baselines.

use data::series::Impute;
use gedanken::{Data, Experiment, Forecast, ModelKind, Options, run_forecast};
use nn::Training;
use nn::models::RecurrentNetwork;

pub fn main() -> gedanken::Result<()> {
    let experiment = Experiment {
        data: Data { dataset: Some("co2".into()), target: vec!["co2".into()], ..Data::default() },
        forecast: Some(Forecast {
            time: "date".into(),
            horizon: 12,
            window: 36,
            resample: Some("1mo".into()),
            impute: Some(Impute::Linear),
            ..Forecast::default()
        }),
        model: ModelKind::Lstm(RecurrentNetwork { hidden: 32, ..RecurrentNetwork::default() }),
        train: Training { epochs: 60, ..Training::default() },
        ..Experiment::default()
    };
    let outcome = run_forecast(&experiment, &Options::default())?;
    println!("{}", outcome.summary());
    for step in outcome.next.iter().flat_map(|next| &next.steps) {
        let [expected, low, high] = step.values[0];
        println!("{}  {expected:.1} ppm, {low:.1} to {high:.1}", step.time);
    }
    let mae = |model: &str| {
        let found = outcome.scores.iter().find(|scores| scores.model == model);
        found.map_or(f64::NAN, |scores| scores.targets[0].errors.mae)
    };
    assert!(mae("lstm") < 0.5 * mae("seasonal naive (12)"));
    Ok(())
}
