//! Parquet files.

use std::fs::File;
use std::path::Path;

use arrow::array::{Array, ArrayRef, AsArray, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type, Schema};
use arrow::error::ArrowError;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::origin::Origin;
use crate::{Column, Error, Result, Table, Text, Values};

/// Reads all columns whose type is a number, text, truth value, date or time; a note names the others.
///
/// Null is a missing cell. Whole numbers from 2^53 on, which f64 cannot hold, stay text.
pub fn read(file: &str, path: &Path) -> Result<Table> {
    let failed = |reason: String| Error::Parquet { file: file.to_owned(), reason };
    let open = File::open(path).map_err(|error| failed(error.to_string()))?;
    let builder = ParquetRecordBatchReaderBuilder::try_new(open).map_err(|error| failed(error.to_string()))?;
    let schema = builder.schema().clone();
    let mut columns: Vec<Option<Values>> = schema.fields().iter().map(|field| start(field.data_type())).collect();
    let reader = builder.build().map_err(|error| failed(error.to_string()))?;
    for batch in reader {
        let batch = batch.map_err(|error| failed(error.to_string()))?;
        for (values, array) in columns.iter_mut().zip(batch.columns()) {
            if let Some(values) = values {
                extend(values, array).map_err(|error| failed(error.to_string()))?;
            }
        }
    }
    finish(file, &schema, columns)
}

fn finish(file: &str, schema: &Schema, columns: Vec<Option<Values>>) -> Result<Table> {
    let mut notes = Vec::new();
    let mut kept = Vec::new();
    for (at, (field, values)) in schema.fields().iter().zip(columns).enumerate() {
        let name = if field.name().trim().is_empty() { format!("column_{}", at + 1) } else { field.name().clone() };
        match values {
            Some(values) => kept.push(Column::new(&name, values)),
            None => notes.push(format!("column `{name}` is left out: its type is {}", field.data_type())),
        }
    }
    if kept.first().is_none_or(Column::is_empty) {
        return Err(Error::NoRows { file: file.to_owned(), n_columns: kept.len() });
    }
    Table::assemble(Origin::new(file), kept, notes)
}

/// The empty column for a type, or nothing for a type that is not a plain cell.
fn start(kind: &DataType) -> Option<Values> {
    use DataType::*;
    match kind {
        Dictionary(_, values) => start(values),
        Null | Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32 | UInt64 | Float16 | Float32 | Float64 => {
            Some(Values::Number(Vec::new()))
        }
        Decimal32(..) | Decimal64(..) | Decimal128(..) | Decimal256(..) => Some(Values::Number(Vec::new())),
        Boolean | Utf8 | LargeUtf8 | Utf8View | Date32 | Date64 | Time32(_) | Time64(_) | Timestamp(..) => {
            Some(Values::Text(Text::default()))
        }
        _ => None,
    }
}

fn extend(values: &mut Values, array: &ArrayRef) -> std::result::Result<(), ArrowError> {
    if matches!(values, Values::Number(_)) && beyond_f64(array)? {
        *values = Values::Text(as_text(values));
    }
    match values {
        Values::Number(numbers) => {
            let array = cast(array, &DataType::Float64)?;
            numbers.extend(array.as_primitive::<Float64Type>().iter().map(|x| x.unwrap_or(f64::NAN)));
        }
        Values::Text(text) => {
            let array = cast(&in_utc(array)?, &DataType::Utf8)?;
            let array: &StringArray = array.as_string();
            array.iter().for_each(|cell| text.push(cell.unwrap_or("")));
        }
    }
    Ok(())
}

/// Whether whole numbers would lose digits as f64.
fn beyond_f64(array: &ArrayRef) -> std::result::Result<bool, ArrowError> {
    // 2^53: the number after it is rounded to it.
    const LARGEST: f64 = 9_007_199_254_740_992.0;
    let whole = match array.data_type() {
        DataType::Dictionary(_, values) => matches!(**values, DataType::Int64 | DataType::UInt64),
        kind => matches!(kind, DataType::Int64 | DataType::UInt64),
    };
    if !whole {
        return Ok(false);
    }
    let numbers = cast(array, &DataType::Float64)?;
    Ok(numbers.as_primitive::<Float64Type>().iter().flatten().any(|x| x.abs() >= LARGEST))
}

