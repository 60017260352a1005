//! Windows of series as rows to learn from, made when they are wanted: memory does not grow with their number.

use data::Scaler;
use nn::{Batch, BatchTargets, Feed};
use serde::{Deserialize, Serialize};
use spec::forecast::Normalize;
use tensor::random::Key;
use tensor::{Device, Real};

use crate::panel::{Columns, Panel};

/// Encoding of a window as the inputs of a model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frame {
    pub window: usize,
    pub horizon: usize,
    pub columns: Columns,
    /// Each target is a row of its own.
    pub shared: bool,
    pub normalize: Normalize,
}

/// An origin of a forecast: the first step of its horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    pub track: usize,
    pub step: usize,
}

/// Location and scale that were removed from a target of a window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    pub center: f64,
    pub scale: f64,
}

/// Added to a variance, so that a window that stands still keeps a scale.
const LEAST: f64 = 1e-5;

impl Frame {
    /// Targets of a row.
    pub fn targets(&self) -> usize {
        if self.shared { 1 } else { self.columns.targets }
    }

    /// Rows for each origin.
    pub fn rows(&self) -> usize {
        if self.shared { self.columns.targets } else { 1 }
    }

    /// Numbers of a step of the window.
    pub fn features(&self) -> usize {
        self.targets() + self.columns.past + self.columns.future
    }

    /// Numbers of future covariates.
    pub fn beside(&self) -> usize {
        self.horizon * self.columns.future
    }

    /// Numbers of a row.
    pub fn inputs(&self) -> usize {
        self.window * self.features() + self.beside()
    }

    /// Writes the inputs of a model at an origin, and returns the normalization of each target; `first` is the target of a row that
    /// has only one.
    pub(crate) fn inputs_of<T: Real>(&self, of: &Scaled<'_>, at: Origin, first: usize, x: &mut [T]) -> Vec<Level> {
        let Columns { targets, past, future } = self.columns;
        let track = &of.panel.tracks[at.track];
        let begin = at.step - self.window;
        let own = first..first + self.targets();
        let value = |step: usize, column: usize| of.scaled(track.row(step, self.columns)[column], column);
        let levels: Vec<Level> =
            own.clone().map(|column| self.level((begin..at.step).map(|step| value(step, column)))).collect();
        let (window, beside) = x.split_at_mut(self.window * self.features());
        for (step, x) in window.chunks_exact_mut(self.features().max(1)).enumerate() {
            let seen = own.clone().zip(&levels).map(|(column, level)| level.without(value(begin + step, column)));
            let rest = (targets..targets + past + future).map(|column| value(begin + step, column));
            x.iter_mut().zip(seen.chain(rest)).for_each(|(x, y)| *x = T::of(y));
        }
        for (ahead, x) in beside.chunks_exact_mut(future.max(1)).enumerate() {
            let told = (targets + past..targets + past + future).map(|column| value(at.step + ahead, column));
            x.iter_mut().zip(told).for_each(|(x, y)| *x = T::of(y));
        }
        levels
    }

    fn level(&self, values: impl Iterator<Item = f64> + Clone) -> Level {
        let mean = || values.clone().sum::<f64>() / self.window as f64;
        match self.normalize {
            Normalize::None => Level { center: 0.0, scale: 1.0 },
            Normalize::Last => Level { center: values.clone().last().unwrap_or(0.0), scale: 1.0 },
            Normalize::Mean => Level { center: mean(), scale: 1.0 },
            Normalize::Standard => {
                let center = mean();
                let variance = values.map(|x| (x - center).powi(2)).sum::<f64>() / self.window as f64;
                Level { center, scale: (variance + LEAST).sqrt() }
            }
        }
    }
}

impl Level {
    pub fn without(self, x: f64) -> f64 {
        (x - self.center) / self.scale
    }

    pub fn restored(self, x: f64) -> f64 {
        self.center + self.scale * x
    }
}

/// Series, and the scale that their columns are brought to.
pub struct Scaled<'a> {
    pub panel: &'a Panel,
    pub scaler: &'a Scaler,
}

impl Scaled<'_> {
    fn scaled(&self, x: f64, column: usize) -> f64 {
        (x - self.scaler.center[column]) / self.scaler.scale[column]
    }
}

/// Windows before some origins, as rows.
pub struct Windows<'a> {
    pub frame: &'a Frame,
    pub of: Scaled<'a>,
    pub origins: Vec<Origin>,
}

impl<T: Real> Feed<T> for Windows<'_> {
    fn n_rows(&self) -> usize {
        self.origins.len() * self.frame.rows()
    }

    fn batch(&self, rows: &[usize], _: Option<Key>, device: &Device) -> nn::Result<Batch<T>> {
        let (frame, each) = (self.frame, self.frame.rows());
        let (inputs, targets) = (frame.inputs(), frame.targets());
        let mut levels = Vec::with_capacity(rows.len());
        let x = device.tensor([rows.len(), inputs], |x| {
            for (x, &row) in x.chunks_exact_mut(inputs.max(1)).zip(rows) {
                levels.push(frame.inputs_of(&self.of, self.origins[row / each], row % each, x));
            }
        });
        let width = frame.horizon * targets;
        let values = device.tensor([rows.len(), width], |y| {
            for ((y, &row), levels) in y.chunks_exact_mut(width.max(1)).zip(rows).zip(&levels) {
                let (at, first) = (self.origins[row / each], row % each);
                let track = &self.of.panel.tracks[at.track];
                for (ahead, y) in y.chunks_exact_mut(targets.max(1)).enumerate() {
                    let truth = track.row(at.step + ahead, frame.columns);
                    for (k, (y, level)) in y.iter_mut().zip(levels).enumerate() {
                        *y = T::of(level.without(self.of.scaled(truth[first + k], first + k)));
                    }
                }
            }
        });
        // The loss is that of the values, not of their normalized form: windows that were divided by little weigh less.
        let weights = (frame.normalize == Normalize::Standard).then(|| {
            device.tensor([rows.len(), width], |w| {
                for (w, levels) in w.chunks_exact_mut(width.max(1)).zip(&levels) {
                    let steps = w.chunks_exact_mut(targets.max(1));
                    steps.for_each(|w| w.iter_mut().zip(levels).for_each(|(w, l)| *w = T::of(l.scale * l.scale)));
                }
            })
        });
        Ok(Batch { x, graphs: None, y: BatchTargets::Numbers { values, weights } })
    }
}
