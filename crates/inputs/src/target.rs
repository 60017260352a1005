//! Targets: numbers on a scale, or classes.

use data::{Numeric, Scaler, Table};
use nn::Targets;
use serde::{Deserialize, Serialize};
use spec::error::{Error, Result};
use spec::experiment::Experiment;
use spec::task::Task;

/// Targets of a model; saved with it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TargetInfo {
    /// Names of the target columns.
    pub names: Vec<String>,
    /// Their units, empty where there is none.
    pub units: Vec<String>,
    /// Numbers or classes.
    pub task: Task,
    /// Names of the classes.
    pub classes: Vec<String>,
    /// Numbers are learned as decimal logarithms.
    pub log: bool,
}

/// Targets of all rows, in their own units.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// `[rows, targets]`, NaN where one is missing.
    Numbers(Vec<f64>),
    /// A class for each row; `None` where it is missing.
    Classes(Vec<Option<usize>>),
}

impl TargetInfo {
    /// Determines the task from the target columns.
    pub fn find(table: &Table, experiment: &Experiment) -> Result<(Self, Values)> {
        let names = &experiment.data.target;
        if names.is_empty() {
            let columns = table.columns.iter().map(|c| format!("`{}`", c.name)).take(20).collect::<Vec<_>>().join(", ");
            return Err(Error::NoTarget { hint: format!("name one of the columns with `--target`: {columns}") });
        }
        if table.n_rows < 3 {
            return Err(Error::TooFewRows { table: table.source.clone(), rows: table.n_rows });
        }
        let columns = names.iter().map(|name| table.column(name)).collect::<data::Result<Vec<_>>>()?;
        let mut info = TargetInfo {
            names: columns.iter().map(|c| c.name.clone()).collect(),
            units: columns.iter().map(|c| c.unit.clone().unwrap_or_default()).collect(),
            task: Task::Regression,
            classes: Vec::new(),
            log: experiment.scale.log_targets,
        };
        let numeric: Vec<bool> =
            columns.iter().map(|c| matches!(c.numbers(), Numeric::Numbers(_) | Numeric::Spoiled(_))).collect();
        info.task = match experiment.data.task {
            Some(task) => task,
            None if numeric.iter().all(|&n| n) => Task::Regression,
            None => Task::Classification,
        };
        if info.task == Task::Classification {
            if let [column] = &columns[..] {
                let values = info.read_classes(column, experiment.data.task.is_some())?;
                return Ok((info, values));
            }
            let at = numeric.iter().position(|n| !n).unwrap_or(0);
            return Err(Error::MixedTargets { target: names[at].clone() });
        }
        let values = info.read_numbers(table)?;
        for (at, column) in columns.iter().enumerate() {
            let known: Vec<f64> =
                values.iter().skip(at).step_by(names.len()).copied().filter(|y| !y.is_nan()).collect();
            if known.is_empty() {
                let reason = format!("target `{}` is missing everywhere", column.name);
                return Err(Error::NoUsableRows { rows: table.n_rows, reason, hint: "choose another target" });
            }
            if known.iter().all(|y| *y == known[0]) {
                let value = if info.log { 10_f64.powf(known[0]) } else { known[0] };
                return Err(Error::ConstantTarget {
                    target: column.name.clone(),
                    value: value.to_string(),
                    rows: known.len(),
                });
            }
        }
        Ok((info, Values::Numbers(values)))
    }

    /// The targets of another table, to compare predictions with; `None` where it does not contain the columns.
    pub fn read(&self, table: &Table) -> Result<Option<Values>> {
        if self.names.iter().any(|name| table.column(name).is_err()) {
            return Ok(None);
        }
        if self.task == Task::Regression {
            return self.read_numbers(table).map(|values| Some(Values::Numbers(values)));
        }
        let column = table.column(&self.names[0])?;
        let cells = column.as_text();
        let labels = cells.iter().enumerate().map(|(row, cell)| {
            let Some(name) = cell else { return Ok(None) };
            let class = self.classes.iter().position(|class| class == name);
            class.map(Some).ok_or_else(|| Error::Unknown {
                what: "class",
                name: name.clone(),
                near: None,
                hint: format!(
                    "{} of column `{}` holds it; the model knows {}",
                    column.place(row),
                    column.name,
                    self.classes.join(", ")
                ),
            })
        });
        Ok(Some(Values::Classes(labels.collect::<Result<_>>()?)))
    }

    fn read_numbers(&self, table: &Table) -> Result<Vec<f64>> {
        let width = self.names.len();
        let mut values = vec![f64::NAN; table.n_rows * width];
        for (at, name) in self.names.iter().enumerate() {
            let column = table.column(name)?;
            for (row, y) in column.as_numbers()?.into_iter().enumerate() {
                let Some(y) = y else { continue };
                if self.log && y <= 0.0 {
                    return Err(Error::NoLogarithm { target: name.clone(), place: column.place(row), value: y });
                }
                if y.abs() > f64::from(f32::MAX) {
                    return Err(Error::TooLarge { column: column.header(), place: column.place(row), value: y });
                }
                values[row * width + at] = if self.log { y.log10() } else { y };
            }
        }
        Ok(values)
    }

