//! Trials as rows of a table, and back.

use serde::de::DeserializeOwned;
use spec::error::Error;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::fault::{Fault, Step};
use crate::store::trial::{Asker, Proposal, State, Trial};

/// A proposed trial: pending.
pub(crate) fn pending(number: i64, proposal: &Proposal, asker: &Asker) -> Trial {
    Trial {
        number,
        state: State::Pending,
        point: proposal.point.clone(),
        outcomes: Default::default(),
        reason: None,
        worker: asker.worker.map(str::to_owned),
        request: asker.request.map(str::to_owned),
        lease: asker.lease,
        asked: asker.now,
        told: None,
        origin: proposal.origin.clone(),
        notes: proposal.notes.clone(),
    }
}

/// Adds the row of a pending trial.
pub(super) async fn insert(db: &mut AnyConnection, study: i64, trial: &Trial) -> Step<()> {
    let query = "INSERT INTO gedanken_trials \
        (study, number, state, point, outcomes, worker, request, lease, asked, origin, notes) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    let query = sqlx::query(query)
        .bind(study)
        .bind(trial.number)
        .bind(trial.state.word())
        .bind(json(&trial.point)?)
        .bind(json(&trial.outcomes)?)
        .bind(trial.worker.as_deref())
        .bind(trial.request.as_deref())
        .bind(without_end(trial.lease))
        .bind(trial.asked)
        .bind(trial.origin.as_str())
        .bind(json(&trial.notes)?);
    query.execute(&mut *db).await?;
    Ok(())
}

/// All trials of a study, by number.
pub(super) async fn all(db: &mut AnyConnection, study: i64) -> Step<Vec<Trial>> {
    let query = sqlx::query("SELECT * FROM gedanken_trials WHERE study = $1 ORDER BY number").bind(study);
    query.fetch_all(&mut *db).await?.iter().map(trial).collect()
}

/// One trial, if it is there.
pub(super) async fn one(db: &mut AnyConnection, study: i64, number: i64) -> Step<Option<Trial>> {
    let query = sqlx::query("SELECT * FROM gedanken_trials WHERE study = $1 AND number = $2").bind(study).bind(number);
    query.fetch_optional(&mut *db).await?.as_ref().map(trial).transpose()
}

pub fn trial(row: &AnyRow) -> Step<Trial> {
    let number = row.try_get("number")?;
    let word: String = row.try_get("state")?;
    let state = State::from_word(&word)
        .ok_or_else(|| damaged(format!("the state of trial {number}"), format!("it is `{word}`")))?;
    let lease: f64 = row.try_get("lease")?;
    Ok(Trial {
        number,
        state,
        point: from_json(&format!("the point of trial {number}"), row.try_get("point")?)?,
        outcomes: from_json(&format!("the outcomes of trial {number}"), row.try_get("outcomes")?)?,
        reason: row.try_get("reason")?,
        worker: row.try_get("worker")?,
        request: row.try_get("request")?,
        lease: lease.is_finite().then_some(lease),
        asked: row.try_get("asked")?,
        told: row.try_get("told")?,
        origin: row.try_get("origin")?,
        notes: from_json(&format!("the notes of trial {number}"), row.try_get("notes")?)?,
    })
}

/// A lease as it is stored.
///
/// Null would have to be bound, and the `Any` driver binds it as a number of single precision; PostgreSQL then refuses the
/// statement once it is bound with a number of double precision.
pub(super) fn without_end(lease: Option<f64>) -> f64 {
    lease.unwrap_or(f64::INFINITY)
}

pub(crate) fn json<X: serde::Serialize>(value: &X) -> Step<String> {
    serde_json::to_string(value).map_err(|error| {
        Error::NotStored { what: format!("a value cannot be written as JSON: {error}"), hint: "give plain values" }
            .into()
    })
}

pub(super) fn from_json<X: DeserializeOwned>(what: &str, text: &str) -> Step<X> {
    serde_json::from_str(text).map_err(|error| damaged(what.into(), error.to_string()))
}

fn damaged(what: String, reason: String) -> Fault {
    Error::DamagedStudy { what, reason }.into()
}
