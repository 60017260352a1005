//! The curse of dimensionality: more features than rows, features that repeat one another, rows that are all far away.

use spec::data::Data;

use crate::features::Features;
use crate::found::Look;
use crate::verdict::{Verdict, Weight, verdict};
use crate::words::count;

/// A rule of thumb of regression: rows for each direction in which they spread.
const ROWS_FOR_EACH: usize = 10;
/// Fraction of the distance to the farthest row above which the nearest one is hardly nearer.
const FAR: f64 = 0.5;

pub(super) fn verdicts(look: &Look, data: &Data, usable: usize) -> Vec<Verdict> {
    let Some(features) = &look.features else {
        if usable < 3 {
            return Vec::new();
        }
        let finding =
            "no column is left to predict from: identifiers, constants and repeats of the target are left out";
        let advice = "name columns with `--features`, or a column of molecules with `--smiles`";
        return vec![verdict(Weight::Stops, finding.to_owned(), advice)];
    };
    let molecules = data.smiles.is_some();
    [many(features, molecules), repeated(features), far(features, molecules)].into_iter().flatten().collect()
}

fn many(features: &Features, molecules: bool) -> Option<Verdict> {
    let directions = features.components.as_ref().map_or(features.used, |components| components.for_90_percent);
    let advice = if molecules {
        "more regularization: compare with `--model ridge`, more `model.dropout`; or fewer features: \
         `--set molecules.maccs=false`"
    } else {
        "more regularization: compare with `--model ridge` or `--model lasso`; or fewer inputs with `--features`"
    };
    if features.used >= features.rows {
        let finding = format!(
            "{} for {}: a linear model fits any target exactly, so only the test shows whether anything was learned",
            count(features.used, "feature"),
            count(features.rows, "row")
        );
        return Some(verdict(Weight::Costs, finding, advice));
    }
    (features.used > 1 && directions * ROWS_FOR_EACH > features.rows).then(|| {
        let finding = format!(
            "{} spread in {} (90 % of the variance): {:.1} rows for each, where ten are a rule of thumb",
            count(features.rows, "row"),
            count(directions, "direction"),
            features.rows as f64 / directions as f64
        );
        verdict(Weight::Costs, finding, advice)
    })
}

fn repeated(features: &Features) -> Option<Verdict> {
    let (correlations, first) = (&features.correlations, features.correlations.strongest.first()?);
    let finding = format!(
        "{} of {} features nearly repeat another one (|r| > 0.95), such as `{}` and `{}` (r = {:.3})",
        correlations.features, correlations.compared, first.a, first.b, first.r
    );
    let advice = "do not read meaning into single weights or importances: they are shared among such features";
    Some(verdict(Weight::Tells, finding, advice))
}

fn far(features: &Features, molecules: bool) -> Option<Verdict> {
    let distances = features.distances.as_ref().filter(|distances| distances.ratio > FAR)?;
    let finding = format!(
        "in {} dimensions the nearest row is {:.2} times as far away as the farthest (median): no row is much like another",
        features.used, distances.ratio
    );
    let advice = if molecules {
        "expect less of new families of molecules; judge with `--split scaffold`"
    } else {
        "avoid methods based on similarity of rows (neighbors, kernels, Kennard-Stone) without fewer features"
    };
    Some(verdict(Weight::Costs, finding, advice))
}
