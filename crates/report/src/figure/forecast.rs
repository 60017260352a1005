//! Forecasts and observations.

use super::{Axis, Figure, Mark, Scale};

/// Forecasts of some steps: their times, expected values, and the ends of the intervals.
pub struct Steps<'a> {
    /// Times.
    pub x: &'a [f64],
    /// Expected values.
    pub y: &'a [f64],
    /// Lower ends.
    pub low: &'a [f64],
    /// Upper ends.
    pub high: &'a [f64],
}

/// A series and forecasts of it, each with its intervals; `dates` says that times are seconds since 1970.
///
/// ```
/// let steps = report::Steps { x: &[3.0, 4.0], y: &[1.0, 2.0], low: &[0.0, 0.5], high: &[2.0, 3.5] };
/// let figure = report::forecast("CO2", "ppm", ("date", false), (&[1.0, 2.0], &[5.0, 4.0]), &[steps]);
/// assert_eq!(figure.marks.len(), 3);
/// ```
pub fn forecast(
    title: &str,
    label: &str,
    (time, dates): (&str, bool),
    (x, y): (&[f64], &[f64]),
    forecasts: &[Steps<'_>],
) -> Figure {
    let gap = [f64::NAN];
    let joined = |part: fn(&Steps<'_>) -> Vec<f64>| -> Vec<f64> {
        forecasts.iter().flat_map(|steps| part(steps).into_iter().chain(gap)).collect()
    };
    let n = forecasts.iter().map(|steps| steps.x.len()).sum::<usize>();
    let at = joined(|steps| steps.x.to_vec());
    let (low, high) = (joined(|steps| steps.low.to_vec()), joined(|steps| steps.high.to_vec()));
    let marks = vec![
        Mark::Band { name: "interval".into(), x: at.clone(), low, high },
        Mark::Line { name: "observed".into(), x: x.to_vec(), y: y.to_vec() },
        Mark::Line { name: "forecast".into(), x: at, y: joined(|steps| steps.y.to_vec()) },
    ];
    Figure {
        title: title.to_owned(),
        description: format!("{title}: {} observed values and {n} predicted ones with their intervals", y.len()),
        x: Axis { scale: if dates { Scale::Dates } else { Scale::Linear }, ..Axis::new(time) },
        y: Axis::new(label),
        equal: false,
        marks,
        note: None,
    }
}

/// How the error grows with the horizon, of some models: name and error of each step.
///
/// ```
/// let figure = report::error_by_step("Errors", "RMSE", &[("naive", &[1.0, 1.4])]);
/// assert_eq!(figure.x.label, "steps ahead");
/// ```
pub fn error_by_step(title: &str, label: &str, models: &[(&str, &[f64])]) -> Figure {
    let line = |(name, errors): &(&str, &[f64])| Mark::Line {
        name: (*name).to_owned(),
        x: (1..=errors.len()).map(|step| step as f64).collect(),
        y: errors.to_vec(),
    };
    Figure {
        title: title.to_owned(),
        description: format!("{label} of {} models over the steps ahead", models.len()),
        x: Axis { scale: Scale::Counts, ..Axis::new("steps ahead") },
        y: Axis::new(label),
        equal: false,
        marks: models.iter().map(line).collect(),
        note: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forecasts_are_apart_from_one_another() {
        let one = |x| Steps { x, y: &[1.0, 1.0], low: &[0.0, 0.0], high: &[2.0, 2.0] };
        let figure = forecast("t", "y", ("date", false), (&[0.0], &[1.0]), &[one(&[1.0, 2.0]), one(&[3.0, 4.0])]);
        let Mark::Line { x, .. } = &figure.marks[2] else { panic!() };
        assert!(x[2].is_nan() && x.len() == 6);
        // Two areas, each closed.
        let svg = figure.to_svg();
        let band = svg.split("class=\"band").nth(2).or(svg.split("class=\"band").nth(1)).unwrap();
        assert_eq!(band[..band.find("/>").unwrap()].matches('z').count(), 2);
    }
}
