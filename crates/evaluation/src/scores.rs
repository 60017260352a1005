//! Metrics with intervals, for every model of a run.

use inputs::target::{TargetInfo, Values};
use nn::metrics::{Classification, Interval, Regression, bootstrap};
use report::Table;
use serde::{Deserialize, Serialize};
use spec::task::Task;
use tensor::random::Key;

/// The test figures of one model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ModelScores {
    /// Such as `ridge`.
    pub model: String,
    /// One entry for each target.
    pub targets: Vec<Scores>,
}

/// Metrics of one target, with 95 % bootstrap intervals over rows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "task", rename_all = "snake_case")]
pub enum Scores {
    /// Of numbers, in units of the target.
    Regression {
        /// The target.
        target: String,
        /// How many rows.
        rows: usize,
        /// Root mean squared error.
        rmse: Option<Interval>,
        /// Mean absolute error.
        mae: Option<Interval>,
        /// Coefficient of determination: the fraction of the variance that is explained.
        r2: Option<Interval>,
    },
    /// Of classes.
    Classification {
        /// The target.
        target: String,
        /// How many rows.
        rows: usize,
        /// Fraction of correct predictions.
        accuracy: Option<Interval>,
        /// Mean F1 of the classes.
        f1_macro: Option<Interval>,
        /// Area under the ROC curve.
        roc_auc: Option<Interval>,
        /// Mean negative log likelihood.
        cross_entropy: Option<Interval>,
        /// Names of the classes.
        classes: Vec<String>,
        /// Everything else.
        details: Classification,
    },
}

/// Observed values of some rows, aligned with predictions.
pub enum Observed {
    /// `[rows, targets]`, NaN where missing, in the target's own unit.
    Numbers(Vec<f64>),
    /// Classes.
    Classes(Vec<usize>),
}

impl Observed {
    /// Targets in their own units, classes as numbers.
    pub fn numbers(values: &Values, rows: &[usize], info: &TargetInfo) -> Vec<f64> {
        match values {
            Values::Classes(labels) => rows.iter().map(|&row| labels[row].unwrap_or(0) as f64).collect(),
            Values::Numbers(values) => {
                let width = info.names.len();
                let mut out: Vec<f64> =
                    rows.iter().flat_map(|&row| &values[row * width..(row + 1) * width]).copied().collect();
                info.restore(&mut out, None);
                out
            }
        }
    }

    /// Back from numbers.
    pub fn from_numbers(observed: Vec<f64>, info: &TargetInfo) -> Self {
        match info.task {
            Task::Regression => Observed::Numbers(observed),
            Task::Classification => Observed::Classes(observed.iter().map(|&label| label as usize).collect()),
        }
    }
}

impl ModelScores {
    /// Compares predictions with what was observed.
    pub fn of(model: &str, info: &TargetInfo, observed: &Observed, predicted: &[f64], seed: u64) -> Self {
        let key = Key::new(seed, "bootstrap");
        let targets = match (info.task, observed) {
            (Task::Classification, Observed::Classes(labels)) => vec![classification(info, labels, predicted, key)],
            (_, Observed::Numbers(values)) => {
                (0..info.names.len()).map(|at| regression(info, at, values, predicted, key)).collect()
            }
            (Task::Regression, Observed::Classes(_)) => Vec::new(),
        };
        ModelScores { model: model.into(), targets }
    }
}

fn regression(info: &TargetInfo, at: usize, observed: &[f64], predicted: &[f64], key: Key) -> Scores {
    let width = info.names.len();
    let column = |values: &[f64]| values.iter().skip(at).step_by(width).copied().collect::<Vec<f64>>();
    let pairs: Vec<(f64, f64)> =
        column(observed).into_iter().zip(column(predicted)).filter(|(y, _)| !y.is_nan()).collect();
    let figures = |rows: &[usize]| {
        let (y, p): (Vec<f64>, Vec<f64>) = rows.iter().map(|&row| pairs[row]).unzip();
        let errors = Regression::of(&y, &p);
        [Some(errors.rmse), Some(errors.mae), errors.r2]
    };
    let [rmse, mae, r2] = if pairs.is_empty() { [None; 3] } else { bootstrap(pairs.len(), key, figures) };
    Scores::Regression { target: info.names[at].clone(), rows: pairs.len(), rmse, mae, r2 }
}

fn classification(info: &TargetInfo, labels: &[usize], probabilities: &[f64], key: Key) -> Scores {
    let k = info.classes.len();
    let figures = |rows: &[usize]| {
        let labels: Vec<usize> = rows.iter().map(|&row| labels[row]).collect();
        let p: Vec<f64> = rows.iter().flat_map(|&row| &probabilities[row * k..(row + 1) * k]).copied().collect();
        let scores = Classification::of(&labels, &p, k);
        [Some(scores.accuracy), Some(scores.f1_macro), scores.roc_auc, Some(scores.cross_entropy)]
    };
    let [accuracy, f1_macro, roc_auc, cross_entropy] =
        if labels.is_empty() { [None; 4] } else { bootstrap(labels.len(), key, figures) };
    Scores::Classification {
        target: info.names[0].clone(),
        rows: labels.len(),
        accuracy,
        f1_macro,
        roc_auc,
        cross_entropy,
        classes: info.classes.clone(),
        details: Classification::of(labels, probabilities, k),
    }
}

