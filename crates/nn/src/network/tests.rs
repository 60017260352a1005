//! What networks promise beyond their layers.

use tensor::random::Key;
use tensor::{Device, Tensor};

use super::Network;
use crate::examples::Targets;
use crate::form::{Form, Inputs};
use crate::graph::Graphs;
use crate::layers::samples::{INPUTS, STEPS, graphs};
use crate::layers::{
    Activation, Attention, Dense, Dropout, Gives, GraphConvolution, Layer, Pool, Readout, ReadoutBy, Recurrent,
    Residual,
};
use crate::rows::Rows;
use crate::{Error, Loss};

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
fn a_network_of_graphs_reads_numbers_beside_them_and_graphs_of_any_size() {
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
    let Form::Graph { codes, .. } = graphs() else { unreachable!() };
    let said = |others: usize, beside: [f64; 2]| {
        let mut graphs = Graphs::new(codes);
        (0..2).for_each(|_| graphs.push(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[[0, 1]], &[1.0, 0.5]).unwrap());
        (0..others).for_each(|_| graphs.push(&[1.0; 30], &[[0, 9], [3, 4]], &[1.0, 0.5, 0.0, 0.1]).unwrap());
        let numbers: Vec<f64> = (0..2 + others).flat_map(|_| beside).collect();
        network.predict(&w, &[], Rows { numbers: &numbers, graphs: Some(&graphs) }, &Device::cpu(1))
    };
    let found = said(0, [1.0, 2.0]);
    assert_eq!((found[0], found.len()), (found[1], 2));
    assert_eq!(found, said(3, [1.0, 2.0])[..2]);
    assert_ne!(found, said(0, [1.0, 2.5]));
    let wide = network.hidden_width();
    assert_eq!((wide, network.hidden(&w, &[], &[0.0; 0], &Device::cpu(1)).len()), (Some(3), 0));
}
