//! The modules of a crate: in which file each stands, and what its names mean.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::tokens::{group, tokens};
use super::uses::{Use, uses};
use crate::result::Result;

/// One module, be it a file or a block.
pub struct Module {
    /// The number of the module above; of the root, its own.
    pub parent: usize,
    /// The number of its file.
    pub file: usize,
    /// Modules in it, by name.
    pub children: BTreeMap<String, usize>,
    /// What is imported into it.
    pub uses: Vec<Use>,
    /// Its tokens, without those of its modules and imports.
    pub body: Vec<String>,
}

/// A crate, or rather its files that are compiled outside tests.
pub struct Crate {
    pub modules: Vec<Module>,
    /// Files relative to the folder of sources.
    pub files: Vec<PathBuf>,
    /// The tokens of each file.
    pub tokens: Vec<Vec<String>>,
}

impl Crate {
    /// Reads the crate whose sources lie in a folder, from `lib.rs` or else from `main.rs` on.
    pub fn read(sources: &Path) -> Result<Crate> {
        let root = if sources.join("lib.rs").exists() { "lib.rs" } else { "main.rs" };
        let mut found = Crate { modules: Vec::new(), files: Vec::new(), tokens: Vec::new() };
        found.file(sources, Path::new(root), Path::new(""), 0)?;
        Ok(found)
    }

    /// Reads a file, whose modules lie in `folder`, and gives the number of its module.
    fn file(&mut self, sources: &Path, file: &Path, folder: &Path, parent: usize) -> Result<usize> {
        let path = sources.join(file);
        let code = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let tokens = tokens(&code);
        self.files.push(file.to_owned());
        self.tokens.push(tokens.clone());
        self.block(sources, &tokens, self.files.len() - 1, folder, parent)
    }

    fn block(&mut self, sources: &Path, tokens: &[String], file: usize, folder: &Path, parent: usize) -> Result<usize> {
        let number = self.modules.len();
        let (uses, rest) = uses(tokens);
        self.modules.push(Module { parent, file, children: BTreeMap::new(), uses, body: Vec::new() });
        let mut at = 0;
        while at < rest.len() {
            let word = |offset: usize| rest.get(at + offset).map_or("", String::as_str);
            if word(0) == "mod" && word(2) == ";" {
                let name = word(1).to_owned();
                let inside = folder.join(&name);
                let beside = folder.join(format!("{name}.rs"));
                let child = if sources.join(&beside).exists() { beside } else { inside.join("mod.rs") };
                let child = self.file(sources, &child, &inside, number)?;
                self.modules[number].children.insert(name, child);
                at += 3;
            } else if word(0) == "mod" && word(2) == "{" {
                let (name, end) = (word(1).to_owned(), group(&rest, at + 2));
                let child = self.block(sources, &rest[at + 3..end - 1], file, &folder.join(&name), number)?;
                self.modules[number].children.insert(name, child);
                at = end;
            } else {
                self.modules[number].body.push(rest[at].clone());
                at += 1;
            }
        }
        Ok(number)
    }

    /// The module in which the thing behind a path is defined; none if the path leads out of the crate.
    pub fn resolve(&self, from: usize, path: &[String]) -> Option<usize> {
        self.walk(from, path, 0).map(|(module, _)| module)
    }

    /// The module, and whether the path ends at a thing inside it.
    fn walk(&self, from: usize, path: &[String], depth: usize) -> Option<(usize, bool)> {
        // No chain of re-exports is that long: this is a name that is imported as itself.
        if depth > 16 {
            return None;
        }
        let (first, mut rest) = path.split_first()?;
        let mut module = match first.as_str() {
            "crate" => 0,
            "self" => from,
            "super" => self.modules[from].parent,
            name => match self.step(from, name, depth)? {
                (module, false) => module,
                thing => return Some(thing),
            },
        };
        while let Some((name, behind)) = rest.split_first() {
            match self.step(module, name, depth) {
                _ if name == "super" => module = self.modules[module].parent,
                Some((next, false)) => module = next,
                Some(thing) => return Some(thing),
                None => return Some((module, true)),
            }
            rest = behind;
        }
        Some((module, false))
    }

    /// What a name means in a module: a module in it, or what it imports under this name.
    fn step(&self, module: usize, name: &str, depth: usize) -> Option<(usize, bool)> {
        if let Some(&child) = self.modules[module].children.get(name) {
            return Some((child, false));
        }
        let import = self.modules[module].uses.iter().find(|import| import.name == name && import.path != [name])?;
        self.walk(module, &import.path, depth + 1)
    }
}
