//! The next experiments of a study.

use bayes::{Forecast, Hyperparameters};
use serde_json::{Value, json};

use super::store::{Asker, Proposed, State, Trial};
use super::{Goal, Study};
use crate::error::{Error, Result};

/// The seconds of an hour.
const HOUR: f64 = 3600.0;

impl Study {
    /// At most `n` trials to carry out; fewer where the space is exhausted. Those that a lost worker has left come first. The same
    /// request again gets the same trials, and nothing is lost if the asker crashes before it has read them: then the same
    /// suggestions are made again.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub fn ask(&mut self, n: usize, asker: &Asker, now: f64) -> Result<Vec<Trial>> {
        let asker =
            Asker { lease: asker.lease.or(self.campaign.lease_hours.map(|hours| hours * HOUR)), ..asker.clone() };
        if let Some(request) = &asker.request {
            let same = |trial: &Trial| trial.request.as_ref() == Some(request);
            let before: Vec<Trial> = self.store.trials()?.into_iter().filter(same).collect();
            if !before.is_empty() {
                return Ok(before);
            }
        }
        let mut found = self.store.reclaim(n, &asker, now)?;
        while found.len() < n {
            let trials = self.store.trials()?;
            let proposed = self.proposals(&trials, n - found.len(), now)?;
            if proposed.is_empty() {
                break;
            }
            // Somebody else may have asked meanwhile: then what was computed is out of date.
            if let Some(added) = self.store.propose(trials.len(), &proposed, &asker, now)? {
                found.extend(added);
            }
        }
        Ok(found)
    }

    /// What would be proposed for these trials.
    pub(super) fn proposals(&self, trials: &[Trial], n: usize, now: f64) -> Result<Vec<Proposed>> {
        let known = self.knowledge(trials, now)?;
        let before = last_hyperparameters(trials);
        let (strategy, space) = (&self.campaign.strategy, &self.terrain.space);
        let next = strategy.ask(space, &known, n, &before, self.campaign.seed, trials.len());
        let origin = if next.from_design { "design" } else { "model" };
        let one = |(at, x): (usize, &[f64])| {
            let mut notes = json!({});
            if let Some(forecast) = next.forecasts.get(at) {
                notes["expected"] = self.expected(forecast, trials);
            }
            if at == 0 && !next.hyperparameters.is_empty() {
                notes["hyperparameters"] = json!(next.hyperparameters);
            }
            Proposed { point: self.terrain.point(x), origin, notes }
        };
        Ok(next.points.chunks_exact(space.width()).enumerate().map(one).collect())
    }

    /// What is expected, in the units and the sense of the first objective.
    fn expected(&self, forecast: &Forecast, trials: &[Trial]) -> Value {
        let finished: Vec<&Trial> = trials.iter().filter(|trial| trial.state != State::Pending).collect();
        let nearest = forecast.nearest.and_then(|(at, distance)| {
            finished.get(at).map(|trial| json!({ "trial": trial.number, "lengthscales": distance }))
        });
        let mut found = json!({
            "log_improvement": forecast.log_improvement,
            "feasible": forecast.feasible,
            "cost": forecast.cost,
            "nearest": nearest,
        });
        // A weighted sum of several objectives has no unit.
        if let [objective] = &self.campaign.objectives[..] {
            let sign = if objective.goal == Goal::Maximise { -1.0 } else { 1.0 };
            found["mean"] = json!(sign * forecast.mean);
            found["deviation"] = json!(forecast.deviation.abs());
        }
        found
    }

    /// Another measurement at the point of a trial.
    ///
    /// # Errors
    /// There is no such trial.
    pub fn replicate(&mut self, number: i64, asker: &Asker, now: f64) -> Result<Trial> {
        let asker =
            Asker { lease: asker.lease.or(self.campaign.lease_hours.map(|hours| hours * HOUR)), ..asker.clone() };
        loop {
            let trials = self.store.trials()?;
            let Some(trial) = trials.iter().find(|trial| trial.number == number) else {
                return Err(Error::NoTrial { number, study: self.name().into(), trials: trials.len() as i64 });
            };
            let notes = json!({ "replicate_of": number });
            let proposed = Proposed { point: trial.point.clone(), origin: "replicate", notes };
            if let Some(mut added) = self.store.propose(trials.len(), &[proposed], &asker, now)? {
                return Ok(added.remove(0));
            }
        }
    }
}

/// Hyperparameters of the last ask that had any.
fn last_hyperparameters(trials: &[Trial]) -> Hyperparameters {
    let last = trials.iter().rev().find_map(|trial| trial.notes.get("hyperparameters"));
    last.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}
