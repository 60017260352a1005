//! What every model of the registry must keep: a new kind is one line in [`KINDS`].

use gedanken::{
    Column, Error, Experiment, Model, Options, Precision, Range, Setting, Table, Values, from_toml, run_table, schema,
};

/// Kind, whether it predicts numbers, whether it predicts classes, and a small form of it.
const KINDS: [(&str, bool, bool, &str); 30] = [
    ("mlp", true, true, "hidden = [8]\nbatch_norm = true"),
    (
        "sequential",
        true,
        true,
        "layers = [{ kind = 'dense', features = 6, activation = 'gelu' }, { kind = 'dropout', rate = 0.1 }]",
    ),
    ("perceptron", true, true, "epochs = 5"),
    ("logistic", false, true, ""),
    ("ridge", true, false, ""),
    ("lasso", true, false, ""),
    ("elastic_net", true, false, ""),
    ("pls", true, false, ""),
    ("rnn", true, true, "hidden = 4\n[data.sequence]\nkind = 'columns'"),
    ("lstm", true, true, "hidden = 4\nattention = true\n[data.sequence]\nkind = 'columns'"),
    ("gru", true, true, "hidden = 3\nbidirectional = true\nembed = 4\n[data.sequence]\nkind = 'columns'"),
    ("seq2seq", false, false, ""),
    ("convolution", true, true, "features = 4\nlayers = 1\n[data.sequence]\nkind = 'columns'"),
    (
        "lenet",
        true,
        true,
        "features = [2, 3]\nkernel = 1\nhidden = [4]\n[data.images]\npixels = [1, 2]\ninput.size = [4, 4]",
    ),
    (
        "vgg",
        true,
        true,
        "features = [2]\nconvolutions = 1\nhidden = 3\n[data.images]\npixels = [1, 2]\ninput.size = [2, 2]",
    ),
    ("resnet", true, true, "features = [2, 3]\nblocks = 1\n[data.images]\npixels = [1, 2]\naugment.noise = 0.1"),
    (
        "resnet1d",
        true,
        true,
        "features = [2, 3]\nblocks = 1\nkernel = 3\nplaces = 1\n[data.sequence]\nkind = 'columns'",
    ),
    ("gcn", true, true, "features = 4\nlayers = 1\nhead = 3\nbatch_norm = true"),
    ("gat", true, true, "features = 2\nheads = 2\nlayers = 1\nhead = 3"),
    ("mpnn", true, true, "features = 4\nsteps = 1\nedge_hidden = 3\nhead = 3"),
    ("d_mpnn", true, true, "hidden = 5\ndepth = 2\nhead = [4]\ndropout = 0.1"),
    ("neural_fingerprint", true, true, "length = 6\nfeatures = 4\nradius = 1\nhead = 3"),
    ("random_forest", true, true, "trees = 5"),
    ("nearest_neighbors", true, true, "neighbors = 3"),
    ("gaussian_process", true, false, "restarts = 0"),
    ("mean", true, true, ""),
    ("auto", true, true, ""),
    ("bagging", true, true, "members = 3\nof = { kind = 'mlp', hidden = [4] }"),
    ("averaging", true, true, "members = 2\nof = { kind = 'mlp', hidden = [4] }"),
    (
        "voting",
        true,
        true,
        "of = [{ kind = 'averaging', members = 2, of = { kind = 'mlp', hidden = [4] } }, { kind = 'd_mpnn', hidden = 4, depth = 2 }]",
    ),
];

const ROWS: usize = 90;

/// Two numbers, a category with a gap, a molecule, a target that depends on them, two classes, and a target over decades.
fn table() -> Table {
    let at = |row: usize, step: usize, turn: usize| (row * step % turn) as f64 / 10.0;
    let (a, b): (Vec<f64>, Vec<f64>) = (0..ROWS).map(|row| (at(row, 37, 101), at(row, 53, 89))).unzip();
    let color = |row: usize| ["red", "green", "blue", ""][row * 7 % 4];
    let y: Vec<f64> = (0..ROWS).map(|row| 3.0 * a[row] - b[row] + 0.1 * at(row, 29, 17)).collect();
    let class = |row: usize| if y[row] > 10.0 { "high" } else { "low" };
    let text = |of: &dyn Fn(usize) -> &'static str| Values::Text((0..ROWS).map(of).collect());
    let molecules = Values::Text((0..ROWS).map(molecule).collect::<Vec<_>>().iter().map(String::as_str).collect());
    let (colors, classes) = (text(&color), text(&class));
    let columns = vec![
        Column::new("a", Values::Number(a)),
        Column::new("b", Values::Number(b)),
        Column::new("color", colors),
        Column::new("smiles", molecules),
        Column::new("y [K]", Values::Number(y.clone())),
        Column::new("class", classes),
        Column::new("z", Values::Number(y.iter().map(|y| 10_f64.powf(y / 20.0)).collect())),
    ];
    Table::from_columns("test", columns).unwrap()
}

