//! The next experiments of a study.

use bayes::{Forecast, Hyperparameters};
use serde_json::{Map, Value, json};
use spec::error::Result;

use crate::store::trial::{Asker, Proposal, State, Trial};
use crate::study::{HOUR, Study};

impl Study {
    /// At most `n` trials to carry out; fewer where the space is exhausted. Those abandoned by a lost worker come first. The same
    /// request again gets the same trials, and nothing is lost if the asker crashes before it has read them: then the same
    /// suggestions are made again.
    ///
    /// # Errors
    /// The database cannot be read or written.
    pub fn ask(&mut self, n: usize, asker: &Asker<'_>) -> Result<Vec<Trial>> {
        self.ask_within(n, usize::MAX, asker)
    }

    /// As [`ask`](Self::ask), but no new trials where the study has `most` of them.
    pub fn ask_within(&mut self, n: usize, most: usize, asker: &Asker<'_>) -> Result<Vec<Trial>> {
        let asker = self.with_lease(asker);
        if let Some(request) = asker.request {
            let before = self.store.asked_with(request)?;
            if !before.is_empty() {
                return Ok(before);
            }
        }
        let mut found = self.store.reclaim(n, &asker)?;
        while found.len() < n {
            let trials = self.store.trials()?;
            let proposals = self.proposals(&trials, (n - found.len()).min(most.saturating_sub(trials.len())))?;
            if proposals.is_empty() {
                break;
            }
            // Others may have asked or reported meanwhile: then the computed proposal is out of date.
            if let Some(added) = self.store.propose(trials.len() as i64, &proposals, &asker)? {
                found.extend(added);
            }
        }
        Ok(found)
    }

    /// An asker with the campaign's lease where it has none of its own.
    fn with_lease<'a>(&self, asker: &Asker<'a>) -> Asker<'a> {
        let usual = self.campaign.lease_hours.map(|hours| asker.now + hours * HOUR);
        Asker { lease: asker.lease.or(usual), ..*asker }
    }

    /// The first trial of a study at a point that its user chooses; `None` where there are trials already.
    ///
    /// # Errors
    /// The point is not in the space.
    pub fn begin_at(&mut self, point: &Map<String, Value>, asker: &Asker<'_>) -> Result<Option<Trial>> {
        let asker = self.with_lease(asker);
        let point = self.terrain.point(&self.terrain.place(point, "the first trial")?);
        let proposal = Proposal { point, origin: "chosen".into(), notes: json!({}) };
        Ok(self.store.propose(0, &[proposal], &asker)?.map(|mut trials| trials.remove(0)))
    }

    /// The proposal that follows from these trials.
    fn proposals(&self, trials: &[Trial], n: usize) -> Result<Vec<Proposal>> {
        if n == 0 {
            return Ok(Vec::new());
        }
        let known = self.knowledge(trials)?;
        let before = last_hyperparameters(trials);
        let (strategy, space) = (self.campaign.chooser(), &self.terrain.space);
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
            Proposal { point: self.terrain.point(x), origin: origin.into(), notes }
        };
        Ok(next.points.chunks_exact(space.width()).enumerate().map(one).collect())
    }

    /// Predictions, in the units and the direction of the first objective.
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
            found["mean"] = json!(objective.goal.sign() * forecast.mean);
            found["deviation"] = json!(forecast.deviation.abs());
        }
        found
    }

    /// Another measurement at the point of a trial.
    ///
    /// # Errors
    /// There is no such trial.
    pub fn replicate(&mut self, number: i64, asker: &Asker<'_>) -> Result<Trial> {
        let asker = self.with_lease(asker);
        loop {
            let trials = self.store.trials()?;
            let trial = self.find(&trials, number)?;
            let notes = json!({ "replicate_of": number });
            let proposal = Proposal { point: trial.point.clone(), origin: "replicate".into(), notes };
            if let Some(mut added) = self.store.propose(trials.len() as i64, &[proposal], &asker)? {
                return Ok(added.remove(0));
            }
        }
    }
}

/// Hyperparameters of the last ask that had any.
pub(super) fn last_hyperparameters(trials: &[Trial]) -> Hyperparameters {
    let last = trials.iter().rev().find_map(|trial| trial.notes.get("hyperparameters"));
    last.and_then(|value| serde_json::from_value(value.clone()).ok()).unwrap_or_default()
}
