//! Rules of requests that are repeated and of leases that run out.

use study::{Asker, Place, State};

use crate::tools::{at, complete, message, point, study};

pub fn a_repeated_request_finds_its_trials(place: &Place) {
    let mut store = study(place, "coating", 1);
    let asker = Asker { request: Some("r1"), ..at(1.0) };
    let asked = store.propose(1, &[point(2.0), point(3.0)], &asker).unwrap().unwrap();
    assert_eq!(store.asked_with("r1").unwrap(), asked);
    assert!(store.asked_with("r2").unwrap().is_empty());
    store.tell(2, &complete(0.5), false, 2.0).unwrap();
    assert_eq!(store.asked_with("r1").unwrap()[0].state, State::Complete);
}

pub fn a_lease_that_ran_out_is_taken_over(place: &Place) {
    let mut store = study(place, "coating", 1);
    let lost = Asker { worker: Some("a"), request: Some("r1"), lease: Some(10.0), now: 1.0 };
    store.propose(1, &[point(2.0), point(3.0), point(4.0)], &lost).unwrap().unwrap();
    store.tell(2, &complete(0.5), false, 2.0).unwrap();
    let asker = Asker { worker: Some("b"), request: Some("r2"), lease: Some(20.0), now: 9.0 };
    assert!(store.reclaim(5, &asker).unwrap().is_empty());
    let asker = Asker { now: 10.0, ..asker };
    assert!(store.reclaim(0, &asker).unwrap().is_empty());
    let taken = store.reclaim(1, &asker).unwrap();
    // The first trial has no end, the second has been told.
    assert_eq!(taken[0].number, 3);
    assert_eq!((taken[0].worker.as_deref(), taken[0].lease), (Some("b"), Some(20.0)));
    assert_eq!(taken[0].point, point(3.0).point);
    assert_eq!(store.trials().unwrap()[2], taken[0]);
    let all = store.reclaim(usize::MAX, &at(15.0)).unwrap();
    assert_eq!(all.iter().map(|trial| (trial.number, trial.lease)).collect::<Vec<_>>(), [(4, None)]);
    assert_eq!(store.asked_with("r1").unwrap().len(), 1);
}

pub fn a_repeated_request_takes_over_no_more(place: &Place) {
    let mut store = study(place, "coating", 0);
    let lost = Asker { lease: Some(10.0), ..at(1.0) };
    store.propose(0, &[point(1.0), point(2.0), point(3.0)], &lost).unwrap().unwrap();
    let asker = Asker { request: Some("r"), lease: Some(30.0), ..at(20.0) };
    assert_eq!(store.reclaim(2, &asker).unwrap().len(), 2);
    assert!(store.reclaim(2, &asker).unwrap().is_empty());
    assert_eq!(store.reclaim(3, &asker).unwrap()[0].number, 3);
}

pub fn a_lease_is_renewed_by_its_worker_alone(place: &Place) {
    let mut store = study(place, "coating", 0);
    let asker = Asker { worker: Some("a"), lease: Some(10.0), ..at(1.0) };
    store.propose(0, &[point(1.0)], &asker).unwrap().unwrap();
    store.renew(1, Some("a"), 30.0, 11.0).unwrap();
    assert!(store.reclaim(1, &Asker { worker: Some("b"), ..at(20.0) }).unwrap().is_empty());
    assert_eq!(store.reclaim(1, &Asker { worker: Some("b"), ..at(30.0) }).unwrap().len(), 1);
    assert_eq!(
        message(store.renew(1, Some("a"), 50.0, 31.0)),
        "trial 1 belongs to `b`, not to `a`\n\
         hint: its lease ran out and another took it: stop working on it, or tell what came out"
    );
    assert!(message(store.renew(1, None, 50.0, 31.0)).contains("belongs to `b`, not to nobody"));
    store.tell(1, &complete(0.5), false, 32.0).unwrap();
    assert_eq!(
        message(store.renew(1, Some("b"), 50.0, 33.0)),
        "trial 1 is complete already\nhint: it no longer needs work"
    );
}
