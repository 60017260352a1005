//! Carbon dioxide on Mauna Loa a year ahead, by an encoder and a decoder that looks back at the window.

use data::series::{Calendar, Impute};
use gedanken::{Data, Experiment, Forecast, Forecaster, ModelKind, Options};
use nn::{Score, Seq2seq, Training};

pub fn main() -> gedanken::Result<()> {
    let experiment = Experiment {
        data: Data { dataset: Some("co2".into()), target: vec!["co2".into()], ..Data::default() },
        forecast: Some(Forecast {
            time: "date".into(),
            horizon: 12,
            window: 36,
            resample: Some("1mo".into()),
            impute: Some(Impute::Linear),
            calendar: vec![Calendar::MonthOfYear],
            ..Forecast::default()
        }),
        model: ModelKind::Seq2seq(Seq2seq { hidden: 32, attention: Some(Score::Multiplicative), ..Seq2seq::default() }),
        train: Training { epochs: 60, ..Training::default() },
        baselines: false,
        ..Experiment::default()
    };
    let forecaster = Forecaster::fit(&experiment, &Options::default())?;
    let next = forecaster.predict()?;
    for step in &next.steps {
        let [expected, low, high] = step.values[0];
        println!("{}  {expected:.1} ppm, {low:.1} to {high:.1}", step.time);
    }
    // May is the highest month of a year, September or October the lowest.
    let month =
        |name: &str| next.steps.iter().find(|step| step.time.contains(name)).map_or(0.0, |step| step.values[0][0]);
    assert!(month("-05-") - month("-10-") > 3.0);
    Ok(())
}
