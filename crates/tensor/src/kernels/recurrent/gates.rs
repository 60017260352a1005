//! One step of each cell, forward and backward: element by element, over the rows of a block.
//!
//! Every loop writes one slice that nothing else is known to touch, so that the compiler makes vectors of it.

use crate::real::Real;
use crate::simd::simd;

/// `y = f(y, a, b, ...)`, number by number.
#[inline(always)]
fn onto<T: Real, const N: usize>(y: &mut [T], from: [&[T]; N], f: impl Fn(T, [T; N]) -> T) {
    let n = y.len();
    let from = from.map(|x| &x[..n]);
    for j in 0..n {
        y[j] = f(y[j], std::array::from_fn(|k| from[k][j]));
    }
}

/// $s (1 - s)$, the slope of a logistic function with the value $s$.
#[inline(always)]
fn bell<T: Real>(s: T) -> T {
    s * (T::ONE - s)
}

/// $1 - t^2$, the slope of a hyperbolic tangent with the value $t$.
#[inline(always)]
fn steepness<T: Real>(t: T) -> T {
    T::ONE - t * t
}

/// The four parts of a row of gates.
#[inline(always)]
fn four<T>(row: &[T], hidden: usize) -> [&[T]; 4] {
    std::array::from_fn(|k| &row[k * hidden..(k + 1) * hidden])
}

/// The same, to be written.
#[inline(always)]
fn four_mut<T>(row: &mut [T], hidden: usize) -> [&mut [T]; 4] {
    let (a, rest) = row.split_at_mut(hidden);
    let (b, rest) = rest.split_at_mut(hidden);
    let (c, d) = rest.split_at_mut(hidden);
    [a, b, c, &mut d[..hidden]]
}

simd! {
    /// `gates = tanh(gates)`: the state.
    pub(super) fn simple<T: Real>(gates: &mut [T]) {
        onto(gates, [], |x, []| x.tanh());
    }
}

simd! {
    /// Cotangents of the sums from those of the state.
    pub(super) fn simple_back<T: Real>(h: &[T], dh: &[T], dgates: &mut [T]) {
        onto(dgates, [h, dh], |_, [h, dh]| dh * steepness(h));
    }
}

simd! {
    /// Sums of `i, f, o, g` become gates. From the memory before and the weights of peepholes, or none, follow the memory, its
    /// hyperbolic tangent and the state.
    pub(super) fn lstm<T: Real>(gates: &mut [T], known: [&[T]; 2], out: [&mut [T]; 3], hidden: usize) {
        let ([before, peep], [c, bent, h]) = (known, out);
        for (at, row) in gates.chunks_exact_mut(4 * hidden).enumerate() {
            let part = at * hidden..(at + 1) * hidden;
            let (before, c) = (&before[part.clone()], &mut c[part.clone()]);
            let (bent, h) = (&mut bent[part.clone()], &mut h[part]);
            if peep.is_empty() {
                onto(&mut row[..3 * hidden], [], |x, []| x.sigmoid());
                onto(&mut row[3 * hidden..], [], |x, []| x.tanh());
            }
            let [i, f, o, g] = four_mut(row, hidden);
            if !peep.is_empty() {
                onto(i, [&peep[..hidden], before], |x, [p, c]| (x + p * c).sigmoid());
                onto(f, [&peep[hidden..2 * hidden], before], |x, [p, c]| (x + p * c).sigmoid());
                onto(g, [], |x, []| x.tanh());
            }
            onto(c, [f, before, i, g], |_, [f, before, i, g]| f * before + i * g);
            if !peep.is_empty() {
                onto(o, [&peep[2 * hidden..], c], |x, [p, c]| (x + p * c).sigmoid());
            }
            onto(bent, [c], |_, [c]| c.tanh());
            onto(h, [o, bent], |_, [o, bent]| o * bent);
        }
    }
}

