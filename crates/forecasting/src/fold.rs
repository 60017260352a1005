//! Data of one split of the series.

use data::Scaler;
use spec::forecast::Forecast;

use crate::context::Context;
use crate::cuts::{Cut, Span};
use crate::judge::{Judge, naive_scale};
use crate::windows::{Frame, Origin};

/// Data of one split of the series.
pub struct Fold<'a> {
    pub cut: &'a Cut,
    pub scaler: Scaler,
    pub judge: Judge<'a>,
    /// All origins of the validation and of the test.
    pub origins: [Vec<Origin>; 2],
}

impl Context<'_> {
    /// Inputs of a model, before the choice between joint and separate targets.
    pub(super) fn frame(&self, cut: &Cut, season: usize) -> Frame {
        let training = (0..self.panel.tracks.len()).map(|track| cut.range(track, Span::Training)[1]).max().unwrap_or(0);
        let suited = (2 * self.forecast.horizon.max(season)).max(8).min((training / 3).max(1));
        let window = if self.forecast.window == 0 { suited } else { self.forecast.window };
        let Forecast { horizon, normalize, .. } = *self.forecast;
        Frame { window, horizon, columns: self.panel.layout, shared: false, normalize }
    }

    pub fn fold<'f>(&'f self, cut: &'f Cut, frame: &Frame, season: usize) -> Fold<'f> {
        let columns = self.panel.layout;
        let mut scaler = Scaler { kind: self.experiment.scale.targets, center: Vec::new(), scale: Vec::new() };
        let mut deviations = Vec::new();
        for column in 0..columns.all() {
            let known = self.panel.tracks.iter().enumerate().flat_map(|(at, track)| {
                let [from, to] = cut.range(at, Span::Training);
                (from..to).map(move |step| track.row(step, columns)[column])
            });
            let known: Vec<f64> = known.collect();
            let scale = &self.experiment.scale;
            let is_target = column < columns.targets;
            let own = Scaler::fit(&known, 1, if is_target { scale.targets } else { scale.inputs });
            if is_target {
                deviations.extend(Scaler::fit(&known, 1, data::Scaling::Standard).scale);
            }
            scaler.center.extend(own.center);
            scaler.scale.extend(own.scale);
        }
        let scale = |track: usize, target: usize| {
            let end = cut.range(track, Span::Training)[1];
            naive_scale(&self.panel.tracks[track], (columns, target), season, end)
        };
        let scales = (0..self.panel.tracks.len()).map(|track| (0..columns.targets).map(|k| scale(track, k)).collect());
        let judge = Judge {
            panel: self.panel,
            horizon: frame.horizon,
            level: self.experiment.uncertainty.level,
            deviations,
            scales: scales.collect(),
            device: &self.device,
        };
        let origins = [Span::Validation, Span::Test].map(|span| cut.origins(frame, span, 1));
        Fold { cut, scaler, judge, origins }
    }
}
