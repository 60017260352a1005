//! Atoms and bonds of molecules are those of RDKit: `fixtures/chem/graphs.json`, made by `fixtures/make.py chem`.

use chem::{ATOM_CODES, BOND_CODES, Molecule};
use serde_json::Value;

#[test]
fn codes_of_atoms_are_those_of_rdkit() {
    for (smiles, molecule, expected) in molecules() {
        let graph = molecule.molecular_graph().unwrap();
        let expected = expected["atoms"].as_array().unwrap();
        assert_eq!(graph.atoms.len(), expected.len(), "{smiles}");
        for (at, (codes, expected)) in graph.atoms.iter().zip(expected).enumerate() {
            let said: Vec<String> = (0..6).map(|code| word(ATOM_CODES[code], codes[code])).collect();
            assert_eq!(said, atom_words(expected), "{smiles}, atom {at}");
            assert_eq!(f64::from(codes[6]), expected[6].as_f64().unwrap(), "{smiles}, atom {at}");
            let mass = expected[7].as_f64().unwrap();
            assert!(
                (f64::from(codes[7]) * 100.0 - mass).abs() <= 1e-6 * mass,
                "{smiles}, atom {at}: {} {mass}",
                codes[7]
            );
        }
    }
}

#[test]
fn codes_of_bonds_are_those_of_rdkit() {
    for (smiles, molecule, expected) in molecules() {
        let graph = molecule.molecular_graph().unwrap();
        let number = |value: &Value| value.as_u64().unwrap() as usize;
        let mut found: Vec<_> =
            graph.bonds.iter().map(|([a, b], codes)| ([*a.min(b), *a.max(b)], bond_said(codes))).collect();
        let ends = |bond: &Value| [number(&bond[0]).min(number(&bond[1])), number(&bond[0]).max(number(&bond[1]))];
        let bonds = expected["bonds"].as_array().unwrap();
        let mut expected: Vec<_> = bonds.iter().map(|bond| (ends(bond), bond_words(bond))).collect();
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{smiles}");
    }
}

fn word((_, categories): chem::Code, code: f32) -> String {
    categories[code as usize].to_owned()
}

fn bond_said(codes: &[f32; BOND_CODES.len()]) -> [String; 4] {
    [word(BOND_CODES[0], codes[0]), codes[1].to_string(), codes[2].to_string(), word(BOND_CODES[3], codes[3])]
}

fn atom_words(atom: &Value) -> Vec<String> {
    let known = |code: usize, word: String, other: &str| {
        if ATOM_CODES[code].1.contains(&word.as_str()) { word } else { other.to_owned() }
    };
    let chirality = match atom[3].as_str().unwrap() {
        "CHI_UNSPECIFIED" => "none",
        "CHI_TETRAHEDRAL_CW" => "clockwise",
        "CHI_TETRAHEDRAL_CCW" => "counterclockwise",
        _ => "other",
    };
    vec![
        known(0, atom[0].as_str().unwrap().into(), "other"),
        known(1, atom[1].to_string(), "more"),
        known(2, atom[2].to_string(), "other"),
        chirality.into(),
        known(4, atom[4].to_string(), "more"),
        known(5, atom[5].as_str().unwrap().to_lowercase(), "other"),
    ]
}

fn bond_words(bond: &Value) -> [String; 4] {
    let order = match bond[2].as_str().unwrap() {
        order @ ("SINGLE" | "DOUBLE" | "TRIPLE" | "AROMATIC") => order.to_lowercase(),
        _ => "other".into(),
    };
    let stereo = match bond[5].as_str().unwrap() {
        "STEREONONE" => "none",
        "STEREOANY" => "any",
        "STEREOZ" => "Z",
        "STEREOE" => "E",
        other => panic!("{other}"),
    };
    [order, bond[3].to_string(), bond[4].to_string(), stereo.into()]
}

fn molecules() -> Vec<(String, Molecule, Value)> {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/chem/graphs.json")).unwrap();
    let molecules = fixture["molecules"].as_array().unwrap().clone();
    let read = |molecule: Value| {
        let smiles = molecule["smiles"].as_str().unwrap().to_owned();
        (smiles.clone(), Molecule::parse(&smiles).unwrap(), molecule)
    };
    molecules.into_iter().map(read).collect()
}
