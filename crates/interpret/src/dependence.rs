//! Partial dependence: the prediction as a function of one feature while the others stay as they are.

use serde::Serialize;
use spec::error::{Error, Result};

use crate::explainer::Explainer;
use crate::permutation::Importance;
use crate::players::Held;
use crate::settings::Interpret;

/// Number of features whose dependence is plotted.
const DRAWN: usize = 6;

/// Partial dependence \[Friedman2001\] and individual curves \[Goldstein2015\] of one feature.
///
/// $\bar f(v) = \frac1n \sum_i f(x_i^{(v)})$, where $x_i^{(v)}$ is row $i$ with the feature set to $v$.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Dependence {
    /// The feature.
    pub feature: String,
    /// Values that occur, ascending, about evenly many rows from one to the next; none of a categorical feature.
    pub values: Vec<f64>,
    /// The categories, where it is categorical.
    pub words: Vec<String>,
    /// Mean prediction at each value.
    pub mean: Vec<f64>,
    /// Predictions of single rows: a curve each.
    pub single: Vec<Vec<f64>>,
}

/// Largest number of values of a curve.
const VALUES: usize = 24;
/// Largest number of rows of the mean, and of curves in a figure.
const ROWS: usize = 200;
const CURVES: usize = 30;

/// The curves of the features that were asked for, or of the most important ones.
pub(crate) fn all(
    explainer: &Explainer<'_>,
    output: Option<usize>,
    asked: &Interpret,
    importance: Option<&Importance>,
) -> Result<Vec<Dependence>> {
    let names: Vec<&str> = match (asked.features.is_empty(), importance) {
        (false, _) => asked.features.iter().map(String::as_str).collect(),
        (true, Some(importance)) => importance.features.iter().map(|f| f.name.as_str()).collect(),
        (true, None) => explainer.players.iter().map(|p| p.name.as_str()).collect(),
    };
    let most = if asked.features.is_empty() { DRAWN } else { usize::MAX };
    let mut found = Vec::new();
    for name in names {
        let player = explainer.players.iter().position(|p| p.name == name).ok_or_else(|| unknown(explainer, name))?;
        found.extend(one(explainer, output.unwrap_or_default(), player)?);
        if found.len() == most {
            break;
        }
    }
    Ok(found)
}

/// The curve of one feature; `None` of a fingerprint, and of one that has the same value everywhere.
fn one(explainer: &Explainer<'_>, output: usize, player: usize) -> Result<Option<Dependence>> {
    let Some(grid) = grid(explainer, player) else { return Ok(None) };
    let n = explainer.rows.len().min(ROWS);
    // Evenly spread over the rows.
    let rows: Vec<usize> = (0..n).map(|k| k * explainer.rows.len() / n).collect();
    let pick = |at: usize, other: usize| if other == player { grid[at / n].0 } else { rows[at % n] };
    let predicted = explainer.predict_one(output, n * grid.len(), &pick)?;
    let single = |row: usize| (0..grid.len()).map(|v| predicted[v * n + row]).collect::<Vec<f64>>();
    let (single, mean): (Vec<_>, Vec<_>) = (
        (0..n.min(CURVES)).map(|k| single(k * n / n.min(CURVES))).collect(),
        predicted.chunks_exact(n).map(|chunk| chunk.iter().sum::<f64>() / n as f64).collect(),
    );
    let (mut values, mut words) = (Vec::new(), Vec::new());
    for (_, held) in grid {
        match held {
            Held::Number(x) => values.push(x),
            held => words.push(held.words()),
        }
    }
    Ok(Some(Dependence { feature: explainer.players[player].name.clone(), values, words, mean, single }))
}

/// Encoded rows with different values of the feature, ascending, and these values; `None` of fewer than two.
fn grid(explainer: &Explainer<'_>, player: usize) -> Option<Vec<(usize, Held)>> {
    let held = |at: usize| explainer.players[player].held(explainer.source, explainer.rows[at]);
    let mut numbers: Vec<(usize, f64)> = Vec::new();
    let mut words: Vec<(usize, String)> = Vec::new();
    for at in 0..explainer.rows.len() {
        match held(at) {
            Held::Number(x) if x.is_nan() => {}
            Held::Number(x) => numbers.push((at, x)),
            Held::Word(word) => words.push((at, word)),
            Held::Many => return None,
        }
    }
    if !words.is_empty() {
        words.sort_by(|a, b| a.1.cmp(&b.1));
        words.dedup_by(|a, b| a.1 == b.1);
        words.truncate(VALUES);
        return (words.len() > 1).then(|| words.into_iter().map(|(at, word)| (at, Held::Word(word))).collect());
    }
    numbers.sort_by(|a, b| a.1.total_cmp(&b.1));
    let last = numbers.len().checked_sub(1)?;
    let mut different = numbers.clone();
    different.dedup_by(|a, b| a.1 == b.1);
    if different.len() > VALUES {
        // Quantiles, so that no curve is plotted where there are no rows.
        different = (0..VALUES).map(|k| numbers[k * last / (VALUES - 1)]).collect();
        different.dedup_by(|a, b| a.1 == b.1);
    }
    (different.len() > 1).then(|| different.into_iter().map(|(at, x)| (at, Held::Number(x))).collect())
}

fn unknown(explainer: &Explainer<'_>, name: &str) -> Error {
    let names: Vec<&str> = explainer.players.iter().map(|p| p.name.as_str()).take(12).collect();
    Error::Unknown {
        what: "feature",
        name: name.to_owned(),
        near: None,
        hint: format!(
            "the features of the model are {}{}",
            names.join(", "),
            if explainer.players.len() > 12 { ", ..." } else { "" }
        ),
    }
}
