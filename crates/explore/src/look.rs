//! Looks at a table before training: columns, rows, targets, features, and what to do about them.

use data::Table;
use data::profile::{self, ColumnProfile, Kind, equal_rows};
use evaluation::replicates::{self, Groups, Replicates};
use inputs::choose::choose_columns;
use inputs::source::Source;
use rayon::prelude::*;
use spec::data::Data;
use spec::error::Result;
use spec::experiment::Experiment;

use crate::found::Look;
use crate::targets::TargetProfile;
use crate::{features, molecules, verdicts};

/// Looks at a table as a run with this `data` would see it: its target, molecules and features, all else at defaults.
///
/// A problem that would end a run, such as a molecule that cannot be read, is a finding here.
///
/// # Errors
/// Columns that the table does not contain.
///
/// ```
/// use data::{Column, Table, Values};
/// use explore::look::look;
/// use spec::data::Data;
/// let numbers = |n: f64| Values::Number((0..20).map(|i| (f64::from(i) * n).sin()).collect());
/// let table = Table::from_columns("waves", vec![Column::new("a", numbers(1.0)), Column::new("b", numbers(7.0))])?;
/// let found = look(table, &Data { target: vec!["b".into()], ..Data::default() })?;
/// assert_eq!(found.features.unwrap().used, 1);
/// # Ok::<(), spec::error::Error>(())
/// ```
pub fn look(mut table: Table, data: &Data) -> Result<Look> {
    let targets = data.target.iter().map(|name| table.position(name)).collect::<data::Result<Vec<_>>>()?;
    let smiles = data.smiles.as_ref().map(|name| table.position(name)).transpose()?;
    for name in &data.features {
        table.column(name)?;
    }
    let mut columns: Vec<ColumnProfile> = table.columns.par_iter().map(profile::of_column).collect();
    for (at, (profile, column)) in columns.iter_mut().zip(&table.columns).enumerate() {
        if smiles == Some(at) || (smiles.is_none() && molecules::look_like(column)) {
            profile.kind = Kind::Molecule;
        } else if targets.contains(&at) && profile.kind == Kind::Identifier {
            // A target is not an identifier of rows, even if it counts them.
            profile.kind = if profile.numbers.is_some() { Kind::Number } else { Kind::Category };
        }
    }
    table.columns.par_iter_mut().for_each(|column| {
        // Text among numbers is reported, and is missing from here on.
        if let Some((numbers, _)) = column.numbers_and_rest() {
            column.values = data::Values::Number(numbers);
        }
    });
    let duplicates = equal_rows(&table.columns.iter().collect::<Vec<_>>());
    let experiment = Experiment { data: data.clone(), ..Experiment::default() };
    let read = smiles.map(|at| molecules::read(&table.columns[at], &experiment.molecules)).transpose()?;
    let mut notes = table.notes.clone();
    let source = Source::plain(table, String::new());
    let inputs = match choose_columns(&source, &experiment) {
        Ok((inputs, left_out)) => {
            notes.extend(left_out);
            Some(inputs)
        }
        Err(_) => None,
    };
    let table = &source.table;
    let canonical = read.as_ref().map(|read| read.canonical.as_slice());
    let equal = replicates::groups(table, inputs.as_deref().unwrap_or_default(), canonical)?;
    let spelling = smiles.map(|at| &table.columns[at]);
    let profiles: Vec<TargetProfile> = targets.iter().map(|&at| TargetProfile::of(table, at, smiles)).collect();
    let known = |row: usize| targets.is_empty() || targets.iter().any(|&at| table.columns[at].is_known(row));
    let usable = |&row: &usize| known(row) && canonical.is_none_or(|canonical| !canonical[row].is_empty());
    let usable: Vec<usize> = (0..table.n_rows).filter(usable).collect();
    let features = match &inputs {
        Some(inputs) => features::look(table, read.as_ref(), inputs, &usable)?,
        None => None,
    };
    let mut look = Look {
        table: table.source.clone(),
        rows: table.n_rows,
        duplicates: Groups::of(&duplicates),
        replicates: Replicates::of(table, &equal, spelling, &targets),
        molecules: read.map(|read| read.column),
        targets: profiles,
        columns,
        features,
        notes,
        verdicts: Vec::new(),
    };
    look.verdicts = verdicts::of(&look, data, usable.len());
    Ok(look)
}
