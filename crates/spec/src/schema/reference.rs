//! The reference page of all settings.

use std::fmt::Write;

use serde_json::Value;

use super::explain::range;
use super::visit::{Kind, kinds_once, rows, visit, visit_words};
use super::{description, tag_of};

/// All settings as a reference page.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Settings\n\nEvery field of an experiment, as it stands in `experiment.toml` and after `--set`, of a campaign (`campaign.`), as it\nstands in `campaign.toml`, and of the table `tuning` of an experiment that is tuned. This page is generated.\n",
    );
    page += "\n## Fields\n\n| field | default | range | meaning |\n|---|---|---|---|\n";
    visit(&mut |path, field, default| {
        let meaning = description(field).replace('\n', " ").replace('|', "\\|");
        let _ = writeln!(page, "| `{path}` | {} | {} | {meaning} |", code(default), range(field));
    });
    page += "\n## Kinds\n";
    for Kind { path, word, schema } in kinds_once() {
        let tag = tag_of(&schema).unwrap_or_default();
        let _ = write!(page, "\n### `{path} = {{ {tag} = \"{word}\" }}`\n\n{}\n", description(&schema));
        let rows = rows(&schema);
        if !rows.is_empty() {
            page += "\n| field | default | range | meaning |\n|---|---|---|---|\n";
        }
        for (name, field, default) in rows {
            let meaning = description(&field).replace('\n', " ").replace('|', "\\|");
            let _ = writeln!(page, "| `{name}` | {} | {} | {meaning} |", code(&default), range(&field));
        }
    }
    page += "\n## Words\n";
    let mut before = String::new();
    visit_words(&mut |path, word, doc| {
        if path != before {
            let _ = write!(page, "\n### `{path}`\n\n| word | meaning |\n|---|---|\n");
            before = path.to_owned();
        }
        let _ = writeln!(page, "| `{word}` | {} |", doc.replace('\n', " ").replace('|', "\\|"));
    });
    page
}

fn code(default: &Value) -> String {
    if default.is_null() { String::new() } else { format!("`{default}`") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_model_stands_there_once() {
        let page = markdown();
        for kind in crate::model::ModelKind::all() {
            assert_eq!(
                page.matches(&format!("### `model = {{ kind = \"{}\" }}`", kind.name())).count(),
                1,
                "{}",
                kind.name()
            );
        }
        assert!(!page.contains("### `compare"));
    }
}