simd! {
    /// Cotangents of the sums from those of the state and of the memory; `dc` becomes that of the memory before. Known are the
    /// memory before, the hyperbolic tangent of the new one, and the weights of peepholes.
    pub(super) fn lstm_back<T: Real>(
        gates: &[T], known: [&[T]; 3], dh: &[T], dc: &mut [T], dgates: &mut [T], hidden: usize,
    ) {
        let [before, bent, peep] = known;
        let rows = gates.chunks_exact(4 * hidden).zip(dgates.chunks_exact_mut(4 * hidden));
        for (at, (row, drow)) in rows.enumerate() {
            let part = at * hidden..(at + 1) * hidden;
            let (before, bent) = (&before[part.clone()], &bent[part.clone()]);
            let (dh, dc) = (&dh[part.clone()], &mut dc[part]);
            let [i, f, o, g] = four(row, hidden);
            let [di, df, d_o, dg] = four_mut(drow, hidden);
            onto(d_o, [dh, bent, o], |_, [dh, bent, o]| dh * bent * bell(o));
            onto(dc, [dh, bent, o], |dc, [dh, bent, o]| dc + dh * o * steepness(bent));
            if !peep.is_empty() {
                onto(dc, [d_o, &peep[2 * hidden..]], |dc, [d, p]| dc + d * p);
            }
            onto(di, [dc, g, i], |_, [dc, g, i]| dc * g * bell(i));
            onto(df, [dc, before, f], |_, [dc, before, f]| dc * before * bell(f));
            onto(dg, [dc, i, g], |_, [dc, i, g]| dc * i * steepness(g));
            onto(dc, [f], |dc, [f]| dc * f);
            if !peep.is_empty() {
                let peeps = [di, &peep[..hidden], df, &peep[hidden..2 * hidden]];
                onto(dc, peeps, |dc, [di, p, df, q]| dc + di * p + df * q);
            }
        }
    }
}

simd! {
    /// Sums of `n` (of the input), `r`, `z` and `n` (of the state) become gates, the last stays as it is; the state follows.
    pub(super) fn gru<T: Real>(gates: &mut [T], before: &[T], h: &mut [T], hidden: usize) {
        let states = before.chunks_exact(hidden).zip(h.chunks_exact_mut(hidden));
        for (row, (before, h)) in gates.chunks_exact_mut(4 * hidden).zip(states) {
            onto(&mut row[hidden..3 * hidden], [], |x, []| x.sigmoid());
            let [n, r, z, state] = four_mut(row, hidden);
            onto(n, [r, state], |x, [r, state]| (x + r * state).tanh());
            onto(h, [n, z, before], |_, [n, z, before]| n + z * (before - n));
        }
    }
}

simd! {
    /// Cotangents of the sums from that of the state; `carry` is what goes to the state before past the gates.
    pub(super) fn gru_back<T: Real>(
        gates: &[T], before: &[T], dh: &[T], carry: &mut [T], dgates: &mut [T], hidden: usize,
    ) {
        let rows = gates.chunks_exact(4 * hidden).zip(dgates.chunks_exact_mut(4 * hidden));
        let states = before.chunks_exact(hidden).zip(dh.chunks_exact(hidden)).zip(carry.chunks_exact_mut(hidden));
        for ((row, drow), ((before, dh), carry)) in rows.zip(states) {
            let [n, r, z, state] = four(row, hidden);
            let [dn, dr, dz, dstate] = four_mut(drow, hidden);
            onto(dn, [dh, z, n], |_, [dh, z, n]| dh * (T::ONE - z) * steepness(n));
            onto(dr, [dn, state, r], |_, [dn, state, r]| dn * state * bell(r));
            onto(dz, [dh, before, n, z], |_, [dh, before, n, z]| dh * (before - n) * bell(z));
            onto(dstate, [dn, r], |_, [dn, r]| dn * r);
            onto(carry, [dh, z], |_, [dh, z]| dh * z);
        }
    }
}
