//! A molecule, read from SMILES and checked once.
//!
//! SMILES \[Weininger1988\] writes a molecule as a line of text: `CCO` is ethanol, `c1ccccc1` benzene. Reading it perceives
//! rings, aromaticity and hydrogens as RDKit does, so that every spelling of a molecule gives the same molecule.

use crate::{Error, Result};
use chematic::smiles::{RdkitSmilesError, RdkitSmilesParams, SmilesError, SmilesParseLimits};

/// The most atoms, hydrogens aside, that a molecule may have.
pub const MAX_ATOMS: usize = 1000;

/// The most characters that a SMILES may have: what 1000 atoms need, and room for labels.
pub const MAX_CHARACTERS: usize = 20_000;

/// A molecule: a graph of atoms and bonds whose valences are possible.
#[derive(Clone)]
pub struct Molecule {
    graph: chematic::core::Molecule,
    canonical: String,
}

impl Molecule {
    /// Reads a SMILES; white space around it is ignored.
    ///
    /// Errors: an empty text, a text that is not SMILES (with the position), a molecule that cannot exist (five bonds at a
    /// carbon, a ring that cannot be aromatic), a molecule of more than [`MAX_ATOMS`] atoms.
    ///
    /// ```
    /// let ethanol = chem::Molecule::parse("OCC")?;
    /// assert_eq!(ethanol.canonical_smiles(), "CCO");
    /// assert_eq!(ethanol.n_atoms(), 3);
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Molecule> {
        let smiles = text.trim();
        let written = chematic::smiles::parse_with_limits(smiles, &LIMITS).map_err(|error| explain(smiles, error))?;
        let impossible = |reason: String| Error::Impossible { smiles: smiles.to_owned(), reason };
        let canonical = chematic::smiles::rdkit_canonical_smiles(&written).map_err(|error| match error {
            RdkitSmilesError::Sanitization(reason) | RdkitSmilesError::Unsupported(reason) => impossible(reason),
        })?;
        // Read again what was written, so that features are the same bits for every spelling. This also finds atoms that
        // are bonded to themselves or twice to each other, as in `C11`.
        let graph = chematic::smiles::parse_with_limits(&canonical, &LIMITS).map_err(|error| match error {
            SmilesError::InvalidBracketAtom { detail, .. } => impossible(detail),
            other => impossible(other.to_string()),
        })?;
        // Aromaticity, which nearly everything else asks for and keeps.
        let aromatic =
            chematic::perception::with_rdkit_parity_view(&graph, |view| view.map(|_| ()).map_err(Clone::clone));
        aromatic.map_err(|error| impossible(error.to_string()))?;
        Ok(Molecule { graph, canonical })
    }

    /// The one SMILES that all spellings of this molecule share, as RDKit writes it; with isotopes and stereochemistry.
    ///
    /// ```
    /// let kekule = chem::Molecule::parse("C1=CC=CC=C1O")?;
    /// assert_eq!(kekule.canonical_smiles(), "Oc1ccccc1");
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn canonical_smiles(&self) -> String {
        self.canonical.clone()
    }

    /// Number of atoms; hydrogens count only where they are atoms of their own (`[2H]`, `[H][H]`).
    pub fn n_atoms(&self) -> usize {
        self.graph.atom_count()
    }

    pub(crate) fn graph(&self) -> &chematic::core::Molecule {
        &self.graph
    }
}

const LIMITS: SmilesParseLimits =
    SmilesParseLimits { max_input_bytes: MAX_CHARACTERS, max_atoms: MAX_ATOMS, max_bonds: 2 * MAX_ATOMS };

impl std::fmt::Debug for Molecule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Molecule").field(&self.canonical).finish()
    }
}

/// SMILES without stereochemistry and isotopes, or `None` where there is none.
pub(crate) fn flat_smiles(graph: &chematic::core::Molecule) -> Option<String> {
    let parameters = RdkitSmilesParams { isomeric: false, ..RdkitSmilesParams::default() };
    chematic::smiles::rdkit_smiles(graph, &parameters).ok()
}

/// Says the parser's complaint in our words: what was found at which character, and what was expected there.
fn explain(smiles: &str, error: SmilesError) -> Error {
    use SmilesError::*;
    let (byte, found, expected) = match error {
        EmptyInput => return Error::Empty,
        ResourceLimit { resource: "input bytes", actual, limit } => {
            return Error::TooLarge { found: actual, unit: "characters", limit };
        }
        ResourceLimit { resource: "bonds", actual, limit } => {
            return Error::TooLarge { found: actual, unit: "bonds", limit };
        }
        ResourceLimit { actual, limit, .. } => return Error::TooLarge { found: actual, unit: "atoms", limit },
        InvalidValence { element, atom, valence, max } => {
            let reason = format!("atom {} ({element}) has {valence} bonds, at most {max} are possible", atom + 1);
            return Error::Impossible { smiles: smiles.to_owned(), reason };
        }
        UnexpectedEnd { pos } => (pos, at(smiles, pos), "an atom"),
        UnknownElement { symbol, pos } => (pos, format!("`{symbol}`"), "the symbol of an element"),
        UnmatchedRingClosure { ring_num, pos } => (pos, format!("ring {ring_num} still open"), "its second half"),
        UnmatchedExtendedRingClosure { ring_num, pos } => {
            (pos, format!("ring {ring_num} still open"), "its second half")
        }
        MismatchedParentheses { pos } => match smiles.as_bytes().get(pos) {
            None => (pos, at(smiles, pos), "`)`"),
            Some(b'(' | b')') => (pos, at(smiles, pos), "a parenthesis with its partner"),
            Some(_) => (pos, at(smiles, pos), "an atom, a bond, a ring or a branch"),
        },
        InvalidBracketAtom { detail, pos } if detail.starts_with("duplicate ring bond") => {
            (pos, "a ring closed on itself or on a bond already there".to_owned(), "a bond between two other atoms")
        }
        InvalidBracketAtom { detail, pos } => (pos, format!("{} ({detail})", at(smiles, pos)), "an atom like `[NH4+]`"),
        ConflictingRingBond { ring_num, pos } => {
            (pos, format!("two kinds of bond closing ring {ring_num}"), "one kind")
        }
        ConflictingExtendedRingBond { ring_num, pos } => {
            (pos, format!("two kinds of bond closing ring {ring_num}"), "one kind")
        }
        NestingTooDeep { pos } => (pos, "branches inside too many branches".to_owned(), "a shallower nesting"),
        UnexpectedCharacter { pos } => (pos, at(smiles, pos), "an atom, a bond, a ring or a branch"),
        UnsupportedChiralityClass { class, pos } => (pos, format!("`@{class}`"), "a chirality like `@` or `@@`"),
    };
    let position = smiles.char_indices().take_while(|(start, _)| *start < byte).count() + 1;
    Error::Syntax { smiles: smiles.to_owned(), position, found, expected: expected.to_owned() }
}

/// The character that starts at or spans this byte, quoted.
fn at(smiles: &str, byte: usize) -> String {
    let found = smiles.char_indices().find(|(start, character)| start + character.len_utf8() > byte);
    found.map_or("its end".to_owned(), |(_, character)| format!("`{character}`"))
}
