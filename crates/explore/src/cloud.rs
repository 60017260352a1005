//! Rows as points in the space of their features.

/// Features of rows, each with mean 0 and standard deviation 1.
pub(crate) struct Cloud {
    pub names: Vec<String>,
    /// Before scaling.
    pub deviations: Vec<f64>,
    /// `[rows, names]`.
    pub x: Vec<f32>,
}

impl Cloud {
    pub fn n_rows(&self) -> usize {
        self.x.len() / self.names.len().max(1)
    }

    pub fn row(&self, row: usize) -> &[f32] {
        &self.x[row * self.names.len()..(row + 1) * self.names.len()]
    }

    /// Some of the rows and columns in double precision, each column with mean 0 and sum of squares 1, and without those
    /// that do not vary in these rows: which are left, and their numbers `[rows, left]`.
    pub fn standardized(&self, rows: &[usize], columns: &[usize]) -> (Vec<usize>, Vec<f64>) {
        let column = |&at: &usize| {
            let mut numbers: Vec<f64> = rows.iter().map(|&row| f64::from(self.row(row)[at])).collect();
            let mean = numbers.iter().sum::<f64>() / numbers.len() as f64;
            numbers.iter_mut().for_each(|x| *x -= mean);
            let length = numbers.iter().map(|x| x * x).sum::<f64>().sqrt();
            numbers.iter_mut().for_each(|x| *x /= length);
            // The scale of all rows is 1, so a shorter column is rounding.
            (length > 1e-5).then_some((at, numbers))
        };
        let (left, numbers): (Vec<usize>, Vec<Vec<f64>>) = columns.iter().filter_map(column).unzip();
        let place = |row: usize| numbers.iter().map(move |column| column[row]);
        (left, (0..rows.len()).flat_map(place).collect())
    }
}
