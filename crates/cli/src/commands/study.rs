//! `gedanken study ...`: experiments that are proposed, carried out, and reported.

use std::collections::BTreeMap;
use std::io::{BufRead, IsTerminal, Write};
use std::path::{Path, PathBuf};

use gedanken::study::{self, Asker, Goal, HOUR, Outcomes, Place, State, Study, TellOutcome, Told, Trial, now};
use gedanken::{Error, Setting, Table, TextTable, campaign_from_toml, read_campaign, write_atomically, write_figures};
use serde_json::{Map, Value, json};

use crate::arguments::{self, StudyAction};
use crate::terminal::{Result, note, print, say};

pub fn run(arguments: &arguments::Study) -> Result {
    match &arguments.action {
        StudyAction::New { campaign, set } => return begin(arguments, campaign, set),
        StudyAction::Simulate(simulate) => return play(arguments.json, simulate),
        _ => {}
    }
    let mut study = Study::open(&place(arguments)?, arguments.name.as_deref())?;
    match &arguments.action {
        StudyAction::Ask { number, worker, request, lease, replicate } => {
            let now = now();
            let lease = lease.map(|hours| now + hours * HOUR);
            let asker = Asker { worker: worker.as_deref(), request: request.as_deref(), lease, now };
            let trials = match replicate {
                Some(trial) => vec![study.replicate(*trial, &asker)?],
                None => study.ask(usize::from(*number), &asker)?,
            };
            if trials.is_empty() {
                note("the space is exhausted: every point was tried or is pending");
            } else if trials.len() < usize::from(*number) && replicate.is_none() {
                note(&format!(
                    "{} of {number}: further trials wait for the outcomes of the initial design, or the space is exhausted",
                    trials.len()
                ));
            }
            show_trials(&study, &trials, arguments.json)
        }
        StudyAction::Tell { words, at, csv, failed, abandon, correct } => {
            let reason = failed.as_ref().or(abandon.as_ref());
            let state = match (failed, abandon) {
                (Some(_), _) => State::Failed,
                (_, Some(_)) => State::Abandoned,
                _ => State::Complete,
            };
            if let Some(path) = csv {
                let told = study.tell_table(&Table::read(path)?, *correct, now())?;
                let new = told.iter().filter(|(_, telling)| *telling != TellOutcome::Repeated).count();
                say(&format!("told {new}, known before {}", told.len() - new));
                return Ok(());
            }
            if words.is_empty() && at.is_none() {
                return converse(&mut study);
            }
            let (number, outcomes) = words_of(words, at.is_none())?;
            let told = Told { state, outcomes, reason: reason.cloned() };
            match (at, number) {
                (Some(at), _) => {
                    let trial = study.tell_point(&assignments(at)?, told, now())?;
                    say(&format!("trial {} added", trial.number));
                }
                (None, number) => {
                    let telling = study.tell(number, &told, *correct, now())?;
                    say(&format!("trial {number}: {}", word(telling)));
                }
            }
            Ok(())
        }
        StudyAction::Status => status(&mut study, arguments.json),
        StudyAction::Best => {
            let trials = study.trials()?;
            let best = study.best(&trials);
            if best.trials.is_empty() {
                note("no complete experiment satisfies all constraints yet");
            }
            if let Some(volume) = best.hypervolume {
                say(&format!("hypervolume over the worst values so far: {volume:.6}"));
            }
            show_trials(&study, &best.trials, arguments.json)
        }
        StudyAction::Show { trial } => {
            let all = study.trials()?;
            let shown = match trial {
                None => all,
                Some(number) => vec![study.find(&all, *number)?.clone()],
            };
            show_trials(&study, &shown, arguments.json)
        }
        StudyAction::Import { table } => {
            let added = study.import(&Table::read(table)?, now())?;
            say(&format!("{} experiments added", added.len()));
            Ok(())
        }
        StudyAction::Export => print(study.export()?),
        StudyAction::Plot { folder } => {
            let trials = study.trials()?;
            let figures = study.figures(&trials)?;
            if figures.is_empty() {
                note("no experiment is complete yet: there is nothing to plot");
                return Ok(());
            }
            write_figures(folder, "", &figures)?;
            figures.iter().for_each(|(name, _)| say(&folder.join(format!("{name}.svg")).display().to_string()));
            Ok(())
        }
        StudyAction::SuggestWhy { trial } => {
            let all = study.trials()?;
            let trial = match trial {
                Some(number) => study.find(&all, *number)?.clone(),
                None => match all.iter().rev().find(|trial| trial.state == State::Pending).or(all.last()) {
                    Some(trial) => trial.clone(),
                    None => return print("no trial was proposed yet\n"),
                },
            };
            if arguments.json {
                return print(format!("{:#}\n", trial.notes));
            }
            print(format!("trial {}: {}\n", trial.number, study.why(&trial)))
        }
        StudyAction::New { .. } | StudyAction::Simulate(_) => Ok(()),
    }
}

