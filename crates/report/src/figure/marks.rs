//! The marks as SVG elements.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::Mark;
use super::frame::{Direction, Frame};
use super::number::pixels;
use super::style::{N_COLORS, SMALL};
use super::text::{escape, width};

/// Above so many dots they are smaller and stand on whole pixels, which keeps the file small.
const MANY: usize = 5000;

/// The element of a mark; `series` counts the marks that have a color of their own.
pub fn element(mark: &Mark, series: usize, frame: &Frame) -> String {
    let color = series % N_COLORS;
    match mark {
        Mark::Points { x, y, .. } => {
            let fine = if x.len() > MANY { " fine" } else { "" };
            path(&format!("dot{}{fine} c{color}", square(series)), &dots(x, y, stroke(series), frame))
        }
        Mark::Line { x, y, .. } => path(&format!("line c{color}"), &line(x, y, frame)),
        Mark::Band { x, low, high, .. } => path(&format!("band c{color}"), &band(x, low, high, frame)),
        Mark::Curves { x, y, .. } => {
            path(&format!("curve c{color}"), &y.iter().map(|y| line(x, y, frame)).collect::<String>())
        }
        Mark::Columns { edges, heights, .. } => path(&format!("bar c{color}"), &columns(edges, heights, frame)),
        Mark::Bars { y, lengths, .. } => path(&format!("bar c{color}"), &bars(y, lengths, frame)),
        Mark::Whiskers { x, low, high, .. } => path("whisker", &whiskers(x, low, high, frame)),
        Mark::Spans { y, low, high, .. } => path("whisker", &spans(y, low, high, frame)),
        Mark::Diagonal { .. } => path("guide", &diagonal(frame)),
        Mark::Horizontal { y, .. } => {
            let at = frame.y.place(*y).map(|y| format!("M{} {}H{}", p(frame.left()), p(y), p(frame.right())));
            path("guide", &at.unwrap_or_default())
        }
        Mark::Vertical { x, .. } => {
            let at = frame.x.place(*x).map(|x| format!("M{} {}V{}", p(x), p(frame.top()), p(frame.bottom())));
            path("guide", &at.unwrap_or_default())
        }
        Mark::Cells { shades, labels } => cells(shades, labels, frame),
    }
}

/// Width in pixels of the sign of a mark in the legend.
pub fn sign_width(mark: &Mark) -> f64 {
    if matches!(mark, Mark::Points { .. }) { 8.0 } else { 22.0 }
}

/// The sign of a mark in the legend, around the height `y`.
pub fn sign(mark: &Mark, series: usize, x: f64, y: f64) -> String {
    let color = series % N_COLORS;
    let bar = |class: &str| path(class, &format!("M{} {}h22", p(x), p(y)));
    match mark {
        Mark::Points { .. } => {
            path(&format!("dot{} c{color}", square(series)), &format!("M{} {}{}", p(x + 4.0), p(y), stroke(series)))
        }
        Mark::Line { .. } => bar(&format!("line c{color}")),
        Mark::Curves { .. } => bar(&format!("curve c{color}")),
        Mark::Band { .. } => path(&format!("band c{color}"), &format!("M{} {}h22v10h-22z", p(x), p(y - 5.0))),
        Mark::Columns { .. } | Mark::Bars { .. } => {
            path(&format!("bar c{color}"), &format!("M{} {}h22v10h-22z", p(x), p(y - 5.0)))
        }
        Mark::Whiskers { .. } | Mark::Spans { .. } => path("whisker", &format!("M{} {}h22m0-4v8m-22-8v8", p(x), p(y))),
        Mark::Diagonal { .. } | Mark::Vertical { .. } | Mark::Horizontal { .. } => bar("guide"),
        Mark::Cells { .. } => String::new(),
    }
}

/// Every other group of dots is square, so that print without colors tells them apart.
fn square(series: usize) -> &'static str {
    if series % 2 == 1 { " square" } else { "" }
}

/// Some programs draw no square end on a stroke that has no direction.
fn stroke(series: usize) -> &'static str {
    if series % 2 == 1 { "h.1" } else { "h0" }
}

