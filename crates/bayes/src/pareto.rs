//! Several objectives: which trials no other beats, and how much they dominate.

/// The rows of `values: [n, objectives]`, all minimized, that no other row is at least as good as in every objective and better in
/// one. Equal rows stand all.
///
/// ```
/// let front = bayes::pareto_front(&[1.0, 4.0, 2.0, 2.0, 3.0, 3.0, 4.0, 1.0], 2);
/// assert_eq!(front, [0, 1, 3]);
/// ```
pub fn pareto_front(values: &[f64], objectives: usize) -> Vec<usize> {
    let rows: Vec<&[f64]> = values.chunks_exact(objectives.max(1)).collect();
    let beats = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a <= b) && a.iter().zip(b).any(|(a, b)| a < b);
    let known = |at: &usize| rows[*at].iter().all(|y| y.is_finite());
    let stands = |at: &usize| !(0..rows.len()).filter(known).any(|other| beats(rows[other], rows[*at]));
    (0..rows.len()).filter(known).filter(stands).collect()
}

/// The volume between the rows of `values: [n, objectives]` and the reference point: how much of what is worse than nothing is
/// left behind. Rows that are not better than the reference in every objective add nothing.
///
/// Exact, by cutting along the last objective and adding up slices.
///
/// ```
/// // Two steps of a staircase: 3 x 1 and 1 x 2.
/// assert_eq!(bayes::hypervolume(&[1.0, 3.0, 3.0, 1.0], &[4.0, 4.0]), 5.0);
/// ```
pub fn hypervolume(values: &[f64], reference: &[f64]) -> f64 {
    let inside = |row: &&[f64]| row.iter().zip(reference).all(|(y, r)| y < r);
    let rows: Vec<Vec<f64>> = values.chunks_exact(reference.len().max(1)).filter(inside).map(<[f64]>::to_vec).collect();
    volume(rows, reference)
}

fn volume(mut rows: Vec<Vec<f64>>, reference: &[f64]) -> f64 {
    let Some((&end, rest)) = reference.split_last() else { return 1.0 };
    if rows.is_empty() {
        return 0.0;
    }
    let last = rest.len();
    rows.sort_by(|a, b| a[last].total_cmp(&b[last]));
    if last == 0 {
        return end - rows[0][0];
    }
    let mut sum = 0.0;
    for at in 0..rows.len() {
        let next = rows.get(at + 1).map_or(end, |row| row[last]);
        if next > rows[at][last] {
            let below: Vec<Vec<f64>> = rows[..=at].iter().map(|row| row[..last].to_vec()).collect();
            sum += (next - rows[at][last]) * volume(below, rest);
        }
    }
    sum
}

/// One number for several objectives: $\max_i w_i z_i + 0.05 \sum_i w_i z_i$, where $z_i$ runs from 0 to 1 over what has been
/// measured \[Knowles2006\]. Its minima for all weights are the Pareto front.
pub(crate) fn scalarized(objectives: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    const SUM: f64 = 0.05;
    let scaled: Vec<Vec<f64>> = objectives
        .iter()
        .map(|y| {
            let known = || y.iter().copied().filter(|y| y.is_finite());
            let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
            let range = if high > low { high - low } else { 1.0 };
            y.iter().map(|y| (y - low) / range).collect()
        })
        .collect();
    let one = |at: usize| {
        let parts = || scaled.iter().zip(weights).map(|(z, w)| w * z[at]);
        // The largest of numbers of which one is NaN is NaN.
        let most = parts().fold(f64::NEG_INFINITY, |a, b| if b.is_nan() || b > a { b } else { a });
        most + SUM * parts().sum::<f64>()
    };
    (0..objectives.first().map_or(0, Vec::len)).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tensor::random::Key;

    /// By counting random points.
    #[test]
    fn the_volume_of_three_objectives_is_that_of_counted_points() {
        let mut random = Key::new(0, "test").random();
        let values: Vec<f64> = (0..30).map(|_| random.uniform()).collect();
        let exact = hypervolume(&values, &[1.0; 3]);
        let hit = |p: &[f64]| values.chunks(3).any(|row| row.iter().zip(p).all(|(y, p)| y <= p));
        let n = 200_000;
        let counted = (0..n).filter(|_| hit(&[random.uniform(), random.uniform(), random.uniform()])).count();
        assert!((exact - counted as f64 / f64::from(n)).abs() < 0.004, "{exact}");
    }

    #[test]
    fn a_value_that_is_not_known_makes_no_number() {
        let found = scalarized(&[vec![0.0, 1.0, f64::NAN], vec![2.0, 1.0, 0.0]], &[0.5, 0.5]);
        assert!(found[2].is_nan() && (found[0] - (0.5 + 0.05 * 0.5)).abs() < 1e-12, "{found:?}");
    }
}
