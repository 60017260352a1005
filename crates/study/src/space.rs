//! The encoded search space of a campaign: checked once, it converts between names and numbers.

use std::path::Path;
use std::sync::Arc;

use bayes::{Axis, Limit, Space};
use data::Table;
use serde_json::{Map, Value};
use spec::campaign::{Campaign, CostRule};
use spec::error::{Error, Result};
use spec::parameter::Parameter;

/// A space, with the parameters that vary on its axes.
pub(crate) struct Terrain {
    pub space: Space,
    /// All parameters, fixed ones among them.
    parameters: Vec<Parameter>,
}

/// An error of a campaign or of a value.
pub fn wrong(message: String, place: &str, hint: &str) -> Error {
    Error::Setting { message, place: place.into(), hint: hint.into() }
}

/// A campaign with the contents of the files that it names, so that it can be used without them: molecules and candidates.
pub(super) fn resolved(
    mut campaign: Campaign,
    folder: &Path,
    table: Option<Table>,
) -> Result<(Campaign, Option<Table>)> {
    for (at, parameter) in campaign.parameters.iter_mut().enumerate() {
        let Parameter::Molecule { values, file, column, .. } = parameter else { continue };
        if let Some(path) = file.take() {
            let table = Table::read(folder.join(&path))?;
            values.extend(table.column(column)?.as_text().into_iter().flatten());
        }
        if values.is_empty() {
            let hint = "list SMILES in `values`, or name a table in `file`";
            return Err(wrong("there are no molecules".into(), &format!("parameters[{at}]"), hint));
        }
        let mut seen = Vec::new();
        values.retain(|value| {
            !seen.contains(value) && {
                seen.push(value.clone());
                true
            }
        });
    }
    let table = match (table, &campaign.candidates) {
        (None, Some(path)) => Some(Table::read(folder.join(path))?),
        (table, _) => table,
    };
    if let Some(table) = table.as_ref().filter(|_| campaign.parameters.is_empty()) {
        campaign.parameters = table.columns.iter().map(of_column).collect();
    }
    Ok((campaign, table))
}

/// A parameter with the values of a column: numbers where all cells are numbers, otherwise labels.
fn of_column(column: &data::Column) -> Parameter {
    let name = column.name.clone();
    let cells: Vec<String> = column.as_text().into_iter().flatten().collect();
    let numbers: Option<Vec<f64>> =
        cells.iter().map(|cell| cell.trim().parse().ok().filter(|x: &f64| x.is_finite())).collect();
    match numbers {
        Some(mut values) => {
            values.sort_by(f64::total_cmp);
            values.dedup();
            Parameter::Ordinal { name, values, log: false }
        }
        None => {
            let mut values = cells;
            values.sort();
            values.dedup();
            Parameter::Categorical { name, values }
        }
    }
}

impl Terrain {
    /// From a campaign whose files are read, and rows of candidates.
    pub fn new(campaign: &Campaign, candidates: &[Map<String, Value>]) -> Result<Self> {
        let parameters = campaign.parameters.clone();
        let mut axes = Vec::new();
        for (at, parameter) in parameters.iter().enumerate() {
            let place = format!("parameters[{at}] (`{}`)", parameter.name());
            if parameter.name().is_empty() {
                return Err(wrong("the parameter has no name".into(), &place, "set `name`"));
            }
            if parameters[..at].iter().any(|other| other.name() == parameter.name()) {
                return Err(wrong("a parameter before has this name".into(), &place, "give it another name"));
            }
            if let Some((message, hint)) = parameter.fault() {
                return Err(wrong(message, &place, hint));
            }
            axes.extend(match parameter {
                Parameter::Molecule { values, .. } => Some(Axis::Alike(Arc::new(likeness(values, &place)?))),
                other => other.axis(),
            });
        }
        if axes.is_empty() {
            let hint = "list what may be varied as `[[parameters]]`, or name a table in `candidates`";
            return Err(wrong("no parameter varies".into(), "parameters", hint));
        }
        let mut terrain = Terrain { space: Space::new(axes), parameters };
        terrain.space.limits = terrain.limits(campaign)?;
        terrain.space.conditions = terrain.conditions(campaign)?;
        if campaign.candidates.is_some() || !candidates.is_empty() {
            let rows: Vec<Vec<f64>> = candidates
                .iter()
                .enumerate()
                .map(|(row, point)| terrain.place(point, &format!("candidates, row {}", row + 1)))
                .collect::<Result<_>>()?;
            terrain.space.candidates = Some(Arc::new(rows.concat()));
        }
        if let Some(fault) = campaign.strategy.fault(&terrain.space) {
            return Err(wrong(fault, "strategy", "see `gedanken explain strategy`"));
        }
        if terrain.space.listed().is_some_and(|listed| listed.is_empty()) {
            let hint = "see `constraints` and `candidates`";
            return Err(wrong("no point satisfies all constraints".into(), "constraints", hint));
        }
        Ok(terrain)
    }

