//! Where an axis is marked: round numbers, 1, 2 or 5 times a power of ten \[Heckbert1990\].

use super::Scale;
use super::dates;
use super::number::{power_of_ten, tick};
use super::tick::Tick;

/// Ticks inside `[low, high]`, about `wanted` of them.
pub fn ticks(scale: &Scale, [low, high]: [f64; 2], wanted: usize) -> Vec<Tick> {
    match scale {
        Scale::Linear => linear([low, high], step([low, high], wanted)),
        Scale::Dates => dates::ticks([low, high], wanted),
        Scale::Counts => linear([low, high], step([low, high], wanted).max(1.0)),
        Scale::Log => logarithmic([low, high], wanted),
        Scale::Names(names) => {
            names.iter().enumerate().map(|(at, name)| Tick { at: at as f64, label: name.clone() }).collect()
        }
    }
}

/// The round step that gives about `wanted` ticks.
fn step([low, high]: [f64; 2], wanted: usize) -> f64 {
    let rough = (high - low) / wanted.max(1) as f64;
    let power = 10_f64.powf(rough.log10().floor());
    let factor = match rough / power {
        x if x < 1.5 => 1.0,
        x if x < 3.5 => 2.0,
        x if x < 7.5 => 5.0,
        _ => 10.0,
    };
    factor * power
}

fn linear([low, high]: [f64; 2], step: f64) -> Vec<Tick> {
    if !step.is_normal() {
        return Vec::new();
    }
    // A tick at the very end counts in spite of rounding.
    let first = (low / step - 1e-9).ceil();
    let last = (high / step + 1e-9).floor();
    // A range of a few roundings around a large number has no ticks between.
    let n = if last >= first { ((last - first) as usize).min(MOST) + 1 } else { 0 };
    (0..n).map(|i| (first + i as f64) * step).map(|at| Tick { at, label: tick(at, step) }).collect()
}

const MOST: usize = 30;

/// Powers of ten with labels and 2 to 9 times them without; within a single decade round numbers as on a linear axis.
fn logarithmic([low, high]: [f64; 2], wanted: usize) -> Vec<Tick> {
    // The powers of ten that a number can hold: a range that underflows to zero has no lowest one.
    let (first, last) = (low.log10().floor().max(-307.0) as i32, high.log10().ceil().min(308.0) as i32);
    let inside = |at: &f64| *at >= low * (1.0 - 1e-9) && *at <= high * (1.0 + 1e-9);
    let powers = (first..=last).map(|power| (power, 10_f64.powi(power)));
    let n_labels = powers.clone().filter(|(_, at)| inside(at)).count();
    if n_labels < 2 {
        return linear([low, high], step([low, high], wanted)).into_iter().filter(|tick| tick.at > 0.0).collect();
    }
    let every = n_labels.div_ceil(wanted.max(1)) as i32;
    let decade = |(power, at): (i32, f64)| {
        let label = if power % every == 0 { power_of_ten(power) } else { String::new() };
        let small = (2..10).filter(|_| every == 1).map(move |i| Tick { at: f64::from(i) * at, label: String::new() });
        std::iter::once(Tick { at, label }).chain(small)
    };
    powers.flat_map(decade).filter(|tick| inside(&tick.at)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(scale: Scale, range: [f64; 2]) -> Vec<String> {
        ticks(&scale, range, 5).into_iter().map(|tick| tick.label).filter(|label| !label.is_empty()).collect()
    }

    #[test]
    fn steps_are_one_two_or_five() {
        assert_eq!(labels(Scale::Linear, [0.0, 1.0]), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]);
        assert_eq!(labels(Scale::Linear, [-11.4, 1.6]), ["−10", "−8", "−6", "−4", "−2", "0"]);
    }

    #[test]
    fn a_range_that_underflows_is_marked_in_no_time() {
        assert!(!ticks(&Scale::Log, [0.0, 1.0], 5).is_empty());
    }

    #[test]
    fn counts_have_no_halves() {
        assert_eq!(labels(Scale::Counts, [0.0, 2.0]), ["0", "1", "2"]);
    }

    #[test]
    fn a_logarithmic_axis_marks_powers_of_ten() {
        assert_eq!(labels(Scale::Log, [0.005, 20.0]), ["10⁻²", "10⁻¹", "10⁰", "10¹"]);
        assert_eq!(labels(Scale::Log, [0.25, 0.9]), ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9"]);
    }
}
