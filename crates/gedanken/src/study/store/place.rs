//! Where studies are kept.

use std::fmt;
use std::path::PathBuf;

/// A file, or a server that many machines reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// A file of SQLite.
    File(PathBuf),
    /// The URL of a PostgreSQL database.
    Server(String),
}

impl From<&str> for Place {
    /// What begins with `postgres://` or `postgresql://` is a server, anything else a file.
    fn from(text: &str) -> Self {
        match text.starts_with("postgres://") || text.starts_with("postgresql://") {
            true => Place::Server(text.into()),
            false => Place::File(text.into()),
        }
    }
}

impl fmt::Display for Place {
    /// Without the password.
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Place::Server(url) = self else {
            let Place::File(path) = self else { return Ok(()) };
            return write!(to, "{}", path.display());
        };
        let (scheme, rest) = url.split_once("://").unwrap_or(("postgres", url));
        let (user, address) = rest.rsplit_once('@').map_or((None, rest), |(user, address)| (Some(user), address));
        let user = user.map(|user| user.split(':').next().unwrap_or_default());
        match user {
            Some(user) => write!(to, "{scheme}://{user}@{address}"),
            None => write!(to, "{scheme}://{address}"),
        }
    }
}

impl Place {
    /// As the driver reads it.
    pub(super) fn url(&self, create: bool) -> String {
        match self {
            Place::Server(url) => url.clone(),
            Place::File(path) => {
                let escaped: String = path
                    .to_string_lossy()
                    .bytes()
                    .map(|byte| match byte {
                        b'%' | b'?' | b'#' | b' ' => format!("%{byte:02X}"),
                        byte if byte.is_ascii() => char::from(byte).to_string(),
                        byte => format!("%{byte:02X}"),
                    })
                    .collect();
                format!("sqlite://{escaped}?mode={}", if create { "rwc" } else { "rw" })
            }
        }
    }

    pub(super) fn is_server(&self) -> bool {
        matches!(self, Place::Server(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        let place = Place::from("postgres://ann:secret@lab.example/db");
        assert_eq!(place.to_string(), "postgres://ann@lab.example/db");
        assert_eq!(Place::from("a b.db").url(true), "sqlite://a%20b.db?mode=rwc");
    }
}
