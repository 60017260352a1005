//! A lookup table of 1,728 reactions: how soon the best yields are found.

use std::collections::HashMap;
use std::sync::Arc;

use bayes::{Axis, Design, Space, Strategy};
use rayon::prelude::*;

use super::{search, smallest, with_settings};

/// Experiments of a run.
const EXPERIMENTS: usize = 50;

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
    let strategy = with_settings(base, settings)?;
    let start = std::time::Instant::now();
    let loss = |x: &[f64]| -value(x);
    let run = |seed: u64| -> Vec<f64> {
        let values = search(&loss, &space, &[], &strategy, (batch, EXPERIMENTS), seed);
        smallest(&values).into_iter().map(|best| -best).collect()
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
