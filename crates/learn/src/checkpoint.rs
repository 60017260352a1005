//! The state of a training in a file: written after every epoch, read by `--resume`.

use std::path::Path;

use data::files;
use grad::optim::{LbfgsMemory, Memory, Plateau};
use nn::{Best, EpochRecord, State};
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};
use tensor::Real;

use crate::model_file::{Arrays, Reader};

/// Everything that is not an array.
#[derive(Serialize, Deserialize)]
struct Header {
    precision: String,
    step: u64,
    moments: usize,
    pairs: usize,
    plateau: Plateau,
    best: Option<(usize, f64)>,
    history: Vec<EpochRecord>,
    finished: bool,
}

/// Notes which data a run was begun with, or refuses to go on with others.
pub fn same_data(folder: &Path, sha256: &str) -> Result<()> {
    let note = folder.join("data_sha256");
    if !note.exists() {
        files::create_folder(folder)?;
        return Ok(files::write_atomically(&note, sha256.as_bytes())?);
    }
    let expected = String::from_utf8_lossy(&files::read("checkpoint", &note)?).into_owned();
    if expected == sha256 {
        return Ok(());
    }
    let path = folder.parent().unwrap_or(folder).display().to_string();
    Err(Error::DataChanged { path, expected, found: sha256.to_owned() })
}

/// Replaces the file by the present state.
pub(crate) fn save<T: Real>(path: &Path, state: &State<T>) -> Result<()> {
    let header = Header {
        precision: T::NAME.into(),
        step: state.memory.step,
        moments: state.memory.moments.len(),
        pairs: state.lbfgs.pairs.len(),
        plateau: state.plateau,
        best: state.best.as_ref().map(|best| (best.epoch, best.loss)),
        history: state.history.clone(),
        finished: state.finished,
    };
    let mut arrays = Arrays::default();
    arrays.add("parameters", &state.parameters);
    arrays.add("buffers", &state.buffers);
    for (k, moment) in state.memory.moments.iter().enumerate() {
        arrays.add(&format!("moment_{k}"), moment);
    }
    for (k, [s, y]) in state.lbfgs.pairs.iter().enumerate() {
        arrays.add(&format!("step_{k}"), s);
        arrays.add(&format!("change_{k}"), y);
    }
    if let Some(best) = &state.best {
        arrays.add("best_parameters", &best.parameters);
        arrays.add("best_buffers", &best.buffers);
    }
    Ok(files::replace_quickly(path, &arrays.to_bytes(&header)?)?)
}

/// The state in the file; `None` where there is no file.
pub(crate) fn load<T: Real>(path: &Path) -> Result<Option<State<T>>> {
    if !path.exists() {
        return Ok(None);
    }
    let bytes = files::read("checkpoint", path)?;
    let reader = Reader::new(&bytes, path)?;
    let header: Header = reader.header()?;
    if header.precision != T::NAME {
        let reason = format!("it was trained in {}", header.precision);
        return Err(Error::NotResumable {
            path: path.display().to_string(),
            reason,
            hint: "do not change `precision`",
        });
    }
    let moments = (0..header.moments).map(|k| reader.array(&format!("moment_{k}"))).collect::<Result<_>>()?;
    let pair = |k: usize| Ok([reader.array(&format!("step_{k}"))?, reader.array(&format!("change_{k}"))?]);
    let best = match header.best {
        Some((epoch, loss)) => {
            let (parameters, buffers) = (reader.array("best_parameters")?, reader.array("best_buffers")?);
            Some(Best { epoch, loss, parameters, buffers })
        }
        None => None,
    };
    Ok(Some(State {
        parameters: reader.array("parameters")?,
        buffers: reader.array("buffers")?,
        memory: Memory { step: header.step, moments },
        lbfgs: LbfgsMemory { pairs: (0..header.pairs).map(pair).collect::<Result<_>>()? },
        plateau: header.plateau,
        best,
        history: header.history,
        finished: header.finished,
    }))
}
