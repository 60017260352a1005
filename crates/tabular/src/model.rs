//! A trained model: it predicts from tables and molecules, and lives in one file.

use std::path::Path;

use data::{Column, Table, Values, files};
use evaluation::domain::{Domain, DomainHeader, Neighbor};
use evaluation::intervals::{Calibration, Range};
use inputs::images::listing::listed;
use inputs::kind::Explains;
use inputs::names::RowNames;
use inputs::source::{Source, read_file};
use inputs::target::TargetInfo;
use learn::fitted::{Fitted, PartModel, Samples};
use learn::model_file::{Arrays, Reader, read_model};
use learn::part_file::PartHeader;
use learn::spread::{Spread, together};
use serde::{Deserialize, Serialize};
use spec::data::Data;
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::task::Task;

/// A trained model with everything that predictions need.
pub struct Model {
    /// The experiment by which it was trained.
    pub experiment: Experiment,
    /// Its targets.
    pub target: TargetInfo,
    /// SHA-256 of the table it was trained on.
    pub data_sha256: String,
    /// How many rows it has seen in training.
    pub train_rows: usize,
    pub parts: Vec<PartModel>,
    /// Conformal calibration by its validation rows.
    pub calibration: Option<Calibration>,
    /// Temperature that calibrates the probabilities of its classes.
    pub temperature: Option<f64>,
    /// Its applicability domain.
    pub domain: Option<Domain>,
}

/// Options of a prediction that differ from the experiment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PredictOptions {
    /// Coverage: the fraction of new values inside their intervals, and of new classes inside their sets.
    pub level: Option<f64>,
    /// Leave out rows whose molecule or image cannot be read.
    pub skip_invalid: Option<bool>,
}

/// Predictions for some rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Prediction {
    /// The level of its intervals or sets.
    pub level: f64,
    /// `[rows, targets]` in the targets' units, or `[rows, classes]` probabilities.
    pub values: Vec<f64>,
    /// Standard deviation between the members of an ensemble or between MC dropout samples, or that of a network that was
    /// trained by the Gaussian likelihood, in the same order.
    pub deviation: Option<Vec<f64>>,
    /// Conformal intervals or sets at the level of `experiment.uncertainty`; `None` of a model without validation rows.
    pub range: Option<Range>,
    /// How far each row lies from the training rows; empty of a model that has not kept any.
    pub neighbors: Vec<Neighbor>,
    /// Rows of the table that were predicted.
    pub rows: Vec<usize>,
    /// Their names, where their numbers do not identify them.
    pub names: Option<RowNames>,
    /// Warnings.
    pub notes: Vec<String>,
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
    temperature: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    domain: Option<DomainHeader>,
}

impl Model {
    /// Predicts every row of a table; rows whose molecule cannot be read are left out if the experiment said so.
    pub fn predict(&self, table: Table) -> Result<Prediction> {
        self.predict_with(table, &PredictOptions::default())
    }

    /// The same with other intervals, or with other rows left out, than the experiment says.
    pub fn predict_with(&self, table: Table, options: &PredictOptions) -> Result<Prediction> {
        let level = options.level.unwrap_or(self.experiment.uncertainty.level);
        self.predict_source(&self.source(table, options)?, level)
    }

    /// Reads a table that the model can predict: a file, or what the training had in its place: a folder or a NumPy file of images, a
    /// folder of JCAMP-DX, a table of paths.
    ///
    /// # Errors
    /// A file that is not such a table.
    pub fn read_table(&self, path: &Path, options: &PredictOptions) -> Result<Table> {
        let data = self.data(options);
        match listed(path, &data)? {
            Some(images) => Ok(images.table),
            None => Ok(read_file(path, &data)?.0),
        }
    }

    /// The settings of the data, with those of the request.
    fn data(&self, options: &PredictOptions) -> Data {
        let skip_invalid = options.skip_invalid.unwrap_or(self.experiment.data.skip_invalid);
        Data { skip_invalid, ..self.experiment.data.clone() }
    }

