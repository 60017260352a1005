//! Summary of a study so far.

use bayes::{hypervolume, pareto_front};
use serde_json::{Value, json};

use crate::store::trial::{State, Trial};
use crate::study::Study;

/// The best trials so far.
#[derive(Clone, Debug, PartialEq)]
pub struct Best {
    /// The best trial, or the Pareto front of several objectives.
    pub trials: Vec<Trial>,
    /// Of several objectives: the hypervolume between the Pareto front and the worst values so far.
    pub hypervolume: Option<f64>,
}

impl Study {
    /// Of some trials the best complete ones that satisfy all constraints.
    pub fn best(&self, trials: &[Trial]) -> Best {
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

    /// Whether a trial is complete and satisfies all constraints.
    fn keeps_limits(&self, trial: &Trial) -> bool {
        let keeps = |limit: &spec::campaign::OutcomeLimit| {
            let value = trial.outcomes.get(&limit.name).copied().unwrap_or(f64::NAN);
            limit.at_most.is_none_or(|bound| value <= bound) && limit.at_least.is_none_or(|bound| value >= bound)
        };
        trial.state == State::Complete && self.campaign.limits.iter().all(keeps)
    }

    /// Everything about the study with these trials, for programs.
    pub fn to_json(&self, trials: &[Trial]) -> Value {
        let best = self.best(trials);
        json!({
            "name": self.name(),
            "campaign": self.campaign,
            "trials": trials,
            "best": best.trials.iter().map(|trial| trial.number).collect::<Vec<i64>>(),
            "hypervolume": best.hypervolume,
        })
    }

    /// Why a trial was proposed, as text.
    pub fn why(&self, trial: &Trial) -> String {
        let origin = match trial.origin.as_str() {
            "design" => "It belongs to the initial design of a study, before there is a model.",
            "model" => "",
            "chosen" => "Its point was chosen by hand, to begin with.",
            "replicate" => "It repeats an earlier trial, to measure the noise.",
            _ => "It was not proposed: its outcome was reported or imported.",
        };
        let Some(expected) = trial.notes.get("expected") else { return origin.to_owned() };
        let number = |name: &str| expected.get(name).and_then(Value::as_f64);
        let mut words = Vec::new();
        if let ([objective], Some(mean), Some(deviation)) =
            (&self.campaign.objectives[..], number("mean"), number("deviation"))
        {
            words.push(format!("`{}` is predicted to be {} +- {}.", objective.name, short(mean), short(deviation)));
        }
        if let Some(log) = number("log_improvement") {
            let share = log.exp();
            words.push(match share {
                s if s < 1e-6 => "An improvement on the best so far is very unlikely.".to_owned(),
                _ => format!("Its expected improvement on the best so far is {} on the model's scale.", short(share)),
            });
        }
        if let Some(feasible) = number("feasible").filter(|p| *p < 1.0) {
            words.push(format!("It satisfies all constraints with a probability of {:.0} %.", 100.0 * feasible));
        }
        if let Some(cost) = number("cost") {
            words.push(format!("It is expected to cost {}.", short(cost)));
        }
        if let Some(nearest) = expected.get("nearest").filter(|nearest| !nearest.is_null()) {
            let (trial, distance) = (nearest["trial"].as_i64().unwrap_or_default(), nearest["lengthscales"].as_f64());
            words.push(format!(
                "The nearest finished trial is {trial}, {} lengthscales away: {}.",
                short(distance.unwrap_or_default()),
                if distance.is_some_and(|d| d > 1.0) { "it explores" } else { "it exploits" }
            ));
        }
        words.join(" ")
    }
}

/// A number with four significant digits.
pub fn short(x: f64) -> String {
    if x == 0.0 || (1e-3..1e5).contains(&x.abs()) {
        let digits = (3 - x.abs().max(1e-3).log10().floor() as i32).clamp(0, 6) as usize;
        let text = format!("{x:.digits$}");
        return if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').into() } else { text };
    }
    format!("{x:.3e}")
}
