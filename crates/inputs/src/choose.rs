//! The features: the columns that a model predicts from.

use data::{Numeric, Table, constant, looks_like_identifier};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::sequence::Sequence;

use crate::encoding::shortest_name;
use crate::sequence::columns_of;
use crate::source::Source;
use crate::spectra::axis_columns;

/// The features, and why the other columns are left out.
pub fn choose_columns(source: &Source, experiment: &Experiment) -> Result<(Vec<String>, Vec<String>)> {
    let (table, data) = (&source.table, &experiment.data);
    not_the_answer(table, data)?;
    if data.images.is_some() {
        return Ok((Vec::new(), Vec::new()));
    }
    if let Some(columns) = axis_columns(source, data)? {
        return Ok((columns, Vec::new()));
    }
    if let Some(columns) = columns_of(table, data)? {
        return Ok((columns, Vec::new()));
    }
    if !data.features.is_empty() || data.smiles.is_some() {
        let columns =
            data.features.iter().map(|name| Ok(shortest_name(table, table.column(name)?))).collect::<Result<_>>()?;
        return Ok((columns, Vec::new()));
    }
    let targets = data.target.iter().map(|name| table.position(name)).collect::<data::Result<Vec<_>>>()?;
    let roles = [&data.weights, &experiment.split.column].into_iter().flatten();
    let used = roles.map(|name| table.position(name)).collect::<data::Result<Vec<_>>>()?;
    let (mut chosen, mut dropped) = (Vec::new(), Vec::new());
    for (at, column) in table.columns.iter().enumerate() {
        if targets.contains(&at) || used.contains(&at) {
            continue;
        }
        if let Numeric::Spoiled(error) = column.numbers() {
            return Err(error.into());
        }
        let leaks = targets.iter().find(|&&target| {
            data::identical(column, &table.columns[target]) || data::affine(column, &table.columns[target]).is_some()
        });
        let reason = if column.name.eq_ignore_ascii_case("smiles") {
            dropped.push(format!(
                "column `{0}` is left out: it seems to hold molecules (`--smiles {0}` predicts from them)",
                column.name
            ));
            continue;
        } else if looks_like_identifier(column) {
            "looks like an identifier".to_owned()
        } else if constant(column) {
            "has the same value in all rows".to_owned()
        } else if let Some(&target) = leaks {
            format!("has the same values as the target `{}`", table.columns[target].name)
        } else {
            chosen.push(shortest_name(table, column));
            continue;
        };
        dropped
            .push(format!("column `{}` is left out: it {reason} (name it with `--features` to keep it)", column.name));
    }
    if chosen.is_empty() {
        let hint = "name columns with `--features`, or a column of molecules with `--smiles`".into();
        return Err(Error::NoFeatures { reason: "no column is left to predict from".into(), hint });
    }
    Ok((chosen, dropped))
}

/// Neither a target nor a weight is known when a row is predicted.
fn not_the_answer(table: &Table, data: &Data) -> Result<()> {
    // Columns of readings no longer exist: each has become many.
    let features = if matches!(data.sequence, Some(Sequence::Rows { .. })) { &[] } else { data.features.as_slice() };
    let roles = [("data.features", features), ("data.weights", data.weights.as_slice())];
    for (place, names) in roles {
        for name in names {
            let column = table.position(name)?;
            if data.target.iter().any(|target| table.position(target) == Ok(column)) {
                return Err(Error::Setting {
                    message: format!("`{name}` is the target: the model would be given the answer"),
                    place: place.into(),
                    hint: "leave it out there".into(),
                });
            }
        }
    }
    Ok(())
}
