//! A figure: axes, marks and words.

mod confusion_matrix;
mod frame;
mod learning_curve;
mod marks;
mod number;
mod parity;
mod roc_curve;
mod style;
mod svg;
mod text;
mod ticks;

pub use confusion_matrix::confusion_matrix;
pub use learning_curve::learning_curve;
pub use parity::parity;
pub use roc_curve::roc_curve;
pub use ticks::Tick;

/// A figure as plain data; [`Figure::to_svg`] draws it.
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
    /// What is drawn, from back to front.
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
    /// The line where both axes are equal.
    Diagonal { name: String },
    /// A dashed line across the figure at one `x`.
    Vertical { name: String, x: f64 },
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
            | Mark::Diagonal { name }
            | Mark::Vertical { name, .. } => name,
            Mark::Cells { .. } => "",
        }
    }

    /// Whether the mark takes a colour of its own; the others are drawn in grey.
    fn coloured(&self) -> bool {
        matches!(self, Mark::Points { .. } | Mark::Line { .. } | Mark::Band { .. })
    }
}