    /// Predicts molecules given as SMILES.
    pub fn predict_smiles(&self, smiles: &[&str]) -> Result<Prediction> {
        self.predict_smiles_with(smiles, &PredictOptions::default())
    }

    /// The same with other intervals, or with other molecules left out, than the experiment says.
    pub fn predict_smiles_with(&self, smiles: &[&str], options: &PredictOptions) -> Result<Prediction> {
        if !self.parts[0].encoder.kind().needs_only_molecules() {
            return Err(self.not_from_smiles());
        }
        self.predict_with(self.table_of_smiles(smiles)?, options)
    }

    /// Molecules as a table such as the model reads.
    ///
    /// # Errors
    /// Molecules without a known column.
    pub fn table_of_smiles(&self, smiles: &[&str]) -> Result<Table> {
        let header = self.parts[0].encoder.kind().smiles().unwrap_or_default().to_owned();
        let column = Column::new(&header, Values::Text(smiles.iter().copied().collect()));
        Ok(Table::from_columns("SMILES on the command line", vec![column])?)
    }

    /// The error where molecules alone are not enough.
    pub fn not_from_smiles(&self) -> Error {
        let names = self.parts[0].encoder.names().iter().take(10).cloned().collect::<Vec<_>>();
        Error::NotFromSmiles { columns: names.join(", ") }
    }

    pub(crate) fn predict_source(&self, source: &Source, level: f64) -> Result<Prediction> {
        self.predict_some(source, &(0..source.n_rows()).collect::<Vec<_>>(), level)
    }

    /// The same for some rows of the source, at the level of the experiment.
    pub fn predict_rows(&self, source: &Source, rows: &[usize]) -> Result<Prediction> {
        self.predict_some(source, rows, self.experiment.uncertainty.level)
    }

    fn predict_some(&self, source: &Source, rows: &[usize], level: f64) -> Result<Prediction> {
        self.say(source, rows, level).map(|(prediction, _)| prediction)
    }

    /// Combines the predictions of the members for some rows, with their bounds before any calibration.
    pub fn say(&self, source: &Source, rows: &[usize], level: f64) -> Result<(Prediction, Option<[Vec<f64>; 2]>)> {
        let samples = Samples::of(&self.experiment);
        let parts = self.parts.iter().map(|part| part.predict(source, rows, &self.target, samples));
        let said = self.together(&parts.collect::<Result<Vec<_>>>()?);
        let range = self.calibration.as_ref().map(|c| c.range(&self.target, level, &said));
        let neighbors = match &self.domain {
            Some(domain) => domain.locate(&self.parts[0], source, rows)?,
            None => Vec::new(),
        };
        let notes = self.parts[0].encoder.unknown(source, rows)?;
        let names = RowNames::of(source, &self.experiment.data, rows)?;
        let rows = rows.iter().map(|&row| source.rows[row]).collect();
        let Spread { values, deviation, bounds } = said;
        Ok((Prediction { level, values, deviation, range, neighbors, rows, names, notes }, bounds))
    }

    /// Combined prediction of the members: their mean, with the temperature of probabilities.
    pub fn together(&self, parts: &[Spread]) -> Spread {
        let mut said = together(&self.experiment.model, parts);
        if let Some(temperature) = self.temperature {
            nn::temperature::apply(&mut said.values, self.target.classes.len(), temperature);
        }
        said
    }

    /// A table as the model reads it.
    ///
    /// # Errors
    /// The table lacks a column of the model, or contains values that cannot be read.
    pub fn source(&self, table: Table, options: &PredictOptions) -> Result<Source> {
        for part in &self.parts {
            part.encoder.check(&table)?;
        }
        Source::new(table, String::new(), &self.data(options), &self.experiment.molecules)
    }

    /// Writes the model to a file, whole or not at all.
    pub fn save(&self, path: &Path) -> Result<()> {
        Ok(files::write_atomically(path, &self.to_bytes()?)?)
    }

