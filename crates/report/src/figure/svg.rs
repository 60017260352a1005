//! A figure as SVG: for a paper, a README, or inside a page in light or dark.

use super::frame::{Frame, LEGEND_LINE, LONGEST_NAME, Size};
use super::marks::{element, sign, sign_width};
use super::number::pixels;
use super::style::{CSS, FONTS, SMALL};
use super::text::{escape, fitted, width};
use super::{Figure, Mark, Scale};

impl Figure {
    /// The drawing as one self-contained `<svg>` element. The same figure gives the same bytes.
    ///
    /// Title and description serve screen readers; colors follow the reader's light or dark setting.
    pub fn to_svg(&self) -> String {
        const HEIGHT: f64 = 330.0;
        let size = Size { width: if self.equal { 480.0 } else { 640.0 }, height: HEIGHT };
        let xml = format!("xmlns=\"http://www.w3.org/2000/svg\" font-family=\"{FONTS}\" ");
        self.draw(size, &xml, &format!("<style>{CSS}</style>\n"))
    }

    /// The drawing for a page that holds the style once for all figures: small enough for a telephone.
    pub(crate) fn to_svg_in_page(&self) -> String {
        // Two stand side by side on a screen; the heights of axes are then alike, whether equal or not.
        const SIZE: Size = Size { width: 420.0, height: 308.0 };
        self.draw(SIZE, "", "")
    }

    fn draw(&self, size: Size, attributes: &str, style: &str) -> String {
        let entries = legend(self);
        let frame = Frame::new(self, size, |inner| lines(&entries, inner).len());
        let (w, h) = (p(frame.width), p(frame.height));
        let mut svg = format!(
            "<svg {attributes}class=\"gd\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\">\n"
        );
        svg += &format!("<title>{}</title>\n<desc>{}</desc>\n", escape(&self.title), escape(&self.description));
        svg += &format!("{style}<rect class=\"bg\" width=\"{w}\" height=\"{h}\"/>\n");
        svg += &header(&frame);
        svg += &x_axis(self, &frame);
        svg += &y_axis(self, &frame);
        if frame.filled {
            svg += &legend_text(&lines(&entries, frame.right() - frame.left()), &frame);
            numbered(self).for_each(|(mark, series)| svg += &element(mark, series, &frame));
        } else {
            let (x, y) = ((frame.left() + frame.right()) / 2.0, (frame.top() + frame.bottom()) / 2.0);
            svg += &words("note label", x, y, "middle", "no data");
        }
        svg += &axis_lines(self, &frame);
        svg + "</svg>\n"
    }
}

/// An entry of the legend: mark, number of its color, name.
type Entry<'a> = (&'a Mark, usize, String);

const SPACE: f64 = 6.0;
const GAP: f64 = 20.0;

fn numbered(figure: &Figure) -> impl Iterator<Item = (&Mark, usize)> {
    figure.marks.iter().scan(0, |next, mark| {
        let series = *next;
        *next += usize::from(mark.colored());
        Some((mark, series))
    })
}

fn legend(figure: &Figure) -> Vec<Entry<'_>> {
    let named = numbered(figure).filter(|(mark, _)| !mark.name().is_empty());
    let mut entries: Vec<Entry> =
        named.map(|(mark, series)| (mark, series, fitted(mark.name(), SMALL, 2.0 * LONGEST_NAME))).collect();
    // What is drawn in gray helps to read the others and comes last.
    entries.sort_by_key(|(mark, ..)| !mark.colored());
    entries
}

/// The entries side by side, as many in a line as fit.
fn lines<'a, 'b>(entries: &'b [Entry<'a>], inner: f64) -> Vec<Vec<&'b Entry<'a>>> {
    let mut lines: Vec<Vec<&Entry>> = Vec::new();
    let mut used = 0.0;
    for entry in entries {
        let needed = sign_width(entry.0) + SPACE + width(&entry.2, SMALL) + GAP;
        match lines.last_mut() {
            Some(line) if used + needed - GAP <= inner => line.push(entry),
            _ => {
                lines.push(vec![entry]);
                used = 0.0;
            }
        }
        used += needed;
    }
    lines
}

fn header(frame: &Frame) -> String {
    let mut y = 14.0;
    let mut out = String::new();
    for (class, height, texts) in [("title", 21.0, &frame.title), ("note", 17.0, &frame.note)] {
        for text in texts {
            y += height;
            out += &words(class, frame.left(), y - 4.0, "start", text);
        }
    }
    out
}

fn legend_text(lines: &[Vec<&Entry>], frame: &Frame) -> String {
    let mut out = String::new();
    for (line, entries) in lines.iter().enumerate() {
        let middle = frame.legend_top + LEGEND_LINE * (line as f64 + 0.5);
        let mut x = frame.left();
        for (mark, series, name) in entries {
            out += &sign(mark, *series, x, middle);
            x += sign_width(mark) + SPACE;
            out += &words("", x, middle + 4.0, "start", name);
            x += width(name, SMALL) + GAP;
        }
    }
    out
}

