//! Files of spectra become one table.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Spectrum, read};
use crate::spectrum::resample::{covered, interpolate};
use crate::{Column, Error, Result, Table, Text, Values};

/// The spectra of a folder, or of the files that a column of a table names, as a table with a row for each: what was known of it,
/// then a column for each point of the axis. In a folder the `.jdx` and `.dx` of each folder inside are a class; those beside them
/// have none. The axis is that of the first spectrum; others are brought to it along straight lines.
///
/// # Errors
/// No such files, what is wrong in one, and a spectrum that does not cover the axis of the first.
pub fn tabulate(path: &Path, column: Option<&str>) -> Result<Table> {
    let source = path.display().to_string();
    let (beside, files) = match column {
        Some(name) => of_table(path, name)?,
        None => of_folder(path)?,
    };
    let read: Vec<Vec<Spectrum>> = files.par_iter().map(|file| read(file)).collect::<Result<_>>()?;
    let rows: Vec<usize> = read.iter().enumerate().flat_map(|(file, all)| vec![file; all.len()]).collect();
    let spectra: Vec<&Spectrum> = read.iter().flatten().collect();
    let Some(first) = spectra.first() else {
        return Err(Error::NoSpectra { place: source });
    };
    let axis = &first.x;
    let on_axis = |(row, spectrum): (usize, &&Spectrum)| {
        let file = || files[rows[row]].display().to_string();
        if spectrum.x_units != first.x_units {
            let (found, expected) = (spectrum.x_units.clone(), first.x_units.clone());
            return Err(Error::SpectrumUnits { file: file(), found, expected });
        }
        covered(&spectrum.x, axis).map_err(|reason| Error::SpectrumFile { file: file(), reason: Box::new(reason) })?;
        Ok(if spectrum.x == *axis { spectrum.y.clone() } else { interpolate(&spectrum.x, &spectrum.y, axis) })
    };
    let y: Vec<Vec<f64>> = spectra.iter().enumerate().map(on_axis).collect::<Result<_>>()?;
    let mut columns = beside.select(&rows).columns;
    if !columns.iter().any(|column| column.name == "title") {
        let titles: Text = spectra.iter().map(|spectrum| spectrum.title.as_str()).collect();
        columns.push(Column::new("title", Values::Text(titles)));
    }
    columns.extend(
        axis.iter()
            .enumerate()
            .map(|(at, x)| Column::new(&x.to_string(), Values::Number(y.iter().map(|row| row[at]).collect()))),
    );
    Table::from_columns(&source, columns)
}

fn of_table(path: &Path, name: &str) -> Result<(Table, Vec<PathBuf>)> {
    let table = Table::read(path)?;
    let column = table.column(name)?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let file = |(row, cell): (usize, Option<String>)| match cell {
        Some(cell) => Ok(folder.join(cell)),
        None => Err(Error::NoPath { file: table.source.clone(), column: column.header(), place: column.place(row) }),
    };
    let files = column.as_text().into_iter().enumerate().map(file).collect::<Result<_>>()?;
    Ok((table, files))
}

fn of_folder(folder: &Path) -> Result<(Table, Vec<PathBuf>)> {
    let (mut names, mut classes, mut files) = (Text::default(), Text::default(), Vec::new());
    for (class, path) in entries(folder)? {
        let inside = if path.is_dir() { entries(&path)? } else { Vec::new() };
        let alone = (String::new(), path.clone());
        for (name, path) in inside.into_iter().chain(std::iter::once(alone)).filter(|(_, path)| is_spectrum(path)) {
            names.push(&if name.is_empty() { class.clone() } else { format!("{class}/{name}") });
            classes.push(if name.is_empty() { "" } else { &class });
            files.push(path);
        }
    }
    let mut columns = vec![Column::new("file", Values::Text(names))];
    if classes.iter().any(|class| class.is_some()) {
        columns.push(Column::new("class", Values::Text(classes)));
    }
    Ok((Table::from_columns(&folder.display().to_string(), columns)?, files))
}

/// Names and paths of what stands in a folder and is not hidden, sorted.
fn entries(folder: &Path) -> Result<Vec<(String, PathBuf)>> {
    let fault = |e: std::io::Error| Error::Unreadable { file: folder.display().to_string(), reason: e.to_string() };
    let mut entries = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        entries.push((entry.file_name().to_string_lossy().into_owned(), entry.path()));
    }
    entries.retain(|(name, _)| !name.starts_with('.'));
    entries.sort_unstable();
    Ok(entries)
}

fn is_spectrum(path: &Path) -> bool {
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(ending.as_str(), "jdx" | "dx" | "jcamp")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jdx(first: f64, last: f64, data: &str) -> String {
        let n = data.split(' ').count();
        format!(
            "##TITLE=t\n##FIRSTX={first}\n##LASTX={last}\n##NPOINTS={n}\n##XYDATA=(X++(Y..Y))\n{first} {data}\n##END=\n"
        )
    }

    fn bench(files: &[(&str, String)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn a_folder_becomes_a_table_on_the_axis_of_its_first_spectrum() -> Result<()> {
        let folder = bench(&[("a/1.jdx", jdx(1.0, 2.0, "5 7")), ("b/2.dx", jdx(0.0, 4.0, "0 2 8 9 9"))]);
        let table = tabulate(folder.path(), None)?;
        let names: Vec<String> = table.columns.iter().map(Column::header).collect();
        assert_eq!(names, ["file", "class", "title", "1", "2"]);
        assert_eq!(table.column("2")?.as_numbers()?, [Some(7.0), Some(8.0)]);
        assert_eq!(table.column("class")?.as_text(), [Some("a".to_owned()), Some("b".to_owned())]);
        Ok(())
    }

    #[test]
    fn a_table_keeps_what_it_knows_beside() -> Result<()> {
        let list = "path,concentration\nx.jdx,0.5\n".to_owned();
        let folder = bench(&[("x.jdx", jdx(1.0, 2.0, "5 7")), ("list.csv", list)]);
        let table = tabulate(&folder.path().join("list.csv"), Some("path"))?;
        assert_eq!(table.column("concentration")?.as_numbers()?, [Some(0.5)]);
        assert_eq!(table.column("1")?.as_numbers()?, [Some(5.0)]);
        Ok(())
    }

    #[test]
    fn a_spectrum_that_is_too_short_is_named() {
        let folder = bench(&[("1.jdx", jdx(1.0, 3.0, "5 7 9")), ("2.jdx", jdx(1.0, 2.0, "5 7"))]);
        let message = tabulate(folder.path(), None).unwrap_err().to_string();
        assert!(message.contains("2.jdx`: the axis reaches from 1 to 2, expected at least 1 to 3"), "{message}");
        let message = tabulate(bench(&[]).path(), None).unwrap_err().to_string();
        assert!(message.starts_with("found no spectra in "), "{message}");
    }
}
