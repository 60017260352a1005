//! Studies and their trials in a database, so that none is lost.
//!
//! Every change is one short transaction. Nothing is locked while a suggestion is computed: a proposal says how many trials it has
//! seen, and is turned down when there are more by now.

mod connection;
mod place;
mod trial;

use serde_json::Value;
use sqlx::AnyConnection;
use sqlx::Row as _;
use sqlx::any::AnyRow;

use connection::{Connection, Trouble};
pub use place::Place;
pub use trial::{Asker, Proposed, State, Telling, Told, Trial};

use crate::error::{Error, Result};

/// A study in its database.
pub struct Store {
    connection: Connection,
    study: i64,
    name: String,
    campaign: Value,
}

type Tried<X> = std::result::Result<X, Trouble>;

impl Store {
    /// Begins a study.
    ///
    /// # Errors
    /// There is one of this name; the database cannot be reached or written.
    pub fn create(place: &Place, name: &str, campaign: &Value, now: f64) -> Result<Store> {
        let mut connection = Connection::open(place, true)?;
        let text = campaign.to_string();
        let study = connection.change(async |c: &mut AnyConnection, _| {
            let there = sqlx::query("SELECT id FROM gedanken_studies WHERE name = $1").bind(name);
            if there.fetch_optional(&mut *c).await?.is_some() {
                return Err(Error::StudyExists { name: name.into(), place: place.to_string() }.into());
            }
            let last = sqlx::query("SELECT COALESCE(MAX(id), 0) FROM gedanken_studies").fetch_one(&mut *c).await?;
            let id: i64 = last.try_get::<i64, _>(0)? + 1;
            let add = "INSERT INTO gedanken_studies (id, name, campaign, created, trials) VALUES ($1, $2, $3, $4, 0)";
            sqlx::query(add).bind(id).bind(name).bind(text.as_str()).bind(now).execute(c).await?;
            Ok(id)
        })?;
        Ok(Store { connection, study, name: name.into(), campaign: campaign.clone() })
    }

    /// Opens a study that was begun before.
    ///
    /// # Errors
    /// There is none, none of this name, or several and none is named.
    pub fn open(place: &Place, name: Option<&str>) -> Result<Store> {
        let mut connection = Connection::open(place, false)?;
        let rows = connection.read(async |c: &mut AnyConnection| {
            Ok(sqlx::query("SELECT id, name, campaign FROM gedanken_studies ORDER BY id").fetch_all(c).await?)
        })?;
        let named = |row: &AnyRow| row.try_get::<String, _>(1).unwrap_or_default();
        let names: Vec<String> = rows.iter().map(named).collect();
        let unknown = |hint: String| Error::NoStudy { name: name.map(str::to_owned), place: place.to_string(), hint };
        let listed = || names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let row = match (name, &rows[..]) {
            (_, []) => return Err(unknown("begin one with `gedanken study new campaign.toml`".into())),
            (None, [only]) => only,
            (None, _) => return Err(unknown(format!("say which with `--name`; there are {}", listed()))),
            (Some(name), rows) => match rows.iter().zip(&names).find(|(_, own)| *own == name) {
                Some((row, _)) => row,
                None => return Err(unknown(format!("there are {}", listed()))),
            },
        };
        let text: String = row.try_get(2).map_err(|e| connection.error(&e))?;
        let campaign = serde_json::from_str(&text).map_err(|e| connection.damaged(&e.to_string()))?;
        let study = row.try_get(0).map_err(|e| connection.error(&e))?;
        Ok(Store { study, name: named(row), campaign, connection })
    }

    /// The study's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the study is about, as it was given at its beginning.
    pub fn campaign(&self) -> &Value {
        &self.campaign
    }

    /// All trials in order.
    pub fn trials(&mut self) -> Result<Vec<Trial>> {
        let study = self.study;
        let texts = self.connection.read(async |c: &mut AnyConnection| {
            let all = "SELECT document FROM gedanken_trials WHERE study = $1 ORDER BY number";
            let rows = sqlx::query(all).bind(study).fetch_all(c).await?;
            rows.iter().map(|row| Ok(row.try_get::<String, _>(0)?)).collect::<Tried<Vec<String>>>()
        })?;
        let read = |text: &String| serde_json::from_str(text).map_err(|e| self.connection.damaged(&e.to_string()));
        texts.iter().map(read).collect()
    }

