//! How far apart steps are, when nobody has said it.

use super::Frequency;
use super::civil::{Civil, DAY, clock_time};
use super::clock::TOLERANCE;

/// The size of the steps of series whose times increase: months where all dates are on the same day of the month or
/// all on the last, else the most common difference, of equally common ones the smallest.
pub fn infer(series: &[Vec<f64>], dates: bool) -> Frequency {
    let mut differences: Vec<f64> = series.iter().flat_map(|times| times.windows(2)).map(|t| t[1] - t[0]).collect();
    differences.sort_unstable_by(f64::total_cmp);
    let shortest = differences.first().copied().unwrap_or(1.0);
    let months = (dates && shortest >= SHORTEST_MONTH).then(|| months(series)).flatten();
    months.unwrap_or_else(|| Frequency::Fixed(precise(most_common(&differences).unwrap_or(1.0), series)))
}

/// The day of the month that all dates keep to, where months are long enough; 31 if all are last days.
pub fn day_of_month(times: impl Iterator<Item = f64> + Clone) -> Option<i64> {
    let dates = times.map(Civil::of);
    if dates.clone().all(|date| date.day == date.last_day()) {
        return Some(31);
    }
    let day = dates.clone().map(|date| date.day).max()?;
    dates.clone().all(|date| date.day == day.min(date.last_day())).then_some(day)
}

/// The months between dates on the same day and time of day.
fn months(series: &[Vec<f64>]) -> Option<Frequency> {
    day_of_month(series.iter().flatten().copied())?;
    let mut step = 0;
    for times in series {
        for pair in times.windows(2) {
            if clock_time(pair[0]) != clock_time(pair[1]) {
                return None;
            }
            step = greatest_common_divisor(step, Civil::of(pair[1]).month - Civil::of(pair[0]).month);
        }
    }
    (step > 0).then(|| u32::try_from(step).ok()).flatten().map(Frequency::Months)
}

fn greatest_common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// The first of the longest run of equal differences; they are sorted.
fn most_common(differences: &[f64]) -> Option<f64> {
    let (mut best, mut longest, mut start) = (None, 0, 0);
    for (at, &difference) in differences.iter().enumerate() {
        if difference > differences[start] * (1.0 + TOLERANCE) {
            start = at;
        }
        if at + 1 - start > longest {
            (best, longest) = (Some(differences[(start + at) / 2]), at + 1 - start);
        }
    }
    best
}

/// The step without the rounding of one difference, which a million steps would multiply: from the longest span, and as
/// a short number where that fits as well.
fn precise(step: f64, series: &[Vec<f64>]) -> f64 {
    let span = |times: &Vec<f64>| times.last().zip(times.first()).map_or(0.0, |(last, first)| last - first);
    let longest = series.iter().map(span).fold(0.0, f64::max);
    let n_steps = (longest / step).round().max(1.0);
    let refined = longest / n_steps;
    let refined = if (refined - step).abs() <= TOLERANCE * step { refined } else { step };
    let short = format!("{refined:.8e}").parse().unwrap_or(refined);
    if (short - refined).abs() * n_steps <= 0.1 * TOLERANCE * refined { short } else { refined }
}

/// Seconds.
const SHORTEST_MONTH: f64 = 28.0 * DAY;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::seconds;

    fn of(dates: &[&str]) -> String {
        infer(&[dates.iter().map(|date| seconds(date).unwrap()).collect()], true).to_string()
    }

    #[test]
    fn dates_tell_their_steps() {
        assert_eq!(of(&["2024-03-31T01:00", "2024-03-31T02:00", "2024-03-31T03:00"]), "1h");
        assert_eq!(of(&["2024-02-28", "2024-02-29", "2024-03-01", "2024-03-03"]), "1d");
        assert_eq!(of(&["1958-03-29", "1958-04-05", "1958-04-12"]), "1w");
        assert_eq!(of(&["2024-01-01", "2024-02-01", "2024-04-01"]), "1mo");
        assert_eq!(of(&["2024-01-31", "2024-02-29", "2024-03-31"]), "1mo");
        assert_eq!(of(&["2024-01-30", "2024-02-29", "2024-03-30"]), "1mo");
        assert_eq!(of(&["2024-03-31", "2024-06-30", "2024-12-31"]), "1q");
        assert_eq!(of(&["2021-01-01", "2022-01-01", "2023-01-01"]), "1y");
        assert_eq!(of(&["2024-01-01", "2024-01-29", "2024-02-26"]), "4w");
    }

    #[test]
    fn the_most_common_difference_wins_and_the_smaller_of_two() {
        assert_eq!(infer(&[vec![0.0, 3.0, 5.0, 7.0], vec![0.0, 2.0]], false), Frequency::Fixed(2.0));
        assert_eq!(infer(&[vec![0.0, 1.0, 3.0]], false), Frequency::Fixed(1.0));
    }

    #[test]
    fn rounding_does_not_become_part_of_the_step() {
        let times = (0..100_000).map(|step| 1e3 + f64::from(step) * 0.1).collect();
        assert_eq!(infer(&[times], false), Frequency::Fixed(0.1));
        let thirds = (0..1000).map(|step| f64::from(step) / 3.0).collect();
        let Frequency::Fixed(third) = infer(&[thirds], false) else { panic!("numbers have no months") };
        assert!((third - 1.0 / 3.0).abs() < 1e-15);
    }
}
