//! A trained model: it predicts from tables and molecules, and lives in one file.

use std::path::Path;

use data::{Column, Scaler, Scaling, Table, Values};
use nn::models::{FittedForest, FittedLinear, Link};
use nn::{Layer, Loss, Network, Targets};
use serde::{Deserialize, Serialize};
use tensor::Device;

use crate::domain::{Domain, DomainHeader, Neighbour};
use crate::encode::Encoder;
use crate::error::{Error, Result};
use crate::experiment::{Experiment, Precision, Task};
use crate::files;
use crate::fitted::{Fitted, PartModel, Weights};
use crate::intervals::{Calibration, Range};
use crate::model_file::{Arrays, Reader};
use crate::run::{self, Options};
use crate::scores::{ModelScores, Observed};
use crate::source::Source;
use crate::target::TargetInfo;

/// A trained model with everything that predictions need.
pub struct Model {
    /// What it was trained by.
    pub experiment: Experiment,
    /// What it predicts.
    pub target: TargetInfo,
    /// SHA-256 of the table it was trained on.
    pub data_sha256: String,
    /// How many rows it has seen in training.
    pub train_rows: usize,
    pub(crate) parts: Vec<PartModel>,
    /// What validation rows said of its errors.
    pub(crate) calibration: Option<Calibration>,
    /// Where its training rows lie.
    pub(crate) domain: Option<Domain>,
}

/// Predictions for some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// `[rows, targets]` in the targets' units, or `[rows, classes]` probabilities.
    pub values: Vec<f64>,
    /// Standard deviation between the members of an ensemble, in the same order.
    pub deviation: Option<Vec<f64>>,
    /// Conformal intervals or sets at the level of `experiment.uncertainty`; `None` of a model without validation rows.
    pub range: Option<Range>,
    /// How far each row lies from the training rows; empty of a model that has not kept any.
    pub neighbours: Vec<Neighbour>,
    /// Rows of the table that were predicted.
    pub rows: Vec<usize>,
}

/// The version of the file's layout.
const FORMAT: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Header {
    format: u32,
    experiment: Experiment,
    target: TargetInfo,
    data_sha256: String,
    train_rows: usize,
    parts: Vec<PartHeader>,
    /// Targets whose errors are known; zero of a model without validation rows.
    #[serde(default)]
    calibrated: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<DomainHeader>,
}

#[derive(Serialize, Deserialize)]
struct PartHeader {
    encoder: Encoder,
    target_scaling: Option<Scaling>,
    fitted: FittedHeader,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum FittedHeader {
    /// The layers without the last, which follows from the loss.
    Network {
        layers: Vec<Layer>,
        loss: Loss,
    },
    Linear {
        link: Link,
    },
    Forest {
        blocks: usize,
    },
}

impl Model {
    /// Carries out the experiment and keeps the model.
    pub fn fit(experiment: &Experiment, options: &Options<'_>) -> Result<Self> {
        Ok(run::run(experiment, options)?.model)
    }

    /// Predicts every row of a table; rows whose molecule cannot be read are left out if the experiment said so.
    pub fn predict(&self, table: Table) -> Result<Prediction> {
        self.predict_at(table, self.experiment.uncertainty.level)
    }

    /// The same with intervals or sets at another level than that of the experiment.
    pub fn predict_at(&self, table: Table, level: f64) -> Result<Prediction> {
        for part in &self.parts {
            part.encoder.check(&table)?;
        }
        let source = Source::new(table, String::new(), &self.experiment.data, &self.experiment.molecules)?;
        self.predict_source(&source, level)
    }

    /// Predicts molecules given as SMILES.
    pub fn predict_smiles(&self, smiles: &[&str]) -> Result<Prediction> {
        let encoder = &self.parts[0].encoder;
        if let (None, _) | (_, false) = (&encoder.smiles, encoder.columns.is_empty()) {
            return Err(self.not_from_smiles());
        }
        let header = encoder.smiles.clone().unwrap_or_default();
        let column = Column::new(&header, Values::Text(smiles.iter().copied().collect()));
        self.predict(Table::from_columns("SMILES on the command line", vec![column])?)
    }

    /// What to say where molecules alone are not enough.
    pub(crate) fn not_from_smiles(&self) -> Error {
        let names = self.parts[0].encoder.names.iter().take(10).cloned().collect::<Vec<_>>();
        Error::NotFromSmiles { columns: names.join(", ") }
    }