fn path(class: &str, d: &str) -> String {
    if d.is_empty() { String::new() } else { format!("<path class=\"{class}\" d=\"{d}\"/>\n") }
}

/// One path of strokes of no length, whose round ends are the dots: a dozen bytes each. Dots on the same spot are
/// drawn once; it looks the same.
fn dots(x: &[f64], y: &[f64], stroke: &str, frame: &Frame) -> String {
    let digits = if x.len() > MANY { 0 } else { 1 };
    let mut drawn = BTreeSet::new();
    let mut d = String::new();
    for (x, y) in x.iter().zip(y).filter_map(|(&x, &y)| frame.place(x, y)) {
        let spot = format!("M{} {}{stroke}", pixels(x, digits), pixels(y, digits));
        if drawn.insert(spot.clone()) {
            d.push_str(&spot);
        }
    }
    d
}

fn line(x: &[f64], y: &[f64], frame: &Frame) -> String {
    let mut d = String::new();
    let mut last = None;
    for (&x, &y) in x.iter().zip(y) {
        let next = frame.place(x, y).map(|(x, y)| (p(x), p(y)));
        match (&last, &next) {
            (_, None) => {}
            (None, Some((x, y))) => write!(d, "M{x} {y}").unwrap_or(()),
            (Some(before), Some(now)) if before == now => {}
            (Some(_), Some((x, y))) => write!(d, "L{x} {y}").unwrap_or(()),
        }
        last = next;
    }
    // A line of one number is a dot.
    if !d.is_empty() && !d.contains('L') { d + "h0" } else { d }
}

/// One area for each run of numbers without a gap in `x`.
fn band(x: &[f64], low: &[f64], high: &[f64], frame: &Frame) -> String {
    let (mut from, mut d) = (0, String::new());
    for run in x.split(|x| x.is_nan()) {
        let part = from..from + run.len();
        d += &area(run, &low[part.clone()], &high[part.clone()], frame);
        from = part.end + 1;
    }
    d
}

fn area(x: &[f64], low: &[f64], high: &[f64], frame: &Frame) -> String {
    let edge = |(&x, &y): (&f64, &f64)| frame.place(x, y).map(|(x, y)| format!("{} {}", p(x), p(y)));
    let upper = x.iter().zip(high).filter_map(edge);
    let lower = x.iter().zip(low).rev().filter_map(edge);
    let corners: Vec<String> = upper.chain(lower).collect();
    if corners.len() < 3 { String::new() } else { format!("M{}z", corners.join("L")) }
}

/// The nearest place inside the frame, so that a bar that begins or ends outside is cut, not left out.
fn clamped(direction: &Direction, x: f64) -> Option<f64> {
    let [low, high] = direction.ends();
    if x.is_finite() { direction.place(x.clamp(low, high)) } else { None }
}

fn columns(edges: &[f64], heights: &[f64], frame: &Frame) -> String {
    let bar = |(edges, &height): (&[f64], &f64)| {
        let (x0, x1) = (clamped(&frame.x, edges[0])?, clamped(&frame.x, edges[1])?);
        let (y0, y1) = (clamped(&frame.y, 0.0)?, clamped(&frame.y, height)?);
        Some(format!("M{} {}V{}H{}V{}z", p(x0 + 0.5), p(y0), p(y1), p(x1 - 0.5), p(y0)))
    };
    edges.windows(2).zip(heights).filter_map(bar).collect()
}

/// Lying bars take two thirds of the space between neighbors.
fn bars(y: &[f64], lengths: &[f64], frame: &Frame) -> String {
    let half = (frame.bottom() - frame.top()) / frame.y.ticks.len().max(1) as f64 / 3.0;
    let bar = |(&y, &length): (&f64, &f64)| {
        let (x0, x1, y) = (clamped(&frame.x, 0.0)?, clamped(&frame.x, length)?, frame.y.place(y)?);
        Some(format!("M{} {}H{}V{}H{}z", p(x0), p(y - half), p(x1), p(y + half), p(x0)))
    };
    y.iter().zip(lengths).filter_map(bar).collect()
}

/// Half the length of the end of an error bar.
const END: f64 = 3.0;

