//! `gedanken fit`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use gedanken::{
    Control, Curve, Done, Error, Event, Experiment, Options, Setting, abandon_run, begin_run, carry_out, from_toml,
    read_experiment, resumable,
};

use crate::arguments::{Fit, Series};
use crate::progress::Progress;
use crate::stop;
use crate::terminal::{Failure, Result, print, say};

pub fn run(arguments: Fit) -> Result {
    let (experiment, folder) = match &arguments.resume {
        Some(folder) => {
            let (experiment, finished) = resumable(folder)?;
            if finished {
                say(&format!("the run in {} is finished: nothing to do", folder.display()));
                return if arguments.json {
                    print(std::fs::read_to_string(folder.join("metrics.json")).unwrap_or_default())
                } else {
                    Ok(())
                };
            }
            (experiment, folder.clone())
        }
        None => {
            let experiment = experiment(&arguments)?;
            let folder = match &arguments.out {
                Some(folder) => fresh(folder)?,
                None => new_folder(&experiment)?,
            };
            begin_run(&folder, &experiment)?;
            (experiment, folder)
        }
    };
    let start = Instant::now();
    let done = train(&arguments, &experiment, &folder, start)?;
    let outcome = done.results();
    outcome.write(&folder)?;
    if arguments.json {
        return print(format!("{}\n", outcome.to_json()));
    }
    print(outcome.summary())?;
    print(outcome.closing(start.elapsed().as_secs_f64(), &folder))
}

fn train(
    arguments: &Fit,
    experiment: &Experiment,
    folder: &Path,
    start: Instant,
) -> std::result::Result<Done, Failure> {
    let (progress, stop) = (Progress::new(experiment), stop::flag());
    let checkpoints = folder.join("checkpoints");
    let watch = |event: Event<'_>| {
        progress.hear(event);
        if stop::asked(&stop) { Control::Interrupt } else { Control::Continue }
    };
    let outcome =
        carry_out(experiment, &Options { threads: arguments.threads, checkpoints: Some(&checkpoints), watch: &watch });
    progress.finish();
    if outcome.is_err() && arguments.resume.is_none() {
        abandon_run(folder);
    }
    outcome.map_err(|error| match error {
        Error::Interrupted { .. } => {
            say(&format!(
                "stopped after {:.1} s; everything up to the last epoch is kept",
                start.elapsed().as_secs_f64()
            ));
            Failure::Interrupted { hint: Some(format!("go on with `gedanken fit --resume {}`", folder.display())) }
        }
        error => Failure::Error(error),
    })
}

/// The experiment of the arguments: a file or the defaults, then short options, then `--set`.
fn experiment(arguments: &Fit) -> std::result::Result<Experiment, Error> {
    let mut settings = Vec::new();
    let is_experiment = arguments.input.as_deref().and_then(Path::extension).is_some_and(|e| e == "toml");
    if let (Some(table), false) = (&arguments.input, is_experiment) {
        let name = table.display().to_string();
        let named = !table.exists() && gedanken::datasets::find(&name).is_ok();
        settings.push(Setting::new(if named { "data.dataset" } else { "data.path" }, name));
        settings.push(Setting::new("data.target", Vec::<String>::new()));
    }
    let said = &arguments.settings;
    settings.extend(arguments.model.as_deref().map(|kind| Setting::new("model.kind", kind_called(kind))));
    settings.extend(images(arguments));
    settings.extend(said.settings());
    if let Some(split) = &arguments.split {
        let (kind, column) =
            split.split_once(':').map_or((split.as_str(), None), |(kind, column)| (kind, Some(column)));
        settings.push(Setting::new("split.kind", kind));
        settings.extend(column.map(|column| Setting::new("split.column", column)));
    }
    let forecasts = arguments.series.settings.shorts().has("time");
    if !arguments.compare.is_empty() {
        let kinds: Vec<_> =
            arguments.compare.iter().map(|kind| serde_json::json!({ "kind": kind_called(kind) })).collect();
        settings.push(Setting::new("compare", kinds));
        if !said.has("folds") && !said.has("repeats") && !is_experiment && !forecasts {
            let by_chance = !arguments.split.as_deref().is_some_and(|split| split.starts_with("time"));
            settings.push(Setting::new("split.folds", 5));
            settings.push(Setting::new("split.repeats", if by_chance { 2 } else { 1 }));
        }
    }
    if !arguments.curves.is_empty() {
        let resamples = arguments.decompose.unwrap_or(0);
        let curve = |c: &Curve| serde_json::json!({ "field": c.field, "values": c.values, "resamples": resamples });
        settings.push(Setting::new("curves", arguments.curves.iter().map(curve).collect::<Vec<_>>()));
    }
    settings.extend(series(&arguments.series));
    settings.extend(arguments.sequence.as_deref().map(|text| Setting::new("data.sequence", sequence(text))));
    if let Some((low, high)) = arguments.spectra {
        let ends = [("data.spectra.low", low), ("data.spectra.high", high)];
        if low.is_none() && high.is_none() && !is_experiment {
            settings.push(Setting::new("data.spectra", serde_json::json!({})));
        }
        settings.extend(ends.into_iter().filter_map(|(path, x)| Some(Setting::new(path, x?))));
    }
    settings.extend(arguments.set.iter().cloned());
    match &arguments.input {
        Some(file) if is_experiment => read_experiment(file, &settings),
        Some(_) => from_toml("", "the command line", &settings),
        None => {
            // The main job: fields that are not set keep their defaults, the embedded data among them.
            let embedded = Setting::new("data", serde_json::to_value(Experiment::default().data).unwrap_or_default());
            from_toml("", "the command line", &[vec![embedded], settings].concat())
        }
    }
}

