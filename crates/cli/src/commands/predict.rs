//! `gedanken predict MODEL data.csv`.

use std::fmt::Write;

use gedanken::{
    Error, Forecaster, Loaded, Model, PredictOptions, Prediction, Range, RowNames, Table, write_atomically,
};
use serde_json::{Value, json};

use crate::arguments::Predict;
use crate::terminal::{Result, note, print};

pub fn run(arguments: &Predict) -> Result {
    let model = match Loaded::read(&arguments.model)? {
        Loaded::Forecaster(model) => return forecast(arguments, *model),
        Loaded::Model(model) => model,
    };
    if arguments.table.is_none() && arguments.smiles.is_empty() {
        return Err(Error::NothingToPredict.into());
    }
    let options = PredictOptions { level: arguments.level, skip_invalid: Some(arguments.skip_invalid) };
    let mut prediction = match &arguments.table {
        Some(path) => model.predict_with(model.read_table(path, &options)?, &options)?,
        None => {
            let smiles: Vec<&str> = arguments.smiles.iter().map(String::as_str).collect();
            model.predict_smiles_with(&smiles, &options)?
        }
    };
    if arguments.table.is_none() {
        let names = prediction.rows.iter().map(|&row| arguments.smiles[row].clone()).collect();
        prediction.names = Some(RowNames { column: "smiles".into(), names });
    }
    tell_if_infinite(&model, &prediction);
    prediction.notes.iter().for_each(|text| note(text));
    let text = if arguments.json { as_json(&model, &prediction) } else { as_csv(&model, &prediction) };
    match &arguments.out {
        Some(path) => Ok(write_atomically(path, text.as_bytes())?),
        None => print(text),
    }
}

/// The steps after the end of series.
fn forecast(arguments: &Predict, model: Forecaster) -> Result {
    let model = model.mending(arguments.impute.as_deref(), arguments.resample.as_deref())?;
    let level = model.experiment.uncertainty.level;
    if let Some(wanted) = arguments.level.filter(|wanted| *wanted != level) {
        return Err(Error::OtherLevel { wanted, level }.into());
    }
    let forecasts = match &arguments.table {
        Some(path) => model.predict_table(&Table::read(path)?)?,
        None => model.predict()?,
    };
    let time = model.experiment.forecast.as_ref().map_or("time", |forecast| forecast.time.as_str());
    let text = if arguments.json { format!("{}\n", json!(forecasts)) } else { forecasts.to_csv(time) };
    match &arguments.out {
        Some(path) => Ok(write_atomically(path, text.as_bytes())?),
        None => print(text),
    }
}

/// Intervals are infinite where the validation rows are too few for the level.
fn tell_if_infinite(model: &Model, prediction: &Prediction) {
    let Some(Range::Intervals(intervals)) = &prediction.range else { return };
    if intervals.iter().any(|[low, high]| low.is_infinite() || high.is_infinite()) {
        let (level, rows) = (prediction.level, model.calibration_rows());
        // A decimal fraction may differ from its value by a rounding error.
        let needed = (level / (1.0 - level) - 1e-9).ceil();
        note(&format!(
            "intervals that hold {} % need {needed} validation rows, the model has {rows}: they are infinite",
            (1e6 * level).round() / 1e4
        ));
    }
}

fn has_density(prediction: &Prediction) -> bool {
    prediction.neighbors.first().is_some_and(|near| near.density.is_some())
}

