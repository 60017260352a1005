//! Output of the program: data to standard output, messages to standard error, color only on a terminal.

use std::fmt::Display;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use gedanken::Error;

/// Early end of a command.
pub enum Failure {
    /// Something is wrong; the message says what.
    Error(Error),
    /// Somebody stopped it; the run can be resumed.
    Interrupted { hint: Option<String> },
}

impl<E: Into<Error>> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Error(error.into())
    }
}

/// The result of a command.
pub type Result = std::result::Result<(), Failure>;

/// Prints the error; 1 for an error, 130 for an interruption.
pub fn fail(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Error(error) => {
            let text = error.to_string();
            let mut lines = text.lines();
            say(&format!("\x1b[1;31merror\x1b[0m: {}", lines.next().unwrap_or_default()));
            for line in lines {
                match line.strip_prefix("hint: ") {
                    Some(hint) => say(&format!("\x1b[1;36mhint\x1b[0m: {hint}")),
                    None => say(line),
                }
            }
            ExitCode::FAILURE
        }
        Failure::Interrupted { hint } => {
            say("\x1b[1;33minterrupted\x1b[0m");
            hint.iter().for_each(|hint| say(&format!("\x1b[1;36mhint\x1b[0m: {hint}")));
            ExitCode::from(130)
        }
    }
}

/// A line to standard error; colors are dropped where there is no terminal.
pub fn say(line: &str) {
    // Nobody is left to hear of an error here.
    let _ = writeln!(anstream::stderr(), "{line}");
}

/// A note about the data.
pub fn note(text: &str) {
    say(&format!("\x1b[1;33mnote\x1b[0m: {text}"));
}

/// Data to standard output. A reader that has gone away, as `head` does, is not an error.
pub fn print(text: impl Display) -> Result {
    let mut out = std::io::stdout().lock();
    match out.write_all(text.to_string().as_bytes()).and_then(|()| out.flush()) {
        Err(e) if e.kind() != ErrorKind::BrokenPipe => Err(Failure::Error(Error::from(gedanken::FileError::File {
            what: "output",
            done: "written",
            path: "standard output".into(),
            reason: e.to_string(),
            hint: "check the disk",
            missing: false,
        }))),
        _ => Ok(()),
    }
}
