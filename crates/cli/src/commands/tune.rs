//! `gedanken tune`.

use std::path::Path;

use gedanken::study::{Place, State};
use gedanken::{Control, Error, Setting, TuneEvent, TuneOptions, read_tunable};

use super::fit::{fresh, new_folder};
use crate::arguments::Tune;
use crate::progress::TuningProgress;
use crate::stop;
use crate::terminal::{Failure, Result, print, say};

pub fn run(arguments: &Tune) -> Result {
    match &arguments.experiment {
        Some(path) => tune(arguments, path),
        None => join(arguments),
    }
}

fn tune(arguments: &Tune, path: &Path) -> Result {
    let mut settings = arguments.set.clone();
    settings.extend(arguments.trials.map(|trials| Setting::new("tuning.trials", trials)));
    let tunable = read_tunable(path, &settings)?;
    let place = match &arguments.study {
        Some(text) => text.parse()?,
        None => Place::Sqlite(path.with_extension("tuning.db")),
    };
    let defaults = tunable.defaults()?;
    let named = arguments.out.as_deref().map(fresh).transpose()?;
    let (progress, stop) = (TuningProgress::new(&defaults), stop::flag());
    let watch = |event: TuneEvent<'_>| {
        progress.hear(event);
        if stop::asked(&stop) { Control::Interrupt } else { Control::Continue }
    };
    let (name, workers) = (arguments.name.as_deref(), usize::from(arguments.workers));
    let found = gedanken::tune(
        &tunable,
        &TuneOptions { place: &place, name, workers, threads: arguments.threads, watch: &watch },
    );
    progress.finish();
    let found = found.map_err(|error| interrupted(error, &format!("gedanken tune {}", path.display())))?;
    let folder = match named {
        Some(folder) => folder,
        None => new_folder(&defaults)?,
    };
    found.write(&folder)?;
    if arguments.json {
        return print(format!("{:#}\n", found.to_json()));
    }
    print(found.summary())?;
    print(format!("\nmodel and figures: {}\nstudy: {place}\n", folder.display()))
}

/// Joins the workers of another study.
fn join(arguments: &Tune) -> Result {
    let unclear = |message: &str, hint: &str| Error::Setting {
        message: message.into(),
        place: "the command line".into(),
        hint: hint.into(),
    };
    let Some(text) = &arguments.study else {
        let hint = "name an experiment with ranges, or with `--study` the study whose trials are to be shared";
        return Err(unclear("there is nothing to tune", hint).into());
    };
    if !arguments.set.is_empty() || arguments.trials.is_some() || arguments.out.is_some() {
        let hint = "a study that is joined cannot be changed: leave out `--set`, `--trials` and `--out`, or name the experiment";
        return Err(unclear("the study's experiment cannot be changed from here", hint).into());
    }
    let (place, stop): (Place, _) = (text.parse()?, stop::flag());
    let watch = |event: TuneEvent<'_>| {
        if let TuneEvent::Told { trial, .. } = event {
            let word = if trial.state == State::Failed { "failed" } else { "told" };
            say(&format!("trial {}: {word}", trial.number));
        }
        if stop::asked(&stop) { Control::Interrupt } else { Control::Continue }
    };
    let (name, workers) = (arguments.name.as_deref(), usize::from(arguments.workers));
    let options = TuneOptions { place: &place, name, workers, threads: arguments.threads, watch: &watch };
    let done =
        gedanken::join(&options).map_err(|error| interrupted(error, &format!("gedanken tune --study {place}")))?;
    if arguments.json {
        return print(format!("{{ \"trials\": {done} }}\n"));
    }
    say(&format!("{done} trials carried out; no further ones are left to begin"));
    Ok(())
}

fn interrupted(error: Error, again: &str) -> Failure {
    match error {
        Error::Interrupted { .. } => {
            say("stopped; finished trials are kept, running ones are free again");
            Failure::Interrupted { hint: Some(format!("go on with `{again}`")) }
        }
        error => Failure::Error(error),
    }
}
