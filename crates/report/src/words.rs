//! Numbers and counts as a person writes them.

/// A number with four significant digits; very large and very small ones with a power of ten.
pub fn number(x: f64) -> String {
    significant(x, 4)
}

fn significant(x: f64, digits: i32) -> String {
    if x == 0.0 || !x.is_finite() {
        return if x == 0.0 { "0".into() } else { x.to_string() };
    }
    let power = x.abs().log10().floor() as i32;
    let text = match power {
        -4..=6 => format!("{x:.*}", (digits - 1 - power).max(0) as usize),
        _ => format!("{x:.*e}", (digits - 1) as usize),
    };
    text.strip_prefix('-').map_or(text.clone(), |rest| format!("−{rest}"))
}

/// A number with its unit.
pub fn with_unit(x: f64, unit: &str) -> String {
    if unit.is_empty() { number(x) } else { format!("{}\u{a0}{unit}", number(x)) }
}

/// A count with commas.
pub fn count(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A figure of merit has three digits: more would be noise.
pub fn merit(x: f64) -> String {
    significant(x, 3)
}

/// A deviation has two digits.
pub fn spread(x: f64) -> String {
    significant(x, 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_four_digits_and_counts_have_commas() {
        assert_eq!([number(351.4423), number(-0.012), number(2.5e-9)], ["351.4", "−0.01200", "2.500e-9"]);
        assert_eq!([count(7), count(5000), count(1_234_567)], ["7", "5,000", "1,234,567"]);
    }
}