    pub(crate) fn predict_source(&self, source: &Source, level: f64) -> Result<Prediction> {
        self.predict_some(source, &(0..source.n_rows()).collect::<Vec<_>>(), level)
    }

    /// The same for some rows of the source, at the level of the experiment.
    pub(crate) fn predict_rows(&self, source: &Source, rows: &[usize]) -> Result<Prediction> {
        self.predict_some(source, rows, self.experiment.uncertainty.level)
    }

    fn predict_some(&self, source: &Source, rows: &[usize], level: f64) -> Result<Prediction> {
        let device = Device::cpu(1);
        let parts = self
            .parts
            .iter()
            .map(|part| part.predict(source, rows, &self.target, &device))
            .collect::<Result<Vec<_>>>()?;
        let (values, deviation) = self.average(&parts);
        let range = self.calibration.as_ref().map(|c| c.range(&self.target, level, &values, deviation.as_deref()));
        let neighbours = match &self.domain {
            Some(domain) => domain.locate(source, rows, &self.parts[0].encoder.encode(source, rows)?)?,
            None => Vec::new(),
        };
        let rows = rows.iter().map(|&row| source.rows[row]).collect();
        Ok(Prediction { values, deviation, range, neighbours, rows })
    }

    /// What the predictions of the parts become together: their mean, and their deviation where there are several.
    pub(crate) fn average(&self, parts: &[Vec<f64>]) -> (Vec<f64>, Option<Vec<f64>>) {
        average(parts)
    }

    /// The table of targets of another source, for evaluation.
    pub(crate) fn source(&self, table: Table) -> Result<Source> {
        Source::new(table, String::new(), &self.experiment.data, &self.experiment.molecules)
    }

    /// Writes the model to a file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<()> {
        files::write_atomically(path, &self.to_bytes()?)
    }

    /// Reads a model from a file or from the folder of a run.
    pub fn load(path: &Path) -> Result<Self> {
        let file = if path.is_dir() { path.join("model.safetensors") } else { path.to_owned() };
        Model::from_bytes(&files::read("model", &file)?, &file)
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut arrays = Arrays::default();
        let parts = self.parts.iter().enumerate().map(|(at, part)| part.write(&format!("part_{at}"), &mut arrays));
        let parts = parts.collect::<Result<_>>()?;
        if let Some(calibration) = &self.calibration {
            calibration.write(&mut arrays);
        }
        let domain = self.domain.as_ref().map(|domain| domain.write(&mut arrays));
        arrays.to_bytes(&Header {
            format: FORMAT,
            domain,
            calibrated: self.calibration.as_ref().map_or(0, Calibration::n_targets),
            parts,
            experiment: self.experiment.clone(),
            target: self.target.clone(),
            data_sha256: self.data_sha256.clone(),
            train_rows: self.train_rows,
        })
    }

    fn from_bytes(bytes: &[u8], path: &Path) -> Result<Self> {
        let reader = Reader::new(bytes, path)?;
        let format: serde_json::Value = reader.header()?;
        if let Some(found) =
            format.get("format").and_then(serde_json::Value::as_u64).filter(|found| *found > u64::from(FORMAT))
        {
            return Err(reader
                .wrong(format!("its format {found} is newer than {FORMAT}"), "use a newer version of the program"));
        }
        let header: Header = reader.header()?;
        let parts = header.parts.into_iter().enumerate();
        let precision = header.experiment.precision;
        Ok(Model {
            parts: parts
                .map(|(at, part)| part.read(&format!("part_{at}"), &reader, &header.target, precision))
                .collect::<Result<_>>()?,
            calibration: match header.calibrated {
                0 => None,
                targets => Some(Calibration::read(&reader, targets)?),
            },
            domain: header.domain.as_ref().map(|domain| Domain::read(&reader, domain)).transpose()?,
            experiment: header.experiment,
            target: header.target,
            data_sha256: header.data_sha256,
            train_rows: header.train_rows,
        })
    }

    /// Names of the numbers it computes from.
    pub fn features(&self) -> &[String] {
        &self.parts[0].encoder.names
    }

    /// How many models it averages.
    pub fn n_parts(&self) -> usize {
        self.parts.len()
    }

