//! What holds in both databases. Each rule gets an empty place.

use serde_json::{Map, Value, json};
use study::{Asker, Place, Proposal, State, Store, TellOutcome, Told};

use crate::leases::{
    a_lease_is_renewed_by_its_worker_alone, a_lease_that_ran_out_is_taken_over, a_repeated_request_finds_its_trials,
    a_repeated_request_takes_over_no_more,
};
use crate::postgres::Postgres;
use crate::tools::{at, complete, failed, message, point, same, sql, study};

type Rule = (&'static str, fn(&Place));

const RULES: [Rule; 24] = [
    ("what_is_created_is_opened", what_is_created_is_opened),
    ("a_name_is_given_once", a_name_is_given_once),
    ("of_several_studies_one_must_be_named", of_several_studies_one_must_be_named),
    ("tables_of_a_newer_version_are_left_alone", tables_of_a_newer_version_are_left_alone),
    ("trials_count_from_one_without_gaps", trials_count_from_one_without_gaps),
    ("what_is_asked_and_told_is_read_to_the_last_bit", what_is_asked_and_told_is_read_to_the_last_bit),
    ("a_trial_may_do_without_names_and_ends", a_trial_may_do_without_names_and_ends),
    (
        "who_proposes_for_other_trials_than_there_are_is_told_so",
        who_proposes_for_other_trials_than_there_are_is_told_so,
    ),
    ("a_result_told_since_is_worth_another_computation", a_result_told_since_is_worth_another_computation),
    ("a_proposer_may_go_on_without_reading_again", a_proposer_may_go_on_without_reading_again),
    ("telling_twice_is_telling_once", telling_twice_is_telling_once),
    ("another_result_needs_to_be_a_correction", another_result_needs_to_be_a_correction),
    ("failed_and_abandoned_trials_keep_their_reasons", failed_and_abandoned_trials_keep_their_reasons),
    ("trials_that_are_not_there_are_not_told", trials_that_are_not_there_are_not_told),
    ("finished_trials_are_added_all_or_none", finished_trials_are_added_all_or_none),
    ("a_repeated_request_finds_its_trials", a_repeated_request_finds_its_trials),
    ("a_lease_that_ran_out_is_taken_over", a_lease_that_ran_out_is_taken_over),
    ("a_repeated_request_takes_over_no_more", a_repeated_request_takes_over_no_more),
    ("a_lease_is_renewed_by_its_worker_alone", a_lease_is_renewed_by_its_worker_alone),
    ("the_last_value_of_a_step_counts", the_last_value_of_a_step_counts),
    ("small_things_are_remembered_by_name", small_things_are_remembered_by_name),
    ("studies_of_one_place_do_not_mix", studies_of_one_place_do_not_mix),
    ("what_is_no_number_or_no_text_is_refused", what_is_no_number_or_no_text_is_refused),
    ("eight_that_create_at_once_make_one_set_of_tables", eight_that_create_at_once_make_one_set_of_tables),
];

#[test]
fn the_store_keeps_its_rules_in_sqlite() {
    for (name, rule) in RULES {
        println!("{name}");
        let folder = tempfile::tempdir().unwrap();
        rule(&Place::Sqlite(folder.path().join("a file?.study")));
    }
}

#[test]
fn the_store_keeps_its_rules_in_postgresql() {
    let Some(server) = Postgres::start() else { return };
    for (at, (name, rule)) in RULES.into_iter().enumerate() {
        println!("{name}");
        rule(&server.database(&format!("rule_{at}")).parse().unwrap());
    }
}

fn what_is_created_is_opened(place: &Place) {
    let campaign = json!({"parameters": [{"name": "x", "low": 0.1}], "note": "zero \u{0} and µ"});
    let store = Store::create(place, "coating", &campaign, 5.0).unwrap();
    assert_eq!((store.name(), store.campaign(), store.place()), ("coating", &campaign, place));
    drop(store);
    for name in [None, Some("coating")] {
        let mut store = Store::open(place, name).unwrap();
        assert_eq!((store.name(), store.campaign()), ("coating", &campaign));
        assert!(store.trials().unwrap().is_empty());
    }
}

fn a_name_is_given_once(place: &Place) {
    study(place, "coating", 1);
    assert_eq!(
        message(Store::create(place, "coating", &json!({}), 0.0)),
        format!(
            "there is already a study called `coating` in `{place}`\nhint: open it, or give the new one another name"
        )
    );
    assert_eq!(Store::open(place, None).unwrap().trials().unwrap().len(), 1);
}

fn of_several_studies_one_must_be_named(place: &Place) {
    study(place, "coating", 0);
    study(place, "alloy", 0);
    assert_eq!(Store::studies(place).unwrap(), ["coating", "alloy"]);
    assert_eq!(
        message(Store::open(place, None)),
        format!("`{place}` holds 2 studies, and none was given\nhint: name one of `coating`, `alloy`")
    );
    assert_eq!(
        message(Store::open(place, Some("aloy"))),
        format!("there is no study called `aloy`; did you mean `alloy`?\nhint: `{place}` holds `coating`, `alloy`")
    );
    assert_eq!(Store::open(place, Some("alloy")).unwrap().name(), "alloy");
}

fn tables_of_a_newer_version_are_left_alone(place: &Place) {
    drop(study(place, "coating", 0));
    sql(place, "UPDATE gedanken_schema SET version = 2");
    let expected = format!(
        "the tables in `{place}` have version 2, and this program knows version 1\nhint: use a newer version of Gedanken"
    );
    assert_eq!(message(Store::open(place, None)), expected);
    assert_eq!(message(Store::studies(place)), expected);
    assert_eq!(message(Store::create(place, "alloy", &json!({}), 0.0)), expected);
}

fn trials_count_from_one_without_gaps(place: &Place) {
    let mut store = study(place, "coating", 2);
    assert!(store.propose(1, &[point(9.0)], &at(0.0)).unwrap().is_none());
    store.add(&[(point(3.0), complete(1.0))], 1.0).unwrap();
    store.propose(3, &[point(4.0), point(5.0)], &at(2.0)).unwrap().unwrap();
    let trials = store.trials().unwrap();
    assert_eq!(trials.iter().map(|trial| trial.number).collect::<Vec<_>>(), [1, 2, 3, 4, 5]);
    assert_eq!(trials.iter().map(|trial| trial.point["x"].clone()).collect::<Vec<_>>(), [1.0, 2.0, 3.0, 4.0, 5.0]);
}

/// The smallest and largest numbers of double precision, some that need all 17 digits, and the sign of zero.
const NUMBERS: [f64; 8] =
    [5e-324, f64::MAX, f64::MIN_POSITIVE, 0.1 + 0.2, 1.0 / 3.0, -0.0, 9_007_199_254_740_993.0, 1e-310];

fn what_is_asked_and_told_is_read_to_the_last_bit(place: &Place) {
    let mut store = study(place, "coating", 0);
    let values = json!({"list": NUMBERS, "text": "\u{0} \" µ 水", "large": u64::MAX, "none": null});
    let Value::Object(mut point) = values.clone() else { unreachable!() };
    point.remove("none");
    let proposal = Proposal { point, origin: "model".into(), notes: values };
    let asker = Asker { worker: Some("µ"), request: Some("r 1"), lease: Some(1e9 + 1.0 / 3.0), now: 1e9 + 0.1 };
    let asked = store.propose(0, std::slice::from_ref(&proposal), &asker).unwrap().unwrap().remove(0);
    let outcomes = NUMBERS.iter().enumerate().map(|(at, y)| (format!("y{at}"), *y)).collect();
    let told = Told { state: State::Complete, outcomes, reason: Some("'; DROP TABLE gedanken_trials; --".into()) };
    store.tell(1, &told, false, 1e9 + 0.7).unwrap();
    let mut store = Store::open(place, None).unwrap();
    let found = store.trials().unwrap().remove(0);
    assert!(same(&Value::Object(found.point.clone()), &Value::Object(proposal.point.clone())), "{found:?}");
    assert!(same(&found.notes, &proposal.notes), "{found:?}");
    let bits =
        |outcomes: &std::collections::BTreeMap<String, f64>| outcomes.values().map(|y| y.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&found.outcomes), bits(&told.outcomes));
    assert_eq!((asked.lease, found.lease), (Some(1e9 + 1.0 / 3.0), None));
    assert_eq!((found.asked, found.told), (1e9 + 0.1, Some(1e9 + 0.7)));
    assert_eq!((found.worker.as_deref(), found.request.as_deref()), (Some("µ"), Some("r 1")));
    assert_eq!(found.reason, told.reason);
}

