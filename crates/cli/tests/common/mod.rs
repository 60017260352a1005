//! Runs the program in a folder of its own.
#![allow(dead_code)] // every test file uses a part of this

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with files, in which the program runs.
pub struct Bench {
    folder: TempDir,
}

impl Bench {
    /// An empty folder.
    pub fn new() -> Self {
        Bench { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    /// Adds a file.
    pub fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        fs::write(self.folder.path().join(name), content).expect("a file");
        self
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.folder.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.read(name)).expect("text")
    }

    pub fn command(&self, line: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gedanken"));
        command.current_dir(self.folder.path()).env("NO_COLOR", "1").env("XDG_CACHE_HOME", self.folder.path());
        command.args(split(line));
        command
    }

    /// Runs `gedanken LINE` and expects success.
    pub fn run(&self, line: &str) -> String {
        let output = self.output(line);
        assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    }

    pub fn output(&self, line: &str) -> Output {
        self.command(line).output().expect("the program")
    }

    /// What a person sees: exit code, standard output, standard error, without what changes from run to run.
    pub fn seen(&self, line: &str) -> String {
        let output = self.output(line);
        let text =
            |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&format!("{}/", self.folder.path().display()), "");
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        format!("$ gedanken {line}\nexit {}\n{out}{err}", output.status.code().unwrap_or(-1))
    }
}

/// Splits at spaces outside quotes.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), String::new(), false);
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(std::mem::take(&mut word)),
            letter => word.push(letter),
        }
    }
    words.push(word);
    words
}

/// A table of `n` rows: two numbers, a category, and a target that depends on them.
pub fn numbers(n: usize) -> String {
    let mut csv = String::from("a,b,kind,y [K]\n");
    for i in 0..n {
        let (a, b) = ((i * 37 % 101) as f64 / 10.0, (i * 53 % 89) as f64 / 10.0);
        let kind = ["red", "green", "blue"][i * 7 % 3];
        let y = 3.0 * a - b + if kind == "red" { 5.0 } else { 0.0 } + (i * 29 % 17) as f64 / 50.0;
        csv += &format!("{a},{b},{kind},{y:.3}\n");
    }
    csv
}

/// A table of `n` rows with a class that depends on two numbers.
pub fn classes(n: usize) -> String {
    let mut csv = String::from("a,b,phase\n");
    for i in 0..n {
        let (a, b) = ((i * 37 % 101) as f64 / 10.0, (i * 53 % 89) as f64 / 10.0);
        let phase = if a + b > 11.0 {
            "gas"
        } else if a > b {
            "liquid"
        } else {
            "solid"
        };
        csv += &format!("{a},{b},{phase}\n");
    }
    csv
}
