//! Targets that cannot be learned, that other columns leak, or that lie on an unsuitable scale.

use spec::data::Data;
use spec::task::Task;

use crate::found::Look;
use crate::leaks::LeakKind;
use crate::targets::TargetProfile;
use crate::verdict::{Verdict, Weight, verdict};
use crate::words::{count, rows_named, short};

/// Skewness above which few rows dominate the squared error.
const SKEWED: f64 = 2.0;
/// Fraction of the rows below which a class is rare.
const RARE: f64 = 0.1;
/// As in `fit`: more classes than this, most of them of one row, are text.
const MOST_CLASSES: usize = 50;

pub(super) fn verdicts(look: &Look, data: &Data) -> Vec<Verdict> {
    let mut found = Vec::new();
    if look.targets.is_empty() {
        let finding = "no target is named, so nothing is said about it".to_owned();
        found.push(verdict(Weight::Tells, finding, "name the column to predict with `--target`"));
    }
    for target in &look.targets {
        if let (true, Task::Classification) = (look.targets.len() > 1, target.task) {
            let finding = format!("`{}` holds text, and several targets must all be numbers", target.name);
            found.push(verdict(Weight::Stops, finding, "fit one model for each target of classes"));
        }
        // Where there are molecules, other columns are inputs only where they are named.
        if data.smiles.is_none() || !data.features.is_empty() {
            found.extend(leaks(target));
        }
        if target.missing > 0 && target.known > 0 {
            let finding = format!("{} without `{}`", count(target.missing, "row"), target.name);
            found.push(verdict(Weight::Tells, finding, "nothing: they are left out"));
        }
        found.extend(match target.task {
            Task::Regression => number(target),
            Task::Classification => classes(target),
        });
    }
    found
}

fn leaks(target: &TargetProfile) -> Vec<Verdict> {
    let leak = |leak: &crate::leaks::Leak| {
        let (column, name) = (&leak.column, &target.name);
        let (weight, finding, advice) = match leak.kind {
            LeakKind::Identical => {
                (Weight::Tells, format!("column `{column}` is the same as the target `{name}`"), LEFT_OUT.to_owned())
            }
            LeakKind::Affine { slope, intercept } => {
                let (slope, intercept) = (short(slope), short(intercept));
                let finding = format!("the target `{name}` is {slope} times column `{column}` plus {intercept}");
                (Weight::Tells, finding, LEFT_OUT.to_owned())
            }
            LeakKind::Determines { levels } => (
                Weight::Misleads,
                format!(
                    "column `{column}` gives `{name}` away: each of its {levels} values comes with one value of the target"
                ),
                format!(
                    "if `{column}` is not known before `{name}` is measured, leave it out: `--features` with the others"
                ),
            ),
        };
        verdict(weight, finding, advice)
    };
    target.leaks.iter().map(leak).collect()
}

const LEFT_OUT: &str = "nothing: `fit` leaves it out";

fn number(target: &TargetProfile) -> Vec<Verdict> {
    let name = &target.name;
    let Some(numbers) = &target.numbers else {
        return vec![verdict(Weight::Stops, format!("target `{name}` is missing everywhere"), "choose another target")];
    };
    let mut found = Vec::new();
    match numbers.distinct {
        1 if target.known > 1 => {
            let finding = format!("target `{name}` is {} in all {}", short(numbers.min), count(target.known, "row"));
            return vec![verdict(Weight::Stops, finding, "choose another target: there is nothing to learn")];
        }
        2 => {
            let finding =
                format!("target `{name}` holds two numbers only, {} and {}", short(numbers.min), short(numbers.max));
            found.push(verdict(Weight::Misleads, finding, "if they are codes of classes: `--task classification`"));
            return found;
        }
        _ => {}
    }
    if let (true, Some(decades)) = (target.wants_logarithm(), numbers.decades()) {
        let finding = format!(
            "`{name}` is positive and spreads over {decades:.1} decades, with a skewness of {:.1} (its logarithm: {:.1}): the \
             largest values rule the squared error",
            numbers.skewness,
            target.log_skewness.unwrap_or(0.0)
        );
        found.push(verdict(Weight::Costs, finding, "learn the logarithm: `--set scale.log_targets=true`"));
    } else if numbers.skewness.abs() > SKEWED {
        let finding =
            format!("`{name}` has a long tail (skewness {:.1}): few rows rule the squared error", numbers.skewness);
        found.push(verdict(Weight::Costs, finding, "a loss that counts large errors less: `--set loss.kind=huber`"));
    }
    if numbers.n_far_outliers > 0 && !target.wants_logarithm() {
        let finding = format!(
            "{} of `{name}` lie far outside the rest (more than 3 times the distance of the quartiles beyond them): {}",
            count(numbers.n_far_outliers, "value"),
            rows_named(
                &numbers.outlier_rows[..numbers.n_far_outliers.min(numbers.outlier_rows.len())],
                numbers.n_far_outliers
            )
        );
        found.push(verdict(Weight::Costs, finding, "look at these rows: a wrong unit, a slipped point?"));
    }
    found
}

fn classes(target: &TargetProfile) -> Vec<Verdict> {
    let (name, classes) = (&target.name, &target.classes);
    let (Some(largest), Some(smallest)) = (classes.first(), classes.last()) else {
        return vec![verdict(Weight::Stops, format!("target `{name}` is missing everywhere"), "choose another target")];
    };
    if classes.len() == 1 {
        let finding = format!("target `{name}` is `{}` in all {}", largest.value, count(target.known, "row"));
        return vec![verdict(Weight::Stops, finding, "choose another target: there is nothing to learn")];
    }
    if classes.len() > MOST_CLASSES && classes.len() * 2 > target.known {
        let finding =
            format!("target `{name}` holds {} different texts in {}", classes.len(), count(target.known, "row"));
        return vec![verdict(
            Weight::Stops,
            finding,
            "choose another target, or force it with `--task classification`",
        )];
    }
    let mut found = Vec::new();
    let single: Vec<&str> = classes.iter().filter(|class| class.rows == 1).map(|class| class.value.as_str()).collect();
    if let Some(first) = single.first() {
        let finding = match single.len() {
            1 => format!("class `{first}` of `{name}` has a single row"),
            n => format!("{n} classes of `{name}` have a single row, such as `{first}`"),
        };
        found.push(verdict(Weight::Stops, finding, "add rows, join them with other classes, or leave them out"));
    }
    let share = |rows: usize| rows as f64 / target.known as f64;
    if share(smallest.rows) < RARE && share(smallest.rows) * (classes.len() as f64) < 0.5 {
        let finding = format!(
            "class `{}` of `{name}` has {} of {} rows ({:.1} %): who always says `{}` is right in {:.0} % of them",
            smallest.value,
            smallest.rows,
            target.known,
            100.0 * share(smallest.rows),
            largest.value,
            100.0 * share(largest.rows)
        );
        let advice = "`--split stratified`, so that every part has all classes; `--set data.balance_classes=true`, so that rare \
                      ones count as much; and judge by F1, not by accuracy";
        found.push(verdict(Weight::Costs, finding, advice));
    }
    found
}
