//! Every acquisition with every batch method, with limits, costs and pending points: what works stands in a table of the book.

use std::sync::Arc;

use bayes::{Acquisition, Axis, Batch, Design, Knowledge, Lie, Limited, Pick, Space, Strategy};
use tensor::random::Key;

const ACQUISITIONS: [(&str, Acquisition); 9] = [
    ("log_expected_improvement", Acquisition::LogExpectedImprovement),
    ("expected_improvement", Acquisition::ExpectedImprovement),
    ("noisy_expected_improvement", Acquisition::NoisyExpectedImprovement),
    ("log_probability_of_improvement", Acquisition::LogProbabilityOfImprovement),
    ("probability_of_improvement", Acquisition::ProbabilityOfImprovement),
    ("confidence_bound", Acquisition::ConfidenceBound { beta: 2.0, growing: true }),
    ("greedy", Acquisition::Greedy),
    ("maximum_entropy", Acquisition::MaximumEntropy),
    ("max_value_entropy", Acquisition::MaxValueEntropy),
];
const BATCHES: [(&str, Batch); 9] = [
    ("monte_carlo", Batch::MonteCarlo { joint: false }),
    ("monte_carlo, joint", Batch::MonteCarlo { joint: true }),
    ("constant_liar, best", Batch::ConstantLiar { lie: Lie::Best }),
    ("constant_liar, mean", Batch::ConstantLiar { lie: Lie::Mean }),
    ("constant_liar, worst", Batch::ConstantLiar { lie: Lie::Worst }),
    ("kriging_believer", Batch::KrigingBeliever),
    ("local_penalization", Batch::LocalPenalization),
    ("thompson", Batch::Thompson),
    ("k_means", Batch::KMeans { pick: Pick::Best }),
];
/// What goes with every pair that works.
const WITH: [&str; 6] = ["nothing", "limits", "costs", "pending", "all three", "two objectives"];

fn knowledge(space: &Space, with: &str) -> Knowledge {
    let x = Design::Sobol.points(space, 9, &[], Key::new(0, "design"));
    let rows: Vec<&[f64]> = x.chunks(2).collect();
    let y = |x: &[f64]| (x[0] - 0.3).powi(2) + 0.1 * x[1];
    let mut known = Knowledge::of(x.clone(), rows.iter().map(|x| y(x)).collect());
    let (limits, costs, pending) = (vec!["limits", "all three"], ["costs", "all three"], ["pending", "all three"]);
    if limits.contains(&with) {
        known.limits = vec![Limited { values: rows.iter().map(|x| x[0] - 0.8).collect(), bound: 0.0 }];
        known.failed = (0..9).map(|at| at == 4).collect();
        known.objectives[0][4] = f64::NAN;
    }
    if costs.contains(&with) {
        known.cost = Some(Arc::new(|x: &[f64]| 1.0 + x[1]));
    }
    if pending.contains(&with) {
        known.pending = Design::Random.points(space, 2, &x, Key::new(5, "pending"));
    }
    if with == "two objectives" {
        known.objectives.push(rows.iter().map(|x| 1.0 - x[0]).collect());
    }
    known
}

/// Asks for two points; what comes is new, different, and allowed.
fn works(space: &Space, strategy: &Strategy, with: &str) {
    let known = knowledge(space, with);
    let next = strategy.ask(space, &known, 2, &Vec::new(), 1, 9);
    let found: Vec<&[f64]> = next.points.chunks(2).collect();
    assert_eq!(found.len(), 2, "{strategy:?} {with}");
    let taken: Vec<&[f64]> = known.x.chunks(2).chain(known.pending.chunks(2)).collect();
    for (at, x) in found.iter().enumerate() {
        let twice = taken.iter().chain(&found[..at]).any(|other| space.same(other, x));
        assert!(!twice && space.holds(x) && x.iter().all(|x| x.is_finite()), "{strategy:?} {with} {found:?}");
    }
}

#[test]
fn every_pair_works_or_says_why_not_as_the_table_tells() {
    let numbers = Space::cube(2);
    let mixed = Space::new(vec![Axis::Levels((0..20).map(|at| f64::from(at) / 19.0).collect()), Axis::Categories(4)]);
    let names: Vec<String> = BATCHES.iter().map(|(name, _)| format!("`{name}`")).collect();
    let mut table = format!("| acquisition | {} |\n|---|{}\n", names.join(" | "), "---|".repeat(BATCHES.len()));
    let mut faults: Vec<String> = Vec::new();
    for (name, acquisition) in ACQUISITIONS {
        let mut cells = Vec::new();
        for (_, batch) in BATCHES {
            let strategy =
                Strategy { acquisition, batch, initial: Some(1), restarts: 0, draws: 8, ..Strategy::default() };
            match strategy.fault(&numbers) {
                Some(fault) => {
                    let at = faults.iter().position(|other| *other == fault).unwrap_or_else(|| {
                        faults.push(fault);
                        faults.len() - 1
                    });
                    cells.push(format!("no ({})", at + 1));
                }
                None => {
                    for with in WITH {
                        works(&numbers, &strategy, with);
                        if with == "all three" {
                            works(&mixed, &strategy, with);
                        }
                    }
                    cells.push("works".to_owned());
                }
            }
        }
        table += &format!("| `{name}` | {} |\n", cells.join(" | "));
    }
    let mut page = format!(
        "# Acquisitions and batches\n\nWhat works together, each also with {}. A test walks this table.\n\n{table}",
        WITH[1..].join(", ")
    );
    for (at, fault) in faults.iter().enumerate() {
        page += &format!("\n({}) {fault}.\n", at + 1);
    }
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/combinations.md");
    if std::env::var("INSTA_UPDATE").is_ok_and(|value| value == "always") {
        std::fs::write(&path, &page).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert_eq!(committed, page, "docs/reference/combinations.md is not what works");
}
