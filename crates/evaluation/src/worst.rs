//! The test rows with the largest errors.

use inputs::target::TargetInfo;
use report::words::{number, spread, with_unit};
use spec::task::Task;

use crate::predictions::{Part, Predictions};

const ROWS: usize = 10;

/// Of so many targets the worst rows are shown; more would fill the page.
pub const TARGETS: usize = 3;

/// A row and what went wrong.
pub struct Miss<'a> {
    /// Its row in the file, counted from 1.
    pub row: usize,
    /// The name of the row.
    pub name: Option<&'a str>,
    /// Its molecule.
    pub smiles: Option<&'a str>,
    /// The observed value, as text.
    pub observed: String,
    /// The prediction, as text.
    pub predicted: String,
    /// How far that is off, in words.
    pub error: String,
    /// The size of the error, by which rows are sorted.
    pub size: f64,
}

/// The rows of the file that the page shows, of all targets.
pub fn worst_rows(info: &TargetInfo, predictions: &[Predictions]) -> Vec<usize> {
    let targets = 0..info.names.len().min(TARGETS);
    let mut rows: Vec<usize> = targets.flat_map(|at| worst(info, predictions, at)).map(|miss| miss.row - 1).collect();
    rows.sort_unstable();
    rows.dedup();
    rows
}

/// The test rows whose target `at` was predicted worst, the worst first.
pub fn worst<'a>(info: &TargetInfo, predictions: &'a [Predictions], at: usize) -> Vec<Miss<'a>> {
    let (k, width) = (info.outputs(), info.names.len());
    let unit = info.units.get(at).map_or("", String::as_str);
    let miss = |p: &Predictions, i: usize| -> (f64, String, String, String) {
        let values = &p.predicted[i * k..(i + 1) * k];
        let observed = p.observed[i * width + at];
        if info.task == Task::Regression {
            let error = values[at] - observed;
            let sign = if error > 0.0 { "+" } else { "" };
            let around =
                p.deviation.as_ref().map_or_else(String::new, |d| format!("\u{a0}±\u{a0}{}", spread(d[i * k + at])));
            let predicted =
                format!("{}{around}{}{unit}", number(values[at]), if unit.is_empty() { "" } else { "\u{a0}" });
            return (error.abs(), with_unit(observed, unit), predicted, format!("{sign}{}", with_unit(error, unit)));
        }
        let class = observed as usize;
        let best = nn::metrics::argmax(values);
        (-values[class], info.classes[class].clone(), info.classes[best].clone(), format!("{:.3}", values[class]))
    };
    let test = predictions.iter().filter(|p| p.part == Part::Test);
    let rows = test.flat_map(|p| (0..p.rows.len()).map(move |i| (p, i)));
    let known = rows.filter(|(p, i)| !p.observed[i * width + at].is_nan());
    let mut sizes: Vec<(f64, &Predictions, usize)> = known.map(|(p, i)| (miss(p, i).0, p, i)).collect();
    sizes.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.rows[a.2].cmp(&b.1.rows[b.2])));
    let mut misses: Vec<Miss<'a>> = Vec::new();
    for (_, p, i) in sizes {
        // A row may be a test row of several splits.
        if misses.iter().any(|miss| miss.row == p.rows[i] + 1) {
            continue;
        }
        let (size, observed, predicted, error) = miss(p, i);
        let smiles = p.smiles.get(i).map(String::as_str);
        let name = p.names.as_ref().map(|names| names.names[i].as_str());
        misses.push(Miss { row: p.rows[i] + 1, name, smiles, observed, predicted, error, size });
        if misses.len() == ROWS {
            break;
        }
    }
    if info.task == Task::Classification {
        // What was given the highest probability was not missed.
        misses.retain(|miss| miss.observed != miss.predicted || -miss.size < 0.5);
    }
    misses
}
