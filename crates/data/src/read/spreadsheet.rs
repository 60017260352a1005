//! Excel and OpenDocument workbooks.

use std::io::Cursor;

use calamine::{Data, ExcelDateTime, Range, Reader, Sheets, open_workbook_auto_from_rs};

use crate::nearest::{listed, nearest};
use crate::origin::Origin;
use crate::{Column, Error, Result, Table, Text, Values};

/// Reads the sheet called `sheet`, or the first one; its first row that is not blank is the header.
pub fn read(file: &str, bytes: Vec<u8>, sheet: Option<&str>) -> Result<Table> {
    let failed = |error: calamine::Error| Error::Spreadsheet { file: file.to_owned(), reason: error.to_string() };
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(failed)?;
    let name = sheet_name(file, &book, sheet)?;
    let range = book.worksheet_range(&name).map_err(failed)?;
    table(&sheet.map_or(file.to_owned(), |sheet| format!("{file}#{sheet}")), &range)
}

fn sheet_name(file: &str, book: &Sheets<Cursor<Vec<u8>>>, wanted: Option<&str>) -> Result<String> {
    let names = book.sheet_names();
    let file = file.to_owned();
    let Some(wanted) = wanted else { return names.first().cloned().ok_or(Error::Empty { file }) };
    if names.iter().any(|name| name == wanted) {
        return Ok(wanted.to_owned());
    }
    let hint = match nearest(wanted, names.iter().map(String::as_str)).first() {
        Some(near) => format!("did you mean `{file}#{near}`?"),
        None => format!("write `{file}#SHEET` with one of these names"),
    };
    Err(Error::UnknownSheet { file, sheet: wanted.to_owned(), sheets: listed(names.iter().map(String::as_str)), hint })
}

fn table(file: &str, range: &Range<Data>) -> Result<Table> {
    let rows: Vec<&[Data]> = range.rows().collect();
    let filled = |row: &&[Data]| row.iter().any(|cell| !text(cell).trim().is_empty());
    let Some(top) = rows.iter().position(filled) else { return Err(Error::Empty { file: file.to_owned() }) };
    let last = rows.iter().rposition(filled).unwrap_or(top);
    let (header, body) = (rows[top], &rows[top + 1..=last]);
    if body.is_empty() {
        return Err(Error::NoRows { file: file.to_owned(), n_columns: header.len() });
    }
    let mut origin = Origin::counted(file, "sheet row");
    let first_line = range.start().map_or(0, |(row, _)| row as usize) + top + 2;
    origin.note(0, first_line);
    let column = |at: usize| {
        let cells = || body.iter().map(move |row| &row[at]);
        let name = text(&header[at]);
        match name.trim().is_empty() {
            true if cells().all(|cell| text(cell).trim().is_empty()) => None,
            true => Some(Column::new(&format!("column_{}", at + 1), values(cells()))),
            false => Some(Column::new(&name, values(cells()))),
        }
    };
    Table::assemble(origin, (0..header.len()).filter_map(column).collect(), Vec::new())
}

/// Numbers if all cells that are filled are numbers, text otherwise.
fn values<'a>(cells: impl Iterator<Item = &'a Data> + Clone) -> Values {
    let number = |cell: &Data| match cell {
        Data::Int(x) => Some(*x as f64),
        Data::Float(x) => Some(*x),
        other => crate::is_missing(&text(other)).then_some(f64::NAN),
    };
    match cells.clone().map(number).collect() {
        Some(numbers) => Values::Number(numbers),
        None => Values::Text(cells.map(text).collect::<Text>()),
    }
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Int(x) => x.to_string(),
        Data::Float(x) => x.to_string(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::Bool(truth) => truth.to_string(),
        Data::Error(error) => error.to_string(),
        Data::DateTime(time) => iso(time),
    }
}

/// `2024-05-17`, or `2024-05-17T08:30:00` where the time of day is not midnight; durations as a number of days.
fn iso(time: &ExcelDateTime) -> String {
    if time.is_duration() {
        return time.as_f64().to_string();
    }
    let (year, month, day, hour, minute, second, milli) = time.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    match (hour, minute, second, milli) {
        (0, 0, 0, 0) => date,
        (_, _, _, 0) => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        _ => format!("{date}T{hour:02}:{minute:02}:{second:02}.{milli:03}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use calamine::{CellErrorType, ExcelDateTimeType};

    fn range(rows: &[&[Data]]) -> Range<Data> {
        let mut range = Range::new((2, 0), (1 + rows.len() as u32, rows[0].len() as u32 - 1));
        for (at, row) in rows.iter().enumerate() {
            row.iter()
                .enumerate()
                .for_each(|(column, cell)| range.set_value((2 + at as u32, column as u32), cell.clone()));
        }
        range
    }

    fn words(texts: &[&str]) -> Vec<Data> {
        texts.iter().map(|text| Data::String((*text).to_owned())).collect()
    }

    #[test]
    fn numbers_stay_numbers_and_dates_become_iso_text() -> Result<()> {
        let day = ExcelDateTime::new(45429.0, ExcelDateTimeType::DateTime, false);
        let range = range(&[
            &words(&["x [g]", "day", "mixed"]),
            &[Data::Float(0.5), Data::DateTime(day), Data::Int(3)],
            &[Data::Error(CellErrorType::NA), Data::Empty, Data::String("a".to_owned())],
        ]);
        let table = table("a.xlsx", &range)?;
        assert_eq!(table.column("x")?.as_numbers()?, [Some(0.5), None]);
        assert!(matches!(table.column("x")?.values, Values::Number(_)));
        assert_eq!(table.column("day")?.as_text(), [Some("2024-05-17".to_owned()), None]);
        assert_eq!(table.column("mixed")?.as_text(), [Some("3".to_owned()), Some("a".to_owned())]);
        assert_eq!(table.columns[0].place(0), "row 1 (sheet row 4)");
        Ok(())
    }

    #[test]
    fn a_sheet_without_rows_is_refused() {
        assert!(matches!(table("a.xlsx", &range(&[&words(&["x"])])), Err(Error::NoRows { n_columns: 1, .. })));
        assert!(matches!(table("a.xlsx", &Range::empty()), Err(Error::Empty { .. })));
    }
}