    /// The parameters on the axes of the space.
    pub fn varied(&self) -> impl Iterator<Item = &Parameter> {
        self.parameters.iter().filter(|parameter| !matches!(parameter, Parameter::Fixed { .. }))
    }

    /// Linear constraints in fractions of the ranges.
    fn limits(&self, campaign: &Campaign) -> Result<Vec<Limit>> {
        let mut found = Vec::new();
        for (at, constraint) in campaign.constraints.iter().enumerate() {
            let place = format!("constraints[{at}]");
            let (mut weights, mut taken) = (vec![0.0; self.space.width()], 0.0);
            for (name, weight) in &constraint.weights {
                let axis = self.varied().position(|parameter| parameter.name() == name);
                let parameter = self.varied().find(|parameter| parameter.name() == name);
                match (axis, parameter, parameter.and_then(Parameter::range)) {
                    (Some(axis), Some(Parameter::Continuous { .. }), Some(([low, high], false))) => {
                        weights[axis] = weight * (high - low);
                        taken += weight * low;
                    }
                    (Some(axis), Some(_), Some(([low, high], false))) if constraint.equal.is_none() => {
                        weights[axis] = weight * (high - low);
                        taken += weight * low;
                    }
                    (Some(_), ..) => {
                        let hint = "only numbers without `log` can be added, and only continuous ones can have to be equal to a sum";
                        return Err(wrong(format!("`{name}` cannot be part of this sum"), &place, hint));
                    }
                    _ => return Err(wrong(format!("there is no parameter `{name}`"), &place, "see `parameters`")),
                }
            }
            let limit = |sign: f64, bound: f64, equal: bool| Limit {
                weights: weights.iter().map(|w| sign * w).collect(),
                bound: sign * (bound - taken),
                equal,
            };
            let own = [
                constraint.at_most.map(|bound| limit(1.0, bound, false)),
                constraint.at_least.map(|bound| limit(-1.0, bound, false)),
                constraint.equal.map(|bound| limit(1.0, bound, true)),
            ];
            if own.iter().all(Option::is_none) {
                return Err(wrong("the sum has no bound".into(), &place, "set `at_most`, `at_least` or `equal`"));
            }
            found.extend(own.into_iter().flatten());
        }
        Ok(found)
    }

    /// Conditional parameters, those on which others depend first.
    fn conditions(&self, campaign: &Campaign) -> Result<Vec<bayes::Condition>> {
        let mut left = Vec::new();
        for (at, condition) in campaign.conditions.iter().enumerate() {
            let place = format!("conditions[{at}]");
            let axis = |name: &String| {
                let found = self.varied().enumerate().find(|(_, parameter)| parameter.name() == name);
                found.ok_or_else(|| {
                    wrong(format!("there is no parameter `{name}` that varies"), &place, "see `parameters`")
                })
            };
            let ((axis, _), (on, decides)) = (axis(&condition.parameter)?, axis(&condition.on)?);
            if self.space.axes[on].count().is_none() {
                let message = format!("`{}` is continuous and cannot decide about another", condition.on);
                return Err(wrong(message, &place, "an integer, an ordinal parameter or a category can"));
            }
            let unknown = |message: String| wrong(format!("`{}`: {message}", condition.on), &place, "see `parameters`");
            let value = |value| Ok(decides.place(value).map_err(unknown)?.unwrap_or_default());
            let values = condition.values.iter().map(value).collect::<Result<_>>()?;
            left.push(bayes::Condition { axis, on, values });
        }
        let mut sorted: Vec<bayes::Condition> = Vec::new();
        while !left.is_empty() {
            let open: Vec<usize> = left.iter().map(|condition| condition.axis).collect();
            let (ready, later): (Vec<_>, Vec<_>) = left.into_iter().partition(|c| !open.contains(&c.on));
            if ready.is_empty() {
                return Err(wrong("conditions depend on each other in a circle".into(), "conditions", "break it"));
            }
            sorted.extend(ready);
            left = later;
        }
        Ok(sorted)
    }

