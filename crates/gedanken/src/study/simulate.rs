//! A strategy put to the test on trials whose outcomes are known.

use std::path::Path;

use bayes::Design;
use data::Table;
use rayon::prelude::*;
use serde_json::Value;

use super::space::Terrain;
use super::summary::short;
use super::{Campaign, Goal, import};
use crate::error::{Error, Result};

/// How soon a strategy finds the best of a table, beside choosing by chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// After each trial: mean, standard error, lowest and highest best value over the seeds.
    pub strategy: Vec<[f64; 4]>,
    /// The same of random choices.
    pub random: Vec<[f64; 4]>,
    /// The best value of the table.
    pub best: f64,
    /// How many seeds there were.
    pub seeds: u64,
}

/// Carries out a campaign on a table that holds the outcome of every candidate, `trials` in all, in batches, for many seeds.
///
/// # Errors
/// The table lacks a column or an outcome.
pub fn simulate(campaign: &Campaign, table: &Table, (trials, batch, seeds): (usize, usize, u64)) -> Result<Simulation> {
    let (campaign, _) = Campaign { candidates: None, ..campaign.clone() }.resolved(Path::new("."), None)?;
    let Some(objective) = campaign.objectives.first() else {
        let hint = "name it as `[[objectives]]`".into();
        return Err(Error::Setting { message: "there is no objective".into(), place: "objectives".into(), hint });
    };
    let names: Vec<String> = campaign.parameters.iter().map(|p| p.name().to_owned()).collect();
    let points = import::points(table, &names)?;
    let terrain = Terrain::new(&Campaign { candidates: Some(table.source.clone()), ..campaign.clone() }, &points)?;
    let outcome = table.column(&objective.name)?;
    let values: Vec<f64> =
        outcome.as_text().iter().map(|text| text.as_deref().and_then(|t| t.parse().ok()).unwrap_or(f64::NAN)).collect();
    if let Some(row) = values.iter().position(|y| !y.is_finite()) {
        return Err(Error::Setting {
            message: "there is no number".into(),
            place: format!("column `{}`, {}", objective.name, outcome.place(row)),
            hint: "every candidate needs its outcome to play with".into(),
        });
    }
    let sign = objective.goal.sign();
    let width = terrain.space.width();
    let places = terrain.space.listed().unwrap_or_default();
    let value = |x: &[f64]| {
        let at = places.chunks_exact(width).position(|place| terrain.space.same(place, x));
        at.map_or(f64::NAN, |at| sign * values[at])
    };
    let run = |seed: u64, strategy: &bayes::Strategy| -> Vec<f64> {
        let (mut known, mut before, mut best) = (bayes::Knowledge::of(Vec::new(), Vec::new()), Vec::new(), Vec::new());
        while known.n() < trials {
            let n = batch.min(trials - known.n());
            let next = strategy.ask(&terrain.space, &known, n, &before, campaign.seed + seed, known.n());
            if next.points.is_empty() {
                break;
            }
            for x in next.points.chunks_exact(width) {
                known.objectives[0].push(value(x));
                best.push(known.objectives[0].iter().copied().fold(f64::INFINITY, f64::min));
            }
            known.x.extend(next.points);
            before = next.hyperparameters;
        }
        best
    };
    let random = bayes::Strategy { design: Design::Random, design_only: true, ..campaign.strategy.clone() };
    let all = |strategy: &bayes::Strategy| -> Vec<[f64; 4]> {
        let runs: Vec<Vec<f64>> = (0..seeds).into_par_iter().map(|seed| run(seed, strategy)).collect();
        (0..runs.first().map_or(0, Vec::len)).map(|at| spread(&runs, at, sign)).collect()
    };
    let best = values.iter().map(|y| sign * y).fold(f64::INFINITY, f64::min);
    Ok(Simulation { strategy: all(&campaign.strategy), random: all(&random), best: sign * best, seeds })
}

fn spread(runs: &[Vec<f64>], at: usize, sign: f64) -> [f64; 4] {
    let own: Vec<f64> = runs.iter().map(|run| sign * run[at]).collect();
    let n = own.len() as f64;
    let mean = own.iter().sum::<f64>() / n;
    let deviation = (own.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / (n - 1.0).max(1.0)).sqrt();
    let fold = |start: f64, f: fn(f64, f64) -> f64| own.iter().copied().fold(start, f);
    [mean, deviation / n.sqrt(), fold(f64::INFINITY, f64::min), fold(f64::NEG_INFINITY, f64::max)]
}

impl Simulation {
    /// Mean best values after some trials, side by side.
    pub fn to_text(&self, goal: Goal) -> String {
        let steps: Vec<usize> = [1, 5, 10, 15, 20, 30, 40, 50, 75, 100, 150, 200, 300, 500]
            .into_iter()
            .filter(|at| *at <= self.strategy.len())
            .collect();
        let mut table = report::Table::new(&["trials", "strategy", "random"]);
        table.alignment = vec![report::Alignment::Right; 3];
        for at in steps {
            let one = |all: &[[f64; 4]]| {
                all.get(at - 1)
                    .map_or_else(String::new, |[mean, error, ..]| format!("{} ± {}", short(*mean), short(*error)))
            };
            table.row(&[at.to_string(), one(&self.strategy), one(&self.random)]);
        }
        let word = if goal == Goal::Maximise { "largest" } else { "smallest" };
        table.to_text()
            + &format!(
                "\nmean best value over {} seeds with its standard error; the {word} of the table is {}\n",
                self.seeds, self.best
            )
    }

    /// Mean best values from trial to trial, with bands of one standard error.
    pub fn figure(&self, title: &str, label: &str) -> report::Figure {
        let line = |all: &[[f64; 4]]| -> (Vec<f64>, Option<[Vec<f64>; 2]>) {
            let side = |sign: f64| all.iter().map(|[mean, error, ..]| mean + sign * error).collect();
            (all.iter().map(|row| row[0]).collect(), Some([side(-1.0), side(1.0)]))
        };
        let ((own, own_band), (random, random_band)) = (line(&self.strategy), line(&self.random));
        report::convergence(title, label, &[], &[("strategy", &own, own_band), ("random", &random, random_band)])
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        serde_json::json!({ "strategy": self.strategy, "random": self.random, "best": self.best, "seeds": self.seeds })
    }
}
