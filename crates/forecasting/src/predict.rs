//! Predictions of models and naive baselines over the horizon.

use data::Scaler;
use learn::fitted::{Weights, flat, spread};
use learn::spread::Spread;
use nn::Network;
use spec::model::ModelKind;
use tensor::{Device, Real};

use crate::fit::{FittedWindows, linear};
use crate::panel::Panel;
use crate::windows::{Frame, Level, Origin, Scaled};

/// A trained model with its encoder and output scale.
pub struct Part {
    pub frame: Frame,
    pub scaler: Scaler,
    pub(crate) fitted: FittedWindows,
}

/// A predictor.
pub enum Forecasting {
    /// Naive: the last value stays.
    Naive,
    /// Seasonal naive: the value one season before is repeated.
    SeasonalNaive(usize),
    /// Drift: the line through the first and the last value is continued.
    Drift,
    /// The mean of the predictions of trained models.
    Models(Vec<Part>),
}

/// Name of a model next to naive baselines: the ridge of windows is the linear forecast.
pub(crate) fn title_of(kind: &ModelKind) -> String {
    if linear(kind).is_some() { "linear".into() } else { kind.title() }
}

/// Forecasts from some origins, `[origins, horizon, targets]` in units of the targets.
pub struct Said {
    pub values: Vec<f64>,
    /// The lower and upper bounds that the models predict.
    pub bounds: Option<[Vec<f64>; 2]>,
}

/// Of a normal distribution so many deviations hold nine tenths; calibration corrects it for any level.
const DEVIATIONS: f64 = 1.644_853_626_951_472_6;

impl Forecasting {
    /// The name in tables of results.
    pub fn title(&self) -> Option<String> {
        match self {
            Forecasting::Naive => Some("naive".into()),
            Forecasting::SeasonalNaive(season) => Some(format!("seasonal naive ({season})")),
            Forecasting::Drift => Some("drift".into()),
            Forecasting::Models(_) => None,
        }
    }

    /// Forecasts of `horizon` steps from some origins.
    pub(crate) fn say(&self, panel: &Panel, origins: &[Origin], horizon: usize, device: &Device) -> Said {
        let Forecasting::Models(parts) = self else {
            let values = origins.iter().flat_map(|at| self.rule(panel, *at, horizon)).collect();
            return Said { values, bounds: None };
        };
        let mut all = parts.iter().map(|part| part.say(panel, origins, device));
        let Some(mut said) = all.next() else { return Said { values: Vec::new(), bounds: None } };
        for other in all {
            add(&mut said.values, &other.values);
            if let (Some(own), Some(other)) = (&mut said.bounds, &other.bounds) {
                own.iter_mut().zip(other).for_each(|(own, other)| add(own, other));
            }
        }
        let count = parts.len() as f64;
        let ends = said.bounds.iter_mut().flatten();
        ends.chain([&mut said.values]).for_each(|values| values.iter_mut().for_each(|y| *y /= count));
        said
    }

    fn rule(&self, panel: &Panel, at: Origin, horizon: usize) -> Vec<f64> {
        let (track, columns) = (&panel.tracks[at.track], panel.layout);
        let value = |step: usize, target: usize| track.row(step, columns)[target];
        let last = at.step - 1;
        let one = |ahead: usize, target: usize| match self {
            Forecasting::SeasonalNaive(season) if *season <= at.step => {
                value(at.step - season + ahead % season, target)
            }
            Forecasting::Drift if last > 0 => {
                let slope = (value(last, target) - value(0, target)) / last as f64;
                value(last, target) + slope * (ahead + 1) as f64
            }
            _ => value(last, target),
        };
        (0..horizon).flat_map(|ahead| (0..columns.targets).map(move |target| one(ahead, target))).collect()
    }
}

fn add(to: &mut [f64], other: &[f64]) {
    to.iter_mut().zip(other).for_each(|(to, y)| *to += y);
}

impl Part {
    fn say(&self, panel: &Panel, origins: &[Origin], device: &Device) -> Said {
        let of = Scaled { panel, scaler: &self.scaler };
        let mut levels = Vec::with_capacity(origins.len() * self.frame.rows());
        let said = match &self.fitted {
            FittedWindows::Network(network, Weights::Double(w, b)) => {
                say(network, (w, b), &self.inputs::<f64>(&of, origins, &mut levels), device)
            }
            FittedWindows::Network(network, Weights::Single(w, b)) => {
                say(network, (w, b), &self.inputs::<f32>(&of, origins, &mut levels), device)
            }
            FittedWindows::Linear(linear) => Spread::of(linear.predict(&self.inputs::<f64>(&of, origins, &mut levels))),
        };
        let restored = |values: &[f64], restore: &dyn Fn(&Level, usize, f64) -> f64| {
            self.arrange(values, &levels, origins.len(), restore)
        };
        let value = |level: &Level, target: usize, y: f64| {
            self.scaler.center[target] + self.scaler.scale[target] * level.restored(y)
        };
        let values = restored(&said.values, &value);
        let around = |deviation: &Vec<f64>| {
            let wide = restored(deviation, &|level, target, y| self.scaler.scale[target] * level.scale * y);
            [-1.0, 1.0].map(|sign| values.iter().zip(&wide).map(|(y, wide)| y + sign * DEVIATIONS * wide).collect())
        };
        let ends = said.bounds.as_ref().map(|ends| ends.each_ref().map(|end| restored(end, &value)));
        let bounds = ends.or_else(|| said.deviation.as_ref().map(around));
        Said { values, bounds }
    }

    fn inputs<T: Real>(&self, of: &Scaled<'_>, origins: &[Origin], levels: &mut Vec<Vec<Level>>) -> Vec<T> {
        let (inputs, each) = (self.frame.inputs(), self.frame.rows());
        let mut x = vec![T::ZERO; origins.len() * each * inputs];
        for (row, x) in x.chunks_exact_mut(inputs.max(1)).enumerate() {
            levels.push(self.frame.inputs_of(of, origins[row / each], row % each, x));
        }
        x
    }

    /// From rows of `horizon * targets` numbers to `[origins, horizon, targets]`.
    fn arrange(
        &self,
        values: &[f64],
        levels: &[Vec<Level>],
        origins: usize,
        restore: &dyn Fn(&Level, usize, f64) -> f64,
    ) -> Vec<f64> {
        let (horizon, each, own) = (self.frame.horizon, self.frame.rows(), self.frame.targets());
        let targets = self.frame.columns.targets;
        let mut out = vec![0.0; origins * horizon * targets];
        for (row, (values, levels)) in values.chunks_exact((horizon * own).max(1)).zip(levels).enumerate() {
            let (origin, first) = (row / each, row % each);
            for (at, y) in values.iter().enumerate() {
                let (step, k) = (at / own, at % own);
                out[(origin * horizon + step) * targets + first + k] = restore(&levels[k], first + k, *y);
            }
        }
        out
    }
}

fn say<T: Real>(network: &Network, (w, b): (&[T], &[T]), x: &[T], device: &Device) -> Spread {
    let values = network.predict(&flat(w), b, x, device);
    spread(network, values.iter().map(|y| y.to_f64()).collect())
}