    /// Adds pending trials, if there are still as many trials as the proposals have `seen`; `None` where there are more by now.
    pub fn propose(
        &mut self,
        seen: usize,
        proposed: &[Proposed],
        asker: &Asker,
        now: f64,
    ) -> Result<Option<Vec<Trial>>> {
        let trial = |at: usize, proposed: &Proposed| Trial {
            number: (seen + at + 1) as i64,
            state: State::Pending,
            point: proposed.point.clone(),
            outcomes: Default::default(),
            reason: None,
            worker: asker.worker.clone(),
            request: asker.request.clone(),
            lease: asker.lease.map(|seconds| now + seconds),
            asked: now,
            told: None,
            origin: proposed.origin.into(),
            notes: proposed.notes.clone(),
        };
        let trials: Vec<Trial> = proposed.iter().enumerate().map(|(at, proposed)| trial(at, proposed)).collect();
        Ok(self.insert(seen, &trials)?.then_some(trials))
    }

    /// Adds finished trials that nobody has asked for, all or none.
    pub fn add(&mut self, finished: &[(Proposed, Told)], now: f64) -> Result<Vec<Trial>> {
        loop {
            let seen = self.trials()?.len();
            let trial = |(at, (proposed, told)): (usize, &(Proposed, Told))| Trial {
                number: (seen + at + 1) as i64,
                state: told.state,
                point: proposed.point.clone(),
                outcomes: told.outcomes.clone(),
                reason: told.reason.clone(),
                worker: None,
                request: None,
                lease: None,
                asked: now,
                told: Some(now),
                origin: proposed.origin.into(),
                notes: proposed.notes.clone(),
            };
            let trials: Vec<Trial> = finished.iter().enumerate().map(trial).collect();
            if self.insert(seen, &trials)? {
                return Ok(trials);
            }
        }
    }

