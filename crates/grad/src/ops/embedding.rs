//! Rows of a table, by their numbers.

use tensor::{Real, Tensor};

use super::numbers;
use crate::tape::Var;

/// $y_i = W_{k_i}$: for each index a row of `table: [levels, features]`; gives `[indices, features]`.
///
/// # Panics
/// If an index is beyond the table.
pub fn embedding<'t, T: Real>(table: Var<'t, T>, indices: &[usize]) -> Var<'t, T> {
    let (device, value) = (table.tape().device().clone(), table.value());
    let (levels, features) = value.shape().as_matrix();
    assert!(indices.iter().all(|index| *index < levels), "an index is beyond the {levels} rows of the table");
    let indices = indices.to_vec();
    let y = device.tensor([indices.len(), features], |y| {
        for (y, index) in y.chunks_exact_mut(features.max(1)).zip(&indices) {
            y.copy_from_slice(&value.data()[index * features..(index + 1) * features]);
        }
    });
    table.tape().record("embedding", y, [table], move |dy, _| {
        let mut sum = Tensor::zeros([levels, features]);
        let rows = numbers(&mut sum);
        for (dy, index) in dy.data().chunks_exact(features.max(1)).zip(&indices) {
            rows[index * features..(index + 1) * features].iter_mut().zip(dy).for_each(|(sum, dy)| *sum += *dy);
        }
        [Some(sum)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{gradcheck, randn};
    use crate::ops::mul;

    #[test]
    fn gradients_of_rows_that_are_used_twice_or_never() {
        gradcheck([randn([4, 3], 1), randn([5, 3], 2)], |[table, by]| mul(embedding(table, &[2, 0, 2, 3, 2]), by));
    }
}
