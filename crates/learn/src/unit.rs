//! One training: a single model on the rows of one fold.

use std::path::Path;

use data::Scaling;
use inputs::images::feed::{ImageFeed, ImageRows};
use nn::models::FittedForest;
use nn::{
    Control, Examples, Feed, GraphExamples, Graphs, Inputs, Layer, Loss, Network, Progress, State, Targets, Training,
    Unequal, train,
};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::model::ModelKind;
use spec::model_spec::{Plan, RowShape};
use spec::precision::Precision;
use tensor::random::Key;
use tensor::{Device, Real};

use crate::checkpoint;
use crate::fitted::{Fitted, Weights};
use crate::process::Processes;

/// Rows of one fold as numbers.
pub struct Rows {
    /// Inputs of the model.
    pub inputs: Inputs,
    /// Tokens that sequences consist of, where they do.
    pub tokens: Option<usize>,
    /// Empty of images; of graphs the extra descriptors.
    pub x: Vec<f32>,
    /// Graphs, where rows are some.
    pub graphs: Option<Graphs>,
    /// Images that are read when they are wanted.
    pub images: Option<ImageRows>,
    /// Its targets.
    pub y: Targets<f64>,
    /// Empty where all rows are equally weighted.
    pub weights: Vec<f64>,
}

/// Data and settings of one training.
pub struct Unit<'a> {
    /// The model that is trained.
    pub kind: &'a ModelKind,
    /// The settings of training, loss and precision.
    pub experiment: &'a Experiment,
    /// Rows to learn from.
    pub train: &'a Rows,
    /// Rows to stop by.
    pub validation: Option<&'a Rows>,
    /// Of this member of an ensemble.
    pub seed: u64,
    /// Draw the training rows with replacement.
    pub resample: bool,
    /// Where the state is saved after every epoch.
    pub checkpoint: Option<&'a Path>,
}

/// A trained model and how the training went, where there were epochs.
pub struct Trained {
    /// The model.
    pub fitted: Fitted,
    /// Its losses, epoch by epoch.
    pub history: Vec<nn::EpochRecord>,
    /// The epoch whose weights were kept.
    pub best_epoch: Option<usize>,
}

impl Unit<'_> {
    /// Trains, or goes on from the checkpoint; `watch` hears of every epoch and may interrupt.
    pub fn fit(&self, device: &Device, watch: &mut dyn FnMut(&Progress) -> Control) -> Result<Trained> {
        let resampled;
        let rows = if self.resample {
            let n = n_rows(&self.train.y);
            let mut random = Key::new(self.seed, "bagging").random();
            resampled = self.train.select(&(0..n).map(|_| random.below(n)).collect::<Vec<_>>());
            &resampled
        } else {
            self.train
        };
        let plain = |fitted| Ok(Trained { fitted, history: Vec::new(), best_epoch: None });
        let shape = RowShape { targets: &rows.y, tokens: rows.tokens };
        match self.kind.spec().plan(&shape)? {
            Plan::Network { layers, training, usual_loss } => {
                let loss = self.experiment.loss.filter(|_| !usual_loss).unwrap_or(Loss::suited_to(&rows.y));
                self.network(
                    layers,
                    loss,
                    &training.unwrap_or_else(|| self.experiment.train.clone()),
                    rows,
                    device,
                    watch,
                )
            }
            Plan::Linear(solve) => {
                let validation = self.validation.map(Rows::examples::<f64>);
                plain(Fitted::Linear(solve(&rows.examples::<f64>(), validation.as_ref(), self.seed, device)?))
            }
            Plan::Forest(forest) => {
                let forest: FittedForest = forest.fit(&rows.examples::<f32>(), self.seed)?;
                plain(Fitted::Forest(forest.into()))
            }
            Plan::Neighbors(model) => plain(Fitted::Neighbors(model.fit(&rows.examples::<f32>())?.into())),
            Plan::Process(process) => {
                let scaled = self.experiment.scale.inputs != Scaling::None;
                plain(Fitted::Processes(Processes::fit(&process, &rows.examples::<f64>(), scaled, self.seed)?))
            }
        }
    }

    fn network(
        &self,
        layers: Vec<Layer>,
        loss: Loss,
        training: &Training,
        rows: &Rows,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<Trained> {
        let network = Network::new(layers, rows.inputs, loss, &rows.y)?;
        match self.experiment.precision {
            Precision::Single => {
                let state = self.train_network::<f32>(&network, training, rows, device, watch)?;
                let (w, b) = state.chosen();
                let weights = Weights::Single(w.to_vec(), b.to_vec());
                Ok(Trained::new(network, weights, &state))
            }
            Precision::Double => {
                let state = self.train_network::<f64>(&network, training, rows, device, watch)?;
                let (w, b) = state.chosen();
                let weights = Weights::Double(w.to_vec(), b.to_vec());
                Ok(Trained::new(network, weights, &state))
            }
        }
    }

    fn train_network<T: Real>(
        &self,
        network: &Network,
        training: &Training,
        rows: &Rows,
        device: &Device,
        watch: &mut dyn FnMut(&Progress) -> Control,
    ) -> Result<State<T>> {
        let examples = rows.examples::<T>();
        let validated = self.validation.map(Rows::examples::<T>);
        let saved = Saved { seed: self.seed, checkpoint: self.checkpoint };
        if let Some(images) = &rows.images {
            let feed = ImageFeed { images, examples };
            let own = self.validation.and_then(|rows| rows.images.as_ref()).zip(validated);
            let validation = own.map(|(images, examples)| ImageFeed { images, examples });
            let validation = validation.as_ref().map(|rows| rows as &dyn Feed<T>);
            return train_saved(network, (&feed, validation), training, &saved, device, watch);
        }
        if let Some(graphs) = &rows.graphs {
            let feed = GraphExamples { graphs, examples };
            let own = self.validation.and_then(|rows| rows.graphs.as_ref()).zip(validated);
            let validation = own.map(|(graphs, examples)| GraphExamples { graphs, examples });
            let validation = validation.as_ref().map(|rows| rows as &dyn Feed<T>);
            return train_saved(network, (&feed, validation), training, &saved, device, watch);
        }
        let validation = validated.as_ref().map(|rows| rows as &dyn Feed<T>);
        match rows.inputs.form.lengths(&rows.x, rows.inputs.numbers()) {
            None => train_saved(network, (&examples, validation), training, &saved, device, watch),
            Some(lengths) => {
                let unequal = Unequal { examples, lengths };
                train_saved(network, (&unequal, validation), training, &saved, device, watch)
            }
        }
    }
}