fn a_trial_may_do_without_names_and_ends(place: &Place) {
    let mut store = study(place, "coating", 0);
    // In this order, since a statement that first saw no value must take one, and the other way round.
    let named = Asker { worker: Some("a"), request: Some("r"), lease: Some(9.0), now: 1.0 };
    for (seen, asker) in [at(1.0), named, at(1.0)].into_iter().enumerate() {
        let added = store.propose(seen as i64, &[point(0.5)], &asker).unwrap().unwrap();
        assert_eq!(added, store.trials().unwrap()[seen..]);
        assert_eq!(added[0].worker.as_deref(), asker.worker);
        assert_eq!(added[0].lease, asker.lease);
    }
    assert!(store.propose(3, &[], &at(1.0)).unwrap().unwrap().is_empty());
}

fn who_proposes_for_other_trials_than_there_are_is_told_so(place: &Place) {
    let mut first = study(place, "coating", 1);
    let mut second = Store::open(place, None).unwrap();
    assert_eq!((first.trials().unwrap().len(), second.trials().unwrap().len()), (1, 1));
    assert!(first.propose(1, &[point(2.0)], &at(0.0)).unwrap().is_some());
    assert!(second.propose(1, &[point(3.0)], &at(0.0)).unwrap().is_none());
    assert_eq!(second.trials().unwrap().len(), 2);
    assert!(second.propose(2, &[point(3.0)], &at(0.0)).unwrap().is_some());
}

