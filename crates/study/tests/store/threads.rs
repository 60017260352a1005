//! Many workers on one study.

use std::sync::atomic::{AtomicUsize, Ordering};

use study::{Asker, Place, State, Store, TellOutcome};

use crate::postgres::Postgres;
use crate::tools::{complete, point, study};

const THREADS: usize = 8;
const ROUNDS: usize = 200;

#[test]
fn the_store_loses_no_trial_of_eight_threads_in_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    work_together(&Place::Sqlite(folder.path().join("a.study")));
}

#[test]
fn the_store_loses_no_trial_of_eight_threads_in_postgresql() {
    let Some(server) = Postgres::start() else { return };
    work_together(&server.database("lab").parse().unwrap());
}

/// Threads ask for trials and tell them, until 200 are told. The point is the number that the trial will have, so that a
/// proposal that was computed from other trials would be found.
fn work_together(place: &Place) {
    study(place, "coating", 0);
    let begun = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let begun = &begun;
            scope.spawn(move || {
                let (mut store, worker) = (Store::open(place, None).unwrap(), format!("worker {thread}"));
                while begun.fetch_add(1, Ordering::Relaxed) < ROUNDS {
                    let number = ask(&mut store, &worker);
                    let told = complete(number as f64 / 3.0);
                    assert_eq!(store.tell(number, &told, false, 2.0).unwrap(), TellOutcome::New);
                }
            });
        }
    });
    let trials = Store::open(place, None).unwrap().trials().unwrap();
    assert_eq!(trials.len(), ROUNDS);
    for (number, trial) in (1..).zip(&trials) {
        assert_eq!((trial.number, trial.state), (number, State::Complete));
        assert_eq!(trial.point["x"], number as f64);
        assert_eq!(trial.outcomes["y"], number as f64 / 3.0);
        assert!(trial.worker.is_some());
    }
}

fn ask(store: &mut Store, worker: &str) -> i64 {
    let asker = Asker { worker: Some(worker), lease: Some(1e9), now: 1.0, ..Asker::default() };
    loop {
        let seen = store.trials().unwrap().len() as i64;
        if let Some(trials) = store.propose(seen, &[point((seen + 1) as f64)], &asker).unwrap() {
            return trials[0].number;
        }
    }
}
