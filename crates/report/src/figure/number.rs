//! Numbers as short text.

/// A coordinate in pixels with at most `digits` decimals and no zeros that say nothing.
pub fn pixels(x: f64, digits: usize) -> String {
    let text = format!("{x:.digits$}");
    let text = if digits > 0 { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// A number on an axis whose numbers are `step` apart: as many decimals as the step needs, powers of ten for very
/// large and very small ones, and a true minus sign.
pub fn tick(x: f64, step: f64) -> String {
    // A hair beside zero is zero.
    let x = if x.abs() < step * 1e-9 { 0.0 } else { x };
    let exponent = step.log10().floor();
    if x == 0.0 && step < 1e-4 {
        return "0".to_owned();
    }
    if x.abs() >= 1e6 || step < 1e-4 {
        let power = x.abs().log10().floor();
        let digits = (power - exponent).max(0.0) as usize;
        let mantissa = x / 10_f64.powf(power);
        return signed(&format!("{mantissa:.digits$}\u{d7}{}", power_of_ten(power as i32)));
    }
    let digits = (-exponent).max(0.0) as usize;
    signed(&format!("{x:.digits$}"))
}

/// `10⁻³`.
pub fn power_of_ten(power: i32) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let raise = |digit: u8| if digit == b'-' { '⁻' } else { RAISED[usize::from(digit - b'0')] };
    format!("10{}", power.to_string().bytes().map(raise).collect::<String>())
}

fn signed(text: &str) -> String {
    text.replacen('-', "\u{2212}", 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_are_short() {
        assert_eq!(
            ["12.3", "12", "0", "100"],
            [pixels(12.34, 1), pixels(12.04, 1), pixels(-0.01, 1), pixels(100.2, 0)]
        );
    }

    #[test]
    fn ticks_have_the_decimals_of_their_step() {
        assert_eq!(tick(0.30000000000000004, 0.1), "0.3");
        assert_eq!(tick(-2.0, 2.0), "−2");
        assert_eq!(tick(1e-17, 0.5), "0.0");
        assert_eq!(tick(1.5e6, 5e5), "1.5×10⁶");
        assert_eq!(tick(2e-5, 1e-5), "2×10⁻⁵");
    }
}
