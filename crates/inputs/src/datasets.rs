//! Data sets by name: embedded ones, generated ones, and public ones that are fetched, verified and kept.

use std::path::{Path, PathBuf};

use data::Table;
use data::files::{create_folder, write_atomically};
use data::generate::{DampedOscillator, Diffraction, Ising, Lorenz63, MackeyGlass, Raman, csv};
use spec::error::{Error, Result};

/// A data set.
#[derive(Clone, Copy, Debug)]
pub struct Dataset {
    /// Its name.
    pub name: &'static str,
    /// Its content.
    pub description: &'static str,
    /// Rows without the header.
    pub rows: usize,
    /// Its authors, and the license.
    pub source: &'static str,
    /// Its origin.
    pub origin: Origin,
}

impl Dataset {
    /// The file of a table that is inside the program or made by it.
    fn file(&self) -> String {
        format!("{}.csv", self.name)
    }
}

/// Origin of a data set.
#[derive(Clone, Copy, Debug)]
pub enum Origin {
    /// Inside the program.
    Embedded(&'static str),
    /// Made by the program when it is asked for, with the same bytes each time.
    Generated(fn() -> String),
    /// A public address; the path after the host, the name of the file and the SHA-256 of its bytes.
    Public {
        /// After the host.
        path: &'static str,
        /// Of the file that is kept.
        file: &'static str,
        /// Of its bytes.
        sha256: &'static str,
    },
}

impl Origin {
    /// As text: `embedded`, `generated` or `public`.
    pub fn place(&self) -> &'static str {
        match self {
            Origin::Embedded(_) => "embedded",
            Origin::Generated(_) => "generated",
            Origin::Public { .. } => "public",
        }
    }
}

const HOST: &str = "https://raw.githubusercontent.com";

/// All data sets.
pub const DATASETS: [Dataset; 14] = [
    Dataset {
        name: "boiling_points",
        description: "normal boiling points of organic compounds, in kelvin",
        rows: 3678,
        source: "chemicals 1.5.2 (CRC and Yaws tables), MIT",
        origin: Origin::Embedded(include_str!("../data/boiling_points.csv")),
    },
    Dataset {
        name: "co2",
        description: "weekly carbon dioxide in the air of Mauna Loa, 1958 to 2001, in ppm",
        rows: 2284,
        source: "statsmodels 0.14.5 (Keeling and Whorf 2004), public domain",
        origin: Origin::Embedded(include_str!("../data/co2.csv")),
    },
    Dataset {
        name: "sunspots",
        description: "yearly sunspot numbers, 1700 to 2008",
        rows: 309,
        source: "statsmodels 0.14.5 (National Geophysical Data Center), public domain",
        origin: Origin::Embedded(include_str!("../data/sunspots.csv")),
    },
    Dataset {
        name: "damped_oscillator",
        description: "forty periods of a damped harmonic oscillator, without noise",
        rows: 2000,
        source: "its formula",
        origin: Origin::Generated(|| csv(&DampedOscillator::default().series(2000))),
    },
    Dataset {
        name: "lorenz63",
        description: "the chaotic attractor of Lorenz (1963), 100 units of time",
        rows: 5000,
        source: "its equations, integrated",
        origin: Origin::Generated(|| csv(&Lorenz63 { dt: 0.02, ..Lorenz63::default() }.series(5000))),
    },
    Dataset {
        name: "mackey_glass",
        description: "the chaotic delay equation of Mackey and Glass (1977), delay 17",
        rows: 3000,
        source: "its equation, integrated",
        origin: Origin::Generated(|| csv(&MackeyGlass::default().series(3000))),
    },
    Dataset {
        name: "ising",
        description: "magnets of 16 x 16 spins above and below the temperature of their transition",
        rows: 1000,
        source: "the Ising model, drawn by the algorithms of Metropolis and Wolff",
        origin: Origin::Generated(|| csv(&Ising::default().table(1000))),
    },
    Dataset {
        name: "raman",
        description: "Raman spectra of mixtures of quartz, albite and orthoclase, from 100 to 1300 per cm",
        rows: 300,
        source: "its formula, with positions of bands from the literature",
        origin: Origin::Generated(|| csv(&Raman::default().table(300))),
    },
    Dataset {
        name: "diffraction",
        description: "powder patterns of four types of cubic crystals, from 20 to 100 degrees",
        rows: 400,
        source: "Bragg's law and structure factors",
        origin: Origin::Generated(|| csv(&Diffraction::default().table(400))),
    },
    Dataset {
        name: "esol",
        description: "measured aqueous solubilities (Delaney 2004), log mol/L",
        rows: 1128,
        source: "deepchem/deepchem, MIT",
        origin: Origin::Public {
            path: "deepchem/deepchem/fbe3b911a94a6eb8c84c1a9e7ac67a472c49ea80/datasets/delaney-processed.csv",
            file: "esol.csv",
            sha256: "8c06a76f0c6487d29ab0f903e6a7a7139f189ab3c1178f159c8be8964602f189",
        },
    },
    Dataset {
        name: "etth1",
        description: "hourly temperature and loads of an electricity transformer, 7 series",
        rows: 17_420,
        source: "zhouhaoyi/ETDataset, CC BY-ND 4.0",
        origin: Origin::Public {
            path: "zhouhaoyi/ETDataset/1d16c8f4f943005d613b5bc962e9eeb06058cf07/ETT-small/ETTh1.csv",
            file: "etth1.csv",
            sha256: "f18de3ad269cef59bb07b5438d79bb3042d3be49bdeecf01c1cd6d29695ee066",
        },
    },
    Dataset {
        name: "qm9-smiles",
        description: "molecules of QM9 as SMILES",
        rows: 133_885,
        source: "aspuru-guzik-group/selfies, Apache-2.0",
        origin: Origin::Public {
            path: "aspuru-guzik-group/selfies/eb6177e5f20cfd8787f2ac4423f5b38dce6eeeb8/tests/test_sets/qm9.csv",
            file: "qm9-smiles.csv",
            sha256: "80c060e299a44112b89be3fc6d95145dfeda97aa3eab1e2662aafdfbb00f7929",
        },
    },
    Dataset {
        name: "raman-mixtures",
        description: "Raman spectra of mixtures of albite, quartz and orthoclase",
        rows: 303,
        source: "nevernervous78/nirpyresearch, MIT",
        origin: Origin::Public {
            path: "nevernervous78/nirpyresearch/aaeb25cc4d0b4f797d3fef4f0d2edfefc3e68458/data/Raman_spectra_mixtures.csv",
            file: "raman-mixtures.csv",
            sha256: "6f07f4b01655952b8d5fd5f81fb86371883a7201c778bd672c72bf854721454b",
        },
    },
    Dataset {
        name: "direct-arylation",
        description: "reactions of a direct arylation with their yield (Shields 2021)",
        rows: 1728,
        source: "b-shields/edbo, MIT",
        origin: Origin::Public {
            path: "b-shields/edbo/9b41eac3f6d9e520547702fd5b0c7ef6441625a4/experiments/data/direct_arylation/experiment_index.csv",
            file: "direct-arylation.csv",
            sha256: "2e07b31fdc537098feb11cbf53dacdbaeffcb946b565144d77edaeb8d97bddfd",
        },
    },
];

