//! Numbers and names as a person writes them.

use crate::run::{Outcome, Part};
use crate::scores::Scores;
use nn::metrics::Interval;

/// A number with four significant digits; very large and very small ones with a power of ten.
pub fn number(x: f64) -> String {
    significant(x, 4)
}

fn significant(x: f64, digits: i32) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".into() } else { x.to_string() };
    }
    let power = x.abs().log10().floor() as i32;
    let text = match power {
        -4..=6 => format!("{x:.*}", (digits - 1 - power).max(0) as usize),
        _ => format!("{x:.*e}", (digits - 1) as usize),
    };
    text.strip_prefix('-').map_or(text.clone(), |rest| format!("−{rest}"))
}

/// A number with its unit.
pub fn with_unit(x: f64, unit: &str) -> String {
    if unit.is_empty() { number(x) } else { format!("{}\u{a0}{unit}", number(x)) }
}

/// A count with commas.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Figures of merit: the name, the figure, and whether less of it is better.
pub fn merits(scores: &Scores) -> Vec<(&'static str, Option<Interval>, bool)> {
    match scores {
        Scores::Regression { rmse, mae, r2, .. } => {
            vec![("RMSE", *rmse, true), ("MAE", *mae, true), ("R2", *r2, false)]
        }
        Scores::Classification { accuracy, f1_macro, roc_auc, cross_entropy, .. } => vec![
            ("accuracy", *accuracy, false),
            ("F1 macro", *f1_macro, false),
            ("ROC AUC", *roc_auc, false),
            ("log loss", *cross_entropy, true),
        ],
    }
}

/// A figure of merit has three digits: more would be noise.
pub fn merit(x: f64) -> String {
    significant(x, 3)
}

/// A deviation has two digits.
pub fn spread(x: f64) -> String {
    significant(x, 2)
}

/// How many rows were for training, validation and test; a range over folds of different size.
pub fn row_counts(outcome: &Outcome) -> [String; 3] {
    let range = |[low, high]: [usize; 2]| {
        if low == high { count(low) } else { format!("{} to {}", count(low), count(high)) }
    };
    outcome.row_counts().map(range)
}

/// What the model computes from, in a word.
pub fn inputs(outcome: &Outcome) -> &'static str {
    match (&outcome.model.experiment.data.smiles, outcome.model.experiment.data.features.is_empty()) {
        (Some(_), true) => "molecules",
        (Some(_), false) => "molecules and measurements",
        (None, _) => "measurements",
    }
}

/// The rows of one part of all folds: what was observed and what was predicted of one target, or of one class.
pub fn pairs(outcome: &Outcome, part: Part, at: usize) -> (Vec<f64>, Vec<f64>) {
    let width = outcome.model.target.names.len();
    let rows = outcome.predictions.iter().filter(|p| p.part == part);
    let pairs = rows.flat_map(|p| p.observed.iter().zip(&p.predicted).skip(at).step_by(width));
    pairs.filter(|(y, _)| !y.is_nan()).map(|(&y, &p)| (y, p)).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_digits_and_counts_have_commas() {
        assert_eq!([number(351.4423), number(-0.012), number(2.5e-9)], ["351.4", "−0.01200", "2.500e-9"]);
        assert_eq!([count(7), count(5000), count(1_234_567)], ["7", "5,000", "1,234,567"]);
    }
}
