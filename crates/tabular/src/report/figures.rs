//! The figures of a run.

use ::report::{Axis, Block, Figure, Scale, Section};
use evaluation::predictions::Part;
use evaluation::scores::Scores;
use serde_json::{Map, Value};
use spec::task::Task;

use crate::outcome::Outcome;
use crate::report::calibrated;
use crate::report::thin::{Thinned, thin_lines};
use crate::report::words::pairs;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let figures: Vec<Figure> = figures(outcome).into_iter().map(|(_, figure)| figure).collect();
    (!figures.is_empty()).then(|| Section { title: "Figures".into(), blocks: vec![Block::Figures(figures)] })
}

/// Every figure of a run with the name of its file.
pub fn figures(outcome: &Outcome) -> Vec<(String, Figure)> {
    let info = &outcome.model.target;
    let mut figures = Vec::new();
    match info.task {
        Task::Regression => {
            for at in 0..info.names.len() {
                let name = |word: &str| if at == 0 { word.to_owned() } else { format!("{word}_{}", at + 1) };
                figures.push((name("parity"), parity(outcome, at)));
                figures.push((name("residuals"), residuals(outcome, at)));
            }
        }
        Task::Classification => figures.extend(classification(outcome)),
    }
    figures.extend(learning_curve(outcome).map(|figure| ("learning_curve".to_owned(), figure)));
    figures
}

/// The same for Plotly: an object with a figure for each name.
pub(crate) fn figures_json(outcome: &Outcome) -> String {
    let all: Map<String, Value> = figures(outcome)
        .into_iter()
        .chain(crate::report::curves::figures(outcome))
        .chain(crate::report::trust::figures(outcome))
        .map(|(name, figure)| (name, figure.to_plotly()))
        .collect();
    format!("{}\n", Value::Object(all))
}

fn learning_curve(outcome: &Outcome) -> Option<Figure> {
    let (records, best) = outcome.histories.first().filter(|(records, _)| !records.is_empty())?;
    let epochs: Vec<f64> = records.iter().map(|r| r.epoch as f64).collect();
    let train: Vec<f64> = records.iter().map(|r| r.train_loss).collect();
    let validation: Vec<f64> = records.iter().filter_map(|r| r.validation_loss).collect();
    let mut figure = report::learning_curve(&epochs, &train, &validation, best.map(|b| b as f64), "loss");
    figure.y = Axis { scale: Scale::Log, ..figure.y };
    if outcome.histories.len() > 1 {
        figure.note = Some(format!("the first of {} trainings", outcome.histories.len()));
    }
    Some(figure)
}

fn parity(outcome: &Outcome, at: usize) -> Figure {
    let info = &outcome.model.target;
    let group = |name, part| {
        let (observed, predicted) = pairs(outcome, part, at);
        (name, observed, predicted)
    };
    let thinned = Thinned::new(vec![group("validation", Part::Validation), group("test", Part::Test)]);
    let mut figure = report::parity(&info.names[at], &info.units[at], &thinned.slices());
    if let Some(Scores::Regression { rmse: Some(rmse), r2, .. }) = outcome.scores.last().and_then(|m| m.targets.get(at))
    {
        let r2 = r2.map_or_else(String::new, |r2| format!(", R2 {:.3}", r2.value));
        figure.note = Some(format!("test: RMSE {:.3} [{:.3}, {:.3}]{r2}", rmse.value, rmse.low, rmse.high));
    }
    thinned.tell(&mut figure);
    figure
}

fn residuals(outcome: &Outcome, at: usize) -> Figure {
    let info = &outcome.model.target;
    let group = |name, part| {
        let (observed, predicted) = pairs(outcome, part, at);
        let residuals = observed.iter().zip(&predicted).map(|(y, p)| p - y).collect::<Vec<f64>>();
        (name, predicted, residuals)
    };
    let thinned = Thinned::new(vec![group("validation", Part::Validation), group("test", Part::Test)]);
    let mut figure = report::residuals(&format!("{}: residuals", info.names[at]), &info.units[at], &thinned.slices());
    thinned.tell(&mut figure);
    figure
}

fn classification(outcome: &Outcome) -> Vec<(String, Figure)> {
    let info = &outcome.model.target;
    let Some(Scores::Classification { details, .. }) = outcome.scores.last().and_then(|m| m.targets.first()) else {
        return Vec::new();
    };
    let classes: Vec<&str> = info.classes.iter().map(String::as_str).collect();
    let title = |word: &str| format!("{}: {word}", info.names[0]);
    let curves = calibrated::curves(outcome);
    let roc: Vec<_> = curves
        .iter()
        .filter_map(|c| {
            Some((c.name, &c.roc.as_ref()?.false_positive_rate[..], &c.roc.as_ref()?.true_positive_rate[..]))
        })
        .collect();
    let precision: Vec<_> = curves
        .iter()
        .filter_map(|c| {
            Some((c.name, &c.precision.as_ref()?.recall[..], &c.precision.as_ref()?.precision[..], c.area?))
        })
        .collect();
    // The precision of a guess differs from class to class.
    let chance = if let [only] = &curves[..] { Some(only.share) } else { None };
    vec![
        ("confusion_matrix".into(), report::confusion_matrix(&title("confusion"), &classes, &details.confusion.counts)),
        ("roc_curve".into(), thin_lines(report::roc_curve(&title("ROC curves"), &roc))),
        (
            "precision_recall".into(),
            thin_lines(report::precision_recall(&title("precision and recall"), &precision, chance)),
        ),
        ("calibration".into(), calibrated::figure(&title("calibration"), outcome)),
    ]
}
