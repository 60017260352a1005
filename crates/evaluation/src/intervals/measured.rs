//! Quality of the uncertainty, measured on test rows.

use inputs::target::TargetInfo;
use serde::{Deserialize, Serialize};
use spec::task::Task;
use tensor::Real;

use crate::intervals::calibration::{self, Calibration, Range, known, mean, scale};
use crate::predictions::Predictions;
use crate::scores::digits;
use crate::temperature::Tempered;

/// Figures of the intervals of one target, or of the sets of classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measured {
    /// The target.
    pub target: String,
    /// Sets of classes, not intervals.
    pub classes: bool,
    /// Number of test rows.
    pub rows: usize,
    /// Validation rows that the widths rest on: of the fold with the fewest.
    pub calibration_rows: usize,
    /// The nominal coverage.
    pub level: f64,
    /// The observed coverage: the fraction of observed values inside; absent where too few validation rows make intervals infinite.
    pub coverage: Option<f64>,
    /// Mean width of an interval in units of the target, or mean number of classes in a set: the sharpness.
    pub width: Option<f64>,
    /// Coverage at other levels.
    pub curve: Vec<Coverage>,
    /// Mean distance between nominal and observed coverage over the curve: the expected calibration error.
    pub calibration_error: Option<f64>,
    /// Mean negative log likelihood of a normal distribution whose standard deviation follows from the intervals; for classes
    /// of the observed class.
    pub negative_log_likelihood: Option<f64>,
    /// Rank correlation of width and error; absent where all intervals are equally wide.
    pub error_correlation: Option<f64>,
    /// Effect of temperature scaling on the probabilities of classes.
    #[serde(default)]
    pub temperature: Option<Tempered>,
}

/// Nominal and observed coverage.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Coverage {
    /// Nominal.
    pub level: f64,
    /// Observed.
    pub found: f64,
}

/// Levels of the curve.
const LEVELS: [f64; 9] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/// Test rows with the calibration of their fold.
type Judged<'a> = [(&'a Predictions, Calibration)];

impl Measured {
    /// Figures for each target, or one entry for classes, at `level` and over the curve.
    pub fn of(info: &TargetInfo, level: f64, judged: &Judged<'_>) -> Vec<Self> {
        let targets = if info.task == Task::Regression { info.names.len() } else { 1 };
        (0..targets).filter(|_| !judged.is_empty()).map(|at| Measured::one(info, level, judged, at)).collect()
    }

    fn one(info: &TargetInfo, level: f64, judged: &Judged<'_>, at: usize) -> Self {
        let shares = |level: f64| hits_and_widths(info, level, judged, at);
        let (hits, widths) = shares(level);
        let finite = |values: &[f64]| mean(values.iter().copied()).filter(|mean| mean.is_finite());
        let known = |level: f64| judged.iter().all(|(_, calibration)| calibration.reaches(level));
        let width = finite(&widths).filter(|_| known(level));
        let curve: Vec<Coverage> = LEVELS
            .into_iter()
            .filter_map(|level| {
                known(level).then_some(())?;
                let (hits, widths) = shares(level);
                finite(&widths)?;
                Some(Coverage { level, found: finite(&hits)? })
            })
            .collect();
        let errors: Vec<f64> = match info.task {
            Task::Regression => {
                judged.iter().flat_map(|(p, _)| calibration::known(p, info, at)).map(|r| r.error().abs()).collect()
            }
            Task::Classification => hits.iter().map(|hit| 1.0 - hit).collect(),
        };
        Measured {
            target: info.names[at].clone(),
            classes: info.task == Task::Classification,
            rows: hits.len(),
            calibration_rows: judged.iter().map(|(_, calibration)| calibration.n_rows()).min().unwrap_or(0),
            level,
            coverage: width.and(finite(&hits)),
            width,
            calibration_error: mean(curve.iter().map(|c| (c.level - c.found).abs())),
            curve,
            negative_log_likelihood: likelihood(info, level, judged, at),
            error_correlation: unless_even(&widths).and_then(|widths| nn::metrics::spearman(widths, &errors)),
            temperature: None,
        }
    }
}

impl Measured {
    /// As text.
    pub fn in_a_line(&self) -> String {
        let tempered = self.temperature.as_ref().map_or_else(String::new, |tempered| tempered.in_a_line(&self.target));
        self.coverage_in_a_line() + &tempered
    }

