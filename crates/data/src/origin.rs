//! Where the rows of a table stand in its file, for messages.

/// A file and the line of each of its rows.
///
/// Lines follow one another except after blank lines and fields with line breaks, so only the jumps are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Origin {
    /// The path as it was given.
    pub file: String,
    /// `line` for text, `sheet row` for spreadsheets.
    pub word: &'static str,
    /// (row, line of that row) wherever the line is not the one after the row before.
    jumps: Vec<(usize, usize)>,
    /// For each row of a selection its row in the file; empty where all are there.
    kept: Vec<usize>,
}

impl Origin {
    /// A table whose rows have no lines.
    pub fn new(file: &str) -> Self {
        Origin { file: file.to_owned(), ..Origin::default() }
    }

    /// A file whose rows have numbers of their own, called `word`.
    pub fn counted(file: &str, word: &'static str) -> Self {
        Origin { file: file.to_owned(), word, ..Origin::default() }
    }

    /// Notes the line of `row`; rows come in order.
    pub fn note(&mut self, row: usize, line: usize) {
        if self.line(row) != Some(line) {
            self.jumps.push((row, line));
        }
    }

    /// The origin of some of the rows.
    pub fn select(&self, rows: &[usize]) -> Self {
        let kept = rows.iter().map(|&row| self.row_in_file(row)).collect();
        Origin { kept, ..self.clone() }
    }

    fn row_in_file(&self, row: usize) -> usize {
        self.kept.get(row).copied().unwrap_or(row)
    }

    /// `row 3 (line 5)`, counted from 1.
    pub fn place(&self, row: usize) -> String {
        let row = self.row_in_file(row);
        match self.line(row) {
            Some(line) => format!("row {} ({} {line})", row + 1, self.word),
            None => format!("row {}", row + 1),
        }
    }

    fn line(&self, row: usize) -> Option<usize> {
        let next = self.jumps.partition_point(|&(start, _)| start <= row);
        let (start, line) = *self.jumps.get(next.checked_sub(1)?)?;
        Some(line + row - start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_blank_line_moves_the_lines_after_it() {
        let mut origin = Origin::counted("a.csv", "line");
        for (row, line) in [(0, 2), (1, 3), (2, 5), (3, 6)] {
            origin.note(row, line);
        }
        assert_eq!(origin.jumps.len(), 2);
        assert_eq!(origin.place(3), "row 4 (line 6)");
        assert_eq!(Origin::new("memory").place(3), "row 4");
        assert_eq!(origin.select(&[3]).place(0), "row 4 (line 6)");
    }
}
