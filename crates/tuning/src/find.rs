//! Finds the best settings, and trains the model with them.

use std::sync::Mutex;

use learn::session::{Event, Options, locked, pool};
use nn::Control;
use serde_json::{Value, json};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use study::store::Store;
use study::store::place::Place;
use study::study::{HOUR, Study, now};
use tabular::run;
use tabular::trial::Ground;

use crate::options::{TuneEvent, TuneOptions};
use crate::report::Tuned;
use crate::tunable::Tunable;
use crate::work::{LEASE, Role, Work};

/// Evaluates settings until the study has its trials, together with all workers that [joined](join), then trains the model with the
/// best of them, and with the defaults. A study that was begun before is resumed.
///
/// # Errors
/// Errors of reading, training and the database; the study belongs to another experiment; no trial was complete.
pub fn tune(tunable: &Tunable, options: &TuneOptions<'_>) -> Result<Tuned> {
    (options.watch)(TuneEvent::Reading);
    let defaults = tunable.defaults()?;
    let ground = read(&defaults, options)?;
    let mut study = opened(tunable, &defaults, &ground, options)?;
    Work { tunable, ground: &ground, options, name: study.name(), role: Role::Owner }.carry_out()?;
    let trials = study.trials()?;
    let Some(best) = study.best(&trials).trials.first().cloned() else {
        return Err(Error::Setting {
            message: format!("none of {} trials was complete", trials.len()),
            place: format!("the study `{}` in `{}`", study.name(), options.place),
            hint: "`gedanken study show` shows why they failed".into(),
        });
    };
    // Notes of both trainings about the data are reported once.
    let told = Mutex::new(ground.notes.clone());
    let watch = |event: Event<'_>| {
        if let Event::Note(note) = event {
            let mut told = locked(&told);
            if told.iter().any(|other| other == note) {
                return Control::Continue;
            }
            told.push(note.to_owned());
        }
        (options.watch)(TuneEvent::Run(event))
    };
    let run = |experiment: &Experiment| {
        run::run(experiment, &Options { threads: options.threads, checkpoints: None, watch: &watch })
    };
    let experiment = tunable.experiment(&best.point)?;
    let (tuned, untuned) = (run(&experiment)?, run(&defaults)?);
    Tuned::new(&mut study, tunable, (best, trials), (tuned, untuned))
}

/// Carries out trials of a tuning that was begun elsewhere until it has all of them; gives their number. The data must stand
/// where the experiment says, and be the same.
///
/// # Errors
/// As [`tune`]; the study is not a tuning.
pub fn join(options: &TuneOptions<'_>) -> Result<usize> {
    (options.watch)(TuneEvent::Reading);
    let study = Study::open(options.place, options.name)?;
    let document = study.attached().get("experiment").cloned().ok_or_else(|| Error::Setting {
        message: format!("the study `{}` is not a tuning", study.name()),
        place: options.place.to_string(),
        hint: "begin one with `gedanken tune experiment.toml --study ...`".into(),
    })?;
    let tunable = Tunable::new(document, &format!("the experiment of the study `{}`", study.name()))?;
    let ground = read(&tunable.defaults()?, options)?;
    same_data(&study, &ground, options.place)?;
    Work { tunable: &tunable, ground: &ground, options, name: study.name(), role: Role::Guest }.carry_out()
}

/// Reads the table, on as many threads as are allowed.
fn read(defaults: &Experiment, options: &TuneOptions<'_>) -> Result<Ground> {
    let ground = pool(options.threads)?.install(|| Ground::new(defaults))?;
    ground.notes.iter().for_each(|note| {
        (options.watch)(TuneEvent::Note(note));
    });
    Ok(ground)
}

/// The study: a new one, or the one that was begun with the same experiment.
fn opened(tunable: &Tunable, defaults: &Experiment, ground: &Ground, options: &TuneOptions<'_>) -> Result<Study> {
    let name = options.name.unwrap_or("tuning");
    let there = match options.place {
        Place::Sqlite(path) if !path.exists() => false,
        place => Store::studies(place)?.iter().any(|study| study == name),
    };
    let document = tunable.to_json();
    if !there {
        let campaign = tunable.campaign(name, ground.figure, LEASE / HOUR, defaults.seed);
        let attached = json!({ "experiment": document, "data_sha256": ground.sha256() });
        match Study::create_with(options.place, campaign, attached, now()) {
            // Another worker was faster.
            Err(Error::StudyExists { .. }) => {}
            created => return created,
        }
    }
    let study = Study::open(options.place, Some(name))?;
    // How many trials there are, and when they are stopped, may change.
    let asked = |document: &Value| {
        let mut document = document.clone();
        document.as_object_mut().and_then(|document| document.remove("tuning"));
        document
    };
    if study.attached().get("experiment").map(asked).as_ref() != Some(&asked(&document)) {
        return Err(Error::Setting {
            message: "this study was begun with another experiment".into(),
            place: format!("the study `{name}` in `{}`", options.place),
            hint: "go on with the same file and the same `--set`, or begin another study with `--study` or `--name`"
                .into(),
        });
    }
    same_data(&study, ground, options.place)?;
    Ok(study)
}

fn same_data(study: &Study, ground: &Ground, place: &Place) -> Result<()> {
    let kept = study.attached().get("data_sha256").and_then(Value::as_str).unwrap_or_default();
    if kept == ground.sha256() {
        return Ok(());
    }
    Err(Error::Setting {
        message: "the data have changed since the study was begun: their SHA-256 is another".into(),
        place: format!("the study `{}` in `{place}`", study.name()),
        hint: "give it the same table, or begin another study".into(),
    })
}
