//! Several models on the same splits: which is better, and is the difference significant?

use nn::metrics::{PairedDifference, corrected_resampled_t};
use serde::{Deserialize, Serialize};

use crate::scores::{ModelScores, digits, first_figure};

/// Models that were trained on the same splits, the selected one first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The figure that is compared: RMSE or accuracy of the first target.
    pub figure: String,
    /// How many splits.
    pub splits: usize,
    /// The models; the first is the best on validation rows, and is selected.
    pub models: Vec<Compared>,
    /// Conclusions, in sentences.
    pub verdict: Vec<String>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// As in the table of figures.
    pub model: String,
    /// Its figure on the validation rows of all splits, by which it is chosen; absent without such rows.
    pub validation: Option<f64>,
    /// Mean of its figure over the test rows of each split.
    pub mean: f64,
    /// Its figure in each split.
    pub splits: Vec<f64>,
    /// Its figure minus that of the selected model; absent of the selected model, and of a single split.
    pub difference: Option<PairedDifference>,
}

/// Figures of a model before they are compared.
pub struct Candidate {
    /// Its name.
    pub title: String,
    /// Its figure on the validation rows.
    pub validation: Option<f64>,
    /// Test figures of each split.
    pub splits: Vec<ModelScores>,
}

/// Significance level: below this probability a difference is significant.
const SIGNIFICANT: f64 = 0.05;

/// Which of the candidates is best on validation rows; the first of equals, and of those that were not validated.
pub fn best(candidates: &[Candidate], larger_is_better: bool) -> usize {
    let known = |at: usize| candidates[at].validation.filter(|v| v.is_finite());
    let value = |at: usize| known(at).map_or(f64::INFINITY, |v| if larger_is_better { -v } else { v });
    (0..candidates.len()).fold(0, |best, at| if value(at) < value(best) { at } else { best })
}

impl Comparison {
    /// Compares all with the selected one; `test_over_train` is the ratio of their rows.
    pub fn new(candidates: &[Candidate], kept: usize, test_over_train: f64) -> Self {
        let figures = |at: usize| -> Vec<f64> {
            candidates[at].splits.iter().filter_map(|split| Some(first_figure(split)?.1)).collect()
        };
        let (figure, larger) = candidates[kept]
            .splits
            .iter()
            .find_map(first_figure)
            .map_or((String::new(), false), |(name, _, larger)| (name.to_owned(), larger));
        let own = figures(kept);
        let compared = |at: usize| {
            let splits = figures(at);
            let differences: Vec<f64> = splits.iter().zip(&own).map(|(other, own)| other - own).collect();
            let difference =
                (at != kept && splits.len() == own.len()).then(|| corrected_resampled_t(&differences, test_over_train));
            Compared {
                model: candidates[at].title.clone(),
                validation: candidates[at].validation,
                mean: splits.iter().sum::<f64>() / splits.len().max(1) as f64,
                splits,
                difference: difference.flatten(),
            }
        };
        let mut models: Vec<Compared> = (0..candidates.len()).filter(|&at| at != kept).map(compared).collect();
        models.sort_by(|a, b| if larger { b.mean.total_cmp(&a.mean) } else { a.mean.total_cmp(&b.mean) });
        models.insert(0, compared(kept));
        let splits = own.len();
        let verdict = verdict(&models, &figure, splits, larger);
        Comparison { figure, splits, models, verdict }
    }

    /// Mean figures and differences from the selected model, with their 95 % intervals; of one split only the figures.
    pub fn table(&self) -> report::Table {
        let several = self.splits > 1;
        let name = format!("{}, {}", self.figure, if several { "mean" } else { "test" });
        let differences = if several { &["difference", "95 %", "p"][..] } else { &[] };
        let mut table = report::Table::new(&[&["model", "validation", &name][..], differences].concat());
        let largest = self.models.iter().map(|m| m.mean.abs()).fold(0.0, f64::max);
        let figure = |x: f64| digits(x, largest);
        for model in &self.models {
            let mut cells = vec![model.model.clone(), model.validation.map_or("-".into(), figure), figure(model.mean)];
            cells.extend(match &model.difference {
                Some(d) => [
                    figure(d.mean),
                    format!("[{}, {}]", figure(d.low), figure(d.high)),
                    if d.p_value < 0.001 { "<0.001".into() } else { format!("{:.3}", d.p_value) },
                ],
                None => ["".into(), "".into(), "".into()],
            });
            cells.truncate(table.header.len());
            table.row(&cells);
        }
        table
    }
}

