//! What every layer must keep, checked over the whole list: a new layer is one line in [`samples`].

use grad::Tape;
use grad::check::randn;
use schemars::schema_for;
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::examples::Targets;
use crate::form::Form;
use crate::graph::{Codes, GraphBatch, GraphRow};
use crate::initialise::Initialise;
use crate::layers::{
    Activation, AdaptivePool, Attention, AttentionPool, BatchNorm, Convolution, Dense, DirectedMessagePassing, Dropout,
    Embedding, Gives, GraphAttention, GraphConvolution, Layer, LayerNorm, MessagePassing, NeuralFingerprint, Padding,
    Pool, PoolBy, Positions, Readout, ReadoutBy, Recurrent, Residual, Take, Transformer, TransposedConvolution,
    Windows,
};
use crate::network::Network;
use crate::parameters::{Builder, Context, Layout, Mode, Moment};
use crate::{Error, Inputs, Loss};

/// Numbers that go into every layer.
const INPUTS: usize = 6;
/// The same as a sequence.
const STEPS: Form = Form::Sequence { steps: 3, features: 2 };

/// Graphs of up to five nodes, where three numbers of a node, and a category of two and a number of an edge are known.
fn graphs() -> Form {
    let codes = |categories: &[usize]| Codes::new(categories).unwrap();
    GraphRow { nodes: codes(&[1, 1, 1]), edges: codes(&[2, 1]), width: 38 }.into()
}

/// Input of a layer, and of graphs the rows that it was read from.
#[derive(Clone)]
struct Given {
    x: Tensor<f64>,
    rows: Option<Tensor<f64>>,
}

impl Given {
    /// So many rows; the first graph is a single node, others are rings.
    fn new(form: Form, n: usize) -> Self {
        let Form::Graph { row, .. } = form else { return Given { x: randn([n, INPUTS], 1), rows: None } };
        let (mut random, mut rows) = (Key::new(2, "graphs").random(), Vec::new());
        for graph in 0..n {
            let size = 1 + graph * 3 % 5;
            let nodes: Vec<f32> = (0..3 * size).map(|_| random.normal() as f32).collect();
            let ring = (0..size).filter(|_| size > 1).map(|at| [at, (at + 1) % size]);
            let known =
                |[from, to]: [usize; 2]| [from as f32, to as f32, random.below(2) as f32, random.normal() as f32];
            rows.extend(row.pack(&nodes, &ring.flat_map(known).collect::<Vec<_>>()).unwrap());
        }
        Given::read(form, Tensor::new([n, row.width], rows.into_iter().map(f64::from).collect()))
    }

    fn read(form: Form, rows: Tensor<f64>) -> Self {
        let Form::Graph { row, .. } = form else { return Given { x: rows, rows: None } };
        Given { x: GraphBatch::read(&row, rows.data(), row.width, &Device::cpu(1)).0, rows: Some(rows) }
    }

    /// Row `at` by itself, and how many rows of `x` stand before and in it.
    fn one(&self, form: Form, at: usize) -> (Given, usize, usize) {
        let whole = self.rows.as_ref().unwrap_or(&self.x);
        let (_, width) = whole.shape().as_matrix();
        let one = Given::read(form, whole.window(at * width, [1, width]));
        let before = (0..at).map(|row| Given::read(form, whole.window(row * width, [1, width])).x.shape()[0]).sum();
        let own = one.x.shape()[0];
        (one, before, own)
    }

    fn moved(&self, x: Tensor<f64>) -> Given {
        Given { x, rows: self.rows.clone() }
    }
}