    fn insert(&mut self, seen: usize, trials: &[Trial]) -> Result<bool> {
        let study = self.study;
        let texts: Vec<(i64, String)> = trials.iter().map(|t| (t.number, serde_json::json!(t).to_string())).collect();
        self.connection.change(async |c: &mut AnyConnection, locking: &'static str| {
            let row = sqlx::query(locking).bind(study).fetch_one(&mut *c).await?;
            if row.try_get::<i64, _>(0)? != seen as i64 {
                return Ok(false);
            }
            for (number, text) in &texts {
                let add = "INSERT INTO gedanken_trials (study, number, document) VALUES ($1, $2, $3)";
                sqlx::query(add).bind(study).bind(*number).bind(text.as_str()).execute(&mut *c).await?;
            }
            let count = "UPDATE gedanken_studies SET trials = $2 WHERE id = $1";
            sqlx::query(count).bind(study).bind((seen + texts.len()) as i64).execute(c).await?;
            Ok(true)
        })
    }

    /// Takes over at most `n` pending trials whose lease has run out.
    pub fn reclaim(&mut self, n: usize, asker: &Asker, now: f64) -> Result<Vec<Trial>> {
        let lost = |trial: &Trial| trial.state == State::Pending && trial.lease.is_some_and(|lease| lease < now);
        // Mostly there are none: then nothing is locked.
        if n == 0 || !self.trials()?.iter().any(lost) {
            return Ok(Vec::new());
        }
        let mut taken = Vec::new();
        for number in self.trials()?.iter().filter(|trial| lost(trial)).map(|trial| trial.number).take(n) {
            let found = self.alter(number, |trial| {
                if !lost(trial) {
                    return Ok(false);
                }
                trial.worker.clone_from(&asker.worker);
                trial.request.clone_from(&asker.request);
                trial.lease = asker.lease.map(|seconds| now + seconds);
                Ok(true)
            })?;
            taken.extend(found);
        }
        Ok(taken)
    }

    /// Keeps a trial for another `lease` seconds.
    pub fn renew(&mut self, number: i64, lease: f64, now: f64) -> Result<()> {
        self.alter(number, |trial| {
            trial.lease = Some(now + lease);
            Ok(trial.state == State::Pending)
        })
        .map(|_| ())
    }

    /// The outcome of a trial. The same again changes nothing; something else than before is an error unless it is meant to
    /// `correct`.
    pub fn tell(&mut self, number: i64, told: &Told, correct: bool, now: f64) -> Result<Telling> {
        let mut telling = Telling::New;
        let name = self.name.clone();
        self.alter(number, |trial| {
            let same = trial.state == told.state && trial.outcomes == told.outcomes && trial.reason == told.reason;
            telling = match (trial.state, same) {
                (State::Pending, _) => Telling::New,
                (_, true) => Telling::Repeated,
                (_, false) if correct => Telling::Corrected,
                (_, false) => {
                    return Err(Error::AlreadyTold {
                        number,
                        study: name.clone(),
                        before: summary(trial.state, &trial.outcomes),
                        now: summary(told.state, &told.outcomes),
                    });
                }
            };
            trial.state = told.state;
            trial.outcomes.clone_from(&told.outcomes);
            trial.reason.clone_from(&told.reason);
            trial.told = Some(now);
            trial.lease = None;
            Ok(telling != Telling::Repeated)
        })?;
        Ok(telling)
    }

    /// Changes one trial in one transaction, where `change` says so; the trial then.
    fn alter(&mut self, number: i64, mut change: impl FnMut(&mut Trial) -> Result<bool>) -> Result<Option<Trial>> {
        let (study, name) = (self.study, self.name.clone());
        let change = std::cell::RefCell::new(&mut change);
        self.connection.change(async |c: &mut AnyConnection, locking: &'static str| {
            let row = sqlx::query(locking).bind(study).fetch_one(&mut *c).await?;
            let trials: i64 = row.try_get(0)?;
            let one = "SELECT document FROM gedanken_trials WHERE study = $1 AND number = $2";
            let Some(row) = sqlx::query(one).bind(study).bind(number).fetch_optional(&mut *c).await? else {
                return Err(Error::NoTrial { number, study: name.clone(), trials }.into());
            };
            let text: String = row.try_get(0)?;
            let mut trial: Trial = serde_json::from_str(&text).map_err(|e| Trouble::Damaged(e.to_string()))?;
            if !(change.borrow_mut())(&mut trial)? {
                return Ok(None);
            }
            let text = serde_json::json!(trial).to_string();
            let write = "UPDATE gedanken_trials SET document = $3 WHERE study = $1 AND number = $2";
            sqlx::query(write).bind(study).bind(number).bind(text.as_str()).execute(c).await?;
            Ok(Some(trial))
        })
    }

    /// A value on the way of a running trial, such as the validation score after an epoch.
    pub fn report(&mut self, number: i64, step: i64, value: f64) -> Result<()> {
        let study = self.study;
        self.connection.change(async |c: &mut AnyConnection, _| {
            let add = "INSERT INTO gedanken_reports (study, number, step, value) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (study, number, step) DO UPDATE SET value = excluded.value";
            sqlx::query(add).bind(study).bind(number).bind(step).bind(value).execute(c).await?;
            Ok(())
        })
    }

    /// All values on the way: trial, step, value.
    pub fn reports(&mut self) -> Result<Vec<(i64, i64, f64)>> {
        let study = self.study;
        self.connection.read(async |c: &mut AnyConnection| {
            let all = "SELECT number, step, value FROM gedanken_reports WHERE study = $1 ORDER BY number, step";
            let rows = sqlx::query(all).bind(study).fetch_all(c).await?;
            rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect::<Tried<Vec<_>>>()
        })
    }
}

/// An outcome in few words.
fn summary(state: State, outcomes: &std::collections::BTreeMap<String, f64>) -> String {
    let values: Vec<String> = outcomes.iter().map(|(name, value)| format!("{name}={value}")).collect();
    if values.is_empty() { state.word().into() } else { values.join(", ") }
}

#[cfg(test)]
mod tests;
