//! The folder of a run.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use data::files::{create_folder, write_atomically};
use data::write::quoted;
use evaluation::domain::DomainReport;
use evaluation::intervals::measured::Measured;
use evaluation::predictions::{Part, Predictions};
use evaluation::scores::{ModelScores, fold_summary, score_table};
use inputs::target::TargetInfo;
use learn::run_folder::{end_run, history, pretty};
use serde::Deserialize;
use serde_json::{Value, json};
use spec::error::Result;
use spec::task::Task;

use crate::outcome::Outcome;
use crate::report::card::model_card;
use crate::report::curves::figures as curve_figures;
use crate::report::figures::{figures, figures_json};
use crate::report::page;

impl Outcome {
    /// All figures as one JSON object.
    pub fn to_json(&self) -> Value {
        let [train, validation, test] = self.row_counts().map(|counts| counts[0]);
        json!({
            "task": self.model.target.task,
            "model": self.model.experiment.model.name(),
            "seed": self.model.experiment.seed,
            "targets": self.model.target.names,
            "data_sha256": self.model.data_sha256,
            "rows": {
                "train": train,
                "validation": validation,
                "test": test,
                "skipped": self.skipped,
            },
            "features": self.model.features().len(),
            "test": self.scores,
            "validation": self.validation_scores,
            "folds": self.fold_scores,
            "uncertainty": self.uncertainty,
            "comparison": self.comparison,
            "curves": self.curves,
            "domain": self.domain,
            "notes": self.notes,
            "version": env!("CARGO_PKG_VERSION"),
        })
    }

    /// Summary at the end of a run: tables of test figures, the comparison and its verdict, and a line each for
    /// folds, validation rows and the quality of the uncertainty.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        for (name, table) in score_table(&self.scores, &self.model.target) {
            text += &format!("\n{name}, test rows\n{}", table.to_text());
        }
        if let Some(comparison) = &self.comparison {
            text += &format!("\n{}", comparison.table().to_text());
            comparison.verdict.iter().for_each(|sentence| text += &format!("{sentence}\n"));
        }
        for curve in &self.curves {
            text += &format!("\n{}\n{}", curve.title(), curve.table().to_text());
            curve.verdict.iter().for_each(|sentence| text += &format!("{sentence}\n"));
        }
        let summaries = [
            ("", self.fold_summary()),
            ("validation rows, ", self.validation_summary()),
            ("", self.uncertainty_summary()),
        ];
        for (title, summary) in summaries {
            let lines = summary.iter().flat_map(|summary| summary.lines());
            lines.for_each(|line| text += &format!("\n{title}{line}\n"));
        }
        text
    }

    /// Rows for training, validation and test: of the smallest and of the largest fold.
    pub fn row_counts(&self) -> [[usize; 2]; 3] {
        let range = |counts: &mut dyn Iterator<Item = usize>| {
            counts.fold(None, |range: Option<[usize; 2]>, n| Some(range.map_or([n; 2], |[a, b]| [a.min(n), b.max(n)])))
        };
        let predicted = |part| self.predictions.iter().filter(move |p| p.part == part).map(|p| p.rows.len());
        let train = range(&mut self.folds.iter().map(|fold| fold.train.len()));
        [train, range(&mut predicted(Part::Validation)), range(&mut predicted(Part::Test))]
            .map(Option::unwrap_or_default)
    }

    /// Mean and standard error of the first figure over folds or repeated splits, in a line for each target; `None` of
    /// a single split.
    pub fn fold_summary(&self) -> Option<String> {
        let what = if self.model.experiment.split.folds > 0 { "folds" } else { "splits" };
        (self.fold_scores.len() > 1).then(|| fold_summary(&self.fold_scores, what))
    }

    /// Quality of intervals and distances, a line each; `None` where there are none.
    pub fn uncertainty_summary(&self) -> Option<String> {
        let lines = self.uncertainty.iter().map(Measured::in_a_line);
        let lines: String = lines.chain(self.domain.as_ref().map(DomainReport::in_a_line)).collect();
        (!lines.is_empty()).then_some(lines)
    }

    /// The figures of the model on validation rows, in a line for each target; `None` without such rows.
    pub fn validation_summary(&self) -> Option<String> {
        self.validation_scores.last().and_then(ModelScores::in_a_line)
    }
}

/// Writes all results of a run; `metrics.json` comes last and says that the run is finished.
pub fn write_run(folder: &Path, outcome: &Outcome) -> Result<()> {
    create_folder(folder)?;
    let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
    outcome.model.save(&folder.join("model.safetensors"))?;
    write("predictions.csv", predictions(&outcome.model.target, &outcome.predictions))?;
    write("history.csv", history(&outcome.histories))?;
    write("split.json", pretty(&split(outcome)))?;
    for (name, figure) in figures(outcome).into_iter().chain(curve_figures(outcome)) {
        write(&format!("{name}.svg"), figure.to_svg())?;
    }
    write("figures.json", figures_json(outcome))?;
    write("report.html", page(outcome).to_html())?;
    write("model_card.md", model_card(outcome))?;
    write("metrics.json", pretty(&outcome.to_json()))?;
    end_run(folder)
}

