//! Figures as they stand in a table.

/// Three digits behind the point, or one of what is larger.
pub fn figure(x: f64) -> String {
    if x < 10.0 { format!("{x:.3}") } else { format!("{x:.1}") }
}

/// Mean and standard error; of a single value that alone.
pub fn spread(values: &[f64]) -> String {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    if n > 1.0 { format!("{} ± {}", figure(mean), figure((variance / n).sqrt())) } else { figure(mean) }
}
