"""Intervals, sets and the applicability domain."""

import numpy as np
import pytest
from conftest import SHORT

import gedanken as gd


def test_intervals_hold_what_they_promise_and_grow_with_the_level():
    random = np.random.default_rng(0)
    x = random.normal(size=(2000, 3))
    y = x @ [1.0, 2.0, 3.0] + random.normal(size=2000)
    model = gd.fit(gd.Ridge(), x[:1000], y[:1000], seed=0)
    low, high = model.predict_interval(x[1000:], level=0.8)
    assert low.shape == (1000,) and abs(np.mean((low <= y[1000:]) & (y[1000:] <= high)) - 0.8) < 0.06
    assert np.all(model.predict_interval(x[1000:], level=0.95)[1] > high)


def test_sets_hold_classes_by_their_names():
    random = np.random.default_rng(0)
    x = random.normal(size=(300, 2))
    y = np.where(x[:, 0] + 0.5 * random.normal(size=300) > 0, "up", "down")
    model = gd.fit(gd.Logistic(), x, y, seed=0)
    sets = model.predict_set(x, level=0.9)
    assert {name for row in sets for name in row} <= {"up", "down"} and all(1 <= len(row) <= 2 for row in sets)
    with pytest.raises(gd.InputError, match="predict_set"):
        model.predict_interval(x)


def test_a_molecule_unlike_the_others_is_outside(alcohols):
    smiles, carbons = alcohols
    model = gd.fit(gd.Mlp(hidden=[8]), smiles, carbons, train=SHORT)
    found = model.domain(["CCCCCO", "F[P-](F)(F)(F)(F)F"])
    assert found["domain"] == ["in_domain", "out_of_domain"] and found["distance"][1] > found["distance"][0]
    assert found["nearest"].dtype.kind == "i"
    assert found["density"].shape == (2,) and ((0 <= found["density"]) & (found["density"] <= 1)).all()


def test_a_network_predicts_its_own_deviation(numbers):
    x, y = numbers
    model = gd.fit(gd.Mlp(hidden=[8]), x, y, loss=gd.GaussianNegativeLogLikelihood(), train=SHORT)
    values, deviation = model.predict(x, return_std=True)
    assert values.shape == deviation.shape == y.shape and (deviation > 0).all()


def test_a_level_that_is_none_is_refused(numbers):
    x, y = numbers
    model = gd.fit(gd.Ridge(), x, y)
    with pytest.raises(gd.InputError, match="expected a fraction"):
        model.predict_interval(x, level=90)
