//! Sobol points: the unit cube filled evenly, whatever the number of points.

use tensor::random::Key;

/// Most inputs.
pub const MOST_INPUTS: usize = 64;

/// The first `n` Sobol points in `width` dimensions, `[n, width]`, scrambled by `key` \[Sobol1967\], \[Joe2008\].
///
/// The scrambling permutes the digits of every coordinate, from the leading one on, as random numbers would \[Owen1995\], by
/// hashing \[Burley2020\]: each interval of length $2^{-k}$ still holds equally many points, but no two seeds share one.
///
/// ```
/// let points = bayes::sobol(8, 2, tensor::random::Key::new(0, "design"));
/// // One point in each eighth of either side.
/// let mut eighths: Vec<usize> = points.iter().step_by(2).map(|x| (8.0 * x) as usize).collect();
/// eighths.sort();
/// assert_eq!(eighths, [0, 1, 2, 3, 4, 5, 6, 7]);
/// ```
///
/// # Panics
/// In more than [`MOST_INPUTS`] dimensions.
pub fn sobol(n: usize, width: usize, key: Key) -> Vec<f64> {
    assert!(width <= MOST_INPUTS, "Sobol points have at most {MOST_INPUTS} coordinates, not {width}");
    let coordinates: Vec<([u32; BITS], u32)> =
        (0..width).map(|at| (directions(at), key.shard(at).random().next_u64() as u32)).collect();
    let one = |index: usize| {
        coordinates.iter().map(move |(directions, seed)| unit(scrambled(digits(index, directions), *seed)))
    };
    (0..n).flat_map(one).collect()
}

const BITS: usize = 32;

/// Half a step from zero, so that no coordinate is zero or one.
fn unit(digits: u32) -> f64 {
    (f64::from(digits) + 0.5) / 4_294_967_296.0
}

fn digits(index: usize, directions: &[u32; BITS]) -> u32 {
    (0..BITS).filter(|bit| index >> bit & 1 == 1).fold(0, |digits, bit| digits ^ directions[bit])
}

/// The directions of one coordinate, from its primitive polynomial and first numbers.
fn directions(coordinate: usize) -> [u32; BITS] {
    let mut v = [0_u32; BITS];
    let Some((polynomial, first)) = coordinate.checked_sub(1).map(|at| POLYNOMIALS[at]) else {
        return std::array::from_fn(|bit| 1 << (BITS - 1 - bit));
    };
    let degree = first.len();
    for (bit, m) in first.iter().enumerate() {
        v[bit] = m << (BITS - 1 - bit);
    }
    for bit in degree..BITS {
        let mut next = v[bit - degree] ^ (v[bit - degree] >> degree);
        for k in 1..degree {
            if polynomial >> (degree - k) & 1 == 1 {
                next ^= v[bit - k];
            }
        }
        v[bit] = next;
    }
    v
}

/// A hash of the digits in which each depends on those before it alone.
fn scrambled(digits: u32, seed: u32) -> u32 {
    let mut x = digits.reverse_bits().wrapping_add(seed);
    for factor in [0x6c50_b47c, 0xb82f_1e52, 0xc7af_e638, 0x8d22_f6e6] {
        x ^= x.wrapping_mul(factor);
    }
    x.reverse_bits()
}

