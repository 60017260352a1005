//! Studies: experiments that are proposed, carried out over days, and reported.

use std::time::{SystemTime, UNIX_EPOCH};

use bayes::{Knowledge, Limited};
use serde_json::{Map, Value};
use spec::campaign::{Campaign, CostRule};
use spec::error::{Error, Result};

use crate::check::checked;
use crate::space::{Terrain, wrong};
use crate::store::Store;
use crate::store::place::Place;
use crate::store::trial::{Proposal, State, TellOutcome, Told, Trial};

/// The seconds of an hour, the unit of leases.
pub const HOUR: f64 = 3600.0;

/// Seconds since 1970, as studies count them.
pub fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

/// A study: its campaign, and the trials in its database.
pub struct Study {
    pub(crate) store: Store,
    pub(crate) campaign: Campaign,
    pub(crate) terrain: Terrain,
    pub(crate) attached: Value,
}

impl Study {
    /// Opens a study that was begun before.
    ///
    /// # Errors
    /// There is none, or several and none was named.
    pub fn open(place: &Place, name: Option<&str>) -> Result<Study> {
        let store = Store::open(place, name)?;
        let document = store.campaign().clone();
        let unreadable = |reason: String| Error::DamagedStudy { what: format!("the campaign in `{place}`"), reason };
        let campaign: Campaign =
            serde_json::from_value(document["campaign"].clone()).map_err(|e| unreadable(e.to_string()))?;
        let candidates: Vec<Map<String, Value>> =
            serde_json::from_value(document["candidates"].clone()).map_err(|e| unreadable(e.to_string()))?;
        let terrain = checked(&campaign, &candidates)?;
        let attached = document.get("attached").cloned().unwrap_or_default();
        Ok(Study { store, campaign, terrain, attached })
    }

    /// The study's name.
    pub fn name(&self) -> &str {
        self.store.name()
    }

    /// Its storage.
    pub fn place(&self) -> &Place {
        self.store.place()
    }

    /// Its campaign.
    pub fn campaign(&self) -> &Campaign {
        &self.campaign
    }

    /// The attachment of the study from its beginning.
    pub fn attached(&self) -> &Value {
        &self.attached
    }

    /// Its database, for intermediate values of a running trial.
    pub fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// All trials in order.
    pub fn trials(&mut self) -> Result<Vec<Trial>> {
        self.store.trials()
    }