/// One of each kind at least, with names for messages and what goes in.
fn samples() -> Vec<(String, Form, Layer)> {
    use Activation::*;
    let functions = [Step, Linear, Sigmoid, Tanh, Relu, LeakyRelu, Elu, Selu, Gelu, Softplus, Softmax];
    let dense = |activation| Layer::Dense(Dense::new(3, activation));
    let orthogonal = Dense { initialise: Some(Initialise::Orthogonal), ..Dense::new(3, Linear) };
    let drop = || Layer::Dropout(Dropout { rate: 0.4 });
    let residual = |layers| Layer::Residual(Residual { layers, activation: Tanh });
    let mut layers: Vec<Layer> = functions.map(dense).into();
    layers.extend(functions.map(|function| Layer::Activation { function }));
    layers.extend([
        Layer::Dense(orthogonal),
        Layer::Dense(Dense { bias: false, ..Dense::new(3, Relu) }),
        Layer::BatchNorm(BatchNorm::default()),
        Layer::Dropout(Dropout { rate: 0.4 }),
        Layer::LayerNorm(LayerNorm::default()),
    ]);
    let both = |features| Recurrent { bidirectional: true, ..Recurrent::new(features, Gives::All) };
    let sequences = vec![
        Layer::Rnn(Recurrent::new(3, Gives::Last)),
        Layer::Rnn(both(2)),
        Layer::Gru(Recurrent::new(4, Gives::All)),
        Layer::Gru(Recurrent { bidirectional: true, ..Recurrent::new(2, Gives::Last) }),
        Layer::Lstm(Recurrent::new(3, Gives::Last)),
        Layer::Lstm(Recurrent { peepholes: true, ..both(3) }),
        dense(Relu),
        Layer::LayerNorm(LayerNorm::default()),
        Layer::Activation { function: Softmax },
        Layer::Dropout(Dropout { rate: 0.4 }),
        Layer::Flatten {},
        Layer::Attention(Attention { heads: 2, causal: true }),
        Layer::Transformer(Transformer { heads: 1, hidden: 5, dropout: 0.3, causal: false }),
        Layer::Positions(Positions {}),
        Layer::Pool(Pool::default()),
        Layer::Pool(Pool { by: PoolBy::Max }),
        Layer::Pool(Pool { by: PoolBy::Last }),
        Layer::AttentionPool(AttentionPool { hidden: 3 }),
        Layer::Convolution1d(Convolution::new(4, 3, Relu)),
        Layer::Convolution1d(Convolution { dilation: 2, padding: Padding::Causal, ..Convolution::new(2, 2, Tanh) }),
        Layer::Convolution1d(Convolution { stride: 2, padding: Padding::Valid, ..Convolution::new(3, 2, Linear) }),
        Layer::Convolution1d(Convolution { groups: 2, bias: false, ..Convolution::new(4, 3, Gelu) }),
        Layer::TransposedConvolution(TransposedConvolution::new(3, Tanh)),
        Layer::MaxPool(Windows { window: 2, stride: Some(1), padding: 0 }),
        Layer::AdaptivePool(AdaptivePool { places: 2, by: Take::Mean }),
        Layer::BatchNorm(BatchNorm::default()),
        residual(vec![Layer::Convolution1d(Convolution { stride: 2, ..Convolution::new(3, 3, Tanh) }), drop()]),
    ];
    let image = |height, width, features| Form::Image { height, width, features };
    let (one, two) = (image(3, 2, 1), image(3, 1, 2));
    let strided = |stride, activation| Convolution { stride, ..Convolution::new(4, 3, activation) };
    let twice =
        TransposedConvolution { kernel: 3, padding: 1, more: 1, groups: 2, ..TransposedConvolution::new(2, Relu) };
    let images = vec![
        (one, Layer::Convolution2d(Convolution::new(3, 3, Relu))),
        (one, Layer::Convolution2d(strided(2, Elu))),
        (one, Layer::Convolution2d(Convolution { padding: Padding::Valid, ..Convolution::new(3, 2, Softmax) })),
        (two, Layer::Convolution2d(Convolution { groups: 2, dilation: 2, ..Convolution::new(4, 2, Linear) })),
        (two, Layer::Convolution2d(Convolution { padding: Padding::Zeros(2), ..Convolution::new(2, 3, Relu) })),
        (one, Layer::TransposedConvolution(TransposedConvolution::new(3, Tanh))),
        (two, Layer::TransposedConvolution(twice)),
        (one, Layer::MaxPool(Windows { window: 2, stride: Some(1), padding: 0 })),
        (one, Layer::MaxPool(Windows { window: 3, stride: Some(2), padding: 1 })),
        (one, Layer::AveragePool(Windows::default())),
        (one, Layer::L2Pool(Windows::default())),
        (two, Layer::AdaptivePool(AdaptivePool { places: 2, by: Take::Max })),
        (one, Layer::AdaptivePool(AdaptivePool { places: 1, by: Take::L2 })),
        (two, Layer::Pool(Pool::default())),
        (one, Layer::Pool(Pool { by: PoolBy::Max })),
        (two, Layer::BatchNorm(BatchNorm::default())),
        (two, Layer::LayerNorm(LayerNorm::default())),
        (two, Layer::Flatten {}),
        (two, dense(Relu)),
        (two, residual(vec![Layer::Convolution2d(Convolution::new(2, 3, Tanh))])),
        (two, residual(vec![Layer::Convolution2d(strided(2, Tanh)), drop(), Layer::BatchNorm(BatchNorm::default())])),
        (INPUTS.into(), residual(vec![dense(Tanh)])),
    ];
    let on_graphs = [
        Layer::GraphConvolution(GraphConvolution::new(4, Relu)),
        Layer::GraphConvolution(GraphConvolution { bias: false, ..GraphConvolution::new(3, Tanh) }),
        Layer::GraphAttention(GraphAttention::new(2, 3, Elu)),
        Layer::GraphAttention(GraphAttention { average: true, ..GraphAttention::new(4, 2, Linear) }),
        Layer::MessagePassing(MessagePassing { steps: 2, hidden: 4 }),
        Layer::DirectedMessagePassing(DirectedMessagePassing { features: 5, ..DirectedMessagePassing::default() }),
        Layer::DirectedMessagePassing(DirectedMessagePassing {
            bias: true,
            dropout: 0.3,
            steps: 2,
            features: 4,
            activation: Tanh,
        }),
        Layer::NeuralFingerprint(NeuralFingerprint { length: 6, features: 4, steps: 2, activation: Tanh }),
        Layer::Readout(Readout::new(ReadoutBy::Sum)),
        Layer::Readout(Readout::new(ReadoutBy::Mean)),
        Layer::Readout(Readout::new(ReadoutBy::Max)),
        Layer::Readout(Readout::new(ReadoutBy::Attention)),
        Layer::Readout(Readout { steps: 2, ..Readout::new(ReadoutBy::Set2set) }),
        dense(Relu),
        Layer::BatchNorm(BatchNorm::default()),
        Layer::LayerNorm(LayerNorm::default()),
        Layer::Dropout(Dropout { rate: 0.4 }),
        residual(vec![Layer::GraphConvolution(GraphConvolution::new(3, Tanh))]),
        residual(vec![Layer::GraphConvolution(GraphConvolution::new(4, Tanh)), drop()]),
    ];
    let tokens = Layer::Embedding(Embedding { tokens: 7, features: 3 });
    let flat = layers.into_iter().map(|layer| (INPUTS.into(), layer));
    let all = flat.chain(sequences.into_iter().map(|layer| (STEPS, layer))).chain(images);
    let all = all.chain(on_graphs.into_iter().map(|layer| (graphs(), layer)));
    let all = all.chain([(Form::Sequence { steps: INPUTS, features: 1 }, tokens)]);
    all.map(|(form, layer)| (serde_json::to_string(&layer).expect("plain data"), form, layer)).collect()
}