/// A line for each prediction, which begins with the number of its row, its molecule, or the name of its sequence or image.
fn as_csv(model: &Model, prediction: &Prediction) -> String {
    let names = model.output_names();
    let mut csv = gedanken::quoted(prediction.names.as_ref().map_or("row", |names| &names.column));
    names.iter().for_each(|name| csv.push_str(&format!(",{}", gedanken::quoted(name))));
    if !model.target.classes.is_empty() {
        let _ = write!(csv, ",{}", gedanken::quoted(&model.target.names[0]));
    }
    if prediction.deviation.is_some() {
        names.iter().for_each(|name| csv.push_str(&format!(",{}", gedanken::quoted(&format!("{name} deviation")))));
    }
    match &prediction.range {
        Some(Range::Intervals(_)) => names.iter().for_each(|name| {
            let ends = ["low", "high"].map(|end| gedanken::quoted(&format!("{name} {end}")));
            let _ = write!(csv, ",{},{}", ends[0], ends[1]);
        }),
        Some(Range::Sets(_)) => {
            let _ = write!(csv, ",{}", gedanken::quoted(&format!("{} set", model.target.names[0])));
        }
        None => {}
    }
    if !prediction.neighbors.is_empty() {
        csv.push_str(",domain,distance,nearest");
    }
    if has_density(prediction) {
        csv.push_str(",density");
    }
    csv.push('\n');
    let k = names.len();
    for (at, row) in prediction.rows.iter().enumerate() {
        match &prediction.names {
            Some(names) => csv.push_str(&gedanken::quoted(&names.names[at])),
            None => csv.push_str(&(row + 1).to_string()),
        }
        let values = &prediction.values[at * k..(at + 1) * k];
        values.iter().for_each(|y| csv.push_str(&format!(",{y}")));
        if !model.target.classes.is_empty() {
            let best = gedanken::argmax(values);
            let _ = write!(csv, ",{}", gedanken::quoted(&model.target.classes[best]));
        }
        if let Some(deviation) = &prediction.deviation {
            deviation[at * k..(at + 1) * k].iter().for_each(|y| csv.push_str(&format!(",{y}")));
        }
        match &prediction.range {
            Some(Range::Intervals(intervals)) => intervals[at * k..(at + 1) * k].iter().for_each(|[low, high]| {
                let _ = write!(csv, ",{low},{high}");
            }),
            Some(Range::Sets(sets)) => {
                let _ = write!(csv, ",{}", gedanken::quoted(&class_names(model, &sets[at]).join("|")));
            }
            None => {}
        }
        if let Some(near) = prediction.neighbors.get(at) {
            let _ = write!(csv, ",{},{:.4},{}", near.status.word(), near.distance, near.row + 1);
            near.density.iter().for_each(|density| csv.push_str(&format!(",{density:.3}")));
        }
        csv.push('\n');
    }
    csv
}

fn class_names(model: &Model, set: &[usize]) -> Vec<String> {
    set.iter().map(|&class| model.target.classes[class].clone()).collect()
}

fn as_json(model: &Model, prediction: &Prediction) -> String {
    let k = model.output_names().len();
    let rows = |values: &[f64]| values.chunks(k).map(Value::from).collect::<Vec<_>>();
    let object = json!({
        "columns": model.output_names(),
        "rows": prediction.rows.iter().map(|row| row + 1).collect::<Vec<_>>(),
        "names": prediction.names.as_ref().map(|names| &names.names),
        "predictions": rows(&prediction.values),
        "deviation": prediction.deviation.as_deref().map(rows),
        "level": prediction.level,
        "intervals": match &prediction.range {
            Some(Range::Intervals(intervals)) => json!(intervals.chunks(k).collect::<Vec<_>>()),
            _ => Value::Null,
        },
        "domain": prediction.neighbors.iter().map(|near| near.status.word()).collect::<Vec<_>>(),
        "distance": prediction.neighbors.iter().map(|near| near.distance).collect::<Vec<_>>(),
        "nearest": prediction.neighbors.iter().map(|near| near.row + 1).collect::<Vec<_>>(),
        "density": has_density(prediction).then(|| prediction.neighbors.iter().map(|near| near.density).collect::<Vec<_>>()),
        "sets": match &prediction.range {
            Some(Range::Sets(sets)) => sets.iter().map(|set| class_names(model, set)).collect(),
            _ => Value::Null,
        },
    });
    format!("{object}\n")
}
