//! Curves from whole runs.

use gedanken::{
    Column, Control, CurveReport, Error, Event, Options, Outcome, Setting, Table, Values, from_toml, run_table,
};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

const ROWS: usize = 120;

/// A number in 0 .. 10 with `copies` equal rows for each, and `y = 2 a + 1` with an error of plus or minus one.
fn table(copies: usize, spoil: impl Fn(usize, f64) -> f64) -> Table {
    let a = |row: usize| (row / copies * 37 % 101) as f64 / 10.0;
    let y = |row: usize| 2.0 * a(row) + 1.0 + if (row * 7919 % 13).is_multiple_of(2) { 1.0 } else { -1.0 };
    let columns = vec![
        Column::new("a", Values::Number((0..ROWS).map(a).collect())),
        Column::new("y", Values::Number((0..ROWS).map(|row| spoil(row, y(row))).collect())),
    ];
    Table::from_columns("numbers", columns).unwrap()
}

fn fit_with(settings: &[&str], table: Table, options: &Options<'_>) -> Result<Outcome, Error> {
    let start = "baselines = false\ndata = { target = ['y'], features = ['a'] }";
    let settings: Vec<Setting> = settings.iter().map(|s| s.parse().unwrap()).collect();
    run_table(&from_toml(start, "run.toml", &settings)?, table, options)
}

fn fit(settings: &[&str], table: Table) -> Outcome {
    fit_with(settings, table, &Options::default()).unwrap()
}

fn errors(curve: &CurveReport) -> Vec<(f64, f64)> {
    curve.points.iter().map(|point| (point.training.mean, point.validation.mean)).collect()
}

const NETWORK: [&str; 2] = ["model={kind='mlp', hidden=[6]}", "train.epochs=15"];

#[test]
fn the_number_of_threads_and_the_test_rows_change_no_bit_of_a_curve() {
    let settings = [&NETWORK[..], &["curves=[{field='rows', values=[20, 60], resamples=3}]"]].concat();
    let with = |threads, table| fit_with(&settings, table, &Options { threads, ..Options::default() }).unwrap();
    let one = with(1, table(1, |_, y| y));
    assert_eq!(one.curves, with(2, table(1, |_, y| y)).curves);
    let test = one.folds[0].test.clone();
    let spoiled = with(2, table(1, |row, y| if test.contains(&row) { 1000.0 + y } else { y }));
    assert_ne!(one.scores, spoiled.scores);
    assert_eq!(one.curves, spoiled.curves);
}

#[test]
fn a_curve_leaves_the_model_as_it_is_and_its_own_value_repeats_the_training() {
    let settings = [&NETWORK[..], &["curves=[{field='train.l2', values=[0.0, 0.1]}, {field='rows'}]"]].concat();
    let (with, without) = (fit(&settings, table(1, |_, y| y)), fit(&NETWORK, table(1, |_, y| y)));
    assert_eq!(with.predictions[0].predicted, without.predictions[0].predicted);
    assert!(with.model.experiment.curves.is_empty() && without.curves.is_empty());
    let squares = with.predictions[0].errors(&with.model.target).iter().map(|e| e * e).sum::<f64>();
    let rmse = (squares / with.predictions[0].rows.len() as f64).sqrt();
    // The value of the experiment, and all rows.
    for (curve, point) in [(0, 0), (1, 5)] {
        let found = with.curves[curve].points[point].validation.mean;
        assert!((found - rmse).abs() < 1e-12, "{found} {rmse}");
    }
    let json = with.to_json();
    assert_eq!(json["curves"][0]["field"], "train.l2");
    assert_eq!(json["curves"][1]["points"][5]["value"], 96);
    assert_eq!(json["curves"][1]["over"], "draws");
}

#[test]
fn equal_inputs_tell_the_noise() {
    let curve = "curves=[{field='model.penalty', values=[1e-3], resamples=20}]";
    let settings = ["model={kind='ridge'}", "split.folds=3", curve];
    let parts = |copies| fit(&settings, table(copies, |_, y| y)).curves[0].points[0].decomposition.unwrap();
    // The errors are plus and minus one; a line has no bias, and twenty samples little variance.
    let found = parts(12);
    let noise = found.noise.unwrap();
    assert!((0.8..1.25).contains(&noise) && found.bias < 0.3 && found.variance < 0.2, "{found:?}");
    let unknown = parts(1);
    assert_eq!(unknown.noise, None);
    assert!((0.7..1.4).contains(&unknown.bias), "{unknown:?}");
}

