//! Surface area, in all and by the partial charge of the atoms it belongs to.

use super::family::{Family, binned};
use chematic::chem as rdkit;

pub(super) const FAMILIES: &[Family] = &[
    Family {
        members: &[(&["LabuteASA"], "approximate surface area, Å² [Labute2000]")],
        compute: |graph| vec![rdkit::labute_asa(graph)],
    },
    Family {
        members: &[(
            &[
                "PEOE_VSA1",
                "PEOE_VSA2",
                "PEOE_VSA3",
                "PEOE_VSA4",
                "PEOE_VSA5",
                "PEOE_VSA6",
                "PEOE_VSA7",
                "PEOE_VSA8",
                "PEOE_VSA9",
                "PEOE_VSA10",
                "PEOE_VSA11",
                "PEOE_VSA12",
                "PEOE_VSA13",
                "PEOE_VSA14",
            ],
            "surface of the atoms whose partial charge [Gasteiger1980] lies in this interval, the first below -0.3, the last \
             above 0.3 or of an element without parameters, Å² [Labute2000]",
        )],
        compute: |graph| binned(&rdkit::gasteiger_charges(graph), &CHARGE_BOUNDS, &rdkit::labute_asa_per_atom(graph)),
    },
];

/// Bounds of the intervals of charge, e, from RDKit.
const CHARGE_BOUNDS: [f64; 13] = [-0.3, -0.25, -0.2, -0.15, -0.1, -0.05, 0.0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3];