/// Rows that no model of a finished run has learned from, counted from zero: those that are test rows in all of its splits.
/// None where `path` is not the folder of a run.
///
/// # Errors
/// A `split.json` that cannot be read.
pub fn held_out_rows(path: &Path) -> Result<Vec<usize>> {
    let file = path.join("split.json");
    if !file.exists() {
        return Ok(Vec::new());
    }
    let bytes = data::files::read("split", &file)?;
    let split: Split = serde_json::from_slice(&bytes).map_err(|e| data::Error::File {
        what: "split",
        done: "read",
        path: file.display().to_string(),
        reason: e.to_string(),
        hint: "the file is damaged: train again, or name the rows",
        missing: false,
    })?;
    let test = |fold: Rows| fold.test.into_iter().collect::<BTreeSet<usize>>();
    let common = split.folds.into_iter().map(test).reduce(|a, b| a.intersection(&b).copied().collect());
    Ok(common.into_iter().flatten().collect())
}

/// The part of `split.json` that is read again.
#[derive(Deserialize)]
struct Split {
    folds: Vec<Rows>,
}

/// The rows of one fold.
#[derive(Deserialize)]
struct Rows {
    test: Vec<usize>,
}

fn split(outcome: &Outcome) -> Value {
    let fold = |f: &data::Fold| json!({ "train": f.train, "validation": f.validation, "test": f.test });
    json!({
        "data_sha256": outcome.model.data_sha256,
        "rows_count_from": 0,
        "folds": outcome.folds.iter().map(fold).collect::<Vec<_>>(),
    })
}

/// One line for each predicted row, which begins with its name where it has one; rows count from one, as in messages.
fn predictions(info: &TargetInfo, all: &[Predictions]) -> String {
    let column = all.iter().find_map(|part| part.names.as_ref()).map_or("row", |names| &names.column);
    let mut csv = format!("fold,part,{}", quoted(column));
    let ensemble = all.iter().any(|p| p.deviation.is_some());
    let outputs: Vec<String> = match info.task {
        Task::Regression => info.names.clone(),
        Task::Classification => info.classes.iter().map(|class| format!("p({class})")).collect(),
    };
    let observed: Vec<String> = info.names.iter().map(|name| format!("{name} observed")).collect();
    let predicted = outputs
        .iter()
        .map(|name| if info.task == Task::Regression { format!("{name} predicted") } else { name.clone() });
    let deviation = outputs.iter().filter(|_| ensemble).map(|name| format!("{name} deviation"));
    let class = (info.task == Task::Classification).then(|| format!("{} predicted", info.names[0]));
    for name in observed.into_iter().chain(class).chain(predicted).chain(deviation) {
        let _ = write!(csv, ",{}", quoted(&name));
    }
    csv.push('\n');
    for part in all {
        let (k, width) = (info.outputs(), info.names.len());
        let word = if part.part == Part::Validation { "validation" } else { "test" };
        for (at, row) in part.rows.iter().enumerate() {
            let name = part.names.as_ref().map(|names| quoted(&names.names[at]));
            let key = name.unwrap_or_else(|| (row + 1).to_string());
            let _ = write!(csv, "{},{word},{key}", part.fold + 1);
            let values = &part.predicted[at * k..(at + 1) * k];
            if info.task == Task::Classification {
                let name = |class: usize| quoted(&info.classes[class]);
                let best = nn::metrics::argmax(values);
                let _ = write!(csv, ",{},{}", name(part.observed[at] as usize), name(best));
            } else {
                part.observed[at * width..(at + 1) * width].iter().for_each(|y| push(&mut csv, *y));
            }
            values.iter().for_each(|y| push(&mut csv, *y));
            if let Some(deviation) = &part.deviation {
                deviation[at * k..(at + 1) * k].iter().for_each(|y| push(&mut csv, *y));
            }
            csv.push('\n');
        }
    }
    csv
}

/// A number, or nothing where it is missing.
fn push(csv: &mut String, y: f64) {
    let _ = if y.is_nan() { write!(csv, ",") } else { write!(csv, ",{y}") };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_split_is_told_and_not_read_as_empty() {
        let folder = tempfile::tempdir().unwrap();
        let write = |text: &str| std::fs::write(folder.path().join("split.json"), text).unwrap();
        write(r#"{"folds": [{"train": [0], "test": [1, 2]}, {"test": [2, 3]}]}"#);
        assert_eq!(held_out_rows(folder.path()).unwrap(), [2]);
        for damaged in ["", "{\"folds\": [{\"test\": [1, ", "{}", r#"{"folds": [{"test": ["a"]}]}"#] {
            write(damaged);
            let said = held_out_rows(folder.path()).unwrap_err().to_string();
            assert!(said.contains("split.json") && said.contains("damaged"), "{said}");
        }
    }
}
