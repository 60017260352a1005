//! The model card.

use evaluation::scores::score_table;

use crate::outcome::Outcome;
use crate::report::words::{inputs, row_counts};

/// A short page of Markdown: what the model predicts, what it learned from, how good it is, its limits, how to use it.
pub fn model_card(outcome: &Outcome) -> String {
    let (model, experiment) = (&outcome.model, &outcome.model.experiment);
    let info = &model.target;
    let targets: Vec<String> = (0..info.names.len()).map(|at| info.header(at)).collect();
    let [train, validation, test] = row_counts(outcome);
    let data = experiment.data.path.as_ref().or(experiment.data.dataset.as_ref());
    let mut text = format!("# {} from {}\n\n", info.names.join(", "), inputs(outcome));
    text += &format!("- **Predicts** {}", targets.join(", "));
    if !info.classes.is_empty() {
        text += &format!(": probabilities of {}", info.classes.join(", "));
    }
    text += &format!("\n- **Model** {}, {} features\n", experiment.model.title(), model.features().len());
    text += &format!(
        "- **Trained on** {train} rows of {}, SHA-256 `{}`, seed {}\n",
        data.map_or("a table in memory".to_owned(), |name| format!("`{name}`")),
        model.data_sha256,
        experiment.seed
    );
    text += &format!("- **Made by** Gedanken {}\n\n## How good it is\n\n", env!("CARGO_PKG_VERSION"));
    text += &format!(
        "On {test} test rows, split `{}`; {validation} validation rows were used for early stopping and selection.\n",
        experiment.split
    );
    for (name, table) in score_table(&outcome.scores, info) {
        text += &format!("\n{name}:\n\n{}", table.to_markdown());
    }
    text += "\nBrackets hold 95 % of the bootstrap resamples of the test rows.\n\n## Limits\n\n";
    text += "- The figures hold for rows like those of the table. For others the error may be much larger.\n";
    if !info.classes.is_empty() {
        text += "- It can only predict these classes, and always predicts one of them.\n";
    }
    for note in &outcome.notes {
        text += &format!("- {note}\n");
    }
    text += "\n## How to use it\n\n```sh\ngedanken predict model.safetensors new.csv\n```\n\n";
    text + "`report.html` in the folder of the run shows the figures and how to cite the methods.\n"
}
