//! Columns with holes, foreign cells, outliers or too many texts.

use data::profile::{ColumnProfile, Kind};
use spec::data::Data;

use crate::found::Look;
use crate::leaks::LeakKind;
use crate::verdict::{Verdict, Weight, verdict};
use crate::words::{count, listed, rows_named};

/// Fraction of missing cells above which most of the column is imputed by the mean.
const HOLES: f64 = 0.3;
/// Texts that become a feature each.
const MOST_LEVELS: usize = 50;

pub(super) fn verdicts(look: &Look, data: &Data) -> Vec<Verdict> {
    let is_target = |column: &ColumnProfile| look.targets.iter().any(|target| target.name == column.header());
    let is_input = |column: &&ColumnProfile| {
        let named = data.features.iter().any(|name| *name == column.name || *name == column.header());
        let all = data.features.is_empty() && data.smiles.is_none();
        let left_out = column.kind == Kind::Identifier || column.constant || repeats_target(look, column);
        !is_target(column) && (named || (all && !left_out))
    };
    let inputs: Vec<&ColumnProfile> = look.columns.iter().filter(is_input).collect();
    let mut found: Vec<Verdict> = look
        .columns
        .iter()
        .filter_map(|column| {
            foreign(column, is_target(column) || inputs.iter().any(|input| std::ptr::eq(*input, column)))
        })
        .collect();
    found.extend(huge(&inputs));
    if data.smiles.is_none() {
        for column in look.columns.iter().filter(|column| column.kind == Kind::Molecule) {
            let finding = format!("column `{}` holds molecules, but is taken as text", column.name);
            let advice = format!("`--smiles {}`: a model then learns from their structure", column.name);
            found.push(verdict(Weight::Costs, finding, advice));
        }
    }
    found.extend(holes(&inputs));
    found.extend(outliers(&inputs));
    found.extend(levels(&inputs));
    for column in look.columns.iter().filter(|column| column.kind == Kind::Time) {
        let finding = format!("column `{}` holds times", column.name);
        let advice = format!("to judge a model that will predict the future: `--split time:{}`", column.name);
        found.push(verdict(Weight::Tells, finding, advice));
    }
    found.extend(unused(look, data, &is_target));
    found
}

/// Whether a fit leaves the column out because it has the same values as a target.
fn repeats_target(look: &Look, column: &ColumnProfile) -> bool {
    let mut leaks = look.targets.iter().flat_map(|target| &target.leaks);
    leaks.any(|leak| leak.column == column.header() && !matches!(leak.kind, LeakKind::Determines { .. }))
}

fn foreign(column: &ColumnProfile, used: bool) -> Option<Verdict> {
    let cell = |cell: &data::profile::Cell| format!("`{}` in row {}", cell.text, cell.row);
    let first = column.not_numbers.iter().map(cell).collect::<Vec<_>>();
    (column.n_not_numbers > 0).then(|| {
        let n = column.n_not_numbers;
        let more = if n > first.len() { format!(" and {} more", n - first.len()) } else { String::new() };
        let verb = if n == 1 { "is" } else { "are" };
        let finding = format!(
            "{} of `{}` {verb} no finite number: {}{more}",
            count(n, "cell"),
            column.header(),
            first.join(", ")
        );
        let advice = "correct them, or leave them empty if the value is missing; here they count as missing";
        verdict(if used { Weight::Stops } else { Weight::Tells }, finding, advice)
    })
}

/// Models take their inputs in single precision.
fn huge(inputs: &[&ColumnProfile]) -> Vec<Verdict> {
    let largest = |column: &ColumnProfile| column.numbers.as_ref().map_or(0.0, |x| x.max.abs().max(x.min.abs()));
    let huge = inputs.iter().filter(|column| largest(column) > f64::from(f32::MAX));
    let told = |column: &&ColumnProfile| {
        let finding = format!("`{}` holds {:.1e}, but models take numbers up to 3.4e38", column.name, largest(column));
        verdict(Weight::Stops, finding, "correct it, or take another unit or the logarithm")
    };
    huge.map(told).collect()
}

