//! Files that are either whole or not there.

use std::fs;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes `bytes` to a temporary name beside `path`, flushes them to the disk, and renames: what was there before stays
/// whole until the new file is.
pub fn write_atomically(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, &|file| file.sync_all())?;
    match path.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(parent) => {
            File::open(parent).and_then(|p| p.sync_all()).map_err(|e| Error::file("file", "written", path, &e))
        }
        None => Ok(()),
    }
}

/// The same without waiting for the disk: a killed program loses nothing, a power failure may take the file. For what
/// is written many times a second, such as checkpoints.
pub fn replace_quickly(path: &Path, bytes: &[u8]) -> Result<()> {
    replace(path, bytes, &|_| Ok(()))
}

fn replace(path: &Path, bytes: &[u8], flush: &dyn Fn(&File) -> std::io::Result<()>) -> Result<()> {
    let temporary = temporary_name(path);
    let write = || -> std::io::Result<()> {
        let mut file = File::create(&temporary)?;
        file.write_all(bytes)?;
        flush(&file)?;
        fs::rename(&temporary, path)
    };
    write().map_err(|e| {
        // The error is about the file; a left-over temporary one is harmless.
        let _ = fs::remove_file(&temporary);
        Error::file("file", "written", path, &e)
    })
}

/// Creates a folder and those above it.
pub fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::file("folder", "created", path, &e))
}

/// Reads a whole file.
pub fn read(what: &'static str, path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|e| Error::file(what, "read", path, &e))
}

fn temporary_name(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.tmp", std::process::id()));
    path.with_file_name(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let folder = std::env::temp_dir().join(format!("gedanken-files-{}", std::process::id()));
        create_folder(&folder).unwrap();
        let path = folder.join("x");
        write_atomically(&path, b"one").unwrap();
        write_atomically(&path, b"two").unwrap();
        assert_eq!(read("file", &path).unwrap(), b"two");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(&folder).unwrap();
    }
}