    /// Coordinates of a point: a number for each axis. Fixed parameters, and those that do not matter there, may be left out.
    pub fn place(&self, point: &Map<String, Value>, at: &str) -> Result<Vec<f64>> {
        let known = |name: &String| self.parameters.iter().any(|parameter| parameter.name() == name);
        if let Some(name) = point.keys().find(|name| !known(name)) {
            let near = data::nearest(name, self.parameters.iter().map(Parameter::name));
            let hint =
                near.first().map_or("see the campaign's `parameters`".into(), |near| format!("did you mean `{near}`?"));
            return Err(wrong(format!("there is no parameter `{name}`"), at, &hint));
        }
        let mut x = Vec::with_capacity(self.space.width());
        for parameter in self.varied() {
            let name = parameter.name();
            let Some(value) = point.get(name) else {
                x.push(f64::NAN);
                continue;
            };
            let place = parameter.place(value);
            let hint = "see the campaign's `parameters`";
            x.extend(place.map_err(|message| wrong(format!("parameter `{name}`: {message}"), at, hint))?);
        }
        self.space.settle(&mut x);
        match self.varied().zip(&x).find(|(_, x)| x.is_nan()) {
            None => Ok(x),
            Some((parameter, _)) => {
                let message = format!("parameter `{}` has no value", parameter.name());
                Err(wrong(message, at, "give all of them that matter at this point"))
            }
        }
    }

    /// The values of all parameters that matter at a point.
    pub fn point(&self, x: &[f64]) -> Map<String, Value> {
        let active = self.space.active(x);
        let mut places = x.iter().zip(active);
        let one = |parameter: &Parameter| {
            let place = match parameter {
                Parameter::Fixed { .. } => Some(0.0),
                _ => places.next().filter(|(_, active)| *active).map(|(place, _)| *place),
            };
            place.map(|place| (parameter.name().to_owned(), parameter.value(place)))
        };
        self.parameters.iter().filter_map(one).collect()
    }

    /// The names of all parameters.
    pub fn names(&self) -> Vec<&str> {
        self.parameters.iter().map(Parameter::name).collect()
    }

    /// A cost that follows from the point.
    pub fn cost(&self, rule: &CostRule) -> Result<Option<bayes::Cost>> {
        let CostRule::Known { base, each, of } = rule else { return Ok(None) };
        for name in each.keys().chain(of.keys()) {
            if !self.varied().any(|parameter| parameter.name() == name) {
                return Err(wrong(format!("there is no parameter `{name}`"), "cost", "see `parameters`"));
            }
        }
        let (base, each, of) = (*base, each.clone(), of.clone());
        let parameters: Vec<Parameter> = self.varied().cloned().collect();
        let space = self.space.clone();
        Ok(Some(Arc::new(move |x: &[f64]| {
            let active = space.active(x);
            let part = |(parameter, place): (&Parameter, &f64)| {
                let value = parameter.value(*place);
                let number = each.get(parameter.name()).zip(value.as_f64()).map_or(0.0, |(each, value)| each * value);
                let word = of.get(parameter.name()).zip(value.as_str()).and_then(|(of, word)| of.get(word));
                number + word.copied().unwrap_or(0.0)
            };
            let matters = parameters.iter().zip(x).zip(active).filter(|(_, active)| *active);
            base + matters.map(|(at, _)| part(at)).sum::<f64>()
        })))
    }
}

/// Tanimoto similarity of the fingerprints of molecules, $|A \cap B| / |A \cup B|$ of ECFP4 bits.
fn likeness(smiles: &[String], place: &str) -> Result<Vec<f64>> {
    let bits: Vec<Vec<f32>> = smiles
        .iter()
        .map(|text| {
            let bits = chem::Molecule::parse(text).and_then(|molecule| chem::Ecfp::default().compute(&molecule));
            bits.map_err(|error| wrong(format!("{text:?} is not a valid SMILES: {error}"), place, "correct the SMILES"))
        })
        .collect::<Result<_>>()?;
    let share = |a: &[f32], b: &[f32]| {
        let both = a.iter().zip(b).filter(|(a, b)| **a > 0.0 && **b > 0.0).count();
        let any = a.iter().zip(b).filter(|(a, b)| **a > 0.0 || **b > 0.0).count();
        if any > 0 { both as f64 / any as f64 } else { 1.0 }
    };
    Ok(bits.iter().flat_map(|a| bits.iter().map(move |b| share(a, b))).collect())
}
