//! The parts of an error over a setting.

use super::validation_curve::over_setting;
use super::{Figure, Mark, Scale};

/// Bias, variance and their sum over the values of a setting: a model that grows gives up bias for variance, and its error
/// is smallest where what it wins is what it loses. `scale` is that of the setting, often [`Scale::Log`].
///
/// `x` are the values; `lines` are (name, a number for each value).
///
/// ```
/// let lines: [(&str, &[f64]); 2] = [("bias²", &[9.0, 4.0]), ("variance", &[1.0, 3.0])];
/// let figure =
///     report::bias_variance("Parts", "width", report::Scale::Linear, "squared error [K²]", (&[1.0, 2.0], &lines));
/// assert_eq!(figure.marks.len(), 2);
/// ```
pub fn bias_variance(
    title: &str,
    setting: &str,
    scale: Scale,
    error: &str,
    (x, lines): (&[f64], &[(&str, &[f64])]),
) -> Figure {
    let line = |(name, y): &(&str, &[f64])| Mark::Line { name: (*name).to_owned(), x: x.to_vec(), y: y.to_vec() };
    let names: Vec<&str> = lines.iter().map(|(name, _)| *name).collect();
    over_setting(title, (setting, scale), error, &names, lines.iter().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_has_a_line_and_a_name() {
        let lines: [(&str, &[f64]); 3] =
            [("bias²", &[9.0, 4.0]), ("variance", &[1.0, 3.0]), ("validation error", &[10.0, 7.0])];
        let names = Scale::Names(vec!["relu".into(), "tanh".into()]);
        let svg = bias_variance("Parts", "model.activation", names, "squared error", (&[0.0, 1.0], &lines)).to_svg();
        for word in ["bias²", "variance", "validation error", "relu", "tanh"] {
            assert!(svg.contains(word), "{word}: {svg}");
        }
    }
}
