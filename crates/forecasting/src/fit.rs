//! Models of windows, and their training.

use learn::fitted::Weights;
use learn::session::History;
use learn::unit::{Saved, train_saved};
use nn::models::{FittedLinear, Ridge};
use nn::{Control, Feed, Form, Inputs, Layer, Loss, Network, Progress, Seq2seq, Targets, Training};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::model::ModelKind;
use spec::model_spec::WindowPlan;
use spec::precision::Precision;
use tensor::Device;

use crate::windows::{Frame, Windows};

/// A model of windows.
pub(crate) enum FittedWindows {
    Network(Network, Weights),
    Linear(FittedLinear),
}

impl FittedWindows {
    /// How many parameters it has.
    pub fn n_parameters(&self) -> usize {
        match self {
            FittedWindows::Network(network, _) => network.layout.n_parameters(),
            FittedWindows::Linear(linear) => linear.weights.len() + linear.intercepts.len(),
        }
    }
}

/// Parts of a network of windows.
pub struct Parts {
    pub layers: Vec<Layer>,
    pub decoder: Option<Seq2seq>,
    pub inputs: Inputs,
}

impl Parts {
    /// Of a kind of model; an error where it does not read windows.
    pub fn of(kind: &ModelKind, frame: &Frame) -> Result<Self> {
        let steps = |patch: usize| {
            if frame.window.is_multiple_of(patch.max(1)) {
                return Ok(Form::Sequence {
                    steps: frame.window / patch.max(1),
                    features: frame.features() * patch.max(1),
                });
            }
            Err(Error::Setting {
                message: format!("patches of {patch} steps do not fill a window of {}", frame.window),
                place: "model.patch".into(),
                hint: format!(
                    "set `forecast.window` to {}, or another multiple of the patch",
                    (frame.window / patch).max(1) * patch
                ),
            })
        };
        let (layers, decoder, form) = match kind.spec().windows() {
            // A perceptron reads future covariates with the rest of its inputs.
            Some(WindowPlan::Flat(layers)) => {
                let form = Form::Flat { features: frame.inputs() };
                return Ok(Parts { layers, decoder: None, inputs: Inputs { form, beside: 0, ahead: frame.horizon } });
            }
            Some(WindowPlan::Steps { layers, patch }) => (layers, None, steps(patch)?),
            Some(WindowPlan::Decoder(model)) => (Vec::new(), Some(model), steps(1)?),
            Some(WindowPlan::Linear(_)) | None => return Err(no_forecaster(kind)),
        };
        let beside = frame.beside();
        Ok(Parts { layers, decoder, inputs: Inputs { form, beside, ahead: frame.horizon } })
    }

    /// The network that is trained or read.
    pub fn network(self, frame: &Frame, loss: Loss) -> Result<Network> {
        let shape = Targets::<f64>::Numbers { width: frame.horizon * frame.targets(), values: Vec::new() };
        Ok(match self.decoder {
            Some(decoder) => Network::seq2seq(self.layers, decoder, self.inputs, loss, &shape)?,
            None => Network::new(self.layers, self.inputs, loss, &shape)?,
        })
    }
}

fn no_forecaster(kind: &ModelKind) -> Error {
    let known: Vec<String> = ModelKind::all()
        .iter()
        .filter(|kind| kind.members().len() == 1 && kind.spec().windows().is_some())
        .map(|kind| format!("`{}`", kind.name()))
        .collect();
    Error::Setting {
        message: format!("`{}` is not a model of time series", kind.name()),
        place: "model".into(),
        hint: format!("there are {}, and `averaging` of them", known.join(", ")),
    }
}

/// The ridge regression that a kind is on windows; `None` of networks.
pub fn linear(kind: &ModelKind) -> Option<Ridge> {
    match kind.spec().windows() {
        Some(WindowPlan::Linear(ridge)) => Some(ridge),
        _ => None,
    }
}

/// One training of one kind of model.
pub struct Task<'a> {
    pub kind: &'a ModelKind,
    pub experiment: &'a Experiment,
    pub train: Windows<'a>,
    pub validation: Option<Windows<'a>>,
    pub saved: Saved<'a>,
}

impl Task<'_> {
    pub fn fit(
        &self,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<(FittedWindows, History)> {
        if let Some(ridge) = linear(self.kind) {
            return Ok((FittedWindows::Linear(self.linear(&ridge, device)?), (Vec::new(), None)));
        }
        let frame = self.train.frame;
        let loss = self.experiment.loss.unwrap_or(Loss::MeanSquaredError);
        let network = Parts::of(self.kind, frame)?.network(frame, loss)?;
        let training = &self.experiment.train;
        let (weights, history) = match self.experiment.precision {
            Precision::Single => {
                let state = self.network::<f32>(&network, training, device, watch)?;
                let (w, b) = state.chosen();
                (Weights::Single(w.to_vec(), b.to_vec()), (state.history.clone(), state.best.map(|best| best.epoch)))
            }
            Precision::Double => {
                let state = self.network::<f64>(&network, training, device, watch)?;
                let (w, b) = state.chosen();
                (Weights::Double(w.to_vec(), b.to_vec()), (state.history.clone(), state.best.map(|best| best.epoch)))
            }
        };
        Ok((FittedWindows::Network(network, weights), history))
    }

    fn network<T: tensor::Real>(
        &self,
        network: &Network,
        training: &Training,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<nn::State<T>> {
        let validation = self.validation.as_ref().map(|rows| rows as &dyn Feed<T>);
        train_saved(network, (&self.train, validation), training, &self.saved, device, watch)
    }

    fn linear(&self, ridge: &Ridge, device: &Device) -> Result<FittedLinear> {
        let validation = self.validation.as_ref().map(|rows| rows as &dyn Feed<f64>);
        Ok(ridge.fit_streamed(&self.train, validation, device)?)
    }
}
