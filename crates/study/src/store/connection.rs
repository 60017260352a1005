//! A connection to a database of either kind, and transactions that are done whole or not at all.

use std::path::Path;
use std::time::Duration;

use spec::error::{Error, Result};
use sqlx::any::{AnyConnectOptions, install_default_drivers};
use sqlx::{AnyConnection, ConnectOptions, Connection as _};
use tokio::runtime::{Builder, Handle, Runtime};

use crate::store::engine::Engine;
use crate::store::fault::{Fault, Step};
use crate::store::place::Place;

/// How often a transaction is tried while somebody else is in the way. With SQLite each time takes up to a minute.
const ATTEMPTS: u32 = 12;
/// The longest pause between two of them.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);
/// How long a server may take to answer the first time.
const PATIENCE: Duration = Duration::from_secs(30);

/// Each change is on the disk before it is acknowledged; on macOS this takes more than `synchronous`.
const DURABLE: &str =
    "PRAGMA busy_timeout = 60000; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON";
/// Readers do not wait for writers. The file remembers it.
const WRITE_AHEAD: &str = "PRAGMA journal_mode = WAL";

/// A connection that is made when it is needed, and again when it was lost.
pub(crate) struct Connection {
    place: Place,
    open: Option<AnyConnection>,
    runtime: Runtime,
}

impl Connection {
    /// A connection to a place that is there already.
    pub fn open(place: &Place) -> Result<Self> {
        if let Place::Sqlite(path) = place {
            let there = path.metadata().map_err(|error| Error::file("file of studies", "opened", path, &error))?;
            if !there.is_file() {
                return Err(Fault::Connecting(sqlx::Error::Io(std::io::ErrorKind::IsADirectory.into())).explain(place));
            }
        }
        Connection::new(place)
    }

    /// The same; a file that is not there is made.
    pub fn create(place: &Place) -> Result<Self> {
        let mut connection = Connection::new(place)?;
        connection.again_and_again(async |place, open| {
            *open = Some(connect(place, true).await.map_err(Fault::Connecting)?);
            Ok(())
        })?;
        Ok(connection)
    }

