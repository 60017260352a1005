//! Fingerprints: a molecule as a row of numbers, one for each pattern found in it.

use crate::{Error, Molecule, Result};
use chematic::fp::RdkitMorganRadius;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Extended-connectivity fingerprint: the neighborhoods of all atoms up to a radius, folded into a row of fixed length.
///
/// Radius 2 is known as ECFP4 (diameter 4), radius 3 as ECFP6. Bit for bit RDKit's Morgan fingerprint. \[Rogers2010\]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Ecfp {
    /// Largest number of bonds between the center of a neighborhood and its atoms.
    #[schemars(range(min = 0, max = 3))]
    pub radius: usize,
    /// Length of the row; neighborhoods whose numbers agree modulo the length share a place.
    #[schemars(range(min = 16, max = 65536))]
    pub length: usize,
    /// Count each neighborhood, instead of noting whether it occurs.
    pub counts: bool,
}

impl Default for Ecfp {
    fn default() -> Ecfp {
        Ecfp { radius: 2, length: 2048, counts: false }
    }
}

impl Ecfp {
    /// The fingerprint, `[length]`.
    ///
    /// Errors: a field out of its range; an atom in a coordination that RDKit rewrites and chematic does not.
    ///
    /// ```
    /// let benzene = chem::Molecule::parse("c1ccccc1")?;
    /// let bits = chem::Ecfp::default().compute(&benzene)?;
    /// assert_eq!(bits.iter().sum::<f32>(), 3.0);          // an atom, with its neighbors, with theirs
    /// # Ok::<(), chem::Error>(())
    /// ```
    pub fn compute(&self, molecule: &Molecule) -> Result<Vec<f32>> {
        let found = self.morgan(molecule)?;
        let mut row = vec![0.0; self.length];
        // The map has no order, but whole numbers add up to the same sum in any.
        for (neighborhood, count) in found.sparse_counts {
            let place = &mut row[neighborhood as usize % self.length];
            *place = if self.counts { *place + count as f32 } else { 1.0 };
        }
        Ok(row)
    }

    /// Names of the features: `ecfp_0`, `ecfp_1`, ...
    pub fn names(&self) -> Result<Vec<String>> {
        self.check()?;
        Ok((0..self.length).map(|place| format!("ecfp_{place}")).collect())
    }

    pub(crate) fn check(&self) -> Result<RdkitMorganRadius> {
        let default = Ecfp::default();
        if !(16..=65536).contains(&self.length) {
            let (field, found) = ("ecfp.length", self.length);
            return Err(Error::OutOfRange { field, found, min: 16, max: 65536, default: default.length });
        }
        match self.radius {
            0 => Ok(RdkitMorganRadius::R0),
            1 => Ok(RdkitMorganRadius::R1),
            2 => Ok(RdkitMorganRadius::R2),
            3 => Ok(RdkitMorganRadius::R3),
            found => Err(Error::OutOfRange { field: "ecfp.radius", found, min: 0, max: 3, default: default.radius }),
        }
    }
}

/// MACCS keys: 166 questions about a structure, such as "is there a ring of four atoms?". \[Durant2002\]
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Maccs {}

impl Maccs {
    /// The answers, `[166]`, each 0 or 1.
    pub fn compute(&self, molecule: &Molecule) -> Vec<f32> {
        let keys = chematic::fp::maccs(molecule.graph());
        (0..N_MACCS).map(|key| f32::from(u8::from(keys.get(key)))).collect()
    }

    /// Names of the features: `maccs_1` to `maccs_166`, numbered as published.
    pub fn names(&self) -> Vec<String> {
        (1..=N_MACCS).map(|key| format!("maccs_{key}")).collect()
    }
}

const N_MACCS: usize = 166;
