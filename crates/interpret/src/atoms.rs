//! Contribution of each atom of a molecule to its prediction.

use chem::Molecule;
use data::{Column, Table, Values};
use inputs::source::Source;
use serde::Serialize;
use spec::error::Result;

use crate::explainer::{Explainer, Subject};
use crate::gradients::Gradients;

/// Contributions of atoms, in the order of the molecule's canonical SMILES.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Atoms {
    /// The prediction minus that of the molecule without the atom, whose neighbors take hydrogens instead
    /// \[Polishchuk2013\]; the mean over atoms that stand in the same place. Absent where the remaining molecule cannot exist.
    pub masking: Vec<Option<f64>>,
    /// Integrated gradients of the bits of a circular fingerprint, shared among the atoms of the neighborhoods that set
    /// them \[McCloskey2019\]; absent without such a fingerprint.
    pub gradients: Option<Vec<f64>>,
    /// Part of the integrated gradients that belongs to no atom: descriptors, and bits that the molecule lacks.
    pub elsewhere: Option<f64>,
}

/// Contributions of the atoms of the subject; `None` where there are too many.
pub(crate) fn atoms(
    explainer: &Explainer<'_>,
    subject: &Subject<'_>,
    smiles: &str,
    output: usize,
    predicted: f64,
    gradients: Option<&Gradients>,
) -> Result<Option<Atoms>> {
    let molecule = Molecule::parse(smiles)?;
    if molecule.n_atoms() > MOST_ATOMS {
        return Ok(None);
    }
    let masking = masking(explainer, subject, &molecule, output, predicted)?;
    let shared = match (gradients, &explainer.model.experiment.molecules.ecfp) {
        (Some(gradients), Some(ecfp)) => {
            Some(share(explainer, gradients, &ecfp.neighborhoods(&molecule)?, molecule.n_atoms()))
        }
        _ => None,
    };
    let elsewhere = shared.as_ref().zip(gradients);
    let elsewhere = elsewhere.map(|(atoms, g)| g.values.iter().sum::<f64>() - atoms.iter().sum::<f64>());
    Ok(Some(Atoms { masking, gradients: shared, elsewhere }))
}

/// Each atom is a molecule to predict.
const MOST_ATOMS: usize = 200;

fn masking(
    explainer: &Explainer<'_>,
    subject: &Subject<'_>,
    molecule: &Molecule,
    output: usize,
    predicted: f64,
) -> Result<Vec<Option<f64>>> {
    let n = molecule.n_atoms();
    let rest: Vec<Option<String>> =
        (0..n).map(|atom| molecule.without_atom(atom).map(|rest| rest.canonical_smiles())).collect();
    let left: Vec<usize> = (0..n).filter(|&atom| rest[atom].is_some()).collect();
    if left.is_empty() {
        return Ok(vec![None; n]);
    }
    let source = variants(explainer, subject, left.iter().filter_map(|&atom| rest[atom].as_deref()).collect())?;
    let all: Vec<usize> = (0..source.n_rows()).collect();
    let values = explainer.model.predict_rows(&source, &all)?.values;
    let mut alone = vec![None; n];
    for (at, &row) in source.rows.iter().enumerate() {
        alone[left[row]] = Some(predicted - values[at * explainer.outputs() + output]);
    }
    // A ring of single and double bonds is opened in one of two ways: equivalent atoms share the mean of both.
    let classes = molecule.equivalent_atoms();
    let shared = |atom: usize| {
        let like = (0..n).filter(|&other| classes[other] == classes[atom]).filter_map(|other| alone[other]);
        let (sum, count) = like.fold((0.0, 0), |(sum, count), x: f64| (sum + x, count + 1));
        (count > 0).then(|| sum / f64::from(count))
    };
    Ok((0..n).map(shared).collect())
}

/// The subject's row with other molecules; those that cannot be read are left out.
fn variants(explainer: &Explainer<'_>, subject: &Subject<'_>, smiles: Vec<&str>) -> Result<Source> {
    let source = explainer.source_of(subject);
    let name = &explainer.model.experiment.data.smiles;
    let row = source.table.select(&vec![subject.row; smiles.len()]);
    let columns = row.columns.into_iter().map(|column| {
        if Some(&column.name) == name.as_ref() {
            Column::new(&column.header(), Values::Text(smiles.iter().copied().collect()))
        } else {
            column
        }
    });
    let table = Table::from_columns("molecules without an atom", columns.collect())?;
    let data = spec::data::Data { skip_invalid: true, ..explainer.model.experiment.data.clone() };
    Source::new(table, String::new(), &data, &explainer.model.experiment.molecules)
}

/// Each set bit goes in equal parts to its neighborhoods, and from there in equal parts to their atoms.
fn share(
    explainer: &Explainer<'_>,
    gradients: &Gradients,
    neighborhoods: &std::collections::BTreeMap<usize, Vec<Vec<usize>>>,
    n_atoms: usize,
) -> Vec<f64> {
    let mut atoms = vec![0.0; n_atoms];
    for (part, numbers) in explainer.model.parts.iter().zip(&gradients.numbers) {
        for (name, added) in part.encoder.names().iter().zip(numbers) {
            let place = name.strip_prefix("ecfp_").and_then(|place| place.parse::<usize>().ok());
            let Some(list) = place.and_then(|place| neighborhoods.get(&place)) else { continue };
            for around in list {
                around.iter().for_each(|&atom| atoms[atom] += added / list.len() as f64 / around.len() as f64);
            }
        }
    }
    atoms
}
