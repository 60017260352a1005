//! Logarithms of the normal distribution, exact to the far tail.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// Below this the continued fraction has less than $10^{-16}$ of error.
const TAIL: f64 = -3.0;

/// $\ln \Phi(z)$ and its derivative $\varphi(z)/\Phi(z)$.
///
/// ```
/// let (log, slope) = bayes::log_cdf(-40.0);
/// assert!((log - -804.6084420137539).abs() < 1e-9 && (slope - 40.024968827).abs() < 1e-6); // SciPy: log_ndtr(-40)
/// ```
pub fn log_cdf(z: f64) -> (f64, f64) {
    if z < TAIL {
        let (x, t) = (-z, fraction(-z));
        return (log_pdf(z) - (x + t).ln(), x + t);
    }
    let log = if z > 5.0 { (-upper(z)).ln_1p() } else { (1.0 - upper(z)).ln() };
    (log, (log_pdf(z) - log).exp())
}

/// $\ln h(z)$ with $h(z) = \varphi(z) + z\,\Phi(z)$, and its derivative $\Phi(z)/h(z)$: improvement in units of the standard deviation
/// \[Ament2023\].
///
/// In the tail, with $x = -z$ and $t = 1/(x + 2/(x + 3/(x + \dots)))$, it is $\ln\varphi(z) + \ln\frac{t}{x + t}$ with the
/// derivative $1/t$: nothing cancels, at any $z$.
///
/// ```
/// let (log, slope) = bayes::log_improvement(0.0);
/// assert!((log - (1.0 / std::f64::consts::TAU.sqrt()).ln()).abs() < 1e-15 && (slope - 1.2533141373).abs() < 1e-9);
/// assert!(bayes::log_improvement(-1e6).0.is_finite());
/// ```
pub fn log_improvement(z: f64) -> (f64, f64) {
    if z < TAIL {
        let (x, t) = (-z, fraction(-z));
        return (log_pdf(z) + (t / (x + t)).ln(), 1.0 / t);
    }
    let cdf = 1.0 - upper(z);
    let h = log_pdf(z).exp() + z * cdf;
    (h.ln(), cdf / h)
}

/// $\ln \varphi(z)$.
pub fn log_pdf(z: f64) -> f64 {
    -0.5 * z * z - 0.5 * (2.0 * PI).ln()
}

/// $1 - \Phi(z)$.
fn upper(z: f64) -> f64 {
    0.5 * libm::erfc(z * FRAC_1_SQRT_2)
}

/// $1/(x + 2/(x + 3/(x + \dots)))$, from the back \[AbramowitzStegun1964\].
///
/// The larger $x$, the fewer terms: 80 at three, 12 from ten on.
pub(super) fn fraction(x: f64) -> f64 {
    let terms = (720.0 / (x * x)).min(80.0) as i32 + 12;
    (1..=terms).rev().fold(0.0, |rest, k| f64::from(k) / (x + rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath with 60 digits: `log(npdf(z) + z * ncdf(z))`, `log(ncdf(z))`.
    #[test]
    fn values_are_those_of_many_digits() {
        for (z, improvement, cdf) in [
            (-1000000.0, -500000000028.55, -500000000014.73444),
            (-1000.0, -500014.73445209116, -500007.82669481216),
            (-40.0, -808.29856835662, -804.6084420137538),
            (-10.0, -55.55312203612235, -53.23128515051247),
            (-3.5, -9.746810037765387, -8.366065308344092),
            (-3.0, -7.869686059603029, -6.607726221510349),
            (-2.5, -6.212541645443513, -5.08164827727869),
            (-1.0, -2.4851210257126413, -1.8410216450092636),
            (0.0, -0.9189385332046728, -std::f64::consts::LN_2),
            (1.5, 0.4248145567622593, -0.06914345561223398),
            (6.0, 1.7917594692541146, -9.865876455243758e-10),
        ] {
            let close = |found: f64, expected: f64| (found - expected).abs() < 1e-13 * (1.0 + expected.abs());
            assert!(close(log_improvement(z).0, improvement), "{z}: {} {improvement}", log_improvement(z).0);
            assert!(close(log_cdf(z).0, cdf), "{z}: {} {cdf}", log_cdf(z).0);
        }
    }

    #[test]
    fn slopes_are_derivatives_on_both_sides_of_the_border() {
        for z in [-50.0, -3.1, -2.9, -1.0, 0.3, 4.0, 7.0] {
            for f in [log_cdf, log_improvement] {
                let numeric = (f(z + 1e-5).0 - f(z - 1e-5).0) / 2e-5;
                assert!((f(z).1 - numeric).abs() < 1e-6 * (1.0 + numeric.abs()), "{z}: {} {numeric}", f(z).1);
            }
        }
        assert!(log_improvement(-1e6).1.is_finite() && log_cdf(-1e6).1.is_finite());
    }
}
