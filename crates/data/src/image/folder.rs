//! A folder with a folder for each class.

use std::fs;
use std::path::{Path, PathBuf};

use crate::nearest::listed;
use crate::{Column, Error, Result, Table, Text, Values};

/// Endings of files that are taken for images.
const ENDINGS: [&str; 5] = ["png", "jpg", "jpeg", "tif", "tiff"];

/// A table with the columns `image` and `class`, in the order of their names, and the path of each image; where no folder holds
/// images, those that stand alone, with the column `image`. Files whose name begins with a point are hidden; others that are no
/// images are noted.
pub(super) fn list(folder: &Path) -> Result<(Table, Vec<PathBuf>)> {
    let (mut images, mut classes, mut paths) = (Vec::new(), Vec::new(), Vec::new());
    let (mut others, mut alone, mut paths_alone) = (Vec::new(), Vec::new(), Vec::new());
    for (class, path) in entries(folder)? {
        if !path.is_dir() {
            if is_image(&path) {
                alone.push(class);
                paths_alone.push(path);
            } else {
                others.push(class)
            }
            continue;
        }
        for (name, path) in entries(&path)? {
            let name = format!("{class}/{name}");
            if path.is_dir() || !is_image(&path) {
                others.push(name);
                continue;
            }
            images.push(name);
            classes.push(class.clone());
            paths.push(path);
        }
    }
    let place = folder.display().to_string();
    if images.is_empty() && alone.is_empty() {
        let found = "it has no PNG, JPEG or TIFF files, nor folders with them".into();
        let hint = "put the images of each class into a folder with its name, or name a table with a column of paths";
        return Err(Error::NoImages { place, found, hint: hint.into() });
    }
    let column = |name: &str, cells: &[String]| Column::new(name, Values::Text(cells.iter().collect::<Text>()));
    let mut table = if images.is_empty() {
        paths = paths_alone;
        Table::from_columns(&place, vec![column("image", &alone)])?
    } else {
        others.extend(alone);
        Table::from_columns(&place, vec![column("image", &images), column("class", &classes)])?
    };
    if !others.is_empty() {
        table.notes.push(format!(
            "{} that {} left out: {}",
            counted(others.len(), "file"),
            if others.len() == 1 { "is not an image is" } else { "are not images of a class are" },
            listed(others.iter().map(String::as_str))
        ));
    }
    Ok((table, paths))
}

/// Names and paths of what stands in a folder, sorted.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let fault = |e: std::io::Error| Error::Unreadable { file: folder.display().to_string(), reason: e.to_string() };
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        names.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    names.retain(|(name, _)| !name.starts_with('.'));
    names.sort_unstable();
    Ok(names)
}

fn is_image(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    ENDINGS.contains(&ending.as_str())
}

fn counted(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}
