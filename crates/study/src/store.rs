//! The store of studies: proposed trials and reported results, which survive a crash of the program.
//!
//! One code path serves SQLite, a file for one machine, and PostgreSQL, a server for many. Every change is one short transaction,
//! and what a call has returned is on the disk. Nothing is locked while a caller computes: it reads the trials, computes, and
//! proposes; if another was faster, it reads again. A worker that asks first looks for the trials of its earlier request
//! ([`Store::asked_with`]), for what others left behind ([`Store::reclaim`]), and then proposes ([`Store::propose`]).
//!
//! The calls wait for the database. They must not be made from asynchronous code, but from a thread where waiting is allowed.

mod ask;
mod check;
mod connection;
mod engine;
mod fault;
mod memory;
pub mod place;
mod rows;
mod schema;
mod tell;
pub mod trial;

use std::fmt;

use serde_json::Value;
use spec::error::{Error, Result};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::store::connection::Connection;
use crate::store::fault::Step;
use crate::store::place::Place;
use crate::store::trial::Trial;

/// A study in a database.
///
/// ```
/// use study::{Asker, Place, Proposal, State, Store, Told};
/// use serde_json::{Map, Value, json};
/// # let folder = tempfile::tempdir().unwrap();
/// # let path = folder.path().join("coating.study");
/// let mut store = Store::create(&Place::Sqlite(path), "coating", &json!({ "maximize": "hardness" }), 0.0)?;
/// let point = Map::from_iter([("temperature".to_owned(), json!(320.5))]);
/// let proposal = Proposal { point, origin: "design".into(), notes: Value::Null };
/// let trials = store.propose(0, &[proposal], &Asker::default())?.expect("nobody else is there");
/// let told = Told { state: State::Complete, outcomes: [("hardness".to_owned(), 7.25)].into(), reason: None };
/// store.tell(trials[0].number, &told, false, 60.0)?;
/// assert_eq!(store.trials()?[0].outcomes["hardness"], 7.25);
/// # Ok::<(), spec::error::Error>(())
/// ```
pub struct Store {
    connection: Connection,
    id: i64,
    name: String,
    campaign: Value,
    /// The counts of the study when its trials were last read.
    read: Option<Counts>,
}

/// Counts of a study, so that one number shows whether anything has changed.
#[derive(Clone, Copy, PartialEq)]
struct Counts {
    /// Trials, which is the number of the last one.
    trials: i64,
    /// Times that a trial was added, reported or corrected.
    changes: i64,
}

impl Store {
    /// Begins a study. The file, or the tables in a database, are made where there are none; a folder is not.
    ///
    /// # Errors
    /// If there is a study of this name.
    pub fn create(place: &Place, name: &str, campaign: &Value, now: f64) -> Result<Store> {
        check::text("the name of the study", name)?;
        check::times(now, None)?;
        let mut connection = Connection::create(place)?;
        let id = connection.write(async |db| {
            schema::prepare(db, place).await?;
            if names(db).await?.iter().any(|other| other == name) {
                return Err(Error::StudyExists { place: place.to_string(), name: name.into() }.into());
            }
            let last = sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM gedanken_studies");
            let id: i64 = last.fetch_one(&mut *db).await?;
            let query = "INSERT INTO gedanken_studies (id, name, campaign, created, trials, changes) \
                VALUES ($1, $2, $3, $4, 0, 0)";
            let query = sqlx::query(query).bind(id + 1).bind(name).bind(rows::json(campaign)?).bind(now);
            query.execute(&mut *db).await?;
            Ok(id + 1)
        })?;
        Ok(Store { connection, id, name: name.into(), campaign: campaign.clone(), read: None })
    }

    /// Opens a study, which must be named where there are several.
    pub fn open(place: &Place, name: Option<&str>) -> Result<Store> {
        let mut connection = Connection::open(place)?;
        let (id, name, campaign) = connection.read(async |db| {
            let there = if schema::found(db, place).await? { names(db).await? } else { Vec::new() };
            let name = chosen(place, &there, name)?;
            let query = sqlx::query("SELECT id, campaign FROM gedanken_studies WHERE name = $1").bind(&name);
            let row = query.fetch_one(&mut *db).await?;
            let campaign = rows::from_json(&format!("the campaign of `{name}`"), row.try_get("campaign")?)?;
            Ok((row.try_get("id")?, name, campaign))
        })?;
        Ok(Store { connection, id, name, campaign, read: None })
    }

    /// The names of the studies at a place, in the order in which they were begun.
    pub fn studies(place: &Place) -> Result<Vec<String>> {
        Connection::open(place)?
            .read(async |db| if schema::found(db, place).await? { names(db).await } else { Ok(Vec::new()) })
    }

    /// The name of the study.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The campaign, as it was created.
    pub fn campaign(&self) -> &Value {
        &self.campaign
    }

    /// Where the study is kept.
    pub fn place(&self) -> &Place {
        self.connection.place()
    }

    /// All trials by number, as they are at one moment. A proposal that follows is accepted only if this is still so.
    pub fn trials(&mut self) -> Result<Vec<Trial>> {
        let study = self.id;
        let (counts, trials) = self.connection.read(async |db| {
            let query = sqlx::query("SELECT trials, changes FROM gedanken_studies WHERE id = $1").bind(study);
            let row = query.fetch_optional(&mut *db).await?;
            Ok((counts(row, &self.name)?, rows::all(db, study).await?))
        })?;
        self.read = Some(counts);
        Ok(trials)
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "study `{}` in {:?}", self.name, self.place())
    }
}

async fn names(db: &mut AnyConnection) -> Step<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT name FROM gedanken_studies ORDER BY id").fetch_all(&mut *db).await?)
}

/// The study that is meant.
fn chosen(place: &Place, there: &[String], name: Option<&str>) -> Result<String> {
    let listed = || there.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match (name, there) {
        (_, []) => Err(Error::NoStudies { place: place.to_string() }),
        (None, [only]) => Ok(only.clone()),
        (None, _) => Err(Error::SeveralStudies { place: place.to_string(), n: there.len(), names: listed() }),
        (Some(name), _) if there.iter().any(|other| other == name) => Ok(name.into()),
        (Some(name), _) => {
            let near = data::nearest(name, there.iter().map(String::as_str)).first().map(|near| (*near).to_owned());
            Err(Error::Unknown {
                what: "study",
                name: name.into(),
                near,
                hint: format!("`{place}` holds {}", listed()),
            })
        }
    }
}

/// Keeps others from changing a study until the transaction ends, and returns its counts.
async fn lock(db: &mut AnyConnection, engine: engine::Engine, study: i64, name: &str) -> Step<Counts> {
    let row = sqlx::query(engine.lock_study()).bind(study).fetch_optional(&mut *db).await?;
    counts(row, name)
}

/// Writes the present counts of the study.
async fn count(db: &mut AnyConnection, study: i64, counts: Counts) -> Step<()> {
    let query = sqlx::query("UPDATE gedanken_studies SET trials = $1, changes = $2 WHERE id = $3");
    query.bind(counts.trials).bind(counts.changes).bind(study).execute(&mut *db).await?;
    Ok(())
}

fn counts(row: Option<AnyRow>, name: &str) -> Step<Counts> {
    let gone =
        || Error::Unknown { what: "study", name: name.into(), near: None, hint: "somebody has removed it".into() };
    let row = row.ok_or_else(gone)?;
    Ok(Counts { trials: row.try_get("trials")?, changes: row.try_get("changes")? })
}
