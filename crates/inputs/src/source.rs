//! A table with its molecules read: where all rows of a run come from.

use std::path::Path;
use std::sync::{Arc, OnceLock};

use chem::{MolecularGraph, Molecule, MoleculeFeatures};
use data::{Table, spectrum};
use nn::Graphs;
use rayon::prelude::*;
use spec::data::Data;
use spec::error::{Error, Result};
use spec::experiment::Experiment;

use crate::codes::known;
use crate::images::listing::{CLASS, listed, of_table};
use crate::images::pixels::Pictures;
use crate::sequence::widen::widened;
use crate::spectra::read::spectra_of;
use crate::{datasets, structures};

/// A table, its molecules as numbers, and the warnings of reading.
pub struct Source {
    /// The table, without the rows that were left out.
    pub table: Table,
    /// SHA-256 of the file, of the table's cells, or of a list of images and all files that it names.
    pub sha256: String,
    /// The molecules, where there is a column of them.
    pub molecules: Option<Molecules>,
    /// The spectra, where rows are spectra.
    pub spectra: Option<spectrum::Spectra>,
    /// The images, where rows are images.
    pub images: Option<Arc<Pictures>>,
    /// Rows that were left out because their molecule could not be read.
    pub skipped: usize,
    /// For each row its number in the file, from zero.
    pub rows: Vec<usize>,
}

/// Features of the molecules of a table.
pub struct Molecules {
    /// The column.
    pub column: String,
    /// Names of the features.
    pub names: Vec<String>,
    /// `[rows, names]`.
    pub features: Vec<f32>,
    /// Canonical SMILES of each molecule.
    pub canonical: Vec<String>,
    /// Murcko scaffolds; computed when a split needs them.
    pub scaffolds: Vec<String>,
    /// The molecules as graphs; computed when a model first reads them.
    graphs: OnceLock<std::result::Result<Graphs, (usize, String)>>,
}

impl Molecules {
    /// Molecules of a column with their features and canonical SMILES.
    pub fn new(column: String, names: Vec<String>, features: Vec<f32>, canonical: Vec<String>) -> Self {
        Molecules { column, names, features, canonical, scaffolds: Vec::new(), graphs: OnceLock::new() }
    }
}

/// The table that is named, and its SHA-256.
pub fn read_table(data: &Data) -> Result<(Table, String)> {
    match (&data.path, &data.dataset) {
        (Some(path), _) => read_file(path.as_ref(), data),
        (None, Some(name)) => datasets::table(name),
        (None, None) => Err(Error::NoTarget { hint: "name a table: `data.path`, or `gedanken fit data.csv`".into() }),
    }
}

/// A table from its file, or from the files of spectra that it names or a folder holds, and its SHA-256.
pub fn read_file(path: &Path, data: &Data) -> Result<(Table, String)> {
    let files = data.spectra.as_ref().map(|spectra| spectra.files.as_deref());
    match files {
        Some(column) if column.is_some() || path.is_dir() => {
            let table = spectrum::jcamp::tabulate(path, column)?;
            let sha256 = data::hash::of_table(&table);
            Ok((table, sha256))
        }
        _ => {
            let table = structures::of_file(path, data).unwrap_or_else(|| Ok(Table::read(path)?))?;
            Ok((table, file_sha256(path)?))
        }
    }
}

impl Source {
    /// Reads the table of an experiment.
    pub fn read(experiment: &Experiment) -> Result<Self> {
        let data = &experiment.data;
        let source = match &data.path {
            Some(path) => Source::of_file(path.as_ref(), experiment)?,
            None => {
                let (table, sha256) = read_table(data)?;
                Source::new(table, sha256, data, &experiment.molecules)?
            }
        };
        let table = &source.table;
        if data.images.is_some() && data.target == [CLASS] && table.column(CLASS).is_err() {
            let found = format!("{} images that stand in no folder of a class", table.n_rows);
            let hint =
                "put the images of each class into a folder with its name, or name a table with a column of paths";
            return Err(data::Error::NoImages { place: table.source.clone(), found, hint: hint.into() }.into());
        }
        Ok(source)
    }

    /// The table whose rows are the test, if the experiment names one.
    pub fn read_test(experiment: &Experiment) -> Result<Option<Self>> {
        let Some(path) = &experiment.data.test else { return Ok(None) };
        Source::of_file(path.as_ref(), experiment).map(Some)
    }

    /// The rows of a file; images that a folder or a NumPy file holds are listed once.
    fn of_file(path: &Path, experiment: &Experiment) -> Result<Self> {
        let data = &experiment.data;
        let source = match listed(path, data)? {
            Some(images) => Source::of_images(images, String::new())?,
            None => {
                let (table, sha256) = read_file(path, data)?;
                Source::new(table, sha256, data, &experiment.molecules)?
            }
        };
        // A list of paths stays the same when the files that it names change.
        match source.images.as_deref() {
            Some(Pictures::Files(files)) => Ok(Source { sha256: files.sha256()?, ..source }),
            _ => Ok(source),
        }
    }

    /// Only the rows of a table.
    pub fn plain(table: Table, sha256: String) -> Self {
        let rows = (0..table.n_rows).collect();
        Source { table, sha256, molecules: None, spectra: None, images: None, skipped: 0, rows }
    }

