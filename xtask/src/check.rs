//! `cargo dev check`: formatting, lints, tests, generated files, documentation and the Python package, in this order.

use std::process::Command;
use std::time::Instant;

use crate::generate;
use crate::process::{cargo, read, root, run};
use crate::result::Result;
use crate::venv::Venv;

/// One thing that must hold.
struct Step {
    name: &'static str,
    run: fn() -> Result<Outcome>,
}

/// How a step ended that did not fail.
#[derive(Debug, PartialEq)]
enum Outcome {
    Passed,
    Skipped(&'static str),
}

const STEPS: [Step; 7] = [
    Step { name: "format", run: || quiet("fmt --all --check") },
    Step { name: "lints", run: || quiet("clippy --quiet --release --workspace --all-targets -- -D warnings") },
    Step { name: "tests", run: tests },
    Step { name: "documentation tests", run: || quiet("test --quiet --release --workspace --doc") },
    Step { name: "generated files", run: || generate::check().map(|()| Outcome::Passed) },
    Step { name: "documentation", run: documentation },
    Step { name: "python", run: python },
];

/// Runs all steps, the last one only with `with_python`, up to the first that fails.
pub fn check(with_python: bool) -> Result<()> {
    let strict = std::env::var("CI").is_ok_and(|value| value == "true");
    let steps: Vec<Step> = STEPS.into_iter().filter(|step| with_python || step.name != "python").collect();
    println!("{}", take(&steps, strict)?);
    Ok(())
}

/// Runs steps and sums up; where `strict`, a skipped step is a failed one.
fn take(steps: &[Step], strict: bool) -> Result<String> {
    let (start, mut skipped) = (Instant::now(), 0);
    for (at, step) in steps.iter().enumerate() {
        let (begun, title) = (Instant::now(), format!("[{}/{}] {}", at + 1, steps.len(), step.name));
        let outcome = (step.run)().map_err(|error| format!("{title} failed after {}\n{error}", seconds(begun)))?;
        match outcome {
            Outcome::Passed => println!("{title}: passed in {}", seconds(begun)),
            Outcome::Skipped(why) if strict => return Err(format!("{title} must not be skipped here: {why}")),
            Outcome::Skipped(why) => {
                skipped += 1;
                println!("{title}: skipped, {why}");
            }
        }
    }
    Ok(format!("{} steps passed, {skipped} skipped, in {}", steps.len() - skipped, seconds(start)))
}

fn seconds(since: Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f64())
}

fn quiet(words: &str) -> Result<Outcome> {
    run(plain(cargo(words)?)).map(|()| Outcome::Passed)
}

/// Makes a command behave alike on a desk and on a server: snapshots are compared, never written.
fn plain(mut command: Command) -> Command {
    command.env("INSTA_UPDATE", "no").env("INSTA_FORCE_PASS", "0").env("RUST_BACKTRACE", "1");
    command
}

fn tests() -> Result<Outcome> {
    if read(cargo("nextest --version")?).is_ok() {
        return quiet("nextest run --cargo-quiet --release --workspace --status-level fail --final-status-level fail");
    }
    quiet("test --quiet --release --workspace --lib --bins --tests --examples")
}

fn documentation() -> Result<Outcome> {
    let mut command = cargo("doc --quiet --release --workspace --no-deps")?;
    command.env("RUSTDOCFLAGS", "-D warnings");
    run(command).map(|()| Outcome::Passed)
}

/// Installs the Python package as a user does, and tests it.
fn python() -> Result<Outcome> {
    let root = root()?;
    if !root.join("python/pyproject.toml").exists() {
        return Ok(Outcome::Skipped("python/pyproject.toml does not exist"));
    }
    let venv = Venv::new("test-venv")?;
    let pinned = "python/requirements-test.txt";
    if root.join(pinned).exists() {
        venv.install(&["--requirement", pinned])?;
    } else {
        venv.install(&["pytest", "numpy", "scikit-learn"])?;
    }
    venv.install(&["./python"])?;
    venv.run(&["-m", "pytest", "python/tests", "-q"]).map(|()| Outcome::Passed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: Step = Step { name: "good", run: || Ok(Outcome::Passed) };
    const BAD: Step = Step { name: "bad", run: || Err("`false` ended with exit status: 1".into()) };
    const ABSENT: Step = Step { name: "absent", run: || Ok(Outcome::Skipped("it is not here")) };

    #[test]
    fn the_last_line_counts_the_steps() {
        assert!(take(&[GOOD, ABSENT, GOOD], false).unwrap().starts_with("2 steps passed, 1 skipped, in "));
    }

    #[test]
    fn the_first_failure_ends_the_check() {
        let message = take(&[GOOD, BAD, Step { name: "never", run: || unreachable!() }], false).unwrap_err();
        assert!(message.starts_with("[2/3] bad failed after"), "{message}");
        assert!(message.ends_with("`false` ended with exit status: 1"), "{message}");
    }

    #[test]
    fn on_a_server_a_skipped_step_is_a_failure() {
        let message = take(&[ABSENT], true).unwrap_err();
        assert_eq!(message, "[1/1] absent must not be skipped here: it is not here");
    }
}
