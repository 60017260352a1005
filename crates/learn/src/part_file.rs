//! The parts of a model on their way into its file and back.

use data::{Scaler, Scaling};
use inputs::encoder::Encoder;
use inputs::target::TargetInfo;
use nn::models::{FittedForest, FittedLinear, FittedNeighbors, Link, NearestNeighbors};
use nn::{Layer, Loss, Network, Targets};
use serde::{Deserialize, Serialize};
use spec::error::Result;
use spec::precision::Precision;
use spec::task::Task;

use crate::fitted::{Fitted, PartModel, Weights};
use crate::model_file::{Arrays, Reader};
use crate::process::{ProcessHeader, Processes};

/// Data saved with the arrays.
#[derive(Serialize, Deserialize)]
pub struct PartHeader {
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
    Processes(ProcessHeader),
    Neighbors {
        settings: NearestNeighbors,
        width: usize,
        outputs: usize,
    },
}

impl PartModel {
    /// Adds its arrays under names that begin with `prefix`.
    pub fn write(&self, prefix: &str, arrays: &mut Arrays) -> Result<PartHeader> {
        let name = |name: &str| format!("{prefix}.{name}");
        arrays.add(&name("input_center"), &self.encoder.scaled().scaler.center);
        arrays.add(&name("input_scale"), &self.encoder.scaled().scaler.scale);
        arrays.add(&name("input_places"), &self.encoder.scaled().kept.iter().map(|&k| k as f64).collect::<Vec<_>>());
        if let Some(scaler) = &self.targets {
            arrays.add(&name("target_center"), &scaler.center);
            arrays.add(&name("target_scale"), &scaler.scale);
        }
        let fitted = match &self.fitted {
            Fitted::Network(network, weights) => {
                write_weights(network, weights, prefix, arrays);
                let layers = network.own_layers().to_vec();
                FittedHeader::Network { layers, loss: network.loss }
            }
            Fitted::Linear(linear) => {
                let outputs = linear.intercepts.len();
                arrays.add_shaped(&name("weights"), &linear.weights, &[linear.weights.len() / outputs.max(1), outputs]);
                arrays.add(&name("intercepts"), &linear.intercepts);
                FittedHeader::Linear { link: linear.link }
            }
            Fitted::Processes(processes) => FittedHeader::Processes(processes.write(prefix, arrays)),
            Fitted::Neighbors(model) => {
                let FittedNeighbors { settings, width, outputs, x, y, weights } = &**model;
                let rows = y.len() / (*outputs).max(1);
                arrays.add_shaped(&name("rows"), x, &[rows, *width]);
                arrays.add_shaped(&name("targets"), y, &[rows, *outputs]);
                arrays.add(&name("row_weights"), weights);
                FittedHeader::Neighbors { settings: settings.clone(), width: *width, outputs: *outputs }
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

/// Adds the parameters and buffers of a network under names that begin with `prefix`.
pub fn write_weights(network: &Network, weights: &Weights, prefix: &str, arrays: &mut Arrays) {
    match weights {
        Weights::Single(w, b) => network_arrays(network, w, b, prefix, arrays),
        Weights::Double(w, b) => network_arrays(network, w, b, prefix, arrays),
    }
}

/// The parameters and buffers of a network from arrays whose names begin with `prefix`.
pub fn read_weights(network: &Network, precision: Precision, prefix: &str, reader: &Reader<'_>) -> Result<Weights> {
    Ok(match precision {
        Precision::Single => {
            let (w, b) = read_network(network, prefix, reader)?;
            Weights::Single(w, b)
        }
        Precision::Double => {
            let (w, b) = read_network(network, prefix, reader)?;
            Weights::Double(w, b)
        }
    })
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
    /// The part whose arrays have names that begin with `prefix`.
    pub fn read(
        self,
        prefix: &str,
        reader: &Reader<'_>,
        target: &TargetInfo,
        precision: Precision,
    ) -> Result<PartModel> {
        let name = |name: &str| format!("{prefix}.{name}");
        let mut encoder = self.encoder;
        let scaled = encoder.scaled_mut();
        scaled.scaler.center = reader.array(&name("input_center"))?;
        scaled.scaler.scale = reader.array(&name("input_scale"))?;
        scaled.kept = reader.array::<f64>(&name("input_places"))?.into_iter().map(|k| k as usize).collect();
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
                let network = Network::new(layers, encoder.inputs(), loss, &shape)?;
                let weights = read_weights(&network, precision, prefix, reader)?;
                Fitted::Network(network, weights)
            }
            FittedHeader::Linear { link } => {
                let (weights, intercepts) = (reader.array(&name("weights"))?, reader.array(&name("intercepts"))?);
                Fitted::Linear(FittedLinear { weights, intercepts, link })
            }
            FittedHeader::Processes(header) => Fitted::Processes(Processes::read(header, prefix, reader)?),
            FittedHeader::Neighbors { settings, width, outputs } => {
                let (x, y) = (reader.array::<f32>(&name("rows"))?, reader.array::<f64>(&name("targets"))?);
                let weights: Vec<f64> = reader.array(&name("row_weights"))?;
                let rows = y.len() / outputs.max(1);
                if x.len() != rows * width
                    || y.len() != rows * outputs
                    || !(weights.is_empty() || weights.len() == rows)
                {
                    return Err(reader.wrong("its training rows do not fit its targets".into(), "the file is damaged"));
                }
                Fitted::Neighbors(FittedNeighbors { settings, width, outputs, x, y, weights }.into())
            }
            FittedHeader::Forest { blocks } => {
                let blocks =
                    (0..blocks).map(|k| reader.bytes(&name(&format!("forest_{k}")))).collect::<Result<Vec<_>>>()?;
                let classes = (target.task == Task::Classification).then_some(target.classes.len());
                let blocks: Vec<&[u8]> = blocks.iter().map(Vec::as_slice).collect();
                Fitted::Forest(FittedForest::from_bytes(&blocks, classes)?.into())
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
            if !array.iter().all(|x| x.is_finite()) {
                let reason = format!("array `{}` holds a number that is not finite", entry.name);
                return Err(reader.wrong(reason, "the file is damaged"));
            }
            values.extend(array);
        }
        Ok(values)
    };
    Ok((read(&network.layout.parameters)?, read(&network.layout.buffers)?))
}
