//! Curves: how training and validation errors change with the number of rows or with a setting, and which part of the
//! error is bias and which is variance.
//!
//! A learning curve shows whether more rows would help, a validation curve whether a model is too small or too large
//! \[Hastie2009\]. Both rest on training and validation rows alone: test rows decide nothing here.

pub mod check;
mod fault;
pub mod rows;
pub mod values;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::text::{parsed, pieces};

/// The field that stands for the number of training rows.
pub const ROWS: &str = "rows";

/// Errors on training and validation rows over the values of one field.
///
/// ```
/// let curve: spec::curve::Curve = "model.hidden=8,16,32".parse()?;
/// assert_eq!((curve.field.as_str(), curve.values.len()), ("model.hidden", 3));
/// # Ok::<(), spec::error::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// `rows` for the number of training rows, or the path of a setting, such as `model.hidden` or `train.l2`.
    pub field: String,
    /// Its values. A plain number where the setting is a list stands for a list of one. Of `rows` they are by default six,
    /// evenly spaced in the logarithm, from a tenth to all training rows of the smallest fold.
    #[serde(default)]
    pub values: Vec<Value>,
    /// Bootstrap samples of the training rows, on each of which a model is trained to tell bias from variance; zero for
    /// none, otherwise at least 2.
    #[serde(default)]
    #[schemars(range(min = 0, max = 1000))]
    pub resamples: usize,
}

impl std::str::FromStr for Curve {
    type Err = Error;
    /// From `FIELD`, or `FIELD=VALUE,VALUE,...`; commas inside brackets belong to a value.
    fn from_str(text: &str) -> Result<Self> {
        let (field, values) = text.split_once('=').map_or((text, None), |(field, values)| (field, Some(values)));
        let field = field.trim();
        let values: Vec<&str> = values.map_or_else(Vec::new, pieces);
        if field.split('.').any(str::is_empty) || values.iter().any(|value| value.trim().is_empty()) {
            return Err(Error::NotACurve { text: text.into() });
        }
        Ok(Curve { field: field.into(), values: values.into_iter().map(parsed).collect(), resamples: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn curves_survive_the_file_of_their_experiment() {
        let curves = ["rows=10,20", "model.hidden=8,[16, 8]", "model.activation=relu,tanh", "train.l2=0,0.1"];
        let curves = curves.map(|text| text.parse().unwrap()).to_vec();
        let experiment = crate::experiment::Experiment { curves, ..Default::default() };
        let text = toml::to_string(&experiment).unwrap();
        assert_eq!(crate::document::from_toml(&text, "run.toml", &[]).unwrap(), experiment);
    }

    #[test]
    fn commas_part_values_outside_brackets_only() {
        let values = |text: &str| text.parse::<Curve>().unwrap().values;
        assert_eq!(values("rows"), Vec::<Value>::new());
        assert_eq!(values("model.hidden=8,[16, 8]"), [json!(8), json!([16, 8])]);
        assert_eq!(values("model.activation=relu, tanh"), [json!("relu"), json!("tanh")]);
        assert_eq!(values("train.l2=0.0,1e-3"), [json!(0.0), json!(1e-3)]);
        for text in ["", "=1,2", "model..hidden=1", "model.hidden=", "model.hidden=1,,2"] {
            let message = text.parse::<Curve>().unwrap_err().to_string();
            assert!(message.contains("is not a curve"), "{message}");
        }
    }
}
