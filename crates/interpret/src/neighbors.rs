//! Nearest counterfactuals: the nearest rows of the table whose prediction is clearly different.

use evaluation::domain::points::Points;
use evaluation::intervals::Range;
use nn::metrics::argmax;
use serde::Serialize;
use spec::error::Result;
use spec::task::Task;
use tabular::model::Prediction;

use crate::explainer::{Explainer, Subject};

/// A row of the table that is similar, with a clearly different prediction \[Wachter2018\], \[Wellawatte2022\].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counterfactual {
    /// The row in the file of the table, from zero.
    pub row: usize,
    /// Its molecule.
    pub smiles: Option<String>,
    /// One minus the Tanimoto similarity of molecules, Mahalanobis' distance of numbers.
    pub distance: f64,
    /// Its prediction.
    pub predicted: f64,
    /// The predicted class.
    pub class: Option<String>,
    /// Its prediction minus that of the explained row.
    pub change: f64,
}

/// Rows in each direction, or of other classes.
const SHOWN: usize = 3;

/// The rows of the table with their predictions, and the distances between them: computed once for all subjects.
pub(crate) struct Surroundings {
    points: Points,
    /// `[rows, outputs]`.
    predicted: Vec<f64>,
}

impl Surroundings {
    pub(crate) fn new(explainer: &Explainer<'_>) -> Result<Self> {
        let (n, encoded) = (explainer.rows.len(), &explainer.parts[0]);
        let x = &encoded.x[..n * encoded.width];
        let points = Points::fit(explainer.source, &explainer.rows, x, &(0..n).collect::<Vec<_>>())?;
        Ok(Surroundings { points, predicted: explainer.predict(n, &|row, _| row)? })
    }
}

/// Of numbers the nearest rows that are predicted higher, then those that are predicted lower, by more than half the width
/// of the interval (without one, by more than the standard deviation of all predictions); of classes the nearest rows of which
/// another class is predicted.
pub(crate) fn counterfactuals(
    explainer: &Explainer<'_>,
    surroundings: &Surroundings,
    subject: &Subject<'_>,
    output: usize,
    own: &Prediction,
) -> Result<Vec<Counterfactual>> {
    let (n, k) = (explainer.rows.len(), explainer.outputs());
    let info = &explainer.model.target;
    let Surroundings { points, predicted } = surroundings;
    let value = |at: usize| predicted[at * k + output];
    let encoded = &explainer.parts[0];
    let query = &encoded.x[subject.at * encoded.width..(subject.at + 1) * encoded.width];
    let query = points.queries(explainer.source_of(subject), &[subject.row], query)?;
    let distances = points.distances(&query);
    let mut order: Vec<usize> =
        (0..n).filter(|&at| Some(explainer.source.rows[explainer.rows[at]]) != subject.in_file).collect();
    order.sort_by(|&a, &b| distances[a].total_cmp(&distances[b]));
    let class = |row: &[f64]| argmax(row);
    let found: Vec<usize> = match info.task {
        Task::Classification => {
            let own = class(&own.values);
            let others = order.into_iter().filter(|&at| class(&predicted[at * k..(at + 1) * k]) != own);
            others.take(SHOWN).collect()
        }
        Task::Regression => {
            let half = interval(own, output).map(|[low, high]| 0.5 * (high - low)).filter(|half| half.is_finite());
            let step = half.unwrap_or_else(|| deviation(n, &value));
            let far =
                |sign: f64| order.iter().copied().filter(move |&at| sign * (value(at) - own.values[output]) > step);
            far(1.0).take(SHOWN).chain(far(-1.0).take(SHOWN)).collect()
        }
    };
    let counterfactual = |at: usize| Counterfactual {
        row: explainer.source.rows[explainer.rows[at]],
        smiles: explainer.source.molecules.as_ref().map(|m| m.canonical[explainer.rows[at]].clone()),
        distance: distances[at],
        predicted: value(at),
        class: info.classes.get(class(&predicted[at * k..(at + 1) * k])).cloned(),
        change: value(at) - own.values[output],
    };
    Ok(found.into_iter().map(counterfactual).collect())
}

/// The interval of a number.
pub(crate) fn interval(prediction: &Prediction, output: usize) -> Option<[f64; 2]> {
    match &prediction.range {
        Some(Range::Intervals(intervals)) => intervals.get(output).copied(),
        _ => None,
    }
}

fn deviation(n: usize, value: &impl Fn(usize) -> f64) -> f64 {
    let mean = (0..n).map(value).sum::<f64>() / n as f64;
    ((0..n).map(|at| (value(at) - mean).powi(2)).sum::<f64>() / n as f64).sqrt()
}