fn a_result_told_since_is_worth_another_computation(place: &Place) {
    let (mut asks, mut tells) = (study(place, "coating", 2), Store::open(place, None).unwrap());
    asks.trials().unwrap();
    tells.tell(1, &complete(0.5), false, 1.0).unwrap();
    assert!(asks.propose(2, &[point(3.0)], &at(2.0)).unwrap().is_none());
    asks.trials().unwrap();
    // What changes no result is no reason.
    tells.tell(1, &complete(0.5), false, 3.0).unwrap();
    tells.report(2, 1, 0.25).unwrap();
    tells.renew(2, None, 9.0, 3.0).unwrap();
    tells.remember("lengths", &json!([1.0])).unwrap();
    assert!(asks.propose(2, &[point(3.0)], &at(4.0)).unwrap().is_some());
    tells.tell(1, &complete(0.75), true, 5.0).unwrap();
    assert!(asks.propose(3, &[point(4.0)], &at(6.0)).unwrap().is_none());
    // Who has not read does not depend on results.
    assert!(tells.propose(3, &[point(4.0)], &at(6.0)).unwrap().is_some());
}

fn a_proposer_may_go_on_without_reading_again(place: &Place) {
    let mut store = study(place, "coating", 0);
    store.trials().unwrap();
    for seen in 0..3 {
        assert_eq!(store.propose(seen, &[point(1.0)], &at(0.0)).unwrap().unwrap()[0].number, seen + 1);
    }
}

fn telling_twice_is_telling_once(place: &Place) {
    let mut store = study(place, "coating", 1);
    assert_eq!(store.tell(1, &complete(0.1), false, 1.0).unwrap(), TellOutcome::New);
    let trials = store.trials().unwrap();
    assert_eq!(store.tell(1, &complete(0.1), false, 2.0).unwrap(), TellOutcome::Repeated);
    assert_eq!(store.tell(1, &complete(0.1), true, 2.0).unwrap(), TellOutcome::Repeated);
    assert_eq!(store.trials().unwrap(), trials);
    assert_eq!((trials[0].state, trials[0].told), (State::Complete, Some(1.0)));
}

fn another_result_needs_to_be_a_correction(place: &Place) {
    let mut store = study(place, "coating", 1);
    store.tell(1, &complete(0.5), false, 1.0).unwrap();
    assert_eq!(
        message(store.tell(1, &failed("it burnt"), false, 2.0)),
        "trial 1 was reported as complete with y = 0.5, and is reported as failed (\"it burnt\") now\n\
         hint: if it was wrong before, report it again with `--correct`"
    );
    assert_eq!(store.trials().unwrap()[0].told, Some(1.0));
    assert_eq!(store.tell(1, &failed("it burnt"), true, 3.0).unwrap(), TellOutcome::Corrected);
    let trial = store.trials().unwrap().remove(0);
    assert_eq!((trial.state, trial.outcomes.len(), trial.told), (State::Failed, 0, Some(3.0)));
    assert_eq!(trial.reason.as_deref(), Some("it burnt"));
}

