//! What every layer must keep, checked over the samples in the files of all layers.

use grad::Tape;
use grad::check::randn;
use schemars::schema_for;
use tensor::random::Key;
use tensor::{Device, Real, Tensor};

use crate::form::Form;
use crate::graph::Graphs;
use crate::layers::samples::INPUTS;
use crate::layers::{self, Layer};
use crate::parameters::{Builder, Context, Layout, Mode, Moment};

/// Input of a layer, and the graphs whose nodes it is.
#[derive(Clone)]
struct Given {
    x: Tensor<f64>,
    graphs: Option<Graphs>,
}

impl Given {
    /// So many rows; the first graph is a single node, others are rings.
    fn new(form: Form, n: usize) -> Self {
        let Form::Graph { codes, .. } = form else { return Given { x: randn([n, INPUTS], 1), graphs: None } };
        let (mut random, mut graphs) = (Key::new(2, "graphs").random(), Graphs::new(codes));
        for graph in 0..n {
            let size = 1 + graph as u32 * 3 % 5;
            let nodes: Vec<f64> = (0..3 * size).map(|_| random.normal()).collect();
            let ring: Vec<[u32; 2]> = (0..size).filter(|_| size > 1).map(|at| [at, (at + 1) % size]).collect();
            let known: Vec<f64> = ring.iter().flat_map(|_| [random.below(2) as f64, random.normal()]).collect();
            graphs.push(&nodes, &ring, &known).unwrap();
        }
        Given::of(graphs)
    }

    fn of(graphs: Graphs) -> Self {
        Given { x: graphs.batch(0..graphs.len(), &Device::cpu(1)).0, graphs: Some(graphs) }
    }

    /// Row `at` by itself, and how many rows of `x` stand before and in it.
    fn one(&self, at: usize) -> (Given, usize, usize) {
        let Some(graphs) = &self.graphs else {
            let (_, width) = self.x.shape().as_matrix();
            return (Given { x: self.x.window(at * width, [1, width]), graphs: None }, at, 1);
        };
        let before = graphs.select(&(0..at).collect::<Vec<_>>()).n_nodes();
        let one = graphs.select(&[at]);
        let own = one.n_nodes();
        (Given::of(one), before, own)
    }

    fn moved(&self, x: Tensor<f64>) -> Given {
        Given { x, graphs: self.graphs.clone() }
    }
}

/// All samples, with names for messages.
fn samples() -> Vec<(String, Form, Layer)> {
    let named = |(form, layer): (Form, Layer)| (serde_json::to_string(&layer).expect("plain data"), form, layer);
    layers::samples().into_iter().map(named).collect()
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
        if let Some(graphs) = &given.graphs {
            cx.set_graph(graphs.batch(0..graphs.len(), &Device::cpu(threads)).1, None);
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
                let (one, before, own) = given.one(row);
                let (one, _) = built.run(&one, mode, 1);
                let (first, n) = if let Form::Graph { .. } = built.gives { (before, own) } else { (row, 1) };
                let of_all = &all.data()[first * built.outputs()..][..n * built.outputs()];
                assert!(close(one.data(), of_all, 1e-12), "{name}");
            }
        }
    }
}
