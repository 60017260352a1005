//! How series are split in time.

use spec::error::{Error, Result};
use spec::forecast::Forecast;

use crate::panel::Panel;
use crate::windows::{Frame, Origin};

/// Ends of training, validation and test of each series: steps before the first are learned from.
#[derive(Clone, Debug, PartialEq)]
pub struct Cut {
    /// For each series.
    pub ends: Vec<[usize; 3]>,
}

/// Subset of a series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Span {
    Training,
    Validation,
    Test,
}

/// One split, or one for each window of a backtest.
pub(crate) fn cuts(panel: &Panel, forecast: &Forecast, fractions: [f64; 3]) -> Result<Vec<Cut>> {
    let lengths: Vec<usize> = panel.tracks.iter().map(|track| track.steps).collect();
    let all = |cut: &dyn Fn(usize) -> [usize; 3]| Cut { ends: lengths.iter().map(|&n| cut(n)).collect() };
    if let Some(steps) = forecast.steps {
        let needed: usize = steps.iter().sum();
        if let Some(track) = panel.tracks.iter().find(|track| track.steps < needed) {
            return Err(Error::Setting {
                message: format!("{} has {} steps, {needed} are asked for", track.name(), track.steps),
                place: "forecast.steps".into(),
                hint: "ask for fewer, or leave it out: then fractions of the series are taken".into(),
            });
        }
    }
    let [train, validation, test] = fractions;
    let share = |n: usize, part: f64| (part * n as f64).round() as usize;
    if forecast.backtest == 0 {
        return Ok(vec![match forecast.steps {
            Some([a, b, c]) => all(&|_| [a, a + b, a + b + c]),
            None => all(&|n| [share(n, train), n - share(n, test), n]),
        }]);
    }
    let known = train + validation;
    let (blocks, end) = (forecast.backtest, |n: usize| forecast.steps.map_or(n, |steps| steps.iter().sum()));
    Ok((0..blocks)
        .map(|block| {
            all(&|n| {
                let n = end(n);
                let border = |block: usize| n / 2 + block * (n - n / 2) / blocks;
                let before = border(block);
                [before - share(before, validation / known), before, border(block + 1)]
            })
        })
        .collect())
}

impl Cut {
    /// The steps of a subset of a series.
    pub fn range(&self, track: usize, span: Span) -> [usize; 2] {
        let [train, validation, test] = self.ends[track];
        match span {
            Span::Training => [0, train],
            Span::Validation => [train, validation],
            Span::Test => [validation, test],
        }
    }

    /// All origins whose horizon lies in a subset, every `stride` steps; their windows may reach back into the subset before.
    pub fn origins(&self, frame: &Frame, span: Span, stride: usize) -> Vec<Origin> {
        let of = |track: usize| {
            let [from, to] = self.range(track, span);
            let from = from.max(frame.window);
            let to = (to + 1).saturating_sub(frame.horizon);
            (from..to.max(from)).step_by(stride.max(1)).map(move |step| Origin { track, step })
        };
        (0..self.ends.len()).flat_map(of).collect()
    }

    /// Refuses subsets that are shorter than a window.
    pub fn check(&self, panel: &Panel, frame: &Frame) -> Result<()> {
        let parts = [(Span::Training, "training"), (Span::Validation, "validation"), (Span::Test, "test")];
        for (span, name) in parts {
            let asked = (0..self.ends.len()).any(|track| self.range(track, span)[0] < self.range(track, span)[1]);
            if (!asked && span == Span::Validation) || !self.origins(frame, span, 1).is_empty() {
                continue;
            }
            let steps = (0..self.ends.len()).map(|track| {
                let [from, to] = self.range(track, span);
                to - from
            });
            let needed = if span == Span::Training { frame.window + frame.horizon } else { frame.horizon };
            return Err(Error::TooFewSteps {
                part: name,
                found: steps.max().unwrap_or(0),
                longest: panel.tracks.iter().map(|track| track.steps).max().unwrap_or(0),
                needed,
                window: frame.window,
                horizon: frame.horizon,
            });
        }
        Ok(())
    }
}
