//! Whether a column holds numbers or categories.

use crate::{Column, Error, Result, Values};

/// The fraction of cells that must be finite numbers for a column to count as numeric.
pub const NUMERIC_SHARE: f64 = 0.95;

/// Kind of a column, when nobody has said it.
#[derive(Clone, Debug, PartialEq)]
pub enum Numeric {
    /// Every cell that is there is a finite number.
    Numbers(Vec<Option<f64>>),
    /// At least 95 % of the cells are; the error names the others.
    Spoiled(Error),
    /// Text: fewer are numbers.
    Category,
    /// Every cell is missing.
    Empty,
}

impl Column {
    /// Reads the cells as numbers if at least [`NUMERIC_SHARE`] of those that are there are finite numbers.
    ///
    /// ```
    /// use data::{Column, Numeric, Values};
    /// let solvent = Column::new("solvent", Values::Text(["water", "7"].into_iter().collect()));
    /// assert_eq!(solvent.numbers(), Numeric::Category);
    /// ```
    pub fn numbers(&self) -> Numeric {
        let (numbers, spoiled) = self.parsed();
        let present = self.len() - self.n_missing();
        let share = (present - spoiled.len()) as f64 / present as f64;
        match spoiled.len() {
            _ if present == 0 => Numeric::Empty,
            0 => Numeric::Numbers(numbers),
            _ if share >= NUMERIC_SHARE => Numeric::Spoiled(self.not_numbers(&spoiled, present)),
            _ => Numeric::Category,
        }
    }

    /// The cells as numbers, whatever their fraction.
    ///
    /// # Errors
    /// Cells that are not finite numbers, with the first five.
    pub fn as_numbers(&self) -> Result<Vec<Option<f64>>> {
        match self.parsed() {
            (numbers, spoiled) if spoiled.is_empty() => Ok(numbers),
            (_, spoiled) => Err(self.not_numbers(&spoiled, self.len() - self.n_missing())),
        }
    }

    /// The numbers of a numeric column, NaN where there is none, and the rows that hold something else; `None` where
    /// fewer than [`NUMERIC_SHARE`] of the cells are numbers.
    ///
    /// ```
    /// use data::{Column, Values};
    /// let cells = ["1.5", "", "<0.5"].into_iter().chain(["2"; 30]).collect();
    /// let (numbers, spoiled) = Column::new("c", Values::Text(cells)).numbers_and_rest().unwrap();
    /// assert!(numbers[0] == 1.5 && numbers[1].is_nan() && numbers[2].is_nan() && spoiled == [2]);
    /// ```
    pub fn numbers_and_rest(&self) -> Option<(Vec<f64>, Vec<usize>)> {
        let (numbers, spoiled) = self.parsed();
        let present = self.len() - self.n_missing();
        let numeric = present > 0 && (present - spoiled.len()) as f64 >= NUMERIC_SHARE * present as f64;
        numeric.then(|| (numbers.into_iter().map(|x| x.unwrap_or(f64::NAN)).collect(), spoiled))
    }

    /// The numbers, and the rows that hold something else.
    fn parsed(&self) -> (Vec<Option<f64>>, Vec<usize>) {
        let mut spoiled = Vec::new();
        let mut number = |row, found: Option<Option<f64>>| {
            if found == Some(None) {
                spoiled.push(row);
            }
            found.flatten()
        };
        let numbers = match &self.values {
            Values::Number(numbers) => {
                let cell = |x: &f64| (!x.is_nan()).then_some(x.is_finite().then_some(*x));
                numbers.iter().enumerate().map(|(row, x)| number(row, cell(x))).collect()
            }
            Values::Text(text) => text.iter().enumerate().map(|(row, x)| number(row, x.map(parse_number))).collect(),
        };
        (numbers, spoiled)
    }

    fn not_numbers(&self, spoiled: &[usize], total: usize) -> Error {
        Error::NotNumbers {
            file: self.origin.file.clone(),
            column: self.header(),
            count: spoiled.len(),
            total,
            cells: self.cells(spoiled),
            hint: self.number_hint(spoiled),
        }
    }

    fn number_hint(&self, spoiled: &[usize]) -> &'static str {
        let Values::Text(text) = &self.values else { return "correct infinite values, or mark them as missing" };
        let decimal_comma = |&row: &usize| text.get(row).is_some_and(|x| parse_number(&x.replace(',', ".")).is_some());
        if spoiled.iter().all(decimal_comma) {
            return "write numbers with a decimal point";
        }
        "correct these cells, or leave them empty if the value is missing; a limit such as <0.5 is not a number"
    }

    /// The first five of `rows` with their text, for messages.
    pub(crate) fn cells(&self, rows: &[usize]) -> String {
        let cell = |&row: &usize| {
            let text = match &self.values {
                Values::Number(numbers) => numbers[row].to_string(),
                Values::Text(text) => shortened(text.get(row).unwrap_or("nothing")),
            };
            format!("`{text}` in {}", self.place(row))
        };
        let mut list: Vec<String> = rows.iter().take(SHOWN).map(cell).collect();
        if rows.len() > SHOWN {
            list.push(format!("and {} more", rows.len() - SHOWN));
        }
        list.join(", ")
    }
}

const SHOWN: usize = 5;

/// A finite number, also with the minus sign of typesetting.
pub(crate) fn parse_number(cell: &str) -> Option<f64> {
    let number: f64 = match cell.parse() {
        Ok(number) => number,
        Err(_) => format!("-{}", cell.strip_prefix('\u{2212}')?).parse().ok()?,
    };
    number.is_finite().then_some(number)
}

pub(crate) fn shortened(cell: &str) -> String {
    const LONGEST: usize = 30;
    match cell.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &cell[..end]),
        None => cell.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(cells: &[&str]) -> Column {
        Column::new("logS", Values::Text(cells.iter().collect()))
    }

    #[test]
    fn numbers_may_be_missing_and_have_a_typeset_minus() {
        let numbers = vec![Some(-1.5), None, Some(2e3)];
        assert_eq!(column(&["\u{2212}1.5", "NA", "2e3"]).numbers(), Numeric::Numbers(numbers));
    }

    #[test]
    fn one_bad_cell_of_twenty_is_an_error_and_two_make_a_category() {
        let mut cells = vec!["1"; 20];
        cells[2] = "<0.5";
        let Numeric::Spoiled(error) = column(&cells).numbers() else { panic!("19 of 20 are numbers") };
        assert_eq!(
            error.to_string(),
            "column `logS`: 1 of 20 cells are not finite numbers: `<0.5` in row 3\n  --> table in memory\n\
             hint: correct these cells, or leave them empty if the value is missing; \
             a limit such as <0.5 is not a number"
        );
        cells[3] = "inf";
        assert_eq!(column(&cells).numbers(), Numeric::Category);
    }

    #[test]
    fn a_column_without_cells_is_empty() {
        assert_eq!(column(&["", "?"]).numbers(), Numeric::Empty);
    }

    #[test]
    fn the_first_five_bad_cells_are_named() {
        let message = column(&["x"; 7]).as_numbers().unwrap_err().to_string();
        assert!(message.contains("`x` in row 5, and 2 more"), "{message}");
    }

    #[test]
    fn decimal_commas_have_a_hint_of_their_own() {
        let message = column(&["1,5", "2,5"]).as_numbers().unwrap_err().to_string();
        assert!(message.ends_with("hint: write numbers with a decimal point"), "{message}");
    }
}
