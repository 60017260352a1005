//! Refusal of settings that have no meaning for forecasts.

use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::forecast::{Forecast, Normalize};

use crate::fit::{Parts, linear};
use crate::panel::Columns;
use crate::windows::Frame;

/// Refuses settings that have no meaning for forecasts.
pub fn check(experiment: &Experiment, forecast: &Forecast) -> Result<()> {
    forecast.check(&experiment.data.target)?;
    let wrong = |what: &str, place: &str, hint: &str| {
        let message = format!("{what}, which forecasts do not know");
        Err(Error::Setting { message, place: place.into(), hint: hint.into() })
    };
    let data = &experiment.data;
    if !data.features.is_empty() {
        return wrong("features are named", "data.features", "name them under `--past` or `--future`");
    }
    if data.smiles.is_some() {
        return wrong("molecules are named", "data.smiles", "leave them out, or leave out `forecast`");
    }
    if data.test.is_some() {
        return wrong("a table for the test is named", "data.test", "test it afterwards with `gedanken evaluate`");
    }
    if data.weights.is_some() {
        return wrong("weights are named", "data.weights", "leave them out");
    }
    let split = ::data::Split { fractions: experiment.split.fractions, ..::data::Split::default() };
    if experiment.split != split {
        let hint =
            "series are split in time: set `split.fractions` or `forecast.steps`, and `--backtest` for several windows";
        return wrong("another split is asked for", "split", hint);
    }
    if data.task == Some(spec::task::Task::Classification) {
        return wrong("classes are asked for", "data.task", "sequences with labels are read with `--sequence`");
    }
    if !experiment.curves.is_empty() {
        return wrong("curves are asked for", "curves", "leave them out");
    }
    if experiment.scale.log_targets {
        return wrong(
            "logarithms of the targets are asked for",
            "scale.log_targets",
            "write the logarithm into a column and predict that",
        );
    }
    let mut kinds = vec![&experiment.model];
    kinds.extend(&experiment.compare);
    for kind in kinds {
        let (single, ..) = kind.members()[0];
        if linear(single).is_none() {
            // Of any size: only the kind is looked at.
            let columns = Columns { targets: 1, past: 0, future: 0 };
            let frame = Frame { window: 0, horizon: 1, columns, shared: false, normalize: Normalize::None };
            Parts::of(single, &frame)?;
        }
    }
    Ok(())
}
