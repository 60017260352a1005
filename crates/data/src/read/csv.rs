//! Text with a delimiter.

use csv::{ReaderBuilder, StringRecord};

use super::decimal::read_decimal_commas;
use super::delimiter::sniff;
use crate::infer::parse_number;
use crate::origin::Origin;
use crate::{Column, Error, Result, Table, Text, Values};

/// Reads delimited text; all cells stay text.
pub fn read(file: &str, bytes: &[u8]) -> Result<Table> {
    let text = utf8(file, bytes)?;
    let delimiter = sniff(text);
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(text.as_bytes());
    let mut record = StringRecord::new();
    if !next(&mut reader, &mut record, file)? {
        return Err(Error::Empty { file: file.to_owned() });
    }
    let header: Vec<String> = record.iter().map(|name| name.trim().to_owned()).collect();
    let mut body =
        Body { file, text, origin: Origin::counted(file, "line"), columns: vec![Text::default(); header.len()] };
    body.check_quotes(&record, 0, reader.position().byte())?;
    while next(&mut reader, &mut record, file)? {
        body.push(&record, reader.position().byte())?;
    }
    body.drop_blank_rows();
    if body.n_rows() == 0 {
        return Err(Error::NoRows { file: file.to_owned(), n_columns: header.len() });
    }
    let Body { origin, mut columns, .. } = body;
    let mut notes = Vec::new();
    if delimiter != b',' && read_decimal_commas(&mut columns) {
        notes.push("numbers are read with decimal commas".to_owned());
    }
    if header.iter().all(|name| parse_number(name).is_some()) {
        notes.push("all column names are numbers: is the line with the names missing?".to_owned());
    }
    Table::assemble(origin, named(header, columns), notes)
}

/// Columns with their names; those without a name get one, or are left out if they are empty too.
pub fn named(header: Vec<String>, columns: Vec<Text>) -> Vec<Column> {
    let name = |(at, (name, mut text)): (usize, (String, Text))| {
        text.shrink();
        match name.is_empty() {
            true if text.iter().all(|cell| cell.is_none()) => None,
            true => Some(Column::new(&format!("column_{}", at + 1), Values::Text(text))),
            false => Some(Column::new(&name, Values::Text(text))),
        }
    };
    header.into_iter().zip(columns).enumerate().filter_map(name).collect()
}

struct Body<'a> {
    file: &'a str,
    text: &'a str,
    origin: Origin,
    columns: Vec<Text>,
}

impl Body<'_> {
    fn n_rows(&self) -> usize {
        self.columns.first().map_or(0, Text::len)
    }

    fn push(&mut self, record: &StringRecord, end: u64) -> Result<()> {
        let row = self.n_rows();
        self.check_quotes(record, row + 1, end)?;
        let line = line(self.text, record);
        if record.len() != self.columns.len() {
            let (found, expected) = (record.len(), self.columns.len());
            let hint = if record.iter().any(|cell| cell.contains('\n')) {
                "a field of this row spans several lines: look for a quotation mark too many"
            } else if found > expected {
                "put a field that contains the delimiter into quotation marks"
            } else {
                "write the delimiter also for fields that are empty"
            };
            return Err(Error::Ragged { file: self.file.to_owned(), line, row: row + 1, found, expected, hint });
        }
        self.origin.note(row, line);
        self.columns.iter_mut().zip(record).for_each(|(column, cell)| column.push(cell));
        Ok(())
    }

    /// A quotation mark that nothing closes swallows the rest of the file into the last record.
    fn check_quotes(&self, record: &StringRecord, row: usize, end: u64) -> Result<()> {
        let start = record.position().map_or(0, csv::Position::byte) as usize;
        if (end as usize) < self.text.len() {
            return Ok(());
        }
        let raw = self.text.get(start..).unwrap_or("");
        let unclosed =
            raw.bytes().filter(|&byte| byte == b'"').count() % 2 == 1 && record.iter().any(|cell| cell.contains('\n'));
        let line = line(self.text, record);
        if unclosed { Err(Error::OpenQuote { file: self.file.to_owned(), line, row }) } else { Ok(()) }
    }

    /// Spreadsheet programs export rows of bare delimiters below the table.
    fn drop_blank_rows(&mut self) {
        let blank = |row: usize| self.columns.iter().all(|column| column.get(row).is_none());
        let n_rows = (0..self.n_rows()).rev().find(|&row| !blank(row)).map_or(0, |row| row + 1);
        self.columns.iter_mut().for_each(|column| column.truncate(n_rows));
    }
}

