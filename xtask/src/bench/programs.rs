//! The programs that are compared: how they are built or installed, and called.

use std::fs;
use std::path::{Path, PathBuf};

use super::result::Line;
use crate::process::{cargo, command, read, root, run, target};
use crate::result::Result;
use crate::venv::Venv;

/// Another project's engine.
pub struct Peer {
    /// Its script is `bench/peers/NAME_steps.py`.
    pub name: &'static str,
    /// As in `bench/requirements.txt`.
    pub packages: &'static [&'static str],
    /// Its variants; a label begins with the name.
    labels: &'static [&'static str],
    /// Workloads for which it has no network.
    lacks: &'static [&'static str],
}

/// All of them.
pub const PEERS: [Peer; 4] = [
    Peer {
        name: "torch",
        packages: &["torch", "torch-geometric"],
        labels: &[
            "torch",
            "torch-fused",
            "torch-compile",
            "torch-compile-fused",
            "torch-sparse",
            "torch-geometric",
            "torch-fused-last",
        ],
        lacks: &[],
    },
    Peer { name: "jax", packages: &["jax"], labels: &["jax-jit", "jax-scan"], lacks: &[] },
    Peer { name: "keras", packages: &["keras", "tensorflow-cpu"], labels: &["keras", "keras-jit"], lacks: &[] },
    Peer {
        name: "sklearn",
        packages: &["scikit-learn"],
        labels: &["sklearn"],
        lacks: &["C", "C2", "D", "D2", "G", "E"],
    },
];

/// Where lists of edges are none of the inputs.
const ALL_BUT_GRAPHS: &[&str] = &["A", "B", "C", "C2", "D", "D2", "G"];
/// Where channels are none.
const ALL_BUT_IMAGES: &[&str] = &["A", "B", "C", "C2", "E", "G"];
/// Steps written by hand for one network each, with AVX-512: what is possible. They live beside the project.
const HAND_WRITTEN: &str = "../shared/bench/limit";
/// Passes over the rows in the race of lock-free and synchronous training.
const HOGWILD_EPOCHS: &str = "20";
const REQUIREMENTS: &str = "bench/requirements.txt";

/// Everything that takes its turn.
pub struct Programs {
    /// In the order of their turns.
    pub list: Vec<Program>,
    venv: Option<Venv>,
}

/// One of them.
pub struct Program {
    /// The first word of its output lines.
    pub label: String,
    /// The program, and the words before the label.
    words: Vec<String>,
    /// Workloads for which it has no network.
    lacks: &'static [&'static str],
}

impl Programs {
    /// Builds ours and the hand-written one, installs the peers.
    pub fn prepare(without: &[String]) -> Result<Self> {
        let program = |label: &str, path: &Path, lacks| Program { label: label.into(), words: vec![text(path)], lacks };
        let mut list = vec![program("ours", &ours()?, &[])];
        match hand_written()? {
            Some(path) => list.push(program("hand", &path, &["G", "E"])),
            None => eprintln!("{HAND_WRITTEN} does not exist: no hand-written steps"),
        }
        let peers: Vec<&Peer> = PEERS.iter().filter(|peer| !without.iter().any(|name| name == peer.name)).collect();
        if peers.is_empty() {
            return Ok(Programs { list, venv: None });
        }
        let venv = Programs::venv(&peers.iter().flat_map(|peer| peer.packages).copied().collect::<Vec<_>>())?;
        for (peer, label) in peers.iter().flat_map(|peer| peer.labels.iter().map(move |label| (peer, label))) {
            let script = format!("bench/peers/{}_steps.py", peer.name);
            let words = vec![text(venv.python()), script];
            let lacks = match label.rsplit('-').next() {
                Some("sparse" | "geometric") => ALL_BUT_GRAPHS,
                Some("last") => ALL_BUT_IMAGES,
                _ => peer.lacks,
            };
            list.push(Program { label: label.to_string(), words, lacks });
        }
        Ok(Programs { list, venv: Some(venv) })
    }

    /// The environment of the peers, with some packages in it.
    pub fn venv(packages: &[&str]) -> Result<Venv> {
        let venv = Venv::new("bench-venv")?;
        let pinned = fs::read_to_string(root()?.join(REQUIREMENTS)).map_err(|e| format!("{REQUIREMENTS}: {e}"))?;
        venv.install(&wanted(&pinned, packages))?;
        Ok(venv)
    }

    /// What lock-free training gains, as our program tells it.
    pub fn hogwild(&self) -> Result<String> {
        read(command(executable(&target()?, "bench"), &["hogwild", HOGWILD_EPOCHS])?)
    }

