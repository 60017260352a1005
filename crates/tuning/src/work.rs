//! Workers that carry out trials until there are enough.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::thread;
use std::time::Duration;

use learn::session::{locked, pool};
use nn::Control;
use spec::error::{Error, Result};
use spec::tuning::StopRule;
use study::store::Store;
use study::store::place::Place;
use study::store::trial::{Asker, State, Told, Trial};
use study::study::{Study, now};
use tabular::trial::Ground;

use crate::options::{TuneEvent, TuneOptions};
use crate::stop::{looks, stops};
use crate::tunable::Tunable;

/// Lease of a trial in seconds, unless its worker sends a heartbeat.
pub(super) const LEASE: f64 = 120.0;
/// Seconds between heartbeats.
const BEAT: f64 = 30.0;
/// How often somebody who waits looks again.
const PAUSE: Duration = Duration::from_millis(100);
/// The seconds after which a trial that is given back is free.
const SOON: f64 = 1e-3;
/// When so many trials have failed and none was complete, something else is wrong.
const HOPELESS: usize = 5;

/// A worker.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Role {
    /// Who began the study stays until all trials are over.
    Owner,
    /// Who joined leaves when no trial is left to begin.
    Guest,
}

pub struct Work<'a> {
    pub tunable: &'a Tunable,
    pub ground: &'a Ground,
    pub options: &'a TuneOptions<'a>,
    pub name: &'a str,
    pub role: Role,
}

/// State shared by the workers of a program.
struct Shift {
    /// The trials that they have in hand, with the names of the workers.
    hands: Vec<Mutex<Option<i64>>>,
    names: Vec<String>,
    /// Everybody stops: somebody has failed, or was interrupted.
    stop: AtomicBool,
    over: AtomicBool,
}

