//! Studies from the command line: many workers, crashes, wrong input.

mod common;
#[cfg(unix)]
#[path = "../../study/tests/support/postgres.rs"]
mod postgres;

use common::Bench;
use insta::assert_snapshot;
use serde_json::Value;

const CAMPAIGN: &str = r#"
seed = 3
strategy = { initial = 6, restarts = 0 }

[[parameters]]
kind = "continuous"
name = "temperature"
low = 20
high = 120

[[parameters]]
kind = "categorical"
name = "solvent"
values = ["DMAc", "BuCN", "toluene"]

[[objectives]]
name = "yield"
"#;

/// Of two hundred trials the last are the model's.
const MANY: &str = " --set strategy.initial=150";

fn begun() -> Bench {
    let bench = Bench::new().file("c.toml", CAMPAIGN);
    bench.run("study new c.toml");
    bench
}

fn numbers(json: &str) -> Vec<i64> {
    let trials: Value = serde_json::from_str(json).unwrap_or_default();
    trials.as_array().into_iter().flatten().filter_map(|trial| trial["number"].as_i64()).collect()
}

#[test]
fn a_study_from_its_beginning_to_its_best() {
    let bench = begun();
    let mut seen = bench.seen("study ask -n 3");
    for line in [
        "study tell 1 yield=40",
        "study tell 2 yield=70.5",
        "study tell 3 --failed spilled",
        "study tell --at temperature=50,solvent=BuCN yield=33",
        "study status",
        "study best",
        "study export",
        "study suggest-why",
    ] {
        seen += &bench.seen(line);
    }
    assert_snapshot!(seen);
}

#[test]
fn a_campaign_is_played_on_a_function_and_on_a_table() {
    let rows: String = (0..40).map(|i| format!("{},{}\n", i, (i - 23) * (i - 23))).collect();
    let campaign = "[[parameters]]\nkind = \"continuous\"\nname = \"a\"\nlow = 0\nhigh = 20\n";
    let table = "[[objectives]]\nname = \"y\"\ngoal = \"minimize\"\n[[parameters]]\nkind = \"integer\"\nname = \"n\"\nlow = 0\nhigh = 39\n";
    let bench = Bench::new().file("a.toml", campaign).file("n.toml", table).file("n.csv", format!("n,y\n{rows}"));
    let bench = bench.file("gap.csv", "n,y\n1,2\n2,\n");
    let mut seen = String::new();
    for line in [
        "study simulate --function branin --trials 20 --seeds 8",
        "study simulate n.toml --table n.csv --trials 15 --seeds 4",
        "study simulate n.toml --table gap.csv",
        "study simulate --function branin --set objectives=[{name=\"y\"}]",
        "study simulate a.toml --function branin",
        "study simulate --function rastrigin",
    ] {
        seen += &bench.seen(line);
    }
    assert_snapshot!(seen);
}

/// A value that is said to be uncertain counts for less than one that is exact.
#[test]
fn deviations_are_told_and_count() {
    let campaign = CAMPAIGN
        .replace("name = \"yield\"", "name = \"yield\"\ndeviation = \"error\"")
        .replace("initial = 6", "initial = 2");
    let bench = Bench::new().file("c.toml", &campaign);
    bench.run("study new c.toml");
    let mut seen = String::new();
    for line in [
        "study tell --at temperature=50,solvent=BuCN yield=33 error=0.5",
        "study tell --at temperature=52,solvent=BuCN yield=60 error=30",
        "study tell --at temperature=110,solvent=DMAc yield=20 error=0",
        "study tell --at temperature=90,solvent=DMAc yield=20",
        "study tell --at temperature=90,solvent=DMAc yield=20 error=-1",
        "study best",
        "study ask",
        "study suggest-why",
    ] {
        seen += &bench.seen(line);
    }
    assert_snapshot!(seen);
}

