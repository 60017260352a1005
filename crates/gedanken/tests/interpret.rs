//! What explanations promise: they add up, they find what counts, and they are those of their definitions.

use gedanken::{
    Column, Data, Ensemble, Experiment, Interpret, Interpretation, Model, ModelKind, Options, Setting, Table, Values,
    from_toml, run_table,
};
use nn::Loss;
use nn::models::{Mlp, Ridge};

/// Six features of which the last says nothing; the first two act together.
fn table(n: usize) -> Table {
    let feature = |k: usize| {
        let mut random = tensor::random::Key::new(k as u64, "table").random();
        (0..n).map(|_| random.normal()).collect::<Vec<f64>>()
    };
    let x: Vec<Vec<f64>> = (0..6).map(feature).collect();
    let y = (0..n).map(|i| 2.0 * x[0][i] * x[1][i] + x[2][i] - 3.0 * x[3][i] + 0.5 * x[4][i]).collect();
    let mut columns: Vec<Column> =
        x.into_iter().enumerate().map(|(k, x)| Column::new(&format!("x{k}"), Values::Number(x))).collect();
    columns.push(Column::new("y [K]", Values::Number(y)));
    Table::from_columns("test", columns).unwrap()
}

fn model(kind: ModelKind) -> Model {
    let mut experiment = Experiment {
        data: Data { target: vec!["y".into()], ..Data::default() },
        model: kind,
        baselines: false,
        ..Experiment::default()
    };
    experiment.train.epochs = 40;
    run_table(&experiment, table(120), &Options::default()).unwrap().model
}

fn ridge() -> Model {
    model(ModelKind::Ridge(Ridge { penalty: Some(1e-6) }))
}

fn mlp() -> Model {
    model(ModelKind::Mlp(Mlp { hidden: vec![16], dropout: 0.0, ..Mlp::default() }))
}

fn ask(model: &Model, asked: &Interpret) -> Interpretation {
    gedanken::interpret(model, table(120), asked, &|_| {}).unwrap()
}

/// Predictions for rows whose features come from other rows, made by hand.
fn mixed(model: &Model, pick: &[[usize; 6]]) -> Vec<f64> {
    let whole = table(120);
    let column = |k: usize| match &whole.columns[k].values {
        Values::Number(x) => Column::new(&format!("x{k}"), Values::Number(pick.iter().map(|p| x[p[k]]).collect())),
        Values::Text(_) => unreachable!(),
    };
    let table = Table::from_columns("mixed", (0..6).map(column).collect()).unwrap();
    model.predict(table).unwrap().values
}

/// Of a linear model the Shapley value is the weight times the distance from the background mean, whatever the others are.
#[test]
fn of_a_linear_model_shapley_values_are_its_slopes_times_distances() {
    let model = ridge();
    let found = ask(&model, &Interpret { rows: vec![4], background: 120, ..Interpret::default() });
    let only = &found.explained[0];
    assert!(only.exact);
    let rows: Vec<[usize; 6]> = (0..120).map(|row| [row; 6]).collect();
    let mean = mixed(&model, &rows).iter().sum::<f64>() / 120.0;
    assert!((only.mean - mean).abs() < 1e-4, "{} {mean}", only.mean);
    for k in 0..6 {
        // All features as in row 4 but one, which comes from every row in turn.
        let others: Vec<[usize; 6]> =
            (0..120).map(|row| std::array::from_fn(|at| if at == k { row } else { 4 })).collect();
        let expected = only.predicted - mixed(&model, &others).iter().sum::<f64>() / 120.0;
        let share = only.features.iter().find(|f| f.feature == format!("x{k}")).unwrap();
        assert!((share.shapley - expected).abs() < 1e-4, "x{k}: {} {expected}", share.shapley);
        assert!((share.gradient.unwrap() - expected).abs() < 1e-4, "x{k}: {:?} {expected}", share.gradient);
    }
}