/// The ends of error bars merge where there are many.
fn end(n: usize) -> f64 {
    if n > 60 { 0.0 } else { END }
}

fn whiskers(x: &[f64], low: &[f64], high: &[f64], frame: &Frame) -> String {
    let end = end(x.len());
    let bar = |((&x, &low), &high): ((&f64, &f64), &f64)| {
        let (x, y0, y1) = (frame.x.place(x)?, clamped(&frame.y, low)?, clamped(&frame.y, high)?);
        let (y0, y1) = (p(y0), p(y1));
        let stem = format!("M{} {y0}V{y1}", p(x));
        let (left, length) = (p(x - end), p(2.0 * end));
        Some(if end > 0.0 { format!("{stem}M{left} {y0}h{length}M{left} {y1}h{length}") } else { stem })
    };
    x.iter().zip(low).zip(high).filter_map(bar).collect()
}

fn spans(y: &[f64], low: &[f64], high: &[f64], frame: &Frame) -> String {
    let end = end(y.len());
    let bar = |((&y, &low), &high): ((&f64, &f64), &f64)| {
        let (y, x0, x1) = (frame.y.place(y)?, clamped(&frame.x, low)?, clamped(&frame.x, high)?);
        let (x0, x1) = (p(x0), p(x1));
        let stem = format!("M{x0} {}H{x1}", p(y));
        let (top, length) = (p(y - end), p(2.0 * end));
        Some(if end > 0.0 { format!("{stem}M{x0} {top}v{length}M{x1} {top}v{length}") } else { stem })
    };
    y.iter().zip(low).zip(high).filter_map(bar).collect()
}

fn diagonal(frame: &Frame) -> String {
    let ([x_low, x_high], [y_low, y_high]) = (frame.x.ends(), frame.y.ends());
    let ends = [x_low.max(y_low), x_high.min(y_high)].map(|at| frame.place(at, at));
    match ends {
        [Some((x0, y0)), Some((x1, y1))] => format!("M{} {}L{} {}", p(x0), p(y0), p(x1), p(y1)),
        _ => String::new(),
    }
}

fn cells(shades: &[f64], labels: &[String], frame: &Frame) -> String {
    let n_columns = frame.x.ticks.len().max(1);
    let side = (frame.right() - frame.left()) / n_columns as f64;
    // Bright text is legible on a dark cell only.
    const DARK: f64 = 0.8;
    let size = label_size(labels, side);
    let mut out = String::new();
    for (cell, &shade) in shades.iter().enumerate() {
        let Some((x, y)) = frame.place((cell % n_columns) as f64, (cell / n_columns) as f64) else { continue };
        let shade = if shade.is_finite() { shade.clamp(0.0, 1.0) } else { 0.0 };
        let (edge, length) = (side / 2.0 - 0.5, p(side - 1.0));
        if shade >= 0.005 {
            let (x, y, opacity) = (p(x - edge), p(y - edge), pixels(shade, 2));
            let place = format!("x=\"{x}\" y=\"{y}\" width=\"{length}\" height=\"{length}\"");
            out += &format!("<rect class=\"cell\" {place} fill-opacity=\"{opacity}\"/>\n");
        }
        let label = labels.get(cell).map_or("", String::as_str);
        if let Some(size) = size {
            let on = if shade > DARK { " class=\"on\"" } else { "" };
            let place = format!("x=\"{}\" y=\"{}\" style=\"font-size:{}px\"", p(x), p(y + size / 3.0), p(size));
            out += &format!("<text{on} {place} text-anchor=\"middle\">{}</text>\n", escape(label));
        }
    }
    out
}

/// The size in which all labels fit into their cells, if they are legible in it.
fn label_size(labels: &[String], side: f64) -> Option<f64> {
    const SMALLEST: f64 = 7.0;
    let widest = labels.iter().map(|label| width(label, 1.0)).fold(0.5, f64::max);
    let size = ((side - 6.0) / widest).min(side - 6.0).min(SMALL + 1.0);
    (size >= SMALLEST).then_some(size)
}

fn p(x: f64) -> String {
    pixels(x, 1)
}
