//! Trials from tables, and as tables.

use std::collections::BTreeMap;

use data::write::quoted;
use data::{Column, Table, Values};
use serde_json::{Map, Value};
use spec::error::{Error, Result};
use spec::parameter::number;

use crate::store::trial::{Proposal, State, TellOutcome, Told, Trial};
use crate::study::Study;

/// A cell as a value; `None` where it is empty.
fn cell(column: &Column, row: usize) -> Option<Value> {
    match &column.values {
        Values::Number(numbers) => {
            numbers.get(row).filter(|x| x.is_finite()).map(|x| match x.fract() == 0.0 && x.abs() < 1e15 {
                true => Value::from(*x as i64),
                false => Value::from(*x),
            })
        }
        Values::Text(text) => text.get(row).filter(|cell| !cell.trim().is_empty()).map(Value::from),
    }
}

/// The columns of parameters, row by row.
pub fn points(table: &Table, names: &[String]) -> Result<Vec<Map<String, Value>>> {
    let columns: Vec<&Column> = names.iter().map(|name| Ok(table.column(name)?)).collect::<Result<_>>()?;
    let row = |row: usize| {
        let cells = names.iter().zip(&columns).filter_map(|(name, column)| Some((name.clone(), cell(column, row)?)));
        cells.collect()
    };
    Ok((0..table.n_rows).map(row).collect())
}

/// The column with the numbers of trials.
const TRIAL: &str = "trial";

impl Study {
    /// Adds finished experiments from a table with a column for each parameter and each outcome; all or none. A row without any
    /// outcome has failed.
    ///
    /// # Errors
    /// A column is missing, a value is not in the space; the message names the row.
    pub fn import(&mut self, table: &Table, now: f64) -> Result<Vec<Trial>> {
        let fixed = |name: &&str| table.column(name).is_ok() || !self.is_fixed(name);
        let names: Vec<String> = self.parameters().into_iter().filter(fixed).map(str::to_owned).collect();
        let mut finished = Vec::new();
        for (row, point) in points(table, &names)?.into_iter().enumerate() {
            let place = format!("{}, row {}", table.source, row + 1);
            let x = self.terrain.place(&point, &place)?;
            let told = self.outcome(table, row)?;
            self.check(&told, &place)?;
            finished.push((
                Proposal { point: self.terrain.point(&x), origin: "imported".into(), notes: Value::Null },
                told,
            ));
        }
        self.store.add(&finished, now)
    }

    /// Reports outcomes from a table with a column `trial`; rows without any outcome are left pending.
    ///
    /// # Errors
    /// As [`tell`](Self::tell); rows before the wrong one are reported.
    pub fn tell_table(&mut self, table: &Table, correct: bool, now: f64) -> Result<Vec<(i64, TellOutcome)>> {
        let numbers = table.column(TRIAL)?;
        let mut found = Vec::new();
        for row in 0..table.n_rows {
            let number = cell(numbers, row)
                .and_then(|value| value.as_i64().or_else(|| value.as_str()?.trim().parse().ok()))
                .ok_or_else(|| Error::Setting {
                    message: "there is no number of a trial".into(),
                    place: format!("{}, row {}", table.source, row + 1),
                    hint: "the column `trial` contains the number of the trial of a row".into(),
                })?;
            let told = self.outcome(table, row)?;
            if told.state == State::Complete {
                found.push((number, self.tell(number, &told, correct, now)?));
            }
        }
        Ok(found)
    }

    /// The outcomes of a row.
    fn outcome(&self, table: &Table, row: usize) -> Result<Told> {
        let mut outcomes = BTreeMap::new();
        for name in self.outcomes() {
            let column = table.column(name)?;
            if let Some(value) = cell(column, row) {
                let number = number(&value).ok_or_else(|| Error::Setting {
                    message: format!("{value} is not a number"),
                    place: format!("column `{name}`, {}", column.place(row)),
                    hint: "leave the cell empty where nothing was measured".into(),
                })?;
                outcomes.insert(name.to_owned(), number);
            }
        }
        let state = if outcomes.is_empty() { State::Failed } else { State::Complete };
        Ok(Told { state, outcomes, reason: None })
    }

    fn is_fixed(&self, name: &str) -> bool {
        let fixed = |p: &spec::parameter::Parameter| matches!(p, spec::parameter::Parameter::Fixed { name: own, .. } if own == name);
        self.campaign.parameters.iter().any(fixed)
    }

    /// All trials as CSV: number, state, parameters, outcomes, reason.
    ///
    /// # Errors
    /// The database cannot be read.
    pub fn export(&mut self) -> Result<String> {
        let trials = self.trials()?;
        let (parameters, outcomes) = (self.parameters(), self.outcomes());
        let header = [TRIAL, "state"].into_iter().chain(parameters.iter().copied()).chain(outcomes.iter().copied());
        let mut csv = header.chain(["reason"]).map(quoted).collect::<Vec<_>>().join(",") + "\n";
        for trial in &trials {
            let mut cells = vec![trial.number.to_string(), trial.state.word().to_owned()];
            cells.extend(parameters.iter().map(|name| match trial.point.get(*name) {
                Some(Value::String(text)) => quoted(text),
                Some(value) => value.to_string(),
                None => String::new(),
            }));
            cells
                .extend(outcomes.iter().map(|name| trial.outcomes.get(*name).map_or_else(String::new, f64::to_string)));
            cells.push(quoted(trial.reason.as_deref().unwrap_or_default()));
            csv += &(cells.join(",") + "\n");
        }
        Ok(csv)
    }
}
