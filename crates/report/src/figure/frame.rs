//! Where the axes lie, and which pixel a number falls on.

use super::style::{SMALL, TITLE};
use super::text::{width, wrapped};
use super::tick::Tick;
use super::ticks::ticks;
use super::{Axis, Figure, Mark, Scale};

/// The plan of a drawing in pixels.
pub struct Frame {
    pub width: f64,
    pub height: f64,
    pub x: Direction,
    pub y: Direction,
    pub title: Vec<String>,
    pub note: Vec<String>,
    /// Upper edge of the first line of the legend.
    pub legend_top: f64,
    /// Names on the horizontal axis stand slanted.
    pub slanted: bool,
    /// Whether there is any number to draw.
    pub filled: bool,
}

/// One axis: its numbers from `low` to `high` lie on the pixels from `start` to `end`.
pub struct Direction {
    low: f64,
    high: f64,
    log: bool,
    pub start: f64,
    pub end: f64,
    pub ticks: Vec<Tick>,
}

/// How wide a drawing is, and how high its axes are where they are not equal.
#[derive(Clone, Copy)]
pub struct Size {
    pub width: f64,
    pub height: f64,
}

/// Names on the vertical axis need so many pixels each.
const NAME_LINE: f64 = 18.0;
const MARGIN: f64 = 20.0;
const RIGHT: f64 = 28.0;
pub const LEGEND_LINE: f64 = 20.0;
pub const LONGEST_NAME: f64 = 130.0;

impl Frame {
    /// Makes room for title, note, `legend_lines` given the width, and axes.
    pub fn new(figure: &Figure, size: Size, legend_lines: impl Fn(f64) -> usize) -> Self {
        let (x_range, y_range, filled) = ranges(figure);
        let Size { width: total, height } = size;
        let wanted = [if figure.equal || total < 500.0 { 5 } else { 7 }, 5];
        let x_ticks = if filled { ticks(&figure.x.scale, x_range, wanted[0]) } else { Vec::new() };
        let y_ticks = if filled { ticks(&figure.y.scale, y_range, wanted[1]) } else { Vec::new() };

        let left = MARGIN + 22.0 + widest(&y_ticks) + 8.0;
        let inner = total - left - RIGHT;
        let title = wrapped(&figure.title, TITLE, inner);
        let note = wrapped(figure.note.as_deref().unwrap_or(""), SMALL, inner);
        let legend_top = 14.0 + 21.0 * title.len() as f64 + 17.0 * note.len() as f64 + 4.0;
        let top = legend_top + LEGEND_LINE * legend_lines(inner) as f64 + 8.0;
        let plot_height = if figure.equal { inner } else { height.max(NAME_LINE * n_names(&figure.y) as f64) };

        let names = matches!(figure.x.scale, Scale::Names(_));
        let slanted = names && widest(&x_ticks) > inner / x_ticks.len().max(1) as f64 - 6.0;
        let label_room = if slanted { 14.0 + 0.75 * widest(&x_ticks) } else { 22.0 };
        let bottom = top + plot_height;
        let y_ends = if matches!(figure.y.scale, Scale::Names(_)) { (top, bottom) } else { (bottom, top) };
        Frame {
            width: total,
            height: (bottom + label_room + 34.0).ceil(),
            x: Direction::new(&figure.x, x_range, (left, left + inner), x_ticks),
            y: Direction::new(&figure.y, y_range, y_ends, y_ticks),
            title,
            note,
            legend_top,
            slanted,
            filled,
        }
    }

    pub fn left(&self) -> f64 {
        self.x.start
    }

    pub fn right(&self) -> f64 {
        self.x.end
    }

    pub fn top(&self) -> f64 {
        self.y.start.min(self.y.end)
    }

    pub fn bottom(&self) -> f64 {
        self.y.start.max(self.y.end)
    }

    /// The pixel of a pair of numbers, unless it lies outside.
    pub fn place(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some((self.x.place(x)?, self.y.place(y)?))
    }
}

impl Direction {
    fn new(axis: &Axis, [low, high]: [f64; 2], (start, end): (f64, f64), ticks: Vec<Tick>) -> Self {
        let log = axis.scale == Scale::Log;
        let map = |x: f64| if log { x.log10() } else { x };
        Direction { low: map(low), high: map(high), log, start, end, ticks }
    }

