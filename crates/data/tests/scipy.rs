//! Chaotic series are those of SciPy: `fixtures/data/series.json`, made by `fixtures/make.py`.

use data::Table;
use data::generate::{Lorenz63, MackeyGlass};
use serde_json::Value;

#[path = "../../../fixtures/golden.rs"]
mod golden;
use golden::{assert_close, numbers};

fn fixture(name: &str) -> (f64, Value) {
    let fixture: Value = serde_json::from_str(include_str!("../../../fixtures/data/series.json")).unwrap();
    (fixture[name]["dt"].as_f64().unwrap(), fixture[name].clone())
}

fn assert_columns(table: &Table, names: &[&str], expected: &Value, tolerance: f64) {
    for name in names {
        let column: Vec<f64> = table.column(name).unwrap().as_numbers().unwrap().into_iter().flatten().collect();
        assert_close(&column, &expected[name], tolerance, name);
    }
}

/// Over two units of time, in which a deviation grows tenfold or so.
#[test]
fn the_way_of_lorenz_is_that_of_scipy() {
    let (dt, expected) = fixture("lorenz63");
    let steps = numbers(&expected["x"]).len();
    let way = Lorenz63 { dt, transient: 0, ..Lorenz63::default() }.series(steps);
    assert_columns(&way, &["x", "y", "z"], &expected, 1e-9);
}

/// Over a hundred units of time, or six delays.
#[test]
fn the_cells_of_mackey_and_glass_are_those_of_the_method_of_steps() {
    let (dt, expected) = fixture("mackey_glass");
    let steps = numbers(&expected["x"]).len();
    let cells = MackeyGlass { dt, ..MackeyGlass::default() }.series(steps);
    assert_columns(&cells, &["x"], &expected, 1e-10);
}
