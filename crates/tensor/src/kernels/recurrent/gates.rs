//! One step of each cell, forward and backward: element by element, over the rows of a block.

use crate::real::Real;
use crate::simd::simd;

simd! {
    /// `h = tanh(gates)`, and the same in place.
    pub(super) fn simple<T: Real>(gates: &mut [T], h: &mut [T]) {
        for (gate, h) in gates.iter_mut().zip(h) {
            *gate = gate.tanh();
            *h = *gate;
        }
    }
}

simd! {
    /// `gates = gates (1 - h^2)` with `gates = dh`.
    pub(super) fn simple_back<T: Real>(activated: &[T], dh: &[T], dgates: &mut [T]) {
        for ((d, &h), &dh) in dgates.iter_mut().zip(activated).zip(dh) {
            *d = dh * (T::ONE - h * h);
        }
    }
}

/// The four parts of a row of gates.
#[inline(always)]
fn four<T>(row: &mut [T], hidden: usize) -> [&mut [T]; 4] {
    let (a, rest) = row.split_at_mut(hidden);
    let (b, rest) = rest.split_at_mut(hidden);
    let (c, d) = rest.split_at_mut(hidden);
    [a, b, c, d]
}

simd! {
    /// Sums of `i, f, g, o` become gates. From the memory before and the weights of peepholes, or none, follow the memory, its
    /// hyperbolic tangent and the state.
    pub(super) fn lstm<T: Real>(
        gates: &mut [T], known: [&[T]; 2], out: [&mut [T]; 3], hidden: usize,
    ) {
        let ([before, peep], [c, bent, h]) = (known, out);
        let states = before.chunks_exact(hidden).zip(c.chunks_exact_mut(hidden));
        let outs = bent.chunks_exact_mut(hidden).zip(h.chunks_exact_mut(hidden));
        for ((row, (before, c)), (bent, h)) in gates.chunks_exact_mut(4 * hidden).zip(states).zip(outs) {
            let [i, f, g, o] = four(row, hidden);
            let o = &mut o[..hidden];
            if !peep.is_empty() {
                for j in 0..hidden {
                    i[j] += peep[j] * before[j];
                    f[j] += peep[hidden + j] * before[j];
                }
            }
            for j in 0..hidden {
                i[j] = i[j].sigmoid();
                f[j] = f[j].sigmoid();
                g[j] = g[j].tanh();
                c[j] = f[j] * before[j] + i[j] * g[j];
            }
            if !peep.is_empty() {
                for j in 0..hidden {
                    o[j] += peep[2 * hidden + j] * c[j];
                }
            }
            for j in 0..hidden {
                o[j] = o[j].sigmoid();
                bent[j] = c[j].tanh();
                h[j] = o[j] * bent[j];
            }
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
        let states = before.chunks_exact(hidden).zip(bent.chunks_exact(hidden));
        let outs = dh.chunks_exact(hidden).zip(dc.chunks_exact_mut(hidden));
        for (((row, drow), (before, bent)), (dh, dc)) in rows.zip(states).zip(outs) {
            let (i, f) = (&row[..hidden], &row[hidden..2 * hidden]);
            let (g, o) = (&row[2 * hidden..3 * hidden], &row[3 * hidden..4 * hidden]);
            let [di, df, dg, d_o] = four(drow, hidden);
            let d_o = &mut d_o[..hidden];
            for j in 0..hidden {
                d_o[j] = dh[j] * bent[j] * o[j] * (T::ONE - o[j]);
                dc[j] += dh[j] * o[j] * (T::ONE - bent[j] * bent[j]);
            }
            if !peep.is_empty() {
                for j in 0..hidden {
                    dc[j] += d_o[j] * peep[2 * hidden + j];
                }
            }
            for j in 0..hidden {
                di[j] = dc[j] * g[j] * i[j] * (T::ONE - i[j]);
                df[j] = dc[j] * before[j] * f[j] * (T::ONE - f[j]);
                dg[j] = dc[j] * i[j] * (T::ONE - g[j] * g[j]);
                dc[j] *= f[j];
            }
            if !peep.is_empty() {
                for j in 0..hidden {
                    dc[j] += di[j] * peep[j] + df[j] * peep[hidden + j];
                }
            }
        }
    }
}

simd! {
    /// Sums of `n` (of the input), `r`, `z` and `n` (of the state) become gates, the last stays as it is; `h` follows.
    pub(super) fn gru<T: Real>(gates: &mut [T], before: &[T], h: &mut [T], hidden: usize) {
        let states = before.chunks_exact(hidden).zip(h.chunks_exact_mut(hidden));
        for (row, (before, h)) in gates.chunks_exact_mut(4 * hidden).zip(states) {
            let [n, r, z, state] = four(row, hidden);
            let state = &state[..hidden];
            for j in 0..hidden {
                r[j] = r[j].sigmoid();
                z[j] = z[j].sigmoid();
                n[j] = (n[j] + r[j] * state[j]).tanh();
                h[j] = n[j] + z[j] * (before[j] - n[j]);
            }
        }
    }
}

simd! {
    /// Cotangents of the sums from that of `h`; `carry` is what goes to the state before past the gates.
    pub(super) fn gru_back<T: Real>(
        gates: &[T], before: &[T], dh: &[T], carry: &mut [T], dgates: &mut [T], hidden: usize,
    ) {
        let rows = gates.chunks_exact(4 * hidden).zip(dgates.chunks_exact_mut(4 * hidden));
        let states = before.chunks_exact(hidden).zip(dh.chunks_exact(hidden)).zip(carry.chunks_exact_mut(hidden));
        for ((row, drow), ((before, dh), carry)) in rows.zip(states) {
            let (n, r) = (&row[..hidden], &row[hidden..2 * hidden]);
            let (z, state) = (&row[2 * hidden..3 * hidden], &row[3 * hidden..4 * hidden]);
            let [dn, dr, dz, dstate] = four(drow, hidden);
            let dstate = &mut dstate[..hidden];
            for j in 0..hidden {
                let sum = dh[j] * (T::ONE - z[j]) * (T::ONE - n[j] * n[j]);
                dn[j] = sum;
                dr[j] = sum * state[j] * r[j] * (T::ONE - r[j]);
                dz[j] = dh[j] * (before[j] - n[j]) * z[j] * (T::ONE - z[j]);
                dstate[j] = sum * r[j];
                carry[j] = dh[j] * z[j];
            }
        }
    }
}
