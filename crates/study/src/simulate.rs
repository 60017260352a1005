//! Benchmark of a strategy on trials whose outcomes are known.

use std::path::Path;

use bayes::{Design, Problem};
use data::Table;
use rayon::prelude::*;
use serde_json::Value;
use spec::campaign::{Campaign, Goal, Objective};
use spec::error::Result;
use spec::parameter::Parameter;

use crate::import;
use crate::space::{Terrain, resolved, wrong};
use crate::summary::short;

/// How soon a strategy finds the best of a table or a function, compared with random search.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// The objective.
    pub objective: Objective,
    /// After each trial: mean, standard error, lowest and highest best value over the seeds.
    pub strategy: Vec<[f64; 4]>,
    /// The same of random choices.
    pub random: Vec<[f64; 4]>,
    /// The best value of all.
    pub best: f64,
    /// How many seeds there were.
    pub seeds: u64,
}

/// Source of the outcomes of a simulation.
#[derive(Clone, Copy, Debug)]
pub enum Outcomes<'a> {
    /// A table that holds the outcome of every candidate.
    Table(&'a Table),
    /// A function with a known minimum. A campaign without parameters has those of the function.
    Function(Problem),
}

/// The value of a point.
type Law = dyn Fn(&Terrain, &[f64]) -> f64 + Sync;

/// A benchmark problem: a space with the value of each point, to be minimized.
struct Game {
    campaign: Campaign,
    objective: Objective,
    terrain: Terrain,
    value: Box<Law>,
    best: f64,
}

/// Carries out a campaign on known outcomes, `trials` in all, in batches, for many seeds.
///
/// # Errors
/// The table lacks a column or an outcome, or the campaign's parameters are not the inputs of the function.
pub fn simulate(
    campaign: &Campaign,
    on: Outcomes<'_>,
    (trials, batch, seeds): (usize, usize, u64),
) -> Result<Simulation> {
    let game = match on {
        Outcomes::Table(table) => of_table(campaign, table)?,
        Outcomes::Function(problem) => of_function(campaign, problem)?,
    };
    let Game { campaign, objective, terrain, value, best } = &game;
    let run = |seed: u64, strategy: &bayes::Strategy| -> Vec<f64> {
        let (mut known, mut before, mut best) = (bayes::Knowledge::of(Vec::new(), Vec::new()), Vec::new(), Vec::new());
        while known.n() < trials {
            let n = batch.min(trials - known.n());
            let next = strategy.ask(&terrain.space, &known, n, &before, campaign.seed + seed, known.n());
            if next.points.is_empty() {
                break;
            }
            for x in next.points.chunks_exact(terrain.space.width()) {
                known.objectives[0].push(value(terrain, x));
                best.push(known.objectives[0].iter().copied().fold(f64::INFINITY, f64::min));
            }
            known.x.extend(next.points);
            before = next.hyperparameters;
        }
        best
    };
    let own = campaign.chooser();
    let random = bayes::Strategy { design: Design::Random, design_only: true, ..own.clone() };
    let sign = objective.goal.sign();
    let all = |strategy: &bayes::Strategy| -> Vec<[f64; 4]> {
        let runs: Vec<Vec<f64>> = (0..seeds).into_par_iter().map(|seed| run(seed, strategy)).collect();
        (0..runs.first().map_or(0, Vec::len)).map(|at| spread(&runs, at, sign)).collect()
    };
    let objective = objective.clone();
    Ok(Simulation { objective, strategy: all(&own), random: all(&random), best: sign * best, seeds })
}

