//! The shape of a band in a spectrum and of a line in a diffraction pattern.

/// A pseudo-Voigt profile of height 1 at a distance $d$ from its center, with the full width $w$ at half of its height and the fraction
/// $\eta$ of the Lorentzian \[Thompson1987\]:
///
/// $$\eta \frac{1}{1 + 4 d^2 / w^2} + (1 - \eta)\, e^{-4 \ln 2\, d^2 / w^2}$$
pub(super) fn pseudo_voigt(distance: f64, width: f64, lorentzian: f64) -> f64 {
    let square = 4.0 * (distance / width) * (distance / width);
    lorentzian / (1.0 + square) + (1.0 - lorentzian) * (-std::f64::consts::LN_2 * square).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_the_width_away_it_has_half_its_height() {
        for lorentzian in [0.0, 0.3, 1.0] {
            assert_eq!(pseudo_voigt(0.0, 5.0, lorentzian), 1.0);
            assert!((pseudo_voigt(2.5, 5.0, lorentzian) - 0.5).abs() < 1e-15);
        }
    }
}
