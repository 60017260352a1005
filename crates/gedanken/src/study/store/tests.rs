//! The same rules on either kind of database.

use std::collections::BTreeMap;

use serde_json::json;

use super::*;
use crate::study::server::Server;

fn proposed(x: f64) -> Proposed {
    let point = json!({ "x": x }).as_object().cloned().unwrap_or_default();
    Proposed { point, origin: "design", notes: Value::Null }
}

fn told(y: f64) -> Told {
    Told { state: State::Complete, outcomes: BTreeMap::from([("y".to_owned(), y)]), reason: None }
}

/// A place of each kind; the server runs as long as it is held.
fn places(act: impl Fn(&Place)) {
    let folder = tempfile::tempdir().unwrap();
    act(&Place::File(folder.path().join("a study.db")));
    let reached =
        |url: &str| Store::open(&Place::from(url), None).is_err_and(|e| e.to_string().contains("there is no study"));
    if let Some(server) = Server::start(reached) {
        act(&Place::Server(server.url()));
    }
}

#[test]
fn a_study_is_what_was_told() {
    places(|place| {
        let mut store = Store::create(place, "one", &json!({ "name": "one" }), 1.0).unwrap();
        let asker = Asker { worker: Some("ann".into()), lease: Some(10.0), ..Asker::default() };
        let asked = store.propose(0, &[proposed(0.1), proposed(0.7)], &asker, 5.0).unwrap().unwrap();
        assert_eq!((asked[0].number, asked[1].number, asked[1].lease), (1, 2, Some(15.0)));
        // Somebody who has not seen them must look again.
        assert_eq!(store.propose(0, &[proposed(0.2)], &asker, 5.0).unwrap(), None);
        assert_eq!(store.tell(1, &told(0.1 + 0.2), false, 6.0).unwrap(), Telling::New);
        assert_eq!(store.tell(1, &told(0.1 + 0.2), false, 7.0).unwrap(), Telling::Repeated);
        let message = store.tell(1, &told(0.4), false, 8.0).unwrap_err().to_string();
        assert!(message.contains("y=0.30000000000000004") && message.contains("--correct"), "{message}");
        assert_eq!(store.tell(1, &told(0.4), true, 8.0).unwrap(), Telling::Corrected);
        assert!(store.tell(9, &told(0.4), false, 8.0).unwrap_err().to_string().contains("no trial 9"));
        // The lease of the second runs out.
        assert!(store.reclaim(5, &asker, 15.0).unwrap().is_empty());
        let bob = Asker { worker: Some("bob".into()), lease: Some(10.0), ..Asker::default() };
        let back = store.reclaim(5, &bob, 15.1).unwrap();
        assert_eq!((back.len(), back[0].number, back[0].worker.as_deref()), (1, 2, Some("bob")));
        store.renew(2, 100.0, 20.0).unwrap();
        store.add(&[(proposed(0.9), told(3.0))], 21.0).unwrap();
        store.report(2, 1, 0.5).unwrap();
        store.report(2, 1, 0.25).unwrap();
        drop(store);
        let mut again = Store::open(place, None).unwrap();
        let trials = again.trials().unwrap();
        assert_eq!(trials.iter().map(|t| t.state.word()).collect::<Vec<_>>(), ["complete", "pending", "complete"]);
        assert_eq!((trials[1].lease, trials[0].outcomes["y"]), (Some(120.0), 0.4));
        assert_eq!(again.reports().unwrap(), [(2, 1, 0.25)]);
        assert_eq!(again.campaign()["name"], "one");
    });
}

#[test]
fn studies_are_told_apart_by_their_names() {
    places(|place| {
        Store::create(place, "a", &json!({}), 0.0).unwrap();
        let twice = Store::create(place, "a", &json!({}), 0.0).map(|_| ()).unwrap_err().to_string();
        assert!(twice.contains("there is a study `a`"), "{twice}");
        Store::create(place, "b", &json!({}), 0.0).unwrap();
        let which = Store::open(place, None).map(|_| ()).unwrap_err().to_string();
        assert!(which.contains("`a`, `b`") && which.contains("--name"), "{which}");
        assert_eq!(Store::open(place, Some("b")).unwrap().name(), "b");
    });
}

#[test]
fn what_is_no_database_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.db");
    let missing = Store::open(&Place::File(path.clone()), None).map(|_| ()).unwrap_err().to_string();
    assert!(missing.contains("study new"), "{missing}");
    std::fs::write(&path, "this is no database, but a text of some length ".repeat(50)).unwrap();
    let wrong = Store::open(&Place::File(path), None).map(|_| ()).unwrap_err().to_string();
    assert!(wrong.contains("not a database"), "{wrong}");
    let nobody = Place::from("postgres://ann:secret@127.0.0.1:1/none");
    let away = Store::open(&nobody, None).map(|_| ()).unwrap_err().to_string();
    assert!(away.contains("check that the server runs") && !away.contains("secret"), "{away}");
}

/// Eight writers carry out two hundred trials together.
#[test]
fn no_trial_is_lost_doubled_or_stuck() {
    places(|place| {
        Store::create(place, "many", &json!({}), 0.0).unwrap();
        let work = || {
            let mut store = Store::open(place, None).unwrap();
            for _ in 0..25 {
                let number = loop {
                    let seen = store.trials().unwrap().len();
                    if let Some(asked) = store.propose(seen, &[proposed(seen as f64)], &Asker::default(), 1.0).unwrap()
                    {
                        break asked[0].number;
                    }
                };
                assert_eq!(store.tell(number, &told(number as f64), false, 2.0).unwrap(), Telling::New);
            }
        };
        std::thread::scope(|scope| (0..8).for_each(|_| drop(scope.spawn(work))));
        let trials = Store::open(place, None).unwrap().trials().unwrap();
        assert_eq!(trials.len(), 200);
        for (at, trial) in trials.iter().enumerate() {
            assert_eq!(
                (trial.number, trial.state, trial.outcomes["y"]),
                (at as i64 + 1, State::Complete, trial.number as f64)
            );
        }
    });
}
