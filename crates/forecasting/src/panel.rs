//! Series with their covariates.

use data::series::{self, Clock, Series};
use data::{Column, Table};
use serde_json::json;
use spec::error::{Error, Result};
use spec::forecast::Forecast;

/// Evenly spaced series with the same columns: targets, past covariates, future covariates.
pub(crate) struct Panel {
    pub clock: Clock,
    pub tracks: Vec<Track>,
    pub layout: Columns,
    /// Warnings of reading.
    pub notes: Vec<String>,
}

/// How many columns of each kind there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Columns {
    pub targets: usize,
    pub past: usize,
    pub future: usize,
}

/// One series.
#[derive(Clone)]
pub(crate) struct Track {
    pub id: Option<String>,
    /// The time of its first step.
    pub start: f64,
    /// Steps whose targets are known.
    pub steps: usize,
    /// `[rows, columns]`; rows after the known steps hold future covariates.
    pub values: Vec<f64>,
    /// For each target the steps that were not measured but imputed, in order.
    pub filled: Vec<Vec<usize>>,
}

impl Columns {
    pub fn all(self) -> usize {
        self.targets + self.past + self.future
    }
}

impl Track {
    /// The columns of a step.
    pub fn row(&self, step: usize, columns: Columns) -> &[f64] {
        &self.values[step * columns.all()..][..columns.all()]
    }

    /// Whether a target was measured at a step.
    pub(crate) fn is_measured(&self, step: usize, target: usize) -> bool {
        self.filled.get(target).is_none_or(|filled| filled.is_empty() || filled.binary_search(&step).is_err())
    }

    /// Its name for messages.
    pub fn name(&self) -> String {
        self.id.as_ref().map_or_else(|| "the series".into(), |id| format!("series `{id}`"))
    }
}

impl Panel {
    /// Reads the series of a table. Rows at the end of a series without targets contain future covariates, of which
    /// `horizon` steps are kept.
    pub fn read(table: &Table, targets: &[String], forecast: &Forecast) -> Result<Self> {
        let known: Vec<String> = targets.iter().chain(&forecast.past).chain(&forecast.future).cloned().collect();
        let (time, id, mending) = (&forecast.time, forecast.series.as_deref(), forecast.mending());
        let ends = Ends::of(table, targets, time, id)?;
        let selected = (!ends.behind.is_empty()).then(|| table.select(&ends.before));
        let (clock, read) = series::read(selected.as_ref().unwrap_or(table), time, id, &known, &mending)?;
        if let (false, Some(phase)) = (clock.dates, forecast.calendar.first()) {
            return Err(Error::Setting {
                message: format!("{} is a phase of dates, and the times of `{time}` are numbers", json!(phase)),
                place: "forecast.calendar".into(),
                hint: "leave it out, or give dates".into(),
            });
        }
        let phases = 2 * forecast.calendar.len();
        let (past, future) = (forecast.past.len(), forecast.future.len() + phases);
        let layout = Columns { targets: targets.len(), past, future };
        let mut notes = Vec::new();
        let mended: usize = read.iter().map(|series| series.mended).sum();
        if mended > 0 {
            let were = if mended == 1 { " was" } else { "s were" };
            notes.push(format!(
                "{mended} missing value{were} imputed: models learn from them, errors do not count them"
            ));
        }
        let ahead = Ahead::read(table, &ends, forecast, &clock)?;
        let tracks = read.into_iter().map(|series| track(series, &clock, layout, forecast, &ahead)).collect();
        Ok(Panel { tracks, clock, layout, notes })
    }

    /// The last `window` steps of each series, with future covariates.
    pub fn ends(&self, window: usize) -> Self {
        let tracks = self.tracks.iter().map(|track| {
            let from = track.steps.saturating_sub(window);
            let start = self.clock.at(track.start, from as i64);
            let values = track.values[from * self.layout.all()..].to_vec();
            Track { id: track.id.clone(), start, steps: track.steps - from, values, filled: Vec::new() }
        });
        Panel { clock: self.clock.clone(), tracks: tracks.collect(), layout: self.layout, notes: Vec::new() }
    }

    /// The time of a step as text.
    pub fn time(&self, track: usize, step: usize) -> String {
        self.clock.show(self.clock.at(self.tracks[track].start, step as i64))
    }

