//! Tables of words and numbers, for a terminal or a Markdown file.

use comfy_table::{CellAlignment, ContentArrangement, Table as Layout};

/// A header and rows of text, with an alignment for each column.
///
/// ```
/// let mut table = report::Table::new(&["model", "RMSE"]);
/// table.row(&["forest", "0.61"]);
/// assert_eq!(table.to_text(), "model   RMSE\n────────────\nforest  0.61\n");
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub header: Vec<String>,
    /// Cells, a list a row.
    pub rows: Vec<Vec<String>>,
    /// One entry a column; a column without one is aligned right.
    pub alignment: Vec<Alignment>,
}

/// On which side the cells of a column begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// Words.
    Left,
    /// Numbers.
    #[default]
    Right,
}

impl Table {
    /// A table without rows: the first column holds words, the others numbers.
    pub fn new(header: &[&str]) -> Self {
        let column = |at: usize| if at == 0 { Alignment::Left } else { Alignment::Right };
        Table {
            header: header.iter().map(|&name| name.to_owned()).collect(),
            rows: Vec::new(),
            alignment: (0..header.len()).map(column).collect(),
        }
    }

    /// Adds a row.
    pub fn row<S: AsRef<str>>(&mut self, cells: &[S]) {
        self.rows.push(cells.iter().map(|cell| cell.as_ref().to_owned()).collect());
    }

    /// Aligned text with a rule under the header.
    pub fn to_text(&self) -> String {
        let mut layout = Layout::new();
        layout.load_style(comfy_table::presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        layout.set_header(&self.header).add_rows(&self.rows);
        for (at, column) in layout.column_iter_mut().enumerate() {
            column.set_padding((if at == 0 { 0 } else { 2 }, 0)).set_cell_alignment(match self.align(at) {
                Alignment::Left => CellAlignment::Left,
                Alignment::Right => CellAlignment::Right,
            });
        }
        let mut lines: Vec<String> = layout.lines().collect();
        // The rule has no gaps, which the styles of the layout cannot give without a border.
        let rule = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        lines.insert(1.min(lines.len()), "─".repeat(rule));
        lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
    }

    /// The same as a table of Markdown.
    pub fn to_markdown(&self) -> String {
        let line = |cells: &[String]| {
            let cell =
                |at: usize| cells.get(at).map_or(String::new(), |text| text.replace('|', "\\|").replace('\n', " "));
            format!("| {} |\n", (0..self.header.len()).map(cell).collect::<Vec<_>>().join(" | "))
        };
        let rule = |at: usize| if self.align(at) == Alignment::Left { "---" } else { "---:" };
        let rules = (0..self.header.len()).map(rule).collect::<Vec<_>>().join(" | ");
        let body: String = self.rows.iter().map(|row| line(row)).collect();
        format!("{}| {rules} |\n{body}", line(&self.header))
    }

    fn align(&self, column: usize) -> Alignment {
        self.alignment.get(column).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new(&["model", "RMSE"]);
        table.row(&["a|b", "10.25"]);
        table
    }

    #[test]
    fn words_begin_left_and_numbers_end_right() {
        assert_eq!(table().to_text(), "model   RMSE\n────────────\na|b    10.25\n");
    }

    #[test]
    fn markdown_keeps_bars_inside_cells() {
        assert_eq!(table().to_markdown(), "| model | RMSE |\n| --- | ---: |\n| a\\|b | 10.25 |\n");
    }

    #[test]
    fn a_table_without_columns_is_drawn_too() {
        assert_eq!(Table::default().to_text(), "\n");
    }
}
