//! Errors and training times on molecules, and the splits as a file, so that another program can be trained on the same rows.

use std::fs;
use std::path::Path;
use std::time::Instant;

use crate::figures::{figure, spread};
use gedanken::{Options, Outcome, Scores, Setting, datasets, from_toml, run};

/// A name, and the settings of a model; the first is what `fit` trains when no model is named.
const MODELS: [(&str, &str); 3] = [
    ("default", ""),
    ("d-mpnn with descriptors", "[model]\nkind = 'd_mpnn'"),
    ("d-mpnn alone", "[model]\nkind = 'd_mpnn'\n[molecules]\nbeside_graphs = false"),
];

/// What is learned from: a table or an embedded data set, and how it is split.
pub struct Molecules<'a> {
    /// Path of a table, or the name of a data set, which is then written to the folder of the splits.
    pub path: &'a str,
    pub smiles: &'a str,
    pub target: &'a str,
    /// Kind of split.
    pub split: &'a str,
}

/// A table in Markdown: RMSE on the test rows of each seed, mean and standard error, and the time of one training. The rows of each
/// split are written to `folder`. Models whose name does not hold `only` are left out.
pub fn report(data: &Molecules<'_>, seeds: u64, folder: &Path, only: &str) -> Result<String, String> {
    let named = !Path::new(data.path).exists();
    let table = named.then(|| datasets::fetch(data.path, None, Some(folder)).map_err(|error| error.to_string()));
    let table = table.transpose()?.map_or_else(|| data.path.to_owned(), |path| path.to_string_lossy().into_owned());
    let mut text = String::from("| model | each seed | mean | validation | time of one |\n|---|---|---|---|---|\n");
    for (name, model) in MODELS.into_iter().filter(|(name, _)| name.contains(only)) {
        let (mut test, mut validation, mut seconds) = (Vec::new(), Vec::new(), 0.0);
        for seed in 0..seeds {
            let start = Instant::now();
            let outcome = one(data, &table, model, seed)?;
            seconds += start.elapsed().as_secs_f64() / seeds as f64;
            write_split(&outcome, &folder.join(format!("split_{seed}.json")))?;
            eprintln!("{name}, seed {seed}: {}", kept(&outcome));
            test.push(rmse(outcome.scores.last()));
            validation.push(rmse(outcome.validation_scores.last()));
        }
        let each = test.iter().map(|x| figure(*x)).collect::<Vec<_>>().join(", ");
        let line = format!("| {name} | {each} | {} | {} | {seconds:.0} s |\n", spread(&test), spread(&validation));
        eprint!("{line}");
        text += &line;
    }
    Ok(text)
}

fn one(data: &Molecules<'_>, table: &str, model: &str, seed: u64) -> Result<Outcome, String> {
    let settings = [
        Setting::new("data.path", table),
        Setting::new("data.smiles", data.smiles),
        Setting::new("data.target", vec![data.target.to_owned()]),
        Setting::new("split.kind", data.split),
        Setting::new("seed", seed),
        Setting::new("baselines", false),
    ];
    let experiment = from_toml(model, "molecules", &settings);
    experiment.and_then(|experiment| run(&experiment, &Options::default())).map_err(|error| error.to_string())
}

fn rmse(scores: Option<&gedanken::ModelScores>) -> f64 {
    match scores.and_then(|scores| scores.targets.first()) {
        Some(Scores::Regression { rmse: Some(rmse), .. }) => rmse.value,
        _ => f64::NAN,
    }
}

/// What was chosen, with what was compared.
fn kept(outcome: &Outcome) -> String {
    let compared = outcome.comparison.iter().flat_map(|comparison| &comparison.models);
    let each = compared.map(|model| {
        let validation = model.validation.map_or_else(|| "-".into(), figure);
        format!("{} {validation} / {}", model.model, figure(model.mean))
    });
    format!(
        "{} / {}; {}",
        figure(rmse(outcome.validation_scores.last())),
        figure(rmse(outcome.scores.last())),
        each.collect::<Vec<_>>().join(", ")
    )
}

fn write_split(outcome: &Outcome, path: &Path) -> Result<(), String> {
    let fold = outcome.folds.first().ok_or("there is no split")?;
    let split = serde_json::json!([{ "train": fold.train, "val": fold.validation, "test": fold.test }]);
    let folder = path.parent().unwrap_or(Path::new("."));
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, split.to_string()));
    written.map_err(|error| format!("cannot write {}: {error}", path.display()))
}
