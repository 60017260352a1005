//! Batches of ten on -ln(-Hartmann6), beside published medians.

use bayes::{Problem, Space};
use rayon::prelude::*;
use tensor::random::Key;

use super::designs::designs;
use super::{median, search, smallest, strategy};

/// Ours, and the published method that it is compared with.
const METHODS: [(&str, &str, &str); 8] = [
    ("monte_carlo", r#"{"kind":"monte_carlo"}"#, "qEI"),
    ("monte_carlo joint", r#"{"kind":"monte_carlo","joint":true}"#, "qEI"),
    ("kriging_believer", r#"{"kind":"kriging_believer"}"#, "hallu_EI"),
    ("constant_liar best", r#"{"kind":"constant_liar","lie":"best"}"#, ""),
    ("constant_liar worst", r#"{"kind":"constant_liar","lie":"worst"}"#, ""),
    ("local_penalization", r#"{"kind":"local_penalization"}"#, "LP"),
    ("thompson", r#"{"kind":"thompson"}"#, "TS"),
    ("k_means", r#"{"kind":"k_means"}"#, ""),
];
const BATCH: usize = 10;
/// Evaluations behind the design.
const AT: [usize; 2] = [40, 100];
/// Resamples of the runs for the interval of the median.
const RESAMPLES: usize = 10_000;

/// The table of median regrets, with the bootstrap interval of the difference from the published median.
pub fn report(from: &str, published: &str, only: Option<&str>, settings: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(published).map_err(|error| format!("`{published}` cannot be read: {error}"))?;
    let known = |method: &str, at: usize| -> Option<f64> {
        let cells = text.lines().map(|line| line.split(',').collect::<Vec<&str>>());
        let mut own =
            cells.filter(|c| c[0] == "modHartman6" && c[2] == "10" && c[3] == method && c[5] == at.to_string());
        own.next()?[6].parse().ok()
    };
    let problem = Problem::Hartmann6;
    let function = |x: &[f64]| -(-problem.value(x)).max(1e-300).ln();
    let minimum = -(-problem.minimum()).ln();
    let runs = designs(from, "Hartmann6", problem)?;
    let mut out = format!(
        "{:<22}{:>6}{:>12}{:>12}{:>14}{:>26}{:>10}\n",
        "batch of 10", "runs", "40", "100", "published", "difference (95 %)", "s/ask"
    );
    for (name, batch, peer) in METHODS {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let mut strategy = strategy(settings)?;
        strategy.batch = serde_json::from_str(batch).map_err(|error| error.to_string())?;
        let start = std::time::Instant::now();
        let one = |(run, x): (usize, &Vec<f64>)| {
            let evaluations = 2 * problem.inputs() + AT[1];
            smallest(&search(&function, &Space::cube(problem.inputs()), x, &strategy, (BATCH, evaluations), run as u64))
        };
        let found: Vec<Vec<f64>> = runs.par_iter().enumerate().map(one).collect();
        let asks = (runs.len() * AT[1] / BATCH) as f64;
        let seconds = start.elapsed().as_secs_f64() * rayon::current_num_threads() as f64 / asks;
        let at = |n: usize| -> Vec<f64> {
            found.iter().map(|values| values[2 * problem.inputs() + n - 1] - minimum).collect()
        };
        out += &format!("{name:<22}{:>6}{:>12.2e}{:>12.2e}", runs.len(), median(&at(AT[0])), median(&at(AT[1])));
        match known(peer, AT[1]) {
            Some(peer) => {
                let [low, high] = interval(&at(AT[1]));
                out += &format!("{peer:>14.2e}{:>26}", format!("{:+.1e} to {:+.1e}", low - peer, high - peer));
            }
            None => out += &format!("{:>14}{:>26}", "-", "-"),
        }
        out += &format!("{seconds:>10.3}\n");
    }
    Ok(out)
}

/// The bootstrap 95 % interval of the median.
fn interval(values: &[f64]) -> [f64; 2] {
    let mut random = Key::new(0, "bootstrap").random();
    let mut draw = |_| {
        let resampled: Vec<f64> = values.iter().map(|_| values[random.below(values.len())]).collect();
        median(&resampled)
    };
    let mut medians: Vec<f64> = (0..RESAMPLES).map(&mut draw).collect();
    medians.sort_by(f64::total_cmp);
    [medians[RESAMPLES / 40], medians[RESAMPLES - 1 - RESAMPLES / 40]]
}
