//! A forecaster on its way into its file and back.

use std::path::Path;

use data::series::Clock;
use data::{Scaler, Scaling, files};
use learn::model_file::{Arrays, Reader, read_model};
use learn::part_file::{read_weights, write_weights};
use nn::Loss;
use nn::models::{FittedLinear, Link};
use serde::{Deserialize, Serialize};
use spec::error::Result;
use spec::experiment::Experiment;

use crate::fit::{FittedWindows, Parts, linear};
use crate::forecaster::Forecaster;
use crate::judge::Widths;
use crate::panel::{Columns, Panel, Track};
use crate::predict::{Forecasting, Part};
use crate::targets::TargetColumns;
use crate::windows::Frame;

/// The version of the file's layout.
const FORMAT: u32 = 1;
/// The mark that distinguishes the file from that of a tabular model.
pub const KIND: &str = "forecaster";

#[derive(Serialize, Deserialize)]
struct Header {
    format: u32,
    kind: String,
    experiment: Experiment,
    targets: TargetColumns,
    data_sha256: String,
    season: usize,
    frame: Frame,
    clock: Clock,
    columns: Columns,
    ends: Vec<End>,
    parts: usize,
}

#[derive(Serialize, Deserialize)]
struct End {
    id: Option<String>,
    start: f64,
    steps: usize,
}

impl Forecaster {
    /// Writes the forecaster to a file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<()> {
        Ok(files::write_atomically(path, &self.to_bytes()?)?)
    }

    /// Reads a forecaster from a file or from the folder of a run.
    pub fn load(path: &Path) -> Result<Self> {
        let (file, bytes) = read_model(path)?;
        let reader = Reader::new(&bytes, &file)?;
        if reader.kind()? != KIND {
            return Err(reader.wrong("it is a model of tables".into(), "read it as a model"));
        }
        Forecaster::from_reader(&reader)
    }

    /// A forecaster from its file.
    pub fn from_reader(reader: &Reader<'_>) -> Result<Self> {
        let header: Header = reader.header()?;
        if header.format > FORMAT {
            return Err(reader.wrong(
                format!("its format {} is newer than {FORMAT}", header.format),
                "use a newer version of the program",
            ));
        }
        let parts = (0..header.parts).map(|at| read_part(&header, at, reader)).collect::<Result<_>>()?;
        let tracks = header.ends.iter().enumerate().map(|(at, end)| {
            let values = reader.array(&format!("end_{at}"))?;
            Ok(Track { id: end.id.clone(), start: end.start, steps: end.steps, values, filled: Vec::new() })
        });
        let ends = Panel {
            clock: header.clock.clone(),
            tracks: tracks.collect::<Result<_>>()?,
            layout: header.columns,
            notes: Vec::new(),
        };
        Ok(Forecaster {
            widths: Widths(reader.array("widths")?),
            scales: reader.array("scales")?.chunks(header.columns.targets.max(1)).map(<[f64]>::to_vec).collect(),
            model: Forecasting::Models(parts),
            experiment: header.experiment,
            targets: header.targets,
            data_sha256: header.data_sha256,
            season: header.season,
            frame: header.frame,
            ends,
        })
    }

    /// The bytes of the file.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let mut arrays = Arrays::default();
        let parts = if let Forecasting::Models(parts) = &self.model { &parts[..] } else { &[] };
        for (at, part) in parts.iter().enumerate() {
            write_part(part, &format!("part_{at}"), &mut arrays);
        }
        arrays.add("widths", &self.widths.0);
        arrays.add("scales", &self.scales.concat());
        for (at, track) in self.ends.tracks.iter().enumerate() {
            arrays.add(&format!("end_{at}"), &track.values);
        }
        let end = |track: &Track| End { id: track.id.clone(), start: track.start, steps: track.steps };
        arrays.to_bytes(&Header {
            format: FORMAT,
            kind: KIND.into(),
            experiment: self.experiment.clone(),
            targets: self.targets.clone(),
            data_sha256: self.data_sha256.clone(),
            season: self.season,
            frame: self.frame.clone(),
            clock: self.ends.clock.clone(),
            columns: self.ends.layout,
            ends: self.ends.tracks.iter().map(end).collect(),
            parts: parts.len(),
        })
    }
}

fn write_part(part: &Part, prefix: &str, arrays: &mut Arrays) {
    let name = |name: &str| format!("{prefix}.{name}");
    arrays.add(&name("center"), &part.scaler.center);
    arrays.add(&name("scale"), &part.scaler.scale);
    match &part.fitted {
        FittedWindows::Network(network, weights) => write_weights(network, weights, prefix, arrays),
        FittedWindows::Linear(linear) => {
            arrays.add(&name("weights"), &linear.weights);
            arrays.add(&name("intercepts"), &linear.intercepts);
        }
    }
}

fn read_part(header: &Header, at: usize, reader: &Reader<'_>) -> Result<Part> {
    let prefix = format!("part_{at}");
    let name = |name: &str| format!("{prefix}.{name}");
    let (center, scale) = (reader.array(&name("center"))?, reader.array(&name("scale"))?);
    let scaler = Scaler { kind: Scaling::Standard, center, scale };
    let members = header.experiment.model.members();
    let (kind, ..) = members[at.min(members.len() - 1)];
    let fitted = if linear(kind).is_some() {
        let (weights, intercepts) = (reader.array(&name("weights"))?, reader.array(&name("intercepts"))?);
        FittedWindows::Linear(FittedLinear { weights, intercepts, link: Link::Identity })
    } else {
        let loss = header.experiment.loss.unwrap_or(Loss::MeanSquaredError);
        let network = Parts::of(kind, &header.frame)?.network(&header.frame, loss)?;
        let weights = read_weights(&network, header.experiment.precision, &prefix, reader)?;
        FittedWindows::Network(network, weights)
    };
    Ok(Part { frame: header.frame.clone(), scaler, fitted })
}
