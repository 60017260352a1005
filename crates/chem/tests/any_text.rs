//! Whatever the text, reading it gives a molecule or an error, soon.

use chem::{Error, MAX_ATOMS, Molecule, MoleculeFeatures};
use proptest::prelude::*;
use std::time::{Duration, Instant};

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_molecule_or_an_error(text in "\\PC{0,40}") {
        visit(&text);
    }

    #[test]
    fn any_bytes_are_a_molecule_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        visit(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_pieces_of_smiles_are_a_molecule_or_an_error(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..25)) {
        visit(&pieces.concat());
    }

    #[test]
    fn what_is_written_is_read_as_the_same_molecule(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..25)) {
        if let Ok(molecule) = Molecule::parse(&pieces.concat()) {
            let again = Molecule::parse(&molecule.canonical_smiles()).unwrap();
            prop_assert_eq!(again.n_atoms(), molecule.n_atoms());
        }
    }
}

#[test]
fn a_molecule_of_the_largest_size_is_done_in_seconds() {
    let chain = "C".repeat(MAX_ATOMS);
    let rings = "C1CC1".repeat(MAX_ATOMS / 3);
    let aromatic = "c1ccccc1".repeat(MAX_ATOMS / 6);
    let nested = format!("{}C{}", "C(".repeat(MAX_ATOMS - 1), ")".repeat(MAX_ATOMS - 1));
    for smiles in [chain, rings, aromatic, nested, grid(30, MAX_ATOMS / 30)] {
        let start = Instant::now();
        visit(&smiles);
        assert!(start.elapsed() < Duration::from_secs(20), "{:?} for {} characters", start.elapsed(), smiles.len());
    }
}

#[test]
fn a_molecule_of_more_than_the_largest_size_is_an_error() {
    let error = Molecule::parse(&"C".repeat(MAX_ATOMS + 1)).unwrap_err();
    assert_eq!(error, Error::TooLarge { found: MAX_ATOMS + 1, unit: "atoms", limit: MAX_ATOMS });
}

/// Carbons on a square grid, written row by row, there and back: all rings are as small as their neighbors.
fn grid(width: usize, height: usize) -> String {
    let mut smiles = String::new();
    for row in 0..height {
        for step in 0..width {
            let column = if row % 2 == 0 { step } else { width - 1 - step };
            // The first atom of a row follows the last of the row above, and needs no ring label for it.
            let above = (row > 0 && step > 0).then(|| (row - 1) * width + column);
            let below = (row + 1 < height && step + 1 < width).then(|| row * width + column);
            smiles.push('C');
            smiles.extend([above, below].into_iter().flatten().map(|label| format!("%({})", 100 + label)));
        }
    }
    smiles
}

const PIECES: &[&str] = &[
    "C",
    "N",
    "O",
    "c",
    "n",
    "o",
    "s",
    "p",
    "b",
    "B",
    "P",
    "S",
    "F",
    "Cl",
    "Br",
    "I",
    "[",
    "]",
    "(",
    ")",
    "1",
    "2",
    "3",
    "%10",
    "%(100)",
    "=",
    "#",
    "$",
    ":",
    "/",
    "\\",
    ".",
    "@",
    "@@",
    "@SP1",
    "@TH2",
    "H",
    "H2",
    "+",
    "-",
    "+2",
    "*",
    "[nH]",
    "[C@H]",
    "[C@@]",
    "[13C]",
    "[NH4+]",
    "[O-]",
    "[Fe]",
    "[Fe+2]",
    "[2H]",
    "[H]",
    "[Si]",
    "[se]",
    "~",
    " ",
    "é",
    "0",
    "9",
    "c1ccccc1",
    "C1CC1",
    "(=O)",
    "[N+](=O)[O-]",
    "->",
    "<-",
    ">>",
    "|",
    "[*:1]",
    "[R1]",
];

/// Whatever the molecule, its features are finite numbers or an error.
fn visit(text: &str) {
    let features = MoleculeFeatures::default();
    let row = Molecule::parse(text).and_then(|molecule| {
        molecule.scaffold();
        features.featurize(&molecule)
    });
    match row {
        Ok(row) => assert!(row.iter().all(|value| value.is_finite()), "{text}"),
        Err(error) => assert!(error.to_string().contains("\nhint: "), "{error}"),
    }
}
