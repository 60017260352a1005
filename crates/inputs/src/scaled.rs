//! Names and scales of the numbers of a row, which every kind of input has.

use data::{Scaler, Scaling};
use serde::{Deserialize, Serialize};

use crate::feature::Feature;

/// Names of the numbers, and their scale; saved with the model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scaled {
    /// Names of the numbers that are kept: constant ones are dropped.
    pub names: Vec<String>,
    /// Their indices among all numbers.
    #[serde(skip)]
    pub kept: Vec<usize>,
    /// Scaled numbers are clipped to this size; zero for no limit.
    pub limit: f64,
    /// Their scale.
    pub scaler: Scaler,
}

impl Scaled {
    /// All numbers of these names, on their scale.
    pub fn all(names: Vec<String>, limit: f64, scaler: Scaler) -> Self {
        Scaled { kept: (0..names.len()).collect(), names, limit, scaler }
    }

    /// Brings rows of numbers to their scale.
    pub fn apply(&self, numbers: &mut [f32]) {
        self.scaler.transform(numbers);
        if self.limit > 0.0 && self.scaler.kind != Scaling::None {
            // NaN fails both comparisons and stays.
            let limit = self.limit as f32;
            for x in numbers.iter_mut().filter(|x| x.abs() > limit) {
                *x = limit.copysign(*x);
            }
        }
    }

    /// Each number as a feature of its own.
    pub fn features(&self) -> Vec<Feature> {
        self.names.iter().map(|name| Feature { name: name.clone(), of_molecule: false }).collect()
    }

    /// Those at some of its places.
    pub fn pick(&self, left: &[usize]) -> Self {
        let pick = |from: &[f64]| left.iter().map(|&i| from[i]).collect();
        let (center, scale) = (pick(&self.scaler.center), pick(&self.scaler.scale));
        Scaled {
            names: left.iter().map(|&i| self.names[i].clone()).collect(),
            kept: left.iter().map(|&i| self.kept[i]).collect(),
            limit: self.limit,
            scaler: Scaler { center, scale, ..self.scaler.clone() },
        }
    }
}