    /// The pixel of a number, unless it lies outside.
    pub fn place(&self, x: f64) -> Option<f64> {
        let x = if self.log { x.log10() } else { x };
        let share = (x - self.low) / (self.high - self.low);
        // Not a number is in no range.
        (-1e-9..=1.0 + 1e-9).contains(&share).then_some(self.start + share * (self.end - self.start))
    }

    /// The number at each end.
    pub fn ends(&self) -> [f64; 2] {
        [self.low, self.high].map(|x| if self.log { 10_f64.powf(x) } else { x })
    }
}

fn n_names(axis: &Axis) -> usize {
    if let Scale::Names(names) = &axis.scale { names.len() } else { 0 }
}

fn widest(ticks: &[Tick]) -> f64 {
    ticks.iter().map(|tick| width(&tick.label, SMALL)).fold(0.0, f64::max).min(LONGEST_NAME)
}

/// Ranges of both axes, and whether there is a number at all.
pub fn ranges(figure: &Figure) -> ([f64; 2], [f64; 2], bool) {
    let (mut xs, mut ys) = (Vec::new(), Vec::new());
    for mark in &figure.marks {
        let (x, y) = mark.numbers();
        x.iter().for_each(|x| xs.extend(extent(x, &figure.x.scale)));
        y.iter().for_each(|y| ys.extend(extent(y, &figure.y.scale)));
    }
    let cells = figure.marks.iter().any(|mark| matches!(mark, Mark::Cells { shades, .. } if !shades.is_empty()));
    let filled = cells || (!xs.is_empty() && !ys.is_empty());
    let grounded = |columns: bool| figure.marks.iter().any(|mark| mark.bars_stand() == Some(columns));
    if figure.equal {
        let both = [xs, ys].concat();
        return (range(&figure.x, &both), range(&figure.y, &both), filled);
    }
    let (x, y) = (range(&figure.x, &xs), range(&figure.y, &ys));
    (on_the_axis(x, &xs, grounded(false)), on_the_axis(y, &ys, grounded(true)), filled)
}

/// Bars of positive numbers stand on the axis, without space below.
fn on_the_axis([low, high]: [f64; 2], numbers: &[f64], bars: bool) -> [f64; 2] {
    [if bars && numbers.iter().all(|&x| x >= 0.0) { low.max(0.0) } else { low }, high]
}

/// Smallest and largest number that can be drawn.
fn extent(numbers: &[f64], scale: &Scale) -> Vec<f64> {
    let numbers = || numbers.iter().copied().filter(|&x| drawable(x, scale));
    numbers().min_by(f64::total_cmp).into_iter().chain(numbers().max_by(f64::total_cmp)).collect()
}

/// Whether a number has a place on an axis: nearer to the limits of f64 the space around it would overflow.
fn drawable(x: f64, scale: &Scale) -> bool {
    x.abs() < 1e250 && (*scale != Scale::Log || x > 1e-250)
}

/// The range that was asked for, or the numbers with a little space around.
fn range(axis: &Axis, numbers: &[f64]) -> [f64; 2] {
    const SPACE: f64 = 0.04;
    let usable = |[low, high]: &[f64; 2]| low < high && drawable(*low, &axis.scale) && drawable(*high, &axis.scale);
    if let Some(range) = axis.range.filter(usable) {
        return range;
    }
    let low = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let high = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    match &axis.scale {
        Scale::Names(names) => [-0.5, names.len().max(1) as f64 - 0.5],
        _ if low > high => [0.0, 1.0].map(|x| if axis.scale == Scale::Log { 1.0 + 9.0 * x } else { x }),
        Scale::Log => {
            let space = ((high / low).log10() * SPACE).max(0.05);
            [low * 10_f64.powf(-space), high * 10_f64.powf(space)]
        }
        _ => {
            // A single number, or numbers that differ by roundings only, get a range around them.
            let least = (low.abs().max(high.abs()) * 1e-9).max(f64::MIN_POSITIVE * 1e9);
            let space = if high - low > least { (high - low) * SPACE } else { (low.abs() * 0.1).max(0.5) };
            [low - space, high + space]
        }
    }
}
