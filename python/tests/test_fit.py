"""Training and predicting."""

import numpy as np
import pytest
from conftest import SHORT

import gedanken as gd


def test_ridge_finds_a_linear_law(numbers):
    x, y = numbers
    model = gd.fit(gd.Ridge(), x, y)
    predicted = model.predict(x)
    assert predicted.shape == (120,) and predicted.dtype == np.float64
    assert np.abs(predicted - y).max() < 0.5
    assert np.array_equal(gd.fit("ridge", x.tolist(), y.tolist()).predict(x), predicted)


def test_several_targets_give_a_column_each(numbers):
    x, y = numbers
    model = gd.fit(gd.Ridge(), x, np.stack([y, -y], axis=1))
    predicted = model.predict(x)
    assert predicted.shape == (120, 2) and model.targets == ["y0", "y1"]
    assert np.allclose(predicted[:, 0], -predicted[:, 1])


def test_text_and_truth_values_are_classes(numbers):
    x, y = numbers
    model = gd.fit(gd.Logistic(), x, np.where(y > 0, "above", "below"))
    assert model.classes.tolist() == ["above", "below"]
    assert (model.predict(x) == np.where(y > 0, "above", "below")).mean() > 0.9
    probabilities = model.predict_proba(x)
    assert probabilities.shape == (120, 2) and np.allclose(probabilities.sum(axis=1), 1)
    assert gd.fit("logistic", x, y > 0).predict(x).dtype == bool


def test_whole_numbers_are_classes_on_request(numbers):
    x, y = numbers
    labels = (y > 0).astype(int) * 7
    model = gd.fit("random_forest", x, labels, task="classification")
    assert model.classes.tolist() == [0, 7] and (model.predict(x) == labels).mean() > 0.9


def test_molecules_are_a_list_of_smiles(alcohols):
    smiles, carbons = alcohols
    model = gd.fit(gd.Ridge(), smiles, carbons, features=gd.MoleculeFeatures(maccs=False))
    assert np.abs(model.predict(["CCO", "CCCCO"]) - [2, 4]).max() < 0.5
    assert np.array_equal(model.predict(np.array(smiles)), model.predict(smiles))


def test_named_columns_hold_molecules_categories_and_numbers(alcohols):
    smiles, carbons = alcohols
    x = {"SMILES": smiles, "T [K]": 300 + carbons % 7, "solvent": ["water", "hexane"] * 15}
    model = gd.fit(gd.Ridge(), x, {"n": carbons})
    assert model.experiment["data"]["smiles"] == "SMILES" and model.targets == ["n"]
    assert np.abs(model.predict(x) - carbons).max() < 2


def test_molecules_that_cannot_be_read_are_left_out_on_request(alcohols):
    smiles, carbons = alcohols
    model = gd.fit("ridge", [*smiles, "no molecule"], [*carbons, 1.0], skip_invalid=True)
    predicted = model.predict(["no molecule", "CCO"])
    assert np.isnan(predicted[0]) and np.isfinite(predicted[1])


def test_an_ensemble_knows_how_far_its_members_disagree(numbers):
    x, y = numbers
    model = gd.fit(gd.Bagging(of=gd.Ridge(), members=3), x, y)
    mean, deviation = model.predict(x, return_std=True)
    assert mean.shape == deviation.shape == (120,) and (deviation > 0).all()
    assert np.array_equal(mean, model.predict(x))


def test_the_same_seed_gives_the_same_bits_with_any_number_of_threads(numbers):
    x, y = numbers
    fit = lambda **settings: gd.fit(gd.Mlp(hidden=[16]), x, y, train=SHORT, **settings).predict(x)
    first = fit(seed=3, threads=1)
    assert np.array_equal(first, fit(seed=3, threads=2)) and np.array_equal(first, fit(seed=3))
    assert not np.array_equal(first, fit(seed=4))


def test_weights_and_shares_reach_the_experiment(numbers):
    x, y = numbers
    heavy = gd.fit(gd.Ridge(penalty=1.0), x, y, weights=np.where(x[:, 0] > 0, 100.0, 1.0), validation=0.2, test=0)
    assert np.allclose(heavy.experiment["split"]["fractions"], [0.8, 0.2, 0])
    assert not np.array_equal(heavy.predict(x), gd.fit(gd.Ridge(penalty=1.0), x, y, validation=0.2, test=0).predict(x))


def test_curves_are_measured_beside_the_training(numbers):
    x, y = numbers
    curves = ["rows", gd.Curve(field="model.penalty", values=[0.1, 10], resamples=3)]
    model = gd.fit(gd.Ridge(), x, y, curves=curves)
    rows, penalty = model.metrics["curves"]
    assert rows["field"] == "rows" and rows["points"][0]["validation"]["mean"] > 0
    assert [point["value"] for point in penalty["points"]] == [0.1, 10]
    assert penalty["points"][0]["decomposition"]["variance"] >= 0
    with pytest.raises(gd.GedankenError, match="did you mean `penalty`"):
        gd.fit(gd.Ridge(), x, y, curves=[gd.Curve(field="model.penalt", values=[1])])


def test_metrics_history_and_spec_tell_of_the_training(numbers):
    x, y = numbers
    model = gd.fit(gd.Mlp(hidden=[8]), x, y, train=SHORT, baselines=True)
    assert [figures["model"] for figures in model.metrics["test"]] == ["mean", "ridge", "random forest", "mlp"]
    assert len(model.history[0]["train_loss"]) == 5 and model.history[0]["epoch"] == [1, 2, 3, 4, 5]
    assert model.spec["hidden"] == [8] and model.spec["activation"] == "relu"
    assert repr(model) == "<gedanken.Model mlp for y: 96 training rows>"


def test_an_experiment_names_its_own_data(tmp_path, numbers):
    x, y = numbers
    table = tmp_path / "table.csv"
    np.savetxt(table, np.column_stack([x, y]), delimiter=",", header="a,b,c,y", comments="")
    data = gd.Data(path=str(table), target=["y"])
    model = gd.run(gd.Experiment(data=data, model=gd.Ridge(), baselines=False))
    file = tmp_path / "run.toml"
    file.write_text(f"[data]\npath = {str(table)!r}\ntarget = ['y']\n[model]\nkind = 'mean'\n")
    again = gd.run(file, settings={"model": "ridge", "baselines": False})
    columns = dict(zip("abc", x.T))
    assert np.array_equal(model.predict(columns), again.predict(columns))


@pytest.mark.parametrize("dtype", ["float32", "int64", ">f8"])
def test_any_kind_of_number_will_do(numbers, dtype):
    x, y = numbers
    assert gd.fit("mean", (100 * x).astype(dtype)[:, ::-1], y).predict((100 * x).astype(dtype)).shape == (120,)