fn next(reader: &mut csv::Reader<&[u8]>, record: &mut StringRecord, file: &str) -> Result<bool> {
    // The text is valid and lengths are free, so only a defect of the reader could end here.
    reader.read_record(record).map_err(|error| Error::Unreadable { file: file.to_owned(), reason: error.to_string() })
}

/// The line of a record; the reader counts from the blank lines before it.
fn line(text: &str, record: &StringRecord) -> usize {
    let Some(position) = record.position() else { return 0 };
    let before = text.as_bytes()[(position.byte() as usize).min(text.len())..].iter();
    let blank = before.take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|&&byte| byte == b'\n').count();
    position.line() as usize + blank
}

/// The text without a byte order mark.
fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str> {
    let line = |at: usize| 1 + bytes[..at].iter().filter(|&&byte| byte == b'\n').count();
    if let Some(at) = bytes.iter().position(|&byte| byte == 0) {
        return Err(Error::ZeroByte { file: file.to_owned(), line: line(at), byte: at + 1 });
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.strip_prefix('\u{FEFF}').unwrap_or(text)),
        Err(error) => {
            let at = error.valid_up_to();
            Err(Error::NotUtf8 { file: file.to_owned(), line: line(at), byte: at + 1 })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table> {
        read("a.csv", text.as_bytes())
    }

    fn refusal(text: &str) -> String {
        table(text).unwrap_err().to_string()
    }

    fn cells(table: &Table, name: &str) -> Vec<Option<String>> {
        table.column(name).unwrap().as_text()
    }

    #[test]
    fn names_units_and_missing_cells_are_read() -> Result<()> {
        let table = table("\u{FEFF}smiles,logS [mol/L],\nCCO, -0.77 ,x\nc1ccccc1,n/a,\n")?;
        assert_eq!(table.n_rows, 2);
        assert_eq!(table.column("logS")?.numbers(), crate::Numeric::Numbers(vec![Some(-0.77), None]));
        assert_eq!(cells(&table, "column_3"), [Some("x".to_owned()), None]);
        Ok(())
    }

    #[test]
    fn quoted_fields_may_hold_delimiters_quotes_and_line_breaks() -> Result<()> {
        let table = table("name,x\n\"1,2-\"\"di\"\"\nol\",1\nb,2\n")?;
        assert_eq!(cells(&table, "name")[0].as_deref(), Some("1,2-\"di\"\nol"));
        assert_eq!(table.columns[0].place(1), "row 2 (line 4)");
        Ok(())
    }

    #[test]
    fn decimal_commas_are_read_where_semicolons_divide() -> Result<()> {
        let table = table("name;x;y\na, b;1,5;2\nc;-2,5e3;3\n")?;
        assert_eq!(table.column("x")?.as_numbers()?, [Some(1.5), Some(-2500.0)]);
        assert_eq!(cells(&table, "name")[0].as_deref(), Some("a, b"));
        assert_eq!(table.notes, ["numbers are read with decimal commas"]);
        Ok(())
    }

    #[test]
    fn a_ragged_row_is_named_by_line_and_row() {
        assert_eq!(
            refusal("a,b\n1,2\n\n1,2,3\n"),
            "found 3 fields, expected 2 as in the header\n  --> a.csv, line 4 (row 2)\n\
             hint: put a field that contains the delimiter into quotation marks"
        );
    }

    #[test]
    fn a_quotation_mark_must_be_closed() {
        assert!(
            refusal("a,b\n1,\"2\n3,4\n")
                .starts_with("found a quotation mark that is never closed\n  --> a.csv, line 2")
        );
    }

    #[test]
    fn a_header_alone_is_no_table() {
        assert!(refusal("a,b\n").starts_with("found a header with 2 columns but no rows"));
        assert!(refusal("a,b\n,\n").starts_with("found a header with 2 columns but no rows"));
    }

    #[test]
    fn blank_columns_and_rows_at_the_border_are_left_out() -> Result<()> {
        let table = table("a,b,\n1,2,\n,,\n")?;
        assert_eq!((table.n_rows, table.columns.len()), (1, 2));
        Ok(())
    }

    #[test]
    fn a_missing_header_is_noted() -> Result<()> {
        assert!(table("1,2\n3,4\n")?.notes[0].contains("is the line with the names missing?"));
        Ok(())
    }
}