/// Chains, from methane on, with one of four ends.
fn molecule(row: usize) -> String {
    format!("{}{}", "C".repeat(1 + row * 5 % 11), ["", "O", "C(=O)N", "c1ccccc1"][row * 3 % 4])
}

/// Those that read molecules.
const GRAPHS: [&str; 6] = ["gcn", "gat", "mpnn", "d_mpnn", "neural_fingerprint", "voting"];

fn experiment(kind: &str, form: &str, target: &str, more: &[(&str, &str)]) -> Experiment {
    experiment_with(kind, form, target, more.iter().map(|(path, value)| Setting::new(path, *value)).collect())
}

fn experiment_with(kind: &str, form: &str, target: &str, more: Vec<Setting>) -> Experiment {
    // A step is a number.
    let features = if form.contains("sequence") || form.contains("images") { "'a', 'b'" } else { "'a', 'b', 'color'" };
    let molecules = if GRAPHS.contains(&kind) { "smiles = 'smiles'\n" } else { "" };
    let text = format!(
        "baselines = false\n[data]\ntarget = ['{target}']\nfeatures = [{features}]\n{molecules}\
         [train]\nepochs = 4\nbatch = 16\n[model]\nkind = '{kind}'\n{form}"
    );
    from_toml(&text, "test", &more).unwrap_or_else(|e| panic!("{kind}: {e}"))
}

fn fit(experiment: &Experiment, threads: usize) -> Result<Model, Error> {
    Ok(run_table(experiment, table(), &Options { threads, ..Options::default() })?.model)
}

/// Every kind with every target that suits it.
fn suited() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    KINDS.into_iter().flat_map(|(kind, numbers, classes, form)| {
        let targets = [("y", numbers), ("class", classes)].into_iter().filter(|(_, suits)| *suits);
        targets.map(move |(target, _)| (kind, form, target))
    })
}

#[test]
fn every_kind_of_the_registry_is_listed() {
    let kinds = schema::schema()["$defs"]["ModelKind"]["oneOf"].as_array().unwrap();
    let names: Vec<&str> = kinds.iter().map(|kind| kind["properties"]["kind"]["const"].as_str().unwrap()).collect();
    assert_eq!(names, KINDS.map(|(kind, ..)| kind));
}