    fn new(place: &Place) -> Result<Self> {
        let failed = |error: std::io::Error| Fault::Working(sqlx::Error::Io(error)).explain(place);
        let runtime = Builder::new_current_thread().enable_all().build().map_err(failed)?;
        Ok(Connection { place: place.clone(), open: None, runtime })
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    pub(super) fn engine(&self) -> Engine {
        Engine::of(&self.place)
    }

    /// Does `work` in one transaction that writes. It may be done several times, of which the last one counts.
    pub fn write<X>(&mut self, work: impl AsyncFn(&mut AnyConnection) -> Step<X>) -> Result<X> {
        let begin = self.engine().begin_writing();
        self.again_and_again(async |place, open| transaction(place, open, begin, &work).await)
    }

    /// Does `work` in one transaction that sees the database at one moment.
    pub fn read<X>(&mut self, work: impl AsyncFn(&mut AnyConnection) -> Step<X>) -> Result<X> {
        let begin = self.engine().begin_reading();
        self.again_and_again(async |place, open| transaction(place, open, begin, &work).await)
    }

    fn again_and_again<X>(&mut self, once: impl AsyncFn(&Place, &mut Option<AnyConnection>) -> Step<X>) -> Result<X> {
        let engine = self.engine();
        let mut attempt = 1;
        loop {
            let fault = match self.runtime.block_on(once(&self.place, &mut self.open)) {
                Ok(done) => return Ok(done),
                Err(fault) => fault,
            };
            if fault.lost_connection(engine) {
                self.open = None;
            }
            if attempt == ATTEMPTS || !fault.may_pass(engine) {
                return Err(fault.explain(&self.place));
            }
            std::thread::sleep(LONGEST_PAUSE.min(Duration::from_millis(4 << attempt)));
            attempt += 1;
        }
    }
}

/// SQLite moves what was written into the file itself when the last connection is closed, so that the file can be copied.
impl Drop for Connection {
    fn drop(&mut self) {
        // Inside another runtime nothing may wait; SQLite then closes by itself, a little later.
        if let (Some(open), Err(_)) = (self.open.take(), Handle::try_current()) {
            // Nobody is left to hear of an error, and everything acknowledged is on the disk.
            let _ = self.runtime.block_on(open.close());
        }
    }
}

async fn transaction<X>(
    place: &Place,
    open: &mut Option<AnyConnection>,
    begin: &'static str,
    work: &impl AsyncFn(&mut AnyConnection) -> Step<X>,
) -> Step<X> {
    let connection = match open {
        Some(connection) => connection,
        None => open.insert(connect(place, false).await.map_err(Fault::Connecting)?),
    };
    let mut transaction = connection.begin_with(begin).await?;
    match work(&mut transaction).await {
        Ok(done) => transaction.commit().await.map_err(Fault::Committing).map(|()| done),
        Err(fault) => {
            // Where this fails the connection is lost, and with it the transaction.
            let _ = transaction.rollback().await;
            Err(fault)
        }
    }
}

async fn connect(place: &Place, create: bool) -> std::result::Result<AnyConnection, sqlx::Error> {
    install_default_drivers();
    let address = match place {
        Place::Memory => "sqlite::memory:".into(),
        Place::Sqlite(path) => file_address(path, create)?,
        Place::Postgres(address) => address.clone(),
    };
    let options = address.parse::<AnyConnectOptions>()?.disable_statement_logging();
    let late = |_| sqlx::Error::Io(std::io::Error::from(std::io::ErrorKind::TimedOut));
    let mut connection = tokio::time::timeout(PATIENCE, options.connect()).await.map_err(late)??;
    if let Place::Sqlite(_) = place {
        sqlx::raw_sql(DURABLE).execute(&mut connection).await?;
    }
    if let (Place::Sqlite(_), true) = (place, create) {
        sqlx::raw_sql(WRITE_AHEAD).execute(&mut connection).await?;
    }
    Ok(connection)
}

/// A path as an address. Every byte but letters and digits is escaped, so that nothing in it is taken for a part of the
/// address, and no `..` is resolved before the system sees it.
fn file_address(path: &Path, create: bool) -> std::result::Result<String, sqlx::Error> {
    let path = std::path::absolute(path)?;
    let text = path.to_str().ok_or_else(|| sqlx::Error::Configuration("the path is no Unicode text".into()))?;
    let escaped: String = text
        .bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).into() } else { format!("%{byte:02X}") })
        .collect();
    Ok(format!("sqlite:{escaped}?mode={}", if create { "rwc" } else { "rw" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_acknowledged_is_on_the_disk_and_readers_do_not_wait() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Sqlite(folder.path().join("a.study"));
        drop(Connection::create(&place).unwrap());
        let mut connection = Connection::open(&place).unwrap();
        let ask = |pragma: &'static str| {
            async move |db: &mut AnyConnection| -> Step<String> {
                Ok(sqlx::query_scalar(pragma).fetch_one(&mut *db).await?)
            }
        };
        let text = "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous";
        // 2 is FULL.
        assert_eq!(connection.read(ask(text)).unwrap(), "2");
        let text = "SELECT CAST(timeout AS TEXT) FROM pragma_busy_timeout";
        assert_eq!(connection.read(ask(text)).unwrap(), "60000");
        assert_eq!(connection.read(ask("SELECT journal_mode FROM pragma_journal_mode")).unwrap(), "wal");
    }

    #[test]
    fn no_letter_of_a_path_is_taken_for_a_part_of_an_address() {
        let address = file_address(Path::new("/a/../b c?d#e%f:é"), false).unwrap();
        assert_eq!(address, "sqlite:%2Fa%2F%2E%2E%2Fb%20c%3Fd%23e%25f%3A%C3%A9?mode=rw");
    }
}