/// A layer that is built, with its parameters.
struct Built<T: Real> {
    layer: Layer,
    form: Form,
    layout: Layout,
    gives: Form,
    parameters: Vec<T>,
    buffers: Vec<T>,
}

impl<T: Real> Built<T> {
    fn new(layer: &Layer, form: Form, seed: u64) -> Self {
        let mut builder = Builder::default();
        let gives = layer.build(form, &mut builder).unwrap();
        let layout = builder.finish();
        let (parameters, buffers) = layout.initial(seed);
        Built { layer: layer.clone(), form, layout, gives, parameters, buffers }
    }

    /// Numbers that it gives for a row, or for a node.
    fn outputs(&self) -> usize {
        if let Form::Graph { features, .. } = self.gives { features } else { self.gives.numbers() }
    }

    /// The output for `x`, and the gradients of its product with `dy` with respect to `x` and all parameters.
    fn run(&self, given: &Given, mode: Mode, threads: usize) -> (Tensor<T>, Vec<Vec<T>>) {
        let tape = Tape::new(Device::cpu(threads));
        let parameters = Tensor::new([self.parameters.len()], self.parameters.clone());
        let mut buffers = self.buffers.clone();
        let cx = Context::new(&tape, &self.layout, &parameters, &mut buffers, mode);
        if let (Form::Graph { row, .. }, Some(rows)) = (self.form, &given.rows) {
            cx.set_graph(GraphBatch::read(&row, rows.cast().data(), row.width, cx.device()).1, None);
        }
        let input = tape.variable(given.x.cast());
        let y = self.layer.apply(input, self.form, &cx);
        let dy = randn([y.value().size()], 50).reshape(y.value().shape()).cast();
        let gradients = y.pull_back(dy);
        let variables = std::iter::once(input).chain(cx.used.borrow().iter().copied()).collect::<Vec<_>>();
        let zeros = |n: usize| vec![T::ZERO; n];
        let taken = variables.iter().map(|v| gradients.get(*v).map_or(zeros(v.value().size()), |g| g.data().to_vec()));
        (y.value(), taken.collect())
    }
}