fn as_text(values: &Values) -> Text {
    match values {
        Values::Number(numbers) => numbers.iter().map(|x| x.to_string()).collect(),
        Values::Text(text) => text.clone(),
    }
}

/// Timestamps of a time zone as the instant they are, so that no table of time zones is needed.
fn in_utc(array: &ArrayRef) -> std::result::Result<ArrayRef, ArrowError> {
    match array.data_type() {
        DataType::Timestamp(unit, Some(_)) => {
            let utc = DataType::Timestamp(*unit, Some("+00:00".into()));
            let data = array.to_data().into_builder().data_type(utc).build()?;
            Ok(arrow::array::make_array(data))
        }
        _ => Ok(array.clone()),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use arrow::array::{
        BooleanArray, Date32Array, Decimal128Array, Int64Array, ListArray, RecordBatch, TimestampSecondArray,
    };
    use arrow::datatypes::{Int32Type, Int64Type};
    use parquet::arrow::ArrowWriter;

    fn table(columns: Vec<(&str, ArrayRef)>) -> Result<Table> {
        let batch = RecordBatch::try_from_iter(columns).unwrap();
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut writer = ArrowWriter::try_new(file.reopen().unwrap(), batch.schema(), None).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
        Table::read(file.path())
    }

    fn texts(table: &Table, name: &str) -> Vec<String> {
        table.column(name).unwrap().as_text().into_iter().map(|cell| cell.unwrap_or("missing".to_owned())).collect()
    }

    #[test]
    fn numbers_of_all_kinds_become_numbers() -> Result<()> {
        let decimal = Decimal128Array::from(vec![Some(150), None]).with_precision_and_scale(9, 2).unwrap();
        let table =
            table(vec![("n", Arc::new(Int64Array::from(vec![Some(3), None]))), ("price [EUR]", Arc::new(decimal))])?;
        assert_eq!(table.column("n")?.as_numbers()?, [Some(3.0), None]);
        assert_eq!(table.column("price")?.as_numbers()?, [Some(1.5), None]);
        Ok(())
    }

    #[test]
    fn words_truths_and_times_become_text() -> Result<()> {
        let words = arrow::array::DictionaryArray::<Int32Type>::from_iter([Some("water"), None]);
        let instants = TimestampSecondArray::from(vec![0, 3600]).with_timezone("Europe/Berlin");
        let table = table(vec![
            ("solvent", Arc::new(words)),
            ("active", Arc::new(BooleanArray::from(vec![true, false]))),
            ("day", Arc::new(Date32Array::from(vec![0, 1]))),
            ("at", Arc::new(instants)),
        ])?;
        assert_eq!(texts(&table, "solvent"), ["water", "missing"]);
        assert_eq!(texts(&table, "active"), ["true", "false"]);
        assert_eq!(texts(&table, "day"), ["1970-01-01", "1970-01-02"]);
        assert_eq!(table.column("at")?.times()?, [0.0, 3600.0]);
        Ok(())
    }

    #[test]
    fn whole_numbers_that_f64_cannot_hold_keep_their_digits() -> Result<()> {
        let table = table(vec![("id", Arc::new(Int64Array::from(vec![9_007_199_254_740_993, 7])))])?;
        assert_eq!(texts(&table, "id"), ["9007199254740993", "7"]);
        Ok(())
    }

    #[test]
    fn a_nested_column_is_left_out_with_a_note() -> Result<()> {
        let lists = ListArray::from_iter_primitive::<Int64Type, _, _>([Some([Some(1)])]);
        let table = table(vec![("x", Arc::new(Int64Array::from(vec![1]))), ("lists", Arc::new(lists))])?;
        assert_eq!(table.columns.len(), 1);
        assert!(table.notes[0].starts_with("column `lists` is left out: its type is List"), "{}", table.notes[0]);
        Ok(())
    }
}
