//! Several rows for each sequence become one row with many columns.

use std::collections::HashMap;

use data::{Column, Numeric, Table, Values};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::sequence::Sequence;

/// The name of the column of a step, from one.
fn step_name(channel: &str, step: usize) -> String {
    format!("{channel} @{step}")
}

/// How many channels columns with such names have.
pub fn channels(columns: &[String]) -> usize {
    columns.iter().filter(|name| name.ends_with(" @1")).count().max(1)
}

/// The table with one row for each sequence: its name, targets and weights, then the readings step by step. Other tables
/// stay as they are.
pub fn widened(table: Table, data: &Data) -> Result<Table> {
    let Some(Sequence::Rows { id, time }) = &data.sequence else { return Ok(table) };
    let names = table.column(id)?.as_text();
    let mut order: Vec<usize> = (0..table.n_rows).collect();
    if let Some(time) = time {
        let times = table.column(time)?.times()?;
        order.sort_by(|&a, &b| times[a].total_cmp(&times[b]));
    }
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (row, name) in names.iter().enumerate() {
        let Some(name) = name.as_deref() else {
            let place = table.column(id)?.place(row);
            return Err(Error::Setting {
                message: format!("column `{id}`, {place}: the name of the sequence is missing"),
                place: "data.sequence.id".into(),
                hint: "give every row the name of its sequence".into(),
            });
        };
        places.entry(name).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
    }
    for row in order {
        if let Some(place) = names[row].as_deref().and_then(|name| places.get(name)) {
            groups[*place].push(row);
        }
    }
    let kept: Vec<&String> = data.target.iter().chain(&data.weights).collect();
    let kept: Vec<usize> =
        kept.into_iter().filter(|name| *name != id).filter_map(|name| table.position(name).ok()).collect();
    let mut columns = vec![Column::new(
        id,
        Values::Text(groups.iter().map(|rows| names[rows[0]].as_deref().unwrap_or_default()).collect()),
    )];
    for &at in &kept {
        if !columns.iter().any(|column| column.header() == table.columns[at].header()) {
            columns.push(one_value(&table.columns[at], &groups, id, &names)?);
        }
    }
    let longest = groups.iter().map(Vec::len).max().unwrap_or(0);
    let read = readings(&table, data, &[&kept[..], &[table.position(id)?]].concat())?;
    for step in 0..longest {
        for (name, numbers) in &read {
            let value = |rows: &Vec<usize>| rows.get(step).map_or(f64::NAN, |&row| numbers[row].unwrap_or(f64::NAN));
            columns.push(Column::new(&step_name(name, step + 1), Values::Number(groups.iter().map(value).collect())));
        }
    }
    Ok(Table { notes: table.notes.clone(), ..Table::from_columns(&table.source, columns)? })
}

/// The columns of readings, step by step: those that are named, or all except the times and columns with another role.
fn readings(table: &Table, data: &Data, used: &[usize]) -> Result<Vec<(String, Vec<Option<f64>>)>> {
    if !data.features.is_empty() {
        let target = data.features.iter().find(|name| table.position(name).is_ok_and(|at| used.contains(&at)));
        if let Some(name) = target {
            return Err(Error::Setting {
                message: format!("`{name}` is not a reading: it is the target, a weight or the name of the sequence"),
                place: "data.features".into(),
                hint: "leave it out there".into(),
            });
        }
        return data.features.iter().map(|name| Ok((name.clone(), table.column(name)?.as_numbers()?))).collect();
    }
    let time = match &data.sequence {
        Some(Sequence::Rows { time: Some(time), .. }) => Some(table.position(time)?),
        _ => None,
    };
    let all = table.columns.iter().enumerate().filter(|(at, _)| !used.contains(at) && Some(*at) != time);
    let numbers = all.filter_map(|(_, column)| match column.numbers() {
        Numeric::Numbers(numbers) => Some(Ok((column.name.clone(), numbers))),
        Numeric::Spoiled(error) => Some(Err(error.into())),
        _ => None,
    });
    let numbers: Vec<_> = numbers.collect::<Result<_>>()?;
    if numbers.is_empty() {
        let hint = "name columns of numbers with `--features`".into();
        return Err(Error::NoFeatures { reason: "no column holds readings".into(), hint });
    }
    Ok(numbers)
}

/// The value that all rows of each sequence share.
fn one_value(column: &Column, groups: &[Vec<usize>], id: &str, names: &[Option<String>]) -> Result<Column> {
    let cells = column.as_text();
    let mut first = Vec::new();
    for rows in groups {
        let known = rows.iter().copied().find(|&row| cells[row].is_some());
        let other =
            known.and_then(|known| rows.iter().find(|&&row| cells[row].is_some() && cells[row] != cells[known]));
        if let (Some(known), Some(&other)) = (known, other) {
            let text = |row: usize| cells[row].clone().unwrap_or_default();
            let name = names[rows[0]].clone().unwrap_or_default();
            return Err(Error::Setting {
                message: format!(
                    "column `{}` differs within sequence `{name}` of `{id}`: `{}` in {} and `{}` in {}",
                    column.header(),
                    text(known),
                    column.place(known),
                    text(other),
                    column.place(other)
                ),
                place: "data.sequence.id".into(),
                hint: "a sequence has one label; give other sequences other names, or forecast with `--time`".into(),
            });
        }
        first.push(known);
    }
    let values = match &column.values {
        Values::Number(numbers) => {
            Values::Number(first.iter().map(|row| row.map_or(f64::NAN, |row| numbers[row])).collect())
        }
        Values::Text(text) => {
            Values::Text(first.iter().map(|row| row.and_then(|row| text.get(row)).unwrap_or_default()).collect())
        }
    };
    Ok(Column::new(&column.header(), values))
}