#[test]
fn a_target_that_does_not_suit_is_an_error_with_a_hint() {
    for (kind, numbers, classes, form) in KINDS {
        for (target, suits) in [("y", numbers), ("class", classes)] {
            let found = fit(&experiment(kind, form, target, &[]), 1);
            match found {
                Ok(_) => assert!(suits, "{kind} takes `{target}`"),
                Err(error) => {
                    assert!(!suits, "{kind}, {target}: {error}");
                    assert!(error.to_string().contains("hint: "), "{error}");
                }
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bytes_for_any_number_of_threads() {
    for (kind, form, target) in suited() {
        let experiment = experiment(kind, form, target, &[]);
        let bytes = [1, 3].map(|threads| fit(&experiment, threads).unwrap().to_bytes().unwrap());
        assert!(bytes[0] == bytes[1], "{kind}, {target}");
    }
}

#[test]
fn a_saved_and_loaded_model_predicts_the_same_bits() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, form, target) in suited() {
        let model = fit(&experiment(kind, form, target, &[]), 0).unwrap();
        let path = folder.path().join("model.safetensors");
        model.save(&path).unwrap();
        let loaded = Model::load(&path).unwrap();
        assert_eq!(loaded.predict(table()).unwrap(), model.predict(table()).unwrap(), "{kind}, {target}");
    }
}

#[test]
fn a_row_alone_and_among_others_is_predicted_alike() {
    for (kind, form, target) in suited() {
        let model = fit(&experiment(kind, form, target, &[]), 0).unwrap();
        let all = model.predict(table()).unwrap().values;
        let outputs = model.output_names().len();
        for row in [0, 3, ROWS - 1] {
            let one = model.predict(table().select(&[row])).unwrap().values;
            for (one, many) in one.iter().zip(&all[row * outputs..(row + 1) * outputs]) {
                assert!((one - many).abs() <= 1e-5 * (1.0 + many.abs()), "{kind}, {target}: {one} {many}");
            }
        }
    }
}

#[test]
fn probabilities_sum_to_one() {
    for (kind, form, _) in suited().filter(|(.., target)| *target == "class") {
        let model = fit(&experiment(kind, form, "class", &[]), 0).unwrap();
        for row in model.predict(table()).unwrap().values.chunks(2) {
            assert!((row[0] + row[1] - 1.0).abs() < 1e-6 && row.iter().all(|p| (0.0..=1.0).contains(p)), "{kind}");
        }
    }
}

/// The two precisions start from the same weights and see the same batches.
#[test]
fn single_precision_follows_double_precision() {
    for (kind, form, target) in suited() {
        let predict = |precision| {
            let model = fit(&experiment(kind, form, target, &[("precision", precision)]), 0).unwrap();
            model.predict(table()).unwrap().values
        };
        for (single, double) in predict("single").iter().zip(predict("double")) {
            assert!((single - double).abs() <= 5e-3 * (1.0 + double.abs()), "{kind}, {target}: {single} {double}");
        }
    }
}

/// Ways in which a network says how sure it is: settings, and whether a deviation comes with its predictions.
const SURE: [(&str, &[&str], bool); 5] = [
    ("y", &["loss={kind='gaussian_negative_log_likelihood'}"], true),
    ("y", &["loss={kind='quantile'}"], false),
    ("y", &["uncertainty.dropout_samples=7"], true),
    ("y", &["loss={kind='gaussian_negative_log_likelihood'}", "uncertainty.dropout_samples=7"], true),
    ("z", &["loss={kind='gaussian_negative_log_likelihood'}", "scale.log_targets=true"], true),
];

/// Each of them for a single network and for three: its name, the experiment, and whether there is a deviation.
fn sure() -> impl Iterator<Item = (String, Experiment, bool)> {
    let single = ("mlp", "hidden = [8]\ndropout = 0.3");
    let three = ("averaging", "members = 3\nof = { kind = 'mlp', hidden = [6], dropout = 0.3 }");
    SURE.into_iter().flat_map(move |(target, settings, deviation)| {
        [single, three].map(|(kind, form)| {
            let more = settings.iter().map(|setting| setting.parse().unwrap()).collect();
            (
                format!("{kind}, {settings:?}"),
                experiment_with(kind, form, target, more),
                deviation || kind == "averaging",
            )
        })
    })
}

#[test]
fn a_network_that_says_how_sure_it_is_keeps_what_every_model_keeps() {
    let folder = tempfile::tempdir().unwrap();
    for (name, experiment, deviation) in sure() {
        let model = fit(&experiment, 1).unwrap();
        assert!(model.to_bytes().unwrap() == fit(&experiment, 3).unwrap().to_bytes().unwrap(), "{name}");
        let path = folder.path().join("model.safetensors");
        model.save(&path).unwrap();
        let said = model.predict(table()).unwrap();
        assert_eq!(Model::load(&path).unwrap().predict(table()).unwrap(), said, "{name}");
        assert_eq!(said.values.len(), ROWS, "{name}");
        assert_eq!(said.deviation.is_some(), deviation, "{name}");
        assert!(said.deviation.iter().flatten().all(|d| d.is_finite() && *d > 0.0), "{name}");
        let Some(Range::Intervals(intervals)) = &said.range else { panic!("{name}") };
        assert!(intervals.len() == ROWS && intervals.iter().all(|[low, high]| low <= high), "{name}");
        for row in [0, 3, ROWS - 1] {
            let one = model.predict(table().select(&[row])).unwrap();
            assert_eq!(one.values, said.values[row..=row], "{name}");
            assert_eq!(one.deviation.as_deref(), said.deviation.as_ref().map(|d| &d[row..=row]), "{name}");
            assert_eq!(one.range, Some(Range::Intervals(intervals[row..=row].to_vec())), "{name}");
        }
    }
}

#[test]
fn single_precision_follows_double_precision_in_deviations_and_ends() {
    for (name, experiment, _) in sure() {
        let [single, double] = [Precision::Single, Precision::Double].map(|precision| {
            let said = fit(&Experiment { precision, ..experiment.clone() }, 0).unwrap().predict(table()).unwrap();
            let Some(Range::Intervals(intervals)) = said.range else { panic!("{name}") };
            // Of intervals that are as wide as promised, those are infinite for which the rows are too few.
            let ends = intervals.concat().into_iter().filter(|end| end.is_finite());
            said.values.into_iter().chain(said.deviation.into_iter().flatten()).chain(ends).collect::<Vec<f64>>()
        });
        assert_eq!(single.len(), double.len(), "{name}");
        for (single, double) in single.iter().zip(double) {
            assert!((single - double).abs() <= 5e-3 * (1.0 + double.abs()), "{name}: {single} {double}");
        }
    }
}

#[test]
fn samples_of_dropout_without_dropout_are_an_error() {
    let more = || vec!["uncertainty.dropout_samples=50".parse().unwrap()];
    for (kind, form) in [("mlp", "hidden = [8]\ndropout = 0.0"), ("ridge", "")] {
        let error = fit(&experiment_with(kind, form, "y", more()), 0).map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("50 samples of dropout") && error.contains(kind) && error.contains("hint: "), "{error}");
    }
}

/// Networks with a hidden layer know a density; its rank is what the training rows say of it.
#[test]
fn networks_alone_tell_a_density() {
    for (kind, form, target) in suited() {
        let said = fit(&experiment(kind, form, target, &[]), 0).unwrap().predict(table()).unwrap();
        let network = ["mlp", "sequential", "bagging", "averaging"].contains(&kind) || GRAPHS.contains(&kind);
        let densities: Option<Vec<f64>> = said.neighbors.iter().map(|near| near.density).collect();
        // Between sequences, and between images, there is no distance.
        if form.contains("sequence") || form.contains("images") {
            assert!(said.neighbors.is_empty(), "{kind}");
            continue;
        }
        assert!(densities.is_some() == network || kind == "auto", "{kind}");
        assert!(densities.iter().flatten().all(|density| (0.0..=1.0).contains(density)), "{kind}");
    }
}

#[test]
fn only_ensembles_and_processes_tell_a_deviation() {
    for (kind, form, target) in suited() {
        let prediction = fit(&experiment(kind, form, target, &[]), 0).unwrap().predict(table()).unwrap();
        assert_eq!(
            prediction.deviation.is_some(),
            ["bagging", "averaging", "voting", "gaussian_process"].contains(&kind)
                || kind == "auto" && prediction.deviation.is_some(),
            "{kind}"
        );
    }
}

#[test]
fn a_table_without_rows_is_predicted_as_nothing_and_trains_nothing() {
    let empty = || table().select(&[]);
    for (kind, form, target) in suited() {
        let experiment = experiment(kind, form, target, &[]);
        let model = fit(&experiment, 0).unwrap();
        assert!(model.predict(empty()).unwrap().values.is_empty(), "{kind}, {target}");
        let refused = run_table(&experiment, empty(), &Options::default()).map(|_| ()).unwrap_err();
        assert!(refused.to_string().contains("rows"), "{refused}");
    }
}

/// Two networks and one plane: the plane counts as much as both networks together, over all folds.
#[test]
fn each_kind_of_a_vote_counts_alike() {
    let networks = "members = 2\nof = { kind = 'mlp', hidden = [4] }";
    let vote = "of = [{ kind = 'averaging', members = 2, of = { kind = 'mlp', hidden = [4] } }, { kind = 'ridge' }]";
    let said = |kind: &str, form: &str| {
        let settings = vec![Setting::new("split.folds", 2), Setting::new("data.smiles", "smiles")];
        let experiment = experiment_with(kind, form, "y", settings);
        fit(&experiment, 0).unwrap().predict(table()).unwrap().values
    };
    let [networks, plane, vote] = [said("averaging", networks), said("ridge", ""), said("voting", vote)];
    for ((a, b), both) in networks.iter().zip(&plane).zip(&vote) {
        assert!((0.5 * (a + b) - both).abs() < 1e-9 * both.abs().max(1.0), "{a}, {b}: {both}");
    }
}
