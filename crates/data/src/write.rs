//! Tables on their way into a file: CSV, TSV or Parquet, by the ending of its name.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array, StringArray};
use arrow::record_batch::RecordBatch;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

use crate::files::write_atomically;
use crate::{Error, Result, Table, Values};

/// A field of a CSV line, in quotes where it needs them.
///
/// ```
/// assert_eq!(data::write::quoted("rate, 1/s"), "\"rate, 1/s\"");
/// ```
pub fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

impl Table {
    /// The table as CSV: shortest decimals that are read as the same numbers; missing cells are empty.
    pub fn to_csv(&self) -> String {
        let mut csv: String = self.columns.iter().map(|column| quoted(&column.header())).collect::<Vec<_>>().join(",");
        csv.push('\n');
        for row in 0..self.n_rows {
            for (at, column) in self.columns.iter().enumerate() {
                if at > 0 {
                    csv.push(',');
                }
                match &column.values {
                    Values::Number(numbers) if numbers[row].is_nan() => {}
                    Values::Number(numbers) => csv.push_str(&numbers[row].to_string()),
                    Values::Text(text) => csv.push_str(&quoted(text.get(row).unwrap_or_default())),
                }
            }
            csv.push('\n');
        }
        csv
    }

    /// Writes the table to a file, whole or not at all: Parquet where its name ends so, else CSV.
    ///
    /// # Errors
    /// An ending that is neither; a file that cannot be written.
    pub fn write(&self, path: &Path) -> Result<()> {
        let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        match extension.as_str() {
            "csv" => write_atomically(path, self.to_csv().as_bytes()),
            "parquet" => write_atomically(path, &self.to_parquet(path)?),
            _ => Err(Error::File {
                what: "table",
                done: "written",
                path: path.display().to_string(),
                reason: "its name ends neither in `.csv` nor in `.parquet`".into(),
                hint: "give the file one of these endings",
                missing: false,
            }),
        }
    }

    fn to_parquet(&self, path: &Path) -> Result<Vec<u8>> {
        let failed = |reason: String| Error::File {
            what: "table",
            done: "written",
            path: path.display().to_string(),
            reason,
            hint: "give columns different names",
            missing: false,
        };
        let array = |values: &Values| -> ArrayRef {
            match values {
                Values::Number(numbers) => {
                    let known = numbers.iter().map(|&x| Some(x).filter(|x| !x.is_nan()));
                    Arc::new(known.collect::<Float64Array>())
                }
                Values::Text(text) => Arc::new((0..text.len()).map(|row| text.get(row)).collect::<StringArray>()),
            }
        };
        let columns = self.columns.iter().map(|column| (column.header(), array(&column.values), true));
        let batch = RecordBatch::try_from_iter_with_nullable(columns).map_err(|e| failed(e.to_string()))?;
        let settings = WriterProperties::builder().set_compression(Compression::ZSTD(ZstdLevel::default())).build();
        let mut bytes = Vec::new();
        let mut writer =
            ArrowWriter::try_new(&mut bytes, batch.schema(), Some(settings)).map_err(|e| failed(e.to_string()))?;
        writer.write(&batch).and_then(|()| writer.close()).map_err(|e| failed(e.to_string()))?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    fn table() -> Table {
        let text: crate::Text = ["a, \"b\"", "", "c"].into_iter().collect();
        let columns = vec![
            Column::new("x [m]", Values::Number(vec![0.1, f64::NAN, 1e300])),
            Column::new("name", Values::Text(text)),
        ];
        Table::from_columns("memory", columns).unwrap()
    }

    #[test]
    fn csv_and_parquet_are_read_as_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["t.csv", "t.parquet"] {
            let path = folder.path().join(name);
            table().write(&path).unwrap();
            let read = Table::read(&path).unwrap();
            assert_eq!(read.column("x").unwrap().as_numbers().unwrap(), [Some(0.1), None, Some(1e300)], "{name}");
            let names = [Some("a, \"b\"".to_owned()), None, Some("c".to_owned())];
            assert_eq!(read.column("name").unwrap().as_text(), names, "{name}");
        }
    }

    #[test]
    fn another_ending_is_told() {
        let said = table().write(Path::new("t.xlsx")).unwrap_err().to_string();
        assert!(said.contains("neither in `.csv` nor in `.parquet`"), "{said}");
    }
}
