//! Parameters that may be varied, as they are written down.

use bayes::Axis;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A parameter that may be varied in an experiment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Parameter {
    /// Any number between two bounds.
    Continuous {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// The lowest value.
        low: f64,
        /// The highest value.
        high: f64,
        /// Search on a logarithmic scale: for values over several decades.
        #[serde(default)]
        log: bool,
    },
    /// A whole number between two bounds.
    Integer {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// The lowest value.
        low: i64,
        /// The highest value.
        high: i64,
        /// Search on a logarithmic scale.
        #[serde(default)]
        log: bool,
    },
    /// An ordinal parameter: one of some numbers.
    Ordinal {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// The numbers, in any order.
        #[schemars(length(min = 1))]
        values: Vec<f64>,
        /// Search on a logarithmic scale.
        #[serde(default)]
        log: bool,
    },
    /// A categorical parameter: one of some labels.
    Categorical {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// The labels.
        #[schemars(length(min = 1))]
        values: Vec<String>,
    },
    /// One of some molecules; those with similar fingerprints (ECFP4) are expected to behave similarly.
    Molecule {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// SMILES.
        #[serde(default)]
        values: Vec<String>,
        /// A table with further molecules.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<String>,
        /// The column of that table that holds SMILES.
        #[serde(default = "smiles")]
        column: String,
    },
    /// A constant, which is recorded with every trial.
    Fixed {
        /// Its name; in Python that of its entry in the space.
        #[serde(default)]
        name: String,
        /// The value.
        value: Value,
    },
}

fn smiles() -> String {
    "smiles".into()
}

/// Whole numbers that are levels of their own, at most.
const MOST_LEVELS: i64 = 10_001;

impl Parameter {
    /// Its name.
    pub fn name(&self) -> &str {
        match self {
            Parameter::Continuous { name, .. }
            | Parameter::Integer { name, .. }
            | Parameter::Ordinal { name, .. }
            | Parameter::Categorical { name, .. }
            | Parameter::Molecule { name, .. }
            | Parameter::Fixed { name, .. } => name,
        }
    }

    /// The error in it, as text, and a hint.
    pub fn fault(&self) -> Option<(String, &'static str)> {
        let range = |low: f64, high: f64, log: bool| match () {
            () if !(high - low).is_finite() => Some((
                format!("{low:?} to {high:?} is not a range"),
                "give finite numbers that do not lie too far apart",
            )),
            () if low >= high => {
                Some((format!("the lowest value {low} is not below the highest {high}"), "exchange them"))
            }
            () if log && low <= 0.0 => {
                Some((format!("{low} has no logarithm"), "set `log = false`, or a lowest value above 0"))
            }
            () => None,
        };
        let repeated = |values: &[String]| {
            let twice = values.iter().enumerate().find(|(at, value)| values[..*at].contains(value));
            twice.map(|(_, value)| (format!("{value:?} stands twice"), "leave one out"))
        };
        match self {
            Parameter::Continuous { low, high, log, .. } => range(*low, *high, *log),
            Parameter::Integer { low, high, .. } if high.saturating_sub(*low) >= MOST_LEVELS => {
                let n = i128::from(*high) - i128::from(*low) + 1;
                Some((format!("there are {n} whole numbers from {low} to {high}"), "use `continuous`"))
            }
            Parameter::Integer { low, high, log, .. } => range(*low as f64, *high as f64, *log),
            Parameter::Ordinal { values, log, .. } => {
                let words: Vec<String> = values.iter().map(f64::to_string).collect();
                let wrong = values.iter().find(|value| !value.is_finite() || (*log && **value <= 0.0));
                let unfit = |value: &f64| {
                    (format!("{value} cannot be one of the values"), "give finite numbers, above 0 for `log`")
                };
                wrong.map(unfit).or_else(|| repeated(&words))
            }
            Parameter::Categorical { values, .. } | Parameter::Molecule { values, .. } => repeated(values),
            Parameter::Fixed { .. } => None,
        }
    }