/// The storage of the study: as given, or the only database of this folder.
fn place(arguments: &arguments::Study) -> std::result::Result<Place, Error> {
    if let Some(text) = &arguments.study {
        return text.parse();
    }
    let here = std::fs::read_dir(".").into_iter().flatten().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = here.filter(|path| path.extension().is_some_and(|e| e == "db")).collect();
    files.sort();
    let unclear =
        |message: String, hint: &str| Error::Setting { message, place: "this folder".into(), hint: hint.into() };
    match &files[..] {
        [only] => Ok(Place::Sqlite(only.clone())),
        [] => {
            let hint = "begin one with `gedanken study new campaign.toml`, or say where it is with `--study`";
            Err(unclear("there is no study here".into(), hint))
        }
        several => {
            let names: Vec<String> = several.iter().map(|path| path.display().to_string()).collect();
            Err(unclear(format!("there are several studies here: {}", names.join(", ")), "choose one with `--study`"))
        }
    }
}

fn begin(arguments: &arguments::Study, path: &Path, set: &[Setting]) -> Result {
    let mut campaign = read_campaign(path, set)?;
    campaign.name = arguments.name.clone().or(campaign.name);
    let place = match &arguments.study {
        Some(text) => text.parse()?,
        None => Place::Sqlite(path.with_extension("db")),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let study = Study::create(&place, campaign, folder, now())?;
    say(&format!("study `{}` begun in {place}", study.name()));
    say("\x1b[1;36mnext\x1b[0m: gedanken study ask");
    Ok(())
}

fn word(telling: TellOutcome) -> &'static str {
    match telling {
        TellOutcome::New => "told",
        TellOutcome::Repeated => "the same was reported before",
        TellOutcome::Corrected => "corrected",
    }
}

fn unclear(message: String, hint: &str) -> Error {
    Error::Setting { message, place: "the words after `tell`".into(), hint: hint.into() }
}

/// A trial's number, where one is expected, and outcomes.
fn words_of(words: &[String], numbered: bool) -> std::result::Result<(i64, BTreeMap<String, f64>), Error> {
    let hint = "write the trial's number, then outcomes: `gedanken study tell 3 yield=87.2`";
    let (number, rest) = match (numbered, words) {
        (false, rest) => (0, rest),
        (true, [first, rest @ ..]) => {
            let number = first.parse().map_err(|_| unclear(format!("`{first}` is not the number of a trial"), hint))?;
            (number, rest)
        }
        (true, []) => return Err(unclear("there is no trial".into(), hint)),
    };
    let one = |text: &String| {
        let (name, value) = text.split_once('=').ok_or_else(|| unclear(format!("`{text}` is not an outcome"), hint))?;
        let number = value.trim().parse::<f64>().map_err(|_| unclear(format!("`{value}` is not a number"), hint))?;
        Ok((name.trim().to_owned(), number))
    };
    Ok((number, rest.iter().map(one).collect::<std::result::Result<_, Error>>()?))
}

/// The values of parameters, as `name=value,name=value`.
fn assignments(text: &str) -> std::result::Result<Map<String, Value>, Error> {
    let one = |piece: &str| {
        let hint = "write `--at name=value,name=value`";
        let (name, value) = piece.split_once('=').ok_or_else(|| unclear(format!("`{piece}` has no value"), hint))?;
        let value = value.trim();
        let number = value.parse::<i64>().map(Value::from).or_else(|_| value.parse::<f64>().map(Value::from));
        Ok((name.trim().to_owned(), number.unwrap_or_else(|_| Value::from(value))))
    };
    text.split(',').map(one).collect()
}

/// Asks for the outcomes of pending trials, one after the other.
fn converse(study: &mut Study) -> Result {
    let pending: Vec<Trial> = study.trials()?.into_iter().filter(|trial| trial.state == State::Pending).collect();
    let outcomes: Vec<String> = study.outcomes().into_iter().map(str::to_owned).collect();
    if pending.is_empty() {
        return print("nothing is pending\n");
    }
    if !std::io::stdin().is_terminal() {
        let hint = "give a trial's number and outcomes, or a table with `--csv`";
        return Err(unclear("there is nobody to ask".into(), hint).into());
    }
    let mut lines = std::io::stdin().lock().lines();
    say("an empty line leaves a trial pending, `failed why` reports a failure");
    for trial in pending {
        let point: Vec<String> = trial.point.iter().map(|(name, value)| format!("{name} = {}", plain(value))).collect();
        say(&format!("trial {}: {}", trial.number, point.join(", ")));
        let mut told = Told { state: State::Complete, outcomes: BTreeMap::new(), reason: None };
        for name in &outcomes {
            let answer = loop {
                let _ = write!(std::io::stderr(), "  {name}: ");
                let Some(Ok(line)) = lines.next() else { return Ok(()) };
                let line = line.trim().to_owned();
                if line.is_empty() || line.starts_with("failed") || line.parse::<f64>().is_ok_and(f64::is_finite) {
                    break line;
                }
                say(&format!("  {line:?} is not a number"));
            };
            if let Some(why) = answer.strip_prefix("failed") {
                told = Told { state: State::Failed, outcomes: BTreeMap::new(), reason: Some(why.trim().to_owned()) };
                break;
            }
            match answer.parse() {
                Ok(value) => told.outcomes.insert(name.clone(), value),
                Err(_) => break,
            };
        }
        if told.state == State::Failed || told.outcomes.len() == outcomes.len() {
            let telling = study.tell(trial.number, &told, false, now())?;
            say(&format!("  {}", word(telling)));
        }
    }
    Ok(())
}

