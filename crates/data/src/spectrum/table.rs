//! Spectra in a table: a row each, in columns whose headers are numbers.

use super::resample::{covered, interpolate};
use crate::infer::parse_number;
use crate::{Error, Result, Table};

/// The spectra of a table, on one axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Spectra {
    /// The file, for messages.
    pub file: String,
    /// The axis, increasing.
    pub axis: Vec<f64>,
    /// Headers of the columns, in the order of the axis.
    pub headers: Vec<String>,
    /// Intensities, `[rows, axis]`; NaN where one is missing.
    pub values: Vec<f64>,
}

impl Spectra {
    /// The columns of a table whose headers are numbers, in the order of these numbers, but for those at some places, which have
    /// another role.
    ///
    /// ```
    /// use data::{Table, spectrum::Spectra};
    /// let table = Table::from_bytes("raman.csv", b"quartz,500,400,300\n0.2,5,4,3\n")?;
    /// let spectra = Spectra::of_table(&table, &[])?;
    /// assert_eq!((&spectra.axis[..], &spectra.values[..]), (&[300.0, 400.0, 500.0][..], &[3.0, 4.0, 5.0][..]));
    /// assert_eq!(spectra.within(Some(350.0), None)?, [400.0, 500.0]);
    /// # Ok::<(), data::Error>(())
    /// ```
    ///
    /// # Errors
    /// No such columns, two of the same number, cells that are not numbers.
    pub fn of_table(table: &Table, except: &[usize]) -> Result<Self> {
        let file = table.source.clone();
        let number = |at: usize| parse_number(&table.columns[at].name).map(|x| (x, at));
        let mut chosen: Vec<(f64, usize)> =
            (0..table.columns.len()).filter(|at| !except.contains(at)).filter_map(number).collect();
        chosen.sort_by(|a, b| a.0.total_cmp(&b.0));
        if chosen.is_empty() {
            return Err(Error::NoAxis { file, found: "there is none".into(), expected: String::new() });
        }
        if let Some(pair) = chosen.windows(2).find(|pair| pair[0].0 == pair[1].0) {
            let [first, second] = [pair[0].1, pair[1].1].map(|at| table.columns[at].header());
            return Err(Error::SameAxis { file, first, second });
        }
        let width = chosen.len();
        let mut values = vec![f64::NAN; table.n_rows * width];
        for (place, &(_, at)) in chosen.iter().enumerate() {
            let column = table.columns[at].as_numbers()?;
            for (value, y) in values.iter_mut().skip(place).step_by(width).zip(column) {
                *value = y.unwrap_or(f64::NAN);
            }
        }
        let (axis, at): (Vec<f64>, Vec<usize>) = chosen.into_iter().unzip();
        let headers = at.into_iter().map(|at| table.columns[at].header()).collect();
        Ok(Spectra { file, axis, headers, values })
    }

    /// The points of the axis from `low` to `high`, ends included.
    ///
    /// # Errors
    /// There are none.
    pub fn within(&self, low: Option<f64>, high: Option<f64>) -> Result<Vec<f64>> {
        let inside = |x: &f64| low.is_none_or(|low| low <= *x) && high.is_none_or(|high| *x <= high);
        let axis: Vec<f64> = self.axis.iter().copied().filter(inside).collect();
        if axis.is_empty() {
            let found = format!("{} from {} to {}", self.axis.len(), self.axis[0], self.axis[self.axis.len() - 1]);
            let end = |x: Option<f64>, word: &str| x.map_or_else(|| word.to_owned(), |x| x.to_string());
            let expected = format!(" from {} to {}", end(low, "the first"), end(high, "the last"));
            return Err(Error::NoAxis { file: self.file.clone(), found, expected });
        }
        Ok(axis)
    }

    /// How many spectra there are.
    pub fn n_rows(&self) -> usize {
        self.values.len() / self.axis.len().max(1)
    }

    /// One of the spectra.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn row(&self, row: usize) -> &[f64] {
        &self.values[row * self.axis.len()..(row + 1) * self.axis.len()]
    }

    /// Some of the spectra on another axis, `[rows, axis]`; points that are on their own axis are what they are.
    ///
    /// # Errors
    /// An axis that reaches further than theirs, an intensity that is missing, with the number of its row from one.
    ///
    /// # Panics
    /// If there is no such row.
    pub fn on(&self, axis: &[f64], rows: &[usize]) -> Result<Vec<f64>> {
        let not_covered = |reason| Error::SpectrumFile { file: self.file.clone(), reason: Box::new(reason) };
        covered(&self.axis, axis).map_err(not_covered)?;
        let mut all = Vec::with_capacity(rows.len() * axis.len());
        for &row in rows {
            let y = self.row(row);
            let y = if self.axis == axis { y.to_vec() } else { interpolate(&self.axis, y, axis) };
            if let Some(at) = y.iter().position(|y| y.is_nan()) {
                return Err(Error::MissingIntensity { file: self.file.clone(), row: row + 1, at: axis[at] });
            }
            all.extend(y);
        }
        Ok(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spectra(text: &str) -> Result<Spectra> {
        Spectra::of_table(&Table::from_bytes("a.csv", text.as_bytes())?, &[])
    }

    #[test]
    fn what_is_no_axis_is_told() -> Result<()> {
        assert_eq!(
            spectra("y,100,200\n0,1,2\n")?.within(Some(300.0), None).unwrap_err().to_string(),
            "no column has a number from 300 to the last as its header; headers that are numbers: 2 from 100 to 200\n  --> a.csv\n\
             hint: spectra stand in rows, with the axis as the headers of their columns"
        );
        let fault = |text: &str| spectra(text).unwrap_err().to_string();
        assert!(
            fault("y\n0\n")
                .starts_with("no column has a number as its header; headers that are numbers: there is none")
        );
        assert!(fault("100,100.0\n0,1\n").starts_with("columns `100` and `100.0` stand for the same point"));
        let message = spectra("100,200\n0,\n")?.on(&[100.0, 150.0], &[0]).unwrap_err().to_string();
        assert!(message.starts_with("row 1: the intensity at 150 is missing\n  --> a.csv"), "{message}");
        Ok(())
    }

    #[test]
    fn columns_with_another_role_are_no_points() -> Result<()> {
        let table = Table::from_bytes("a.csv", b"7,100,200\n0,1,2\n")?;
        assert_eq!(Spectra::of_table(&table, &[0])?.axis, [100.0, 200.0]);
        Ok(())
    }

    #[test]
    fn another_axis_is_reached_within_the_own() -> Result<()> {
        let spectra = spectra("1,2,3\n0,2,8\n1,1,1\n")?;
        assert_eq!(spectra.on(&[1.5, 3.0], &[1, 0])?, [1.0, 1.0, 1.0, 8.0]);
        assert!(spectra.on(&[0.5, 2.0], &[0]).is_err());
        Ok(())
    }
}
