//! How the numbers of a row are arranged.

use std::sync::Arc;

use tensor::Real;

use crate::graph::GraphCodes;

/// The arrangement of the numbers that go from layer to layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Features without an order.
    Flat {
        /// How many.
        features: usize,
    },
    /// Steps one after the other, each with the same features. A row that is shorter ends with steps of NaN.
    Sequence {
        /// Steps of the longest row.
        steps: usize,
        /// Numbers of a step.
        features: usize,
    },
    /// Places of an image, line by line, each with the same features.
    Image {
        /// Lines.
        height: usize,
        /// Places of a line.
        width: usize,
        /// Numbers of a place.
        features: usize,
    },
    /// Nodes joined by edges. After the rows all nodes of a batch stand below one another, `[nodes, features]`.
    Graph {
        /// Numbers of a node.
        features: usize,
        /// Features of nodes and edges before the first layer.
        codes: GraphCodes,
    },
}

impl From<GraphCodes> for Form {
    fn from(codes: GraphCodes) -> Self {
        Form::Graph { features: codes.nodes.numbers(), codes }
    }
}

/// Places with features, as convolutions see them: those of an image, or the steps of a sequence as an image of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Grid {
    /// Height and width.
    pub size: [usize; 2],
    /// Numbers of a place.
    pub features: usize,
    /// A sequence.
    pub line: bool,
}

impl Grid {
    /// A length along the axes there are; one along the other.
    pub fn along(self, length: usize) -> [usize; 2] {
        [if self.line { 1 } else { length }, length]
    }

    /// What a grid of another size and with other features is.
    pub fn form(self, [height, width]: [usize; 2], features: usize) -> Form {
        if self.line { Form::Sequence { steps: width, features } } else { Form::Image { height, width, features } }
    }
}

impl From<usize> for Form {
    fn from(features: usize) -> Self {
        Form::Flat { features }
    }
}

impl Form {
    /// Numbers of a row.
    pub fn numbers(self) -> usize {
        match self {
            Form::Flat { features } => features,
            Form::Sequence { steps, features } => steps * features,
            Form::Image { height, width, features } => height * width * features,
            // They travel by themselves.
            Form::Graph { .. } => 0,
        }
    }

    /// Features of a row, of each step, of each place or of each node.
    pub fn features(self) -> usize {
        use Form::{Flat, Graph, Image, Sequence};
        let (Flat { features } | Sequence { features, .. } | Image { features, .. } | Graph { features, .. }) = self;
        features
    }

    /// How many steps or places there are, for what looks at each of them alone; one of a row without an order.
    pub(crate) fn places(self) -> usize {
        self.grid().map_or(1, |grid| grid.size[0] * grid.size[1])
    }

    /// The places of an image or of a sequence.
    pub(crate) fn grid(self) -> Option<Grid> {
        match self {
            Form::Flat { .. } | Form::Graph { .. } => None,
            Form::Sequence { steps, features } => Some(Grid { size: [1, steps], features, line: true }),
            Form::Image { height, width, features } => Some(Grid { size: [height, width], features, line: false }),
        }
    }

    /// The same arrangement of other features.
    #[must_use]
    pub fn with(self, features: usize) -> Self {
        match self {
            Form::Flat { .. } => Form::Flat { features },
            Form::Sequence { steps, .. } => Form::Sequence { steps, features },
            Form::Image { height, width, .. } => Form::Image { height, width, features },
            Form::Graph { codes, .. } => Form::Graph { features, codes },
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Form::Flat { features } => format!("{features} features without an order"),
            Form::Sequence { steps, features } => format!("{steps} steps of {features} features"),
            Form::Image { height, width, features } => format!("images of {height} x {width} with {features} features"),
            Form::Graph { features, .. } => format!("graphs whose nodes have {features} features"),
        }
    }

    /// Its sizes, as in a table: `28 x 28 x 6`.
    pub fn sizes(self) -> String {
        match self {
            Form::Flat { features } => features.to_string(),
            Form::Sequence { steps, features } => format!("{steps} x {features}"),
            Form::Image { height, width, features } => format!("{height} x {width} x {features}"),
            Form::Graph { features, .. } => format!("nodes x {features}"),
        }
    }

    /// Steps of each sequence before the NaN at its end, of rows `x: [rows, width]` that begin with one; `None` where all are whole.
    pub fn lengths<T: Real>(self, x: &[T], width: usize) -> Option<Vec<usize>> {
        let Form::Sequence { steps, features } = self else { return None };
        let empty = |step: &[T]| step.iter().all(|x| x.is_nan());
        let ended = |row: &[T]| row[..steps * features].rchunks_exact(features.max(1)).take_while(|s| empty(s)).count();
        let lengths: Vec<usize> = x.chunks_exact(width.max(1)).map(|row| steps - ended(row)).collect();
        lengths.iter().any(|length| *length < steps).then_some(lengths)
    }

    /// Takes the NaN from the ends of sequences, which are the first numbers of rows `x: [rows, width]`; tells how long they are,
    /// where not all are whole.
    pub(crate) fn cut<T: Real>(self, x: &mut [T], width: usize) -> Option<Arc<[usize]>> {
        let Form::Sequence { steps, features } = self else { return None };
        let lengths = self.lengths(x, width)?;
        for (row, length) in x.chunks_exact_mut(width).zip(&lengths) {
            row[length * features..steps * features].fill(T::ZERO);
        }
        Some(lengths.into())
    }
}

/// Input layout of a network: numbers in a form, and after them in each row numbers that only its end reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inputs {
    /// Layout that the first layer reads.
    pub form: Form,
    /// Numbers that stand beside what the layers have made of the others, such as what is known of the horizon.
    pub beside: usize,
    /// Steps that the targets, and the numbers beside, consist of.
    pub ahead: usize,
}

impl Inputs {
    /// Numbers of a row.
    pub fn numbers(self) -> usize {
        self.form.numbers() + self.beside
    }
}

impl From<Form> for Inputs {
    fn from(form: Form) -> Self {
        Inputs { form, beside: 0, ahead: 1 }
    }
}

impl From<usize> for Inputs {
    fn from(features: usize) -> Self {
        Form::from(features).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_nan_at_the_end_are_no_steps() {
        let nan = f64::NAN;
        let form = Form::Sequence { steps: 3, features: 2 };
        let mut x = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 1.0, nan, nan, nan, nan, nan, nan, nan, 1.0, 1.0, nan, nan];
        assert_eq!(form.cut(&mut x, 6).unwrap()[..], [3, 1, 2]);
        // What is missing inside of a row stays missing.
        assert!(x[7].is_nan() && x[12].is_nan() && x[8..12].iter().chain(&x[16..]).all(|x| *x == 0.0));
        assert_eq!(form.cut(&mut [0.0; 6], 6), None);
        assert_eq!(Form::from(3).cut(&mut [nan; 3], 3), None);
    }
}