/// `rows:probe:time` as a setting; other text is left to the checks.
fn sequence(text: &str) -> serde_json::Value {
    let mut parts = text.splitn(3, ':');
    let (kind, first, second) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let mut value = serde_json::json!({ "kind": kind });
    match (kind, first) {
        ("columns", Some(channels)) => {
            value["channels"] = channels.parse::<u64>().map_or_else(|_| channels.into(), Into::into);
        }
        (_, Some(id)) => value["id"] = id.into(),
        _ => {}
    }
    if let Some(time) = second {
        value["time"] = time.into();
    }
    value
}

/// Options of time series.
fn series(arguments: &Series) -> Vec<Setting> {
    let mut settings: Vec<Setting> = arguments.settings.shorts().settings().collect();
    settings.extend(arguments.impute.as_deref().map(|how| Setting::new("forecast.impute", how)));
    settings.extend(arguments.backtest.map(|blocks| Setting::new("forecast.backtest", blocks)));
    settings
}

/// Settings of the options of images; a folder without spectra is a folder of images, whose classes are its folders.
fn images(arguments: &Fit) -> Vec<Setting> {
    let mut settings = Vec::new();
    let path = arguments.input.as_deref().filter(|path| gedanken::holds_images(path) && arguments.spectra.is_none());
    if let Some(path) = path {
        settings.push(Setting::new("data.images", serde_json::json!({})));
        if path.is_dir() && !arguments.settings.has("target") {
            settings.push(Setting::new("data.target", ["class"]));
        }
    }
    settings
}

/// The kind of model of a name: some have a short one.
pub fn kind_called(name: &str) -> &str {
    match name {
        "forest" => "random_forest",
        "gp" => "gaussian_process",
        "linear" => "ridge",
        kind => kind,
    }
}

/// A folder that the user named: new, empty, or of an earlier run of the same name that is replaced only on request.
pub fn fresh(folder: &Path) -> std::result::Result<PathBuf, Error> {
    if folder.join("experiment.toml").exists() {
        let (path, reason) = (folder.display().to_string(), "it holds a run already".to_owned());
        let hint = "choose another `--out`, or go on with that run: `--resume`";
        return Err(
            gedanken::FileError::File { what: "folder", done: "used", path, reason, hint, missing: false }.into()
        );
    }
    Ok(folder.to_owned())
}

/// `runs/NAME-1`, `runs/NAME-2`, ...: the first that does not exist.
pub fn new_folder(experiment: &Experiment) -> std::result::Result<PathBuf, Error> {
    let data = &experiment.data;
    let stem = |path: &String| Path::new(path).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = data.path.as_ref().and_then(stem).or_else(|| data.dataset.clone()).unwrap_or_else(|| "run".into());
    let runs = Path::new("runs");
    for number in 1_u64.. {
        let folder = runs.join(format!("{name}-{number}"));
        std::fs::create_dir_all(runs).map_err(|e| failed(runs, &e))?;
        match std::fs::create_dir(&folder) {
            Ok(()) => return Ok(folder),
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(failed(&folder, &e)),
        }
    }
    Ok(runs.join(name))
}

/// A folder that could not be made.
pub fn failed(path: &Path, error: &std::io::Error) -> Error {
    let (path, reason) = (path.display().to_string(), error.to_string());
    let hint = "choose another with `--out`";
    gedanken::FileError::File { what: "folder", done: "created", path, reason, hint, missing: false }.into()
}
