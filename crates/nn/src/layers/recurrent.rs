//! Recurrent layers: a state that runs along a sequence.

use grad::Var;
use grad::ops::{self, CellWeights, Run, States};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use tensor::Real;
use tensor::kernels::recurrent::Cell;

use super::{Kind, SEQUENCES};
use crate::form::Form;
use crate::initialize::Initialize;
use crate::parameters::{Builder, Context};

/// A recurrent layer: a hidden state that runs along a sequence, $h_t = f(x_t, h_{t-1})$ from $h_0 = 0$, where $f$ is
/// that of a simple recurrent network \[Elman1990\], of a long short-term memory \[Hochreiter1997\] or of a gated
/// recurrent unit \[Cho2014\].
///
/// Input `[batch, steps, inputs]`, output `[batch, features]` or, of all steps, `[batch, steps, features]`; twice the
/// features where it is bidirectional. Steps after the end of a shorter sequence are not read, and the output there
/// is zero.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recurrent {
    /// Hidden size: features of the state.
    #[schemars(range(min = 1))]
    pub features: usize,
    /// Output: the last state or the states of all steps.
    #[serde(default)]
    pub gives: Gives,
    /// A second layer runs from the last step to the first; the features of both are concatenated.
    #[serde(default)]
    pub bidirectional: bool,
    /// Truncated backpropagation through time \[Williams1990\]: gradients do not pass from a step whose index is a
    /// multiple of this to the one before; 0 for no truncation.
    #[serde(default)]
    pub truncate: usize,
    /// Of `lstm`: gates also see the memory $c$, each number of it with a weight of its own \[Gers2002\].
    #[serde(default)]
    pub peepholes: bool,
}

/// Output of a recurrent layer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gives {
    /// The state after the last step, `[batch, features]`.
    #[default]
    Last,
    /// The states of all steps, `[batch, steps, features]`.
    All,
}

impl Recurrent {
    /// One way, without truncation and peepholes.
    pub fn new(features: usize, gives: Gives) -> Self {
        Recurrent { features, gives, bidirectional: false, truncate: 0, peepholes: false }
    }

    fn ways(&self) -> usize {
        1 + usize::from(self.bidirectional)
    }
}

/// As a network of such cells.
impl Kind for (Cell, &Recurrent) {
    fn build(&self, inputs: Form, builder: &mut Builder) -> Result<Form, &'static str> {
        let Form::Sequence { steps, features } = inputs else { return Err(SEQUENCES) };
        let (cell, layer) = *self;
        if layer.peepholes && cell != Cell::Lstm {
            return Err("no peepholes: only `lstm` has a memory that gates can see");
        }
        let h = layer.features;
        for way in 0..layer.ways() {
            build_cell(cell, [features, h], layer.peepholes, if way == 0 { "" } else { "backward_" }, builder);
        }
        let features = layer.ways() * h;
        Ok(match layer.gives {
            Gives::Last => Form::Flat { features },
            Gives::All => Form::Sequence { steps, features },
        })
    }

    fn apply<'t, T: Real>(&self, x: Var<'t, T>, form: Form, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Form::Sequence { steps, .. } = form else { return x };
        let (cell, layer) = *self;
        let way = |reverse: bool| -> States<'t, T> {
            let run = Run { cell, steps, lengths: cx.lengths(), reverse, truncate: layer.truncate };
            ops::recurrent(&run, x, cell_weights(cell, layer.peepholes, cx), &[])
        };
        let there = way(false);
        let back = layer.bidirectional.then(|| way(true));
        match (layer.gives, back) {
            (Gives::Last, None) => there.last,
            (Gives::All, None) => there.all,
            (Gives::Last, Some(back)) => ops::join(there.last, back.last),
            (Gives::All, Some(back)) => {
                let h = layer.features;
                let (rows, _) = there.all.value().shape().as_matrix();
                let each = |all: Var<'t, T>| ops::reshape(all, [rows * steps, h]);
                ops::reshape(ops::join(each(there.all), each(back.all)), [rows, steps * 2 * h])
            }
        }
    }
}

/// Asks for the parameters of a cell under names that begin with `prefix`.
pub(crate) fn build_cell(
    cell: Cell,
    [features, hidden]: [usize; 2],
    peepholes: bool,
    prefix: &str,
    builder: &mut Builder,
) {
    let (name, h) = (|part: &str| format!("{prefix}{part}"), hidden);
    builder.weight(&name("weight"), [features, cell.input_gates() * h], Initialize::XavierUniform);
    builder.weight(&name("state_weight"), [h, cell.state_gates() * h], Initialize::Orthogonal);
    let forget = if cell == Cell::Lstm { h..2 * h } else { 0..0 };
    builder.vector_with(&name("bias"), cell.input_gates() * h, 0.0, (forget, 1.0));
    match cell {
        Cell::Gru => builder.vector(&name("state_bias"), h, 0.0),
        Cell::Lstm if peepholes => builder.vector(&name("peephole"), 3 * h, 0.0),
        _ => {}
    }
}

/// The next parameters are those of a cell.
pub(crate) fn cell_weights<'t, T: Real>(cell: Cell, peepholes: bool, cx: &Context<'t, '_, T>) -> CellWeights<'t, T> {
    let (input, state, bias) = (cx.parameter(), cx.parameter(), cx.parameter());
    let extra = (peepholes || cell == Cell::Gru).then(|| cx.parameter());
    CellWeights { input, state, bias, extra }
}

#[cfg(test)]
pub(super) fn samples() -> Vec<(Form, super::Layer)> {
    use super::Layer;
    let both = |features| Recurrent { bidirectional: true, ..Recurrent::new(features, Gives::All) };
    let layers = [
        Layer::Rnn(Recurrent::new(3, Gives::Last)),
        Layer::Rnn(both(2)),
        Layer::Gru(Recurrent::new(4, Gives::All)),
        Layer::Gru(Recurrent { bidirectional: true, ..Recurrent::new(2, Gives::Last) }),
        Layer::Lstm(Recurrent::new(3, Gives::Last)),
        Layer::Lstm(Recurrent { peepholes: true, ..both(3) }),
    ];
    layers.map(|layer| (super::samples::STEPS, layer)).into()
}
