//! `gedanken data list`, `show` and `get`.

use gedanken::datasets::{self, DATASETS};

use crate::arguments::{DataAction, DataSets};
use crate::terminal::{Result, print};

pub fn run(arguments: &DataSets) -> Result {
    match &arguments.action {
        DataAction::List => list(),
        DataAction::Show { name } => show(name),
        DataAction::Get { name, out, host } => {
            let path = datasets::fetch(name, host.as_deref(), out.as_deref())?;
            print(format!("{}\n", path.display()))
        }
    }
}

fn list() -> Result {
    let mut table = gedanken::TextTable::new(&["name", "rows", "where", "what"]);
    table.alignment[2] = gedanken::Alignment::Left;
    table.alignment[3] = gedanken::Alignment::Left;
    for set in DATASETS {
        table.row(&[set.name, &set.rows.to_string(), set.origin.place(), set.description]);
    }
    print(table.to_text())
}

/// Columns that are shown; more would not fit into a line.
const MOST_COLUMNS: usize = 8;

fn show(name: &str) -> Result {
    let set = datasets::find(name)?;
    print(format!("{}: {}\nrows: {}\nsource: {}\n", set.name, set.description, set.rows, set.source))?;
    match datasets::table(name) {
        Ok((table, sha256)) => {
            let left_out = table.columns.len().saturating_sub(MOST_COLUMNS);
            let columns = &table.columns[..table.columns.len() - left_out];
            let headers: Vec<String> = columns.iter().map(|column| column.header()).collect();
            let mut shown = gedanken::TextTable::new(&headers.iter().map(String::as_str).collect::<Vec<_>>());
            let side = |column: &gedanken::Column| match column.as_numbers() {
                Ok(_) => gedanken::Alignment::Right,
                Err(_) => gedanken::Alignment::Left,
            };
            shown.alignment = columns.iter().map(side).collect();
            for row in 0..table.n_rows.min(5) {
                let cell = |column: &gedanken::Column| column.as_text()[row].clone().unwrap_or_default();
                shown.row(&columns.iter().map(cell).collect::<Vec<_>>());
            }
            let more = if left_out > 0 { format!("... and {left_out} more columns\n") } else { String::new() };
            print(format!("SHA-256: {sha256}\n\n{}{more}", shown.to_text()))
        }
        Err(_) => print(format!("not fetched yet: gedanken data get {name}\n")),
    }
}