    /// Its axis of the space, except for molecules, whose similarity is not known here; none where nothing varies.
    pub fn axis(&self) -> Option<Axis> {
        match self {
            Parameter::Continuous { .. } => Some(Axis::Continuous),
            Parameter::Integer { low, high, .. } => {
                Some(Axis::Levels((*low..=*high).map(|value| self.share(value as f64)).collect()))
            }
            Parameter::Ordinal { values, .. } => {
                let mut sorted = values.clone();
                sorted.sort_by(f64::total_cmp);
                Some(Axis::Levels(sorted.iter().map(|value| self.share(*value)).collect()))
            }
            Parameter::Categorical { values, .. } | Parameter::Molecule { values, .. } => {
                Some(Axis::Categories(values.len()))
            }
            Parameter::Fixed { .. } => None,
        }
    }

    /// Lowest and highest number, and whether steps are factors.
    pub fn range(&self) -> Option<([f64; 2], bool)> {
        match self {
            Parameter::Continuous { low, high, log, .. } => Some(([*low, *high], *log)),
            Parameter::Integer { low, high, log, .. } => Some(([*low as f64, *high as f64], *log)),
            Parameter::Ordinal { values, log, .. } => {
                let low = values.iter().copied().fold(f64::INFINITY, f64::min);
                let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                Some(([low, high], *log))
            }
            _ => None,
        }
    }

    /// Its values, where they are labels.
    pub fn words(&self) -> &[String] {
        match self {
            Parameter::Categorical { values, .. } | Parameter::Molecule { values, .. } => values,
            _ => &[],
        }
    }

    /// A number as a fraction of the way from the lowest to the highest.
    fn share(&self, value: f64) -> f64 {
        let Some(([low, high], log)) = self.range() else { return value };
        match (high > low, log) {
            (false, _) => 0.5,
            (true, false) => (value - low) / (high - low),
            (true, true) => (value / low).ln() / (high / low).ln(),
        }
    }

    /// The position of a value on its axis; otherwise the error in it, as text.
    pub fn place(&self, value: &Value) -> Result<Option<f64>, String> {
        let listed = |values: &[String]| {
            let word = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let at = values.iter().position(|own| *own == word);
            at.map(|at| Some(at as f64)).ok_or_else(|| {
                let near = data_nearest(&word, values);
                format!("{word:?} is none of its {} values{near}", values.len())
            })
        };
        match self {
            Parameter::Fixed { .. } => Ok(None),
            Parameter::Categorical { values, .. } | Parameter::Molecule { values, .. } => listed(values),
            _ => {
                let number = number(value).ok_or_else(|| format!("{value} is not a number"))?;
                let ([low, high], _) = self.range().unwrap_or(([number; 2], false));
                // Digits that were lost on paper are forgiven.
                let slack = SAME * (high - low).abs();
                if number < low - slack || number > high + slack {
                    return Err(format!("{number} lies outside {low} to {high}"));
                }
                let share = self.share(number.clamp(low, high));
                let level = match self {
                    Parameter::Integer { .. } => Some(self.share(number.round())),
                    Parameter::Ordinal { values, .. } => {
                        values.iter().map(|own| self.share(*own)).find(|level| (level - share).abs() < SAME)
                    }
                    _ => return Ok(Some(share)),
                };
                let level = level.filter(|level| (level - share).abs() < SAME);
                level.map(Some).ok_or_else(|| format!("{number} is none of its values"))
            }
        }
    }