fn failed_and_abandoned_trials_keep_their_reasons(place: &Place) {
    let mut store = study(place, "coating", 2);
    // A failed experiment may have measured something, too.
    let told = Told { outcomes: [("mass".to_owned(), 0.25)].into(), ..failed("no yield") };
    store.tell(1, &told, false, 1.0).unwrap();
    store.tell(2, &Told { state: State::Abandoned, outcomes: Default::default(), reason: None }, false, 1.0).unwrap();
    let trials = store.trials().unwrap();
    assert_eq!((trials[0].state, trials[0].outcomes["mass"]), (State::Failed, 0.25));
    assert_eq!((trials[1].state, trials[1].reason.clone()), (State::Abandoned, None));
}

fn trials_that_are_not_there_are_not_told(place: &Place) {
    let mut store = study(place, "coating", 0);
    let expected = |hint: &str| format!("study `coating` has no trial 7\nhint: {hint}");
    assert_eq!(message(store.tell(7, &complete(0.5), false, 1.0)), expected("it has none yet"));
    store.propose(0, &[point(1.0)], &at(0.0)).unwrap().unwrap();
    assert_eq!(message(store.report(7, 1, 0.5)), expected("its only trial is 1"));
    store.propose(1, &[point(2.0)], &at(0.0)).unwrap().unwrap();
    assert_eq!(message(store.renew(7, None, 2.0, 1.0)), expected("its trials are 1 to 2"));
    for number in [0, -1, i64::MIN, i64::MAX] {
        message(store.tell(number, &complete(0.5), false, 1.0));
    }
    for seen in [-1, i64::MIN, i64::MAX] {
        assert!(store.propose(seen, &[point(2.0)], &at(0.0)).unwrap().is_none());
    }
}

fn finished_trials_are_added_all_or_none(place: &Place) {
    let mut store = study(place, "coating", 1);
    let imported = |x: f64| Proposal { origin: "imported".into(), ..point(x) };
    message(store.add(&[(imported(2.0), complete(0.2)), (imported(3.0), complete(f64::NAN))], 1.0));
    assert_eq!(store.trials().unwrap().len(), 1);
    let added = store.add(&[(imported(2.0), complete(0.2)), (imported(3.0), failed("no"))], 1.0).unwrap();
    let trials = store.trials().unwrap();
    assert_eq!(added, trials[1..]);
    assert_eq!((trials[1].number, trials[1].state, trials[1].told), (2, State::Complete, Some(1.0)));
    assert_eq!((trials[2].state, trials[2].origin.as_str()), (State::Failed, "imported"));
}

fn the_last_value_of_a_step_counts(place: &Place) {
    let mut store = study(place, "coating", 2);
    store.report(2, 10, 0.5).unwrap();
    store.report(1, 20, 0.1 + 0.2).unwrap();
    store.report(1, 10, 0.75).unwrap();
    store.report(1, 10, 5e-324).unwrap();
    store.report(1, -1, f64::MAX).unwrap();
    store.report(2, 20, -0.0).unwrap();
    let expected = [(1, -1, f64::MAX), (1, 10, 5e-324), (1, 20, 0.1 + 0.2), (2, 10, 0.5), (2, 20, -0.0)];
    let found = store.reports().unwrap();
    assert_eq!(found, expected);
    assert!(found[4].2.is_sign_negative());
    store.tell(1, &Told { state: State::Abandoned, ..failed("too slow") }, false, 1.0).unwrap();
    assert_eq!(message(store.report(1, 30, 0.5)), "trial 1 is abandoned already\nhint: stop working on it");
    assert_eq!(
        message(store.report(2, 30, f64::NAN)),
        "the value of trial 2 at step 30 is NaN\nhint: give a finite number, or report that the trial failed"
    );
}

fn small_things_are_remembered_by_name(place: &Place) {
    let mut store = study(place, "coating", 0);
    assert_eq!(store.recall("lengths").unwrap(), None);
    store.remember("lengths", &json!([0.1, 0.2])).unwrap();
    store.remember("lengths", &json!(NUMBERS)).unwrap();
    store.remember("nothing", &Value::Null).unwrap();
    let mut store = Store::open(place, None).unwrap();
    assert!(same(&store.recall("lengths").unwrap().unwrap(), &json!(NUMBERS)));
    assert_eq!(store.recall("nothing").unwrap(), Some(Value::Null));
}