/// The data set of this name.
pub fn find(name: &str) -> Result<&'static Dataset> {
    DATASETS.iter().find(|set| set.name == name).ok_or_else(|| {
        let names = DATASETS.map(|set| set.name);
        let near = data::nearest(name, names).first().map(|near| (*near).to_owned());
        Error::Unknown { what: "data set", name: name.into(), near, hint: "`gedanken data list` shows them".into() }
    })
}

/// The table of a data set and its SHA-256; one that is fetched must have been fetched before.
pub fn table(name: &str) -> Result<(Table, String)> {
    let set = find(name)?;
    let (file, sha256) = match set.origin {
        Origin::Embedded(text) => return read(set, text),
        Origin::Generated(make) => return read(set, &make()),
        Origin::Public { file, sha256, .. } => (file, sha256),
    };
    let path = cache_folder(name)?.join(file);
    if !path.exists() {
        let hint = format!("fetch it first: `gedanken data get {name}`");
        return Err(Error::Unknown { what: "fetched data set", name: name.into(), near: None, hint });
    }
    Ok((Table::read(&path)?, sha256.to_owned()))
}

fn read(set: &Dataset, text: &str) -> Result<(Table, String)> {
    let table = Table::from_bytes(&set.file(), text.as_bytes())?;
    Ok((table, data::hash::of_bytes(text.as_bytes())))
}

/// Fetches a data set, checks its bytes and keeps it; the path of the file. One that is embedded or generated is written
/// out. `host` and `folder` replace the public host and the user's cache.
///
/// # Errors
/// No connection, no such file there, or other bytes than expected: nothing is kept then.
pub fn fetch(name: &str, host: Option<&str>, folder: Option<&Path>) -> Result<PathBuf> {
    let set = find(name)?;
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => cache_folder(name)?,
    };
    create_folder(&folder)?;
    let (path, file, sha256) = match set.origin {
        Origin::Embedded(text) => return write(set, text, &folder),
        Origin::Generated(make) => return write(set, &make(), &folder),
        Origin::Public { path, file, sha256 } => (path, file, sha256),
    };
    let target = folder.join(file);
    if target.exists() && data::hash::of_file(&target)? == sha256 {
        return Ok(target);
    }
    let address = format!("{}/{path}", host.unwrap_or(HOST));
    let failed = |reason: String, hint| Error::Download { name: name.into(), address: address.clone(), reason, hint };
    let mut response =
        ureq::get(&address).call().map_err(|e| failed(e.to_string(), "check the connection, and proxies"))?;
    let bytes = response.body_mut().with_config().limit(1 << 30).read_to_vec();
    let bytes = bytes.map_err(|e| failed(e.to_string(), "try again"))?;
    let found = data::hash::of_bytes(&bytes);
    if found != sha256 {
        return Err(failed(
            format!("its SHA-256 is {found}, not {sha256}"),
            "the file was changed on the server or on the way; nothing was saved",
        ));
    }
    write_atomically(&target, &bytes)?;
    Ok(target)
}

fn write(set: &Dataset, text: &str, folder: &Path) -> Result<PathBuf> {
    let target = folder.join(set.file());
    write_atomically(&target, text.as_bytes())?;
    Ok(target)
}

fn cache_folder(name: &str) -> Result<PathBuf> {
    let folders = directories::ProjectDirs::from("", "", "gedanken");
    folders.map(|folders| folders.cache_dir().join("data")).ok_or_else(|| Error::Download {
        name: name.into(),
        address: "the cache".into(),
        reason: "there is no home folder".into(),
        hint: "name a folder with `--out`",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_inside_has_the_rows_that_are_promised_and_the_same_bytes_each_time() -> Result<()> {
        for set in DATASETS.iter().filter(|set| set.origin.place() != "public") {
            let (found, sha256) = table(set.name)?;
            assert_eq!((found.n_rows, sha256), (set.rows, table(set.name)?.1), "{}", set.name);
        }
        Ok(())
    }

    #[test]
    fn weeks_without_carbon_dioxide_are_missing_cells() -> Result<()> {
        assert_eq!(table("co2")?.0.column("co2")?.n_missing(), 59);
        Ok(())
    }
}
