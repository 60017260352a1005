//! One row of features from the steps of a sequence.

use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// How steps become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pool {
    /// Their mean.
    Mean,
    /// The largest number of each feature.
    Max,
    /// The last of them.
    Last,
}

/// Mean, maximum or last of the steps of `x: [rows, steps * features]`, of each row over its own length where lengths are given; zeros
/// of a row without steps. Gives `[rows, features]`.
///
/// # Panics
/// If shapes do not fit.
pub fn pool_steps<'t, T: Real>(x: Var<'t, T>, steps: usize, lengths: Option<&[usize]>, pool: Pool) -> Var<'t, T> {
    let xv = x.value();
    let (rows, width) = xv.shape().as_matrix();
    let features = width / steps.max(1);
    assert_eq!(width, steps * features, "{steps} steps of equal width");
    let lengths: Vec<usize> = lengths.map_or_else(|| vec![steps; rows], <[usize]>::to_vec);
    // Of a maximum the step from which each feature comes.
    let mut from = vec![0; if pool == Pool::Max { rows * features } else { 0 }];
    let mut y = Tensor::zeros([rows, features]);
    let rows_of_y = numbers(&mut y).chunks_exact_mut(features.max(1));
    for (row, (y, x)) in rows_of_y.zip(xv.data().chunks_exact(width.max(1))).enumerate() {
        for (step, x) in x.chunks_exact(features.max(1)).take(lengths[row]).enumerate() {
            for (f, (y, &x)) in y.iter_mut().zip(x).enumerate() {
                match pool {
                    Pool::Mean => *y += x / T::of(lengths[row] as f64),
                    // NaN stays.
                    Pool::Max if step == 0 || x > *y || x.is_nan() => (*y, from[row * features + f]) = (x, step),
                    Pool::Max => {}
                    Pool::Last => *y = x,
                }
            }
        }
    }
    x.tape().record("pool_steps", y, [x], move |dy, _| {
        let mut dx = Tensor::zeros(xv.shape());
        let rows = numbers(&mut dx).chunks_exact_mut(width.max(1));
        for (row, (dx, dy)) in rows.zip(dy.data().chunks_exact(features.max(1))).enumerate() {
            for (step, dx) in dx.chunks_exact_mut(features.max(1)).take(lengths[row]).enumerate() {
                for (f, (dx, &dy)) in dx.iter_mut().zip(dy).enumerate() {
                    match pool {
                        Pool::Mean => *dx = dy / T::of(lengths[row] as f64),
                        Pool::Max if from[row * features + f] == step => *dx = dy,
                        Pool::Last if step + 1 == lengths[row] => *dx = dy,
                        Pool::Max | Pool::Last => {}
                    }
                }
            }
        }
        [Some(dx)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::{Tape, ops::mul};
    use tensor::Device;

    #[test]
    fn gradients() {
        for pool in [Pool::Mean, Pool::Max, Pool::Last] {
            for lengths in [None, Some(&[3, 1, 0][..])] {
                gradcheck([randn([3, 6], 1), randn([3, 2], 2)], |[x, by]| mul(pool_steps(x, 3, lengths, pool), by));
            }
        }
    }

    #[test]
    fn steps_behind_the_end_do_not_count() {
        let tape = Tape::<f64>::new(Device::cpu(1));
        let x = tape.constant(Tensor::new([1, 6], vec![1.0, -1.0, 3.0, -5.0, 9.0, 9.0]));
        let of = |pool| pool_steps(x, 3, Some(&[2]), pool).value().data().to_vec();
        assert_eq!((of(Pool::Mean), of(Pool::Max)), (vec![2.0, -3.0], vec![3.0, -1.0]));
        assert_eq!(of(Pool::Last), [3.0, -5.0]);
    }
}