/// Where a training is kept, and what it draws.
#[derive(Clone, Copy)]
pub struct Saved<'a> {
    /// Seed of the training.
    pub seed: u64,
    /// The file of the state after every epoch.
    pub checkpoint: Option<&'a Path>,
}

/// Trains from the state that is kept, or from the beginning, to the end.
pub fn train_saved<T: Real>(
    network: &Network,
    rows: (&dyn Feed<T>, Option<&dyn Feed<T>>),
    training: &Training,
    saved: &Saved<'_>,
    device: &Device,
    watch: &mut dyn FnMut(&Progress) -> Control,
) -> Result<State<T>> {
    let mut state = match saved.checkpoint.map(checkpoint::load::<T>).transpose()?.flatten() {
        Some(state) => state,
        None => State::new(network, training, saved.seed),
    };
    let mut failed = None;
    train(network, rows, training, (saved.seed, device), &mut state, &mut |progress, state| {
        if let Some(path) = saved.checkpoint
            && let Err(error) = checkpoint::save(path, state)
        {
            failed = Some(error);
            return Control::Interrupt;
        }
        watch(progress)
    })?;
    if let Some(error) = failed {
        return Err(error);
    }
    if !state.finished {
        return Err(Error::Interrupted { at: Some(format!("after epoch {}", state.history.len())) });
    }
    Ok(state)
}

impl Trained {
    fn new<T: Real>(network: Network, weights: Weights, state: &State<T>) -> Self {
        let best_epoch = state.best.as_ref().map(|best| best.epoch);
        Trained { fitted: Fitted::Network(network, weights), history: state.history.clone(), best_epoch }
    }
}

impl Rows {
    fn examples<T: Real>(&self) -> Examples<T> {
        let cast = |values: &[f64]| values.iter().map(|&y| T::of(y)).collect::<Vec<T>>();
        let targets = match &self.y {
            Targets::Numbers { width, values } => Targets::Numbers { width: *width, values: cast(values) },
            Targets::Classes { count, labels } => Targets::Classes { count: *count, labels: labels.clone() },
        };
        let x = self.x.iter().map(|&x| T::of(f64::from(x))).collect();
        // Images come from elsewhere.
        let width = if self.images.is_some() { 0 } else { self.inputs.numbers() };
        Examples { width, x, targets, weights: cast(&self.weights) }
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        n_rows(&self.y)
    }

    /// Some of the columns.
    pub fn columns(&self, columns: &[usize]) -> Rows {
        let width = self.inputs.numbers();
        let x = self.x.chunks_exact(width.max(1)).flat_map(|row| columns.iter().map(|&i| row[i])).collect();
        Rows {
            inputs: columns.len().into(),
            tokens: None,
            images: None,
            graphs: None,
            x,
            y: self.y.clone(),
            weights: self.weights.clone(),
        }
    }

    fn select(&self, rows: &[usize]) -> Rows {
        let width = self.inputs.numbers();
        let x = match &self.images {
            Some(_) => Vec::new(),
            None => rows.iter().flat_map(|&row| &self.x[row * width..(row + 1) * width]).copied().collect(),
        };
        let images = self.images.as_ref().map(|images| images.select(rows));
        let graphs = self.graphs.as_ref().map(|graphs| graphs.select(rows));
        let weights =
            if self.weights.is_empty() { Vec::new() } else { rows.iter().map(|&row| self.weights[row]).collect() };
        Rows { inputs: self.inputs, tokens: self.tokens, images, graphs, x, y: self.y.select(rows), weights }
    }
}

pub(crate) fn n_rows(targets: &Targets<f64>) -> usize {
    match targets {
        Targets::Numbers { width, values } => values.len() / (*width).max(1),
        Targets::Classes { labels, .. } => labels.len(),
    }
}
