//! The words behind `cargo dev bench`.

use std::fs;

use crate::process::root;
use crate::result::Result;

/// How much is measured.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// Turns of all programs.
    pub rounds: usize,
    /// Measured for each workload in each turn.
    pub seconds: f64,
    /// Threads of each turn.
    pub threads: Vec<usize>,
    /// Peers that are left out.
    pub without: Vec<String>,
    /// What is trained; none stands for all.
    pub workloads: Vec<String>,
    /// Seeds from zero on, of studies that train to the end.
    pub seeds: u64,
    /// Where the report is written, from the root of the workspace.
    pub out: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        let (without, workloads) = (Vec::new(), Vec::new());
        Options { rounds: 3, seconds: 2.0, threads: vec![1, 2], without, workloads, seeds: 5, out: None }
    }
}

impl Options {
    /// Reads `--name value` pairs; `known` are the peers that can be left out.
    pub fn parse(words: &[&str], known: &[&str]) -> Result<Self> {
        let mut options = Options::default();
        for pair in words.chunks(2) {
            let [name, value] = pair else { return Err(format!("`{}` needs a value", pair[0])) };
            let wrong = || format!("`{name} {value}` is not understood");
            match *name {
                "--rounds" => options.rounds = value.parse().ok().filter(|&n| n > 0).ok_or_else(wrong)?,
                "--seconds" => options.seconds = value.parse().ok().filter(|&s| s > 0.0).ok_or_else(wrong)?,
                "--threads" => {
                    let threads = value.split(',').map(|n| n.parse().ok().filter(|&n: &usize| n > 0));
                    options.threads = threads.collect::<Option<_>>().ok_or_else(wrong)?;
                }
                "--seeds" => options.seeds = value.parse().ok().filter(|&n| n > 0).ok_or_else(wrong)?,
                "--without" => options.without = value.split(',').map(String::from).collect(),
                "--workloads" => options.workloads = value.split(',').map(String::from).collect(),
                "--out" => options.out = Some(value.to_string()),
                _ => return Err(wrong()),
            }
        }
        match options.without.iter().find(|name| !known.contains(&name.as_str())) {
            Some(name) => Err(format!("there is no peer `{name}`\nhint: there are {}", known.join(", "))),
            None => Ok(options),
        }
    }

    /// Whether something is to be measured.
    pub fn wants(&self, workload: &str) -> bool {
        self.workloads.is_empty() || self.workloads.iter().any(|own| own == workload)
    }

    /// Names the first workload that there is none of.
    pub fn check_workloads(&self, known: &[&str]) -> Result<()> {
        match self.workloads.iter().find(|name| !known.contains(&name.as_str())) {
            Some(wrong) => Err(format!("there is no workload `{wrong}`\nhint: there are {}", known.join(", "))),
            None => Ok(()),
        }
    }

    /// Prints what was found, and writes it where the options say.
    pub fn tell(&self, text: &str) -> Result<()> {
        println!("{text}");
        match &self.out {
            None => Ok(()),
            Some(path) => {
                let written = fs::write(root()?.join(path), format!("{}\n", text.trim_end()));
                written.map_err(|error| format!("cannot write {path}: {error}"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_come_in_any_order() {
        let options = Options::parse(&["--without", "torch,jax", "--rounds", "5"], &["torch", "jax"]).unwrap();
        let without = vec!["torch".to_string(), "jax".to_string()];
        assert_eq!(options, Options { rounds: 5, without, ..Options::default() });
    }

    #[test]
    fn a_wrong_option_is_named() {
        let message = |words: &[&str]| Options::parse(words, &["torch", "jax"]).unwrap_err();
        assert_eq!(message(&["--threads", "1,0"]), "`--threads 1,0` is not understood");
        assert_eq!(message(&["--rounds", "0"]), "`--rounds 0` is not understood");
        assert_eq!(message(&["--out"]), "`--out` needs a value");
        assert!(message(&["--without", "mxnet"]).contains("no peer `mxnet`"));
    }
}
