//! Tables from files, told apart by their first bytes and their extension.

mod csv;
mod decimal;
mod delimiter;
mod parquet;
mod spreadsheet;

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::nearest::nearest;
use crate::{Error, Result, Table};

impl Table {
    /// Reads a file: text with `,`, `;` or tabs between the fields, an Excel or OpenDocument workbook, or Parquet.
    ///
    /// The first row is the header. A workbook gives its first sheet, or the one named as in `file.xlsx#Sheet`.
    /// Text must be UTF-8. A column without a name is called `column_3` after its place, and is left out if it has
    /// no values either. [`Table::notes`] tell what was decided.
    ///
    /// # Errors
    /// Everything that keeps the file from being a table, with the line where there is one.
    pub fn read(path: impl AsRef<Path>) -> Result<Table> {
        let (path, sheet) = path_and_sheet(path.as_ref());
        let file = path.display().to_string();
        let bytes = bytes(&path, &file)?;
        match kind(&bytes) {
            Kind::Parquet => parquet::read(&file, &path),
            Kind::Spreadsheet => spreadsheet::read(&file, bytes, sheet.as_deref()),
            Kind::Archive(found, hint) => Err(Error::NotATable { file, found, hint }),
            Kind::Text => {
                let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
                let (found, hint) = match extension.as_str() {
                    "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => ("not a workbook, in spite of its name", RENAME),
                    "parquet" => ("not Parquet, in spite of its name", RENAME),
                    _ => return csv::read(&file, &bytes),
                };
                Err(Error::NotATable { file, found, hint })
            }
        }
    }

    /// Reads text with `,`, `;` or tabs between the fields from memory; `source` names it in messages.
    ///
    /// # Errors
    /// As [`Table::read`].
    pub fn from_bytes(source: &str, bytes: &[u8]) -> Result<Table> {
        csv::read(source, bytes)
    }
}

const RENAME: &str = "if it is text, rename it to `.csv`; otherwise write it again";

enum Kind {
    Parquet,
    Spreadsheet,
    Archive(&'static str, &'static str),
    Text,
}

fn kind(bytes: &[u8]) -> Kind {
    match bytes {
        [b'P', b'A', b'R', b'1', ..] => Kind::Parquet,
        // Zip, and the compound file of old Excel.
        [b'P', b'K', 3, 4, ..] | [0xD0, 0xCF, 0x11, 0xE0, ..] => Kind::Spreadsheet,
        [0x1F, 0x8B, ..] => Kind::Archive("compressed with gzip", "unpack it first: `gunzip FILE`"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Kind::Archive("compressed with zstd", "unpack it first: `unzstd FILE`"),
        [b'%', b'P', b'D', b'F', ..] => Kind::Archive("a PDF document", "copy its table into a spreadsheet"),
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => Kind::Archive("text in UTF-16", "save it as CSV in UTF-8"),
        _ => Kind::Text,
    }
}

/// Cuts `file.xlsx#Sheet`, unless the file itself is called so.
fn path_and_sheet(path: &Path) -> (PathBuf, Option<String>) {
    let text = path.to_string_lossy();
    match text.rsplit_once('#') {
        Some((file, sheet)) if !sheet.is_empty() && !path.exists() => (PathBuf::from(file), Some(sheet.to_owned())),
        _ => (path.to_owned(), None),
    }
}

fn bytes(path: &Path, file: &str) -> Result<Vec<u8>> {
    let file = file.to_owned();
    if path.is_dir() {
        return Err(Error::Directory { file });
    }
    match fs::read(path) {
        Ok(bytes) if bytes.trim_ascii().is_empty() => Err(Error::Empty { file }),
        Ok(bytes) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => Err(Error::NoFile { file, hint: similar_file(path) }),
        Err(error) => Err(Error::Unreadable { file, reason: error.to_string() }),
    }
}

/// A file beside the missing one with nearly its name.
fn similar_file(path: &Path) -> String {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else {
        return format!("there is no directory `{}` either", folder.display());
    };
    let mut names: Vec<String> = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into()).collect();
    names.sort_unstable();
    let wanted = path.file_name().unwrap_or_default().to_string_lossy();
    match nearest(&wanted, names.iter().map(String::as_str)).first() {
        Some(name) => format!("did you mean `{}`?", path.with_file_name(name).display()),
        None => "check the path".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(name: &str, bytes: &[u8]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let message = Table::read(&path).unwrap_err().to_string();
        message.replace(&format!("{}/", folder.path().display()), "")
    }

    #[test]
    fn a_missing_file_is_answered_with_one_of_nearly_its_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("delaney.csv"), "a\n1\n").unwrap();
        let message = Table::read(folder.path().join("delany.csv")).unwrap_err().to_string();
        assert!(message.contains("hint: did you mean") && message.ends_with("delaney.csv`?"), "{message}");
        let message = Table::read(folder.path()).unwrap_err().to_string();
        assert!(message.contains("is a directory, expected a file with a table"), "{message}");
    }

    #[test]
    fn files_that_are_no_tables_are_called_what_they_are() {
        assert!(refusal("a.csv", b" \n").starts_with("the file `a.csv` is empty, expected a header and rows"));
        assert!(refusal("a.csv.gz", &[0x1F, 0x8B, 8]).starts_with("the file `a.csv.gz` is compressed with gzip"));
        assert!(refusal("a.csv", &[0xFF, 0xFE, b'a', 0]).starts_with("the file `a.csv` is text in UTF-16"));
        assert!(refusal("a.xlsx", b"a\n1\n").starts_with("the file `a.xlsx` is not a workbook"));
        assert!(refusal("a.xlsx", b"PK\x03\x04....").starts_with("the spreadsheet `a.xlsx` cannot be read"));
        assert!(refusal("a.parquet", b"PAR1....").starts_with("the Parquet file `a.parquet` cannot be read"));
        assert!(
            refusal("a.csv", b"a,b\n1,\x00\n")
                .contains("found a zero byte, expected text\n  --> a.csv, line 2, byte 7")
        );
        assert!(refusal("a.csv", b"a,b\n1,\xE4\n").contains("not UTF-8\n  --> a.csv, line 2, byte 7"));
    }

    #[test]
    fn a_sheet_is_named_behind_the_path() {
        let (path, sheet) = path_and_sheet(Path::new("no/such.xlsx#Sheet 2"));
        assert_eq!((path.to_str(), sheet.as_deref()), (Some("no/such.xlsx"), Some("Sheet 2")));
    }
}