    /// Processor, compiler and packages, a line each.
    pub fn versions(&self) -> Result<Vec<String>> {
        let mut versions = vec![processor(), read(command("rustc", &["--version"])?)?.trim().to_string()];
        if let Some(venv) = &self.venv {
            let installed = venv.read(&["-m", "pip", "list", "--format=json", "--disable-pip-version-check"])?;
            let installed: Vec<serde_json::Value> =
                serde_json::from_str(&installed).map_err(|error| format!("the list of packages: {error}"))?;
            let packages: Vec<&str> = PEERS.iter().flat_map(|peer| peer.packages).copied().collect();
            versions.extend(installed.iter().filter_map(|package| {
                let name = package["name"].as_str()?.replace('_', "-");
                packages.contains(&name.as_str()).then(|| Some(format!("{name} {}", package["version"].as_str()?)))?
            }));
        }
        Ok(versions)
    }
}

impl Program {
    /// One turn: a line for each workload. A program that fails gives lines that say so.
    pub fn measure(&self, workloads: &[&str], threads: usize, seconds: f64) -> Vec<Line> {
        let own: Vec<&str> = workloads.iter().copied().filter(|name| !self.lacks.contains(name)).collect();
        if own.is_empty() {
            return Vec::new();
        }
        let (program, first) = self.words.split_first().expect("a program has a name");
        let (threads_word, seconds) = (threads.to_string(), seconds.to_string());
        let words: Vec<&str> = (first.iter().map(String::as_str))
            .chain([self.label.as_str(), &threads_word, &seconds])
            .chain(own.iter().copied())
            .collect();
        let lines = command(program, &words).and_then(read).and_then(|out| out.lines().map(Line::parse).collect());
        lines.unwrap_or_else(|error| {
            eprintln!("{error}");
            let failed = |workload: &&str| Line::failed(&self.label, workload, threads, "it does not run here");
            own.iter().map(failed).collect()
        })
    }
}

/// Builds our program.
pub fn ours() -> Result<PathBuf> {
    run(cargo("build --quiet --release --package bench")?)?;
    Ok(executable(&target()?, "bench"))
}

/// Builds a copy of the hand-written program, so that nothing is written beside the project.
fn hand_written() -> Result<Option<PathBuf>> {
    let (from, to) = (root()?.join(HAND_WRITTEN), target()?.join("bench-limit"));
    if !from.exists() {
        return Ok(None);
    }
    let failed = |error| format!("cannot copy {HAND_WRITTEN}: {error}");
    fs::create_dir_all(to.join("src")).map_err(failed)?;
    for entry in fs::read_dir(from.join("src")).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let source = fs::read(entry.path()).map_err(failed)?;
        fs::write(to.join("src").join(entry.file_name()), source).map_err(failed)?;
    }
    // A workspace of its own, although it lies inside ours.
    let manifest = fs::read_to_string(from.join("Cargo.toml")).map_err(failed)? + "\n[workspace]\n";
    fs::write(to.join("Cargo.toml"), manifest).map_err(failed)?;
    let mut build = command("cargo", &["build", "--quiet", "--release"])?;
    build.current_dir(&to).env("CARGO_TARGET_DIR", to.join("target"));
    run(build)?;
    Ok(Some(executable(&to.join("target"), "handbench")))
}

/// The pinned lines of packages.
fn wanted<'a>(pinned: &'a str, packages: &[&str]) -> Vec<&'a str> {
    let needed = |line: &&str| packages.contains(&line.split("==").next().unwrap_or_default());
    pinned.lines().map(str::trim).filter(needed).collect()
}

fn executable(target: &Path, name: &str) -> PathBuf {
    target.join("release").join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The name of the processor, and how many threads it can run.
fn processor() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = info.lines().find(|line| line.starts_with("model name"));
    let name = line.and_then(|line| line.split_once(':')).map(|(_, name)| name.trim().to_string());
    let name = name.or_else(|| read(command("sysctl", &["-n", "machdep.cpu.brand_string"]).ok()?).ok());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let enough = if cores < 2 { " (too few for two threads)" } else { "" };
    format!("{}, {cores} hardware threads{enough}", name.as_deref().map_or("unknown processor", str::trim))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_packages_of_wanted_peers_are_installed() {
        let pinned = "# comment with torch==1\njax==0.1\nkeras==2\ntensorflow-cpu==3\ntorch==4\n";
        assert_eq!(wanted(pinned, &["keras", "tensorflow-cpu"]), ["keras==2", "tensorflow-cpu==3"]);
    }

    #[test]
    fn every_package_of_a_peer_is_pinned() {
        let pinned = include_str!("../../../bench/requirements.txt");
        let all: Vec<&str> = PEERS.iter().flat_map(|peer| peer.packages).copied().collect();
        assert_eq!(wanted(pinned, &all).len(), all.len());
    }

    #[test]
    fn labels_begin_with_the_name_of_the_peer() {
        assert!(PEERS.iter().all(|peer| peer.labels.iter().all(|label| label.starts_with(peer.name))));
    }
}
