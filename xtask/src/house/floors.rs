//! Floors: a crate uses crates on floors below its own.

use std::path::Path;

use super::place::{Place, text};
use crate::process::root;
use crate::result::Result;

/// The crates on each floor, from the ground up, and what a floor is for. ARCHITECTURE.md shows the same.
pub const FLOORS: [(&[&str], &str); 11] = [
    (&["tensor", "chem", "report"], "numbers, kernels, threads | molecules | figures, tables, pages"),
    (&["grad", "data"], "tape, operations, optimizers | files, tables, splits"),
    (&["nn", "bayes"], "layers, networks, models | Gaussian processes, the next point"),
    (&["spec"], "every setting, the schema, reading of documents"),
    (&["inputs", "study"], "rows to numbers | campaigns and their database"),
    (&["learn"], "one model on one set of rows; session, checkpoint, model file"),
    (&["evaluation"], "scores, comparison, intervals, domain, curves, replicates"),
    (&["tabular", "forecasting", "explore"], "one crate for each kind of job"),
    (&["tuning", "interpret"], "what is done with jobs and models"),
    (&["gedanken"], "the one interface that fronts use"),
    (&["cli", "python"], "fronts: parse, print, convert"),
];

/// Crates from outside, each with the only crate that may use it.
const ALONE: [(&str, &str); 2] = [("sqlx", "study"), ("tokio", "study")];

/// The floors as text, the highest first.
fn picture() -> String {
    let line = |(floor, (names, what)): (usize, &(&[&str], &str))| {
        format!("floor {floor:<5}{:<35}{what}\n", names.join("   "))
    };
    FLOORS.iter().enumerate().rev().map(line).collect()
}

/// What goes up, or to a neighbor, and what is used by others than its only user.
pub fn wrong(places: &[Place]) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let page = root()?.join("ARCHITECTURE.md");
    if !text(&page)?.contains(&picture()) {
        found.push(format!("ARCHITECTURE.md should show\n\n{}", picture()));
    }
    for place in places {
        for used in dependencies(&place.folder)? {
            found.extend(upwards(&place.name, &used));
            let only = ALONE.into_iter().find(|(name, user)| *name == used && *user != place.name);
            found.extend(only.map(|(name, user)| format!("{} uses {name}, which only {user} may", place.name)));
        }
    }
    Ok(found)
}

fn upwards(user: &str, used: &str) -> Option<String> {
    let to = floor(used)?;
    match floor(user) {
        // Tools of the project stand aside and may use anything.
        None if ["bench", "xtask"].contains(&user) => None,
        None => Some(format!("{user} stands on no floor")),
        Some(from) if from > to => None,
        Some(from) => Some(format!("{user} on floor {from} uses {used} on floor {to}")),
    }
}

fn floor(name: &str) -> Option<usize> {
    FLOORS.iter().position(|(names, _)| names.contains(&name))
}

/// What stands under `[dependencies]`.
fn dependencies(folder: &Path) -> Result<Vec<String>> {
    let text = text(&folder.join("Cargo.toml"))?;
    let section = text.lines().skip_while(|line| line.trim() != "[dependencies]").skip(1);
    let lines = section.take_while(|line| !line.starts_with('['));
    let name = |line: &str| line.split(['.', '=', ' ']).next().map(str::to_owned);
    Ok(lines.filter(|line| !line.trim().is_empty() && !line.starts_with('#')).filter_map(name).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::place::places;

    #[test]
    fn every_crate_uses_only_crates_on_lower_floors_as_the_page_on_architecture_shows_them() {
        assert_eq!(wrong(&places().unwrap()).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_way_up_and_a_neighbor_are_found() {
        assert_eq!(upwards("learn", "spec"), None);
        assert_eq!(upwards("spec", "learn").unwrap(), "spec on floor 3 uses learn on floor 5");
        assert_eq!(upwards("nn", "bayes").unwrap(), "nn on floor 2 uses bayes on floor 2");
        assert_eq!(upwards("cellar", "nn").unwrap(), "cellar stands on no floor");
    }
}
