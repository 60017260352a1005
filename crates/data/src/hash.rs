//! SHA-256 [FIPS180-4], which names data in a model file and finds equal rows.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::{Error, Result, Table, Values};

/// The hash of a file's bytes as 64 hexadecimal digits.
///
/// # Errors
/// The file is not there or cannot be read.
pub fn of_file(path: impl AsRef<Path>) -> Result<String> {
    let path = path.as_ref();
    let file = path.display().to_string();
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::NotFound => Error::NoFile { file: file.clone(), hint: "check the path".to_owned() },
        _ => Error::Unreadable { file: file.clone(), reason: error.to_string() },
    };
    let mut reader = File::open(path).map_err(failed)?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 1 << 16];
    loop {
        match reader.read(&mut block).map_err(failed)? {
            0 => return Ok(hex(hash)),
            n => hash.update(&block[..n]),
        }
    }
}

/// The hash of bytes in memory.
///
/// ```
/// assert!(data::hash::of_bytes(b"abc").starts_with("ba7816bf")); // FIPS 180-4, appendix B.1
/// ```
pub fn of_bytes(bytes: &[u8]) -> String {
    let mut hash = Sha256::new();
    hash.update(bytes);
    hex(hash)
}

/// The hash of a table's names, units and cells, whatever file they came from.
pub fn of_table(table: &Table) -> String {
    let mut hash = Sha256::new();
    for column in &table.columns {
        word(&mut hash, &column.header());
        match &column.values {
            // Every missing number has the same bits.
            Values::Number(numbers) => {
                numbers.iter().for_each(|x| hash.update(if x.is_nan() { f64::NAN } else { *x }.to_bits().to_le_bytes()))
            }
            Values::Text(text) => text.iter().for_each(|cell| word(&mut hash, cell.unwrap_or(""))),
        }
    }
    hex(hash)
}

/// A key for each row of a row-major matrix with `width` columns; rows with the same numbers have the same key.
pub fn of_rows(rows: &[f32], width: usize) -> Vec<String> {
    let key = |row: &[f32]| {
        let mut hash = Sha256::new();
        // Adding zero makes -0 and 0 the same number.
        row.iter().for_each(|x| hash.update((if x.is_nan() { f32::NAN } else { x + 0.0 }).to_bits().to_le_bytes()));
        hex(hash)
    };
    rows.chunks(width.max(1)).map(key).collect()
}

/// Text with its length before it, so that `ab`, `c` and `a`, `bc` differ.
fn word(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_le_bytes());
    hash.update(text);
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Column;

    #[test]
    fn a_file_has_the_hash_of_its_bytes() -> std::io::Result<()> {
        let file = tempfile::NamedTempFile::new()?;
        std::fs::write(&file, "abc")?;
        assert_eq!(of_file(&file), Ok(of_bytes(b"abc")));
        assert!(matches!(of_file("no/such/file"), Err(Error::NoFile { .. })));
        Ok(())
    }

    #[test]
    fn a_table_changes_its_hash_with_a_name_or_a_cell() -> Result<()> {
        let hash = |header: &str, x: f64| {
            Table::from_columns("t", vec![Column::new(header, Values::Number(vec![x]))]).map(|table| of_table(&table))
        };
        assert_eq!(hash("a", f64::NAN)?, hash("a", -f64::NAN)?);
        assert_ne!(hash("a", 1.0)?, hash("b", 1.0)?);
        assert_ne!(hash("a", 1.0)?, hash("a", 2.0)?);
        Ok(())
    }

    #[test]
    fn equal_rows_have_equal_keys() {
        let keys = of_rows(&[0.0, 1.0, -0.0, 1.0, 2.0, 1.0], 2);
        assert_eq!(keys[0], keys[1]);
        assert_ne!(keys[0], keys[2]);
    }
}
