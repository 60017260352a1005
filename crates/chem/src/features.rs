//! From a molecule to a row of numbers: fingerprints and descriptors side by side.

use crate::{Descriptors, Ecfp, Error, Maccs, Molecule, Result};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Which numbers describe a molecule to a model.
///
/// The row holds, in this order, the circular fingerprint, the MACCS keys and the descriptors. By default it has keys
/// and descriptors, which suit the few hundred to few thousand molecules of a typical study: descriptors carry size and
/// polarity, keys name groups. Thousands of fingerprint bits predict less well there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct MoleculeFeatures {
    /// Circular fingerprint: which neighborhoods of atoms occur \[Rogers2010\].
    pub ecfp: Option<Ecfp>,
    /// The 166 MACCS keys \[Durant2002\].
    pub maccs: bool,
    /// Descriptors: numbers with a chemical meaning, such as mass and polar surface \[WildmanCrippen1999, Ertl2000, Labute2000\].
    pub descriptors: bool,
    /// Names of the descriptors, in the order wanted; none means all.
    pub descriptor_names: Vec<String>,
    /// Models that read molecules as graphs also read these numbers, beside what they make of the graph.
    pub beside_graphs: bool,
}

impl Default for MoleculeFeatures {
    fn default() -> Self {
        MoleculeFeatures {
            ecfp: None,
            maccs: true,
            descriptors: true,
            descriptor_names: Vec::new(),
            beside_graphs: true,
        }
    }
}

/// Whether a feature of this name is a bit or count of a fingerprint, not a descriptor.
pub fn is_fingerprint(name: &str) -> bool {
    feature_group(name) != name
}

/// The feature that a person knows: a fingerprint as a whole, or the descriptor itself.
///
/// ```
/// assert_eq!(["ecfp_17", "maccs_42", "MolWt"].map(chem::feature_group), ["circular fingerprint", "MACCS keys", "MolWt"]);
/// ```
pub fn feature_group(name: &str) -> &str {
    let bit = |prefix: &str| name.strip_prefix(prefix).is_some_and(|rest| rest.parse::<usize>().is_ok());
    match name {
        _ if bit("ecfp_") => "circular fingerprint",
        _ if bit("maccs_") => "MACCS keys",
        descriptor => descriptor,
    }
}

impl MoleculeFeatures {
    /// Names of the features, in the order of the row: `ecfp_17`, `maccs_42`, `MolWt`.
    ///
    /// Errors: an unknown descriptor; no feature at all.
    pub fn names(&self) -> Result<Vec<String>> {
        let mut names = Vec::new();
        if let Some(ecfp) = &self.ecfp {
            names.extend(ecfp.names()?);
        }
        if self.maccs {
            names.extend(Maccs {}.names());
        }
        if let Some(descriptors) = self.selected() {
            names.extend(descriptors.selected()?.into_iter().map(str::to_owned));
        }
        if names.is_empty() { Err(Error::NoFeatures) } else { Ok(names) }
    }

    /// The row of one molecule, as long as [`names`](Self::names).
    ///
    /// Errors: those of `names`; a descriptor that is not finite for this molecule.
    ///
    /// ```
    /// use chem::{Molecule, MoleculeFeatures};
    /// let descriptor_names = vec!["MolWt".into(), "NumHDonors".into()];
    /// let features = MoleculeFeatures { maccs: false, descriptor_names, ..MoleculeFeatures::default() };
    /// assert_eq!(features.featurize(&Molecule::parse("CCO")?)?, [46.069, 1.0]);
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn featurize(&self, molecule: &Molecule) -> Result<Vec<f32>> {
        let mut row = Vec::new();
        if let Some(ecfp) = &self.ecfp {
            row.extend(ecfp.compute(molecule)?);
        }
        if self.maccs {
            row.extend(Maccs {}.compute(molecule));
        }
        if let Some(descriptors) = self.selected() {
            row.extend(descriptors.compute(molecule)?.into_iter().map(|value| value as f32));
        }
        if row.is_empty() { Err(Error::NoFeatures) } else { Ok(row) }
    }

    fn selected(&self) -> Option<Descriptors> {
        self.descriptors.then(|| Descriptors { names: self.descriptor_names.clone() })
    }
}