fn holes(inputs: &[&ColumnProfile]) -> Option<Verdict> {
    let share = |column: &ColumnProfile| column.missing as f64 / (column.missing + column.present) as f64;
    let mut holes: Vec<&&ColumnProfile> =
        inputs.iter().filter(|column| column.present > 0 && share(column) > HOLES).collect();
    holes.sort_by(|a, b| share(b).total_cmp(&share(a)));
    let names = holes.iter().map(|column| format!("`{}` {:.0} %", column.name, 100.0 * share(column))).collect();
    let finding = format!("{} with many missing cells: {}", count(holes.len(), "column"), listed(names));
    let advice = "leave them out: `--features` with the others; a missing number becomes the mean";
    (!holes.is_empty()).then(|| verdict(Weight::Costs, finding, advice))
}

fn outliers(inputs: &[&ColumnProfile]) -> Option<Verdict> {
    let far = |column: &ColumnProfile| column.numbers.as_ref().map_or(0, |numbers| numbers.n_far_outliers);
    let odd = |column: &&&ColumnProfile| far(column) as f64 > BY_CHANCE * column.present as f64;
    let mut with: Vec<&&ColumnProfile> = inputs.iter().filter(odd).collect();
    with.sort_by_key(|column| std::cmp::Reverse(far(column)));
    let name = |column: &&&ColumnProfile| {
        let rows = column.numbers.as_ref().map_or(&[][..], |numbers| &numbers.outlier_rows);
        format!("`{}` ({})", column.name, rows_named(&rows[..far(column).min(rows.len())], far(column)))
    };
    let finding = format!(
        "{} with numbers far outside the rest (more than 3 times the distance of the quartiles beyond them): {}",
        count(with.len(), "column"),
        listed(with.iter().map(name).collect())
    );
    let advice = "look at these rows: a wrong unit, a slipped point? if they are right, take the logarithm of the column, or \
                  `--set scale.inputs=robust`";
    (!with.is_empty()).then(|| verdict(Weight::Costs, finding, advice))
}

/// Ten times the fraction of a normal distribution that lies beyond these fences.
const BY_CHANCE: f64 = 2.3e-5;

fn levels(inputs: &[&ColumnProfile]) -> Option<Verdict> {
    let distinct = |column: &ColumnProfile| column.levels.as_ref().map_or(0, |levels| levels.distinct);
    let text = |column: &&&ColumnProfile| distinct(column) > MOST_LEVELS && column.kind != Kind::Molecule;
    let wide: Vec<&&ColumnProfile> = inputs.iter().filter(text).collect();
    let names = wide.iter().map(|column| format!("`{}` {}", column.name, distinct(column))).collect();
    let finding = format!(
        "{} with many different texts, each of which becomes a feature: {}",
        count(wide.len(), "column"),
        listed(names)
    );
    let advice = "join rare texts into one, or leave the column out: `--features` with the others";
    (!wide.is_empty()).then(|| verdict(Weight::Costs, finding, advice))
}

/// Where there are molecules, no other column is an input unless it is named.
fn unused(look: &Look, data: &Data, is_target: &dyn Fn(&ColumnProfile) -> bool) -> Option<Verdict> {
    if data.smiles.is_none() || !data.features.is_empty() {
        return None;
    }
    let could = |column: &&ColumnProfile| {
        matches!(column.kind, Kind::Number | Kind::Category) && !column.constant && !is_target(column)
    };
    let others: Vec<&ColumnProfile> = look.columns.iter().filter(could).collect();
    let names: Vec<&str> = others.iter().map(|column| column.name.as_str()).collect();
    let finding = format!(
        "the molecules alone are the input, not {}: {}",
        count(others.len(), "other column"),
        listed(names.iter().map(|name| format!("`{name}`")).collect())
    );
    let advice = format!(
        "if they are known before a prediction: `--features {}`",
        names.iter().take(3).copied().collect::<Vec<_>>().join(",")
    );
    (!others.is_empty()).then(|| verdict(Weight::Tells, finding, advice))
}
