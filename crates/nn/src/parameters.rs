//! One flat vector of parameters, one of buffers, and tables of their names.

use std::cell::RefCell;
use std::ops::Range;
use std::sync::Arc;

use grad::{Tape, Var};
use tensor::random::Key;
use tensor::{Real, Shape, Tensor};

use crate::graph::GraphBatch;
use crate::initialize::Initialize;

/// A named part of a flat vector.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Such as `dense_0.weight`.
    pub name: String,
    /// Where it begins.
    pub start: usize,
    /// Its shape.
    pub shape: Shape,
    /// How it begins; `None` stands for `first` everywhere.
    pub initialize: Option<Initialize>,
    /// The value of every number at the start, where nothing is random.
    pub first: f64,
    /// Numbers that begin otherwise, and how.
    pub except: (Range<usize>, f64),
    /// Penalties act on it: weights, not biases.
    pub penalized: bool,
}

/// Which parameters and buffers a network has, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Parameters, which optimizers change.
    pub parameters: Vec<Entry>,
    /// Buffers, which they do not: running statistics.
    pub buffers: Vec<Entry>,
}

impl Layout {
    /// How many parameters there are.
    pub fn n_parameters(&self) -> usize {
        size(&self.parameters)
    }

    /// Parameters and buffers at the start of a training.
    pub fn initial<T: Real>(&self, seed: u64) -> (Vec<T>, Vec<T>) {
        let key = Key::new(seed, "initialise");
        let fill = |entries: &[Entry]| {
            let mut values = vec![T::ZERO; size(entries)];
            for (at, entry) in entries.iter().enumerate() {
                let (inputs, outputs) = entry.shape.as_matrix();
                let values = &mut values[entry.start..entry.start + entry.shape.size()];
                match entry.initialize {
                    Some(kind) => kind.fill(values, inputs, outputs, &mut key.shard(at).random()),
                    None => {
                        values.fill(T::of(entry.first));
                        values[entry.except.0.clone()].fill(T::of(entry.except.1));
                    }
                }
            }
            values
        };
        (fill(&self.parameters), fill(&self.buffers))
    }
}

fn size(entries: &[Entry]) -> usize {
    entries.last().map_or(0, |entry| entry.start + entry.shape.size())
}

/// Collects what layers need while a network is built.
#[derive(Default)]
pub struct Builder {
    layout: Layout,
    prefix: String,
}

impl Builder {
    /// The tables so far.
    pub fn finish(self) -> Layout {
        self.layout
    }

    /// From now on, names begin with `prefix`.
    pub fn enter(&mut self, prefix: String) {
        self.prefix = prefix;
    }

    /// Names of what `build` asks for begin with `name`, too.
    pub fn within<R>(&mut self, name: &str, build: impl FnOnce(&mut Builder) -> R) -> R {
        let outer = self.prefix.clone();
        self.prefix = format!("{outer}.{name}");
        let built = build(self);
        self.prefix = outer;
        built
    }

    /// A weight matrix, on which penalties act.
    pub fn weight(&mut self, name: &str, shape: [usize; 2], initialize: Initialize) {
        let entry = self.entry(&self.layout.parameters, name, shape.into(), Some(initialize), 0.0);
        self.layout.parameters.push(Entry { penalized: true, ..entry });
    }

    /// A vector of parameters that begins with the same value everywhere.
    pub fn vector(&mut self, name: &str, length: usize, first: f64) {
        self.vector_with(name, length, first, (0..0, 0.0));
    }

    /// The same, but for some numbers.
    pub fn vector_with(&mut self, name: &str, length: usize, first: f64, except: (Range<usize>, f64)) {
        let entry = self.entry(&self.layout.parameters, name, [length].into(), None, first);
        self.layout.parameters.push(Entry { except, ..entry });
    }

    /// A vector that is saved, but not optimized.
    pub fn buffer(&mut self, name: &str, length: usize, first: f64) {
        self.layout.buffers.push(self.entry(&self.layout.buffers, name, [length].into(), None, first));
    }

    fn entry(&self, before: &[Entry], name: &str, shape: Shape, initialize: Option<Initialize>, first: f64) -> Entry {
        let name = format!("{}.{name}", self.prefix);
        Entry { name, start: size(before), shape, initialize, first, except: (0..0, 0.0), penalized: false }
    }
}

/// What keeps the numbers of layers inside of others apart: a prime.
const INSIDE: usize = 257;
/// Above the bits of a layer's number those of its parts.
const PART: u32 = 16;

/// Where a training stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The random key of this step.
    pub key: Key,
    /// Fraction of the epochs that are done, at most.
    pub progress: f64,
}

/// Training draws masks and updates running statistics; prediction does neither.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// A step of a training.
    Train(Moment),
    /// Deterministic.
    Predict,
    /// Prediction by one thinned network: masks follow from the key of this sample and are the same for all rows.
    Sample(Key),
}