    /// Layers of the (first) network with their numbers of parameters; empty for other models.
    pub fn layers(&self) -> Vec<(String, String, usize)> {
        let Fitted::Network(network, _) = &self.parts[0].fitted else { return Vec::new() };
        let entries = network.layout.parameters.iter();
        entries.map(|entry| (entry.name.clone(), entry.shape.to_string(), entry.shape.size())).collect()
    }
}

impl PartModel {
    pub fn predict(&self, source: &Source, rows: &[usize], target: &TargetInfo, device: &Device) -> Result<Vec<f64>> {
        self.predict_encoded(&self.encoder.encode(source, rows)?, target, device)
    }

    /// The same for rows that are numbers already.
    pub fn predict_encoded(&self, x: &[f32], target: &TargetInfo, device: &Device) -> Result<Vec<f64>> {
        let mut values = self.fitted.predict(x, self.encoder.names.len(), device)?;
        if target.task == Task::Regression {
            target.restore(&mut values, self.targets.as_ref());
        }
        Ok(values)
    }

    fn write(&self, prefix: &str, arrays: &mut Arrays) -> Result<PartHeader> {
        let name = |name: &str| format!("{prefix}.{name}");
        arrays.add(&name("input_center"), &self.encoder.scaler.center);
        arrays.add(&name("input_scale"), &self.encoder.scaler.scale);
        arrays.add(&name("input_places"), &self.encoder.kept.iter().map(|&k| k as f64).collect::<Vec<_>>());
        if let Some(scaler) = &self.targets {
            arrays.add(&name("target_center"), &scaler.center);
            arrays.add(&name("target_scale"), &scaler.scale);
        }
        let fitted = match &self.fitted {
            Fitted::Network(network, weights) => {
                match weights {
                    Weights::Single(w, b) => network_arrays(network, w, b, prefix, arrays),
                    Weights::Double(w, b) => network_arrays(network, w, b, prefix, arrays),
                }
                let layers = network.layers[..network.layers.len() - 1].to_vec();
                FittedHeader::Network { layers, loss: network.loss }
            }
            Fitted::Linear(linear) => {
                let outputs = linear.intercepts.len();
                arrays.add_shaped(&name("weights"), &linear.weights, &[linear.weights.len() / outputs.max(1), outputs]);
                arrays.add(&name("intercepts"), &linear.intercepts);
                FittedHeader::Linear { link: linear.link }
            }
            Fitted::Forest(forest) => {
                let blocks = forest.to_bytes()?;
                let n = blocks.len();
                blocks
                    .into_iter()
                    .enumerate()
                    .for_each(|(k, block)| arrays.add_bytes(&name(&format!("forest_{k}")), block));
                FittedHeader::Forest { blocks: n }
            }
        };
        Ok(PartHeader { encoder: self.encoder.clone(), target_scaling: self.targets.as_ref().map(|s| s.kind), fitted })
    }
}

fn network_arrays<T: tensor::Real>(
    network: &Network,
    parameters: &[T],
    buffers: &[T],
    prefix: &str,
    arrays: &mut Arrays,
) {
    for (entries, values) in [(&network.layout.parameters, parameters), (&network.layout.buffers, buffers)] {
        for entry in entries {
            let values = &values[entry.start..entry.start + entry.shape.size()];
            arrays.add_shaped(&format!("{prefix}.{}", entry.name), values, &entry.shape);
        }
    }
}

