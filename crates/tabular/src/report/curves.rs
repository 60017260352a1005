//! Bias and variance: the curves of a run.

use ::report::words::count;
use ::report::{Axis, Block, Figure, Mark, Scale, Section};
use evaluation::curves::decompose::Decomposition;
use evaluation::curves::measured::{CurveReport, Estimate};
use spec::curve::ROWS;
use spec::curve::values::{number, shown};

use crate::outcome::Outcome;
use crate::report::data::sentence;

pub fn section(outcome: &Outcome) -> Option<Section> {
    let mut blocks = Vec::new();
    for curve in &outcome.curves {
        let caption = format!(
            "{}: {} over {}, {} {}, {}{}",
            curve.target,
            curve.label(),
            named(&curve.field),
            count(curve.points.iter().map(|p| p.validation.splits.len()).max().unwrap_or(0)),
            if curve.over == "draws" { "draws of rows on one split" } else { &curve.over },
            if curve.over == "split" { "without intervals" } else { "with 95 % intervals" },
            if curve.resamples > 0 {
                format!("; bias and variance from {} bootstrap samples", curve.resamples)
            } else {
                String::new()
            }
        );
        blocks.push(Block::Table { caption, table: curve.table(), marked: None });
        blocks.extend(curve.verdict.iter().map(|words| Block::Paragraph(sentence(words))));
    }
    if blocks.is_empty() {
        return None;
    }
    blocks.push(Block::Paragraph(
        "Curves rest on training and validation rows alone; test rows have no part in them. Networks stop by the same \
         validation rows, so that their validation errors are a little too small. A bootstrap sample holds about 63 % of the \
         different rows: bias and variance are those of a somewhat smaller table."
            .into(),
    ));
    blocks.push(Block::Figures(figures(outcome).into_iter().map(|(_, figure)| figure).collect()));
    Some(Section { title: "Bias and variance".into(), blocks })
}

/// The figures of all curves with the names of their files.
pub fn figures(outcome: &Outcome) -> Vec<(String, Figure)> {
    let both = |curve: &CurveReport| {
        let parts = parts(curve).map(|figure| (format!("bias_variance_{}", curve.field), figure));
        std::iter::once((format!("curve_{}", curve.field), errors(curve))).chain(parts).collect::<Vec<_>>()
    };
    outcome.curves.iter().flat_map(both).collect()
}

/// Training and validation errors.
fn errors(curve: &CurveReport) -> Figure {
    let (x, scale) = places(curve);
    let line = |get: fn(&evaluation::curves::measured::CurvePoint) -> &Estimate| -> Vec<(f64, f64, f64, f64)> {
        let point = |(x, point): (&f64, _)| {
            let Estimate { mean, low, high, .. } = get(point);
            (*x, *mean, low.unwrap_or(f64::NAN), high.unwrap_or(f64::NAN))
        };
        x.iter().zip(&curve.points).map(point).collect()
    };
    let (training, validation) = (line(|p| &p.training), line(|p| &p.validation));
    let title = format!("{}: {} curve", curve.target, if curve.field == ROWS { "learning" } else { "validation" });
    let curves: [(&str, &[_]); 2] = [("training", &training), ("validation", &validation)];
    grounded(report::validation_curve(&title, &named(&curve.field), scale, &curve.label(), &curves))
}

/// Bias, variance and noise.
fn parts(curve: &CurveReport) -> Option<Figure> {
    let parts: Vec<Decomposition> = curve.points.iter().filter_map(|point| point.decomposition).collect();
    let (x, scale) = places(curve);
    if parts.is_empty() || parts.len() != x.len() {
        return None;
    }
    let unit = if curve.unit.is_empty() { String::new() } else { format!(" [{}]", curve.squared_unit()) };
    let error = if curve.of_classes() { curve.label() } else { format!("squared error{unit}") };
    let column = |get: fn(&Decomposition) -> f64| parts.iter().map(get).collect::<Vec<f64>>();
    let all = [column(|d| d.bias), column(|d| d.variance), column(|d| d.noise.unwrap_or(f64::NAN))];
    let whole = column(|d| d.error);
    let names = curve.part_names();
    let mut lines: Vec<(&str, &[f64])> = names.into_iter().zip(all.iter().map(Vec::as_slice)).collect();
    lines.push(("validation error", &whole));
    let title = format!("{}: bias and variance", curve.target);
    Some(grounded(report::bias_variance(&title, &named(&curve.field), scale, &error, (&x, &lines))))
}

/// Positions of the values on their axis: numbers in their order, on a logarithmic axis where they are positive and span
/// more than a factor of ten; everything else by name.
fn places(curve: &CurveReport) -> (Vec<f64>, Scale) {
    let numbers: Option<Vec<f64>> = curve.points.iter().map(|point| number(&point.value)).collect();
    match numbers {
        None => {
            let names = curve.points.iter().map(|point| shown(&point.value)).collect();
            ((0..curve.points.len()).map(|at| at as f64).collect(), Scale::Names(names))
        }
        Some(x) => {
            let (low, high) = x.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &x| (low.min(x), high.max(x)));
            let scale = match low > 0.0 && high > SPAN * low {
                true => Scale::Log,
                false if x.iter().all(|x| x.fract() == 0.0) => Scale::Counts,
                false => Scale::Linear,
            };
            (x, scale)
        }
    }
}

/// Beyond this factor equal ratios are more telling than equal differences.
const SPAN: f64 = 10.0;

/// Errors begin at zero, so that their ratio is seen.
fn grounded(figure: Figure) -> Figure {
    let numbers = figure.marks.iter().flat_map(|mark| match mark {
        Mark::Line { y, .. } | Mark::Whiskers { high: y, .. } => y.as_slice(),
        _ => &[],
    });
    let high = numbers.copied().filter(|y| y.is_finite()).fold(0.0, f64::max);
    Figure { y: Axis { range: Some([0.0, 1.05 * high]), ..figure.y }, ..figure }
}

fn named(field: &str) -> String {
    if field == ROWS { "training rows".into() } else { field.to_owned() }
}