fn train() -> Mode {
    Mode::Train(Moment { key: Key::new(1, "conformance"), progress: 0.0 })
}

fn sample() -> Mode {
    Mode::Sample(Key::new(1, "conformance"))
}

fn close<T: Real>(a: &[T], b: &[T], tolerance: f64) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| (a.to_f64() - b.to_f64()).abs() <= tolerance * (1.0 + b.to_f64().abs()))
}

#[test]
fn every_kind_of_layer_is_sampled() {
    let schema = serde_json::to_value(schema_for!(Layer)).unwrap();
    let kinds = schema["oneOf"].as_array().unwrap();
    let sampled: Vec<&str> = samples().iter().map(|(_, _, layer)| layer.name()).collect();
    for kind in kinds {
        let name = kind["properties"]["kind"]["const"].as_str().unwrap();
        assert!(sampled.contains(&name), "`{name}` is not sampled");
    }
}

#[test]
fn the_promised_shape_is_the_shape_that_is_made() {
    for (name, form, layer) in samples() {
        let built = Built::<f64>::new(&layer, form, 0);
        for mode in [train(), Mode::Predict, sample()] {
            let given = Given::new(form, 4);
            let (y, _) = built.run(&given, mode, 1);
            let rows = if let Form::Graph { .. } = built.gives { given.x.shape()[0] } else { 4 };
            assert_eq!(y.shape()[..], [rows, built.outputs()], "{name}");
        }
    }
}

/// Central differences along a random direction of the input and of all parameters together.
#[test]
fn gradients_of_input_and_parameters_are_right() {
    for (name, form, layer) in samples() {
        let mut built = Built::<f64>::new(&layer, form, 0);
        // Away from zeros and ones, where a wrong factor would not show.
        let n = built.parameters.len();
        built.parameters.iter_mut().zip(randn([n], 2).data()).for_each(|(w, r)| *w += 0.3 * r);
        let given = Given::new(form, 4);
        let direction = randn([given.x.size() + n], 3);
        let (along_x, along_w) = direction.data().split_at(given.x.size());
        let value = |step: f64| {
            let shift = |from: &[f64], along: &[f64]| from.iter().zip(along).map(|(x, u)| x + step * u).collect();
            let moved = given.moved(Tensor::new(given.x.shape(), shift(given.x.data(), along_x)));
            let built = Built { parameters: shift(&built.parameters, along_w), ..Built::new(&layer, form, 0) };
            let (y, _) = built.run(&moved, train(), 1);
            y.data().iter().zip(randn([y.size()], 50).data()).map(|(y, dy)| y * dy).sum::<f64>()
        };
        let numeric = (value(1e-5) - value(-1e-5)) / 2e-5;
        let (_, gradients) = built.run(&given, train(), 1);
        let exact: f64 = gradients.iter().flatten().zip(direction.data()).map(|(g, u)| g * u).sum();
        assert!((numeric - exact).abs() < 1e-7 * (1.0 + exact.abs()), "{name}: numeric {numeric}, exact {exact}");
    }
}