    /// Reads a model from a file or from the folder of a run.
    pub fn load(path: &Path) -> Result<Self> {
        let (file, bytes) = read_model(path)?;
        let reader = Reader::new(&bytes, &file)?;
        if reader.kind()? == "forecaster" {
            let hint = "`gedanken predict`, `evaluate` and `describe` take it";
            return Err(reader.wrong("it is a forecaster of time series".into(), hint));
        }
        Model::from_reader(&reader)
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
            temperature: self.temperature,
            calibrated: self.calibration.as_ref().map_or(0, Calibration::n_targets),
            parts,
            experiment: self.experiment.clone(),
            target: self.target.clone(),
            data_sha256: self.data_sha256.clone(),
            train_rows: self.train_rows,
        })
    }

    pub fn from_reader(reader: &Reader<'_>) -> Result<Self> {
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
                .map(|(at, part)| part.read(&format!("part_{at}"), reader, &header.target, precision))
                .collect::<Result<_>>()?,
            calibration: match header.calibrated {
                0 => None,
                targets => Some(Calibration::read(reader, targets)?),
            },
            temperature: header.temperature,
            domain: header.domain.as_ref().map(|domain| Domain::read(reader, domain)).transpose()?,
            experiment: header.experiment,
            target: header.target,
            data_sha256: header.data_sha256,
            train_rows: header.train_rows,
        })
    }

    /// How many validation rows its intervals or sets rest on: of the target with the fewest; zero without any.
    pub fn calibration_rows(&self) -> usize {
        self.calibration.as_ref().map_or(0, Calibration::n_rows)
    }

    /// Names of the numbers it computes from.
    pub fn features(&self) -> &[String] {
        self.parts[0].encoder.names()
    }

    /// The axis and the preprocessing of the spectra that it reads, as text; `None` of other models.
    pub fn spectra(&self) -> Option<String> {
        self.words_of(Explains::Wavelengths)
    }

    /// The images that it reads, as text; `None` of other models.
    pub fn images(&self) -> Option<String> {
        self.words_of(Explains::Pixels)
    }

    fn words_of(&self, wanted: Explains) -> Option<String> {
        let encoder = &self.parts[0].encoder;
        (encoder.explains() == wanted).then(|| encoder.words())
    }

    /// Whether it, or one of the models that it averages, reads molecules as graphs; the features are then extra descriptors.
    pub fn reads_graphs(&self) -> bool {
        self.parts.iter().any(|part| part.encoder.explains() == Explains::Atoms)
    }

    /// Whether it reads sequences.
    pub fn reads_sequences(&self) -> bool {
        self.parts.first().is_some_and(|part| part.encoder.explains() == Explains::Steps)
    }

    /// How many models it averages.
    pub fn n_parts(&self) -> usize {
        self.parts.len()
    }

    /// Layers of the networks of each kind: name, sizes of what it gives for a row, parameters; none of other models.
    pub fn layers(&self) -> Vec<Vec<(String, String, usize)>> {
        let mut kinds: Vec<Vec<(String, String, usize)>> = Vec::new();
        for part in &self.parts {
            let Fitted::Network(network, _) = &part.fitted else { continue };
            let layers = network.summary();
            if !kinds.contains(&layers) {
                kinds.push(layers);
            }
        }
        kinds
    }

    /// Arrays of the (first) network with their shapes and numbers of parameters; empty for other models.
    pub fn arrays(&self) -> Vec<(String, String, usize)> {
        let Fitted::Network(network, _) = &self.parts[0].fitted else { return Vec::new() };
        let entries = network.layout.parameters.iter();
        entries.map(|entry| (entry.name.clone(), entry.shape.to_string(), entry.shape.size())).collect()
    }
}

impl Model {
    /// Names of the numbers that a prediction holds: targets with units, or `p(class)`.
    pub fn output_names(&self) -> Vec<String> {
        match self.target.task {
            Task::Regression => (0..self.target.names.len()).map(|at| self.target.header(at)).collect(),
            Task::Classification => self.target.classes.iter().map(|class| format!("p({class})")).collect(),
        }
    }
}
