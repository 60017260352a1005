//! How often which values occur.

use super::{Axis, Figure, Mark, Scale};

/// Standing bars: `counts[i]` numbers lie between `edges[i]` and `edges[i + 1]`.
///
/// ```
/// let figure = report::histogram("Boiling points", "boiling point [K]", &[200.0, 300.0, 400.0], &[12, 30]);
/// assert_eq!(figure.y.label, "rows");
/// ```
pub fn histogram(title: &str, label: &str, edges: &[f64], counts: &[usize]) -> Figure {
    let heights = counts.iter().map(|&count| count as f64).collect();
    Figure {
        title: title.to_owned(),
        description: format!("Counts of {label} in {} bins", counts.len()),
        x: Axis::new(label),
        y: Axis { scale: Scale::Counts, ..Axis::new("rows") },
        equal: false,
        marks: vec![Mark::Columns { name: String::new(), edges: edges.to_vec(), heights }],
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_stand_on_the_axis() {
        let svg = histogram("t", "x", &[0.0, 1.0, 2.0], &[3, 1]).to_svg();
        let bar = svg.lines().find(|line| line.contains("class=\"bar")).unwrap_or_default();
        let axis = svg.lines().find(|line| line.contains("class=\"axis\"") && line.contains('V') && line.contains('H'));
        let bottom = axis.and_then(|line| line.split('V').nth(1)?.split('H').next().map(str::to_owned)).unwrap();
        assert!(bar.contains(&format!(" {bottom}V")), "{bar} {bottom}");
    }
}