/// Primitive polynomials with their first direction numbers, for the coordinates after the first \[Joe2008\].
const POLYNOMIALS: [(u32, &[u32]); MOST_INPUTS - 1] = [
    (3, &[1]),
    (7, &[1, 3]),
    (11, &[1, 3, 1]),
    (13, &[1, 1, 1]),
    (19, &[1, 1, 3, 3]),
    (25, &[1, 3, 5, 13]),
    (37, &[1, 1, 5, 5, 17]),
    (41, &[1, 1, 5, 5, 5]),
    (47, &[1, 1, 7, 11, 19]),
    (55, &[1, 1, 5, 1, 1]),
    (59, &[1, 1, 1, 3, 11]),
    (61, &[1, 3, 5, 5, 31]),
    (67, &[1, 3, 3, 9, 7, 49]),
    (91, &[1, 1, 1, 15, 21, 21]),
    (97, &[1, 3, 1, 13, 27, 49]),
    (103, &[1, 1, 1, 15, 7, 5]),
    (109, &[1, 3, 1, 15, 13, 25]),
    (115, &[1, 1, 5, 5, 19, 61]),
    (131, &[1, 3, 7, 11, 23, 15, 103]),
    (137, &[1, 3, 7, 13, 13, 15, 69]),
    (143, &[1, 1, 3, 13, 7, 35, 63]),
    (145, &[1, 3, 5, 9, 1, 25, 53]),
    (157, &[1, 3, 1, 13, 9, 35, 107]),
    (167, &[1, 3, 1, 5, 27, 61, 31]),
    (171, &[1, 1, 5, 11, 19, 41, 61]),
    (185, &[1, 3, 5, 3, 3, 13, 69]),
    (191, &[1, 1, 7, 13, 1, 19, 1]),
    (193, &[1, 3, 7, 5, 13, 19, 59]),
    (203, &[1, 1, 3, 9, 25, 29, 41]),
    (211, &[1, 3, 5, 13, 23, 1, 55]),
    (213, &[1, 3, 7, 3, 13, 59, 17]),
    (229, &[1, 3, 1, 3, 5, 53, 69]),
    (239, &[1, 1, 5, 5, 23, 33, 13]),
    (241, &[1, 1, 7, 7, 1, 61, 123]),
    (247, &[1, 1, 7, 9, 13, 61, 49]),
    (253, &[1, 3, 3, 5, 3, 55, 33]),
    (285, &[1, 3, 1, 15, 31, 13, 49, 245]),
    (299, &[1, 3, 5, 15, 31, 59, 63, 97]),
    (301, &[1, 3, 1, 11, 11, 11, 77, 249]),
    (333, &[1, 3, 1, 11, 27, 43, 71, 9]),
    (351, &[1, 1, 7, 15, 21, 11, 81, 45]),
    (355, &[1, 3, 7, 3, 25, 31, 65, 79]),
    (357, &[1, 3, 1, 1, 19, 11, 3, 205]),
    (361, &[1, 1, 5, 9, 19, 21, 29, 157]),
    (369, &[1, 3, 7, 11, 1, 33, 89, 185]),
    (391, &[1, 3, 3, 3, 15, 9, 79, 71]),
    (397, &[1, 3, 7, 11, 15, 39, 119, 27]),
    (425, &[1, 1, 3, 1, 11, 31, 97, 225]),
    (451, &[1, 1, 1, 3, 23, 43, 57, 177]),
    (463, &[1, 3, 7, 7, 17, 17, 37, 71]),
    (487, &[1, 3, 1, 5, 27, 63, 123, 213]),
    (501, &[1, 1, 3, 5, 11, 43, 53, 133]),
    (529, &[1, 3, 5, 5, 29, 17, 47, 173, 479]),
    (539, &[1, 3, 3, 11, 3, 1, 109, 9, 69]),
    (545, &[1, 1, 1, 5, 17, 39, 23, 5, 343]),
    (557, &[1, 3, 1, 5, 25, 15, 31, 103, 499]),
    (563, &[1, 1, 1, 11, 11, 17, 63, 105, 183]),
    (601, &[1, 1, 5, 11, 9, 29, 97, 231, 363]),
    (607, &[1, 1, 5, 15, 19, 45, 41, 7, 383]),
    (617, &[1, 3, 7, 7, 31, 19, 83, 137, 221]),
    (623, &[1, 1, 1, 3, 23, 15, 111, 223, 83]),
    (631, &[1, 1, 5, 13, 31, 15, 55, 25, 161]),
    (637, &[1, 1, 3, 13, 25, 47, 39, 87, 257]),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// SciPy 1.17: `scipy.stats.qmc.Sobol(64, scramble=False).random(1024)`, whose order is that of the Gray code.
    #[test]
    fn without_scrambling_they_are_the_published_ones() {
        let gray = |index: usize| index ^ index >> 1;
        let at =
            |index: usize, coordinate: usize| f64::from(digits(gray(index), &directions(coordinate))) / 4_294_967_296.0;
        for (index, coordinate, expected) in [
            (1, 0, 0.5),
            (5, 4, 0.875),
            (1000, 0, 0.2197265625),
            (1000, 7, 0.8994140625),
            (1000, 31, 0.1455078125),
            (1000, 63, 0.4462890625),
            (777, 50, 0.0830078125),
        ] {
            assert_eq!(at(index, coordinate), expected, "{index} {coordinate}");
        }
    }

    #[test]
    fn every_coordinate_is_even_and_seeds_differ() {
        let points = sobol(256, 64, Key::new(1, "test"));
        for coordinate in 0..64 {
            let mut parts: Vec<usize> =
                points.iter().skip(coordinate).step_by(64).map(|x| (256.0 * x) as usize).collect();
            parts.sort_unstable();
            assert_eq!(parts, (0..256).collect::<Vec<_>>(), "{coordinate}");
        }
        assert_ne!(points, sobol(256, 64, Key::new(2, "test")));
    }
}
