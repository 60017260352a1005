//! Attention weights over the steps of a sequence.

use data::Table;
use inputs::block::Block;
use inputs::encoder::Encoder;
use inputs::sequence::Sequences;
use serde::Serialize;
use spec::error::{Error, Result};
use tabular::model::{Model, PredictOptions};

/// The steps of one row, and the attention weight of each.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Looks {
    /// The row, from zero.
    pub row: usize,
    /// Name of each step: a token, or its column.
    pub steps: Vec<String>,
    /// Weights that sum to one, the mean over the members of an ensemble.
    pub weights: Vec<f64>,
}

/// Attention weights over the steps of some rows of a table, counted from zero.
///
/// # Errors
/// A model without attention, a row that the table does not contain, and errors of reading the table.
pub fn looks(model: &Model, table: Table, rows: &[usize], options: &PredictOptions) -> Result<Vec<Looks>> {
    let (source_name, n) = (table.source.clone(), table.n_rows);
    let source = model.source(table, options)?;
    if let Some(&row) = rows.iter().find(|&&row| row >= source.n_rows()) {
        let reason = format!("it has {n} rows");
        return Err(Error::NoSuchRow { row: row + 1, table: source_name, reason });
    }
    let none = || Error::Setting {
        message: format!("`{}` has no attention that could be shown", model.experiment.model.name()),
        place: "model.attention".into(),
        hint: "train `lstm`, `gru` or `rnn` on sequences with `--set model.attention=true`".into(),
    };
    let Encoder::Sequences(Sequences { steps, .. }) = &model.parts[0].encoder else { return Err(none()) };
    let mut sums: Vec<Vec<f64>> = rows.iter().map(|_| Vec::new()).collect();
    let mut lengths = None;
    for part in &model.parts {
        let Block { x, .. } = part.encoder.encode(&source, rows)?;
        let looks = part.fitted.looks(&x).ok_or_else(none)?;
        for (sum, looks) in sums.iter_mut().zip(looks.chunks(looks.len() / rows.len().max(1))) {
            sum.resize(looks.len(), 0.0);
            sum.iter_mut().zip(looks).for_each(|(sum, look)| *sum += look / model.parts.len() as f64);
        }
        lengths = part.encoder.inputs().form.lengths(&x, part.encoder.names().len());
    }
    let one = |(at, mut weights): (usize, Vec<f64>)| {
        let mut labels = steps.labels(&source, rows[at])?;
        let length = lengths.as_ref().map_or(weights.len(), |lengths| lengths[at]).min(labels.len());
        labels.truncate(length);
        weights.truncate(length);
        Ok(Looks { row: rows[at], steps: labels, weights })
    };
    sums.into_iter().enumerate().map(one).collect()
}

impl Looks {
    /// The weights as bars, in the order of the steps.
    pub fn figure(&self) -> report::Figure {
        report::attention(&format!("Attention weights in row {}", self.row + 1), &self.steps, &self.weights)
    }

    /// One line for each step, with a bar.
    pub fn to_text(&self) -> String {
        let most = self.weights.iter().copied().fold(0.0, f64::max).max(f64::MIN_POSITIVE);
        let widest = self.steps.iter().map(|step| step.chars().count()).max().unwrap_or(0);
        let line = |(step, weight): (&String, &f64)| {
            let bar = "#".repeat((WIDTH * weight / most).round() as usize);
            format!("{step:<widest$}  {:>5.1} %  {bar}", 100.0 * weight).trim_end().to_owned() + "\n"
        };
        format!("row {}\n", self.row + 1) + &self.steps.iter().zip(&self.weights).map(line).collect::<String>()
    }
}

/// Characters of the longest bar.
const WIDTH: f64 = 30.0;
