//! Comparison of models that were trained on the same splits.

use ::report::{Block, Section};

use crate::outcome::Outcome;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let comparison = outcome.comparison.as_ref()?;
    let caption = match comparison.splits {
        0 | 1 => format!("{} on validation and on test rows", comparison.figure),
        n => format!(
            "{} on the test rows of {n} splits; differences from the selected model, with the corrected resampled t-test",
            comparison.figure
        ),
    };
    let mut blocks = vec![Block::Table { caption, table: comparison.table(), marked: Some(0) }];
    blocks.extend(comparison.verdict.iter().map(|sentence| Block::Paragraph(format!("{sentence}."))));
    Some(Section { title: "Comparison".into(), blocks })
}