#[test]
fn the_mean_predicts_a_constant_and_errs_as_the_mean_does() {
    let settings = ["model={kind='mean'}", "split.folds=4", "curves=[{field='rows', values=[12, 60], resamples=30}]"];
    let curve = &fit(&settings, table(1, |_, y| y)).curves[0];
    let (last, parts) = (&curve.points[1], curve.points[1].decomposition.unwrap());
    assert!((last.validation.mean / curve.mean_error - 1.0).abs() < 0.1, "{curve:?}");
    // The mean of n resampled rows has the variance of the rows over n: here about 36 / 60.
    assert!((0.3..1.0).contains(&parts.variance) && parts.bias > 20.0 * parts.variance, "{parts:?}");
    assert!(curve.points[0].decomposition.unwrap().variance > 2.0 * parts.variance, "{curve:?}");
    assert!(curve.verdict.iter().any(|sentence| sentence.contains("underfits") || sentence.contains("bias")));
}

#[test]
fn every_fold_gives_an_error_and_they_an_interval() {
    let settings = ["model={kind='ridge'}", "split.folds=3", "split.repeats=2", "curves=[{field='rows', values=[10]}]"];
    let outcome = fit(&settings, table(1, |_, y| y));
    let validation = &outcome.curves[0].points[0].validation;
    assert_eq!(validation.splits.len(), 6);
    assert!(validation.low < Some(validation.mean) && validation.high > Some(validation.mean));
    assert_eq!(outcome.curves[0].over, "folds");
}

#[test]
fn a_curve_over_training_is_that_of_the_model_that_is_kept() {
    let settings = ["compare=[{kind='mean'}, {kind='ridge'}]", "curves=[{field='rows', values=[80]}]"];
    let compared = fit(&settings, table(1, |_, y| y));
    let ridge = fit(&["model={kind='ridge'}", settings[1]], table(1, |_, y| y));
    assert_eq!(errors(&compared.curves[0]), errors(&ridge.curves[0]));
}

#[test]
fn other_features_of_molecules_are_made_for_each_value() {
    let smiles = ["CCO", "CCCO", "c1ccccc1", "CC(=O)O", "CCN", "CCCC", "CC#N", "OCC(O)CO", "ClCCl", "CCCCCCO"];
    let text = Values::Text((0..60).map(|row| smiles[row % smiles.len()]).collect());
    let y = Values::Number((0..60).map(|row| (row % smiles.len() * 7 % 10) as f64 + (row % 3) as f64 / 10.0).collect());
    let table = Table::from_columns("molecules", vec![Column::new("smiles", text), Column::new("y", y)]).unwrap();
    let start = "baselines = false\nmodel = { kind = 'ridge' }\ndata = { target = ['y'], smiles = 'smiles' }\n\
                 curves = [{ field = 'molecules.maccs', values = [true, false] }]";
    let outcome = run_table(&from_toml(start, "run.toml", &[]).unwrap(), table, &Options::default()).unwrap();
    let found = errors(&outcome.curves[0]);
    assert!(found[0] != found[1] && found.iter().all(|error| error.0.is_finite()), "{found:?}");
}

#[test]
fn a_curve_can_be_interrupted() {
    let begun = AtomicBool::new(false);
    let watch = |event: Event<'_>| {
        if matches!(event, Event::Curve("rows")) {
            begun.store(true, Relaxed);
        }
        if begun.load(Relaxed) { Control::Interrupt } else { Control::Continue }
    };
    let settings = ["model={kind='ridge'}", "curves=[{field='rows'}]"];
    let stopped = fit_with(&settings, table(1, |_, y| y), &Options { watch: &watch, ..Options::default() });
    assert!(matches!(stopped, Err(Error::Interrupted { .. })));
}

#[test]
fn rows_that_do_not_differ_are_told_with_their_number() {
    let settings = ["model={kind='ridge'}", "curves=[{field='rows', values=[2, 60], resamples=30}]"];
    let error = fit_with(&settings, table(1, |_, y| y), &Options::default());
    let message = error.err().map(|error| error.to_string()).unwrap_or_default();
    assert!(
        message.starts_with("a bootstrap sample of 2 training rows cannot be learned from: all features"),
        "{message}"
    );
}

#[test]
fn impossible_curves_are_told_before_anything_is_trained() {
    let trained = AtomicBool::new(false);
    let watch = |event: Event<'_>| {
        if matches!(event, Event::Trainings(_) | Event::Baseline(_)) {
            trained.store(true, Relaxed);
        }
        Control::Continue
    };
    for (curve, words) in [
        ("{field='rows', values=[500]}", "the smallest training set has 96 rows"),
        ("{field='train.l2', values=[-1]}", "at least 0"),
        ("{field='train.l2', values=[0.1], resamples=1}", "1 resample has no variance"),
    ] {
        let curves = format!("curves=[{curve}]");
        let settings = [NETWORK[0], NETWORK[1], &curves];
        let error = fit_with(&settings, table(1, |_, y| y), &Options { watch: &watch, ..Options::default() });
        let message = error.err().map(|error| error.to_string()).unwrap_or_default();
        assert!(message.contains(words) && message.contains("hint: "), "{curve}: {message}");
    }
    assert!(!trained.load(Relaxed));
}
