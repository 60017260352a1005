//! The tables, and their version.

use spec::error::Error;
use sqlx::AnyConnection;

use crate::store::engine::Engine;
use crate::store::fault::Step;
use crate::store::place::Place;

/// The version of the tables below. It grows when they change.
const VERSION: i64 = 1;

/// Points, outcomes, notes and values are JSON as text: in both databases a number is read as it was written, to the last
/// bit. (Columns of numbers lose the sign of zero in SQLite; times may.) A lease without an end is infinite, so that no
/// null is compared with a time.
const TABLES: &str = "
CREATE TABLE gedanken_schema (version BIGINT NOT NULL);

CREATE TABLE gedanken_studies (
    id BIGINT PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    campaign TEXT NOT NULL,
    created DOUBLE PRECISION NOT NULL,
    trials BIGINT NOT NULL,
    changes BIGINT NOT NULL
);

CREATE TABLE gedanken_trials (
    study BIGINT NOT NULL REFERENCES gedanken_studies (id),
    number BIGINT NOT NULL,
    state TEXT NOT NULL,
    point TEXT NOT NULL,
    outcomes TEXT NOT NULL,
    reason TEXT,
    worker TEXT,
    request TEXT,
    lease DOUBLE PRECISION NOT NULL,
    asked DOUBLE PRECISION NOT NULL,
    told DOUBLE PRECISION,
    origin TEXT NOT NULL,
    notes TEXT NOT NULL,
    PRIMARY KEY (study, number)
);

CREATE INDEX gedanken_requests ON gedanken_trials (study, request);

CREATE TABLE gedanken_reports (
    study BIGINT NOT NULL,
    number BIGINT NOT NULL,
    step BIGINT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (study, number, step),
    FOREIGN KEY (study, number) REFERENCES gedanken_trials (study, number)
);

CREATE TABLE gedanken_memories (
    study BIGINT NOT NULL REFERENCES gedanken_studies (id),
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (study, name)
);
";

/// Makes the tables where there are none. Others wait until the transaction ends.
pub(super) async fn prepare(db: &mut AnyConnection, place: &Place) -> Step<()> {
    if let Some(lock) = Engine::of(place).lock_creation() {
        sqlx::query(lock).execute(&mut *db).await?;
    }
    if !found(db, place).await? {
        sqlx::raw_sql(TABLES).execute(&mut *db).await?;
        sqlx::query("INSERT INTO gedanken_schema (version) VALUES ($1)").bind(VERSION).execute(&mut *db).await?;
    }
    Ok(())
}

/// Whether there are tables; an error if they are those of another version.
pub(super) async fn found(db: &mut AnyConnection, place: &Place) -> Step<bool> {
    let count = sqlx::query_scalar(Engine::of(place).count_tables()).bind("gedanken_schema");
    let count: i64 = count.fetch_one(&mut *db).await?;
    if count == 0 {
        return Ok(false);
    }
    let version = sqlx::query_scalar("SELECT version FROM gedanken_schema");
    match version.fetch_one(&mut *db).await? {
        VERSION => Ok(true),
        found => Err(Error::NewerStore { place: place.to_string(), found, known: VERSION }.into()),
    }
}