    /// Whether the covariates of the steps after the end are complete, or which are not.
    pub(crate) fn check_ahead(&self, forecast: &Forecast) -> Result<()> {
        for track in &self.tracks {
            let rows = track.values.len() / self.layout.all().max(1);
            let told = rows - track.steps;
            if told < forecast.horizon && !forecast.future.is_empty() {
                let next = self.clock.show(self.clock.at(track.start, rows as i64));
                return Err(Error::UnknownAhead {
                    columns: forecast.future.join("`, `"),
                    series: track.name(),
                    found: told,
                    expected: forecast.horizon,
                    next,
                });
            }
        }
        Ok(())
    }
}

/// Which rows come after the last known target of their series.
struct Ends {
    before: Vec<usize>,
    behind: Vec<usize>,
}

impl Ends {
    fn of(table: &Table, targets: &[String], time: &str, id: Option<&str>) -> Result<Self> {
        let columns: Vec<&Column> = targets.iter().map(|name| table.column(name)).collect::<data::Result<_>>()?;
        let known = |row: usize| columns.iter().any(|column| !is_missing(column, row));
        let ids = id.map(|id| Ok::<_, Error>(table.column(id)?.as_text())).transpose()?;
        let times = table.column(time)?.times().ok();
        let mut last: std::collections::HashMap<Option<&str>, f64> = std::collections::HashMap::new();
        let of = |row: usize| ids.as_ref().and_then(|ids| ids[row].as_deref());
        // Without times that can be read the order of the rows decides, and reading them reports the error.
        let place = |row: usize| times.as_ref().map_or(row as f64, |times| times[row]);
        for row in (0..table.n_rows).filter(|&row| known(row)) {
            let end = last.entry(of(row)).or_insert(f64::NEG_INFINITY);
            *end = end.max(place(row));
        }
        let is_behind = |row: &usize| last.get(&of(*row)).is_some_and(|end| place(*row) > *end);
        let (behind, before) = (0..table.n_rows).partition(is_behind);
        Ok(Ends { before, behind })
    }
}

fn is_missing(column: &Column, row: usize) -> bool {
    match &column.values {
        data::Values::Number(numbers) => numbers[row].is_nan(),
        data::Values::Text(text) => text.get(row).is_none(),
    }
}

/// Future covariates of all steps, including those after the ends; empty where there are none.
struct Ahead(Vec<Series>);

impl Ahead {
    fn read(table: &Table, ends: &Ends, forecast: &Forecast, clock: &Clock) -> Result<Self> {
        if ends.behind.is_empty() || forecast.future.is_empty() {
            return Ok(Ahead(Vec::new()));
        }
        let frequency = Some(clock.every()).filter(|_| forecast.resample.is_none());
        let mending = series::Mending { frequency, ..forecast.mending() };
        let id = forecast.series.as_deref();
        Ok(Ahead(series::read(table, &forecast.time, id, &forecast.future, &mending)?.1))
    }
}

fn track(series: Series, clock: &Clock, layout: Columns, forecast: &Forecast, ahead: &Ahead) -> Track {
    let steps = series.len();
    let told = ahead.0.iter().find(|told| told.id == series.id);
    let known = forecast.future.len();
    // Phases of the calendar are known as far as anything is, and at least one horizon ahead.
    let behind = told.map_or(0, |told| told.len().saturating_sub(steps)).min(forecast.horizon);
    let behind = if known > 0 { behind } else { forecast.horizon };
    let mut values = Vec::with_capacity((steps + behind) * layout.all());
    for step in 0..steps + behind {
        let cell = |at: usize| match (step.checked_sub(steps), at.checked_sub(layout.targets + layout.past)) {
            (None, _) => series.columns[at][step],
            (Some(ahead), Some(at)) => told.map_or(f64::NAN, |told| told.columns[at][steps + ahead]),
            (Some(_), None) => f64::NAN,
        };
        values.extend((0..layout.targets + layout.past + known).map(cell));
        let time = clock.at(series.start, step as i64);
        values.extend(forecast.calendar.iter().flat_map(|phase| phase.features(time)));
    }
    let filled = series.filled.into_iter().take(layout.targets).collect();
    Track { id: series.id, start: series.start, steps, values, filled }
}
