//! How fast we want to be, and whether we are.

use super::result::Line;

/// A bound on the ratio of two programs' best blocks.
pub struct Target {
    /// On this workload.
    pub workload: &'static str,
    /// With so many threads.
    pub threads: usize,
    /// The time of this program over that of...
    above: &'static str,
    /// ...this one: a label, or a program's name for its best variant.
    below: &'static str,
    bound: Bound,
}

#[derive(Clone, Copy)]
enum Bound {
    AtMost(f64),
    AtLeast(f64),
    MoreThan(f64),
}
use Bound::{AtLeast, AtMost, MoreThan};

const fn target(workload: &'static str, threads: usize, ratio: [&'static str; 2], bound: Bound) -> Target {
    let [above, below] = ratio;
    Target { workload, threads, above, below, bound }
}

/// All of them.
pub const TARGETS: [Target; 27] = [
    target("A", 1, ["ours", "hand"], AtMost(1.4)),
    target("A", 1, ["torch", "ours"], AtLeast(4.0)),
    target("A", 1, ["jax-scan", "ours"], MoreThan(1.0)),
    target("B", 2, ["torch", "ours"], AtLeast(1.2)),
    target("B", 2, ["jax", "ours"], AtLeast(1.0)),
    target("B", 2, ["ours", "hand"], AtMost(1.4)),
    target("C", 2, ["torch", "ours"], AtLeast(1.5)),
    target("C", 2, ["jax", "ours"], AtLeast(2.5)),
    target("C", 2, ["ours", "hand"], AtMost(1.5)),
    target("C2", 2, ["torch", "ours"], AtLeast(1.1)),
    target("C2", 2, ["jax", "ours"], AtLeast(1.1)),
    target("C2", 2, ["keras", "ours"], AtLeast(1.1)),
    target("C2", 2, ["ours", "hand"], AtMost(1.5)),
    target("D", 2, ["torch", "ours"], AtLeast(1.0)),
    target("D", 2, ["jax", "ours"], AtLeast(1.0)),
    target("D", 2, ["keras", "ours"], AtLeast(1.0)),
    target("D", 2, ["ours", "hand"], AtMost(1.5)),
    target("D2", 2, ["torch", "ours"], AtLeast(1.0)),
    target("D2", 2, ["jax", "ours"], AtLeast(1.0)),
    target("D2", 2, ["keras", "ours"], AtLeast(1.0)),
    target("D2", 2, ["ours", "hand"], AtMost(1.5)),
    target("E", 2, ["torch", "ours"], AtLeast(2.0)),
    target("E", 2, ["jax", "ours"], AtLeast(2.0)),
    target("E", 2, ["keras", "ours"], AtLeast(2.0)),
    target("G", 2, ["torch", "ours"], AtLeast(2.0)),
    target("G", 2, ["jax", "ours"], AtLeast(2.0)),
    target("G", 2, ["keras", "ours"], AtLeast(2.0)),
];

impl Target {
    /// What `lines`, the summary of this workload and number of threads, say of the target.
    pub fn verdict(&self, lines: &[Line]) -> String {
        let Target { workload, threads, above, below, bound } = self;
        let (wanted, limit) = match bound {
            AtMost(limit) => ("at most", limit),
            AtLeast(limit) => ("at least", limit),
            MoreThan(limit) => ("more than", limit),
        };
        let goal = format!("{workload}, {threads} thread{}: {above} / {below}", if *threads == 1 { "" } else { "s" });
        let (Some(above), Some(below)) = (best(lines, above), best(lines, below)) else {
            return format!("{goal} {wanted} {limit}: not measured");
        };
        let ratio = above / below;
        let reached = match bound {
            AtMost(limit) => ratio <= *limit,
            AtLeast(limit) => ratio >= *limit,
            MoreThan(limit) => ratio > *limit,
        };
        format!("{goal} = {ratio:.2}, {wanted} {limit}: {}", if reached { "reached" } else { "missed" })
    }
}

/// The best block of a label, or of the best variant of a program.
fn best(lines: &[Line], name: &str) -> Option<f64> {
    let is_it =
        |line: &&Line| line.label.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
    lines.iter().filter(is_it).filter_map(|line| line.times.as_ref().ok()).map(|times| times.best).reduce(f64::min)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line> {
        let lines =
            ["ours,A,1,11,10,9,1,1", "torch,A,1,50,45,9,1,1", "torch-fused,A,1,40,39,9,1,1", "hand,A,1,8,7.2,9,1,1"];
        lines.iter().map(|line| Line::parse(line).unwrap()).collect()
    }

    #[test]
    fn the_best_variant_of_a_program_counts() {
        assert_eq!(best(&lines(), "torch"), Some(39.0));
        assert_eq!(best(&lines(), "tor"), None);
    }

    #[test]
    fn a_target_is_reached_missed_or_not_measured() {
        let verdicts: Vec<String> = TARGETS[..3].iter().map(|target| target.verdict(&lines())).collect();
        assert_eq!(
            verdicts,
            [
                "A, 1 thread: ours / hand = 1.39, at most 1.4: reached",
                "A, 1 thread: torch / ours = 3.90, at least 4: missed",
                "A, 1 thread: jax-scan / ours more than 1: not measured",
            ]
        );
    }

    #[test]
    fn equal_is_not_more() {
        let equal = [Line::parse("ours,A,1,1,1,1,1,1").unwrap(), Line::parse("jax-scan,A,1,1,1,1,1,1").unwrap()];
        assert!(TARGETS[2].verdict(&equal).ends_with("= 1.00, more than 1: missed"));
    }
}
