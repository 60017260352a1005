//! Python environments below cargo's target folder, made when they are needed.

use std::path::{Path, PathBuf};

use crate::process::{command, read, run, target};
use crate::result::Result;

/// The oldest Python that the package supports.
const OLDEST: (u32, u32) = (3, 10);

/// A Python environment.
pub struct Venv {
    python: PathBuf,
}

impl Venv {
    /// The environment `target/NAME`, made now if it is not there or does not work.
    pub fn new(name: &str) -> Result<Self> {
        let folder = target()?.join(name);
        let python = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
        let works = |python: &Path| command(python, &["-m", "pip", "--version"]).and_then(read).is_ok();
        if !works(&python) {
            let make = command(system_python()?, &["-m", "venv", "--clear", &folder.to_string_lossy()])?;
            read(make).map_err(|error| format!("{error}\nhint: on Debian, `venv` is the package python3-venv"))?;
        }
        Ok(Venv { python })
    }

    /// Its interpreter.
    pub fn python(&self) -> &Path {
        &self.python
    }

    /// Installs packages, given as `pip install` takes them.
    pub fn install(&self, arguments: &[&str]) -> Result<()> {
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        run(command(&self.python, &[&pip, arguments].concat())?)
    }

    /// Calls Python and lets it speak.
    pub fn run(&self, arguments: &[&str]) -> Result<()> {
        run(command(&self.python, arguments)?)
    }

    /// Calls Python and returns what it prints.
    pub fn read(&self, arguments: &[&str]) -> Result<String> {
        read(command(&self.python, arguments)?)
    }
}

/// The first Python on the path that is new enough.
fn system_python() -> Result<&'static str> {
    let new_enough = |python: &&str| {
        let version = command(python, &["--version"]).and_then(read).unwrap_or_default();
        parse_version(&version).is_some_and(|version| version >= OLDEST)
    };
    let (major, minor) = OLDEST;
    let missing = || format!("there is no Python {major}.{minor} or newer\nhint: install it as `python3`");
    ["python3", "python"].into_iter().find(new_enough).ok_or_else(missing)
}

/// `Python 3.11.7` as `(3, 11)`.
fn parse_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix("Python ")?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert_eq!(parse_version("Python 3.9.18\n"), Some((3, 9)));
        assert!(parse_version("Python 3.10.0").unwrap() >= OLDEST);
        assert!(parse_version("Python 3.9.18").unwrap() < OLDEST);
        assert_eq!(parse_version("pyenv: not found"), None);
    }
}