/// Context of layers while they are applied: they take their parameters in the order in which they asked for them.
pub struct Context<'t, 'p, T: Real> {
    tape: &'t Tape<T>,
    layout: &'p Layout,
    parameters: &'p Tensor<T>,
    buffers: RefCell<&'p mut [T]>,
    /// Variables of the parameters, in the order of the layout.
    pub(crate) used: RefCell<Vec<Var<'t, T>>>,
    next_buffer: RefCell<usize>,
    layer: std::cell::Cell<usize>,
    lengths: RefCell<Option<Arc<[usize]>>>,
    graph: RefCell<Option<Arc<GraphBatch<T>>>>,
    beside: RefCell<Option<Tensor<T>>>,
    truth: RefCell<Option<Tensor<T>>>,
    looks: RefCell<Vec<Tensor<T>>>,
    /// Training, prediction or a sample.
    pub mode: Mode,
}

impl<'t, 'p, T: Real> Context<'t, 'p, T> {
    pub(crate) fn new(
        tape: &'t Tape<T>,
        layout: &'p Layout,
        parameters: &'p Tensor<T>,
        buffers: &'p mut [T],
        mode: Mode,
    ) -> Self {
        Context {
            tape,
            layout,
            parameters,
            buffers: RefCell::new(buffers),
            used: RefCell::default(),
            next_buffer: RefCell::new(0),
            layer: std::cell::Cell::new(0),
            lengths: RefCell::default(),
            graph: RefCell::default(),
            beside: RefCell::default(),
            truth: RefCell::default(),
            looks: RefCell::default(),
            mode,
        }
    }

    pub(crate) fn enter(&self, layer: usize) {
        self.layer.set(layer);
    }

    /// Applies a layer inside of a layer, which draws random numbers of its own.
    pub(crate) fn within<R>(&self, part: usize, apply: impl FnOnce() -> R) -> R {
        let outer = self.layer.get();
        self.layer.set((outer * INSIDE + part) % (1 << PART));
        let made = apply();
        self.layer.set(outer);
        made
    }

    /// Steps of each sequence of the batch, where not all are whole.
    pub fn lengths(&self) -> Option<Arc<[usize]>> {
        self.lengths.borrow().clone()
    }

    pub(crate) fn set_lengths(&self, lengths: Option<Arc<[usize]>>) {
        *self.lengths.borrow_mut() = lengths;
    }

    /// Who is joined to whom, where rows are graphs.
    pub fn graph(&self) -> Option<Arc<GraphBatch<T>>> {
        self.graph.borrow().clone()
    }

    /// The graphs of the batch, and the numbers beside them, `[rows, numbers]`.
    pub(crate) fn set_graph(&self, graph: GraphBatch<T>, beside: Option<Tensor<T>>) {
        *self.graph.borrow_mut() = Some(Arc::new(graph));
        *self.beside.borrow_mut() = beside;
    }

    pub(crate) fn beside(&self) -> Option<Tensor<T>> {
        self.beside.borrow().clone()
    }

    /// Keeps weights of attention, `[batch, steps]`, for those who want to see them.
    pub fn show(&self, looks: Tensor<T>) {
        self.looks.borrow_mut().push(looks);
    }

    pub(crate) fn last_looks(&self) -> Option<Tensor<T>> {
        self.looks.borrow().last().cloned()
    }

    /// In training, the numbers that are to be predicted, `[batch, targets]`.
    pub fn truth(&self) -> Option<Tensor<T>> {
        self.truth.borrow().clone()
    }

    pub(crate) fn set_truth(&self, truth: Option<Tensor<T>>) {
        *self.truth.borrow_mut() = truth;
    }

    /// The random key of a part of this layer in this step or sample; `None` in prediction.
    pub fn key(&self, part: usize) -> Option<Key> {
        match self.mode {
            Mode::Train(Moment { key, .. }) | Mode::Sample(key) => Some(key.shard(self.layer.get() | part << PART)),
            Mode::Predict => None,
        }
    }

    /// Whether gradients are wanted and running statistics change.
    pub fn trains(&self) -> bool {
        matches!(self.mode, Mode::Train(_))
    }

    /// The next parameter of the layout.
    pub fn parameter(&self) -> Var<'t, T> {
        let mut used = self.used.borrow_mut();
        let entry = &self.layout.parameters[used.len()];
        let value = self.parameters.window(entry.start, entry.shape);
        let variable = if self.trains() { self.tape.variable(value) } else { self.tape.constant(value) };
        used.push(variable);
        variable
    }

    /// The next buffer of the layout, for reading and writing.
    pub fn buffer<R>(&self, with: impl FnOnce(&mut [T]) -> R) -> R {
        let mut next = self.next_buffer.borrow_mut();
        let entry = &self.layout.buffers[*next];
        *next += 1;
        with(&mut self.buffers.borrow_mut()[entry.start..entry.start + entry.shape.size()])
    }
}
