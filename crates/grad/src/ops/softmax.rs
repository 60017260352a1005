//! $p_{ik} = e^{z_{ik}} / \sum_j e^{z_{ij}}$.

use tensor::Real;
use tensor::kernels::softmax::softmax_rows;

use crate::tape::Var;

/// Softmax along the last axis of `z: [n, classes]`.
pub fn softmax<T: Real>(z: Var<'_, T>) -> Var<'_, T> {
    let (device, zv) = (z.tape().device().clone(), z.value());
    let (_, k) = zv.shape().as_matrix();
    let p = device.tensor(zv.shape(), |p| {
        p.copy_from_slice(zv.data());
        softmax_rows(p, k);
    });
    let pv = p.clone();
    z.tape().record("softmax", p, [z], move |dy, _| {
        [Some(device.tensor(dy.shape(), |dz| {
            let rows = pv.data().chunks(k).zip(dy.data().chunks(k));
            for (dz, (p, dy)) in dz.chunks_mut(k).zip(rows) {
                let mean: T = p.iter().zip(dy).map(|(&p, &d)| p * d).sum();
                for ((dz, &p), &dy) in dz.iter_mut().zip(p).zip(dy) {
                    *dz = p * (dy - mean);
                }
            }
        }))]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};

    #[test]
    fn gradients() {
        gradcheck([randn([4, 3], 1)], |[z]| softmax(z));
    }
}
