//! Trials for workers: new ones, and those that others have abandoned.

use spec::error::{Error, Result};
use sqlx::AnyConnection;

use crate::store::fault::Step;
use crate::store::trial::{Asker, Proposal, State, Trial};
use crate::store::{Counts, Store, check, count, lock, rows};

impl Store {
    /// Adds pending trials, if the study still has `seen` trials and, where [`Store::trials`] was called, nothing was
    /// added, reported or corrected since. Otherwise nothing is added and the answer is `None`: read, compute and propose again.
    ///
    /// So of two that computed from the same trials, one succeeds, and every point follows from the trials before it.
    pub fn propose(&mut self, seen: i64, proposals: &[Proposal], asker: &Asker) -> Result<Option<Vec<Trial>>> {
        check::asker(asker)?;
        proposals.iter().try_for_each(check::proposal)?;
        let (engine, study, name, read) = (self.connection.engine(), self.id, self.name.as_str(), self.read);
        let added = self.connection.write(async |db| {
            let found = lock(db, engine, study, name).await?;
            if found.trials != seen || read.is_some_and(|read| read != found) {
                return Ok(None);
            }
            let trials: Vec<Trial> =
                (seen + 1..).zip(proposals).map(|(number, proposal)| rows::pending(number, proposal, asker)).collect();
            for trial in &trials {
                rows::insert(db, study, trial).await?;
            }
            let counts = Counts { trials: seen + trials.len() as i64, changes: found.changes + 1 };
            count(db, study, counts).await?;
            Ok(Some((counts, trials)))
        })?;
        let Some((counts, trials)) = added else { return Ok(None) };
        // The caller knows the added trials.
        self.read = read.map(|_| counts);
        Ok(Some(trials))
    }

    /// Takes up to `n` pending trials whose lease has run out, in order of their numbers, and leases them to the asker.
    /// Trials that the request already has count among the `n`, so that a repeated request takes no more.
    pub fn reclaim(&mut self, n: usize, asker: &Asker) -> Result<Vec<Trial>> {
        check::asker(asker)?;
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            lock(db, engine, study, name).await?;
            let got = match asker.request {
                Some(request) => with_request(db, study, request).await?.len(),
                None => 0,
            };
            let query = "SELECT * FROM gedanken_trials \
                WHERE study = $1 AND state = 'pending' AND lease <= $2 ORDER BY number LIMIT $3";
            let limit = i64::try_from(n.saturating_sub(got)).unwrap_or(i64::MAX);
            let found = sqlx::query(query).bind(study).bind(asker.now).bind(limit).fetch_all(&mut *db).await?;
            let mut trials = found.iter().map(rows::trial).collect::<Step<Vec<Trial>>>()?;
            for trial in &mut trials {
                trial.worker = asker.worker.map(str::to_owned);
                trial.request = asker.request.map(str::to_owned);
                trial.lease = asker.lease;
                let query = "UPDATE gedanken_trials SET worker = $1, request = $2, lease = $3 \
                    WHERE study = $4 AND number = $5";
                let query = sqlx::query(query).bind(asker.worker).bind(asker.request);
                let query = query.bind(rows::without_end(asker.lease)).bind(study).bind(trial.number);
                query.execute(&mut *db).await?;
            }
            Ok(trials)
        })
    }

    /// The trials that this request received before, whatever their state.
    pub fn asked_with(&mut self, request: &str) -> Result<Vec<Trial>> {
        check::text("the name of the request", request)?;
        let study = self.id;
        self.connection.read(async |db| with_request(db, study, request).await)
    }

    /// Lets the lease of a pending trial end later. The worker must be the one that the trial belongs to.
    pub fn renew(&mut self, number: i64, worker: Option<&str>, lease: f64, now: f64) -> Result<()> {
        check::times(now, Some(lease))?;
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            let found = lock(db, engine, study, name).await?;
            let trial = rows::one(db, study, number).await?.ok_or_else(|| no_such_trial(name, number, found))?;
            let whose = |worker: Option<&str>| worker.map_or_else(|| "nobody".into(), |worker| format!("`{worker}`"));
            if trial.state != State::Pending {
                return Err(not_pending(&trial, "it no longer needs work").into());
            }
            if trial.worker.as_deref() != worker {
                let found = format!("belongs to {}, not to {}", whose(trial.worker.as_deref()), whose(worker));
                let hint = "its lease ran out and another took it: stop working on it, or tell what came out";
                return Err(Error::NotYourTrial { number, found, hint }.into());
            }
            let query = sqlx::query("UPDATE gedanken_trials SET lease = $1 WHERE study = $2 AND number = $3");
            query.bind(lease).bind(study).bind(number).execute(&mut *db).await?;
            Ok(())
        })
    }
}

async fn with_request(db: &mut AnyConnection, study: i64, request: &str) -> Step<Vec<Trial>> {
    let query = sqlx::query("SELECT * FROM gedanken_trials WHERE study = $1 AND request = $2 ORDER BY number");
    query.bind(study).bind(request).fetch_all(&mut *db).await?.iter().map(rows::trial).collect()
}

pub(super) fn no_such_trial(study: &str, number: i64, counts: Counts) -> Error {
    Error::NoSuchTrial { study: study.into(), number, trials: counts.trials }
}

pub(super) fn not_pending(trial: &Trial, hint: &'static str) -> Error {
    Error::NotYourTrial { number: trial.number, found: format!("is {} already", trial.state.word()), hint }
}
