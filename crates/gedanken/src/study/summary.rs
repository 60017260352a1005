//! What a study has found so far.

use bayes::{hypervolume, pareto_front};
use serde_json::{Value, json};

use super::store::{State, Trial};
use super::{Goal, Study};
use crate::error::Result;

/// The best trials so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The best trial, or those that no other beats in all objectives.
    pub trials: Vec<Trial>,
    /// Of several objectives: the volume between the front and the worst values so far.
    pub hypervolume: Option<f64>,
}

impl Study {
    /// The best complete trials that keep all limits.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn best(&mut self) -> Result<Best> {
        let trials = self.trials()?;
        Ok(self.best_of(&trials))
    }

    pub(super) fn best_of(&self, trials: &[Trial]) -> Best {
        let objectives = &self.campaign.objectives;
        let feasible: Vec<&Trial> = trials.iter().filter(|trial| self.keeps_limits(trial)).collect();
        let value = |trial: &Trial, at: usize| {
            objectives[at].goal.sign() * trial.outcomes.get(&objectives[at].name).copied().unwrap_or(f64::NAN)
        };
        let rows: Vec<f64> =
            feasible.iter().flat_map(|trial| (0..objectives.len()).map(|at| value(trial, at))).collect();
        if objectives.len() == 1 {
            let best = (0..rows.len()).filter(|&at| rows[at].is_finite()).min_by(|&a, &b| rows[a].total_cmp(&rows[b]));
            return Best { trials: best.map(|at| feasible[at].clone()).into_iter().collect(), hypervolume: None };
        }
        let front = pareto_front(&rows, objectives.len());
        let worst: Vec<f64> = (0..objectives.len())
            .map(|at| rows.iter().skip(at).step_by(objectives.len()).copied().fold(f64::NEG_INFINITY, f64::max))
            .collect();
        let volume = hypervolume(&rows, &worst);
        Best { trials: front.into_iter().map(|at| feasible[at].clone()).collect(), hypervolume: Some(volume) }
    }

    /// Whether a trial is complete and keeps all limits.
    fn keeps_limits(&self, trial: &Trial) -> bool {
        let keeps = |limit: &super::OutcomeLimit| {
            let value = trial.outcomes.get(&limit.name).copied().unwrap_or(f64::NAN);
            limit.at_most.is_none_or(|bound| value <= bound) && limit.at_least.is_none_or(|bound| value >= bound)
        };
        trial.state == State::Complete && self.campaign.limits.iter().all(keeps)
    }

    /// The best value of the first objective after each finished trial, in the order in which they were told.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn convergence(&mut self) -> Result<Vec<f64>> {
        let mut trials: Vec<Trial> = self.trials()?.into_iter().filter(|trial| trial.told.is_some()).collect();
        trials.sort_by(|a, b| {
            a.told.unwrap_or_default().total_cmp(&b.told.unwrap_or_default()).then(a.number.cmp(&b.number))
        });
        let objective = &self.campaign.objectives[0];
        let mut best = f64::NAN;
        let mut found = Vec::new();
        for trial in trials {
            if let Some(value) = trial.outcomes.get(&objective.name).filter(|_| self.keeps_limits(&trial)) {
                let better = match objective.goal {
                    Goal::Maximise => *value > best,
                    Goal::Minimise => *value < best,
                };
                if better || best.is_nan() {
                    best = *value;
                }
            }
            found.push(best);
        }
        Ok(found)
    }

    /// The first objective from trial to trial, in the order in which they were told.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn figure(&mut self) -> Result<report::Figure> {
        let best = self.convergence()?;
        let mut trials: Vec<Trial> = self.trials()?.into_iter().filter(|trial| trial.told.is_some()).collect();
        trials.sort_by(told_first);
        let name = self.campaign.objectives[0].name.clone();
        let values: Vec<f64> = trials.iter().map(|t| t.outcomes.get(&name).copied().unwrap_or(f64::NAN)).collect();
        Ok(report::convergence(self.name(), &name, &values, &[("best so far", &best, None)]))
    }

    /// Everything about the study, for programs.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn to_json(&mut self) -> Result<Value> {
        let trials = self.trials()?;
        let best = self.best_of(&trials);
        Ok(json!({
            "name": self.name(),
            "campaign": self.campaign,
            "trials": trials,
            "best": best.trials.iter().map(|trial| trial.number).collect::<Vec<i64>>(),
            "hypervolume": best.hypervolume,
        }))
    }

    /// Why a trial was proposed, in words.
    pub fn why(&self, trial: &Trial) -> String {
        let origin = match trial.origin.as_str() {
            "design" => "It belongs to the design with which a study begins, before there is anything to learn from.",
            "model" => "",
            "replicate" => "It repeats an earlier trial, to see how much measurements scatter.",
            _ => "Nobody has asked for it: its outcome was told or imported.",
        };
        let Some(expected) = trial.notes.get("expected") else { return origin.to_owned() };
        let number = |name: &str| expected.get(name).and_then(Value::as_f64);
        let mut words = Vec::new();
        if let ([objective], Some(mean), Some(deviation)) =
            (&self.campaign.objectives[..], number("mean"), number("deviation"))
        {
            words.push(format!("`{}` is expected to be {} +- {}.", objective.name, short(mean), short(deviation)));
        }
        if let Some(log) = number("log_improvement") {
            let share = log.exp();
            words.push(match share {
                s if s < 1e-6 => "An improvement on the best so far is hardly to be expected.".to_owned(),
                _ => format!("Its expected improvement on the best so far is {} on the model's scale.", short(share)),
            });
        }
        if let Some(feasible) = number("feasible").filter(|p| *p < 1.0) {
            words.push(format!("It keeps all limits with a probability of {:.0} %.", 100.0 * feasible));
        }
        if let Some(cost) = number("cost") {
            words.push(format!("It is expected to cost {}.", short(cost)));
        }
        if let Some(nearest) = expected.get("nearest").filter(|nearest| !nearest.is_null()) {
            let (trial, distance) = (nearest["trial"].as_i64().unwrap_or_default(), nearest["lengthscales"].as_f64());
            words.push(format!(
                "The nearest finished trial is {trial}, {} lengthscales away: {}.",
                short(distance.unwrap_or_default()),
                if distance.is_some_and(|d| d > 1.0) { "it explores" } else { "it refines what is known" }
            ));
        }
        words.join(" ")
    }
}

/// The order in which outcomes were told.
fn told_first(a: &Trial, b: &Trial) -> std::cmp::Ordering {
    a.told.unwrap_or_default().total_cmp(&b.told.unwrap_or_default()).then(a.number.cmp(&b.number))
}

/// A number with four digits that count.
pub(super) fn short(x: f64) -> String {
    if x == 0.0 || (1e-3..1e5).contains(&x.abs()) {
        let digits = (3 - x.abs().max(1e-3).log10().floor() as i32).clamp(0, 6) as usize;
        let text = format!("{x:.digits$}");
        return if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text };
    }
    format!("{x:.3e}")
}
