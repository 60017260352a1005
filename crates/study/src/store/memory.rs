//! Further data of a study: intermediate values of running trials, and named values.

use serde_json::Value;
use spec::error::Result;
use sqlx::Row;
use sqlx::any::AnyRow;

use crate::store::ask::{no_such_trial, not_pending};
use crate::store::fault::Step;
use crate::store::rows::{self, from_json};
use crate::store::trial::State;
use crate::store::{Store, check, lock};

impl Store {
    /// Stores an intermediate value of a pending trial. The last one reported for a step counts.
    pub fn report(&mut self, number: i64, step: i64, value: f64) -> Result<()> {
        check::number(&format!("the value of trial {number} at step {step}"), value)?;
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            let found = lock(db, engine, study, name).await?;
            let trial = rows::one(db, study, number).await?.ok_or_else(|| no_such_trial(name, number, found))?;
            if trial.state != State::Pending {
                return Err(not_pending(&trial, "stop working on it").into());
            }
            let query = "INSERT INTO gedanken_reports (study, number, step, value) VALUES ($1, $2, $3, $4) \
                ON CONFLICT (study, number, step) DO UPDATE SET value = excluded.value";
            sqlx::query(query).bind(study).bind(number).bind(step).bind(rows::json(&value)?).execute(&mut *db).await?;
            Ok(())
        })
    }

    /// All intermediate values: number of the trial, step, value, in this order.
    pub fn reports(&mut self) -> Result<Vec<(i64, i64, f64)>> {
        let study = self.id;
        self.connection.read(async |db| {
            let query = "SELECT number, step, value FROM gedanken_reports WHERE study = $1 ORDER BY number, step";
            let rows = sqlx::query(query).bind(study).fetch_all(&mut *db).await?;
            let report = |row: &AnyRow| -> Step<(i64, i64, f64)> {
                let (number, step): (i64, i64) = (row.try_get("number")?, row.try_get("step")?);
                let value = from_json(&format!("the value of trial {number} at step {step}"), row.try_get("value")?)?;
                Ok((number, step, value))
            };
            rows.iter().map(report).collect()
        })
    }

    /// Keeps a value under a name, in place of what was there.
    pub fn remember(&mut self, key: &str, value: &Value) -> Result<()> {
        check::text("the name of what is to be remembered", key)?;
        let (engine, study, name) = (self.connection.engine(), self.id, self.name.as_str());
        self.connection.write(async |db| {
            lock(db, engine, study, name).await?;
            let query = "INSERT INTO gedanken_memories (study, name, value) VALUES ($1, $2, $3) \
                ON CONFLICT (study, name) DO UPDATE SET value = excluded.value";
            sqlx::query(query).bind(study).bind(key).bind(rows::json(value)?).execute(&mut *db).await?;
            Ok(())
        })
    }

    /// The value that was stored under a name.
    pub fn recall(&mut self, key: &str) -> Result<Option<Value>> {
        let study = self.id;
        self.connection.read(async |db| {
            let query = sqlx::query_scalar("SELECT value FROM gedanken_memories WHERE study = $1 AND name = $2");
            let text: Option<String> = query.bind(study).bind(key).fetch_optional(&mut *db).await?;
            text.map(|text| from_json(&format!("what is remembered as `{key}`"), &text)).transpose()
        })
    }
}
