//! Exponential and hyperbolic tangent as branch-free polynomials, so that loops over them vectorize.
//!
//! $e^x = 2^n e^r$ with $n = \mathrm{round}(x/\ln 2)$, $|r| \le \ln(2)/2$. Coefficients of the Cephes library
//! \[Moshier1992\]. NaN stays NaN: every clamp is a comparison that NaN fails.

// Coefficients are quoted as they are published.
#![allow(clippy::excessive_precision)]

macro_rules! exponential {
    ($t:ident, $bits:ident, $mantissa:expr, $bias:expr, $max:expr, $min:expr, $hi:expr, $lo:expr, $reduced:expr) => {
        /// $e^x$; infinite above the largest exponent, zero below the smallest normal number.
        #[inline(always)]
        pub fn exp(x: $t) -> $t {
            // Adding 1.5 * 2^mantissa rounds to an integer and leaves it in the low bits.
            const MAGIC: $t = 1.5 * (1_u64 << $mantissa) as $t;
            let clamped = if x > $max { $max } else { x };
            let clamped = if clamped < $min { $min } else { clamped };
            let shifted = clamped * std::f64::consts::LOG2_E as $t + MAGIC;
            let n = shifted - MAGIC;
            let r = (clamped - n * $hi) - n * $lo;
            // 2^n in two factors: 2^128 itself is not an f32.
            let integer = shifted.to_bits().wrapping_sub(MAGIC.to_bits());
            let low = two_to(half_of(integer));
            let high = two_to(integer.wrapping_sub(half_of(integer)));
            let y = $reduced(r) * low * high;
            if x > $max {
                $t::INFINITY
            } else if x < $min {
                0.0
            } else {
                y
            }
        }
        #[inline(always)]
        fn two_to(n: $bits) -> $t {
            $t::from_bits(n.wrapping_add($bias) << $mantissa)
        }
    };
}

/// Single precision.
pub mod f32 {
    #[inline(always)]
    fn half_of(n: u32) -> u32 {
        ((n as i32) >> 1) as u32
    }
    exponential!(f32, u32, 23, 127, 88.722_84, -87.336_54, 0.693_359_4, -2.121_944_4e-4, reduced);

    #[inline(always)]
    fn reduced(r: f32) -> f32 {
        let mut p = 1.987_569_1e-4_f32;
        for c in [1.398_199_9e-3, 8.333_452e-3, 4.166_579_6e-2, 0.166_666_65, 0.5] {
            p = p * r + c;
        }
        p * r * r + r + 1.0
    }

    /// Hyperbolic tangent.
    #[inline(always)]
    pub fn tanh(x: f32) -> f32 {
        let s = x * x;
        let mut p = -5.704_988e-3_f32;
        for c in [2.063_908_8e-2, -5.373_971_4e-2, 1.333_144_2e-1, -3.333_328_2e-1] {
            p = p * s + c;
        }
        let near = p * s * x + x;
        let far = 1.0 - 2.0 / (exp(2.0 * x.abs()) + 1.0);
        let far = if x < 0.0 { -far } else { far };
        if x.abs() < 0.625 { near } else { far }
    }
}

/// Double precision.
pub mod f64 {
    #[inline(always)]
    fn half_of(n: u64) -> u64 {
        ((n as i64) >> 1) as u64
    }
    exponential!(
        f64,
        u64,
        52,
        1023,
        709.782_712_893_384,
        -708.396_418_532_264_1,
        6.931_457_519_531_25e-1,
        1.428_606_820_309_417_3e-6,
        reduced
    );

    #[inline(always)]
    fn reduced(r: f64) -> f64 {
        let s = r * r;
        let p = r * ((1.261_771_930_748_105_9e-4 * s + 3.029_944_077_074_419_6e-2) * s + 1.0);
        let q =
            ((3.001_985_051_386_644_6e-6 * s + 2.524_483_403_496_841e-3) * s + 2.272_655_482_081_550_3e-1) * s + 2.0;
        1.0 + 2.0 * p / (q - p)
    }

    /// Hyperbolic tangent.
    #[inline(always)]
    pub fn tanh(x: f64) -> f64 {
        let s = x * x;
        let p = (-9.643_991_794_250_523e-1 * s - 9.928_772_310_019_185e1) * s - 1.614_687_684_417_084_5e3;
        let q = ((s + 1.128_116_784_916_329_3e2) * s + 2.235_488_390_601_004_5e3) * s + 4.844_063_053_251_255e3;
        let near = x + x * s * (p / q);
        let far = 1.0 - 2.0 / (exp(2.0 * x.abs()) + 1.0);
        let far = if x < 0.0 { -far } else { far };
        if x.abs() < 0.625 { near } else { far }
    }
}

#[cfg(test)]
mod tests {
    /// Largest error in units of the last place over a fine grid.
    macro_rules! worst {
        ($t:ident, $ours:path, $truth:expr, $from:expr, $to:expr) => {
            (0..200_000)
                .map(|i| {
                    let x = ($from + ($to - $from) * i as f64 / 200_000.0) as $t;
                    let truth: f64 = $truth(x as f64);
                    let ulp = (truth as $t).abs().max($t::MIN_POSITIVE) as f64 * $t::EPSILON as f64;
                    (($ours(x) as f64 - truth).abs() / ulp, x)
                })
                .fold((0.0, 0.0), |a, b| if b.0 > a.0 { b } else { a })
        };
    }

    #[test]
    fn exp_and_tanh_are_exact_to_three_ulp() {
        let (error, at) = worst!(f32, super::f32::exp, f64::exp, -87.3, 88.7);
        assert!(error < 3.0, "{error} ulp at {at}");
        let (error, at) = worst!(f64, super::f64::exp, f64::exp, -708.0, 709.0);
        assert!(error < 3.0, "{error} ulp at {at}");
        let (error, at) = worst!(f32, super::f32::tanh, f64::tanh, -10.0, 10.0);
        assert!(error < 3.0, "{error} ulp at {at}");
        let (error, at) = worst!(f64, super::f64::tanh, f64::tanh, -20.0, 20.0);
        assert!(error < 3.0, "{error} ulp at {at}");
    }

    #[test]
    fn the_ends_of_the_range_are_exact_and_nan_stays_nan() {
        assert_eq!(super::f32::exp(-1e4), 0.0);
        assert_eq!(super::f32::exp(1e4), f32::INFINITY);
        assert_eq!(super::f64::exp(f64::NEG_INFINITY), 0.0);
        assert_eq!(super::f64::exp(0.0), 1.0);
        assert_eq!(super::f32::tanh(1e4), 1.0);
        assert_eq!(super::f32::tanh(-1e4), -1.0);
        assert!(super::f32::exp(f32::NAN).is_nan() && super::f32::tanh(f32::NAN).is_nan());
        assert!(super::f64::exp(f64::NAN).is_nan() && super::f64::tanh(f64::NAN).is_nan());
    }
}
