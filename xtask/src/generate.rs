//! `cargo dev generate`: files that the program writes about itself, so that each fact stands in one place.

use std::fs;

use crate::process::{cargo, command, read, root, run, target};
use crate::result::Result;

/// A file, and the words after `gedanken` that print it.
const GENERATED: [(&str, &str); 4] = [
    ("docs/reference/command_line.md", "schema --command-line"),
    ("docs/reference/schema.json", "schema"),
    ("docs/reference/settings.md", "schema --markdown"),
    ("python/gedanken/_specs.py", "schema --python"),
];

/// Writes every file.
pub fn generate() -> Result<()> {
    for (path, words) in GENERATED {
        let (full, content) = (root()?.join(path), print(words)?);
        if fs::read_to_string(&full).is_ok_and(|old| old == content) {
            println!("{path}: unchanged");
            continue;
        }
        let folder = full.parent().expect("every path lies in a folder");
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&full, &content));
        written.map_err(|error| format!("cannot write {path}: {error}"))?;
        println!("{path}: written");
    }
    Ok(())
}

/// Fails if a file is not what the program prints now.
pub fn check() -> Result<()> {
    let mut stale = Vec::new();
    for (path, words) in GENERATED {
        let generated = print(words)?;
        match fs::read_to_string(root()?.join(path)) {
            Ok(committed) => stale.extend(difference(&committed, &generated).map(|what| format!("{path}: {what}"))),
            Err(error) => stale.push(format!("{path}: {error}")),
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    Err(format!("generated files are out of date:\n{}\nhint: run `cargo dev generate`", stale.join("\n")))
}

fn print(words: &str) -> Result<String> {
    // As part of the whole workspace: alone, its dependencies have fewer features and would be compiled again.
    run(cargo("build --quiet --release --workspace --bin gedanken")?)?;
    let program = target()?.join("release").join(format!("gedanken{}", std::env::consts::EXE_SUFFIX));
    read(command(program, &words.split(' ').collect::<Vec<_>>())?)
}

/// The first line in which two texts differ.
fn difference(committed: &str, generated: &str) -> Option<String> {
    if committed == generated {
        return None;
    }
    let (mut old, mut new) = (committed.lines(), generated.lines());
    for line in 1.. {
        match (old.next(), new.next()) {
            (None, None) => break,
            (old, new) if old == new => {}
            (old, new) => {
                let show = |text: Option<&str>| text.map_or("nothing".into(), |text| format!("`{}`", text.trim()));
                return Some(format!("line {line} is {}, should be {}", show(old), show(new)));
            }
        }
    }
    Some("line ends differ".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(difference("a\n b\n", "a\nc\n").unwrap(), "line 2 is `b`, should be `c`");
        assert_eq!(difference("a\n", "a\nb\n").unwrap(), "line 2 is nothing, should be `b`");
        assert_eq!(difference("a\r\n", "a\n").unwrap(), "line ends differ");
    }
}
