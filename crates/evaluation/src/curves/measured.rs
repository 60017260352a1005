//! A measured curve: points, their table, and conclusions.

use nn::metrics::corrected_resampled_t;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use spec::curve::values::shown;

use crate::curves::decompose::Decomposition;
use crate::scores::digits;

/// Errors on training and validation rows over the values of one field.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveReport {
    /// `rows`, or the path of a setting.
    pub field: String,
    /// The target whose errors they are: the first.
    pub target: String,
    /// Name of the errors: `RMSE` or `error rate`.
    pub figure: String,
    /// The unit of the errors; empty where there is none.
    pub unit: String,
    /// Origin of the values of a point: `folds`, `splits`, `draws` of rows, or `split` where it is one.
    pub over: String,
    /// The error of the mean, or of the majority class, of the training rows on the validation rows.
    pub mean_error: f64,
    /// Bootstrap samples for bias and variance; zero without them.
    pub resamples: usize,
    /// A point for each value.
    pub points: Vec<CurvePoint>,
    /// Conclusions, in sentences.
    pub verdict: Vec<String>,
}

/// The errors at one value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// The value of the field.
    pub value: Value,
    /// The error on the rows that the model was trained on.
    pub training: Estimate,
    /// The error on validation rows.
    pub validation: Estimate,
    /// Bias and variance, where they were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decomposition: Option<Decomposition>,
}

/// A mean with its 95 % interval, $\bar e \pm t_{0.975,\,J-1}\, s / \sqrt{J}$ over $J$ folds or draws.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// Mean over folds or draws.
    pub mean: f64,
    /// Lower end of the interval of an error, which is not below zero; `None` of one fold or draw.
    pub low: Option<f64>,
    /// Upper end.
    pub high: Option<f64>,
    /// The error of each.
    pub splits: Vec<f64>,
}

impl Estimate {
    /// Mean and interval of some errors.
    pub fn of(splits: Vec<f64>) -> Self {
        let mean = splits.iter().sum::<f64>() / splits.len().max(1) as f64;
        // Without the correction for shared rows this is Student's interval.
        let t = corrected_resampled_t(&splits, 0.0);
        Estimate { mean, low: t.map(|t| t.low.max(0.0)), high: t.map(|t| t.high), splits }
    }
}

impl CurveReport {
    /// Heading of the table: the target with its unit, and the field.
    pub fn title(&self) -> String {
        let unit = if self.unit.is_empty() { String::new() } else { format!(" [{}]", self.unit) };
        format!("{}{unit}, curve over {}", self.target, self.field)
    }

    /// The name of the errors with their unit.
    pub fn label(&self) -> String {
        if self.unit.is_empty() { self.figure.clone() } else { format!("{} [{}]", self.figure, self.unit) }
    }

    /// The unit of their squares; empty where there is none.
    pub fn squared_unit(&self) -> String {
        match self.unit.as_str() {
            "" => String::new(),
            plain if plain.chars().all(char::is_alphabetic) => format!("{plain}²"),
            other => format!("({other})²"),
        }
    }

    /// Whether the errors are fractions of wrong classes.
    pub fn of_classes(&self) -> bool {
        self.figure == ERROR_RATE
    }

    /// Names of the parts of the error: bias, variance, and noise where it is known.
    pub fn part_names(&self) -> Vec<&'static str> {
        match self.points.iter().find_map(|point| point.decomposition) {
            None => Vec::new(),
            Some(_) if self.of_classes() => vec!["bias", "variance"],
            Some(Decomposition { noise: None, .. }) => vec!["bias² + noise", "variance"],
            Some(_) => vec!["bias²", "variance", "noise"],
        }
    }

    /// A row for each value: training and validation error, and the parts of the error where they are known.
    pub fn table(&self) -> report::Table {
        let parts = self.part_names();
        let [training, validation] = ["training", "validation"].map(|part| format!("{part} {}", self.figure));
        let header = [&self.field, training.as_str(), "95 %", &validation, "95 %"];
        let header: Vec<&str> = header.into_iter().chain(parts.iter().copied()).collect();
        let mut table = report::Table::new(&header);
        table.alignment[0] = report::Alignment::Right;
        let errors = self.points.iter().flat_map(|p| [p.training.mean, p.validation.mean]);
        let largest = errors.fold(0.0, f64::max);
        let rows: Vec<Vec<f64>> = self.points.iter().map(|p| values(p.decomposition, parts.len())).collect();
        let largest_part = rows.iter().flatten().copied().fold(0.0, f64::max);
        for (point, row) in self.points.iter().zip(rows) {
            let mut cells = vec![shown(&point.value)];
            for estimate in [&point.training, &point.validation] {
                cells.push(digits(estimate.mean, largest));
                cells.push(match (estimate.low, estimate.high) {
                    (Some(low), Some(high)) => format!("[{}, {}]", digits(low, largest), digits(high, largest)),
                    _ => String::new(),
                });
            }
            cells.extend(row.into_iter().map(|part| digits(part, largest_part)));
            table.row(&cells);
        }
        table
    }
}

/// The name of the fraction of wrong classes.
pub const ERROR_RATE: &str = "error rate";

/// The first `n` of bias, variance and noise.
fn values(parts: Option<Decomposition>, n: usize) -> Vec<f64> {
    parts.map_or_else(Vec::new, |d| [Some(d.bias), Some(d.variance), d.noise].into_iter().flatten().take(n).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_interval_is_that_of_students_t() {
        let found = Estimate::of(vec![1.0, 2.0, 3.0]);
        // 4.302653 for two degrees of freedom, s = 1.
        let half = 4.302_653 / 3.0_f64.sqrt();
        assert!((found.mean - 2.0).abs() < 1e-12 && (found.high.unwrap() - 2.0 - half).abs() < 1e-5);
        assert_eq!(found.low, Some(0.0));
        assert_eq!(Estimate::of(vec![1.5]).low, None);
    }

    #[test]
    fn the_table_shows_each_value_with_its_parts() {
        let point = |value: Value, error: f64, noise| CurvePoint {
            value,
            training: Estimate::of(vec![error / 2.0]),
            validation: Estimate::of(vec![error, error + 1.0]),
            decomposition: Some(Decomposition { bias: error, variance: 2.0, noise, error: error + 3.0 }),
        };
        let report = |noise| CurveReport {
            field: "model.hidden".into(),
            target: "y".into(),
            figure: "RMSE".into(),
            unit: "K".into(),
            over: "folds".into(),
            mean_error: 80.0,
            resamples: 20,
            points: vec![point(json!([8]), 30.0, noise), point(json!([1600]), 9.0, noise)],
            verdict: Vec::new(),
        };
        let expected = "\
model.hidden  training RMSE  95 %  validation RMSE          95 %  bias²  variance  noise
────────────────────────────────────────────────────────────────────────────────────────
           8           15.0                   30.5  [24.1, 36.9]   30.0       2.0    1.0
       1,600            4.5                    9.5   [3.1, 15.9]    9.0       2.0    1.0
";
        let text = report(Some(1.0)).table().to_text();
        assert_eq!(text, expected, "{text}");
        assert!(report(None).table().to_text().contains("bias² + noise"));
    }
}
