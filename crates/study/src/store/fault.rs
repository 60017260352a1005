//! Errors of a database, and their meaning.

use spec::error::Error;

use crate::store::engine::Engine;
use crate::store::place::Place;

/// Why a transaction did not end.
pub(crate) enum Fault {
    /// It was never meant to: the message is for the user.
    Refused(Error),
    /// There is no connection.
    Connecting(sqlx::Error),
    /// A statement failed; nothing was written.
    Working(sqlx::Error),
    /// The end itself failed.
    Committing(sqlx::Error),
}

/// The result of a part of a transaction.
pub(crate) type Step<X> = std::result::Result<X, Fault>;

impl From<sqlx::Error> for Fault {
    fn from(error: sqlx::Error) -> Self {
        Fault::Working(error)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        Fault::Refused(error)
    }
}

impl Fault {
    /// Whether the same may go well a moment later, and can be done again without doing anything twice.
    pub(super) fn may_pass(&self, engine: Engine) -> bool {
        match self {
            Fault::Refused(_) => false,
            Fault::Working(error) => is_busy(engine, error) || is_lost(engine, error),
            Fault::Connecting(error) | Fault::Committing(error) => is_busy(engine, error),
        }
    }

    /// Whether the connection is broken.
    pub(super) fn lost_connection(&self, engine: Engine) -> bool {
        match self {
            Fault::Refused(_) => false,
            Fault::Connecting(error) | Fault::Working(error) | Fault::Committing(error) => is_lost(engine, error),
        }
    }

    /// The message for the user.
    pub fn explain(self, place: &Place) -> Error {
        let engine = Engine::of(place);
        let error = match self {
            Fault::Refused(error) => return error,
            Fault::Committing(error) if is_lost(engine, &error) => {
                let reason = format!("the connection was lost while it wrote ({})", reason(&error));
                let hint = "look whether the last change is there before you repeat it";
                return Error::Store { place: place.to_string(), done: "written", reason, hint };
            }
            Fault::Connecting(error) | Fault::Working(error) | Fault::Committing(error) => error,
        };
        let (done, why, hint) = match engine {
            Engine::Sqlite => of_sqlite(&error),
            Engine::Postgres => of_postgres(&error),
        };
        let reason = why.map_or_else(|| reason(&error), str::to_owned);
        Error::Store { place: place.to_string(), done, reason, hint }
    }
}

/// Somebody else was in the way.
fn is_busy(engine: Engine, error: &sqlx::Error) -> bool {
    match engine {
        // SQLITE_BUSY and SQLITE_LOCKED.
        Engine::Sqlite => matches!(sqlite_code(error), Some(5 | 6)),
        // Serialization, deadlock, lock not available, too many connections, starting up.
        Engine::Postgres => matches!(code(error).as_str(), "40001" | "40P01" | "55P03" | "53300" | "57P03"),
    }
}

fn is_lost(engine: Engine, error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => true,
        // A server that shuts down, or a connection that it broke.
        sqlx::Error::Database(_) if engine == Engine::Postgres => {
            let code = code(error);
            code == "57P01" || code == "57P02" || code.starts_with("08")
        }
        _ => false,
    }
}

/// The failed action, a reason where that of the database is unclear, and a hint. Codes: sqlite.org/rescode.html
fn of_sqlite(error: &sqlx::Error) -> (&'static str, Option<&'static str>, &'static str) {
    match sqlite_code(error) {
        Some(5 | 6) => {
            ("used", Some("another program has kept it for minutes"), "end the program that uses it, and try again")
        }
        Some(8) => ("written", None, "check the permissions of the file and of its folder"),
        Some(10) => ("read or written", None, "check the disk"),
        Some(11) => ("read", None, "take a copy of the file from before it was damaged"),
        Some(13) => ("written", None, "free some space"),
        Some(14) => ("opened", None, "check that the folder is there, and its permissions"),
        Some(26) => ("opened", Some("it is not a file of studies"), "check the path; studies are in files of SQLite"),
        _ => ("used", None, "check the path and the disk"),
    }
}

/// Codes: postgresql.org/docs/current/errcodes-appendix.html
fn of_postgres(error: &sqlx::Error) -> (&'static str, Option<&'static str>, &'static str) {
    if let sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Configuration(_) = error {
        let hint = "check the address, and that the server runs and can be reached from here";
        return ("reached", None, hint);
    }
    match code(error).as_str() {
        "28000" | "28P01" => ("opened", None, "check the user and the password"),
        "3D000" => ("opened", None, "check the name of the database, or create it with `createdb`"),
        "42501" | "3F000" => ("used", None, "ask for the right to create tables and to write to them"),
        _ => ("used", None, "look into the log of the server"),
    }
}

/// The code that a database gives; empty where the error comes from elsewhere.
fn code(error: &sqlx::Error) -> String {
    error.as_database_error().and_then(|error| error.code()).unwrap_or_default().into_owned()
}

/// The primary code of SQLite.
fn sqlite_code(error: &sqlx::Error) -> Option<i32> {
    code(error).parse::<i32>().ok().map(|code| code & 0xff)
}

/// Without the words that `sqlx` puts before it.
fn reason(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(error) => error.message().to_owned(),
        sqlx::Error::Io(error) => error.to_string(),
        sqlx::Error::Configuration(error) | sqlx::Error::Tls(error) => error.to_string(),
        other => other.to_string(),
    }
}
