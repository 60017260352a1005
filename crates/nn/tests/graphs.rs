//! Networks of graphs give what those of PyTorch Geometric give, or the equations in PyTorch: `fixtures/nn/graphs.json`, made by
//! `fixtures/make.py`.

use nn::{Codes, Form, GraphRow, Layer, Loss, Network, Targets};
use serde_json::Value;
use tensor::{Device, Tensor};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// The file holds thirteen digits.
const TOLERANCE: f64 = 1e-11;

#[test]
fn layers_of_graphs_give_what_those_of_pytorch_geometric_give() {
    let (fixture, row) = fixture();
    let x: Vec<f64> = rows(&fixture["graphs"]).iter().flat_map(|graph| packed(graph, row)).collect();
    for case in rows(&fixture["cases"]) {
        let layers: Vec<Layer> = serde_json::from_value(case["layers"].clone()).unwrap();
        let targets = Targets::<f64>::Numbers { width: 1, values: Vec::new() };
        let network = Network::new(layers, Form::from(row), Loss::MeanSquaredError, &targets).unwrap();
        // Those of the linear layer at the end do not matter.
        let mut parameters = numbers(&case["parameters"]);
        parameters.extend(vec![0.0; network.hidden_width().unwrap() + 1]);
        assert_eq!(network.layout.n_parameters(), parameters.len(), "{}", case["layers"]);
        let parameters = Tensor::new([parameters.len()], parameters);
        let found = network.hidden(&parameters, &[], &x, &Device::cpu(2));
        assert_close(&found, &case["given"], TOLERANCE, &case["layers"].to_string());
    }
}

fn packed(graph: &Value, row: GraphRow) -> Vec<f64> {
    let [nodes, edges] =
        ["nodes", "edges"].map(|key| numbers(&graph[key]).iter().map(|&x| x as f32).collect::<Vec<_>>());
    let mut packed: Vec<f64> = row.pack(&nodes, &edges).unwrap().into_iter().map(f64::from).collect();
    // The numbers of the file are not those of single precision.
    let exact = numbers(&graph["nodes"]).into_iter().chain(numbers(&graph["edges"]));
    packed[3..].iter_mut().zip(exact).for_each(|(to, exact)| *to = exact);
    packed
}

fn fixture() -> (Value, GraphRow) {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/nn/graphs.json")).unwrap();
    let codes = |key: &str| {
        Codes::new(&numbers(&fixture[key]).iter().map(|&count| count as usize).collect::<Vec<_>>()).unwrap()
    };
    let row = GraphRow { nodes: codes("nodes"), edges: codes("edges"), width: 60 };
    (fixture, row)
}
