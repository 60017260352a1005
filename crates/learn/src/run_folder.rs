//! The folder of a run: files that every kind of job writes.

use std::fmt::Write;
use std::path::Path;

use data::files::{create_folder, write_atomically};
use serde_json::Value;
use spec::document::read_experiment;
use spec::error::{Error, Result};
use spec::experiment::Experiment;

use crate::session::{History, checkpoint_folder};

/// Takes away the checkpoints of a run that is finished.
pub fn end_run(folder: &Path) -> Result<()> {
    let checkpoints = checkpoint_folder(folder);
    if checkpoints.exists() {
        std::fs::remove_dir_all(&checkpoints).map_err(|e| Error::file("folder", "removed", &checkpoints, &e))?;
    }
    Ok(())
}

/// Writes the experiment with which the run can be repeated or resumed, before it begins.
pub fn begin_run(folder: &Path, experiment: &Experiment) -> Result<()> {
    create_folder(&checkpoint_folder(folder))?;
    let text = toml::to_string(experiment).map_err(|e| data::Error::File {
        what: "experiment",
        done: "written",
        path: folder.display().to_string(),
        reason: e.to_string(),
        hint: "report this",
        missing: false,
    })?;
    Ok(write_atomically(&folder.join("experiment.toml"), text.as_bytes())?)
}

/// Takes away the folder of a run that ended before its first epoch was kept: there is nothing to resume.
pub fn abandon_run(folder: &Path) {
    let checkpoints = checkpoint_folder(folder);
    let kept = std::fs::read_dir(&checkpoints).into_iter().flatten().flatten();
    if kept.into_iter().any(|file| file.file_name().to_string_lossy().starts_with("training_")) {
        return;
    }
    // Whatever cannot be removed, or was there before, stays.
    let _ = std::fs::remove_file(checkpoints.join("data_sha256"));
    let _ = std::fs::remove_dir(&checkpoints);
    let _ = std::fs::remove_file(folder.join("experiment.toml"));
    let _ = std::fs::remove_dir(folder);
}

/// The experiment of a run that was begun, and whether it is finished already.
pub fn resumable(folder: &Path) -> Result<(Experiment, bool)> {
    let file = folder.join("experiment.toml");
    if !file.exists() {
        let reason = if folder.exists() { "it holds no `experiment.toml`" } else { "it does not exist" };
        let hint = "give the folder of a run: `gedanken fit --resume runs/NAME`";
        return Err(Error::NotResumable { path: folder.display().to_string(), reason: reason.into(), hint });
    }
    Ok((read_experiment(&file, &[])?, folder.join("metrics.json").exists()))
}

/// JSON as it stands in files: indented, with a line break at the end.
pub fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

/// One line for each epoch of each training.
pub fn history(histories: &[History]) -> String {
    let mut csv = String::from("training,epoch,learning_rate,train_loss,validation_loss,best\n");
    for (at, (records, best)) in histories.iter().enumerate() {
        for r in records {
            let validation = r.validation_loss.map_or_else(String::new, |loss| loss.to_string());
            let mark = if *best == Some(r.epoch) { "*" } else { "" };
            let _ = writeln!(csv, "{},{},{},{},{validation},{mark}", at + 1, r.epoch, r.learning_rate, r.train_loss);
        }
    }
    csv
}

/// Writes pictures into a folder, each as SVG and as JSON for Plotly, under its name behind a prefix.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn write_figures(folder: &Path, prefix: &str, figures: &[(String, report::Figure)]) -> Result<()> {
    create_folder(folder)?;
    for (name, figure) in figures {
        let write = |ending: &str, text: String| {
            write_atomically(&folder.join(format!("{prefix}{name}.{ending}")), text.as_bytes())
        };
        write("svg", figure.to_svg())?;
        write("json", format!("{:#}\n", figure.to_plotly()))?;
    }
    Ok(())
}