#[test]
fn wrong_words_are_told() {
    let bench = begun().file("wrong.csv", "temperature,solvent,yield\n50,DMAc,1\n500,DMAc,2\n");
    bench.run("study ask");
    bench.run("study tell 1 yield=4");
    let mut seen = String::new();
    for line in [
        "study new c.toml",
        "study tell 1 yield=5",
        "study tell 9 yield=5",
        "study tell 1 yeild=5",
        "study tell 1 yield=much",
        "study tell one yield=5",
        "study tell 1",
        "study tell --at temperature=50,solvent=DMAC yield=3",
        "study tell --at temperatur=50,solvent=DMAc yield=3",
        "study import wrong.csv",
        "study show 7",
        "study ask --replicate 8",
        "study status --study none.db",
        "study status --name other",
    ] {
        seen += &bench.seen(line);
    }
    assert_snapshot!(seen);
}

#[test]
fn wrong_campaigns_are_told() {
    let mut seen = String::new();
    for (what, campaign) in [
        ("no parameter varies", "[[objectives]]\nname = \"y\"\n"),
        (
            "a deviation beside several objectives",
            "[[objectives]]\nname = \"y\"\ndeviation = \"e\"\n[[objectives]]\nname = \"z\"\n[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 0\nhigh = 1\n",
        ),
        (
            "a deviation with the name of its objective",
            "[[objectives]]\nname = \"y\"\ndeviation = \"y\"\n[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 0\nhigh = 1\n",
        ),
        (
            "a mean of categories",
            "strategy.mean.kind = \"linear\"\n[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"categorical\"\nname = \"x\"\nvalues = [\"a\", \"b\"]\n",
        ),
        ("no objective", "[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 0\nhigh = 1\n"),
        (
            "a range backwards",
            "[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 1\nhigh = 0\n",
        ),
        (
            "an unknown kind",
            "[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"continous\"\nname = \"x\"\nlow = 1\nhigh = 0\n",
        ),
        (
            "a contradiction",
            "constraints = [{ weights = { x = 1 }, at_least = 3 }]\n[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"ordinal\"\nname = \"x\"\nvalues = [1, 2]\n",
        ),
        (
            "a molecule that is none",
            "[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"molecule\"\nname = \"x\"\nvalues = [\"CC(\"]\n",
        ),
        (
            "an objective called as a parameter",
            "[[objectives]]\nname = \"x\"\n[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 0\nhigh = 1\n",
        ),
        (
            "a parameter without a name",
            "[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"continuous\"\nlow = 0\nhigh = 1\n",
        ),
        (
            "an acquisition without its batch",
            "strategy = { batch = { kind = \"thompson\" }, acquisition = { kind = \"greedy\" } }\n[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"continuous\"\nname = \"x\"\nlow = 0\nhigh = 1\n",
        ),
    ] {
        let bench = Bench::new().file("c.toml", campaign);
        seen += &format!("{what}\n{}", bench.seen("study new c.toml"));
    }
    assert_snapshot!(seen);
}

#[test]
fn the_same_request_gets_the_same_trials_and_a_lost_lease_comes_back() {
    let bench = begun();
    let first = bench.run("study ask -n 2 --request monday --json");
    assert_eq!(bench.run("study ask -n 2 --request monday --json"), first);
    let lent = numbers(&bench.run("study ask --lease 0.0000001 --json"));
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(numbers(&bench.run("study ask --worker bob --json")), lent);
}

#[test]
fn a_space_without_points_left_says_so() {
    let campaign =
        "[[objectives]]\nname = \"y\"\n[[parameters]]\nkind = \"categorical\"\nname = \"x\"\nvalues = [\"a\", \"b\"]\n";
    let bench = Bench::new().file("c.toml", campaign);
    bench.run("study new c.toml");
    assert_eq!(numbers(&bench.run("study ask -n 2 --json")), [1, 2]);
    let output = bench.output("study ask");
    assert!(output.status.success() && String::from_utf8_lossy(&output.stderr).contains("the space is exhausted"));
}