fn x_axis(figure: &Figure, frame: &Frame) -> String {
    let (top, bottom) = (frame.top(), frame.bottom());
    let names = matches!(figure.x.scale, Scale::Names(_));
    let every = every_name(frame.right() - frame.left(), frame.x.ticks.len(), names);
    let mut out = String::new();
    for (at, tick) in frame.x.ticks.iter().enumerate() {
        let Some(x) = frame.x.place(tick.at) else { continue };
        if !names && !tick.label.is_empty() {
            out += &stroke("grid", x, top, x, bottom);
        }
        if !names {
            out += &stroke("axis", x, bottom, x, bottom + if tick.label.is_empty() { 3.0 } else { 5.0 });
        }
        let label = fitted(&tick.label, SMALL, LONGEST_NAME);
        if frame.slanted && at % every == 0 {
            let (x, y) = (p(x + 4.0), p(bottom + 12.0));
            let turn = format!("transform=\"translate({x} {y})rotate(-45)\"");
            out += &format!("<text {turn} text-anchor=\"end\">{}</text>\n", escape(&label));
        } else if at % every == 0 {
            out += &words("", x, bottom + 19.0, "middle", &label);
        }
    }
    out + &words("label", (frame.left() + frame.right()) / 2.0, frame.height - 14.0, "middle", &figure.x.label)
}

fn y_axis(figure: &Figure, frame: &Frame) -> String {
    let (left, right) = (frame.left(), frame.right());
    let names = matches!(figure.y.scale, Scale::Names(_));
    let every = every_name(frame.bottom() - frame.top(), frame.y.ticks.len(), names);
    let mut out = String::new();
    for (at, tick) in frame.y.ticks.iter().enumerate() {
        let Some(y) = frame.y.place(tick.at) else { continue };
        if !names && !tick.label.is_empty() {
            out += &stroke("grid", left, y, right, y);
        }
        if !names {
            out += &stroke("axis", left - if tick.label.is_empty() { 3.0 } else { 5.0 }, y, left, y);
        }
        if at % every == 0 {
            out += &words("", left - 9.0, y + 4.0, "end", &fitted(&tick.label, SMALL, LONGEST_NAME));
        }
    }
    let turn = format!("transform=\"translate(24 {})rotate(-90)\"", p((frame.top() + frame.bottom()) / 2.0));
    if figure.y.label.is_empty() {
        return out;
    }
    out + &format!("<text class=\"label\" {turn} text-anchor=\"middle\">{}</text>\n", escape(&figure.y.label))
}

/// The bars of the axes, above the marks; cells get a frame all around.
fn axis_lines(figure: &Figure, frame: &Frame) -> String {
    let [left, right, top, bottom] = [frame.left(), frame.right(), frame.top(), frame.bottom()].map(p);
    let cells = [&figure.x, &figure.y].iter().all(|axis| matches!(axis.scale, Scale::Names(_)));
    let end = if cells { format!("V{top}H{left}") } else { String::new() };
    format!("<path class=\"axis\" d=\"M{left} {top}V{bottom}H{right}{end}\"/>\n")
}

/// Of many names every how many-th is written.
fn every_name(length: f64, n: usize, names: bool) -> usize {
    const LINE: f64 = 14.0;
    if names { ((n as f64 * LINE / length).ceil() as usize).max(1) } else { 1 }
}

fn stroke(class: &str, x0: f64, y0: f64, x1: f64, y1: f64) -> String {
    format!("<path class=\"{class}\" d=\"M{} {}L{} {}\"/>\n", p(x0), p(y0), p(x1), p(y1))
}

fn words(class: &str, x: f64, y: f64, anchor: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let anchor = if anchor == "start" { String::new() } else { format!(" text-anchor=\"{anchor}\"") };
    format!("<text{class} x=\"{}\" y=\"{}\"{anchor}>{}</text>\n", p(x), p(y), escape(text))
}

fn p(x: f64) -> String {
    pixels(x, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{confusion_matrix, learning_curve, parity, roc_curve};
    use proptest::prelude::*;

    #[test]
    fn empty_figures_say_no_data() {
        for figure in [
            Figure::default(),
            parity("t", "", &[("test", &[], &[])]),
            learning_curve(&[], &[], &[], None, "loss"),
            confusion_matrix("t", &[], &[]),
            roc_curve("t", &[]),
            parity("t", "", &[("test", &[f64::NAN], &[1.0])]),
        ] {
            let svg = figure.to_svg();
            assert!(svg.contains(">no data</text>") && !svg.contains("NaN") && !svg.contains("inf"), "{svg}");
        }
    }

    #[test]
    fn both_axes_of_a_parity_figure_are_equal() {
        let figure = parity("t", "", &[("test", &[0.0, 10.0], &[2.0, 3.0])]);
        let frame = Frame::new(&figure, Size { width: 480.0, height: 330.0 }, |_| 0);
        assert_eq!(frame.x.ends(), frame.y.ends());
        assert_eq!(frame.right() - frame.left(), frame.bottom() - frame.top());
    }

    #[test]
    fn words_are_escaped_and_title_and_description_come_first() {
        let figure = Figure { title: "a<b".to_owned(), description: "c&d".to_owned(), ..Figure::default() };
        assert!(figure.to_svg().contains("<title>a&lt;b</title>\n<desc>c&amp;d</desc>"));
    }

    #[test]
    fn ten_thousand_points_take_a_dozen_bytes_each() {
        let x: Vec<f64> = (0..10_000).map(|i| f64::from(i % 100)).collect();
        let y: Vec<f64> = (0..10_000).map(|i| f64::from(i / 100)).collect();
        let svg = parity("t", "", &[("test", &x, &y)]).to_svg();
        assert!(svg.len() < 130_000, "{}", svg.len());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn whatever_the_numbers_no_coordinate_is_odd(
            x in prop::collection::vec(any::<f64>(), 0..6), y in prop::collection::vec(any::<f64>(), 0..6),
            log in any::<bool>(),
        ) {
            let mut figure = learning_curve(&x, &y, &y, x.first().copied().filter(|x| x.is_finite()), "loss");
            if log {
                figure.y.scale = Scale::Log;
            }
            let svg = figure.to_svg();
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf\"") && !svg.contains("inf "));
        }
    }
}