    fn coverage_in_a_line(&self) -> String {
        let Measured { target, calibration_rows, .. } = self;
        let level = 100.0 * self.level;
        let (Some(coverage), Some(width)) = (self.coverage, self.width) else {
            let needed = (self.level / (1.0 - self.level) - 1e-9).ceil();
            let what = if self.classes { "sets" } else { "intervals" };
            return format!(
                "{target}: no {level:.0} % {what} from {calibration_rows} validation rows, they need {needed:.0}\n"
            );
        };
        let coverage = 100.0 * coverage;
        let what = if self.classes { "sets" } else { "intervals" };
        let size = if self.classes { format!("{width:.2} classes") } else { format!("width {}", digits(width, width)) };
        format!("{target}: {level:.0} % {what} hold {coverage:.1} % of the test rows, mean {size}\n")
    }
}

/// Widths, unless they differ only by rounding, whose ranks would be meaningless.
fn unless_even(widths: &[f64]) -> Option<&[f64]> {
    let ends = widths.iter().fold([f64::INFINITY, f64::NEG_INFINITY], |[a, b], w| [a.min(*w), b.max(*w)]);
    (ends[1] - ends[0] > 1e-9 * ends[1]).then_some(widths)
}

/// For each row one where its interval or set holds what was observed, and how wide it is.
fn hits_and_widths(info: &TargetInfo, level: f64, judged: &Judged<'_>, at: usize) -> (Vec<f64>, Vec<f64>) {
    let (mut hits, mut widths) = (Vec::new(), Vec::new());
    for (p, calibration) in judged {
        match calibration.range(info, level, &p.spread()) {
            Range::Intervals(intervals) => {
                let own = intervals.iter().zip(&p.observed).skip(at).step_by(info.names.len().max(1));
                for ([low, high], y) in own.filter(|(_, y)| !y.is_nan()) {
                    hits.push(f64::from(u8::from((low..=high).contains(&y))));
                    widths.push(high - low);
                }
            }
            Range::Sets(sets) => {
                for (set, &y) in sets.iter().zip(&p.observed) {
                    hits.push(f64::from(u8::from(set.contains(&(y as usize)))));
                    widths.push(set.len() as f64);
                }
            }
        }
    }
    (hits, widths)
}

/// Of a normal distribution with standard deviation `s * scale`, where `s` is the root mean square of the validation scores; where
/// the network predicts two bounds, with the standard deviation of which the interval at `level` would be the central one.
fn likelihood(info: &TargetInfo, level: f64, judged: &Judged<'_>, at: usize) -> Option<f64> {
    let mut all = Vec::new();
    for (p, calibration) in judged {
        match (info.task, calibration.range(info, level, &p.spread())) {
            (Task::Regression, Range::Intervals(intervals)) => {
                let s = mean(calibration.scores[at].iter().map(|score| score * score))?.sqrt();
                let own = intervals.iter().zip(&p.observed).skip(at).step_by(info.names.len().max(1));
                let intervals = own.filter(|(_, y)| !y.is_nan()).map(|(interval, _)| interval);
                all.extend(known(p, info, at).zip(intervals).map(|(row, [low, high])| {
                    let deviation = match row.bounds {
                        Some(_) => (high - low) / (2.0 * normal_quantile(0.5 + level / 2.0)),
                        None => s * scale(&calibration.spread, at, row.deviation),
                    };
                    0.5 * (row.error() / deviation).powi(2) + deviation.ln() + 0.5 * std::f64::consts::TAU.ln()
                }));
            }
            _ => {
                let rows = p.predicted.chunks_exact(info.classes.len().max(1)).zip(&p.observed);
                all.extend(rows.map(|(row, &y)| -row[y as usize].max(1e-15).ln()));
            }
        }
    }
    mean(all.into_iter()).filter(|nll| nll.is_finite())
}

/// The number below which a fraction `p` of a standard normal distribution lies, by halving.
fn normal_quantile(p: f64) -> f64 {
    let below = |x: f64| 0.5 * (1.0 + Real::erf(x * std::f64::consts::FRAC_1_SQRT_2));
    // Beyond eight standard deviations nothing is left in double precision; sixty halvings leave its last digit.
    let halve = |(low, high): (f64, f64)| {
        let middle = 0.5 * (low + high);
        if below(middle) < p { (middle, high) } else { (low, middle) }
    };
    (0..60).fold((-8.0, 8.0), |range, _| halve(range)).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_that_differ_by_roundings_are_even() {
        assert_eq!(unless_even(&[(3.3 + 0.1) - (3.3 - 0.1), (0.7 + 0.1) - (0.7 - 0.1)]), None);
        assert_eq!(unless_even(&[1.0, 1.1]), Some(&[1.0, 1.1][..]));
    }

    #[test]
    fn nineteen_of_twenty_lie_within_two_deviations_nearly() {
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-9);
        assert!(normal_quantile(0.5).abs() < 1e-9);
    }
}
