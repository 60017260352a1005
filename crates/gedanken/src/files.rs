//! Files that are either whole or not there.

use std::fs::{self, File};
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
pub(crate) fn replace_quickly(path: &Path, bytes: &[u8]) -> Result<()> {
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

/// Writes pictures into a folder, each as SVG and as JSON for Plotly, under its name behind a prefix.
///
/// # Errors
/// The folder or a file cannot be written.
pub fn write_figures(folder: &Path, prefix: &str, figures: &[(String, report::Figure)]) -> Result<()> {
    create_folder(folder)?;
    for (name, figure) in figures {
        let write = |ending: &str, text: String| {
            write_atomically(&folder.join(format!("{prefix}{name}.{ending}")), text.as_bytes())
        };
        write("svg", figure.to_svg())?;
        write("json", format!("{:#}\n", figure.to_plotly()))?;
    }
    Ok(())
}

/// Creates a folder and those above it.
pub(crate) fn create_folder(path: &Path) -> Result<()> {
    fs::create_dir_all(path).map_err(|e| Error::file("folder", "created", path, &e))
}

/// The path and the bytes of the file of a model: itself, or that in the folder of a run.
pub(crate) fn read_model(path: &Path) -> Result<(PathBuf, Vec<u8>)> {
    let file = if path.is_dir() { path.join("model.safetensors") } else { path.to_owned() };
    if path.is_dir() && !file.exists() && path.join("experiment.toml").exists() {
        let (what, done, path) = ("model", "read", file.display().to_string());
        let (reason, hint) = ("the run is not finished".to_owned(), "go on with it: `gedanken fit --resume FOLDER`");
        return Err(Error::File { what, done, path, reason, hint });
    }
    let bytes = read("model", &file)?;
    Ok((file, bytes))
}

/// Reads a whole file.
pub(crate) fn read(what: &'static str, path: &Path) -> Result<Vec<u8>> {
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
