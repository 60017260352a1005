//! A stack of layers with a loss.

use grad::{Fault, Tape, Var, ops};
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::Result;
use crate::batches::{Batch, BatchTargets, Feed, Order};
use crate::error::Error;
use crate::examples::Targets;
use crate::form::{Form, Inputs};
use crate::graph::{self, GraphBatch};
use crate::layers::{Activation, Dense, Layer};
use crate::losses::Loss;
use crate::parameters::{Builder, Context, Layout, Mode, Moment};
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

/// Penalties on all weights of a network.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Penalty {
    pub l1: f64,
    pub l2: f64,
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

/// Rows that are predicted at a time.
const PREDICT_BATCH: usize = 512;

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

    /// Numbers, or probabilities of the classes, for each row of `x: [rows, inputs]`: `[rows, targets or classes]`.
    ///
    /// A network that was trained by the Gaussian likelihood gives means and then standard deviations, `[rows, 2 targets]`; one of
    /// quantiles gives medians, lower and upper ends in order, `[rows, 3 targets]`.
    pub fn predict<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Vec<T> {
        self.outputs_of(Mode::Predict, (parameters, buffers), x, device)
    }

    /// The same by one thinned network, whose dropout masks follow from `key` and are the same for all rows \[Gal2016\].
    pub fn sample<T: Real>(
        &self,
        key: Key,
        (parameters, buffers): (&Tensor<T>, &[T]),
        x: &[T],
        device: &Device,
    ) -> Vec<T> {
        self.outputs_of(Mode::Sample(key), (parameters, buffers), x, device)
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
        let keeps = |layer: &Layer| {
            matches!(layer, Layer::Dropout(_) | Layer::Activation { .. } | Layer::BatchNorm(_) | Layer::LayerNorm(_))
        };
        before.iter().any(|layer| !keeps(layer)).then(|| self.forms[before.len()].numbers())
    }

    /// What goes into the last layer in prediction, `[rows, hidden_width]`.
    pub fn hidden<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(Some(self.layers.len() - 1), (Mode::Predict, (parameters, buffers)), x, device, |z, _| {
            out.extend_from_slice(z.value().data())
        });
        out
    }

    /// At which steps a network with attention looks in prediction: weights `[rows, steps]` that sum to one over the steps of each
    /// row; `None` of one without.
    pub fn looks<T: Real>(&self, parameters: &Tensor<T>, buffers: &[T], x: &[T], device: &Device) -> Option<Vec<T>> {
        let (mut out, mut looks) = (Vec::new(), true);
        self.in_batches(None, (Mode::Predict, (parameters, buffers)), x, device, |_, cx| match cx.last_looks() {
            Some(weights) => out.extend_from_slice(weights.data()),
            None => looks = false,
        });
        looks.then_some(out)
    }

    fn outputs_of<T: Real>(&self, mode: Mode, weights: (&Tensor<T>, &[T]), x: &[T], device: &Device) -> Vec<T> {
        let mut out = Vec::new();
        self.in_batches(None, (mode, weights), x, device, |z, _| self.loss.say(z, self.outputs, &mut out));
        out
    }

    /// Hands what the first layers, or all, make of some rows at a time to `take`, with what they have shown.
    fn in_batches<T: Real>(
        &self,
        layers: Option<usize>,
        (mode, (parameters, buffers)): (Mode, (&Tensor<T>, &[T])),
        x: &[T],
        device: &Device,
        mut take: impl for<'t> FnMut(Var<'t, T>, &Context<'t, '_, T>),
    ) {
        let mut tape = Tape::new(device.clone());
        let mut buffers = buffers.to_vec();
        let inputs = self.width_of(x).max(1);
        for x in x.chunks(PREDICT_BATCH * inputs) {
            tape.clear();
            let cx = Context::new(&tape, &self.layout, parameters, &mut buffers, mode);
            let rows = device.tensor([x.len() / inputs, inputs], |rows| rows.copy_from_slice(x));
            let x = tape.constant(self.cut(rows, &cx));
            let z = match layers {
                Some(layers) => self.joined(self.apply_first(layers, x, &cx), x, layers, &cx),
                None => self.apply(x, &cx),
            };
            take(z, &cx);
        }
    }

    /// The mean loss over `examples`, without penalties.
    pub(crate) fn mean_loss<T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &[T],
        examples: &dyn Feed<T>,
        device: &Device,
    ) -> Result<f64> {
        let mut tape = Tape::new(device.clone());
        let (mut total, mut rows, mut buffers) = (0.0, 0, buffers.to_vec());
        for batch in Order::plain(examples.n_rows(), PREDICT_BATCH).batches() {
            tape.clear();
            let numbers = examples.batch(batch, None, device)?;
            let loss = self.loss(&tape, parameters, &mut buffers, numbers, Mode::Predict);
            total += loss.0.value().item().to_f64() * batch.len() as f64;
            rows += batch.len();
        }
        Ok(total / rows as f64)
    }

    /// Loss of a batch, without penalties, and the variables of the parameters.
    fn loss<'t, T: Real>(
        &self,
        tape: &'t Tape<T>,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        mode: Mode,
    ) -> (Var<'t, T>, Vec<Var<'t, T>>) {
        let cx = Context::new(tape, &self.layout, parameters, buffers, mode);
        if let (Some(_), BatchTargets::Numbers { values, .. }) = (&self.decoder, &batch.y) {
            cx.set_truth(Some(values.clone()));
        }
        let z = self.apply(tape.constant(self.cut(batch.x, &cx)), &cx);
        (self.loss.of(z, &batch.y, tape), cx.used.into_inner())
    }

    /// Loss and gradients of one batch; the tape keeps what the gradients stand in until it is cleared.
    pub(crate) fn gradients<T: Real>(
        &self,
        tape: &Tape<T>,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        moment: Moment,
        penalty: Penalty,
    ) -> (f64, Vec<Tensor<T>>) {
        let (data_loss, variables) = self.loss(tape, parameters, buffers, batch, Mode::Train(moment));
        let mut loss = data_loss;
        if penalty != Penalty::default() {
            for (variable, _) in variables.iter().zip(&self.layout.parameters).filter(|(_, entry)| entry.penalised) {
                loss = ops::add(loss, ops::elastic_net(*variable, penalty.l1, penalty.l2));
            }
        }
        let mut gradients = loss.backward();
        let zeros = |v: &Var<'_, T>| Tensor::zeros(v.value().shape());
        let gradients = variables.iter().map(|v| gradients.take(*v).unwrap_or_else(|| zeros(v))).collect();
        (loss.value().item().to_f64(), gradients)
    }

    /// Runs a step again that gave numbers which are not finite, and finds where the first appeared.
    pub(crate) fn find_fault<T: Real>(
        &self,
        parameters: &Tensor<T>,
        buffers: &mut [T],
        batch: Batch<T>,
        moment: Moment,
        penalty: Penalty,
        device: &Device,
    ) -> Option<Fault> {
        let mut tape = Tape::new(device.clone());
        tape.check();
        self.gradients(&tape, parameters, buffers, batch, moment, penalty);
        tape.fault()
    }

    /// Numbers of each of some rows; those of graphs may be wider than any of the training.
    pub(crate) fn width_of<T: Real>(&self, x: &[T]) -> usize {
        match (self.forms.first(), x) {
            (Some(Form::Graph { .. }), [width, ..]) => graph::whole(*width) + self.beside,
            _ => self.inputs,
        }
    }

    /// Whether rows are graphs.
    pub fn reads_graphs(&self) -> bool {
        matches!(self.forms.first(), Some(Form::Graph { .. }))
    }

    /// Inputs without the steps after the ends of sequences, or the nodes of graphs; the layers are told where those are, or how
    /// these are joined.
    pub(crate) fn cut<T: Real>(&self, mut x: Tensor<T>, cx: &Context<'_, '_, T>) -> Tensor<T> {
        let Some(form) = self.forms.first() else { return x };
        if let Form::Graph { row, .. } = form {
            let (rows, width) = x.shape().as_matrix();
            let (nodes, graph) = GraphBatch::read(row, x.data(), width, cx.device());
            let beside = (self.beside > 0).then(|| {
                cx.device().tensor([rows, self.beside], |to| {
                    let from = x.data().chunks_exact(width).map(|row| &row[width - self.beside..]);
                    to.chunks_exact_mut(self.beside).zip(from).for_each(|(to, from)| to.copy_from_slice(from));
                })
            });
            cx.set_graph(graph, beside);
            return nodes;
        }
        let lengths = form.cut(x.data_mut().unwrap_or_default(), self.inputs);
        cx.set_lengths(lengths);
        x
    }

    /// Output of the network for a batch.
    pub(crate) fn apply<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let Some(decoder) = &self.decoder else { return self.apply_first(self.layers.len(), x, cx) };
        let ahead = Ahead::of(self.ahead, self.outputs, self.beside, &self.loss);
        let encoded = self.apply_first(self.layers.len(), x, cx);
        cx.enter(self.layers.len());
        decoder.apply(encoded, self.beside_of(x, cx), self.forms[self.layers.len()], ahead, cx)
    }

    /// Output of the first layers for a batch.
    fn apply_first<'t, T: Real>(&self, layers: usize, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let own = self.own_layers().len();
        let first =
            if self.beside == 0 || self.reads_graphs() { x } else { ops::part(x, 0, self.inputs - self.beside) };
        let (mut h, mut at) = (first, 0);
        while at < layers {
            cx.enter(at);
            h = self.joined(h, x, at, cx);
            let next = self.layers[..layers].get(at + 1).filter(|_| at + 1 < own);
            let fused = next.and_then(|next| self.layers[at].apply_with(next, h, self.forms[at], cx));
            (h, at) = match fused {
                Some(both) => (both, at + 2),
                None => (self.layers[at].apply(h, self.forms[at], cx), at + 1),
            };
        }
        h
    }

    /// Input of a layer: what the one before it gives, and where it is the one that reads them the numbers beside.
    fn joined<'t, T: Real>(&self, h: Var<'t, T>, x: Var<'t, T>, at: usize, cx: &Context<'t, '_, T>) -> Var<'t, T> {
        let last = at + 1 == self.layers.len() && self.decoder.is_none();
        let reads = self.forms.get(at).is_some_and(|form| joins(&self.forms[..at], *form, last));
        match self.beside_of(x, cx).filter(|_| reads) {
            Some(beside) => ops::join(h, beside),
            None => h,
        }
    }

    fn beside_of<'t, T: Real>(&self, x: Var<'t, T>, cx: &Context<'t, '_, T>) -> Option<Var<'t, T>> {
        match cx.beside() {
            Some(beside) => Some(x.tape().constant(beside)),
            None => (self.beside > 0).then(|| ops::part(x, self.inputs - self.beside, self.beside)),
        }
    }
}
