//! `gedanken describe MODEL`.

use gedanken::{Forecaster, Loaded, TextTable};
use serde_json::json;

use crate::arguments::Describe;
use crate::terminal::{Result, print};

pub fn run(arguments: &Describe) -> Result {
    let model = match Loaded::read(&arguments.model)? {
        Loaded::Forecaster(model) => return forecast(arguments, &model),
        Loaded::Model(model) => model,
    };
    let layers = model.layers();
    if arguments.json {
        let rows = |rows: &[(String, String, usize)], what: &str| -> Vec<_> {
            rows.iter().map(|(name, sizes, n)| json!({ "name": name, what: sizes, "parameters": n })).collect()
        };
        let arrays = model.arrays();
        return print(format!(
            "{:#}\n",
            json!({
                "experiment": model.experiment,
                "target": model.target,
                "features": model.features(),
                "spectra": model.spectra(),
                "graphs": model.reads_graphs(),
                "models": model.n_parts(),
                "train_rows": model.train_rows,
                "data_sha256": model.data_sha256,
                "layers": layers.iter().map(|network| rows(network, "output")).collect::<Vec<_>>(),
                "arrays": rows(&arrays, "shape"),
                "parameters": parameters(&arrays),
            })
        ));
    }
    let target: Vec<String> = (0..model.target.names.len()).map(|at| model.target.header(at)).collect();
    let mut text = format!("model     {}", model.experiment.model.title());
    if model.n_parts() > 1 {
        text += &format!(" (mean of {} trainings)", model.n_parts());
    }
    text += &format!("\npredicts  {}", target.join(", "));
    if !model.target.classes.is_empty() {
        text += &format!(" ({})", model.target.classes.join(", "));
    }
    let numbers = format!("{} numbers: {}", model.features().len(), first(model.features()));
    text += "\nfrom      ";
    text += &match (model.images(), model.reads_graphs(), model.features().is_empty()) {
        (Some(images), ..) => images,
        (None, true, true) => "molecules as graphs".into(),
        (None, true, false) => format!("molecules as graphs, and {numbers}"),
        (None, false, _) => numbers,
    };
    text += &model.spectra().map_or_else(String::new, |words| format!("\nspectra   {words}"));
    text += &format!(
        "\ntrained   on {} rows, seed {}, data {}\n",
        model.train_rows,
        model.experiment.seed,
        &model.data_sha256[..12]
    );
    for network in &layers {
        let mut table = TextTable::new(&["layer", "output", "parameters"]);
        network.iter().for_each(|(name, output, n)| table.row(&[name.clone(), output.clone(), n.to_string()]));
        table.row(&["all".to_owned(), String::new(), parameters(network).to_string()]);
        text += &format!("\n{}", table.to_text());
    }
    print(text)
}

fn parameters(rows: &[(String, String, usize)]) -> usize {
    rows.iter().map(|(.., n)| n).sum()
}

fn first(names: &[String]) -> String {
    let shown = names.iter().take(6).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 6 { format!("{shown}, ...") } else { shown }
}

fn forecast(arguments: &Describe, model: &Forecaster) -> Result {
    let facts = model.facts();
    if arguments.json {
        let facts: serde_json::Map<_, _> =
            facts.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
        return print(format!("{:#}\n", json!({ "experiment": model.experiment, "facts": facts })));
    }
    let widest = facts.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    print(facts.iter().map(|(name, value)| format!("{name:<widest$}  {value}\n")).collect::<String>())
}
