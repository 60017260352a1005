//! What holds of files alone.

use std::fs;

use serde_json::json;
use study::{Place, Store};

use crate::tools::{complete, message, sql, study};

#[test]
fn the_store_says_when_a_file_is_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lost.study");
    let place = Place::Sqlite(path.clone());
    let expected = format!(
        "file of studies `{}` could not be opened: No such file or directory (os error 2)\nhint: check the path",
        path.display()
    );
    assert_eq!(message(Store::open(&place, None)), expected);
    assert_eq!(message(Store::studies(&place)), expected);
    assert!(!path.exists());
}

#[test]
fn the_store_makes_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none/new.study");
    assert_eq!(
        message(Store::create(&Place::Sqlite(path.clone()), "coating", &json!({}), 0.0)),
        format!(
            "`{}` could not be opened: unable to open database file\n\
             hint: check that the folder is there, and its permissions",
            path.display()
        )
    );
}

#[test]
fn the_store_leaves_other_files_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("data.csv");
    let text = "smiles,logS\n".repeat(100);
    fs::write(&path, &text).unwrap();
    let place = Place::Sqlite(path.clone());
    let expected = format!(
        "`{}` could not be opened: it is not a file of studies\nhint: check the path; studies are in files of SQLite",
        path.display()
    );
    assert_eq!(message(Store::open(&place, None)), expected);
    assert_eq!(message(Store::create(&place, "coating", &json!({}), 0.0)), expected);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(message(Store::open(&Place::Sqlite(folder.path().into()), None)).contains("is a directory"));
}

#[test]
fn the_store_shares_a_database_with_other_tables() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("lab.db");
    let place = Place::Sqlite(path.clone());
    sql(&place, "CREATE TABLE samples (id INTEGER); INSERT INTO samples VALUES (7)");
    let before = fs::read(&path).unwrap();
    assert_eq!(
        message(Store::open(&place, None)),
        format!("`{}` contains no study\nhint: check the path or address, or create a study there", path.display())
    );
    assert!(Store::studies(&place).unwrap().is_empty());
    assert_eq!(fs::read(&path).unwrap(), before);
    assert_eq!(study(&place, "coating", 1).trials().unwrap().len(), 1);
    sql(&place, "DELETE FROM samples WHERE id = 7");
}

#[test]
fn the_store_leaves_one_file_that_can_be_copied() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.study");
    let mut store = study(&Place::Sqlite(path.clone()), "coating", 2);
    store.tell(1, &complete(0.5), false, 1.0).unwrap();
    drop(store);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    let copy = folder.path().join("copy.study");
    fs::copy(&path, &copy).unwrap();
    assert_eq!(Store::open(&Place::Sqlite(copy), None).unwrap().trials().unwrap()[0].outcomes["y"], 0.5);
}

#[test]
fn the_store_names_what_another_program_has_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(folder.path().join("a.study"));
    let mut store = study(&place, "coating", 1);
    sql(&place, "UPDATE gedanken_trials SET state = 'lost'");
    assert_eq!(
        message(store.trials()),
        "the state of trial 1 cannot be read: it is `lost`\nhint: another program has changed it; take a copy from before"
    );
    sql(&place, "UPDATE gedanken_trials SET state = 'pending', outcomes = '{'");
    assert!(message(store.trials()).starts_with("the outcomes of trial 1 cannot be read: "));
    sql(&place, "PRAGMA foreign_keys = OFF; DELETE FROM gedanken_studies");
    assert_eq!(message(store.trials()), "there is no study called `coating`\nhint: somebody has removed it");
    assert_eq!(message(store.report(1, 1, 0.5)), "there is no study called `coating`\nhint: somebody has removed it");
}

#[test]
fn the_store_waits_for_a_writer() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(folder.path().join("a.study"));
    let mut store = study(&place, "coating", 1);
    let (held, hold) = std::sync::mpsc::channel();
    let waits = std::thread::spawn(move || {
        hold.recv().unwrap();
        store.tell(1, &complete(0.5), false, 1.0).map(|_| store)
    });
    // While this transaction lasts, nobody else can write.
    held.send(()).unwrap();
    sql(&place, &format!("BEGIN IMMEDIATE; {} COMMIT", "UPDATE gedanken_trials SET asked = asked + 1;".repeat(2000)));
    let mut store = waits.join().unwrap().unwrap();
    assert_eq!(store.trials().unwrap()[0].outcomes["y"], 0.5);
}