fn of_table(campaign: &Campaign, table: &Table) -> Result<Game> {
    let (campaign, _) = resolved(Campaign { candidates: None, ..campaign.clone() }, Path::new("."), None)?;
    let Some(objective) = campaign.objectives.first().cloned() else {
        return Err(wrong("there is no objective".into(), "objectives", "name it as `[[objectives]]`"));
    };
    let names: Vec<String> = campaign.parameters.iter().map(|p| p.name().to_owned()).collect();
    let points = import::points(table, &names)?;
    let terrain = Terrain::new(&Campaign { candidates: Some(table.source.clone()), ..campaign.clone() }, &points)?;
    let outcome = table.column(&objective.name)?;
    let number = |text: &Option<String>| text.as_deref().and_then(|t| t.parse().ok()).unwrap_or(f64::NAN);
    let sign = objective.goal.sign();
    let values: Vec<f64> = outcome.as_text().iter().map(|text| sign * number(text)).collect();
    if let Some(row) = values.iter().position(|y| !y.is_finite()) {
        let place = format!("column `{}`, {}", objective.name, outcome.place(row));
        return Err(wrong("there is no number".into(), &place, "every candidate needs its outcome in a simulation"));
    }
    let best = values.iter().copied().fold(f64::INFINITY, f64::min);
    let places = terrain.space.listed().unwrap_or_default();
    let value = move |terrain: &Terrain, x: &[f64]| {
        let at = places.chunks_exact(x.len()).position(|place| terrain.space.same(place, x));
        at.map_or(f64::NAN, |at| values[at])
    };
    Ok(Game { campaign, objective, terrain, value: Box::new(value), best })
}

fn of_function(campaign: &Campaign, problem: Problem) -> Result<Game> {
    let campaign = on(campaign, problem);
    let objective = campaign.objectives[0].clone();
    if objective.goal == Goal::Maximize {
        let hint = "set `goal = \"minimize\"`, or name no objective";
        return Err(wrong("the function must be minimized, not maximized".into(), "objectives[0]", hint));
    }
    let terrain = Terrain::new(&campaign, &[])?;
    let (inputs, bounds) = (problem.inputs(), problem.bounds());
    let hint = "give as many numbers as the function has inputs, within its bounds, or no parameters at all";
    if campaign.parameters.len() != inputs {
        let message = format!("parameters: {}; inputs of the function: {inputs}", campaign.parameters.len());
        return Err(wrong(message, "parameters", hint));
    }
    for (at, (parameter, [least, most])) in campaign.parameters.iter().zip(&bounds).enumerate() {
        if !parameter.range().is_some_and(|([low, high], _)| low >= *least && high <= *most) {
            let place = format!("parameters[{at}] (`{}`)", parameter.name());
            return Err(wrong(format!("it is not a number between {least} and {most}"), &place, hint));
        }
    }
    let value = move |terrain: &Terrain, x: &[f64]| {
        let point = terrain.point(x);
        let number = |name: &&str| point.get(*name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        let unit = |(name, [low, high]): (&&str, &[f64; 2])| (number(name) - low) / (high - low);
        problem.value(&terrain.names().iter().zip(&bounds).map(unit).collect::<Vec<f64>>())
    };
    Ok(Game { campaign, objective, terrain, value: Box::new(value), best: problem.minimum() })
}

/// A campaign with the inputs of a function as parameters where there are none, and its value to be minimized.
fn on(campaign: &Campaign, problem: Problem) -> Campaign {
    let mut own = campaign.clone();
    if own.parameters.is_empty() {
        let one = |(at, [low, high]): (usize, [f64; 2])| Parameter::Continuous {
            name: format!("x{}", at + 1),
            low,
            high,
            log: false,
        };
        own.parameters = problem.bounds().into_iter().enumerate().map(one).collect();
    }
    if own.objectives.is_empty() {
        own.objectives = vec![Objective::new("value", Goal::Minimize)];
    }
    own
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
    pub fn to_text(&self) -> String {
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
        let word = if self.objective.goal == Goal::Maximize { "largest" } else { "smallest" };
        table.to_text()
            + &format!(
                "\nmean best value over {} seeds with its standard error; the {word} of all is {}\n",
                self.seeds, self.best
            )
    }

    /// Mean best values from trial to trial, with bands of one standard error.
    pub fn figure(&self, title: &str) -> report::Figure {
        let line = |all: &[[f64; 4]]| -> (Vec<f64>, Option<[Vec<f64>; 2]>) {
            let side = |sign: f64| all.iter().map(|[mean, error, ..]| mean + sign * error).collect();
            (all.iter().map(|row| row[0]).collect(), Some([side(-1.0), side(1.0)]))
        };
        let ((own, own_band), (random, random_band)) = (line(&self.strategy), line(&self.random));
        report::convergence(
            title,
            &self.objective.name,
            &[],
            &[("strategy", &own, own_band), ("random", &random, random_band)],
        )
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        serde_json::json!({ "strategy": self.strategy, "random": self.random, "best": self.best, "seeds": self.seeds })
    }
}
