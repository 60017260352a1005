//! `cargo dev bench molecules` and `cargo dev bench digits`: what our models reach and how long they train, beside the peers on the
//! same rows.

use std::path::Path;
use std::process::{Command, Stdio};

use super::options::Options;
use super::programs::{self, PEERS, Programs};
use crate::process::{command, read, root, target};
use crate::result::Result;

/// Data that lie beside the project.
const DATA: &str = "../shared/data";
/// Name, table or name of what is embedded, the column to learn, and how it is split.
const MOLECULES: [(&str, &str, &str, &str); 3] = [
    ("esol", "esol.csv", "measured log solubility in mols per litre", "random"),
    ("esol_scaffold", "esol.csv", "measured log solubility in mols per litre", "scaffold"),
    ("boiling_points", "boiling_points", "boiling_point [K]", "random"),
];
/// Column with the molecules, in all of them.
const SMILES: &str = "smiles";
/// Labels of `bench/peers/digits.py`, and the peers that they belong to.
const READERS: [(&str, &str); 3] = [("torch", "torch"), ("torch-last", "torch"), ("keras", "keras")];
/// Passes over the digits, down one cosine.
const EPOCHS: &str = "10";

/// The model that `fit` chooses beside chemprop with its defaults: RMSE on test rows and the time of a training.
pub fn molecules(words: &[&str]) -> Result<()> {
    let options = Options::parse(words, &["chemprop"])?;
    options.check_workloads(&MOLECULES.map(|(name, ..)| name))?;
    let ours = programs::ours()?;
    let venv = if options.without.is_empty() { Some(Programs::venv(&["chemprop"])?) } else { None };
    let (data, seeds) = (root()?.join(DATA), options.seeds.to_string());
    let mut text = String::new();
    for (title, table, target_column, split) in MOLECULES.into_iter().filter(|(name, ..)| options.wants(name)) {
        let embedded = Path::new(table).extension().is_none();
        let folder = target()?.join("molecules").join(title);
        // What is embedded is written beside its splits.
        let path = if embedded { folder.join(format!("{table}.csv")) } else { data.join(table) };
        if !embedded && !path.exists() {
            eprintln!("{} does not exist: {title} is left out", path.display());
            continue;
        }
        let (path, folder) = (path.to_string_lossy(), folder.to_string_lossy());
        let read_from = if embedded { table } else { &path };
        eprintln!("{title}");
        let words = ["molecules", read_from, SMILES, target_column, split, &seeds, &folder, "default"];
        text += &format!("## {title}\n\n{}", heard(command(&ours, &words)?)?);
        if let Some(venv) = &venv {
            let script = "bench/peers/chemprop_molecules.py";
            let words = [script, "chemprop", &path, SMILES, target_column, &folder, &seeds];
            text += &heard(command(venv.python(), &words)?)?;
        }
        text.push('\n');
    }
    options.tell(&text)
}

/// LeNet-5 on the digits of MNIST: how long until 99 % of the test images are read.
pub fn digits(words: &[&str]) -> Result<()> {
    let options = Options::parse(words, &["torch", "keras"])?;
    let path = root()?.join(DATA).join("mnist.npz");
    if !path.exists() {
        return Err(format!("{} does not exist", path.display()));
    }
    let ours = programs::ours()?;
    let wanted = |(_, peer): &&(&str, &str)| !options.without.iter().any(|name| name == peer);
    let peers: Vec<_> = READERS.iter().filter(wanted).collect();
    let needed = PEERS.iter().filter(|peer| peers.iter().any(|(_, name)| *name == peer.name));
    let packages: Vec<&str> = needed.flat_map(|peer| peer.packages).copied().collect();
    let venv = if peers.is_empty() { None } else { Some(Programs::venv(&packages)?) };
    let mut text = String::from(
        "| program | threads | seed | seconds to 99 % | passes | seconds of a pass | accuracy in the end |\n",
    );
    text += "|---|---|---|---|---|---|---|\n";
    // A turn of all programs for each seed: the speed of a machine changes in minutes.
    for (seed, threads) in
        (0..options.seeds).flat_map(|seed| options.threads.iter().map(move |threads| (seed, threads)))
    {
        let (path, seed, threads) = (path.to_string_lossy(), seed.to_string(), threads.to_string());
        let rest = [&*path, &seed, EPOCHS, &threads];
        text += &heard(command(&ours, &[&["digits"][..], &rest].concat())?)?;
        for (label, _) in &peers {
            let Some(venv) = &venv else { continue };
            text += &heard(command(venv.python(), &[&["bench/peers/digits.py", *label][..], &rest].concat())?)?;
        }
    }
    options.tell(&text)
}

/// What a program prints, while it shows how far it is.
fn heard(mut command: Command) -> Result<String> {
    command.stderr(Stdio::inherit());
    read(command)
}
