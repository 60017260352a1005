//! Errors of forecasts on ETTh1, all seven series together, by the protocol of the literature: twelve months for training, four for
//! validation, four for the test, errors in deviations of the training.

use std::fmt::Write;
use std::time::Instant;

use crate::figures::spread;
use gedanken::{ForecastOutcome, Options, Setting, from_toml, run_forecast};

/// What all models share; settings were chosen on the validation steps.
const SHARED: &str = "
[data]
target = ['HUFL', 'HULL', 'MUFL', 'MULL', 'LUFL', 'LULL', 'OT']
[forecast]
time = 'date'
steps = [8640, 2880, 2880]
channels = 'shared'
[loss]
kind = 'mean_absolute_error'
[train]
epochs = 12
batch = 256
[train.early_stopping]
patience = 3
";

/// A name, a window, the longest horizon for which it is trained (a decoder takes minutes), and settings of the model.
const MODELS: [(&str, usize, usize, &str); 7] = [
    ("linear, window 336", 336, 720, "kind = 'ridge'"),
    ("LSTM, window 168", 168, 24, "kind = 'lstm'"),
    ("convolutions, window 168", 168, 24, "kind = 'convolution'"),
    ("seq2seq LSTM, window 168", 168, 48, "kind = 'seq2seq'\nteacher_forcing = [0.0, 0.0]"),
    (
        "seq2seq LSTM with attention, window 168",
        168,
        24,
        "kind = 'seq2seq'\nattention = 'multiplicative'\nteacher_forcing = [0.0, 0.0]",
    ),
    (
        "LSTM, patches of 48, window 720",
        720,
        720,
        "kind = 'lstm'\npatch = 48\nhidden = 128\nembed = 128\ndropout = 0.3",
    ),
    ("GRU, patches of 48, window 720", 720, 720, "kind = 'gru'\npatch = 48\nhidden = 128\nembed = 128\ndropout = 0.3"),
];

/// A table in Markdown: mean squared and mean absolute errors on the test steps, means over some seeds with their standard errors.
/// Models whose name does not hold `only` are left out.
pub fn report(path: &str, seeds: u64, horizons: &[usize], only: &str) -> Result<String, String> {
    let mut text = String::from(
        "| horizon | model | MSE | MAE | validation MSE | time of one training |\n|---|---|---|---|---|---|\n",
    );
    for &horizon in horizons {
        for (at, (name, window, longest, model)) in MODELS.iter().enumerate() {
            if !name.contains(only) || horizon > *longest {
                continue;
            }
            // The closed form has no seed.
            let seeds = if at == 0 { 1 } else { seeds };
            let (mut outcomes, start) = (Vec::new(), Instant::now());
            for seed in 0..seeds {
                outcomes.push(one(path, horizon, *window, model, seed, at == 0)?);
            }
            let seconds = start.elapsed().as_secs_f64() / seeds as f64;
            if at == 0 {
                rules(&mut text, horizon, &outcomes[0]);
            }
            let figure = |of: &dyn Fn(&ForecastOutcome) -> f64| spread(&outcomes.iter().map(of).collect::<Vec<_>>());
            let last = |o: &ForecastOutcome| o.scores.last().map_or([f64::NAN; 2], |s| [s.scaled_mse, s.scaled_mae]);
            let validation = |o: &ForecastOutcome| o.validation_scores.last().map_or(f64::NAN, |s| s.scaled_mse);
            let (mse, mae) = (figure(&|o| last(o)[0]), figure(&|o| last(o)[1]));
            let line = format!("| {horizon} | {name} | {mse} | {mae} | {} | {seconds:.0} s |\n", figure(&validation));
            eprint!("{line}");
            text += &line;
        }
    }
    Ok(text)
}

fn one(
    path: &str,
    horizon: usize,
    window: usize,
    model: &str,
    seed: u64,
    baselines: bool,
) -> Result<ForecastOutcome, String> {
    let settings = [
        Setting::new("data.path", path),
        Setting::new("forecast.horizon", horizon as u64),
        Setting::new("forecast.window", window as u64),
        Setting::new("seed", seed),
        Setting::new("baselines", baselines),
    ];
    let experiment = from_toml(&format!("{SHARED}\n[model]\n{model}\n"), "forecasting", &settings);
    let outcome = experiment.and_then(|experiment| run_forecast(&experiment, &Options::default()));
    outcome.map_err(|error| error.to_string())
}

/// What needs no training.
fn rules(text: &mut String, horizon: usize, outcome: &ForecastOutcome) {
    let Some((_, rules)) = outcome.scores.split_last() else { return };
    for rule in rules {
        let _ = writeln!(text, "| {horizon} | {} | {:.3} | {:.3} | | |", rule.model, rule.scaled_mse, rule.scaled_mae);
    }
}
