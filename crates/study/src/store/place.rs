//! Where studies are kept: in memory, in a file, or in a database on a server.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use spec::error::{Error, Result};

/// Where studies are kept.
///
/// ```
/// use study::Place;
/// let place: Place = "postgres://ada:secret@example.org/lab".parse()?;
/// assert_eq!(place.to_string(), "postgres://ada:***@example.org/lab");
/// let place: Place = "coating.study".parse()?;
/// assert_eq!(place, Place::Sqlite("coating.study".into()));
/// # Ok::<(), spec::error::Error>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// Nowhere but in this process, as long as the study is used: `:memory:`.
    Memory,
    /// A file of SQLite on a disk of this machine. On a disk that is shared over a network its locks do not hold.
    Sqlite(PathBuf),
    /// The address of a database of PostgreSQL, `postgres://user:password@host:port/database`. A password that it does
    /// not hold is looked for in `~/.pgpass`.
    Postgres(String),
}

/// How SQLite calls a database without a file.
const MEMORY: &str = ":memory:";

impl FromStr for Place {
    type Err = Error;

    /// An address begins with `postgres://` or `postgresql://`, `:memory:` is not a file; everything else is a path.
    fn from_str(text: &str) -> Result<Self> {
        let refused = |reason: String| Err(Error::NotAPlace { text: hidden(text), reason });
        match text.split_once("://").map(|(scheme, _)| scheme) {
            _ if text.trim().is_empty() => refused("it is empty".into()),
            Some("postgres" | "postgresql") => Ok(Place::Postgres(text.into())),
            None if text == MEMORY => Ok(Place::Memory),
            Some(other) => refused(format!("`{other}` is not a supported kind of database")),
            None => Ok(Place::Sqlite(text.into())),
        }
    }
}

/// The place as a person may read it: without its password.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Memory => f.write_str(MEMORY),
            Place::Sqlite(path) => path.display().fmt(f),
            Place::Postgres(address) => f.write_str(&hidden(address)),
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

/// An address with stars for its password. What may be part of a password is taken for one: it may hold any letter, `@`
/// and `/` included, when somebody forgot to escape them.
fn hidden(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.into() };
    let rest = match rest.rsplit_once('@') {
        Some((user, host)) => match user.split_once(':') {
            Some((user, _)) => format!("{user}:***@{host}"),
            None => format!("{user}@{host}"),
        },
        None => rest.into(),
    };
    let rest = match rest.split_once("password=") {
        Some((before, after)) => match after.split_once('&') {
            Some((_, others)) => format!("{before}password=***&{others}"),
            None => format!("{before}password=***"),
        },
        None => rest,
    };
    format!("{scheme}://{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_spelling_of_a_password_is_shown() {
        let cases = [
            ("postgres://ada@host/lab", "postgres://ada@host/lab"),
            ("postgres://host:5432/lab", "postgres://host:5432/lab"),
            ("postgres://ada:secret@host:5432/lab?sslmode=require", "postgres://ada:***@host:5432/lab?sslmode=require"),
            ("postgresql://ada:se@cr/et?#@host/lab", "postgresql://ada:***@host/lab"),
            ("postgres://host/lab?user=ada&password=secret&port=1", "postgres://host/lab?user=ada&password=***&port=1"),
            ("postgres://host/lab?password=secret", "postgres://host/lab?password=***"),
        ];
        for (address, shown) in cases {
            let place: Place = address.parse().unwrap();
            assert_eq!(place.to_string(), shown);
            assert_eq!(format!("{place:?}"), format!("`{shown}`"));
        }
    }

    #[test]
    fn what_is_neither_path_nor_known_address_is_refused() {
        assert_eq!(
            "mysql://ada:secret@host/lab".parse::<Place>().unwrap_err().to_string(),
            "`mysql://ada:***@host/lab` is not a storage of studies: `mysql` is not a supported kind of database\n\
             hint: give the path of a file, or an address such as `postgres://user@host/database`"
        );
        assert!(" ".parse::<Place>().unwrap_err().to_string().contains("it is empty"));
    }
}
