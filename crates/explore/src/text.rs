//! A look as text for a terminal.

use ::report::{Alignment, Table};
use data::profile::{ColumnProfile, Histogram, Kind};

use crate::correlation::Pair;
use crate::features::Features;
use crate::found::Look;
use crate::targets::TargetProfile;
use crate::words::{count, rows_named, short};

/// So many columns are listed; the others are counted.
const MOST_COLUMNS: usize = 30;
/// Letters of a name or value that are shown.
const LONGEST: usize = 20;
/// Letters of a line.
const LINE: usize = 96;

impl Look {
    /// Tables and sentences, at most about a hundred letters wide.
    pub fn to_text(&self) -> String {
        let mut text =
            format!("{}: {}, {}\n", self.table, count(self.rows, "row"), count(self.columns.len(), "column"));
        for part in [self.numbers(), self.others(), self.rows_text()] {
            if !part.is_empty() {
                text += &format!("\n{part}");
            }
        }
        self.targets.iter().for_each(|target| text += &format!("\n{}", target_text(target)));
        if let Some(features) = &self.features {
            text += &format!("\n{}", features_text(features));
        }
        if !self.notes.is_empty() {
            text.push('\n');
        }
        self.notes.iter().for_each(|note| text += &wrapped("note: ", note));
        text + &self.verdicts_text()
    }

    fn numbers(&self) -> String {
        let header = ["numbers", "missing", "mean", "deviation", "min", "25 %", "median", "75 %", "max", "outliers"];
        let mut table = Table::new(&header);
        let with = self.columns.iter().filter(|column| column.kind == Kind::Number);
        let with: Vec<_> = with.filter_map(|column| Some((column, column.numbers.as_ref()?))).collect();
        for (column, numbers) in with.iter().take(MOST_COLUMNS) {
            let figures = [
                numbers.mean,
                numbers.deviation,
                numbers.min,
                numbers.lower_quartile,
                numbers.median,
                numbers.upper_quartile,
                numbers.max,
            ];
            let mut cells = vec![cut(&column.header()), none(column.missing)];
            cells.extend(figures.map(short));
            cells.push(none(numbers.n_outliers));
            table.row(&cells);
        }
        listing(&table, with.len())
    }

    fn others(&self) -> String {
        let mut table = Table::new(&["other columns", "what", "missing", "different", "most frequent"]);
        table.alignment[1] = Alignment::Left;
        table.alignment[4] = Alignment::Left;
        let others: Vec<&ColumnProfile> = self.columns.iter().filter(|column| column.kind != Kind::Number).collect();
        for column in others.iter().take(MOST_COLUMNS) {
            let distinct = match (&column.levels, &column.numbers) {
                (Some(levels), _) => levels.distinct.to_string(),
                (None, Some(numbers)) => numbers.distinct.to_string(),
                (None, None) => "0".to_owned(),
            };
            let missing = none(column.missing);
            table.row(&[cut(&column.header()), column.kind.word().to_owned(), missing, distinct, frequent(column)]);
        }
        listing(&table, others.len())
    }

    fn rows_text(&self) -> String {
        let mut text = match self.duplicates.examples.first() {
            None => "rows: no two are identical".to_owned(),
            Some(first) => format!(
                "rows: {} repeat{} another one, for example {}",
                self.duplicates.rows - self.duplicates.groups,
                if self.duplicates.rows - self.duplicates.groups == 1 { "s" } else { "" },
                rows_named(first, first.len())
            ),
        };
        if let Some(molecules) = &self.molecules {
            text += &format!(
                "\nmolecules: {} valid, {} of them different, {} invalid",
                molecules.valid, molecules.distinct, molecules.n_invalid
            );
            for bad in &molecules.invalid {
                text += &format!("\n{}", wrapped("  ", &format!("{}: {}", bad.place, bad.reason)).trim_end());
            }
        }
        text + "\n"
    }

    fn verdicts_text(&self) -> String {
        if self.verdicts.is_empty() {
            return "\nno findings\n".to_owned();
        }
        let mut text = "\nwhat to do, most important first\n".to_owned();
        for (at, verdict) in self.verdicts.iter().enumerate() {
            let number = format!("{:>2}. ", at + 1);
            text += &wrapped(&number, &format!("{}: {}", verdict.weight.words(), verdict.finding));
            text += &wrapped("    -> ", &verdict.advice);
        }
        text
    }
}

fn target_text(target: &TargetProfile) -> String {
    let mut text = format!("target {}: {} known", target.name, target.known);
    if let Some(numbers) = &target.numbers {
        // Adding zero makes -0 a 0.
        let skewness = (100.0 * numbers.skewness).round() / 100.0 + 0.0;
        text += &format!(", skewness {skewness:.2}");
    }
    text.push('\n');
    let mut line = |name: &str, histogram: &Option<Histogram>| {
        let Some(Histogram { edges, counts }) = histogram else { return };
        let (Some(low), Some(high)) = (edges.first(), edges.last()) else { return };
        text += &format!("  {name:<9}{} {} {}\n", short(*low), sparkline(counts), short(*high));
    };
    line("values", &target.histogram);
    if target.wants_logarithm() {
        line("log10", &target.log_histogram);
    }
    for class in target.classes.iter().take(MOST_CLASSES) {
        let share = class.rows as f64 / target.known.max(1) as f64;
        let bar = "█".repeat((share * BAR).round() as usize);
        let line = format!("  {:<LONGEST$} {:>7} {:>5.1} %  {bar}", cut(&class.value), class.rows, 100.0 * share);
        text += &format!("{}\n", line.trim_end());
    }
    if target.classes.len() > MOST_CLASSES {
        text += &format!("  and {} more\n", target.classes.len() - MOST_CLASSES);
    }
    text
}

