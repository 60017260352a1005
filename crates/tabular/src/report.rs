//! The report of a run: one page, and a model card.

mod calibrated;
pub mod card;
mod cite;
mod compared;
pub mod curves;
mod data;
pub mod figures;
mod question;
mod result;
mod thin;
mod trust;
mod versions;
pub mod words;
mod worst;

use ::report::{Page, Section};

use crate::outcome::Outcome;

/// The parts of the page in their order; parts that a run does not have are left out.
const SECTIONS: [fn(&Outcome) -> Option<Section>; 10] = [
    result::section,
    compared::section,
    curves::section,
    figures::section,
    trust::section,
    worst::section,
    data::section,
    question::section,
    cite::section,
    versions::section,
];

/// The report of a run as plain data; `to_html` makes one file of it.
pub fn page(outcome: &Outcome) -> Page {
    let info = &outcome.model.target;
    let [train, validation, test] = words::row_counts(outcome);
    Page {
        title: format!("{} from {}", info.names.join(", "), words::inputs(outcome)),
        subtitle: format!(
            "{}, trained on {train} rows, with {validation} for validation, evaluated on {test} test rows{}.",
            outcome.model.experiment.model.title(),
            if outcome.folds.len() > 1 {
                format!(", in each of {} splits", outcome.folds.len())
            } else {
                String::new()
            }
        ),
        sections: SECTIONS.iter().filter_map(|section| section(outcome)).collect(),
        footer: format!(
            "Made by Gedanken {}. The same data and settings give the same page.",
            env!("CARGO_PKG_VERSION")
        ),
    }
}
