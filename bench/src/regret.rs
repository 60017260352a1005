//! How near to the minimum of a known function a search comes, from designs that others have begun with, too.

use bayes::{Acquisition, GaussianProcess, Noise, Problem, next_point};
use rayon::prelude::*;

const PROBLEMS: [(&str, Problem, usize); 3] = [
    ("Branin", Problem::Branin, 50),
    ("GoldsteinPrice", Problem::GoldsteinPrice, 50),
    ("Hartmann6", Problem::Hartmann6, 100),
];
/// Evaluations, first points among them, at which the regret is told.
const AT: [usize; 3] = [25, 50, 100];

/// The table of median regrets over the runs of a file `problem,run,point,x...,y`.
pub fn report(path: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    let mut out = format!(
        "{:<16}{:>6}{:>12}{:>12}{:>12}{:>12}{:>10}\n",
        "problem", "runs", "25", "50", "100", "within 1 %", "s/ask"
    );
    for (name, problem, evaluations) in PROBLEMS {
        let runs = designs(&text, name, problem)?;
        let start = std::time::Instant::now();
        let found: Vec<Vec<f64>> =
            runs.par_iter().enumerate().map(|(run, x)| search(problem, x, evaluations, run as u64)).collect();
        let asks: usize = found.iter().map(Vec::len).sum();
        let threads = rayon::current_num_threads() as f64;
        let seconds = start.elapsed().as_secs_f64() * threads / asks as f64;
        let at = |n: usize| -> Vec<f64> { found.iter().filter_map(|regrets| regrets.get(n - 1).copied()).collect() };
        let tolerance = 0.01 * problem.minimum().abs().max(1.0);
        let last = at(evaluations);
        let share = last.iter().filter(|r| **r < tolerance).count() as f64 / last.len() as f64;
        let medians = AT.map(|n| median(at(n)).map_or_else(|| "-".into(), |m| format!("{m:.2e}")));
        out += &format!("{name:<16}{:>6}", runs.len());
        medians.iter().for_each(|m| out += &format!("{m:>12}"));
        out += &format!("{:>11.0} %{seconds:>10.3}\n", 100.0 * share);
    }
    Ok(out)
}

/// The first points of every run, in the unit cube.
fn designs(text: &str, name: &str, problem: Problem) -> Result<Vec<Vec<f64>>, String> {
    let mut runs: Vec<(String, Vec<f64>)> = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if cells[0] != name {
            continue;
        }
        let number = |cell: &&str| cell.parse::<f64>().map_err(|_| format!("`{cell}` is no number in `{line}`"));
        let numbers: Vec<f64> = cells[3..cells.len() - 1].iter().map(number).collect::<Result<_, _>>()?;
        let unit = numbers.iter().zip(problem.bounds()).map(|(x, [low, high])| (x - low) / (high - low));
        match runs.last_mut().filter(|run| run.0 == cells[1]) {
            Some(run) => run.1.extend(unit),
            None => runs.push((cells[1].to_owned(), unit.collect())),
        }
    }
    Ok(runs.into_iter().map(|run| run.1).collect())
}

/// The smallest regret after every evaluation.
fn search(problem: Problem, design: &[f64], evaluations: usize, seed: u64) -> Vec<f64> {
    let width = problem.inputs();
    let spec = GaussianProcess { noise: Noise::Deterministic, ..GaussianProcess::default() };
    let mut x = design.to_vec();
    let mut y: Vec<f64> = x.chunks_exact(width).map(|x| problem.value(x)).collect();
    let mut theta: Option<Vec<f64>> = None;
    while y.len() < evaluations {
        let process = spec.fit(&x, width, &y, &[], theta.as_deref(), seed);
        let best = y.iter().copied().fold(f64::INFINITY, f64::min);
        let (at, _) = next_point(&process, Acquisition::default(), best, seed * 1000 + y.len() as u64);
        y.push(problem.value(&at));
        x.extend(at);
        theta = Some(process.theta().to_vec());
    }
    let mut best = f64::INFINITY;
    let regret = |y: &f64| {
        best = best.min(*y);
        best - problem.minimum()
    };
    y.iter().map(regret).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied()
}