#[test]
fn single_precision_follows_double_precision() {
    for (name, form, layer) in samples() {
        let (single, double) = (Built::<f32>::new(&layer, form, 0), Built::<f64>::new(&layer, form, 0));
        assert!(close(&single.parameters.iter().map(|w| f64::from(*w)).collect::<Vec<_>>(), &double.parameters, 1e-6));
        let given = Given::new(form, 4);
        let given = given.moved(given.x.cast::<f32>().cast());
        let ((y32, g32), (y64, g64)) = (single.run(&given, train(), 1), double.run(&given, train(), 1));
        assert!(close(y32.cast::<f64>().data(), y64.data(), 1e-5), "{name}");
        for (a, b) in g32.iter().zip(&g64) {
            let a: Vec<f64> = a.iter().map(|g| f64::from(*g)).collect();
            assert!(close(&a, b, 1e-4), "{name}: {a:?} {b:?}");
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_bits_for_any_number_of_threads() {
    for (name, form, layer) in samples() {
        let run = |threads| Built::<f32>::new(&layer, form, 7).run(&Given::new(form, 300), train(), threads);
        let ((y, g), (y2, g2)) = (run(1), run(3));
        assert_eq!((y.data(), g), (y2.data(), g2), "{name}");
    }
}

#[test]
fn a_batch_of_one_and_of_many_agree_in_prediction_and_in_a_sample() {
    for (name, form, layer) in samples() {
        let built = Built::<f64>::new(&layer, form, 0);
        let given = Given::new(form, 6);
        for mode in [Mode::Predict, sample()] {
            let (all, _) = built.run(&given, mode, 1);
            for row in 0..6 {
                let (one, before, own) = given.one(form, row);
                let (one, _) = built.run(&one, mode, 1);
                let (first, n) = if let Form::Graph { .. } = built.gives { (before, own) } else { (row, 1) };
                let of_all = &all.data()[first * built.outputs()..][..n * built.outputs()];
                assert!(close(one.data(), of_all, 1e-12), "{name}");
            }
        }
    }
}

/// A linear layer after dropout at 0.5: each weight is there twice or not at all, so samples have the mean $x^\top w$ and
/// the variance $\sum x_k^2 w_k^2$.
#[test]
fn samples_have_the_mean_and_variance_of_the_thinned_linear_layer() {
    let targets = Targets::<f64>::Numbers { width: 1, values: vec![] };
    let network =
        Network::new(vec![Layer::Dropout(Dropout { rate: 0.5 })], 3, Loss::MeanSquaredError, &targets).unwrap();
    let (w, x, n) = (Tensor::new([4], vec![1.0, -2.0, 0.5, 0.3]), [2.0, 1.0, -4.0], 4000);
    let value = |at| {
        let key = Key::new(0, "dropout samples").at(at, 0);
        let both = network.sample(key, (&w, &[]), &[x, x].concat(), &Device::cpu(1));
        assert_eq!(both[0], both[1]);
        both[0]
    };
    let values: Vec<f64> = (0..n).map(value).collect();
    let mean = values.iter().sum::<f64>() / n as f64;
    let variance = values.iter().map(|y| (y - mean).powi(2)).sum::<f64>() / n as f64;
    let (expected, spread) = (2.0 - 2.0 - 2.0 + 0.3, 4.0 + 4.0 + 4.0_f64);
    // Five standard errors; that of the variance is at most sqrt(2/n) of it, because these sums have light tails.
    assert!((mean - expected).abs() < 5.0 * (spread / n as f64).sqrt(), "{mean}");
    assert!((variance / spread - 1.0).abs() < 5.0 * (2.0 / n as f64).sqrt(), "{variance}");
    assert_eq!(network.predict(&w, &[], &x, &Device::cpu(1)), [expected]);
}

#[test]
fn a_network_tells_its_last_hidden_numbers_if_it_has_any() {
    let targets = Targets::<f64>::Numbers { width: 1, values: vec![] };
    let layers = |layers| Network::new(layers, 2, Loss::MeanSquaredError, &targets).unwrap();
    assert_eq!(layers(vec![Layer::Dropout(Dropout { rate: 0.5 })]).hidden_width(), None);
    let hidden = Layer::Dense(Dense::new(2, Activation::Relu));
    let network = layers(vec![hidden, Layer::Dropout(Dropout { rate: 0.5 })]);
    // Weights [[1, 0], [0, 1]] and biases [0, 1], then a layer that does not matter.
    let w = Tensor::new([9], vec![1.0, 0.0, 0.0, 1.0, 0.0, 1.0, 5.0, 5.0, 5.0]);
    assert_eq!(network.hidden_width(), Some(2));
    assert_eq!(network.hidden(&w, &[], &[-1.0, 2.0, 3.0, 0.5], &Device::cpu(1)), [0.0, 3.0, 3.0, 1.5]);
}

#[test]
fn a_layer_behind_a_layer_and_one_without_features_are_told_apart() {
    let targets = Targets::<f32>::Numbers { width: 1, values: vec![] };
    let dense = |features| Layer::Dense(Dense::new(features, Activation::Relu));
    let network = Network::new(vec![dense(4), dense(2)], INPUTS, Loss::MeanSquaredError, &targets).unwrap();
    assert_eq!(network.layout.n_parameters(), (6 * 4 + 4) + (4 * 2 + 2) + (2 + 1));
    let wrong = Network::new(vec![dense(4), dense(0)], INPUTS, Loss::MeanSquaredError, &targets);
    assert!(matches!(wrong, Err(Error::EmptyLayer { at: 1, .. })), "{wrong:?}");
}

#[test]
fn a_layer_that_cannot_read_what_stands_before_it_says_so() {
    let targets = Targets::<f32>::Numbers { width: 1, values: vec![] };
    let fault =
        |layers, form: Form| Network::new(layers, form, Loss::MeanSquaredError, &targets).unwrap_err().to_string();
    let lstm = |gives| Layer::Lstm(Recurrent::new(3, gives));
    let twice = fault(vec![lstm(Gives::Last), lstm(Gives::Last)], STEPS);
    assert!(twice.starts_with("layer 1 (`lstm`) expects sequences"), "{twice}");
    assert!(twice.ends_with("but the layer before it gives 3 features without an order"), "{twice}");
    assert!(fault(vec![lstm(Gives::All)], STEPS).contains("layer 1 (`dense`) expects features without an order"));
    let gru = Layer::Gru(Recurrent { peepholes: true, ..Recurrent::new(3, Gives::Last) });
    assert!(fault(vec![gru], STEPS).contains("only `lstm` has a memory"));
    let convolution = || Layer::GraphConvolution(GraphConvolution::new(3, Activation::Relu));
    assert!(fault(vec![convolution()], STEPS).contains("expects graphs"));
    assert!(fault(vec![convolution()], graphs()).contains("which `readout` makes of graphs"));
    assert!(fault(vec![Layer::Pool(Pool::default())], graphs()).contains("expects images or sequences"));
    let around = Residual { layers: vec![Layer::Readout(Readout::default())], activation: Activation::Relu };
    let around = Layer::Residual(around);
    assert!(fault(vec![around], graphs()).contains("layers whose output has the kind of their input"));
    assert!(fault(vec![Layer::Flatten {}], graphs()).contains("gives graphs whose nodes have 3 features"));
    let three = Layer::Attention(Attention { heads: 3, causal: false });
    assert!(fault(vec![three], STEPS).contains("features that its heads divide"));
}

/// Numbers beside graphs are joined in front of the first layer that reads whole graphs.
#[test]
fn a_network_of_graphs_reads_numbers_beside_them_and_rows_wider_than_those_of_its_training() {
    let targets = Targets::<f64>::Numbers { width: 1, values: vec![] };
    let layers = vec![
        Layer::GraphConvolution(GraphConvolution::new(4, Activation::Tanh)),
        Layer::Readout(Readout::new(ReadoutBy::Sum)),
        Layer::Dense(Dense::new(3, Activation::Tanh)),
    ];
    let inputs = Inputs { form: graphs(), beside: 2, ahead: 1 };
    let network = Network::new(layers, inputs, Loss::MeanSquaredError, &targets).unwrap();
    assert_eq!(network.layout.n_parameters(), (3 * 4 + 4) + ((4 + 2) * 3 + 3) + (3 + 1));
    let (w, _) = network.layout.initial::<f64>(3);
    let w = Tensor::new([w.len()], w);
    let Form::Graph { row, .. } = graphs() else { unreachable!() };
    let said = |width: usize, beside: [f64; 2]| {
        let graph = GraphRow { width, ..row }.pack(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[0.0, 1.0, 1.0, 0.5]).unwrap();
        let x: Vec<f64> = graph.into_iter().map(f64::from).chain(beside).collect();
        network.predict(&w, &[], &[x.clone(), x].concat(), &Device::cpu(1))
    };
    let found = said(38, [1.0, 2.0]);
    assert_eq!((found[0], found.len()), (found[1], 2));
    assert_eq!(found, said(50, [1.0, 2.0]));
    assert_ne!(found, said(38, [1.0, 2.5]));
    let wide = network.hidden_width();
    assert_eq!((wide, network.hidden(&w, &[], &[], &Device::cpu(1)).len()), (Some(3), 0));
}
