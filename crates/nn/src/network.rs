//! A stack of layers with a loss.

mod forward;
mod loss;
mod predict;
#[cfg(test)]
mod tests;

use crate::Result;
use crate::error::Error;
use crate::examples::Targets;
use crate::form::{Form, Inputs};
use crate::layers::{Activation, Dense, Layer};
use crate::losses::Loss;
use crate::parameters::{Builder, Layout};
use crate::seq2seq::{Ahead, Seq2seq};

/// A stack of layers with a loss: which parameters there are, how outputs and loss are computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Network {
    /// The layers, in order.
    pub layers: Vec<Layer>,
    /// Loss function.
    pub loss: Loss,
    /// Names, places and shapes of parameters and buffers.
    pub layout: Layout,
    /// What reads what the layers give, step by step, in place of the last layer.
    pub decoder: Option<Seq2seq>,
    /// Numbers a row.
    pub inputs: usize,
    /// Those of them that only the end of the network reads.
    pub beside: usize,
    /// Steps that the targets consist of.
    pub ahead: usize,
    /// How the numbers that go into each layer are arranged.
    pub forms: Vec<Form>,
    /// Numbers it gives for each row: targets, with variances or ends where the loss asks for them, or logits.
    pub outputs: usize,
}

/// Whether the numbers beside a form are joined before a layer that reads `form`: the first after the nodes of graphs, else the last.
fn joins(before: &[Form], form: Form, last: bool) -> bool {
    match before.first() {
        Some(Form::Graph { .. }) => {
            matches!(form, Form::Flat { .. }) && matches!(before.last(), Some(Form::Graph { .. }))
        }
        _ => last,
    }
}

impl Network {
    /// Builds `layers`, and after them a linear one with as many outputs as `loss` needs for `targets`. What stands beside the
    /// form of the inputs goes into the last one.
    ///
    /// # Errors
    /// The loss does not fit the targets, a layer gives nothing, or it cannot read what the layer before it gives.
    pub fn new<T>(mut layers: Vec<Layer>, inputs: impl Into<Inputs>, loss: Loss, targets: &Targets<T>) -> Result<Self> {
        layers.push(Layer::Dense(Dense::new(loss.outputs(targets)?, Activation::Linear)));
        Network::build(layers, None, inputs.into(), loss, targets)
    }

    /// Each layer: its name, the sizes of what it gives for a row, its parameters.
    pub fn summary(&self) -> Vec<(String, String, usize)> {
        let layer = |(at, (layer, form)): (usize, (&Layer, &Form))| {
            let mut builder = Builder::default();
            let given = layer.build(*form, &mut builder).unwrap_or(*form);
            (format!("{}_{at}", layer.name()), given.sizes(), builder.finish().n_parameters())
        };
        let mut all: Vec<_> = self.layers.iter().zip(&self.forms).enumerate().map(layer).collect();
        if self.decoder.is_some() {
            let own = self.layout.n_parameters() - all.iter().map(|(.., parameters)| parameters).sum::<usize>();
            all.push(("seq2seq".into(), format!("{} x {}", self.ahead, self.outputs / self.ahead.max(1)), own));
        }
        all
    }

    /// Builds `layers`, and after them an encoder and a decoder, which predicts the steps of the horizon one after the other.
    ///
    /// # Errors
    /// As [`Network::new`].
    pub fn seq2seq<T>(
        layers: Vec<Layer>,
        decoder: Seq2seq,
        inputs: Inputs,
        loss: Loss,
        targets: &Targets<T>,
    ) -> Result<Self> {
        Network::build(layers, Some(decoder), inputs, loss, targets)
    }

    fn build<T>(
        layers: Vec<Layer>,
        decoder: Option<Seq2seq>,
        inputs: Inputs,
        loss: Loss,
        targets: &Targets<T>,
    ) -> Result<Self> {
        let outputs = loss.outputs(targets)?;
        let Inputs { beside, ahead, .. } = inputs;
        let mut builder = Builder::default();
        let (mut form, mut forms) = (inputs.form, Vec::new());
        for (at, layer) in layers.iter().enumerate() {
            builder.enter(format!("{}_{at}", layer.name()));
            let found = form.words();
            let unfit = |expected: &str| Error::LayerInput {
                at,
                layer: layer.name(),
                expected: expected.into(),
                found: found.clone(),
            };
            let last = at + 1 == layers.len() && decoder.is_none();
            match form {
                _ if !last => {}
                Form::Flat { .. } => {}
                Form::Sequence { .. } | Form::Image { .. } => {
                    return Err(unfit(
                        "features without an order: let the layer before it give its last state, or add `pool` or `flatten`",
                    ));
                }
                Form::Graph { .. } => return Err(unfit("features without an order, which `readout` makes of graphs")),
            }
            if joins(&forms, form, last) {
                form = form.with(form.features() + beside);
            }
            forms.push(form);
            form = layer.build(form, &mut builder).map_err(unfit)?;
            if form.features() == 0 || form.grid().is_some_and(|grid| grid.size.contains(&0)) {
                return Err(Error::EmptyLayer { at, layer: layer.name(), what: "features" });
            }
        }
        if let Some(decoder) = &decoder {
            builder.enter("seq2seq".into());
            let at = layers.len();
            let found = form.words();
            forms.push(form);
            decoder
                .build(form, Ahead::of(ahead, outputs, beside, &loss), &mut builder)
                .map_err(|expected| Error::LayerInput { at, layer: "seq2seq", expected: expected.into(), found })?;
        }
        let inputs = inputs.numbers();
        Ok(Network { layers, decoder, loss, layout: builder.finish(), inputs, beside, ahead, forms, outputs })
    }

    /// Whether samples differ from one another.
    pub fn has_dropout(&self) -> bool {
        let decoder = self.decoder.as_ref().is_some_and(|decoder| decoder.dropout > 0.0);
        decoder || self.layers.iter().any(Layer::draws)
    }

    /// The layers that were asked for: without the linear one at the end.
    pub fn own_layers(&self) -> &[Layer] {
        &self.layers[..self.layers.len() - usize::from(self.decoder.is_none())]
    }

    /// How many numbers stand before the last layer; `None` of a network without a hidden layer.
    pub fn hidden_width(&self) -> Option<usize> {
        let before = self.own_layers();
        if self.decoder.is_some() {
            return None;
        }
        before.iter().any(|layer| !layer.keeps()).then(|| self.forms[before.len()].numbers())
    }

    /// Whether rows are graphs.
    pub fn reads_graphs(&self) -> bool {
        matches!(self.forms.first(), Some(Form::Graph { .. }))
    }
}
