//! The folders of the workspace that hold a crate, with all that is read of them.

use std::path::{Path, PathBuf};

use super::modules::Crate;
use crate::process::root;
use crate::result::Result;

/// A crate of the workspace.
pub struct Place {
    /// The name of its folder.
    pub name: String,
    pub folder: PathBuf,
    pub code: Crate,
    /// Lines of every file of Rust under `src`, by its path there.
    pub lines: Vec<(PathBuf, usize)>,
}

/// All crates: those in `crates` by name, then those beside it.
pub fn places() -> Result<Vec<Place>> {
    let root = root()?;
    let mut folders = inside(&root.join("crates"))?;
    folders.extend(["python", "xtask", "bench"].map(|name| root.join(name)));
    folders.into_iter().filter(|folder| folder.join("Cargo.toml").exists()).map(place).collect()
}

fn place(folder: PathBuf) -> Result<Place> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let sources = folder.join("src");
    Ok(Place { name, code: Crate::read(&sources)?, lines: lines(&sources)?, folder })
}

/// The lines of all files of Rust in a folder and the folders inside it.
pub fn lines(folder: &Path) -> Result<Vec<(PathBuf, usize)>> {
    let (mut found, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(next) = open.pop() {
        for path in inside(&next)? {
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let n = text(&path)?.lines().count();
                found.push((path.strip_prefix(folder).unwrap_or(&path).to_owned(), n));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// What stands in a file.
pub fn text(file: &Path) -> Result<String> {
    std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))
}

fn inside(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(failed)?;
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path()).map_err(failed)).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
