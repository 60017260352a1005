//! How large crates and files may be.

use super::circles::{circles, imports};
use super::open::TOO_LONG;
use super::place::{Place, lines};
use crate::result::Result;

/// Lines of a file, tests included.
const MOST_LINES: usize = 400;
/// Percent of all lines in `crates/*/src` that one crate may hold.
const LARGEST_SHARE: f64 = 15.0;

/// Files and crates that are too large, but for those that are listed; and those that are listed, but are not.
pub fn wrong(places: &[Place]) -> Result<Vec<String>> {
    let mut long = Vec::new();
    for place in places {
        for part in ["src", "tests", "benches", "examples"] {
            let folder = place.folder.join(part);
            let files = if folder.is_dir() { lines(&folder)? } else { Vec::new() };
            let files = files.into_iter().filter(|(_, n)| *n > MOST_LINES);
            long.extend(files.map(|(file, n)| (format!("{}/{part}/{}", place.name, file.display()), n)));
        }
    }
    let new = long.iter().filter(|(file, _)| !TOO_LONG.contains(&file.as_str()));
    let mut found: Vec<String> =
        new.map(|(file, n)| format!("{file} has {n} lines; no file has more than {MOST_LINES}")).collect();
    let gone = TOO_LONG.iter().filter(|name| !long.iter().any(|(file, _)| file == *name));
    found.extend(gone.map(|name| format!("{name} is no longer too long: take it off the list")));
    let shares = places.iter().map(|place| (&place.name, share(place, places))).filter(|(_, s)| *s > LARGEST_SHARE);
    found.extend(shares.map(|(name, share)| {
        format!("{name} holds {share:.1} % of all lines; no crate holds more than {LARGEST_SHARE} %")
    }));
    Ok(found)
}

/// A line for each crate: files, lines, share, largest file, circles.
pub fn table(places: &[Place]) -> String {
    let mut text =
        format!("{:<13}{:>6}{:>8}{:>9}   {:<36}{:>7}\n", "crate", "files", "lines", "share", "largest file", "circles");
    for place in places {
        let (file, n) = place.lines.iter().max_by_key(|(_, n)| *n).cloned().unwrap_or_default();
        let share = if of_crates(place) { format!("{:.1} %", share(place, places)) } else { "-".into() };
        let n_circles = circles(&imports(&place.code)).len();
        let largest = format!("{}, {n}", file.display());
        text += &format!(
            "{:<13}{:>6}{:>8}{share:>9}   {largest:<36}{n_circles:>7}\n",
            place.name,
            place.lines.len(),
            total(place)
        );
    }
    text
}

/// Percent of the lines of all crates; of what stands aside, nothing.
fn share(place: &Place, places: &[Place]) -> f64 {
    let all: usize = places.iter().filter(|place| of_crates(place)).map(total).sum();
    if of_crates(place) { 100.0 * total(place) as f64 / all as f64 } else { 0.0 }
}

fn of_crates(place: &Place) -> bool {
    place.folder.parent().is_some_and(|parent| parent.ends_with("crates"))
}

fn total(place: &Place) -> usize {
    place.lines.iter().map(|(_, n)| n).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::place::places;

    #[test]
    fn no_file_and_no_crate_is_too_large() {
        assert_eq!(wrong(&places().unwrap()).unwrap(), Vec::<String>::new());
    }
}
