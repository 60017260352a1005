//! Results of trials.

use spec::error::{Error, Result};
use sqlx::AnyConnection;

use crate::store::ask::no_such_trial;
use crate::store::fault::Step;
use crate::store::trial::{Asker, Proposal, State, TellOutcome, Told, Trial};
use crate::store::{Counts, Store, check, count, lock, rows};

impl Store {
    /// Reports the result of a trial. Reporting the same again changes nothing.
    ///
    /// # Errors
    /// If another result was reported before, unless it is to `correct` that.
    pub fn tell(&mut self, number: i64, told: &Told, correct: bool, now: f64) -> Result<TellOutcome> {
        check::told(told)?;
        check::times(now, None)?;
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            let found = lock(db, engine, study, name).await?;
            let trial = rows::one(db, study, number).await?.ok_or_else(|| no_such_trial(name, number, found))?;
            let outcome = match trial.state {
                State::Pending => TellOutcome::New,
                _ if before(&trial) == *told => return Ok(TellOutcome::Repeated),
                _ if correct => TellOutcome::Corrected,
                _ => {
                    let (found, told) = (words(&before(&trial)), words(told));
                    return Err(Error::AlreadyTold { number, found, told }.into());
                }
            };
            write(db, study, number, told, now).await?;
            count(db, study, Counts { changes: found.changes + 1, ..found }).await?;
            Ok(outcome)
        })
    }

    /// Adds finished trials that nobody has asked for, all or none.
    pub fn add(&mut self, finished: &[(Proposal, Told)], now: f64) -> Result<Vec<Trial>> {
        let asker = Asker { now, ..Asker::default() };
        check::asker(&asker)?;
        for (proposal, told) in finished {
            check::proposal(proposal)?;
            check::told(told)?;
        }
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            let found = lock(db, engine, study, name).await?;
            let mut trials = Vec::with_capacity(finished.len());
            for (number, (proposal, told)) in (found.trials + 1..).zip(finished) {
                let asked = rows::pending(number, proposal, &asker);
                rows::insert(db, study, &asked).await?;
                write(db, study, number, told, now).await?;
                let Told { state, outcomes, reason } = told.clone();
                trials.push(Trial { state, outcomes, reason, told: Some(now), ..asked });
            }
            let counts = Counts { trials: found.trials + trials.len() as i64, changes: found.changes + 1 };
            count(db, study, counts).await?;
            Ok(trials)
        })
    }
}

async fn write(db: &mut AnyConnection, study: i64, number: i64, told: &Told, now: f64) -> Step<()> {
    let query = "UPDATE gedanken_trials SET state = $1, outcomes = $2, reason = $3, told = $4, lease = $5 \
        WHERE study = $6 AND number = $7";
    let query = sqlx::query(query).bind(told.state.word()).bind(rows::json(&told.outcomes)?);
    let query = query.bind(told.reason.as_deref()).bind(now).bind(rows::without_end(None));
    query.bind(study).bind(number).execute(&mut *db).await?;
    Ok(())
}

/// The earlier result of a trial.
fn before(trial: &Trial) -> Told {
    Told { state: trial.state, outcomes: trial.outcomes.clone(), reason: trial.reason.clone() }
}

/// For a message: `complete with yield = 0.5`, `failed ("it burnt")`.
fn words(told: &Told) -> String {
    let mut words = told.state.word().to_owned();
    if !told.outcomes.is_empty() {
        let outcomes: Vec<String> = told.outcomes.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        words += &format!(" with {}", outcomes.join(", "));
    }
    if let Some(reason) = &told.reason {
        words += &format!(" ({reason:?})");
    }
    words
}
