//! Networks of graphs give what those of PyTorch Geometric give, or the equations in PyTorch: `fixtures/nn/graphs.json`, made by
//! `fixtures/make.py`.

use nn::{Codes, Form, GraphCodes, Graphs, Layer, Loss, Network, Rows, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

#[test]
fn layers_of_graphs_give_what_those_of_pytorch_geometric_give() {
    let (fixture, codes) = fixture();
    let mut graphs = Graphs::new(codes);
    rows(&fixture["graphs"]).iter().for_each(|graph| push(&mut graphs, graph));
    for case in rows(&fixture["cases"]) {
        let layers: Vec<Layer> = serde_json::from_value(case["layers"].clone()).unwrap();
        let targets = Targets::<f64>::Numbers { width: 1, values: Vec::new() };
        let network = Network::new(layers, Form::from(codes), Loss::MeanSquaredError, &targets).unwrap();
        // Those of the linear layer at the end do not matter.
        let mut parameters = numbers(&case["parameters"]);
        parameters.extend(vec![0.0; network.hidden_width().unwrap() + 1]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["layers"]);
        let parameters = Tensor::new([parameters.len()], parameters);
        let found = network.hidden(&parameters, &[], Rows { numbers: &[], graphs: Some(&graphs) }, &Device::cpu(2));
        assert_close(&found, &case["given"], TOLERANCE, &case["layers"].to_string());
    }
}

/// The edges of the file begin with the nodes that they join.
fn push(graphs: &mut Graphs, graph: &Value) {
    let width = 2 + graphs.codes().edges.len();
    let edges = numbers(&graph["edges"]);
    let ends: Vec<[u32; 2]> = edges.chunks_exact(width).map(|edge| [edge[0] as u32, edge[1] as u32]).collect();
    let known: Vec<f64> = edges.chunks_exact(width).flat_map(|edge| edge[2..].to_vec()).collect();
    graphs.push(&numbers(&graph["nodes"]), &ends, &known).unwrap();
}

fn fixture() -> (Value, GraphCodes) {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/graphs.json")).unwrap();
    let codes = |key: &str| {
        Codes::new(&numbers(&fixture[key]).iter().map(|&count| count as usize).collect::<Vec<_>>()).unwrap()
    };
    let codes = GraphCodes { nodes: codes("nodes"), edges: codes("edges") };
    (fixture, codes)
}