fn status(study: &mut Study, as_json: bool) -> Result {
    let trials = study.trials()?;
    let count = |state: State| trials.iter().filter(|trial| trial.state == state).count();
    let lost =
        trials.iter().filter(|t| t.state == State::Pending && t.lease.is_some_and(|lease| lease < now())).count();
    if as_json {
        return print(format!("{:#}\n", study.to_json(&trials)));
    }
    let best = study.best(&trials);
    let mut table = TextTable::new(&["study", study.name()]);
    for (what, number) in [
        ("complete", count(State::Complete)),
        ("pending", count(State::Pending)),
        ("of these overdue", lost),
        ("failed", count(State::Failed)),
        ("abandoned", count(State::Abandoned)),
    ] {
        table.row(&[what.to_owned(), number.to_string()]);
    }
    let first = study.campaign().objectives[0].clone();
    if let (Some(trial), None) = (best.trials.first(), best.hypervolume) {
        let goal = if first.goal == Goal::Maximize { "largest" } else { "smallest" };
        let value = trial.outcomes.get(&first.name).copied().unwrap_or(f64::NAN);
        table.row(&[format!("{goal} {}", first.name), format!("{value}")]);
        table.row(&["in trial".to_owned(), trial.number.to_string()]);
    }
    print(table.to_text())
}

/// A value without quotes.
fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => {
            let text = format!("{:.6}", number.as_f64().unwrap_or_default());
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        other => other.to_string(),
    }
}

/// Trials as a table: number, state, parameters, outcomes, and predictions of those that are pending.
fn show_trials(study: &Study, trials: &[Trial], as_json: bool) -> Result {
    if as_json {
        return print(format!("{:#}\n", json!(trials)));
    }
    if trials.is_empty() {
        return Ok(());
    }
    let (parameters, outcomes) = (study.parameters(), study.outcomes());
    let expected = |trial: &Trial| {
        let number = |name: &str| trial.notes.pointer(&format!("/expected/{name}")).and_then(Value::as_f64);
        number("mean").zip(number("deviation")).map(|(mean, deviation)| format!("{mean:.4} ± {deviation:.4}"))
    };
    let any = trials.iter().any(|trial| expected(trial).is_some());
    let mut header = vec!["trial", "state"];
    header.extend(&parameters);
    header.extend(&outcomes);
    if any {
        header.push("expected");
    }
    let mut table = TextTable::new(&header);
    table.alignment[0] = gedanken::Alignment::Right;
    table.alignment[1] = gedanken::Alignment::Left;
    for trial in trials {
        let mut cells = vec![trial.number.to_string(), trial.state.word().to_owned()];
        cells.extend(parameters.iter().map(|name| trial.point.get(*name).map(plain).unwrap_or_default()));
        cells.extend(outcomes.iter().map(|name| trial.outcomes.get(*name).map_or_else(String::new, f64::to_string)));
        if any {
            cells.push(expected(trial).unwrap_or_default());
        }
        table.row(&cells);
    }
    print(table.to_text())
}

/// A function has no noise.
const EXACT: &str = "strategy.noise = {kind = \"deterministic\"}";

fn play(as_json: bool, simulate: &arguments::Simulate) -> Result {
    let campaign = match &simulate.campaign {
        Some(path) => read_campaign(path, &simulate.set)?,
        None => campaign_from_toml(EXACT, "the function's campaign", &simulate.set)?,
    };
    let sizes = (usize::from(simulate.trials), usize::from(simulate.batch), u64::from(simulate.seeds));
    let table = simulate.table.as_deref().map(Table::read).transpose()?;
    let on = match (&table, simulate.function) {
        (Some(table), _) => Outcomes::Table(table),
        (None, Some(problem)) => Outcomes::Function(problem),
        (None, None) => return Ok(()),
    };
    let found = study::simulate(&campaign, on, sizes)?;
    if let Some(plot) = &simulate.plot {
        let figure = found.figure(campaign.name.as_deref().unwrap_or("simulation"));
        let text = match plot.extension().is_some_and(|e| e == "json") {
            true => format!("{:#}\n", figure.to_plotly()),
            false => figure.to_svg(),
        };
        write_atomically(plot, text.as_bytes())?;
        say(&format!("figure: {}", plot.display()));
    }
    if as_json {
        return print(format!("{:#}\n", found.to_json()));
    }
    print(found.to_text())
}
