//! Folders of the project, and commands that run in them.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::result::Result;

/// The folder of the workspace: the nearest one upwards that holds `xtask`.
pub fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().map_err(|error| format!("no current folder: {error}"))?;
    let root = here.ancestors().find(|folder| folder.join("xtask/Cargo.toml").exists());
    root.map(PathBuf::from).ok_or_else(|| format!("{} lies outside the project", here.display()))
}

/// Where cargo builds.
pub fn target() -> Result<PathBuf> {
    Ok(root()?.join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into())))
}

/// A command in the root of the workspace.
pub fn command(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Result<Command> {
    let mut command = Command::new(program);
    command.current_dir(root()?).args(arguments);
    Ok(command)
}

/// A call of cargo, from words separated by blanks.
pub fn cargo(words: &str) -> Result<Command> {
    command("cargo", &words.split(' ').collect::<Vec<_>>())
}

/// Runs a command that speaks for itself.
pub fn run(mut command: Command) -> Result<()> {
    let status = command.status().map_err(|error| format!("`{}` does not start: {error}", words(&command)))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` ended with {status}", words(&command))) }
}

/// Runs a command and returns what it writes to stdout; what it writes to stderr is shown if it fails.
pub fn read(mut command: Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output();
    let output = output.map_err(|error| format!("`{}` does not start: {error}", words(&command)))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let talk = String::from_utf8_lossy(&output.stderr);
        Err(format!("`{}` ended with {}\n{}", words(&command), output.status, talk.trim_end()))
    }
}

/// The command as one would type it.
fn words(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_that_fails_is_named() {
        let message = read(cargo("no-such-command --quiet").unwrap()).unwrap_err();
        assert!(message.starts_with("`cargo no-such-command --quiet` ended with"), "{message}");
        let message = read(command("no-such-program", &["now"]).unwrap()).unwrap_err();
        assert!(message.starts_with("`no-such-program now` does not start"), "{message}");
    }
}