impl Work<'_> {
    /// Works until the study has its trials; the number that was carried out here.
    pub fn carry_out(&self) -> Result<usize> {
        let workers = self.options.workers.max(1);
        // A name that nobody else has: two programs with one process id cannot have begun in the same microsecond.
        let name = |at: usize| format!("{}-{:.6}-{}", std::process::id(), now(), at + 1);
        let shift = Shift {
            hands: (0..workers).map(|_| Mutex::new(None)).collect(),
            names: (0..workers).map(name).collect(),
            stop: AtomicBool::new(false),
            over: AtomicBool::new(false),
        };
        let mut study = self.open()?;
        let trials = study.trials()?;
        self.free_orphans(&mut study, &trials);
        let finished = trials.iter().filter(|trial| trial.state != State::Pending).count();
        (self.options.watch)(TuneEvent::Trials(finished, self.tunable.tuning.trials));
        thread::scope(|scope| {
            let beat = scope.spawn(|| self.beat(&shift));
            let labour = |at: usize| {
                let shift = &shift;
                scope.spawn(move || {
                    let done = self.labour(shift, at);
                    if done.is_err() {
                        shift.stop.store(true, Relaxed);
                    }
                    done
                })
            };
            let crew: Vec<_> = (0..workers).map(labour).collect();
            let done: Vec<Result<usize>> = crew.into_iter().map(|worker| worker.join().unwrap_or(Ok(0))).collect();
            shift.over.store(true, Relaxed);
            let _ = beat.join();
            // The first error that is no consequence of another.
            let (wrong, right): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_err);
            let mut wrong: Vec<Error> = wrong.into_iter().filter_map(Result::err).collect();
            wrong.sort_by_key(|error| matches!(error, Error::Interrupted { .. }));
            match wrong.into_iter().next() {
                Some(error) => Err(error),
                None => Ok(right.into_iter().flatten().sum()),
            }
        })
    }

    /// Trials of a program on this machine that is gone, as after `kill -9`, need not wait for the end of their lease.
    fn free_orphans(&self, study: &mut Study, trials: &[Trial]) {
        let here = matches!(self.options.place, Place::Sqlite(_)) && Path::new("/proc/self").exists();
        for trial in trials.iter().filter(|trial| here && trial.state == State::Pending) {
            let Some(worker) = trial.worker.as_deref() else { continue };
            let process = worker.split('-').next().and_then(|id| id.parse::<u32>().ok());
            if process.is_some_and(|id| !Path::new("/proc").join(id.to_string()).exists()) {
                // Somebody else may have taken it meanwhile.
                let _ = study.store().renew(trial.number, Some(worker), now() + SOON, now());
            }
        }
    }

    fn open(&self) -> Result<Study> {
        Study::open(self.options.place, Some(self.name))
    }

    /// Sends the heartbeat of the workers.
    fn beat(&self, shift: &Shift) -> Result<()> {
        let mut store: Option<Store> = None;
        let mut last = now();
        while !shift.over.load(Relaxed) {
            thread::sleep(PAUSE);
            if now() - last < BEAT {
                continue;
            }
            last = now();
            for (hand, name) in shift.hands.iter().zip(&shift.names) {
                let Some(number) = *locked(hand) else { continue };
                let store = match &mut store {
                    Some(store) => store,
                    None => store.insert(Store::open(self.options.place, Some(self.name))?),
                };
                // A trial that was reported meanwhile, or that another has taken over, needs no lease.
                let _ = store.renew(number, Some(name), now() + LEASE, now());
            }
        }
        Ok(())
    }

    fn interrupted(&self, shift: &Shift) -> bool {
        shift.stop.load(Relaxed) || (self.options.watch)(TuneEvent::Tick) == Control::Interrupt
    }

    /// One worker: asks, carries out, reports.
    fn labour(&self, shift: &Shift, at: usize) -> Result<usize> {
        let mut study = self.open()?;
        let threads = if self.options.threads == 0 {
            thread::available_parallelism().map_or(1, usize::from)
        } else {
            self.options.threads
        };
        let pool = pool((threads / shift.names.len()).max(1))?;
        let mut done = 0;
        loop {
            if self.interrupted(shift) {
                return Err(Error::Interrupted { at: None });
            }
            let asker = Asker { worker: Some(&shift.names[at]), now: now(), ..Asker::default() };
            let Some(trial) = pool.install(|| self.next(&mut study, &asker))? else {
                let pending = study.trials()?.iter().any(|trial| trial.state == State::Pending);
                if self.role == Role::Guest || !pending {
                    return Ok(done);
                }
                // What others have in hand is awaited; should they be lost, their trials come back.
                thread::sleep(PAUSE * 5);
                continue;
            };
            *locked(&shift.hands[at]) = Some(trial.number);
            let told = pool.install(|| self.try_out(&mut study, &trial, shift));
            *locked(&shift.hands[at]) = None;
            match told {
                Ok(told) => self.tell(&mut study, &trial, &told)?,
                Err(error) => {
                    // The trial is free for whoever goes on.
                    let _ = study.store().renew(trial.number, Some(&shift.names[at]), now() + SOON, now());
                    return Err(error);
                }
            }
            done += 1;
        }
    }

    /// The next trial: first the defaults, where they lie within the ranges.
    fn next(&self, study: &mut Study, asker: &Asker<'_>) -> Result<Option<Trial>> {
        if study.trials()?.is_empty() {
            let (point, within) = self.tunable.point_of(&self.tunable.defaults()?);
            if within && let Some(trial) = study.begin_at(&point, asker)? {
                return Ok(Some(trial));
            }
        }
        Ok(study.ask_within(1, self.tunable.tuning.trials, asker)?.pop())
    }

    /// Result of a trial: its figure, or why it failed.
    fn try_out(&self, study: &mut Study, trial: &Trial, shift: &Shift) -> Result<Told> {
        let failed = |reason: String| Told { state: State::Failed, outcomes: [].into(), reason: Some(reason) };
        let experiment = match self.tunable.experiment(&trial.point) {
            Ok(experiment) => experiment,
            Err(error) => return Ok(failed(error.to_string())),
        };
        let outcome = study.campaign().objectives[0].name.clone();
        let rule = if self.tunable.has_one_loss() { self.tunable.tuning.stop } else { StopRule::Never };
        let (study, broken) = (Mutex::new(study), Mutex::new(None));
        let interrupted = || self.interrupted(shift) || locked(&broken).is_some();
        let told = |epoch: usize, best: f64| {
            let mut study = locked(&study);
            study.store().report(trial.number, epoch as i64, best)?;
            study.store().reports()
        };
        let follow = |epoch: usize, epochs: usize, best: f64| {
            if interrupted() {
                return Control::Interrupt;
            }
            if !looks(rule, trial.number, epoch, epochs) || !best.is_finite() {
                return Control::Continue;
            }
            match told(epoch, best) {
                Ok(reports) if stops(rule, trial.number, epoch, epochs, &reports) => Control::Finish,
                Ok(_) => Control::Continue,
                // Another has taken the trial over and reported its result: the same.
                Err(Error::NotYourTrial { .. }) => Control::Continue,
                Err(error) => {
                    *locked(&broken) = Some(error);
                    Control::Interrupt
                }
            }
        };
        let tried = self.ground.try_out(&experiment, &follow, &interrupted);
        if let Some(error) = locked(&broken).take() {
            return Err(error);
        }
        match tried {
            Ok(tried) if tried.value.is_finite() => Ok(Told {
                state: State::Complete,
                outcomes: [(outcome, tried.value)].into(),
                reason: tried.stopped.map(|epoch| format!("stopped early, after epoch {epoch}")),
            }),
            Ok(_) => Ok(failed("its figure on the validation rows is not a number".into())),
            Err(error @ Error::Interrupted { .. }) => Err(error),
            Err(error) => Ok(failed(error.to_string())),
        }
    }

    /// Reports the result, to the study and to the listener.
    fn tell(&self, study: &mut Study, trial: &Trial, told: &Told) -> Result<()> {
        match study.tell(trial.number, told, false, now()) {
            // Another has done the same trial, since this one was thought to be lost.
            Ok(_) | Err(Error::AlreadyTold { .. }) => {}
            Err(error) => return Err(error),
        }
        let trials = study.trials()?;
        let over: Vec<&Trial> = trials.iter().filter(|trial| trial.state != State::Pending).collect();
        let best = study.best(&trials).trials.first().and_then(|best| best.outcomes.values().next().copied());
        if let (State::Failed, Some(reason), None) = (told.state, &told.reason, best)
            && over.len() >= HOPELESS
        {
            return Err(Error::Setting {
                message: format!("the first {} trials have failed, the last of them so: {reason}", over.len()),
                place: format!("the study `{}`", self.name),
                hint: "check the ranges and the data".into(),
            });
        }
        let trial = over.iter().find(|other| other.number == trial.number).copied().unwrap_or(trial);
        (self.options.watch)(TuneEvent::Told { trial, best, finished: over.len() });
        Ok(())
    }
}