/// The definition itself, by all 720 orders of six features, with seven background rows.
#[test]
fn shapley_values_of_six_inputs_are_the_mean_over_all_orders() {
    let model = mlp();
    let asked = Interpret { rows: vec![9], background: 7, ..Interpret::default() };
    let found = ask(&model, &asked);
    let only = &found.explained[0];
    // The background rows, found by their mean prediction over the same draw.
    let mut background = tensor::random::Key::new(0, "background").random().permutation(120);
    background.truncate(7);
    let mut sums = [0.0; 6];
    let orders = orders(6);
    assert_eq!(orders.len(), 720);
    for order in &orders {
        let mut rows = Vec::new();
        for step in 0..=6 {
            let present = &order[..step];
            let row = |b: usize| std::array::from_fn(|k| if present.contains(&k) { 9 } else { b });
            rows.extend(background.iter().map(|&b| row(b)));
        }
        let worth: Vec<f64> = mixed(&model, &rows).chunks(7).map(|b| b.iter().sum::<f64>() / 7.0).collect();
        order.iter().enumerate().for_each(|(step, &k)| sums[k] += (worth[step + 1] - worth[step]) / 720.0);
    }
    for (k, expected) in sums.iter().enumerate() {
        let share = only.features.iter().find(|f| f.feature == format!("x{k}")).unwrap();
        assert!((share.shapley - expected).abs() < 1e-4, "x{k}: {} {expected}", share.shapley);
    }
    let total: f64 = only.features.iter().map(|f| f.shapley).sum();
    assert!((only.mean + total - only.predicted).abs() < 1e-4);
}

fn orders(n: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for next in 0..n {
        let put = |order: &Vec<usize>| {
            (0..=order.len()).map(|at| [&order[..at], &[next], &order[at..]].concat()).collect::<Vec<_>>()
        };
        all = all.iter().flat_map(put).collect();
    }
    all
}

/// Completeness: start and shares add up to the prediction, the better the finer the path.
#[test]
fn integrated_gradients_are_complete() {
    let model = mlp();
    let error = |steps: usize| {
        let found = ask(&model, &Interpret { rows: vec![3, 50], steps, ..Interpret::default() });
        let error = |e: &gedanken::Explained| {
            let sum = e.features.iter().map(|f| f.gradient.unwrap()).sum::<f64>();
            let lacks = e.predicted - e.gradient_start.unwrap() - sum;
            assert!((lacks - e.gradient_error.unwrap()).abs() < 1e-9);
            lacks.abs()
        };
        found.explained.iter().map(error).fold(0.0, f64::max)
    };
    assert!(error(2000) < 2e-3, "{}", error(2000));
    assert!(error(2000) < error(4));
}

/// Probabilities with a temperature, means of a network that says its deviation, logarithms: the path leads to what is
/// predicted all the same.
#[test]
fn integrated_gradients_are_complete_for_every_kind_of_prediction() {
    let classes = |row: usize, y: f64| {
        if y > 0.5 {
            "high"
        } else if row.is_multiple_of(9) {
            "odd"
        } else {
            "low"
        }
        .to_owned()
    };
    let mut whole = table(600);
    let Values::Number(y) = whole.columns[6].values.clone() else { unreachable!() };
    let words: Vec<String> = y.iter().enumerate().map(|(row, &y)| classes(row, y)).collect();
    let positive: Vec<f64> = y.iter().map(|y| (y / 4.0).exp()).collect();
    whole.columns.push(Column::new("class", Values::Text(words.iter().map(String::as_str).collect())));
    whole.columns.push(Column::new("positive", Values::Number(positive)));
    for (target, loss, log) in
        [("class", None, false), ("y", Some(Loss::GaussianNegativeLogLikelihood), false), ("positive", None, true)]
    {
        let mut experiment = Experiment {
            data: Data {
                target: vec![target.into()],
                features: (0..6).map(|k| format!("x{k}")).collect(),
                ..Data::default()
            },
            model: ModelKind::Averaging(Ensemble {
                members: 2,
                of: Box::new(ModelKind::Mlp(Mlp { hidden: vec![16], dropout: 0.0, ..Mlp::default() })),
            }),
            loss,
            baselines: false,
            ..Experiment::default()
        };
        experiment.train.epochs = 20;
        experiment.scale.log_targets = log;
        let outcome = run_table(&experiment, whole.clone(), &Options::default()).unwrap();
        let asked = Interpret { rows: vec![0, 7, 18], steps: 2000, ..Interpret::default() };
        let found = gedanken::interpret(&outcome.model, whole.clone(), &asked, &|_| {}).unwrap();
        if target == "class" {
            let temperature = outcome.uncertainty[0].temperature.as_ref().unwrap().temperature;
            assert!((temperature - 1.0).abs() > 0.01, "{temperature}");
        }
        for one in &found.explained {
            let total: f64 = one.features.iter().map(|f| f.shapley).sum();
            assert!((one.mean + total - one.predicted).abs() < 1e-4, "{target}: {one:?}");
            assert!(one.gradient_error.unwrap().abs() < 2e-3 * (1.0 + one.predicted.abs()), "{target}: {one:?}");
        }
    }
}