    /// The value at a position of its axis.
    pub fn value(&self, place: f64) -> Value {
        let between = |low: f64, high: f64, log: bool| match (log, place) {
            // The ends are exact.
            (_, p) if p <= 0.0 => low,
            (_, p) if p >= 1.0 => high,
            (false, p) => low + p * (high - low),
            (true, p) => low * (high / low).powf(p),
        };
        match self {
            Parameter::Continuous { low, high, log, .. } => Value::from(between(*low, *high, *log)),
            Parameter::Integer { low, high, log, .. } => {
                Value::from(between(*low as f64, *high as f64, *log).round() as i64)
            }
            Parameter::Ordinal { values, .. } => {
                let whole = values.iter().all(|value| value.fract() == 0.0 && value.abs() < EXACT);
                let nearest = values
                    .iter()
                    .min_by(|a, b| (self.share(**a) - place).abs().total_cmp(&(self.share(**b) - place).abs()));
                nearest.map_or(Value::Null, |value| match whole {
                    true => Value::from(*value as i64),
                    false => Value::from(*value),
                })
            }
            Parameter::Categorical { values, .. } | Parameter::Molecule { values, .. } => {
                values.get(place as usize).map_or(Value::Null, |value| Value::from(value.as_str()))
            }
            Parameter::Fixed { value, .. } => value.clone(),
        }
    }
}

/// Whole numbers below are what they are in double precision.
const EXACT: f64 = 9_007_199_254_740_992.0;
/// Fractions of a range that differ by less are the same.
const SAME: f64 = 1e-9;

/// A finite number; cells of a table are text until somebody needs one.
pub fn number(value: &Value) -> Option<f64> {
    let read = value.as_f64().or_else(|| value.as_str()?.trim().parse().ok());
    read.filter(|x| x.is_finite())
}

/// A neighbor of a word among others, as the end of a message.
fn data_nearest(word: &str, values: &[String]) -> String {
    let near = data::nearest(word, values.iter().map(String::as_str));
    near.first().map_or_else(String::new, |near| format!("; did you mean `{near}`?"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_come_back_from_their_places() {
        let name = || "x".to_owned();
        for (parameter, values) in [
            (
                Parameter::Continuous { name: name(), low: -3.0, high: 5.0, log: false },
                vec![json!(-3.0), json!(5.0), json!(1.0)],
            ),
            (Parameter::Continuous { name: name(), low: 1e-4, high: 1.0, log: true }, vec![json!(1e-4), json!(1.0)]),
            (Parameter::Integer { name: name(), low: 1, high: 1000, log: true }, vec![json!(1), json!(37), json!(999)]),
            (
                Parameter::Ordinal { name: name(), values: vec![90.0, 120.0, 105.0], log: false },
                vec![json!(105), json!(90)],
            ),
            (Parameter::Ordinal { name: name(), values: vec![0.5, 2.0], log: true }, vec![json!(0.5), json!(2.0)]),
            (Parameter::Categorical { name: name(), values: vec!["a".into(), "b".into()] }, vec![json!("b")]),
        ] {
            assert_eq!(parameter.fault(), None);
            for value in values {
                let place = parameter.place(&value).unwrap().unwrap();
                assert_eq!(parameter.value(place), value, "{parameter:?}");
            }
        }
    }

    #[test]
    fn what_is_no_value_is_told() {
        let parameter = Parameter::Categorical { name: "x".into(), values: vec!["DMAc".into(), "BuCN".into()] };
        assert!(parameter.place(&json!("DMAC")).unwrap_err().contains("did you mean `DMAc`?"));
        let parameter = Parameter::Integer { name: "x".into(), low: 1, high: 4, log: false };
        assert!(parameter.place(&json!(2.5)).unwrap_err().contains("none of its values"));
        assert!(parameter.place(&json!(7)).unwrap_err().contains("outside 1 to 4"));
        let backwards = Parameter::Continuous { name: "x".into(), low: 2.0, high: 1.0, log: false };
        assert!(backwards.fault().unwrap().0.contains("not below"));
        let wide = Parameter::Continuous { name: "x".into(), low: -1e308, high: 1e308, log: false };
        assert!(wide.fault().unwrap().0.contains("not a range"));
        let many = Parameter::Integer { name: "x".into(), low: i64::MIN, high: i64::MAX, log: false };
        assert!(many.fault().unwrap().0.contains("there are 18446744073709551616 whole numbers"));
    }
}
