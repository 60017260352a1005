//! First points that others have begun with, too: a file `problem,run,point,x...,y`.

use bayes::Problem;
use tensor::random::Key;

/// The first points of every run, in the unit cube. `seeds=N` instead of a path stands for N designs of our own.
pub fn designs(from: &str, name: &str, problem: Problem) -> Result<Vec<Vec<f64>>, String> {
    let width = problem.inputs();
    if let Some(n) = from.strip_prefix("seeds=") {
        let n: u64 = n.parse().map_err(|_| format!("`{n}` is no number of designs"))?;
        return Ok((0..n).map(|seed| bayes::sobol(2 * width, width, Key::new(1000 + seed, "bench"))).collect());
    }
    let text = std::fs::read_to_string(from).map_err(|error| format!("`{from}` cannot be read: {error}"))?;
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
