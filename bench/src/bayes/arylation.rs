//! A lookup table of 1,728 reactions: how soon the best yields are found.

use std::collections::HashMap;
use std::sync::Arc;

use bayes::{Axis, Design, Knowledge, Space, Strategy};
use rayon::prelude::*;

/// The table of mean best yields, with their standard errors: from a file of reactions, in batches, over seeds from `first` on.
pub fn report(path: &str, (batch, seeds, first): (usize, u64, u64), settings: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("`{path}` cannot be read: {error}"))?;
    let rows: Vec<Vec<&str>> = text.lines().skip(1).map(|line| line.split(',').collect()).collect();
    let columns: Vec<usize> = (1..6).collect();
    let mut levels: Vec<Vec<&str>> = vec![Vec::new(); columns.len()];
    for row in &rows {
        for (levels, &column) in levels.iter_mut().zip(&columns) {
            if !levels.contains(&row[column]) {
                levels.push(row[column]);
            }
        }
    }
    let place = |row: &[&str]| -> Vec<usize> {
        let at = |(levels, &column): (&Vec<&str>, &usize)| levels.iter().position(|l| *l == row[column]).unwrap_or(0);
        levels.iter().zip(&columns).map(at).collect()
    };
    let mut yields: HashMap<Vec<usize>, f64> = HashMap::new();
    for row in &rows {
        let number = row[6].trim().parse::<f64>().map_err(|_| format!("`{}` is no yield", row[6]))?;
        yields.insert(place(row), number);
    }
    let mut space = Space::new(levels.iter().map(|levels| Axis::Categories(levels.len())).collect());
    space.candidates = Some(Arc::new(rows.iter().flat_map(|row| place(row)).map(|at| at as f64).collect()));
    let value = |x: &[f64]| yields.get(&x.iter().map(|x| *x as usize).collect::<Vec<usize>>()).copied().unwrap_or(0.0);
    let base = Strategy { initial: Some(batch), design: Design::Random, ..Strategy::default() };
    let mut all = serde_json::to_value(base).map_err(|error| error.to_string())?;
    let own: serde_json::Value = serde_json::from_str(settings).map_err(|error| format!("`{settings}`: {error}"))?;
    for (name, value) in own.as_object().into_iter().flatten() {
        all[name] = value.clone();
    }
    let strategy: Strategy = serde_json::from_value(all).map_err(|error| format!("`{settings}`: {error}"))?;
    let start = std::time::Instant::now();
    let run = |seed: u64| -> Vec<f64> {
        let (mut known, mut before) = (Knowledge::of(Vec::new(), Vec::new()), Vec::new());
        let mut best = Vec::new();
        while known.n() < 50 {
            let n = batch.min(50 - known.n());
            let next = strategy.ask(&space, &known, n, &before, seed, known.n());
            for x in next.points.chunks_exact(space.width()) {
                known.objectives[0].push(-value(x));
                best.push(known.objectives[0].iter().fold(0.0_f64, |best, y| best.max(-y)));
            }
            known.x.extend(next.points);
            before = next.hyperparameters;
        }
        best
    };
    let found: Vec<Vec<f64>> = (first..first + seeds).into_par_iter().map(run).collect();
    let mut out = format!("{:<14}{:>10}{:>8}{:>14}\n", "experiments", "best", "se", "within 1 %");
    for at in [5, 10, 15, 20, 25, 30, 40, 50] {
        let own: Vec<f64> = found.iter().map(|best| best[at - 1]).collect();
        let n = own.len() as f64;
        let mean = own.iter().sum::<f64>() / n;
        let deviation = (own.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
        let share = own.iter().filter(|y| **y >= 99.0).count() as f64 / n;
        out += &format!("{at:<14}{mean:>10.2}{:>8.2}{:>12.0} %\n", deviation / n.sqrt(), 100.0 * share);
    }
    out += &format!("{:.1} s\n", start.elapsed().as_secs_f64());
    Ok(out)
}
