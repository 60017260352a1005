"""Each error says what was found, what was expected, where, and what to do."""

import numpy as np
import pytest
from conftest import SHORT

import gedanken as gd

X, Y = np.arange(40.0).reshape(20, 2) % 7, np.arange(20.0)
SMILES = ["C" * n + "O" for n in range(1, 21)]

WRONG = {
    "x has 20 rows, but y has 5": lambda: gd.fit("ridge", X, Y[:5]),
    "x has 20 rows, but weights has 5": lambda: gd.fit("ridge", X, Y, weights=Y[:5]),
    "x has shape (20,), expected (rows, features)": lambda: gd.fit("ridge", Y, Y),
    "x has shape (20, 2, 1, 1, 1), expected (rows, features)": lambda: gd.fit("ridge", X[..., None, None, None], Y),
    "x holds nan in row 2, column 1 (counted from 0)": lambda: gd.fit("ridge", np.where(X == X[2, 1], np.nan, X), Y),
    "y holds inf in row 3 (counted from 0)": lambda: gd.fit("ridge", X, np.where(Y == 3, np.inf, Y)),
    "x holds Python objects, such as None of type NoneType": lambda: gd.fit("ridge", [[1, None]], [1]),
    "x is not an array": lambda: gd.fit("ridge", [[1, 2], [3]], [1, 2]),
    "x holds values of type complex128": lambda: gd.fit("ridge", X * 1j, Y),
    "x is a single text, 'CCO'": lambda: gd.fit("ridge", "CCO", Y),
    '`y`, row 0 (counted from 0): "none" stands for a missing value': lambda: gd.fit("ridge", X, ["none", "a"] * 10),
    '"X" is not a valid SMILES': lambda: gd.fit("ridge", [*SMILES, "X"], [*Y, 1]),
    "unknown kind `mlpp`\n  --> model\nhint: did you mean `mlp`?": lambda: gd.fit("mlpp", X, Y),
    "must be at most 0.95\n  --> model.dropout": lambda: gd.fit(gd.Mlp(dropout=2), X, Y),
    "did you mean `tanh`?": lambda: gd.fit(gd.Sequential(layers=[gd.Dense(features=4, activation="tan")]), X, Y),
    "must be at least 0\n  --> seed": lambda: gd.fit("ridge", X, Y, seed=-1),
    "threads is -1, expected a whole number": lambda: gd.fit("ridge", X, Y, threads=-1),
    "mean the same": lambda: gd.fit("ridge", X, Y, validation=0.2, split=gd.Split(fractions=[0.8, 0.1, 0.1])),
    "a value that is not a number, text or list": lambda: gd.fit(gd.Ridge(penalty=float("nan")), X, Y),
    "x has 1 columns, but the model was trained on 2 (x0, x1)": lambda: gd.fit("ridge", X, Y).predict(X[:, :1]),
    "column `x0` is used by the model": lambda: gd.fit("ridge", X, Y).predict(SMILES),
    "a single model has no standard deviation": lambda: gd.fit("ridge", X, Y).predict(X, return_std=True),
    "predicts numbers, which have no probabilities": lambda: gd.fit("ridge", X, Y).predict_proba(X),
    "has the same value (1) in all 20 rows": lambda: gd.fit("ridge", X, np.ones(20)),
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_input_is_told(words):
    with pytest.raises(gd.InputError) as caught:
        WRONG[words]()
    message = str(caught.value)
    assert words in message and "hint: " in message or "specification" in message
    assert isinstance(caught.value, ValueError) and isinstance(caught.value, gd.GedankenError)


MISSING = {
    "gd.load": lambda: gd.load("nowhere.safetensors"),
    "gd.run": lambda: gd.run("nowhere.toml"),
    "gd.Data": lambda: gd.run(gd.Experiment(data=gd.Data(path="nowhere.csv", target=["y"]))),
}


@pytest.mark.parametrize("of", MISSING)
def test_a_missing_file_is_also_pythons_error(of):
    with pytest.raises(FileNotFoundError, match="nowhere") as caught:
        MISSING[of]()
    assert isinstance(caught.value, gd.GedankenError)


def test_a_training_that_fails_is_told(numbers):
    x, y = numbers
    with pytest.raises(gd.GedankenError, match="compares classes"):
        gd.fit("mlp", x, y, loss="cross_entropy", train=SHORT)


def test_a_field_that_does_not_exist_is_pythons_error():
    with pytest.raises(TypeError, match="hiden"):
        gd.Mlp(hiden=[4])
