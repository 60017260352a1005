//! How near to the minimum of a known function a search comes, point by point.

use bayes::{Problem, Space};
use rayon::prelude::*;

use super::designs::designs;
use super::{median, search, smallest, strategy};

/// Problems, evaluations and settings.
const PROBLEMS: [(&str, Problem, usize, &str); 4] = [
    ("Branin", Problem::Branin, 50, "{}"),
    ("GoldsteinPrice", Problem::GoldsteinPrice, 50, "{}"),
    ("GoldsteinPrice", Problem::GoldsteinPrice, 50, r#"{"warp": "yeo_johnson"}"#),
    ("Hartmann6", Problem::Hartmann6, 100, "{}"),
];
/// Evaluations, first points among them, at which the regret is told.
const AT: [usize; 3] = [25, 50, 100];

/// The table of median regrets over designs from a file, with further settings as JSON.
pub fn report(from: &str, only: Option<&str>, settings: &str) -> Result<String, String> {
    let mut out = format!(
        "{:<34}{:>6}{:>12}{:>12}{:>12}{:>12}{:>10}\n",
        "problem", "runs", "25", "50", "100", "within 1 %", "s/ask"
    );
    for (name, problem, evaluations, own) in PROBLEMS {
        if only.is_some_and(|only| only != name) {
            continue;
        }
        let strategy = strategy(if own == "{}" { settings } else { own })?;
        let runs = designs(from, name, problem)?;
        let start = std::time::Instant::now();
        let one = |(run, x): (usize, &Vec<f64>)| {
            let function = |x: &[f64]| problem.value(x);
            smallest(&search(&function, &Space::cube(problem.inputs()), x, &strategy, (1, evaluations), run as u64))
        };
        let found: Vec<Vec<f64>> = runs.par_iter().enumerate().map(one).collect();
        let asks: usize = found.iter().map(|values| values.len() - 2 * problem.inputs()).sum();
        let seconds = start.elapsed().as_secs_f64() * rayon::current_num_threads() as f64 / asks as f64;
        let at = |n: usize| -> Vec<f64> {
            found.iter().filter_map(|values| values.get(n - 1)).map(|best| best - problem.minimum()).collect()
        };
        let tolerance = 0.01 * problem.minimum().abs().max(1.0);
        let last = at(evaluations);
        let share = last.iter().filter(|r| **r < tolerance).count() as f64 / last.len() as f64;
        out += &format!("{:<34}{:>6}", format!("{name} {}", if own == "{}" { "" } else { own }), runs.len());
        for n in AT {
            let m = median(&at(n));
            out += &if m.is_nan() { format!("{:>12}", "-") } else { format!("{m:>12.2e}") };
        }
        out += &format!("{:>10.0} %{seconds:>10.3}\n", 100.0 * share);
    }
    Ok(out)
}
