//! The row of features of a molecule, and what is said of a specification or a molecule that does not give one.

use chem::{Descriptors, Ecfp, Error, Molecule, MoleculeFeatures, descriptors};
use std::collections::HashSet;

fn all_features() -> MoleculeFeatures {
    let ecfp = Ecfp { counts: true, ..Ecfp::default() };
    MoleculeFeatures { ecfp: Some(ecfp), ..MoleculeFeatures::default() }
}

#[test]
fn names_are_as_many_as_features_and_all_different() {
    let features = all_features();
    let names = features.names().unwrap();
    let row = features.featurize(&Molecule::parse("CCO").unwrap()).unwrap();
    assert_eq!(names.len(), 2048 + 166 + descriptors().count());
    assert_eq!(names.len(), row.len());
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
    assert_eq!((&*names[17], &*names[2048 + 41], &*names[2048 + 166]), ("ecfp_17", "maccs_42", "MolWt"));
}

#[test]
fn every_spelling_of_a_molecule_gives_the_same_bits() {
    let features = all_features();
    let row = |smiles| features.featurize(&Molecule::parse(smiles).unwrap()).unwrap();
    let aspirin = row("CC(=O)Oc1ccccc1C(=O)O");
    assert_eq!(aspirin, row("OC(=O)C1=CC=CC=C1OC(C)=O"));
    assert_eq!(aspirin, row(" [H]OC(=O)c1c([H])cccc1OC(C)=O\n"));
}

#[test]
fn descriptors_come_in_the_order_of_their_names() {
    let ethanol = Molecule::parse("CCO").unwrap();
    let names = ["NumOxygen", "MolWt", "NumOxygen"].map(str::to_owned).to_vec();
    assert_eq!(Descriptors { names }.compute(&ethanol).unwrap(), [1.0, 46.069, 1.0]);
}

#[test]
fn counts_add_up_to_the_number_of_neighborhoods() {
    // Three atoms, each alone and with its neighbors; with theirs, the ends see the same as the middle.
    let propane = Molecule::parse("CCC").unwrap();
    let counts = Ecfp { counts: true, ..Ecfp::default() }.compute(&propane).unwrap();
    assert_eq!(counts.iter().sum::<f32>(), 6.0);
}

#[test]
fn a_specification_is_checked() {
    let mut features = MoleculeFeatures { maccs: false, descriptors: false, ..MoleculeFeatures::default() };
    assert_eq!(features.names().unwrap_err(), Error::NoFeatures);
    features.ecfp = Some(Ecfp { radius: 4, ..Ecfp::default() });
    let message = "`ecfp.radius` is 4, but lies between 0 and 3\nhint: the default is 2";
    assert_eq!(features.names().unwrap_err().to_string(), message);
    features.ecfp = Some(Ecfp { length: 1, ..Ecfp::default() });
    let message = "`ecfp.length` is 1, but lies between 16 and 65536\nhint: the default is 2048";
    assert_eq!(features.names().unwrap_err().to_string(), message);
}

#[test]
fn a_misspelt_descriptor_is_answered_with_the_right_one() {
    let message =
        |name: &str| Descriptors { names: vec![name.into()] }.compute(&Molecule::parse("C").unwrap()).unwrap_err();
    assert_eq!(message("molwt").to_string(), "there is no descriptor `molwt`\nhint: did you mean `MolWt`?");
    assert_eq!(message("logP").to_string(), "there is no descriptor `logP`\nhint: did you mean `MolLogP`?");
}

#[test]
fn a_wrong_smiles_is_answered_with_its_place() {
    let cases = [
        (" ", "the SMILES is empty, but a molecule has at least one atom"),
        ("CC(X)", "SMILES `CC(X)` has `X` at character 4, where an atom, a bond, a ring or a branch is expected"),
        ("ethanol", "SMILES `ethanol` has `e` at character 1, where an atom, a bond, a ring or a branch is expected"),
        ("CéC", "SMILES `CéC` has `é` at character 2, where an atom, a bond, a ring or a branch is expected"),
        ("CC(C", "SMILES `CC(C` has its end at character 5, where `)` is expected"),
        ("C==C", "SMILES `C==C` has `=` at character 3, where an atom is expected"),
        ("C1CC", "SMILES `C1CC` has ring 1 still open at character 5, where its second half is expected"),
        ("C=1CC-1", "SMILES `C=1CC-1` has two kinds of bond closing ring 1 at character 8, where one kind is expected"),
        ("[H", "SMILES `[H` has its end (missing ']') at character 3, where an atom like `[NH4+]` is expected"),
        (
            "CO(C)C",
            "SMILES `CO(C)C` describes no molecule that can exist: atom 2 (O) has 3 bonds, at most 2 are possible",
        ),
        ("C11", "SMILES `C11` describes no molecule that can exist: duplicate ring bond 1"),
    ];
    for (smiles, expected) in cases {
        let message = Molecule::parse(smiles).unwrap_err().to_string();
        assert_eq!(message.lines().next(), Some(expected));
        assert!(message.lines().nth(1).unwrap().starts_with("hint: "));
    }
}

#[test]
fn a_molecule_that_cannot_exist_is_an_error() {
    for smiles in ["C(C)(C)(C)(C)C", "c1cccc1", "[CH5]", "c1ccccc1c", "C12CC12"] {
        assert!(Molecule::parse(smiles).is_err(), "{smiles}");
    }
}

#[test]
fn specifications_refuse_unknown_fields_and_fill_in_defaults() {
    let features: MoleculeFeatures = serde_json::from_str(r#"{"ecfp": {"counts": true}}"#).unwrap();
    let ecfp = Ecfp { counts: true, ..Ecfp::default() };
    assert_eq!(features, MoleculeFeatures { ecfp: Some(ecfp), ..MoleculeFeatures::default() });
    assert!(serde_json::from_str::<MoleculeFeatures>(r#"{"ecpf": {}}"#).is_err());
}