fn verdict(models: &[Compared], figure: &str, splits: usize, larger: bool) -> Vec<String> {
    let [kept, others @ ..] = models else { return Vec::new() };
    let chosen = match kept.validation {
        Some(_) => format!("`{}` is selected: it is the best on validation rows", kept.model),
        None => format!("`{}` is selected: it is the first, for there are no validation rows", kept.model),
    };
    if splits < 2 {
        let hint = "one split cannot tell a better model from a luckier one (try `--folds 5 --repeats 2`)";
        return vec![chosen, hint.into()];
    }
    let names = |wanted: &dyn Fn(&PairedDifference) -> bool| -> Vec<&str> {
        let pick = |m: &&Compared| m.difference.is_some_and(|d| wanted(&d));
        others.iter().filter(pick).map(|m| m.model.as_str()).collect()
    };
    let worse = |d: &PairedDifference| if larger { d.mean < 0.0 } else { d.mean > 0.0 };
    let beaten = names(&|d| d.p_value < SIGNIFICANT && worse(d));
    let alike = names(&|d| d.p_value >= SIGNIFICANT);
    let better = names(&|d| d.p_value < SIGNIFICANT && !worse(d));
    let list = |names: &[&str]| names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let mut verdict = vec![chosen];
    if !beaten.is_empty() {
        verdict.push(format!("its {figure} is significantly better than that of {}", list(&beaten)));
    }
    if !alike.is_empty() {
        verdict.push(format!("on these data it cannot be distinguished from {}: take the simpler one", list(&alike)));
    }
    if !better.is_empty() {
        verdict.push(format!("on test rows {} did significantly better", list(&better)));
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scores::Scores;
    use nn::metrics::Interval;

    fn candidate(title: &str, validation: f64, rmse: &[f64]) -> Candidate {
        let split = |&value: &f64| {
            let rmse = Some(Interval { value, low: value, high: value });
            let scores = Scores::Regression { target: "y".into(), rows: 10, rmse, mae: None, r2: None };
            ModelScores { model: title.into(), targets: vec![scores] }
        };
        Candidate { title: title.into(), validation: Some(validation), splits: rmse.iter().map(split).collect() }
    }

    #[test]
    fn the_best_on_validation_rows_is_kept_and_the_others_are_told_apart() {
        let candidates = [
            candidate("far", 3.0, &[3.0, 3.1, 2.9, 3.0]),
            candidate("kept", 1.0, &[1.0, 1.1, 0.9, 1.0]),
            candidate("near", 1.2, &[1.0, 1.3, 0.8, 1.1]),
        ];
        let kept = best(&candidates, false);
        assert_eq!(kept, 1);
        let found = Comparison::new(&candidates, kept, 0.25);
        assert_eq!(found.models.iter().map(|m| m.model.as_str()).collect::<Vec<_>>(), ["kept", "near", "far"]);
        assert!((found.models[2].difference.unwrap().mean - 2.0).abs() < 1e-12);
        assert_eq!(
            found.verdict[1..],
            [
                "its RMSE is significantly better than that of `far`",
                "on these data it cannot be distinguished from `near`: take the simpler one"
            ]
        );
    }

    #[test]
    fn one_split_concludes_nothing() {
        let candidates = [candidate("a", 1.0, &[1.0]), candidate("b", 2.0, &[2.0])];
        let found = Comparison::new(&candidates, 0, 0.1);
        assert_eq!(found.models[1].difference, None);
        assert!(found.verdict[1].starts_with("one split cannot tell"), "{:?}", found.verdict);
    }
}