    /// A trial among all of them, by its number.
    ///
    /// # Errors
    /// There is no such trial.
    pub fn find<'t>(&self, trials: &'t [Trial], number: i64) -> Result<&'t Trial> {
        let missing = || Error::NoSuchTrial { number, study: self.name().into(), trials: trials.len() as i64 };
        trials.iter().find(|trial| trial.number == number).ok_or_else(missing)
    }

    /// The names of the parameters.
    pub fn parameters(&self) -> Vec<&str> {
        self.terrain.names()
    }

    /// Names of outcomes in reports: objectives, their standard deviations, constraints, cost.
    pub fn outcomes(&self) -> Vec<&str> {
        let limits = self.campaign.limits.iter().map(|limit| limit.name.as_str());
        let cost = match &self.campaign.cost {
            Some(CostRule::Told { name }) => Some(name.as_str()),
            _ => None,
        };
        let mut names = Vec::new();
        let objectives = self.campaign.objectives.iter();
        let objectives = objectives.flat_map(|o| std::iter::once(&o.name).chain(&o.deviation)).map(String::as_str);
        for name in objectives.chain(limits).chain(cost) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// The outcome of a trial: the same again changes nothing.
    ///
    /// # Errors
    /// There is no such trial, an outcome is missing, unknown or not finite, or another result was reported before and it is not
    /// meant to `correct`.
    pub fn tell(&mut self, number: i64, told: &Told, correct: bool, now: f64) -> Result<TellOutcome> {
        self.check(told, &format!("trial {number}"))?;
        self.store.tell(number, told, correct, now)
    }

    /// The outcome of an experiment that was not proposed.
    ///
    /// # Errors
    /// As [`tell`](Self::tell), and if the point is not in the space.
    pub fn tell_point(&mut self, point: &Map<String, Value>, told: Told, now: f64) -> Result<Trial> {
        let x = self.terrain.place(point, "the point")?;
        self.check(&told, "the point")?;
        let proposed = Proposal { point: self.terrain.point(&x), origin: "told".into(), notes: Value::Null };
        let mut added = self.store.add(&[(proposed, told)], now)?;
        Ok(added.remove(0))
    }

    /// The number of the first pending trial at a point.
    ///
    /// # Errors
    /// The point is none of the space, the database cannot be read.
    pub fn pending_at(&mut self, point: &Map<String, Value>) -> Result<Option<i64>> {
        let x = self.terrain.place(point, "the point")?;
        for trial in self.trials()? {
            let own = || self.terrain.place(&trial.point, &format!("trial {}", trial.number));
            if trial.state == State::Pending && self.terrain.space.among(&x, &own()?) {
                return Ok(Some(trial.number));
            }
        }
        Ok(None)
    }

    /// The error in an outcome.
    pub fn check(&self, told: &Told, place: &str) -> Result<()> {
        let wrong = |message: String, hint: String| wrong(message, place, &hint);
        let names = self.outcomes();
        for (name, value) in &told.outcomes {
            if !names.contains(&name.as_str()) {
                let near = data::nearest(name, names.iter().copied());
                let hint = match near.first() {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("the study measures {}", names.join(", ")),
                };
                return Err(wrong(format!("the study does not measure `{name}`"), hint));
            }
            if !value.is_finite() {
                let hint = "tell that the trial failed: `--failed \"why\"`, in Python `failed=\"why\"`".into();
                return Err(wrong(format!("`{name}` is {value}"), hint));
            }
        }
        let deviations = self.campaign.objectives.iter().filter_map(|objective| objective.deviation.as_ref());
        let negative = |name: &&String| told.outcomes.get(*name).is_some_and(|deviation| *deviation < 0.0);
        if let Some(name) = deviations.into_iter().find(negative) {
            let hint = "give the standard deviation of the measurement, 0 where it is exact".into();
            return Err(wrong(format!("`{name}` is {}, below 0", told.outcomes[name]), hint));
        }
        let needed = names.iter().find(|name| !told.outcomes.contains_key(**name));
        match (told.state, needed) {
            (State::Complete, Some(name)) => {
                Err(wrong(format!("`{name}` is missing"), format!("a complete trial has {}", names.join(", "))))
            }
            _ => Ok(()),
        }
    }

    /// The trials as observations of a strategy.
    pub(crate) fn knowledge(&self, trials: &[Trial]) -> Result<Knowledge> {
        let mut known = Knowledge { budget_left: self.budget_left(trials), ..Knowledge::default() };
        let bounds = || {
            self.campaign.limits.iter().flat_map(|limit| {
                let most = limit.at_most.map(|bound| (limit.name.as_str(), 1.0, bound));
                [most, limit.at_least.map(|bound| (limit.name.as_str(), -1.0, -bound))].into_iter().flatten()
            })
        };
        known.objectives = vec![Vec::new(); self.campaign.objectives.len()];
        known.limits = bounds().map(|(_, _, bound)| Limited { values: Vec::new(), bound }).collect();
        let mut failures = Vec::new();
        for trial in trials {
            let x = self.terrain.place(&trial.point, &format!("trial {}", trial.number))?;
            if trial.state == State::Pending {
                known.pending.extend(x);
                continue;
            }
            known.x.extend(x);
            let value = |name: &str| match trial.state {
                State::Complete => trial.outcomes.get(name).copied().unwrap_or(f64::NAN),
                _ => f64::NAN,
            };
            for (own, objective) in known.objectives.iter_mut().zip(&self.campaign.objectives) {
                own.push(objective.goal.sign() * value(&objective.name));
            }
            if let Some(name) = self.campaign.objectives.first().and_then(|objective| objective.deviation.as_ref()) {
                known.variances.push(value(name).powi(2));
            }
            for (own, (name, sign, _)) in known.limits.iter_mut().zip(bounds()) {
                own.values.push(sign * value(name));
            }
            failures.push(trial.state == State::Failed);
            if let Some(CostRule::Told { name }) = &self.campaign.cost {
                known.costs.push(trial.outcomes.get(name).copied().unwrap_or(f64::NAN));
            }
        }
        known.failed = failures;
        known.cost = self.campaign.cost.as_ref().map(|rule| self.terrain.cost(rule)).transpose()?.flatten();
        Ok(known)
    }

    /// The fraction of the budget that is left.
    fn budget_left(&self, trials: &[Trial]) -> f64 {
        let Some(budget) = self.campaign.budget.filter(|budget| *budget > 0.0) else { return 1.0 };
        (1.0 - self.spent(trials) / budget).clamp(0.0, 1.0)
    }

    /// The part of the budget that was spent: cost where it is reported, otherwise trials.
    fn spent(&self, trials: &[Trial]) -> f64 {
        match &self.campaign.cost {
            Some(CostRule::Told { name }) => trials.iter().filter_map(|trial| trial.outcomes.get(name)).sum(),
            _ => trials.iter().filter(|trial| trial.state != State::Abandoned).count() as f64,
        }
    }
}
