//! Calibrated probabilities: the temperature of a model, fitted to its validation rows.

use std::collections::BTreeSet;

use inputs::target::TargetInfo;
use nn::metrics::{ReliabilityBin, argmax, expected_calibration_error, reliability};
use nn::temperature;
use serde::{Deserialize, Serialize};
use spec::task::Task;

use crate::predictions::{Part, Predictions};

/// Effect of temperature scaling on the probabilities of test rows.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tempered {
    /// The temperature of the saved model, from the validation rows of all folds.
    pub temperature: f64,
    /// Expected calibration error of the test rows without it.
    pub calibration_error_before: Option<f64>,
    /// With the temperature that the validation rows of each fold ask for.
    pub calibration_error_after: Option<f64>,
}

impl Tempered {
    /// As text.
    pub fn in_a_line(&self, target: &str) -> String {
        let errors = self.calibration_error_before.zip(self.calibration_error_after);
        let errors = errors.map_or_else(String::new, |(before, after)| {
            format!(": expected calibration error {after:.3} of the test rows, {before:.3} without it")
        });
        format!("{target}: probabilities at temperature {:.2}{errors}\n", self.temperature)
    }
}

/// With fewer validation rows the temperature would be random: its error is about one over the root of their number.
const FEWEST_ROWS: usize = 50;

/// Brings the predictions of each fold to the temperature of its own validation rows; those of the validation rows as
/// the saved model would make them, and what has changed. `None` where nothing has: of numbers, where a fold has too few
/// rows, and where all of them are so right or so wrong that no temperature is the best.
pub fn temper(info: &TargetInfo, predictions: &mut [Predictions]) -> Option<(Vec<Predictions>, Tempered)> {
    if info.task != Task::Classification {
        return None;
    }
    let validation = || predictions.iter().filter(|p| p.part == Part::Validation);
    let pooled = learn(info, validation())?;
    let at_pooled = validation().map(|p| at(info, p, pooled)).collect();
    let before = error(info, predictions);
    let folds: BTreeSet<usize> = predictions.iter().map(|p| p.fold).collect();
    let own = |fold: usize| learn(info, validation().filter(move |p| p.fold == fold)).map(|found| (fold, found));
    // The figures of the test rows must hold for the saved model: all folds have a temperature, or none.
    for (fold, temperature) in folds.into_iter().map(own).collect::<Option<Vec<_>>>()? {
        predictions.iter_mut().filter(|p| p.fold == fold).for_each(|p| *p = at(info, p, temperature));
    }
    let after = error(info, predictions);
    let told = Tempered { temperature: pooled, calibration_error_before: before, calibration_error_after: after };
    Some((at_pooled, told))
}

fn learn<'a>(info: &TargetInfo, rows: impl Iterator<Item = &'a Predictions> + Clone) -> Option<f64> {
    let labels: Vec<usize> = rows.clone().flat_map(|p| p.observed.iter().map(|&y| y as usize)).collect();
    let probabilities: Vec<f64> = rows.flat_map(|p| p.predicted.iter().copied()).collect();
    let enough = labels.len() >= FEWEST_ROWS;
    enough.then(|| temperature::fit(&probabilities, &labels, info.classes.len())).flatten()
}

fn at(info: &TargetInfo, p: &Predictions, temperature: f64) -> Predictions {
    let mut p = p.clone();
    temperature::apply(&mut p.predicted, info.classes.len(), temperature);
    p
}

fn error(info: &TargetInfo, predictions: &[Predictions]) -> Option<f64> {
    expected_calibration_error(&test_bins(info.classes.len(), predictions))
}

/// Reliability of the probabilities of test rows: of two classes that of the second, of more that of the predicted
/// class, and how often it was correct \[Guo2017\].
pub fn test_bins(classes: usize, predictions: &[Predictions]) -> Vec<ReliabilityBin> {
    let (mut right, mut probabilities) = (Vec::new(), Vec::new());
    for p in predictions.iter().filter(|p| p.part == Part::Test) {
        for (values, &observed) in p.predicted.chunks_exact(classes.max(1)).zip(&p.observed) {
            let class = if classes == 2 { 1 } else { argmax(values) };
            right.push(observed as usize == class);
            probabilities.push(values[class]);
        }
    }
    reliability(&right, &probabilities, n_bins(right.len()))
}

/// About twenty rows in each part, so that its interval says something.
fn n_bins(rows: usize) -> usize {
    (rows / 20).clamp(4, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn info() -> TargetInfo {
        let classes = vec!["a".into(), "b".into()];
        TargetInfo { names: vec!["y".into()], units: vec![], task: Task::Classification, classes, log: false }
    }

    /// The nominal coverage is nine in ten; of every `right.len()` rows these are.
    fn rows(fold: usize, part: Part, n: usize, right: &[bool]) -> Predictions {
        let observed = (0..n).map(|row| f64::from(u8::from(!right[row % right.len()]))).collect();
        let (predicted, rows) = ([0.9, 0.1].repeat(n), (0..n).collect());
        Predictions {
            fold,
            part,
            rows,
            names: None,
            smiles: vec![],
            observed,
            predicted,
            deviation: None,
            bounds: None,
        }
    }

    #[test]
    fn four_of_five_right_make_nine_in_ten_into_four_in_five() {
        let four = [true, true, true, true, false];
        let mut all = [rows(0, Part::Validation, 50, &four), rows(0, Part::Test, 40, &four)];
        let (pooled, told) = temper(&info(), &mut all).unwrap();
        assert!((told.temperature - 9.0_f64.ln() / 4.0_f64.ln()).abs() < 1e-9);
        assert!((all[1].predicted[0] - 0.8).abs() < 1e-9);
        assert_eq!(pooled[0].predicted, all[0].predicted);
        assert!((told.calibration_error_before.unwrap() - 0.1).abs() < 1e-9);
        assert!(told.calibration_error_after.unwrap() < 1e-9);
    }

    #[test]
    fn each_fold_has_the_temperature_of_its_own_validation_rows_and_few_rows_have_none() {
        let (four, two) = ([true, true, true, true, false], [true, true, false]);
        let folds = |n| {
            let own = |fold, right| [rows(fold, Part::Validation, n, right), rows(fold, Part::Test, n, right)];
            [own(0, &four[..]), own(1, &two[..])].concat()
        };
        let mut all = folds(60);
        let (pooled, _) = temper(&info(), &mut all).unwrap();
        assert!((all[1].predicted[0] - 0.8).abs() < 1e-9 && (all[3].predicted[0] - 2.0 / 3.0).abs() < 1e-9);
        assert!((pooled[0].predicted[0] - 88.0 / 120.0).abs() < 1e-9);
        // Thirty rows each: together enough, but the figures of the folds would not hold for the saved model.
        let mut all = folds(30);
        assert!(temper(&info(), &mut all).is_none() && all[1].predicted[0] == 0.9);
    }

    #[test]
    fn few_rows_have_few_bins() {
        assert_eq!([n_bins(0), n_bins(100), n_bins(100_000)], [4, 5, 10]);
    }
}