/// The table as text: a row for each model, figures with their intervals; one table for each target.
pub fn score_table(scores: &[ModelScores], info: &TargetInfo) -> Vec<(String, Table)> {
    let n = scores.first().map_or(0, |model| model.targets.len());
    (0..n).map(|at| (info.header(at), one_table(scores, at))).collect()
}

fn one_table(scores: &[ModelScores], at: usize) -> Table {
    let (_, names) = names(&scores[0].targets[at]);
    let header: Vec<&str> = std::iter::once("model").chain(names.iter().flat_map(|name| [name, "95 %"])).collect();
    let mut table = Table::new(&header);
    let all: Vec<Vec<Option<Interval>>> = scores.iter().map(|model| figures(&model.targets[at])).collect();
    for (model, figures) in scores.iter().zip(&all) {
        let mut cells = vec![model.model.clone()];
        for (column, figure) in figures.iter().enumerate() {
            let largest = all.iter().filter_map(|row| row[column]).map(|i| i.value.abs()).fold(0.0, f64::max);
            match figure {
                Some(Interval { value, low, high }) => {
                    let plain = digits(*value, largest);
                    // An error too small for the places of its column is not none.
                    let none = *value > 0.0 && plain.chars().all(|c| c == '0' || c == '.');
                    cells.push(if none { format!("{value:.1e}") } else { plain });
                    cells.push(format!("[{}, {}]", digits(*low, largest), digits(*high, largest)));
                }
                None => cells.extend(["-".into(), String::new()]),
            }
        }
        table.row(&cells);
    }
    table
}

/// The target, and names of its figures.
fn names(scores: &Scores) -> (&str, &'static [&'static str]) {
    match scores {
        Scores::Regression { target, .. } => (target, &["RMSE", "MAE", "R2"]),
        Scores::Classification { target, .. } => (target, &["accuracy", "F1 macro", "ROC AUC", "log loss"]),
    }
}

/// Name and value of the first figure of the first target, and whether larger is better.
pub fn first_figure(scores: &ModelScores) -> Option<(&'static str, f64, bool)> {
    let first = scores.targets.first()?;
    let larger = matches!(first, Scores::Classification { .. });
    Some((names(first).1[0], figures(first)[0]?.value, larger))
}

fn figures(scores: &Scores) -> Vec<Option<Interval>> {
    match scores {
        Scores::Regression { rmse, mae, r2, .. } => vec![*rmse, *mae, *r2],
        Scores::Classification { accuracy, f1_macro, roc_auc, cross_entropy, .. } => {
            vec![*accuracy, *f1_macro, *roc_auc, *cross_entropy]
        }
    }
}

/// Three significant digits of the largest number of the column, so that points stand below one another; with exponents where six
/// places are too few for them.
pub fn digits(x: f64, largest: f64) -> String {
    if x != 0.0 && largest.abs() < 1e-4 {
        return format!("{x:.2e}");
    }
    let places = (2 - largest.abs().max(1e-9).log10().floor() as i32).clamp(0, 6) as usize;
    format!("{x:.places$}")
}

/// Mean and standard error of the first figure over folds, or whatever `what` they are, in a line for each target.
pub fn fold_summary(folds: &[ModelScores], what: &str) -> String {
    let mut text = String::new();
    for at in 0..folds.first().map_or(0, |fold| fold.targets.len()) {
        let (target, names) = names(&folds[0].targets[at]);
        let values: Vec<f64> = folds.iter().filter_map(|fold| figures(&fold.targets[at])[0]).map(|i| i.value).collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let error = (values.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / (n - 1.0) / n).sqrt();
        text += &format!("{target}: {} over {n} {what}: {} +- {}\n", names[0], digits(mean, mean), digits(error, mean));
    }
    text
}

impl ModelScores {
    /// Figures without intervals, a line for each target; `None` where there are none.
    pub fn in_a_line(&self) -> Option<String> {
        let line = |scores: &Scores| {
            let (target, names) = names(scores);
            let known = names.iter().zip(figures(scores)).filter_map(|(name, figure)| Some((name, figure?.value)));
            let list: Vec<String> = known.map(|(name, value)| format!("{name} {}", digits(value, value))).collect();
            (!list.is_empty()).then(|| format!("{target}: {}\n", list.join(", ")))
        };
        self.targets.iter().map(line).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::digits;

    #[test]
    fn figures_of_a_column_have_three_digits_of_its_largest() {
        assert_eq!([digits(123.4, 123.4), digits(1.234, 123.4), digits(0.5, 1.0)], ["123", "1", "0.50"]);
        assert_eq!([digits(4.34e-9, 4.34e-9), digits(0.0, 0.0)], ["4.34e-9", "0.000000"]);
    }
}
