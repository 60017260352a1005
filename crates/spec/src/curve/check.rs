//! A curve against the experiment: each value is set as `--set` would set it, before anything is trained.

use serde_json::{Value, json};

use crate::curve::fault::{place, wrong};
use crate::curve::values::in_order;
use crate::curve::{Curve, ROWS, rows};
use crate::document::{Setting, with_setting};
use crate::error::Result;
use crate::experiment::Experiment;

/// One value of a curve, and the experiment that it makes.
pub struct Step {
    pub value: Value,
    pub experiment: Experiment,
}

/// Fields whose values no curve can compare, with the reason.
const SENSELESS: [(&str, &str); 7] = [
    ("data", "another table or another column is another question"),
    ("seed", "a seed is not better than another"),
    ("split", "each value would be evaluated on other rows"),
    ("curves", "a curve of curves has no error"),
    ("compare", "a list of models is compared already"),
    ("uncertainty", "intervals are made after the training and do not change its error"),
    ("baselines", "baselines do not change the error of the model"),
];

/// Why the values of a field cannot be compared with each other; `None` where they can.
pub fn senseless(field: &str) -> Option<&'static str> {
    let root = field.split('.').next().unwrap_or_default();
    SENSELESS.iter().find(|(senseless, _)| *senseless == root).map(|(_, reason)| *reason)
}

/// Checks all curves of an experiment: fields, values, and numbers of resamples.
///
/// # Errors
/// The error of a wrong setting, and fields, values or numbers that cannot make a curve.
pub fn check(experiment: &Experiment) -> Result<()> {
    for (at, curve) in experiment.curves.iter().enumerate() {
        let root = curve.field.split('.').next().unwrap_or_default();
        if let Some(reason) = senseless(&curve.field) {
            let hint = "draw it over `rows`, or over a field of `model`, `train`, `scale` or `molecules`";
            return Err(wrong(curve, format!("a curve over `{}` is meaningless: {reason}", curve.field), hint));
        }
        if experiment.curves[..at].iter().any(|other| other.field == curve.field) {
            let message = format!("two curves are asked for over `{}`", curve.field);
            return Err(wrong(curve, message, "write all values into one of them"));
        }
        if root == "model" && !experiment.compare.is_empty() {
            let message = format!("which model is selected is not known yet, and so whether it has `{}`", curve.field);
            return Err(wrong(curve, message, "name one model with `--model` instead of `--compare`"));
        }
        if curve.resamples == 1 {
            return Err(wrong(curve, "1 resample has no variance".into(), "ask for at least 2, better for 20"));
        }
        match curve.field.as_str() {
            ROWS => rows::check(curve, usize::MAX)?,
            _ => steps(curve, experiment).map(drop)?,
        }
    }
    Ok(())
}

/// The experiments of a curve over a setting, one for each value; numbers by size.
pub fn steps(curve: &Curve, experiment: &Experiment) -> Result<Vec<Step>> {
    if curve.values.is_empty() {
        let hint = format!("give some, for example `--curve {}=8,16,32`", curve.field);
        return Err(wrong(curve, format!("the curve over `{}` has no values", curve.field), &hint));
    }
    let plain = Experiment { compare: Vec::new(), curves: Vec::new(), ..experiment.clone() };
    let document = json!(plain);
    let there = document.pointer(&format!("/{}", curve.field.replace('.', "/")));
    let step = |value: Value| {
        let experiment = match curve.field.rsplit_once('.') {
            // Another kind has other fields: those of the old one are dropped.
            Some((parent, "kind")) if there != Some(&value) => Setting::new(parent, json!({ "kind": value })),
            _ => Setting::new(&curve.field, value.clone()),
        };
        Ok(Step { experiment: with_setting(&plain, &experiment, &place(curve))?, value })
    };
    in_order(&curve.values).into_iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::from_toml;
    use crate::model::ModelKind;

    fn with(curve: &str, settings: &[&str]) -> Experiment {
        let settings: Vec<Setting> = settings.iter().map(|s| s.parse().unwrap()).collect();
        let experiment = from_toml("model = { kind = 'mlp' }", "run.toml", &settings).unwrap();
        Experiment { curves: vec![curve.parse().unwrap()], ..experiment }
    }

    #[test]
    fn a_number_for_a_list_is_a_list_of_one() {
        let experiment = with("model.hidden=16,8,[4, 4]", &[]);
        let steps = steps(&experiment.curves[0], &experiment).unwrap();
        let hidden = |step: &Step| match &step.experiment.model {
            ModelKind::Mlp(mlp) => mlp.hidden.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(steps.iter().map(hidden).collect::<Vec<_>>(), [vec![16], vec![8], vec![4, 4]]);
        assert!(steps.iter().all(|step| step.experiment.curves.is_empty()));
    }

    #[test]
    fn another_kind_takes_its_own_fields() {
        let experiment = with("train.optimizer.kind=adam,sgd", &["train.optimizer.beta1=0.5"]);
        let steps = steps(&experiment.curves[0], &experiment).unwrap();
        assert_eq!(steps[0].experiment.train, experiment.train);
        assert_ne!(steps[1].experiment.train.optimizer, experiment.train.optimizer);
    }

    #[test]
    fn a_wrong_field_or_value_is_told_as_a_setting_would_be() {
        for (curve, words) in [
            ("model.hiden=8", "did you mean `hidden`?"),
            ("model.dropout=0.1,2", "at most 0.95"),
            ("model.members=2,3", "it is a field of `bagging`, `averaging`"),
            ("train.epochs=many", "integer"),
            ("scale.inputs=standard,standrd", "did you mean `standard`?"),
            ("train.epochs", "has no values"),
            ("split.folds=2,3", "evaluated on other rows"),
            ("seed=1,2", "not better than another"),
            ("rows=1,20", "at least 2"),
            ("rows=many", "whole number"),
        ] {
            let message = check(&with(curve, &[])).unwrap_err().to_string();
            assert!(message.contains(words) && message.contains("the curve over `"), "{curve}: {message}");
        }
    }

    #[test]
    fn a_kept_model_that_is_not_known_has_no_fields() {
        let message =
            check(&with("model.hidden=8", &["compare=[{kind='mlp'}, {kind='ridge'}]"])).unwrap_err().to_string();
        assert!(message.contains("instead of `--compare`"), "{message}");
        assert!(check(&with("train.l2=0.0,0.1", &["compare=[{kind='mlp'}, {kind='ridge'}]"])).is_ok());
    }
}
