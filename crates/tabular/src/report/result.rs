//! Test figures of the model, compared with its baselines.

use ::report::{Block, Highlight, Section, Table};
use evaluation::scores::{ModelScores, score_table};
use report::words::merit;

use crate::outcome::Outcome;
use crate::report::data::remarks;
use crate::report::words::{merits, row_counts};

pub fn section(outcome: &Outcome) -> Option<Section> {
    let mut blocks: Vec<Block> = remarks(outcome).filter(|block| matches!(block, Block::Warning(_))).collect();
    let info = &outcome.model.target;
    for at in 0..info.names.len() {
        blocks.extend(highlights(outcome, at));
        blocks.extend(verdict(&outcome.scores, at).map(Block::Paragraph));
    }
    let [_, _, test] = row_counts(outcome);
    for (name, table) in score_table(&outcome.scores, info) {
        let test = if outcome.folds.len() > 1 {
            format!("the {test} test rows of each split")
        } else {
            format!("{test} test rows")
        };
        let caption = format!("{name} on {test}; brackets hold 95 % of the bootstrap resamples");
        blocks.push(scores(caption, table, &outcome.scores));
    }
    for (name, table) in score_table(&outcome.validation_scores, info) {
        if outcome.validation_summary().is_some() {
            let caption = format!("{name} on validation rows, by which settings may be chosen");
            blocks.push(scores(caption, table, &outcome.validation_scores));
        }
    }
    for line in outcome.fold_summary().iter().flat_map(|text| text.lines()) {
        blocks.push(Block::Paragraph(line.replace("+-", "±")));
    }
    Some(Section { title: "Result".into(), blocks })
}

/// The model of the run is last.
fn scores(caption: String, table: Table, all: &[ModelScores]) -> Block {
    Block::Table { caption, table, marked: all.len().checked_sub(1) }
}

fn highlights(outcome: &Outcome, at: usize) -> Option<Block> {
    let info = &outcome.model.target;
    let unit = info.units.get(at).map_or("", String::as_str);
    let several = info.names.len() > 1;
    let list = merits(outcome.scores.last()?.targets.get(at)?).into_iter().filter_map(|(name, interval, _)| {
        let interval = interval?;
        let unit = if ["RMSE", "MAE"].contains(&name) && !unit.is_empty() { format!(" {unit}") } else { String::new() };
        Some(Highlight {
            name: if several { format!("{name}, {}", info.names[at]) } else { name.to_owned() },
            value: format!("{}{unit}", merit(interval.value)),
            detail: format!("95 %: {} to {}", merit(interval.low), merit(interval.high)),
        })
    });
    Some(Block::Highlights(list.collect()))
}

/// A sentence about the model and the best of the others by the first metric.
fn verdict(scores: &[ModelScores], at: usize) -> Option<String> {
    let (model, others) = scores.split_last()?;
    let first = |model: &ModelScores| {
        let (name, interval, less) = *merits(model.targets.get(at)?).first()?;
        Some((name, interval?, less))
    };
    let (name, own, less) = first(model)?;
    let sign = if less { 1.0 } else { -1.0 };
    let others = others.iter().filter_map(|other| Some((&other.model, first(other)?.1)));
    let (other, best) = others.min_by(|a, b| (sign * a.1.value).total_cmp(&(sign * b.1.value)))?;
    let better = sign * own.value < sign * best.value;
    let overlap = own.low <= best.high && best.low <= own.high;
    let figures = format!("{name} {} against {}", merit(own.value), merit(best.value));
    Some(match (better, overlap) {
        (true, false) => {
            format!("The model beats every other: {figures} of {other}, and their intervals do not overlap.")
        }
        (true, true) => format!(
            "The model is ahead of every other, {figures} of {other}; but their intervals overlap, and other test rows \
             may reverse the order."
        ),
        (false, overlap) => {
            let doubt = if overlap { "; their intervals overlap" } else { "" };
            format!("The model does not beat {other}: {figures}{doubt}. Prefer the simpler one, or improve the model.")
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use evaluation::scores::Scores;
    use nn::metrics::Interval;

    fn model(name: &str, value: f64, half: f64) -> ModelScores {
        let rmse = Some(Interval { value, low: value - half, high: value + half });
        let scores = Scores::Regression { target: "y".into(), rows: 9, rmse, mae: None, r2: None };
        ModelScores { model: name.into(), targets: vec![scores] }
    }

    #[test]
    fn the_verdict_names_the_best_baseline_and_doubts_overlaps() {
        let all = |own: f64| [model("mean", 9.0, 1.0), model("ridge", 3.0, 0.5), model("mlp", own, 0.5)];
        assert!(verdict(&all(1.0), 0).unwrap().contains("beats every other: RMSE 1.00 against 3.00 of ridge"));
        assert!(verdict(&all(2.5), 0).unwrap().contains("intervals overlap"));
        assert!(
            verdict(&all(4.0), 0)
                .unwrap()
                .contains("does not beat ridge: RMSE 4.00 against 3.00; their intervals overlap")
        );
        assert!(verdict(&all(5.0), 0).unwrap().contains("does not beat ridge: RMSE 5.00 against 3.00. Prefer"));
        assert_eq!(verdict(&[model("mlp", 1.0, 0.1)], 0), None);
    }
}
