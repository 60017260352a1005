//! Spectra in a table: a row each, in columns whose headers are numbers.

use super::resample::{covered, interpolate};
use crate::infer::parse_number;
use crate::{Error, Result, Table};

/// The spectra of a table, on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectra {
    /// The axis, increasing.
    pub axis: Vec<f64>,
    /// Headers of the columns, in the order of the axis.
    pub headers: Vec<String>,
    /// Intensities, `[rows, axis]`.
    pub values: Vec<f64>,
}

impl Spectra {
    /// The columns of a table whose headers are numbers from `from` to `to`, in the order of these numbers.
    ///
    /// ```
    /// use data::{Table, spectrum::Spectra};
    /// let table = Table::from_bytes("raman.csv", b"quartz,500,400,300\n0.2,5,4,3\n")?;
    /// let spectra = Spectra::of_table(&table, Some(350.0), None)?;
    /// assert_eq!((spectra.axis, spectra.values), (vec![400.0, 500.0], vec![4.0, 5.0]));
    /// # Ok::<(), data::Error>(())
    /// ```
    ///
    /// # Errors
    /// No such columns, two of the same number, cells that are missing or no numbers.
    pub fn of_table(table: &Table, from: Option<f64>, to: Option<f64>) -> Result<Self> {
        let file = || table.source.clone();
        let number = |at: usize| parse_number(&table.columns[at].name).map(|x| (x, at));
        let all: Vec<(f64, usize)> = (0..table.columns.len()).filter_map(number).collect();
        let within = |x: f64| from.is_none_or(|from| from <= x) && to.is_none_or(|to| x <= to);
        let mut chosen: Vec<(f64, usize)> = all.iter().copied().filter(|(x, _)| within(*x)).collect();
        chosen.sort_by(|a, b| a.0.total_cmp(&b.0));
        if chosen.is_empty() {
            let found = match (all.iter().map(|x| x.0).reduce(f64::min), all.iter().map(|x| x.0).reduce(f64::max)) {
                (Some(low), Some(high)) => format!("{} from {low} to {high}", all.len()),
                _ => "none".to_owned(),
            };
            let end = |x: Option<f64>, word: &str| x.map_or_else(|| word.to_owned(), |x| x.to_string());
            let expected = match (from, to) {
                (None, None) => String::new(),
                _ => format!(" from {} to {}", end(from, "the first"), end(to, "the last")),
            };
            return Err(Error::NoAxis { file: file(), found, expected });
        }
        if let Some(pair) = chosen.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let [first, second] = [pair[0].1, pair[1].1].map(|at| table.columns[at].header());
            return Err(Error::SameAxis { file: file(), first, second });
        }
        let width = chosen.len();
        let mut values = vec![0.0; table.n_rows * width];
        for (place, &(_, at)) in chosen.iter().enumerate() {
            let column = &table.columns[at];
            for (row, (value, y)) in values.iter_mut().skip(place).step_by(width).zip(column.as_numbers()?).enumerate()
            {
                *value = y.ok_or_else(|| Error::MissingIntensity {
                    file: table.source.clone(),
                    column: column.header(),
                    place: column.place(row),
                })?;
            }
        }
        let (axis, at): (Vec<f64>, Vec<usize>) = chosen.into_iter().unzip();
        Ok(Spectra { axis, headers: at.into_iter().map(|at| table.columns[at].header()).collect(), values })
    }

    /// Some of the spectra on another axis, `[rows, axis]`; on their own axis they are what they are.
    ///
    /// # Errors
    /// An axis that reaches further than theirs.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn on(&self, axis: &[f64], rows: &[usize]) -> Result<Vec<f64>> {
        covered(&self.axis, axis)?;
        let width = self.axis.len();
        let row = |&row: &usize| {
            let y = &self.values[row * width..(row + 1) * width];
            if self.axis == axis { y.to_vec() } else { interpolate(&self.axis, y, axis) }
        };
        Ok(rows.iter().flat_map(row).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str, from: Option<f64>, to: Option<f64>) -> String {
        let table = Table::from_bytes("a.csv", text.as_bytes()).unwrap();
        Spectra::of_table(&table, from, to).unwrap_err().to_string()
    }

    #[test]
    fn what_is_no_axis_is_told() {
        assert_eq!(
            fault("y,100,200\n0,1,2\n", Some(300.0), None),
            "no column has a number from 300 to the last as its header; headers that are numbers: 2 from 100 to 200\n  --> a.csv\n\
             hint: spectra stand in rows, with the axis as the headers of their columns"
        );
        assert!(
            fault("y\n0\n", None, None)
                .contains("no column has a number as its header; headers that are numbers: none")
        );
        assert!(
            fault("100,100.0\n0,1\n", None, None).starts_with("columns `100` and `100.0` stand for the same point")
        );
        assert!(
            fault("100,200\n0,\n", None, None).starts_with("column `200`, row 1 (line 2): the intensity is missing")
        );
    }

    #[test]
    fn another_axis_is_reached_within_the_own() -> Result<()> {
        let table = Table::from_bytes("a.csv", b"1,2,3\n0,2,8\n1,1,1\n")?;
        let spectra = Spectra::of_table(&table, None, None)?;
        assert_eq!(spectra.on(&[1.5, 3.0], &[1, 0])?, [1.0, 1.0, 1.0, 8.0]);
        assert!(spectra.on(&[0.5, 2.0], &[0]).is_err());
        Ok(())
    }
}
