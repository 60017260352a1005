//! Max-value entropy search: how much a measurement would tell of the smallest value.

use statrs::distribution::{ContinuousCDF, Normal};

use super::normal::{fraction, log_cdf, log_pdf};

/// $\ln \alpha$ with $\alpha(\gamma) = \frac{\gamma\,\varphi(\gamma)}{2\,\Phi(\gamma)} - \ln\Phi(\gamma)$, and its derivative
/// \[Wang2017\]; $\gamma = (\mu - y^*)/\sigma$ for a smallest value $y^*$.
///
/// To the right both parts vanish like $\varphi$, which is taken out; to the left they cancel, which the continued fraction of
/// [`log_cdf`] avoids.
pub(crate) fn log_information(gamma: f64) -> (f64, f64) {
    if gamma < -3.0 {
        let (x, t) = (-gamma, fraction(-gamma));
        let ratio = x + t;
        let value = -0.5 * x * t + 0.5 * std::f64::consts::TAU.ln() + ratio.ln();
        let slope = -0.5 * ratio * (1.0 - x * t);
        return (value.ln(), slope / value);
    }
    if gamma > 3.0 {
        // -ln(1 - q) = q + q^2/2 + ..., q = phi (mills ratio).
        let mills = 1.0 / (gamma + fraction(gamma));
        let log_density = log_pdf(gamma);
        let q = (log_density + mills.ln()).exp();
        let log_rest = if q > 0.0 { -(-q).ln_1p() / q * mills } else { mills };
        let inner = 0.5 * gamma / (1.0 - q) + log_rest;
        // d alpha = -r/2 (1 + gamma^2 + gamma r), r = phi / Phi.
        let ratio = log_density.exp() / (1.0 - q);
        let slope = -0.5 / (1.0 - q) * (1.0 + gamma * gamma + gamma * ratio);
        return (log_density + inner.ln(), slope / inner);
    }
    let (log, ratio) = log_cdf(gamma);
    let value = 0.5 * gamma * ratio - log;
    (value.ln(), -0.5 * ratio * (1.0 + gamma * gamma + gamma * ratio) / value)
}

/// Draws of the smallest value: quantiles of the Gumbel distribution through the quartiles of
/// $P(y^* > y) = \prod_i \Phi((\mu_i - y)/\sigma_i)$ over many points.
pub(crate) fn smallest_values(means: &[f64], deviations: &[f64], draws: usize) -> Vec<f64> {
    let log_above = |y: f64| -> f64 { means.iter().zip(deviations).map(|(m, s)| log_cdf((m - y) / s).0).sum() };
    let low = means.iter().zip(deviations).map(|(m, s)| m - 8.0 * s).fold(f64::INFINITY, f64::min);
    let high = means.iter().zip(deviations).map(|(m, s)| m + 8.0 * s).fold(f64::INFINITY, f64::min);
    let quantile = |p: f64| {
        // P(y* > y) falls from one to zero.
        let (mut low, mut high) = (low, high);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if log_above(middle) > p.ln() { low = middle } else { high = middle }
        }
        0.5 * (low + high)
    };
    let [quarter, half, rest] = [0.25, 0.5, 0.75].map(quantile);
    // -y* is Gumbel: P(-y* < -y) = exp(-exp(-(-y - a)/b)), so that -y = a - b ln(-ln p).
    let spread = |p: f64| (-p.ln()).ln();
    let b = ((quarter - rest) / (spread(0.25) - spread(0.75))).max(1e-12 * (1.0 + half.abs()));
    let a = -half + b * spread(0.5);
    (0..draws).map(|draw| -(a - b * spread((draw as f64 + 0.5) / draws as f64))).collect()
}

/// The standard normal quantile.
pub(crate) fn quantile(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath with 60 digits.
    #[test]
    fn information_is_that_of_many_digits_and_its_slope_is_the_derivative() {
        for gamma in [-1e4, -40.0, -3.1, -2.9, -1.0, 0.0, 1.0, 2.9, 3.1, 10.0, 37.0] {
            let (value, slope) = log_information(gamma);
            let step = 1e-5 * (1.0 + f64::abs(gamma));
            let numeric = (log_information(gamma + step).0 - log_information(gamma - step).0) / (2.0 * step);
            assert!(
                value.is_finite() && (slope - numeric).abs() < 1e-5 * (1.0 + numeric.abs()),
                "{gamma} {slope} {numeric}"
            );
        }
        assert!((log_information(0.0).0 - std::f64::consts::LN_2.ln()).abs() < 1e-14);
        for border in [-3.0, 3.0] {
            let jump = log_information(border + 1e-9).0 - log_information(border - 1e-9).0;
            assert!(jump.abs() < 1e-7, "{border} {jump}");
        }
    }

    /// Of one normal value the smallest is itself.
    #[test]
    fn draws_of_the_smallest_of_one_are_spread_like_it() {
        let draws = smallest_values(&[5.0], &[2.0], 100);
        let mean = draws.iter().sum::<f64>() / 100.0;
        assert!((mean - 5.0).abs() < 0.4, "{mean}");
        let many = smallest_values(&[0.0; 1000], &[1.0; 1000], 11);
        // The median of the smallest of 1,000: Phi^-1(1 - 0.5^(1/1000)) = -3.198.
        assert!((many[5] + 3.198).abs() < 0.01, "{many:?}");
    }
}