/// Each of eight workers asks and tells 25 times, each time by a process of its own.
#[cfg(unix)]
fn eight_workers(bench: &Bench, at: &str) {
    let work = |worker: usize| {
        for _ in 0..25 {
            let asked = numbers(&bench.run(&format!("study ask --worker {worker} --json{at}")));
            assert_eq!(asked.len(), 1);
            bench.run(&format!("study tell {0} yield={0}{at}", asked[0]));
        }
    };
    std::thread::scope(|scope| (0..8).for_each(|worker| drop(scope.spawn(move || work(worker)))));
    let trials: Value = serde_json::from_str(&bench.run(&format!("study show --json{at}"))).unwrap();
    let trials = trials.as_array().unwrap();
    assert_eq!(trials.len(), 200);
    for (place, trial) in trials.iter().enumerate() {
        let number = place as i64 + 1;
        assert_eq!((trial["number"].as_i64(), trial["state"].as_str()), (Some(number), Some("complete")));
        assert_eq!(trial["outcomes"]["yield"].as_f64(), Some(number as f64));
        assert!(trials[..place].iter().all(|other| other["point"] != trial["point"]), "{trial} stands twice");
    }
}

#[cfg(unix)]
#[test]
fn two_hundred_asks_and_tells_of_eight_processes_lose_nothing_in_a_file() {
    let bench = Bench::new().file("c.toml", CAMPAIGN);
    bench.run(&format!("study new c.toml{MANY}"));
    eight_workers(&bench, "");
}

#[cfg(unix)]
#[test]
fn two_hundred_asks_and_tells_of_eight_processes_lose_nothing_on_a_server() {
    let bench = Bench::new().file("c.toml", CAMPAIGN);
    let Some(server) = postgres::Postgres::start() else { return };
    let url = server.database("studies");
    bench.run(&format!("study new c.toml{MANY} --study {url}"));
    eight_workers(&bench, &format!(" --study {url}"));
}

/// What a killed process has acknowledged stands in the file, and the next process goes on.
#[cfg(unix)]
#[test]
fn a_hundred_kills_lose_nothing_that_was_acknowledged() {
    use std::io::Read;
    use std::process::Stdio;
    let bench = begun();
    let (mut asked, mut told, mut killed) = (Vec::new(), Vec::new(), 0);
    // From before the file is opened to after the answer is given.
    for round in 0..u64::MAX {
        let pending = asked.iter().find(|number| !told.contains(*number));
        let line = match pending.filter(|_| round % 2 == 1) {
            Some(number) => format!("study tell {number} yield={number}"),
            None => "study ask --json".to_owned(),
        };
        let mut child = bench.command(&line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        std::thread::sleep(std::time::Duration::from_micros(500 * (round * 7 % 40)));
        let ended = child.try_wait().unwrap().is_some();
        child.kill().unwrap();
        let status = child.wait().unwrap();
        killed += usize::from(!ended && !status.success());
        let (mut out, mut err) = (String::new(), String::new());
        child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        if line.contains("ask") {
            asked.extend(numbers(&out));
        } else if err.contains("told") {
            told.extend(pending.copied());
        }
        if killed == 100 {
            break;
        }
    }
    let trials: Value = serde_json::from_str(&bench.run("study show --json")).unwrap();
    let trials = trials.as_array().unwrap();
    assert!(!told.is_empty() && trials.len() >= asked.len(), "{} {} {}", told.len(), asked.len(), trials.len());
    for (place, trial) in trials.iter().enumerate() {
        assert_eq!(trial["number"].as_i64(), Some(place as i64 + 1));
    }
    for number in &told {
        let trial = &trials[*number as usize - 1];
        assert_eq!(
            (trial["state"].as_str(), trial["outcomes"]["yield"].as_f64()),
            (Some("complete"), Some(*number as f64))
        );
    }
    bench.run("study ask");
}