    /// Reads the molecules of a table.
    pub fn new(table: Table, sha256: String, data: &Data, features: &MoleculeFeatures) -> Result<Self> {
        if let Some(images) = &data.images {
            if let Some(pictures) = Pictures::of_columns(&table, data, images)? {
                return Ok(Source { images: Some(Arc::new(pictures)), ..Source::plain(table, sha256) });
            }
            return Source::of_images(of_table(table, data, images)?, sha256);
        }
        let table = widened(table, data)?;
        let spectra = spectra_of(&table, data)?;
        let Some(column) = &data.smiles else {
            return Ok(Source { spectra, ..Source::plain(table, sha256) });
        };
        let cells = table.column(column)?.as_text();
        let names = features.names()?;
        let read: Vec<std::result::Result<(Vec<f32>, String), chem::Error>> = cells
            .par_iter()
            .map(|cell| {
                let molecule = Molecule::parse(cell.as_deref().unwrap_or_default())?;
                Ok((features.featurize(&molecule)?, molecule.canonical_smiles()))
            })
            .collect();
        let (mut molecules, mut kept) = (Molecules::new(column.clone(), names, Vec::new(), Vec::new()), Vec::new());
        for (row, result) in read.into_iter().enumerate() {
            match result {
                Ok((numbers, canonical)) => {
                    molecules.features.extend(numbers);
                    molecules.canonical.push(canonical);
                    kept.push(row);
                }
                Err(_) if data.skip_invalid => {}
                Err(error) => {
                    let place = table.column(column)?.place(row);
                    let text = cells[row].clone().unwrap_or_default();
                    return Err(Error::Smiles { column: column.clone(), place, text, reason: first_line(&error) });
                }
            }
        }
        let skipped = table.n_rows - kept.len();
        if kept.is_empty() && table.n_rows > 0 {
            let reason = format!("column `{column}` holds no molecule");
            return Err(Error::NoUsableRows {
                rows: table.n_rows,
                reason,
                hint: "name the column of SMILES with `--smiles`",
            });
        }
        let table = if skipped == 0 { table } else { table.select(&kept) };
        Ok(Source { molecules: Some(molecules), skipped, rows: kept, ..Source::plain(table, sha256) })
    }

    /// Images, of which some may have been left out.
    fn of_images(files: data::image::Images, sha256: String) -> Result<Self> {
        let skipped = files.skipped.len();
        let is_kept = |row: &usize| files.skipped.iter().all(|skipped| skipped.row != *row);
        let rows: Vec<usize> = (0..files.n_rows() + skipped).filter(is_kept).collect();
        if rows.is_empty() {
            let reason = "no image can be read".into();
            let hint = "look at the first with an image viewer";
            return Err(Error::NoUsableRows { rows: skipped, reason, hint });
        }
        let table = files.table.clone();
        let images = Some(Arc::new(Pictures::Files(Box::new(files))));
        Ok(Source { images, skipped, rows, ..Source::plain(table, sha256) })
    }

    /// The molecules as graphs, each read once.
    ///
    /// # Errors
    /// There are no molecules, or one of them has no such graph.
    pub fn graphs(&self) -> Result<&Graphs> {
        let Some(molecules) = &self.molecules else {
            return Err(Error::Setting {
                message: "a model of graphs reads molecules, and no SMILES column was given".into(),
                place: "data.smiles".into(),
                hint: "name the column of SMILES with `--smiles`".into(),
            });
        };
        let read = molecules.graphs.get_or_init(|| self.read_graphs(molecules));
        read.as_ref().map_err(|(row, reason)| {
            let column = self.table.column(&molecules.column);
            let place = column.map_or_else(|_| String::new(), |column| column.place(*row));
            let (column, text) = (molecules.column.clone(), molecules.canonical[*row].clone());
            Error::Smiles { column, place, text, reason: reason.clone() }
        })
    }

    fn read_graphs(&self, molecules: &Molecules) -> std::result::Result<Graphs, (usize, String)> {
        let graph = |(row, text): (usize, &String)| {
            let graph = Molecule::parse(text).and_then(|molecule| molecule.molecular_graph());
            graph.map_err(|error| (row, first_line(&error)))
        };
        let read = molecules.canonical.par_iter().enumerate().map(graph).collect::<std::result::Result<Vec<_>, _>>()?;
        let mut graphs = Graphs::new(known().map_err(|error| (0, first_line(&error)))?);
        for (row, MolecularGraph { atoms, bonds }) in read.iter().enumerate() {
            let nodes: Vec<f64> = atoms.as_flattened().iter().map(|&x| f64::from(x)).collect();
            let ends: Vec<[u32; 2]> = bonds.iter().map(|(ends, _)| ends.map(|end| end as u32)).collect();
            let edges: Vec<f64> = bonds.iter().flat_map(|(_, codes)| codes.map(f64::from)).collect();
            graphs.push(&nodes, &ends, &edges).map_err(|error| (row, first_line(&error)))?;
        }
        Ok(graphs)
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.table.n_rows
    }

    /// Scaffolds of the molecules, made on the first call.
    pub fn scaffolds(&mut self) -> Result<&[String]> {
        let Some(molecules) = &mut self.molecules else {
            let hint = "name the column of SMILES with `--smiles`, or choose another `--split`".into();
            return Err(Error::NoFeatures { reason: "a scaffold split needs molecules".into(), hint });
        };
        if molecules.scaffolds.is_empty() {
            let scaffold = |smiles: &String| Molecule::parse(smiles).map(|molecule| molecule.scaffold());
            molecules.scaffolds =
                molecules.canonical.par_iter().map(scaffold).collect::<std::result::Result<_, _>>()?;
        }
        Ok(&molecules.scaffolds)
    }
}

/// SHA-256 of the file of a table, as it stands in models.
pub fn file_sha256(path: &Path) -> Result<String> {
    // `file.xlsx#Sheet` names a sheet of the file.
    let whole = path.to_string_lossy();
    let file = if path.exists() { &whole } else { whole.split('#').next().unwrap_or(&whole) };
    Ok(data::hash::of_file(file)?)
}

pub fn first_line(error: &dyn std::error::Error) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
