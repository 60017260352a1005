//! The numbers that a model would get from the table, and whether there are too many of them.

use data::{Scaling, Table};
use inputs::block::Block;
use inputs::columns::Columns;
use inputs::kind::Kind;
use inputs::scaled::Scaled;
use inputs::source::Source;
use serde::Serialize;
use spec::error::{Error, Result};
use spec::scale::Scale;

use crate::cloud::Cloud;
use crate::components::Components;
use crate::correlation::Correlations;
use crate::distances::Distances;
use crate::molecules::Read;
use crate::sample::sample;

/// The features of a table, as in a run with default settings.
#[derive(Clone, Debug, Serialize)]
pub struct Features {
    /// Rows that can be used: their target is known and their molecule can be read.
    pub rows: usize,
    /// Number of rows: all, or a sample of them.
    pub sampled: usize,
    /// Number of features of the columns and molecules.
    pub total: usize,
    /// Features with the same value in all rows; they are left out.
    pub constant: usize,
    /// The others.
    pub used: usize,
    /// Used features for each usable row.
    pub per_row: f64,
    /// Features that say nearly the same.
    pub correlations: Correlations,
    /// Whether some rows are nearer than others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distances: Option<Distances>,
    /// Principal components.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub components: Option<Components>,
}

/// More numbers than this, 80 MB, are not held at once: rows are sampled, but never to less than `FEWEST_ROWS`.
const MOST_NUMBERS: usize = 20_000_000;
const FEWEST_ROWS: usize = 2_000;

/// Encodes the `usable` rows and looks at them; `None` where no feature varies.
pub(crate) fn look(
    table: &Table,
    molecules: Option<&Read>,
    inputs: &[String],
    usable: &[usize],
) -> Result<Option<Features>> {
    let featurized: Vec<usize> =
        usable.iter().copied().filter(|&row| molecules.is_none_or(|read| read.has_features(row))).collect();
    let most = (MOST_NUMBERS / width(table, inputs)?.max(1)).max(FEWEST_ROWS);
    let rows = sample(&featurized, most, "look rows");
    if rows.len() < 2 {
        return Ok(None);
    }
    let molecules = molecules.map(|read| read.select(&rows));
    let sampled = Source { molecules, ..Source::plain(table.select(&rows), String::new()) };
    let rows: Vec<usize> = (0..sampled.n_rows()).collect();
    // Without a limit, so that each feature has standard deviation 1.
    let scale = Scale { inputs: Scaling::Standard, limit: 0.0, ..Scale::default() };
    let encoder = match Columns::fit(&sampled, inputs, &rows, &scale, &mut Vec::new()) {
        Ok(encoder) => encoder,
        // Numbers beyond single precision are reported as an error of their column.
        Err(Error::NoFeatures { .. } | Error::TooLarge { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let (total, used) = (encoder.all_names(&sampled).len(), encoder.scaled().names.len());
    let Block { x, .. } = encoder.encode(&sampled, &rows)?;
    let Scaled { names, scaler, .. } = encoder.scaled().clone();
    let cloud = Cloud { names, deviations: scaler.scale, x };
    Ok(Some(Features {
        rows: usable.len(),
        sampled: rows.len(),
        total,
        constant: total - used,
        used,
        per_row: used as f64 / usable.len() as f64,
        correlations: Correlations::of(&cloud),
        distances: Distances::of(&cloud),
        components: Components::of(&cloud),
    }))
}

/// How many features the columns become in all rows.
fn width(table: &Table, inputs: &[String]) -> Result<usize> {
    let columns = inputs.iter().map(|name| table.column(name)).collect::<data::Result<Vec<_>>>()?;
    let width = |column: &data::Column| match &column.values {
        data::Values::Number(_) => 1,
        data::Values::Text(_) => data::profile::Levels::of(column).distinct,
    };
    Ok(columns.into_iter().map(width).sum())
}
