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
    let axes: Vec<(Axis, Vec<&str>)> = (1..6).map(|column| axis(&rows, column)).collect::<Result<_, _>>()?;
    let place =
        |row: &[&str]| -> Vec<f64> { axes.iter().zip(1..).map(|(axis, at)| coordinate(axis, row[at])).collect() };
    let mut yields: HashMap<Vec<u64>, f64> = HashMap::new();
    for row in &rows {
        yields.insert(place(row).iter().map(|x| x.to_bits()).collect(), number(row[6])?);
    }
    let mut space = Space::new(axes.iter().map(|(axis, _)| axis.clone()).collect());
    space.candidates = Some(Arc::new(rows.iter().flat_map(|row| place(row)).collect()));
    let value = |x: &[f64]| yields.get(&x.iter().map(|x| x.to_bits()).collect::<Vec<u64>>()).copied().unwrap_or(0.0);
    let base = Strategy { design: Design::LatinHypercube, ..Strategy::default() };
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

/// What a column holds, and how it is written in the order of its values: ordered levels where all are numbers, else categories.
fn axis<'t>(rows: &[Vec<&'t str>], column: usize) -> Result<(Axis, Vec<&'t str>), String> {
    let mut written: Vec<&str> = Vec::new();
    for row in rows {
        if !written.contains(&row[column]) {
            written.push(row[column]);
        }
    }
    if written.iter().any(|text| text.parse::<f64>().is_err()) {
        return Ok((Axis::Categories(written.len()), written));
    }
    let mut levels = written.iter().map(|text| Ok((number(text)?, *text))).collect::<Result<Vec<_>, String>>()?;
    levels.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (low, high) = (levels[0].0, levels[levels.len() - 1].0);
    let shares = levels.iter().map(|(level, _)| (level - low) / (high - low).max(1e-300)).collect();
    Ok((Axis::Levels(shares), levels.into_iter().map(|(_, text)| text).collect()))
}

/// Where a value lies on its axis.
fn coordinate((axis, written): &(Axis, Vec<&str>), text: &str) -> f64 {
    let at = written.iter().position(|other| *other == text).unwrap_or(0);
    match axis {
        Axis::Levels(levels) => levels[at],
        _ => at as f64,
    }
}

fn number(text: &str) -> Result<f64, String> {
    text.trim().parse().map_err(|_| format!("`{text}` is no number"))
}