/// A plane counts as much as both networks beside it, in the slopes too.
#[test]
fn gradients_of_a_vote_add_up_to_its_prediction() {
    let text = "baselines = false\n[data]\ntarget = ['y']\nfeatures = ['x0', 'x1', 'x3']\n[train]\nepochs = 10\n[model]\nkind = 'voting'\n\
                of = [{ kind = 'averaging', members = 2, of = { kind = 'mlp', hidden = [8] } }, { kind = 'ridge' }]";
    let experiment = from_toml(text, "vote", &[Setting::new("split.folds", 2)]).unwrap();
    let outcome = run_table(&experiment, table(120), &Options::default()).unwrap();
    let asked = Interpret { rows: vec![0, 7], steps: 2000, ..Interpret::default() };
    for one in &gedanken::interpret(&outcome.model, table(120), &asked, &|_| {}).unwrap().explained {
        assert!(one.gradient_error.unwrap().abs() < 2e-3 * (1.0 + one.predicted.abs()), "{one:?}");
    }
}

#[test]
fn what_counts_is_found_and_what_says_nothing_is_not() {
    let found = ask(&mlp(), &Interpret::default()).importance.unwrap();
    let names: Vec<&str> = found.features.iter().map(|f| f.name.as_str()).collect();
    assert_eq!((names[0], found.features[0].low > 0.0), ("x3", true), "{names:?}");
    let nothing = found.features.iter().find(|f| f.name == "x5").unwrap();
    assert!(nothing.loss < 0.1 * found.features[0].loss, "{nothing:?}");
    assert_eq!((found.rows, found.repeats), (120, 10));
}

/// A line has the slope of its feature everywhere; the curves of single rows are parallel to it.
#[test]
fn the_dependence_of_a_linear_model_is_a_line() {
    let found = ask(&ridge(), &Interpret { features: vec!["x3".into()], ..Interpret::default() });
    let [only] = &found.dependence[..] else { panic!("{}", found.dependence.len()) };
    for curve in only.single.iter().chain([&only.mean]) {
        for at in 1..only.values.len() {
            let slope = (curve[at] - curve[at - 1]) / (only.values[at] - only.values[at - 1]);
            assert!((slope + 3.0).abs() < 0.2, "{slope}");
        }
    }
}

#[test]
fn neighbors_are_near_and_clearly_otherwise() {
    let found = ask(&mlp(), &Interpret { rows: vec![9], ..Interpret::default() });
    let only = &found.explained[0];
    let [low, high] = only.interval.unwrap();
    assert!(!only.counterfactuals.is_empty());
    for c in &only.counterfactuals {
        assert!(c.row != 9 && c.change.abs() > 0.5 * (high - low), "{c:?}");
        assert!((c.change - (c.predicted - only.predicted)).abs() < 1e-12);
    }
}

#[test]
fn the_same_seed_gives_the_same_explanation_for_any_number_of_threads() {
    let asked = Interpret { rows: vec![1], ..Interpret::default() };
    let model = mlp();
    let with = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| (ask(&model, &asked), ask(&model, &Interpret::default())))
    };
    assert_eq!(with(1), with(3));
}