const MOST_CLASSES: usize = 10;
/// Letters of a bar that is all rows.
const BAR: f64 = 40.0;

fn features_text(features: &Features) -> String {
    let Features { used, rows, sampled, correlations, .. } = features;
    let constant = match features.constant {
        0 => "none constant".to_owned(),
        n => format!("{n} constant ({:.0} % of {})", 100.0 * n as f64 / features.total as f64, features.total),
    };
    let mut text = format!("features, as a fit with default settings makes them: {used} used, {constant}\n");
    let drawn = if sampled < rows { format!(", looked at in {sampled} rows drawn at random") } else { String::new() };
    let share = if used <= rows {
        format!("{} rows for each feature", short(1.0 / features.per_row))
    } else {
        format!("{} features for each row", short(features.per_row))
    };
    text += &wrapped("  ", &format!("{}: {share}{drawn}", count(*rows, "row")));
    if *used > 1 {
        let of = if correlations.compared < *used { " of largest variance" } else { "" };
        let pair = |pair: &Pair| format!("{} ~ {} ({:.3})", pair.a, pair.b, pair.r);
        let pairs: Vec<String> = correlations.strongest.iter().map(pair).collect();
        let pairs = if pairs.is_empty() { String::new() } else { format!(": {}", pairs.join(", ")) };
        let (strong, compared) = (count(correlations.strong, "pair"), correlations.compared);
        text += &wrapped("  ", &format!("correlation: {strong} of {compared} features{of} with |r| > 0.95{pairs}"));
    }
    if let (Some(components), true) = (&features.components, *used > 1) {
        let shares = components.explained.iter().filter(|share| **share > SMALLEST_SHARE);
        let shares: Vec<String> = shares.map(|share| percent(*share)).collect();
        let (needed, all) = (components.for_90_percent, components.features);
        let hold = if needed == 1 { "holds" } else { "hold" };
        let shares = shares.join(", ");
        text += &wrapped(
            "  ",
            &format!("components: {needed} of {all} {hold} 90 % of the variance; the first hold {shares} %"),
        );
    }
    if let Some(distances) = &features.distances {
        text += &wrapped(
            "  ",
            &format!(
                "distances: the nearest row is {:.2} times as far away as the farthest (median over {} rows); near 1 all rows \
                 are equally far, and similarity means little",
                distances.ratio, distances.rows
            ),
        );
    }
    text
}

/// A fraction that would be written as 0.0 %.
const SMALLEST_SHARE: f64 = 5e-4;

/// A fraction in whole percent, or with a digit where that would be zero.
fn percent(share: f64) -> String {
    let percent = 100.0 * share;
    if percent < 1.0 { format!("{percent:.1}") } else { format!("{percent:.0}") }
}

/// A table, and how many rows it does not show.
fn listing(table: &Table, all: usize) -> String {
    match all - table.rows.len() {
        _ if all == 0 => String::new(),
        0 => table.to_text(),
        more => format!("{}and {more} more: all of them with `--json`\n", table.to_text()),
    }
}

fn frequent(column: &ColumnProfile) -> String {
    let Some(levels) = &column.levels else { return String::new() };
    if levels.n_single == levels.distinct {
        return levels.top.first().map_or(String::new(), |level| format!("each once, such as {}", cut(&level.value)));
    }
    let level = |level: &data::profile::Level| format!("{} ({})", cut(&level.value), level.rows);
    let mut text = String::new();
    for level in levels.top.iter().map(level) {
        if !text.is_empty() && text.chars().count() + level.chars().count() > FREQUENT {
            break;
        }
        text += &if text.is_empty() { level } else { format!(", {level}") };
    }
    text
}

/// Letters of a list of frequent values.
const FREQUENT: usize = 40;

/// A block for each count, as high as its fraction of the largest; nothing for zero.
fn sparkline(counts: &[usize]) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    let block = |&n: &usize| if n == 0 { ' ' } else { BLOCKS[(8 * n).div_ceil(most) - 1] };
    counts.iter().map(block).collect()
}

/// Zero is shown as nothing, so that what is there stands out.
fn none(n: usize) -> String {
    if n == 0 { String::new() } else { n.to_string() }
}

fn cut(name: &str) -> String {
    let name = name.replace(['\n', '\r', '\t'], " ");
    match name.char_indices().nth(LONGEST) {
        Some(_) => format!("{}…", name.chars().take(LONGEST - 1).collect::<String>()),
        None => name,
    }
}

/// Wrapped lines, the first after `head`, the others indented equally.
fn wrapped(head: &str, text: &str) -> String {
    let margin = head.chars().count();
    let mut lines = vec![head.to_owned()];
    let mut length = margin;
    for word in text.split_whitespace() {
        let letters = word.chars().count();
        if length > margin && length + 1 + letters > LINE {
            lines.push(" ".repeat(margin));
            length = margin;
        }
        let gap = if length > margin { " " } else { "" };
        if let Some(line) = lines.last_mut() {
            *line += &format!("{gap}{word}");
        }
        length += gap.len() + letters;
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_count_is_a_whole_block() {
        assert_eq!(sparkline(&[0, 1, 4, 8]), " ▁▄█");
        assert_eq!(sparkline(&[0, 0]), "  ");
    }

    #[test]
    fn lines_end_before_the_margin() {
        let text = wrapped("1. ", &"word ".repeat(40));
        assert!(text.lines().all(|line| line.chars().count() <= LINE) && text.lines().count() == 3, "{text}");
        assert!(text.lines().nth(1).is_some_and(|line| line.starts_with("   word")), "{text}");
    }
}
