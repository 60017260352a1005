//! The result of a tuning.

use std::path::Path;

use data::files::write_atomically;
use evaluation::scores::{ModelScores, score_table};
use learn::run_folder::{begin_run, write_figures};
use report::{Alignment, Figure, Table};
use serde_json::{Map, Value, json};
use spec::curve::values::shown;
use spec::error::Result;
use study::store::trial::{State, Trial};
use study::study::Study;
use study::summary::short;
use tabular::files::write_run;
use tabular::outcome::Outcome;

use crate::tunable::Tunable;

/// The result of a tuning: the model with the best settings, and the one with the defaults.
pub struct Tuned {
    /// The model with the best settings, on the same splits.
    pub tuned: Outcome,
    /// The model with the defaults of all tuned fields.
    pub untuned: Outcome,
    /// All trials.
    pub trials: Vec<Trial>,
    /// The best of them.
    pub best: Trial,
    /// Importance of each field: its fraction of the variance of the figure by the surrogate model of the trials, the largest
    /// first.
    pub importance: Vec<(String, f64)>,
    /// Figures, each with its name.
    pub figures: Vec<(String, Figure)>,
    /// The defaults of the fields, and whether they lie within the ranges.
    defaults: (Map<String, Value>, bool),
    csv: String,
}

impl Tuned {
    pub(crate) fn new(
        study: &mut Study,
        tunable: &Tunable,
        (best, trials): (Trial, Vec<Trial>),
        (tuned, untuned): (Outcome, Outcome),
    ) -> Result<Self> {
        Ok(Tuned {
            importance: study.importance(&trials)?,
            figures: study.figures(&trials)?,
            csv: study.export()?,
            defaults: tunable.point_of(&untuned.model.experiment),
            tuned,
            untuned,
            trials,
            best,
        })
    }

    /// Baselines, the model with the defaults and the tuned one.
    fn scores(&self, of: impl Fn(&Outcome) -> &Vec<ModelScores>) -> Vec<ModelScores> {
        let named = |scores: &ModelScores, what: &str| ModelScores {
            model: format!("{} ({what})", scores.model),
            targets: scores.targets.clone(),
        };
        let mut all = of(&self.tuned).clone();
        let tuned = all.pop();
        all.extend(of(&self.untuned).last().map(|scores| named(scores, "defaults")));
        all.extend(tuned.map(|scores| named(&scores, "tuned")));
        all
    }

    /// Summary: the fields with their defaults, best values and importance, then figures on validation rows,
    /// by which the settings were selected, and on test rows, which were not used for selection.
    pub fn summary(&self) -> String {
        let value = |point: &Map<String, Value>, name: &str| match point.get(name) {
            Some(Value::Number(number)) if number.is_f64() => short(number.as_f64().unwrap_or(f64::NAN)),
            Some(value) => shown(value),
            None => "-".to_owned(),
        };
        let mut table = Table::new(&["field", "default", "best", "importance"]);
        table.alignment = vec![Alignment::Left, Alignment::Right, Alignment::Right, Alignment::Right];
        for (name, share) in &self.importance {
            let (default, best) = (value(&self.defaults.0, name), value(&self.best.point, name));
            table.row(&[name.clone(), default, best, format!("{share:.2}")]);
        }
        let count = |wanted: &dyn Fn(&Trial) -> bool| self.trials.iter().filter(|trial| wanted(trial)).count();
        let stopped = count(&|trial| trial.state == State::Complete && trial.reason.is_some());
        let mut text = format!(
            "\n{} trials, {stopped} stopped early, {} failed; the best is trial {}\n{}",
            self.trials.len(),
            count(&|trial| trial.state == State::Failed),
            self.best.number,
            table.to_text(),
        );
        if !self.defaults.1 {
            text += "the defaults lie outside of the ranges, so that they were not a trial\n";
        }
        let target = &self.tuned.model.target;
        let validation = score_table(&self.scores(|outcome| &outcome.validation_scores), target);
        let test = score_table(&self.scores(|outcome| &outcome.scores), target);
        for ((name, validation), (_, test)) in validation.into_iter().zip(test) {
            text += &format!("\n{name}, validation rows (used to select the settings)\n{}", validation.to_text());
            text += &format!("\n{name}, test rows (not used for selection)\n{}", test.to_text());
        }
        text
    }

    /// Everything for programs.
    pub fn to_json(&self) -> Value {
        json!({
            "best": self.best,
            "defaults": self.defaults.0,
            "importance": self.importance.iter().map(|(name, share)| json!({ "field": name, "share": share }))
                .collect::<Vec<Value>>(),
            "trials": self.trials,
            "validation": self.scores(|outcome| &outcome.validation_scores),
            "test": self.scores(|outcome| &outcome.scores),
        })
    }

    /// Writes the run of the tuned model, with `tuning.json`, `trials.csv` and the figures.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, folder: &Path) -> Result<()> {
        begin_run(folder, &self.tuned.model.experiment)?;
        let write = |name: &str, text: String| write_atomically(&folder.join(name), text.as_bytes());
        write_figures(folder, "tuning_", &self.figures)?;
        write("trials.csv", self.csv.clone())?;
        write("tuning.json", format!("{:#}\n", self.to_json()))?;
        write_run(folder, &self.tuned)
    }
}
