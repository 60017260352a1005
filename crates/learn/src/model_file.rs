//! Arrays and a header in one safetensors file, whose bytes depend on its contents alone.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use data::files::read;
use safetensors::tensor::{SafeTensors, TensorView};
use safetensors::{Dtype, serialize};
use serde::Serialize;
use serde::de::DeserializeOwned;
use spec::error::{Error, Result};
use tensor::Real;

/// Named arrays on their way into a file.
#[derive(Default)]
pub struct Arrays {
    list: Vec<(String, Dtype, Vec<usize>, Vec<u8>)>,
}

/// The one key of the metadata. The library writes metadata from a hash map, so two keys would come in any order.
const KEY: &str = "gedanken";

impl Arrays {
    /// A vector of numbers.
    pub fn add<T: Real>(&mut self, name: &str, values: &[T]) {
        self.add_shaped(name, values, &[values.len()]);
    }

    /// An array of numbers.
    pub fn add_shaped<T: Real>(&mut self, name: &str, values: &[T], shape: &[usize]) {
        let mut bytes = Vec::with_capacity(size_of_val(values));
        values.iter().for_each(|x| x.write_le(&mut bytes));
        let dtype = if T::NAME == "f32" { Dtype::F32 } else { Dtype::F64 };
        self.list.push((name.to_owned(), dtype, shape.to_vec(), bytes));
    }

    /// Bytes of another format.
    pub fn add_bytes(&mut self, name: &str, bytes: Vec<u8>) {
        self.list.push((name.to_owned(), Dtype::U8, vec![bytes.len()], bytes));
    }

    /// The file.
    pub fn to_bytes(&self, header: &impl Serialize) -> Result<Vec<u8>> {
        let failed = |reason: String| data::Error::File {
            what: "model",
            done: "written",
            path: String::new(),
            reason,
            hint: "report this",
            missing: false,
        };
        // Through a `Value`, whose maps are sorted.
        let header = serde_json::to_value(header).map_err(|e| failed(e.to_string()))?.to_string();
        let views = self.list.iter().map(|(name, dtype, shape, bytes)| {
            Ok((name.as_str(), TensorView::new(*dtype, shape.clone(), bytes).map_err(|e| failed(e.to_string()))?))
        });
        let views = views.collect::<Result<Vec<_>>>()?;
        Ok(serialize(views, Some(HashMap::from([(KEY.to_owned(), header)]))).map_err(|e| failed(e.to_string()))?)
    }
}

/// A file that is being read.
pub struct Reader<'a> {
    tensors: SafeTensors<'a>,
    header: String,
    path: String,
}

impl<'a> Reader<'a> {
    /// Checks that the bytes are such a file; `path` is for messages.
    pub fn new(bytes: &'a [u8], path: &Path) -> Result<Self> {
        let path = path.display().to_string();
        let wrong = |reason: String| Error::NotAModel {
            path: path.clone(),
            reason,
            hint: "give the `model.safetensors` of a run; if this is one, it is damaged or cut short",
        };
        let (_, metadata) = SafeTensors::read_metadata(bytes).map_err(|e| wrong(e.to_string()))?;
        let header = metadata.metadata().as_ref().and_then(|map| map.get(KEY)).cloned();
        let header = header.ok_or_else(|| wrong(format!("its metadata has no key `{KEY}`")))?;
        let tensors = SafeTensors::deserialize(bytes).map_err(|e| wrong(e.to_string()))?;
        Ok(Reader { tensors, header, path })
    }

    /// The header.
    pub fn header<H: DeserializeOwned>(&self) -> Result<H> {
        serde_json::from_str(&self.header).map_err(|e| {
            self.wrong(
                e.to_string(),
                "it may come from another version: train the model again with its `experiment.toml`",
            )
        })
    }

    /// The numbers of an array.
    pub fn array<T: Real>(&self, name: &str) -> Result<Vec<T>> {
        let view = self.tensors.tensor(name).map_err(|e| self.wrong(e.to_string(), "the file is damaged"))?;
        let expected = if T::NAME == "f32" { Dtype::F32 } else { Dtype::F64 };
        if view.dtype() != expected {
            return Err(self.wrong(format!("array `{name}` is not {}", T::NAME), "the file is damaged"));
        }
        Ok(T::read_le(view.data()))
    }

    /// The bytes of an array of another format.
    pub fn bytes(&self, name: &str) -> Result<Vec<u8>> {
        let view = self.tensors.tensor(name).map_err(|e| self.wrong(e.to_string(), "the file is damaged"))?;
        Ok(view.data().to_vec())
    }

    /// Which kind of model the file holds: `forecaster`, or `model` for one of tables.
    pub fn kind(&self) -> Result<String> {
        let header: serde_json::Value = self.header()?;
        Ok(header.get("kind").and_then(serde_json::Value::as_str).unwrap_or("model").to_owned())
    }

    /// An error about the file.
    pub fn wrong(&self, reason: String, hint: &'static str) -> Error {
        Error::NotAModel { path: self.path.clone(), reason, hint }
    }
}

/// The path and the bytes of the file of a model: itself, or that in the folder of a run.
pub fn read_model(path: &Path) -> Result<(PathBuf, Vec<u8>)> {
    let file = if path.is_dir() { path.join("model.safetensors") } else { path.to_owned() };
    if path.is_dir() && !file.exists() && path.join("experiment.toml").exists() {
        let (what, done, path) = ("model", "read", file.display().to_string());
        let (reason, hint) = ("the run is not finished".to_owned(), "go on with it: `gedanken fit --resume FOLDER`");
        return Err(data::Error::File { what, done, path, reason, hint, missing: false }.into());
    }
    let bytes = read("model", &file)?;
    Ok((file, bytes))
}
