//! One connection to either kind of database, and transactions on it.

use std::sync::Once;
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::any::install_default_drivers;
use sqlx::{Connection as _, Row};
use tokio::runtime::Runtime;

use super::Place;
use crate::error::{Error, Result};

/// A connection, and what it runs on.
pub(super) struct Connection {
    runtime: Runtime,
    inner: AnyConnection,
    place: Place,
}

/// Why a transaction did not come to its end.
pub(super) enum Trouble {
    /// The database says so.
    Database(sqlx::Error),
    /// What stands in it is not what we wrote.
    Damaged(String),
    /// We say so.
    Own(Box<Error>),
}

impl From<sqlx::Error> for Trouble {
    fn from(error: sqlx::Error) -> Self {
        Trouble::Database(error)
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        Trouble::Own(Box::new(error))
    }
}

/// The layout of the tables that this version reads and writes.
const LAYOUT: i64 = 1;
const TABLES: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS gedanken_layout (version BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS gedanken_studies (id BIGINT PRIMARY KEY, name TEXT NOT NULL UNIQUE, \
     campaign TEXT NOT NULL, created DOUBLE PRECISION NOT NULL, trials BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS gedanken_trials (study BIGINT NOT NULL, number BIGINT NOT NULL, \
     document TEXT NOT NULL, PRIMARY KEY (study, number))",
    "CREATE TABLE IF NOT EXISTS gedanken_reports (study BIGINT NOT NULL, number BIGINT NOT NULL, \
     step BIGINT NOT NULL, value DOUBLE PRECISION NOT NULL, PRIMARY KEY (study, number, step))",
];
/// Writers wait for one another in the order of milliseconds; a minute of waiting means that something is wrong.
const SETTINGS: [&str; 3] = ["PRAGMA busy_timeout = 60000", "PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"];
/// Any number that nobody else locks.
const ADVISORY: &str = "SELECT CAST(pg_advisory_xact_lock(7238950311) AS TEXT)";
/// Attempts where another writer was faster, and the first pause between two.
const ATTEMPTS: u32 = 12;
const PAUSE: Duration = Duration::from_millis(5);

impl Connection {
    /// Opens a database and makes its tables where it has none.
    pub fn open(place: &Place, create: bool) -> Result<Self> {
        static DRIVERS: Once = Once::new();
        DRIVERS.call_once(install_default_drivers);
        if let Place::File(path) = place
            && !create
            && !path.exists()
        {
            let hint =
                "begin a study with `gedanken study new campaign.toml`, or say where it is with `--study`".into();
            return Err(Error::NoStudy { name: None, place: place.to_string(), hint });
        }
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|e| Error::Threads { reason: e.to_string() })?;
        let connecting = async { AnyConnection::connect(&place.url(create)).await };
        let inner = runtime.block_on(connecting).map_err(|e| unreachable(place, &e))?;
        let mut connection = Connection { runtime, inner, place: place.clone() };
        connection.prepare()?;
        Ok(connection)
    }

    fn prepare(&mut self) -> Result<()> {
        if !self.place.is_server() {
            for setting in SETTINGS {
                let set = sqlx::raw_sql(setting).execute(&mut self.inner);
                self.runtime.block_on(set).map_err(|e| unreachable(&self.place, &e))?;
            }
        }
        let known = self.read(async |c: &mut AnyConnection| {
            Ok(sqlx::query("SELECT version FROM gedanken_layout").fetch_optional(c).await?)
        });
        let server = self.place.is_server();
        let version = match known {
            Ok(Some(row)) => row.try_get::<i64, _>(0).map_err(|e| self.error(&e))?,
            _ => self.change(async |c: &mut AnyConnection, _| {
                if server {
                    sqlx::query(ADVISORY).fetch_one(&mut *c).await?;
                }
                for table in TABLES {
                    sqlx::raw_sql(table).execute(&mut *c).await?;
                }
                match sqlx::query("SELECT version FROM gedanken_layout").fetch_optional(&mut *c).await? {
                    Some(row) => Ok(row.try_get::<i64, _>(0)?),
                    None => {
                        let write = "INSERT INTO gedanken_layout (version) VALUES ($1)";
                        sqlx::query(write).bind(LAYOUT).execute(c).await?;
                        Ok(LAYOUT)
                    }
                }
            })?,
        };
        match version > LAYOUT {
            true => Err(Error::Database {
                place: self.place.to_string(),
                reason: format!("its layout is {version}, and this program knows those up to {LAYOUT}"),
                hint: "use a newer version of gedanken",
            }),
            false => Ok(()),
        }
    }

    /// Reads.
    pub fn read<X>(
        &mut self,
        act: impl AsyncFnOnce(&mut AnyConnection) -> std::result::Result<X, Trouble>,
    ) -> Result<X> {
        let found = self.runtime.block_on(act(&mut self.inner));
        found.map_err(|trouble| self.told(trouble))
    }

    /// Changes, in one transaction, again where another writer was in the way. `act` also gets the query that locks a study
    /// until the end and counts its trials.
    pub fn change<X>(
        &mut self,
        act: impl AsyncFn(&mut AnyConnection, &'static str) -> std::result::Result<X, Trouble>,
    ) -> Result<X> {
        let (begin, locking) = match self.place.is_server() {
            true => ("BEGIN", "SELECT trials FROM gedanken_studies WHERE id = $1 FOR UPDATE"),
            // The lock on the whole file is taken at the beginning.
            false => ("BEGIN IMMEDIATE", "SELECT trials FROM gedanken_studies WHERE id = $1"),
        };
        let mut pause = PAUSE;
        let mut attempt = 1;
        loop {
            let c = &mut self.inner;
            let found: std::result::Result<X, Trouble> = self.runtime.block_on(async {
                sqlx::raw_sql(begin).execute(&mut *c).await?;
                let found = act(&mut *c, locking).await;
                let end = if found.is_ok() { "COMMIT" } else { "ROLLBACK" };
                let ended = sqlx::raw_sql(end).execute(&mut *c).await;
                match (found, ended) {
                    (Ok(found), Ok(_)) => Ok(found),
                    (Err(trouble), _) => Err(trouble),
                    (Ok(_), Err(error)) => {
                        let _ = sqlx::raw_sql("ROLLBACK").execute(&mut *c).await;
                        Err(error.into())
                    }
                }
            });
            match found {
                Err(Trouble::Database(error)) if in_the_way(&error) && attempt < ATTEMPTS => {
                    std::thread::sleep(pause);
                    pause *= 2;
                    attempt += 1;
                }
                found => return found.map_err(|trouble| self.told(trouble)),
            }
        }
    }

    fn told(&self, trouble: Trouble) -> Error {
        match trouble {
            Trouble::Own(error) => *error,
            Trouble::Damaged(reason) => self.damaged(&reason),
            Trouble::Database(error) => self.error(&error),
        }
    }

    /// What the database says.
    pub fn error(&self, error: &sqlx::Error) -> Error {
        let hint = "nothing that was acknowledged is lost; check the database and try again";
        Error::Database { place: self.place.to_string(), reason: error.to_string(), hint }
    }

    /// Something in it that we did not write.
    pub fn damaged(&self, reason: &str) -> Error {
        let hint = "it was changed by another program; take a copy of it before you go on";
        Error::Database { place: self.place.to_string(), reason: format!("a row cannot be read: {reason}"), hint }
    }
}

/// Whether another writer was faster, so that trying again helps: locks of SQLite, serialisation and deadlocks of PostgreSQL.
fn in_the_way(error: &sqlx::Error) -> bool {
    let Some(error) = error.as_database_error() else { return false };
    let code = error.code().unwrap_or_default();
    matches!(code.as_ref(), "5" | "6" | "261" | "517" | "40001" | "40P01" | "55P03")
        || error.message().contains("locked")
}

fn unreachable(place: &Place, error: &sqlx::Error) -> Error {
    let hint = match place {
        Place::Server(_) => "check that the server runs, and user, password and database in the URL",
        Place::File(_) => "check the path: a study is a file of SQLite, made by `gedanken study new`",
    };
    Error::Database { place: place.to_string(), reason: error.to_string(), hint }
}