    fn read_classes(&mut self, column: &data::Column, forced: bool) -> Result<Values> {
        let cells = column.as_text();
        let mut classes: Vec<&str> = cells.iter().flatten().map(String::as_str).collect();
        let present = classes.len();
        classes.sort_unstable();
        classes.dedup();
        // By size where all are numbers; half by size and half by letters would be no order.
        if let Some(sizes) = classes.iter().map(|class| class.parse::<f64>().ok()).collect::<Option<Vec<_>>>() {
            let mut order: Vec<(f64, &str)> = sizes.into_iter().zip(classes).collect();
            order.sort_by(|a, b| a.0.total_cmp(&b.0));
            classes = order.into_iter().map(|(_, class)| class).collect();
        }
        let target = || column.name.clone();
        match classes.len() {
            0 => {
                let reason = format!("target `{}` is missing everywhere", column.name);
                return Err(Error::NoUsableRows { rows: cells.len(), reason, hint: "choose another target" });
            }
            1 => return Err(Error::ConstantTarget { target: target(), value: classes[0].into(), rows: present }),
            n if !forced && n > 50 && n * 2 > present => {
                return Err(Error::TooManyClasses { target: target(), classes: n, rows: present });
            }
            _ => {}
        }
        self.classes = classes.into_iter().map(str::to_owned).collect();
        let index = |name: &String| self.classes.iter().position(|class| class == name);
        let labels: Vec<Option<usize>> = cells.iter().map(|cell| cell.as_ref().and_then(index)).collect();
        for (class, name) in self.classes.iter().enumerate() {
            let mut rows = (0..labels.len()).filter(|&row| labels[row] == Some(class));
            if let (Some(row), None) = (rows.next(), rows.next()) {
                return Err(Error::LonelyClass { target: target(), class: name.clone(), place: column.place(row) });
            }
        }
        Ok(Values::Classes(labels))
    }

    /// Number of outputs of a prediction: targets, or probabilities.
    pub fn outputs(&self) -> usize {
        if self.task == Task::Regression { self.names.len() } else { self.classes.len() }
    }

    /// The name of a target with its unit.
    pub fn header(&self, at: usize) -> String {
        match self.units.get(at).map(String::as_str) {
            Some(unit) if !unit.is_empty() => format!("{} [{unit}]", self.names[at]),
            _ => self.names[at].clone(),
        }
    }

    /// Transforms predictions from the network's scale back to the target's own unit.
    pub fn restore(&self, values: &mut [f64], scaler: Option<&Scaler>) {
        if let Some(scaler) = scaler {
            scaler.inverse(values);
        }
        if self.log {
            values.iter_mut().for_each(|y| *y = 10_f64.powf(*y));
        }
    }

    /// The derivative of [`restore`](Self::restore) for target `at`, where it gives `y`.
    pub fn slope(&self, y: f64, scaler: Option<&Scaler>, at: usize) -> f64 {
        let scale = scaler.and_then(|scaler| scaler.scale.get(at)).copied().unwrap_or(1.0);
        if self.log { y * std::f64::consts::LN_10 * scale } else { scale }
    }
}

impl Values {
    /// Whether any target of a row is known.
    pub fn known(&self, row: usize, width: usize) -> bool {
        match self {
            Values::Numbers(values) => values[row * width..(row + 1) * width].iter().any(|y| !y.is_nan()),
            Values::Classes(labels) => labels[row].is_some(),
        }
    }

    /// The targets of some rows, on the scale of `scaler`.
    pub fn select(&self, rows: &[usize], info: &TargetInfo, scaler: Option<&Scaler>) -> Targets<f64> {
        match self {
            Values::Numbers(values) => {
                let width = info.names.len();
                let mut values: Vec<f64> =
                    rows.iter().flat_map(|&row| &values[row * width..(row + 1) * width]).copied().collect();
                if let Some(scaler) = scaler {
                    scaler.transform(&mut values);
                }
                Targets::Numbers { width, values }
            }
            Values::Classes(labels) => Targets::Classes {
                count: info.classes.len(),
                labels: rows.iter().map(|&row| labels[row].unwrap_or(0)).collect(),
            },
        }
    }

    /// The classes as numbers, for splits; rows without one count as the first.
    pub fn labels(&self) -> Option<Vec<usize>> {
        match self {
            Values::Classes(labels) => Some(labels.iter().map(|label| label.unwrap_or(0)).collect()),
            Values::Numbers(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use data::Column;

    fn classes(cells: &[&str]) -> Vec<String> {
        let column = Column::new("c", data::Values::Text(cells.iter().copied().collect()));
        let table = Table::from_columns("test", vec![column]).unwrap();
        let data =
            spec::data::Data { target: vec!["c".into()], task: Some(Task::Classification), ..Default::default() };
        TargetInfo::find(&table, &Experiment { data, ..Experiment::default() }).unwrap().0.classes
    }

    #[test]
    fn classes_that_are_numbers_are_ordered_by_size_and_others_by_letters() {
        assert_eq!(classes(&["10", "9", "10", "9", "1.0", "1", "1.0", "1"]), ["1", "1.0", "9", "10"]);
        assert_eq!(classes(&["2", "10", "1x", "2", "10", "1x"]), ["10", "1x", "2"]);
    }
}