fn studies_of_one_place_do_not_mix(place: &Place) {
    let (mut coating, mut alloy) = (study(place, "coating", 2), study(place, "alloy", 1));
    coating.propose(2, &[point(3.0)], &Asker { request: Some("r"), lease: Some(1.0), ..at(0.0) }).unwrap().unwrap();
    coating.tell(1, &complete(0.5), false, 1.0).unwrap();
    coating.report(2, 1, 0.5).unwrap();
    coating.remember("lengths", &json!(1)).unwrap();
    assert_eq!(alloy.trials().unwrap().len(), 1);
    assert_eq!(alloy.trials().unwrap()[0].state, State::Pending);
    assert!(alloy.asked_with("r").unwrap().is_empty() && alloy.reports().unwrap().is_empty());
    assert!(alloy.reclaim(9, &at(5.0)).unwrap().is_empty());
    assert_eq!(alloy.recall("lengths").unwrap(), None);
}

fn what_is_no_number_or_no_text_is_refused(place: &Place) {
    let mut store = study(place, "coating", 1);
    let told = |state: State, outcomes: &[(&str, f64)]| Told {
        state,
        outcomes: outcomes.iter().map(|(name, y)| ((*name).to_owned(), *y)).collect(),
        reason: None,
    };
    let mut tell = |what: Told| message(store.tell(1, &what, false, 1.0));
    assert_eq!(
        tell(complete(f64::NAN)),
        "the outcome `y` is NaN\nhint: give a finite number, or report that the trial failed"
    );
    assert!(tell(complete(f64::NEG_INFINITY)).starts_with("the outcome `y` is -inf\n"));
    assert_eq!(
        tell(told(State::Complete, &[])),
        "a complete trial without an outcome is reported\n\
         hint: give at least one outcome, or tell that the trial failed or was abandoned"
    );
    assert_eq!(
        tell(told(State::Pending, &[])),
        "`pending` is reported\nhint: report that a trial is complete, failed or abandoned"
    );
    assert_eq!(tell(failed("a\0b")), "the reason \"a\\0b\" holds a zero character\nhint: leave this character out");
    assert!(message(store.tell(1, &complete(1.0), false, f64::NAN)).starts_with("the time is NaN"));
    let null = Proposal { point: Map::from_iter([("x".to_owned(), json!(f64::NAN))]), ..point(0.0) };
    assert_eq!(
        message(store.propose(1, &[point(1.0), null], &at(0.0))),
        "`x` of a point is null\nhint: give it a value, or leave it out; NaN is not a value"
    );
    let mut ask = |asker: Asker| message(store.propose(1, &[point(1.0)], &asker));
    assert_eq!(ask(Asker { lease: Some(3.0), ..at(3.0) }), "the lease ends at 3, and it is 3\nhint: let it end later");
    assert!(ask(Asker { lease: Some(f64::INFINITY), ..at(3.0) }).starts_with("the end of the lease is inf"));
    assert_eq!(
        ask(Asker { worker: Some(""), ..at(0.0) }),
        "the name of the worker is empty\nhint: give it a text, or leave it out"
    );
    assert!(ask(Asker { request: Some("\0"), ..at(0.0) }).starts_with("the name of the request \"\\0\" holds"));
    assert!(message(store.remember("", &json!(1))).starts_with("the name of what is to be remembered is empty"));
    assert!(message(Store::create(place, "", &json!(1), 0.0)).starts_with("the name of the study is empty"));
    assert_eq!(store.recall("\0").unwrap_or_default(), None);
    assert_eq!(store.trials().unwrap().len(), 1);
}

fn eight_that_create_at_once_make_one_set_of_tables(place: &Place) {
    let create = |name: &str| Store::create(place, name, &json!({}), 0.0).map(|_| ());
    let results: Vec<bool> = std::thread::scope(|scope| {
        let names = ["same", "1", "2", "same", "3", "4", "same", "5"];
        let threads = names.map(|name| scope.spawn(move || create(name).is_ok() || name == "same"));
        threads.map(|thread| thread.join().unwrap()).to_vec()
    });
    assert_eq!(results, [true; 8]);
    let mut names = Store::studies(place).unwrap();
    names.sort();
    assert_eq!(names, ["1", "2", "3", "4", "5", "same"]);
}
