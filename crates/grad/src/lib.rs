//! Differentiation and optimization: the tape, the operations, their check, and the optimizers.
//!
//! ```
//! use grad::{Tape, ops};
//! use tensor::{Device, Tensor};
//!
//! let tape = Tape::new(Device::cpu(1));
//! let w = tape.variable(Tensor::new([1, 1], vec![3.0_f64]));
//! let x = tape.constant(Tensor::new([2, 1], vec![1.0, 2.0]));
//! let target = tape.constant(Tensor::new([2, 1], vec![2.0, 4.0]));
//! let loss = ops::mean_squared_error(ops::matmul(x, w), target, None);
//! let gradients = loss.backward();
//! assert_eq!(loss.value().item(), 2.5);
//! assert_eq!(gradients.get(w).unwrap().item(), 5.0); // mean of 2 (w x - y) x
//! ```

#![forbid(unsafe_code)]

pub mod check;
pub mod ops;
pub mod optim;
pub mod tape;

pub use tape::{Fault, Gradients, Tape, Var};
