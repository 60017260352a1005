//! What a look says of a cloud of rows is what NumPy, SciPy and scikit-learn say: `fixtures/gedanken/look.json`, made by
//! `fixtures/make.py`.

use gedanken::{Column, Data, Table, Values, look};
use serde_json::{Value, json};

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers, rows};

/// Features are held in single precision, as models take them.
const TOLERANCE: f64 = 1e-5;

/// A tall cloud, and one with more features than rows.
#[test]
fn correlations_distances_and_components_are_those_of_scikit_learn() {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/gedanken/look.json")).unwrap();
    for case in rows(&fixture["clouds"]) {
        let (x, width) = (numbers(&case["x"]), case["width"].as_u64().unwrap() as usize);
        let column = |at: usize| {
            Column::new(&format!("x{at}"), Values::Number(x.iter().skip(at).step_by(width).copied().collect()))
        };
        let table = Table::from_columns("cloud", (0..width).map(column).collect()).unwrap();
        let features = look(table, &Data::default()).unwrap().features.unwrap();
        assert_eq!(features.used, width);
        assert_eq!(json!(features.correlations.strong), case["strong_pairs"]);
        if let Some(pair) = features.correlations.strongest.first() {
            assert_close(&[pair.r], &json!([case["strongest"]]), TOLERANCE, "correlation");
        }
        let distances = features.distances.unwrap();
        let expected = json!([case["nearest"], case["farthest"], case["ratio"]]);
        assert_close(&[distances.nearest, distances.farthest, distances.ratio], &expected, TOLERANCE, "distances");
        let components = features.components.unwrap();
        assert_eq!(json!(components.for_90_percent), case["for_90_percent"]);
        assert_close(&components.explained, &case["explained"], TOLERANCE, "explained variance");
    }
}

#[test]
fn a_table_of_one_row_or_without_features_is_told_not_refused() {
    let one = Table::from_columns("one", vec![Column::new("x", Values::Number(vec![1.5]))]).unwrap();
    let found = look(one, &Data::default()).unwrap();
    assert!(found.features.is_none());
    assert_eq!(found.verdicts[0].finding, "1 of 1 row can be used");
    let named = Column::new("name", Values::Text(["a", "b", "c", "d"].into_iter().collect()));
    let found = look(Table::from_columns("names", vec![named]).unwrap(), &Data::default()).unwrap();
    assert!(found.verdicts.iter().any(|verdict| verdict.finding.starts_with("no column is left")), "{found:?}");
}

#[test]
fn the_same_table_gives_the_same_look() {
    let column = |at: usize| {
        let numbers = (0..6000).map(|row: usize| ((row * (7 + at) % 6007) as f64).sin()).collect();
        Column::new(&format!("x{at}"), Values::Number(numbers))
    };
    let table = Table::from_columns("waves", (0..4).map(column).collect()).unwrap();
    let again = look(table.clone(), &Data::default()).unwrap().to_json();
    assert_eq!(look(table, &Data::default()).unwrap().to_json(), again);
}
