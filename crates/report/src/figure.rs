//! A figure: axes, marks and words.

mod attention;
mod bias_variance;
mod calibration;
mod confusion_matrix;
mod convergence;
mod coverage;
mod dates;
mod dependence;
mod error_by_distance;
mod forecast;
mod frame;
mod histogram;
mod importance;
mod learning_curve;
mod marks;
mod number;
mod parallel_coordinates;
mod pareto;
mod parity;
mod plotly;
mod posterior;
mod precision_recall;
mod residuals;
mod roc_curve;
mod style;
mod svg;
mod text;
mod tick;
mod ticks;
mod validation_curve;

pub use attention::attention;
pub use bias_variance::bias_variance;
pub use calibration::{calibration, nominal_coverage};
pub use confusion_matrix::confusion_matrix;
pub use convergence::{BestSoFar, convergence};
pub use coverage::coverage;
pub use dependence::dependence;
pub use error_by_distance::error_by_distance;
pub use forecast::{Steps, error_by_step, forecast};
pub use histogram::histogram;
pub use importance::importance;
pub use learning_curve::learning_curve;
pub use parallel_coordinates::parallel_coordinates;
pub use pareto::pareto;
pub use parity::parity;
pub use posterior::{Slice, posterior};
pub use precision_recall::precision_recall;
pub use residuals::residuals;
pub use roc_curve::roc_curve;
pub(crate) use style::{CSS, FONTS};
pub use tick::Tick;
pub use validation_curve::validation_curve;

/// A figure as plain data; [`Figure::to_svg`] draws it, [`Figure::to_plotly`] makes it interactive elsewhere.
///
/// Numbers that are not finite are left out, and a figure without any says `no data`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// The line above the figure.
    pub title: String,
    /// What a reader who cannot see the figure is told.
    pub description: String,
    /// The horizontal axis.
    pub x: Axis,
    /// The vertical axis.
    pub y: Axis,
    /// Same range and same length for both axes.
    pub equal: bool,
    /// Marks, from back to front.
    pub marks: Vec<Mark>,
    /// A line below the title, for example the errors.
    pub note: Option<String>,
}

/// One axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// Quantity and unit.
    pub label: String,
    /// How numbers are laid out along it.
    pub scale: Scale,
    /// Its ends; without them they follow from the marks.
    pub range: Option<[f64; 2]>,
}

/// How numbers are laid out along an axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scale {
    /// Equal distances are equal differences.
    #[default]
    Linear,
    /// Whole numbers only are marked.
    Counts,
    /// Seconds since 1970, marked as dates.
    Dates,
    /// Equal distances are equal ratios; numbers that are not positive are left out.
    Log,
    /// Names at 0, 1, 2, ...; on the vertical axis from top to bottom.
    Names(Vec<String>),
}

/// Something drawn in the figure; a name that is not empty is listed in the legend.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // `x` and `y` are what they say
pub enum Mark {
    /// A dot for every pair.
    Points { name: String, x: Vec<f64>, y: Vec<f64> },
    /// A line from pair to pair; it breaks where a number is not finite.
    Line { name: String, x: Vec<f64>, y: Vec<f64> },
    /// The area between two lines.
    Band { name: String, x: Vec<f64>, low: Vec<f64>, high: Vec<f64> },
    /// Thin lines that share their `x`, one for each list of `y`.
    Curves { name: String, x: Vec<f64>, y: Vec<Vec<f64>> },
    /// Standing bars side by side from zero to `heights`: bar `i` from `edges[i]` to `edges[i + 1]`.
    Columns { name: String, edges: Vec<f64>, heights: Vec<f64> },
    /// Lying bars from zero to `lengths`, each at its `y`.
    Bars { name: String, y: Vec<f64>, lengths: Vec<f64> },
    /// Standing error bars from `low` to `high`.
    Whiskers { name: String, x: Vec<f64>, low: Vec<f64>, high: Vec<f64> },
    /// Lying error bars from `low` to `high`.
    Spans { name: String, y: Vec<f64>, low: Vec<f64>, high: Vec<f64> },
    /// The line where both axes are equal.
    Diagonal { name: String },
    /// A dashed line across the figure at one `x`.
    Vertical { name: String, x: f64 },
    /// A dashed line across the figure at one `y`.
    Horizontal { name: String, y: f64 },
    /// A rectangle for each pair of names, row-major from the top; `shades` from 0 to 1, `labels` written on them.
    Cells { shades: Vec<f64>, labels: Vec<String> },
}

impl Axis {
    /// A linear axis that fits its range to the marks.
    pub fn new(label: &str) -> Self {
        Axis { label: label.to_owned(), ..Axis::default() }
    }
}

impl Mark {
    /// The name in the legend.
    pub fn name(&self) -> &str {
        match self {
            Mark::Points { name, .. }
            | Mark::Line { name, .. }
            | Mark::Band { name, .. }
            | Mark::Curves { name, .. }
            | Mark::Columns { name, .. }
            | Mark::Bars { name, .. }
            | Mark::Whiskers { name, .. }
            | Mark::Spans { name, .. }
            | Mark::Diagonal { name }
            | Mark::Vertical { name, .. }
            | Mark::Horizontal { name, .. } => name,
            Mark::Cells { .. } => "",
        }
    }

    /// Whether the mark takes a color of its own; the others are drawn in gray.
    fn colored(&self) -> bool {
        matches!(
            self,
            Mark::Points { .. }
                | Mark::Line { .. }
                | Mark::Band { .. }
                | Mark::Curves { .. }
                | Mark::Columns { .. }
                | Mark::Bars { .. }
        )
    }

    /// Of bars from zero, whether they stand.
    fn bars_stand(&self) -> Option<bool> {
        match self {
            Mark::Columns { .. } => Some(true),
            Mark::Bars { .. } => Some(false),
            _ => None,
        }
    }

    /// The horizontal and the vertical numbers that must find room in the figure; bars begin at zero.
    fn numbers(&self) -> (Vec<&[f64]>, Vec<&[f64]>) {
        const ZERO: &[f64] = &[0.0];
        match self {
            Mark::Points { x, y, .. } | Mark::Line { x, y, .. } => (vec![x], vec![y]),
            Mark::Band { x, low, high, .. } | Mark::Whiskers { x, low, high, .. } => (vec![x], vec![low, high]),
            Mark::Curves { x, y, .. } => (vec![x], y.iter().map(Vec::as_slice).collect()),
            Mark::Columns { edges, heights, .. } => (vec![edges], vec![heights, ZERO]),
            Mark::Bars { y, lengths, .. } => (vec![lengths, ZERO], vec![y]),
            Mark::Spans { y, low, high, .. } => (vec![low, high], vec![y]),
            Mark::Vertical { x, .. } => (vec![std::slice::from_ref(x)], vec![]),
            Mark::Horizontal { y, .. } => (vec![], vec![std::slice::from_ref(y)]),
            Mark::Diagonal { .. } | Mark::Cells { .. } => (vec![], vec![]),
        }
    }
}
