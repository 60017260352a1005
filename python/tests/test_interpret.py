"""What a model looks at: scikit-learn finds the same, and it looks well in a notebook."""

import json

import numpy as np
import pytest
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence, permutation_importance

import gedanken as gd


class Wrapped(RegressorMixin, BaseEstimator):
    """Our model as scikit-learn sees its own."""

    def __init__(self, model=None):
        self.model = model
        self.fitted_ = True

    def fit(self, x, y):
        return self

    def predict(self, x):
        return self.model.predict(x, threads=1)


@pytest.fixture(scope="module")
def curved():
    """A network on a law where two features act together and one says nothing."""
    random = np.random.default_rng(0)
    x = random.normal(size=(150, 4))
    y = x[:, 0] * x[:, 1] + 2.0 * np.sin(x[:, 2]) + 0.05 * random.normal(size=150)
    return gd.fit(gd.Mlp(hidden=[16]), x, y, seed=0, train=gd.Training(epochs=40)), x, y


def test_permutation_importance_is_that_of_scikit_learn(curved):
    model, x, y = curved
    scoring = "neg_root_mean_squared_error"
    theirs = permutation_importance(Wrapped(model), x, y, n_repeats=100, scoring=scoring, random_state=1)
    ours = {feature["name"]: feature for feature in model.interpret(x, y, repeats=100).importance}
    for at in range(4):
        # Both are means over other shuffles.
        error = np.hypot(theirs.importances_std[at] / 10, (ours[f"x{at}"]["high"] - ours[f"x{at}"]["low"]) / 3.96)
        assert abs(ours[f"x{at}"]["loss"] - theirs.importances_mean[at]) < 4 * error, at


def test_partial_dependence_and_single_curves_are_those_of_scikit_learn(curved):
    model, x, y = curved
    for at in (0, 2):
        (ours,) = model.interpret(x, y, features=[f"x{at}"], repeats=2).dependence
        grid = {at: np.array(ours["values"])}
        theirs = partial_dependence(Wrapped(model), x, [at], method="brute", kind="both", custom_values=grid)
        np.testing.assert_allclose(ours["mean"], theirs["average"][0], rtol=1e-5, atol=1e-6)
        # The curves that are drawn are those of some of the rows.
        for curve in ours["single"]:
            assert np.abs(theirs["individual"][0] - curve).max(axis=1).min() < 1e-5


def test_a_row_is_explained_and_the_shares_add_up(curved):
    model, x, y = curved
    (found,) = model.interpret(x, y, rows=[7]).explained
    assert found["predicted"] == pytest.approx(model.predict(x[7:8])[0])
    assert found["mean"] + sum(f["shapley"] for f in found["features"]) == pytest.approx(found["predicted"], abs=1e-4)
    assert found["exact"] and found["observed"] == pytest.approx(y[7])
    assert abs(found["gradient_error"]) < 0.01


def test_atoms_of_a_molecule_are_explained(alcohols):
    smiles, carbons = alcohols
    model = gd.fit(gd.Ridge(penalty=0.1), smiles, carbons, features=gd.MoleculeFeatures(ecfp=gd.Ecfp(counts=True)))
    (found,) = model.interpret(smiles, smiles=["CCCCO"], samples=20).explained
    masking = found["atoms"]["masking"]
    assert len(masking) == 5 and len(found["atoms"]["gradients"]) == 5 and all(masking)
    # Each carbon atom counts for one; whoever takes the last one away loses about that.
    assert masking[0] == pytest.approx(1.0, abs=0.5)


def test_classes_are_explained_by_name():
    random = np.random.default_rng(0)
    x = random.normal(size=(120, 2))
    y = np.where(x[:, 0] > 0, "up", "down")
    model = gd.fit(gd.Mlp(hidden=[8]), x, y, seed=0, train=gd.Training(epochs=30))
    found = model.interpret(x, y, rows=[0, 1], target="up")
    assert [e["output"] for e in found.explained] == ["p(up)", "p(up)"]
    assert found.explained[0]["observed_class"] in {"up", "down"}
    with pytest.raises(gd.InputError, match="no class called `left`"):
        model.interpret(x, y, target="left")


def test_a_notebook_and_a_terminal_show_it(curved, tmp_path):
    model, x, y = curved
    found = model.interpret(x, y, repeats=2)
    assert found._repr_html_().startswith("<iframe") and "increase in RMSE" in str(found)
    assert set(found.figures) >= {"importance", "dependence_1"} and json.dumps(found.to_dict())
    found.save(tmp_path / "why.html")
    assert (tmp_path / "why.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert model._repr_html_().startswith("<iframe") and "RMSE" in model.summary()
    model.save(tmp_path / "model.safetensors")
    loaded = gd.load(tmp_path / "model.safetensors")
    assert "<table>" in loaded._repr_html_() and loaded.summary() == ""
    with pytest.raises(gd.InputError, match="report.html"):
        loaded.report()


def test_what_cannot_be_explained_is_told(curved):
    model, x, y = curved
    for asked, words in [
        ({"rows": [150]}, "no row 151"),
        ({"features": ["x9"]}, "no feature called `x9`"),
        ({"repeats": 1}, "from 2 to 1000"),
        ({"smiles": ["CCO"]}, "not on molecules alone"),
    ]:
        with pytest.raises(gd.InputError, match=words):
            model.interpret(x, y, **asked)
    with pytest.raises(gd.InputError, match="150 rows, but y has 3"):
        model.interpret(x, y[:3])


def test_evaluate_gives_figures_of_merit(curved):
    model, x, y = curved
    (found,) = model.evaluate(x, y)["targets"]
    assert found["rmse"]["value"] == pytest.approx(np.sqrt(np.mean((model.predict(x) - y) ** 2)), rel=1e-6)


def test_models_are_compared_on_the_same_splits(numbers):
    x, y = numbers
    found = gd.compare(["mean", gd.Ridge(penalty=0.1)], x, y, seed=0, folds=3, repeats=1)
    assert [m["model"] for m in found.models] == ["ridge", "mean"] and len(found.models[1]["splits"]) == 3
    assert found.models[1]["difference"]["low"] > 0 and found.model.spec["kind"] == "ridge"
    assert "ridge" in str(found) and found._repr_html_().startswith("<iframe") and found.figure == "RMSE"
    assert "significantly" in " ".join(found.verdict)
    with pytest.raises(gd.InputError, match="two or more"):
        gd.compare("ridge", x, y)
