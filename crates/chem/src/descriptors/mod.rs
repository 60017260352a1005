//! Descriptors: numbers with a chemical meaning, computed from the graph of a molecule.
//!
//! Names and definitions are RDKit's, and the golden numbers hold them to it. RDKit has all but the counts
//! of one element, such as `NumCarbon`.

mod composition;
mod crippen;
mod element;
mod estate;
mod family;
mod polarity;
mod rings;
mod surface;
mod topology;

pub use family::Descriptor;
use family::Family;

use crate::{Error, Molecule, Result};

/// Which descriptors to compute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Descriptors {
    /// Names of the descriptors, in the order wanted; none means all.
    pub names: Vec<String>,
}

impl Descriptors {
    /// The descriptors of one molecule, in the order of the names.
    ///
    /// Errors: an unknown name; a descriptor that is not finite for this molecule.
    ///
    /// ```
    /// let names = vec!["TPSA".into(), "MolWt".into()];
    /// let ethanol = chem::Molecule::parse("CCO")?;
    /// assert_eq!(chem::Descriptors { names }.compute(&ethanol)?, [20.23, 46.069]);
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn compute(&self, molecule: &Molecule) -> Result<Vec<f64>> {
        let selected = self.selected()?;
        let mut computed = Vec::new();
        for family in FAMILIES.iter().copied().flatten() {
            if family.descriptors().any(|descriptor| selected.contains(&descriptor.name)) {
                let values = (family.compute)(molecule.graph());
                assert_eq!(values.len(), family.descriptors().count(), "{:?}", family.members);
                computed.extend(family.descriptors().map(|descriptor| descriptor.name).zip(values));
            }
        }
        let value_of = |name: &&'static str| {
            let (descriptor, value) =
                *computed.iter().find(|(other, _)| other == name).expect("its family is computed");
            // Features are f32, so that is where a value has to fit.
            if (value as f32).is_finite() {
                return Ok(value);
            }
            Err(Error::NotFinite { descriptor, smiles: molecule.canonical_smiles(), value })
        };
        selected.iter().map(value_of).collect()
    }

    /// The names, checked; all of them where none is given.
    pub(crate) fn selected(&self) -> Result<Vec<&'static str>> {
        let known: Vec<&'static str> = descriptors().map(|descriptor| descriptor.name).collect();
        if self.names.is_empty() {
            return Ok(known);
        }
        let find = |name: &String| {
            let exact = known.iter().find(|other| *other == name);
            exact.copied().ok_or_else(|| Error::UnknownDescriptor { name: name.clone(), hint: advise(name, &known) })
        };
        self.names.iter().map(find).collect()
    }
}

/// All descriptors, in the order in which [`Descriptors::compute`] gives them.
///
/// ```
/// let logp = chem::descriptors().find(|descriptor| descriptor.name == "MolLogP").unwrap();
/// assert!(logp.doc.contains("octanol"));
/// ```
pub fn descriptors() -> impl Iterator<Item = Descriptor> {
    FAMILIES.iter().copied().flatten().flat_map(Family::descriptors)
}

const FAMILIES: &[&[Family]] = &[
    composition::FAMILIES,
    polarity::FAMILIES,
    crippen::FAMILIES,
    rings::FAMILIES,
    topology::FAMILIES,
    surface::FAMILIES,
    estate::FAMILIES,
];

/// What to write instead of a name that no descriptor has.
fn advise(name: &str, known: &[&str]) -> String {
    let other_case = known.iter().find(|other| other.eq_ignore_ascii_case(name));
    let part = || known.iter().find(|other| other.to_lowercase().contains(&name.to_lowercase()));
    match other_case.or_else(part) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("there are {}, among them `{}` and `{}`", known.len(), known[0], known[1]),
    }
}
