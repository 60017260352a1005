//! Uncertainty: intervals with their coverage, errors by distance from the training rows.

use ::report::{Block, Figure, Section};
use evaluation::domain::DomainReport;
use evaluation::intervals::Range;
use evaluation::predictions::Part;
use report::words::count;

use crate::outcome::Outcome;
use crate::report::thin::Thinned;

/// Rows of a running median.
const WINDOW: usize = 25;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let lines = outcome.uncertainty_summary()?;
    let mut blocks: Vec<Block> = lines.lines().map(|line| Block::Paragraph(format!("{line}."))).collect();
    blocks.push(Block::Paragraph(
        "Intervals and sets are conformal: their width follows from the errors on validation rows, and their coverage \
         is measured on test rows. The distance is that to the nearest training row; 95 % of the training rows \
         are nearer to another one than the limit of `in_domain`, 99 % nearer than that of `borderline`."
            .into(),
    ));
    if outcome.uncertainty.iter().any(|measured| measured.temperature.is_some()) {
        blocks.push(Block::Paragraph(
            "The temperature is one number, fitted to the validation rows of the model, that calibrates its \
             probabilities: above 1 the model was overconfident, below 1 underconfident. The predicted class does not \
             change; baselines are shown without it."
                .into(),
        ));
    }
    if outcome.domain.as_ref().is_some_and(|domain| domain.density_correlation.is_some()) {
        blocks.push(Block::Paragraph(
            "The density is that of the training rows in the last hidden layer of the network; its rank correlation with \
             the error is negative where rows in dense regions are predicted better."
                .into(),
        ));
    }
    let figures: Vec<Figure> = figures(outcome).into_iter().map(|(_, figure)| figure).collect();
    if !figures.is_empty() {
        blocks.push(Block::Figures(figures));
    }
    Some(Section { title: "Uncertainty".into(), blocks })
}

/// Coverage at all levels, and error by distance.
pub fn figures(outcome: &Outcome) -> Vec<(String, Figure)> {
    let mut figures = Vec::new();
    let curves: Vec<(&str, Vec<f64>, Vec<f64>)> = outcome
        .uncertainty
        .iter()
        .filter(|measured| !measured.curve.is_empty())
        .map(|measured| {
            let (levels, found) = measured.curve.iter().map(|c| (c.level, c.found)).unzip();
            (measured.target.as_str(), levels, found)
        })
        .collect();
    if !curves.is_empty() {
        let lines: Vec<_> = curves.iter().map(|(name, x, y)| (*name, &x[..], &y[..])).collect();
        figures.push(("coverage".to_owned(), report::nominal_coverage("Coverage on test rows", &lines)));
    }
    figures.extend(intervals(outcome).map(|figure| ("intervals".to_owned(), figure)));
    figures.extend(outcome.domain.as_ref().map(|domain| ("error_by_distance".to_owned(), distance(outcome, domain))));
    figures
}

/// Points of the figure of intervals: more could not be told apart.
const SHOWN: usize = 200;

/// Predictions, their intervals, and observed values.
type Row = (f64, [f64; 2], f64);

/// The intervals of test rows of the first target, from the lowest prediction to the highest.
fn intervals(outcome: &Outcome) -> Option<Figure> {
    let model = &outcome.model;
    let (info, calibration) = (&model.target, model.calibration.as_ref()?);
    let mut rows: Vec<Row> = Vec::new();
    for p in outcome.predictions.iter().filter(|p| p.part == Part::Test) {
        let Range::Intervals(ranges) = calibration.range(info, model.experiment.uncertainty.level, &p.spread()) else {
            return None;
        };
        let own = p.predicted.iter().zip(ranges).zip(&p.observed).step_by(info.names.len().max(1));
        rows.extend(own.map(|((&y, range), &observed)| (y, range, observed)).filter(|row| !row.2.is_nan()));
    }
    let finite = |(y, range, _): &Row| y.is_finite() && range.iter().all(|end| end.is_finite());
    if rows.is_empty() || !rows.iter().all(finite) {
        return None;
    }
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (n, shown) = (rows.len(), rows.len().min(SHOWN));
    let rows: Vec<_> = (0..shown).map(|k| rows[k * n / shown]).collect();
    let column = |get: &dyn Fn(&Row) -> f64| rows.iter().map(get).collect::<Vec<f64>>();
    let unit = info.units.first().map_or("", String::as_str);
    let level = 100.0 * model.experiment.uncertainty.level;
    let title = format!("{}: {level:.0} % intervals", info.names[0]);
    let ends = [0, 1].map(|end| column(&|row| row.1[end]));
    let (predicted, observed) = (column(&|row| row.0), column(&|row| row.2));
    let mut figure = report::coverage(&title, unit, &predicted, &ends[0], &ends[1], &observed);
    if shown < n {
        figure.note = Some(format!("every {:.1}th of {} rows", n as f64 / shown as f64, count(n)));
    }
    Some(figure)
}

fn distance(outcome: &Outcome, domain: &DomainReport) -> Figure {
    let info = &outcome.model.target;
    let (x, y) = running_median(&domain.distances, &domain.sizes);
    let name = format!("median of {WINDOW} rows");
    let lines: &[(&str, &[f64], &[f64])] = if x.is_empty() { &[] } else { &[(&name, &x, &y)] };
    let unit = info.units.first().map_or("", String::as_str);
    let title = format!("{}: error by distance", info.names[0]);
    let thinned = Thinned::new(vec![("", domain.distances.clone(), domain.sizes.clone())]);
    let (_, distances, sizes) = &thinned.groups[0];
    let mut figure = report::error_by_distance(&title, unit, distances, sizes, lines);
    thinned.tell(&mut figure);
    figure
}

/// Medians of neighboring distances and of the errors there, a few for each window.
fn running_median(x: &[f64], y: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut order: Vec<usize> = (0..x.len()).collect();
    order.sort_by(|&a, &b| x[a].total_cmp(&x[b]));
    let median = |rows: &[usize], of: &[f64]| {
        let mut values: Vec<f64> = rows.iter().map(|&row| of[row]).collect();
        values.sort_by(f64::total_cmp);
        values[values.len() / 2]
    };
    let step = (x.len() / 100).max(5);
    order.windows(WINDOW).step_by(step).map(|rows| (median(rows, x), median(rows, y))).unzip()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_running_median_follows_the_errors_and_needs_a_whole_window() {
        let x: Vec<f64> = (0..60).map(f64::from).collect();
        let (at, errors) = running_median(&x, &x);
        assert_eq!((at[0], errors[0]), (12.0, 12.0));
        assert_eq!(running_median(&x[..10], &x[..10]), (vec![], vec![]));
    }
}