impl PartHeader {
    fn read(self, prefix: &str, reader: &Reader<'_>, target: &TargetInfo, precision: Precision) -> Result<PartModel> {
        let name = |name: &str| format!("{prefix}.{name}");
        let mut encoder = self.encoder;
        encoder.scaler.center = reader.array(&name("input_center"))?;
        encoder.scaler.scale = reader.array(&name("input_scale"))?;
        encoder.kept = reader.array::<f64>(&name("input_places"))?.into_iter().map(|k| k as usize).collect();
        let targets = match self.target_scaling {
            Some(kind) => Some(Scaler {
                kind,
                center: reader.array(&name("target_center"))?,
                scale: reader.array(&name("target_scale"))?,
            }),
            None => None,
        };
        let fitted = match self.fitted {
            FittedHeader::Network { layers, loss } => {
                let shape = match target.task {
                    Task::Regression => Targets::<f64>::Numbers { width: target.names.len(), values: Vec::new() },
                    Task::Classification => Targets::Classes { count: target.classes.len(), labels: Vec::new() },
                };
                let network = Network::new(layers, encoder.names.len(), loss, &shape)?;
                let weights = match precision {
                    Precision::Single => {
                        let (w, b) = read_network(&network, prefix, reader)?;
                        Weights::Single(w, b)
                    }
                    Precision::Double => {
                        let (w, b) = read_network(&network, prefix, reader)?;
                        Weights::Double(w, b)
                    }
                };
                Fitted::Network(network, weights)
            }
            FittedHeader::Linear { link } => {
                let (weights, intercepts) = (reader.array(&name("weights"))?, reader.array(&name("intercepts"))?);
                Fitted::Linear(FittedLinear { weights, intercepts, link })
            }
            FittedHeader::Forest { blocks } => {
                let blocks =
                    (0..blocks).map(|k| reader.bytes(&name(&format!("forest_{k}")))).collect::<Result<Vec<_>>>()?;
                let classes = (target.task == Task::Classification).then_some(target.classes.len());
                let blocks: Vec<&[u8]> = blocks.iter().map(Vec::as_slice).collect();
                Fitted::Forest(FittedForest::from_bytes(&blocks, classes)?)
            }
        };
        Ok(PartModel { encoder, targets, fitted })
    }
}

fn read_network<T: tensor::Real>(network: &Network, prefix: &str, reader: &Reader<'_>) -> Result<(Vec<T>, Vec<T>)> {
    let read = |entries: &[nn::Entry]| {
        let mut values = Vec::new();
        for entry in entries {
            let array = reader.array::<T>(&format!("{prefix}.{}", entry.name))?;
            if array.len() != entry.shape.size() {
                return Err(reader.wrong(
                    format!("array `{}` has {} numbers, not {}", entry.name, array.len(), entry.shape.size()),
                    "the file is damaged",
                ));
            }
            values.extend(array);
        }
        Ok(values)
    };
    Ok((read(&network.layout.parameters)?, read(&network.layout.buffers)?))
}

/// Mean and, of several, standard deviation over the parts.
pub(crate) fn average(parts: &[Vec<f64>]) -> (Vec<f64>, Option<Vec<f64>>) {
    let n = parts.len() as f64;
    if let [only] = parts {
        return (only.clone(), None);
    }
    let size = parts.first().map_or(0, Vec::len);
    let mean: Vec<f64> = (0..size).map(|i| parts.iter().map(|p| p[i]).sum::<f64>() / n).collect();
    let spread = |i: usize| (parts.iter().map(|p| (p[i] - mean[i]).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
    let deviation = (0..size).map(spread).collect();
    (mean, Some(deviation))
}

impl Model {
    /// Names of the numbers that a prediction holds: targets with units, or `p(class)`.
    pub fn output_names(&self) -> Vec<String> {
        match self.target.task {
            Task::Regression => (0..self.target.names.len()).map(|at| self.target.header(at)).collect(),
            Task::Classification => self.target.classes.iter().map(|class| format!("p({class})")).collect(),
        }
    }

    /// Compares predictions with the targets in a table.
    ///
    /// # Errors
    /// The table lacks a column of the model, or its targets.
    pub fn evaluate(&self, table: Table) -> Result<ModelScores> {
        for part in &self.parts {
            part.encoder.check(&table)?;
        }
        let source = self.source(table)?;
        let values = self
            .target
            .read(&source.table)?
            .ok_or_else(|| Error::missing_column(self.target.names.join("`, `"), &source.table))?;
        let known: Vec<usize> =
            (0..source.n_rows()).filter(|&row| values.known(row, self.target.names.len())).collect();
        if known.is_empty() {
            let reason = "no row has a target".into();
            return Err(Error::NoUsableRows {
                rows: source.n_rows(),
                reason,
                hint: "predict instead: `gedanken predict`",
            });
        }
        let k = self.target.outputs();
        let predicted = self.predict_source(&source, self.experiment.uncertainty.level)?.values;
        let predicted: Vec<f64> = known.iter().flat_map(|&row| &predicted[row * k..(row + 1) * k]).copied().collect();
        let observed = Observed::of(&values, &known, &self.target);
        Ok(ModelScores::of(&self.experiment.model.title(), &self.target, &observed, &predicted, self.experiment.seed))
    }
}
