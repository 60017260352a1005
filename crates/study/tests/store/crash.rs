//! A program that is killed at any moment.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use study::{Place, State, Store};

use crate::tools::{at, complete, point, study};

const KILLS: u64 = 100;
/// The longest that a program lives after its first words, in milliseconds.
const LONGEST: u64 = 60;
/// Tells this program that it is the one to be killed, and where the study is.
const VICTIM: &str = "GEDANKEN_TEST_VICTIM";

#[test]
fn the_store_keeps_what_a_killed_program_was_told_to_be_kept() {
    if let Some(path) = std::env::var_os(VICTIM) {
        return ask_and_tell(&Place::Sqlite(path.into()));
    }
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Sqlite(folder.path().join("a.study"));
    study(&place, "coating", 0);
    let mut acknowledged: Vec<String> = Vec::new();
    for kill in 0..KILLS {
        acknowledged.extend(words_of_a_killed_program(&place, kill));
        check(&place, &acknowledged);
    }
    assert!(acknowledged.len() as u64 >= KILLS, "{} calls were acknowledged", acknowledged.len());
}

/// Asks and tells, and prints what is done as soon as it is, until somebody ends it.
fn ask_and_tell(place: &Place) {
    let mut store = Store::open(place, None).unwrap();
    let say = |words: String| {
        let mut out = std::io::stdout().lock();
        out.write_all(format!("done {words}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
    };
    loop {
        let seen = store.trials().unwrap().len() as i64;
        let number = store.propose(seen, &[point(seen as f64 / 7.0)], &at(1.0)).unwrap().unwrap()[0].number;
        say(format!("asked {number}"));
        store.tell(number, &complete(seen as f64 / 3.0), false, 2.0).unwrap();
        say(format!("told {number}"));
    }
}

/// What such a program printed before it was killed.
fn words_of_a_killed_program(place: &Place, kill: u64) -> Vec<String> {
    let Place::Sqlite(path) = place else { unreachable!() };
    let name = "crash::the_store_keeps_what_a_killed_program_was_told_to_be_kept";
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([name, "--exact", "--nocapture"]).env(VICTIM, path).stdin(Stdio::null()).stdout(Stdio::piped());
    let mut victim = Killed(command.spawn().unwrap());
    let mut words = BufReader::new(victim.0.stdout.take().unwrap());
    let mut lines = Vec::new();
    let mut read = |lines: &mut Vec<String>| {
        let mut line = String::new();
        let n = words.read_line(&mut line).unwrap();
        // A line without an end was being printed when the program ended.
        if let Some(done) = line.strip_suffix('\n').and_then(|line| line.split_once("done ")) {
            lines.push(done.1.to_owned());
        }
        n > 0
    };
    while lines.is_empty() && read(&mut lines) {}
    // Moments that are scattered, and the same in each run as far as a clock allows: multiples of the golden ratio.
    let moment = kill.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
    std::thread::sleep(Duration::from_micros(moment % (1000 * LONGEST)));
    drop(victim);
    while read(&mut lines) {}
    assert!(!lines.is_empty(), "the program ended before anybody ended it");
    lines
}

/// All that was acknowledged is there, and nothing is half there.
fn check(place: &Place, acknowledged: &[String]) {
    let trials = Store::open(place, None).unwrap().trials().unwrap();
    for (seen, trial) in (0..).zip(&trials) {
        assert_eq!(trial.number, seen + 1);
        assert_eq!(trial.point["x"], seen as f64 / 7.0);
        if trial.state != State::Pending {
            assert_eq!((trial.state, trial.outcomes["y"]), (State::Complete, seen as f64 / 3.0));
        }
    }
    for words in acknowledged {
        let (what, number) = words.split_once(' ').unwrap();
        let trial = &trials[number.parse::<usize>().unwrap() - 1];
        assert!(what == "asked" || trial.state == State::Complete, "{words} is lost: {trial:?}");
    }
}

/// A program that is killed when this is dropped.
struct Killed(Child);

impl Drop for Killed {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
