//! Inputs of the layers that are tested.

use crate::form::Form;
use crate::graph::{Codes, GraphCodes};

/// Numbers that go into every layer.
pub(crate) const INPUTS: usize = 6;
/// Without an order.
pub(crate) const FLAT: Form = Form::Flat { features: INPUTS };
/// As a sequence.
pub(crate) const STEPS: Form = Form::Sequence { steps: 3, features: 2 };
/// As an image with one number for each place.
pub(crate) const IMAGE: Form = Form::Image { height: 3, width: 2, features: 1 };
/// As an image with two numbers for each place.
pub(crate) const DEEP_IMAGE: Form = Form::Image { height: 3, width: 1, features: 2 };

/// Graphs of up to five nodes, where three numbers of a node, and a category of two and a number of an edge are known.
pub(crate) fn graphs() -> Form {
    let codes = |categories: &[usize]| Codes::new(categories).unwrap();
    GraphCodes { nodes: codes(&[1, 1, 1]), edges: codes(&[2, 1]) }.into()
}
