//! Circles: files of a crate that import one another.

use std::collections::{BTreeMap, BTreeSet};

use super::modules::{Crate, Module};
use super::open::OPEN;
use super::place::Place;

/// The crate in which kernels, storage and the number type know one another.
const MATHEMATICS: &str = "tensor";

/// Circles that are not listed as open, and listed ones that are gone.
pub fn wrong(places: &[Place]) -> Vec<String> {
    let circles = places.iter().filter(|place| place.name != MATHEMATICS).flat_map(named).collect::<Vec<_>>();
    let open: Vec<Vec<&str>> = OPEN.iter().map(|circle| circle.to_vec()).collect();
    let new = circles.iter().filter(|circle| !open.iter().any(|known| known == *circle));
    let mut found: Vec<String> = new.map(|circle| format!("a circle of imports: {}", circle.join(", "))).collect();
    let gone = open.iter().filter(|known| !circles.iter().any(|circle| circle == *known));
    found.extend(gone.map(|known| format!("no circle any more, take it off the list: {}", known.join(", "))));
    found
}

/// The files of each circle, with the name of the crate before them.
fn named(place: &Place) -> Vec<Vec<String>> {
    let name = |&file: &usize| format!("{}/{}", place.name, place.code.files[file].display());
    let circles = circles(&imports(&place.code)).into_iter();
    let mut circles: Vec<Vec<String>> = circles.map(|circle| circle.iter().map(name).collect()).collect();
    circles.iter_mut().for_each(|circle| circle.sort());
    circles
}

/// The imports between files: from each to those that it names.
pub type Imports = BTreeMap<usize, BTreeSet<usize>>;

/// Who imports whom. The lines by which a module lists and hands on what is inside it are no imports.
pub fn imports(house: &Crate) -> Imports {
    let mut found = Imports::new();
    for (number, module) in house.modules.iter().enumerate() {
        let mut add = |target: usize| {
            if house.modules[target].file != module.file {
                found.entry(module.file).or_default().insert(house.modules[target].file);
            }
        };
        for import in &module.uses {
            let Some(target) = house.resolve(number, &import.path) else { continue };
            if !(import.handed_on && is_inside(house, target, number)) {
                add(target);
            }
        }
        paths(module).iter().filter_map(|path| house.resolve(number, path)).for_each(&mut add);
    }
    found
}

fn is_inside(house: &Crate, mut module: usize, outer: usize) -> bool {
    while module != outer {
        if module == 0 {
            return false;
        }
        module = house.modules[module].parent;
    }
    true
}

/// The paths in the code of a module, such as `crate::a::b` or `rows::read`.
fn paths(module: &Module) -> Vec<Vec<String>> {
    let (body, mut found, mut at) = (&module.body, Vec::new(), 0);
    while at < body.len() {
        let mut path = vec![body[at].clone()];
        while body.get(at + 1).is_some_and(|token| token == "::")
            && body.get(at + 2).is_some_and(|token| is_word(token))
        {
            path.push(body[at + 2].clone());
            at += 2;
        }
        if path.len() > 1 && is_word(&path[0]) {
            found.push(path);
        }
        at += 1;
    }
    found
}

fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// The sets of files from each of which every other one can be reached.
pub fn circles(imports: &Imports) -> Vec<BTreeSet<usize>> {
    let reached: BTreeMap<usize, BTreeSet<usize>> = imports.keys().map(|&file| (file, reach(imports, file))).collect();
    let meets = |a: usize, b: usize| reached.get(&a).is_some_and(|set| set.contains(&b));
    let mut found: Vec<BTreeSet<usize>> = Vec::new();
    for &file in imports.keys() {
        if meets(file, file) && !found.iter().any(|circle| circle.contains(&file)) {
            found.push(reached[&file].iter().copied().filter(|&other| meets(other, file)).collect());
        }
    }
    found
}

fn reach(imports: &Imports, from: usize) -> BTreeSet<usize> {
    let (mut seen, mut open) = (BTreeSet::new(), vec![from]);
    while let Some(file) = open.pop() {
        open.extend(imports.get(&file).into_iter().flatten().filter(|next| seen.insert(**next)));
    }
    seen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::house::place::places;

    #[test]
    fn no_files_import_one_another_in_a_circle() {
        assert_eq!(wrong(&places().unwrap()), Vec::<String>::new());
    }

    #[test]
    fn a_circle_is_every_file_on_a_way_back_to_itself() {
        let imports = [(0, [1, 2].into()), (1, [3].into()), (2, [].into()), (3, [1].into())].into();
        assert_eq!(circles(&imports), [BTreeSet::from([1, 3])]);
    }
}
