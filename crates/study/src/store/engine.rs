//! The few statements in which the two databases differ.

use crate::store::place::Place;

/// A kind of database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    pub fn of(place: &Place) -> Self {
        match place {
            Place::Memory | Place::Sqlite(_) => Engine::Sqlite,
            Place::Postgres(_) => Engine::Postgres,
        }
    }

    /// Begins a transaction that writes. SQLite waits here until nobody else does; PostgreSQL waits at the lock of the
    /// study, and each statement after that sees what was written before.
    pub(super) fn begin_writing(self) -> &'static str {
        match self {
            Engine::Sqlite => "BEGIN IMMEDIATE",
            Engine::Postgres => "BEGIN ISOLATION LEVEL READ COMMITTED",
        }
    }

    /// Begins a transaction that sees the database as it is at one moment.
    pub(super) fn begin_reading(self) -> &'static str {
        match self {
            Engine::Sqlite => "BEGIN",
            Engine::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }

    /// How often the table exists: once, or not at all.
    pub(super) fn count_tables(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = $1",
            Engine::Postgres => {
                "SELECT COUNT(*) FROM (SELECT to_regclass($1)::TEXT AS name) AS t WHERE name IS NOT NULL"
            }
        }
    }

    /// Keeps others from making tables and studies until the transaction ends.
    pub(super) fn lock_creation(self) -> Option<&'static str> {
        match self {
            Engine::Sqlite => None,
            // The number is arbitrary: the letters of `gedanken`.
            Engine::Postgres => Some("SELECT pg_advisory_xact_lock(7450471528181491054)"),
        }
    }

    /// Keeps others from changing the study until the transaction ends.
    pub(super) fn lock_study(self) -> &'static str {
        match self {
            Engine::Sqlite => "SELECT trials, changes FROM gedanken_studies WHERE id = $1",
            Engine::Postgres => "SELECT trials, changes FROM gedanken_studies WHERE id = $1 FOR UPDATE",
        }
    }
}
