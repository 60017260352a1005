"""Studies: asking and telling, files, functions that are minimized, and what is said of wrong input."""

import math
import pickle
import sys
import threading
import traceback

import numpy as np
import pytest

import gedanken as gd

SPACE = {"temperature": (20.0, 120.0), "solvent": ["DMF", "THF"]}


def study(**settings):
    return gd.Study(SPACE, maximize="yield", **settings)


def branin(x, y):
    """Its smallest value, 0.397887, is at (-pi, 12.275), (pi, 2.275) and (9.42478, 2.475)."""
    return (
        (y - 5.1 / (4 * math.pi**2) * x**2 + 5 / math.pi * x - 6) ** 2 + 10 * (1 - 1 / (8 * math.pi)) * math.cos(x) + 10
    )


def test_what_is_asked_can_be_told_and_read_again():
    own = study()
    first, second = own.ask(2)
    assert (first.number, second.number) == (1, 2) and first.state == "pending" and first.expected is None
    assert list(first) == ["temperature", "solvent"] and dict(first) == first.point and first != second
    own.tell(first, 41)
    own.tell(2, failed="the flask broke")
    own.tell({"solvent": "DMF", "temperature": 60.0}, np.float32(55))
    assert [trial.state for trial in own.trials] == ["complete", "failed", "complete"]
    assert [trial.value for trial in own.trials] == [41.0, None, 55.0]
    assert own.trials[1].reason == "the flask broke" and own.best.number == 3 and own.best.origin == "told"
    assert "3 trials, best yield = 55.0 in trial 3" in repr(own) and "trial 3" in own._repr_html_()
    assert own.to_csv().splitlines()[0] == "trial,state,temperature,solvent,yield,reason"


def test_a_point_that_is_pending_is_told_and_not_added():
    own = study()
    trials = own.ask(3)
    own.tell(dict(trials[2]), 7.0)
    assert [trial.state for trial in own.trials] == ["pending", "pending", "complete"]


def test_the_same_twice_changes_nothing_and_something_else_is_a_correction():
    own = study()
    trial = own.ask()
    own.tell(trial, 1.0)
    own.tell(trial, 1.0)
    with pytest.raises(gd.InputError, match="complete with yield = 1.* reported"):
        own.tell(trial, 2.0)
    own.tell(trial, 2.0, correct=True)
    assert own.trials[0].value == 2.0
    own.tell(own.ask(), failed=True)
    own.abandon(own.ask(), "no time")
    assert [trial.state for trial in own.trials] == ["complete", "failed", "abandoned"]


def test_the_same_seed_gives_the_same_points():
    def points(seed):
        own = gd.Study(SPACE, minimize="y", seed=seed, strategy=gd.Strategy(initial=5))
        own.optimize(lambda temperature, solvent: (temperature - 70) ** 2 + len(solvent), trials=8)
        return [trial.point for trial in own.trials]

    assert points(3) == points(3) != points(4)


def test_a_space_may_hold_everything():
    space = {
        "rate": gd.ContinuousParameter(low=1e-4, high=1.0, log=True),
        "n": (1, 8),
        "share": (0, 1.0),
        "volume": [1, 2, 5],
        "factor": np.array([0.5, 2.0]),
        "solvent": ("DMF", "THF"),
        "amine": {"kind": "molecule", "values": ["CN", "CCN", "CCCN"]},
        "gas": "argon",
        "batch": 3,
    }
    own = gd.Study(space, maximize="y", seed=1)
    for trial in own.ask(6):
        assert list(trial) == list(space) == own.parameters
        assert 1e-4 <= trial["rate"] <= 1 and isinstance(trial["share"], float)
        assert trial["n"] in range(1, 9) and isinstance(trial["n"], int)
        assert trial["volume"] in (1, 2, 5) and isinstance(trial["volume"], int) and trial["factor"] in (0.5, 2.0)
        assert trial["solvent"] in ("DMF", "THF") and trial["amine"] in ("CN", "CCN", "CCCN")
        assert trial["gas"] == "argon" and trial["batch"] == 3


def test_a_study_in_a_file_goes_on(tmp_path):
    at = tmp_path / "coupling.db"
    first = study(at=at, seed=2)
    asked = first.ask(2)
    first.tell(asked[0], 12.5)
    again = study(at=at, seed=2)
    assert again.trials == first.trials and again.place == str(at) and again.name == "study"
    assert gd.Study(at=at).ask().number == 3 and pickle.loads(pickle.dumps(again)).trials == first.trials
    with pytest.raises(gd.InputError, match='other `parameters`: .*"high":120.0.*"high":130.0') as caught:
        gd.Study({**SPACE, "temperature": (20.0, 130.0)}, maximize="yield", at=at, seed=2)
    assert "hint: " in str(caught.value)
    with pytest.raises(gd.InputError, match="other `seed`: 2, not 3"):
        study(at=at, seed=3)
    other = study(at=at, seed=3, name="other")
    assert other.trials == [] and other.name == "other"
    with pytest.raises(gd.InputError, match="holds 2 studies"):
        gd.Study(at=at)


def test_two_objects_on_one_file_share_the_trials(tmp_path):
    at = tmp_path / "shared.db"
    study(at=at)

    def work():
        own = study(at=at)
        for _ in range(6):
            trial = own.ask()
            own.tell(trial, trial["temperature"])

    threads = [threading.Thread(target=work) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]
    trials = study(at=at).trials
    assert [trial.number for trial in trials] == list(range(1, 13))
    assert {trial.state for trial in trials} == {"complete"} and len({str(trial.point) for trial in trials}) == 12


def test_campaigns_come_from_files_and_as_fields(tmp_path):
    file = tmp_path / "squares.toml"
    file.write_text('candidates = "table.csv"\n[[objectives]]\nname = "y"\ngoal = "minimize"\n', encoding="utf-8")
    (tmp_path / "table.csv").write_text("x,kind\n1,a\n4,b\n9,a\n", encoding="utf-8")
    own = gd.Study(file, seed=5)
    assert own.name == "squares" and own.campaign["seed"] == 5 and own.campaign["objectives"][0]["goal"] == "minimize"
    assert sorted(trial["x"] for trial in own.ask(9)) == [1, 4, 9]
    whole = gd.Campaign(
        parameters=[gd.ContinuousParameter(name="x", low=0, high=1)], objectives=[gd.Objective(name="y")], seed=7
    )
    assert gd.Study(whole).campaign == gd.Study(gd.Study(whole).campaign).campaign
    assert gd.Study(whole).ask().point == gd.Study(whole).ask().point


def test_candidates_are_columns():
    own = gd.Study(candidates={"x": [1, 4, 9], "kind": ["a", "b", "a"]}, maximize="y")
    assert sorted((trial["x"], trial["kind"]) for trial in own.ask(9)) == [(1, "a"), (4, "b"), (9, "a")]
    with pytest.raises(gd.InputError, match="the space is exhausted"):
        own.ask()


def test_several_objectives_have_a_front():
    own = gd.Study({"x": (0.0, 1.0)}, minimize=["a", "b"], seed=0)
    own.optimize(lambda x: {"a": x**2, "b": (x - 1) ** 2}, trials=12, batch=2)
    assert len(own.front) > 2 and own.hypervolume > 0.3
    with pytest.raises(gd.InputError, match="see `front`"):
        _ = own.best
    with pytest.raises(gd.InputError, match="one value, but the study measures a, b"):
        own.tell(own.ask(), 1.0)
    mixed = gd.Study({"x": (0.0, 1.0)}, maximize="a", minimize="b")
    assert [(one["name"], one["goal"]) for one in mixed.campaign["objectives"]] == [
        ("a", "maximize"),
        ("b", "minimize"),
    ]


def test_limits_costs_and_constraints_reach_the_model():
    own = gd.Study(
        {"a": (0.0, 1.0), "b": (0.0, 1.0)},
        maximize="y",
        limits=[gd.OutcomeLimit(name="impurity", at_most=0.5)],
        constraints=[gd.Constraint(weights={"a": 1, "b": 1}, at_most=1)],
        cost="price",
        budget=100,
        seed=0,
    )
    assert own.outcomes == ["y", "impurity", "price"]
    own.optimize(lambda a, b: {"y": a + b, "impurity": a, "price": 1 + b}, trials=9)
    assert all(trial["a"] + trial["b"] < 1 + 1e-9 for trial in own.trials)
    assert own.best.outcomes["impurity"] <= 0.5
    expected = own.trials[-1].expected
    assert 0 <= expected["feasible"] <= 1 and expected["cost"] > 0 and expected["deviation"] > 0
    assert "is predicted to be" in own.why() and "design" in own.why(1)


def test_the_minimum_of_branin_is_found():
    exact = gd.Strategy(noise=gd.DeterministicNoise())
    space = {"x": (-5.0, 10.0), "y": (0.0, 15.0)}
    for seed in range(10):
        found = gd.minimize(branin, space, trials=40, seed=seed, strategy=exact)
        assert found.value - 0.397887 < 1e-3 and len(found.trials) == 40
    assert branin(**found.x) == found.value == found.study.best.value
    assert repr(found).startswith("<gedanken.Minimum 0.39")


def test_what_a_function_raises_passes_through_unchanged(tmp_path):
    mine = ZeroDivisionError("the pump stopped")

    def function(x):
        if len(calls) == 2:
            raise mine
        calls.append(x)
        return x

    calls, at = [], tmp_path / "a.db"
    with pytest.raises(ZeroDivisionError) as caught:
        gd.minimize(function, {"x": (0.0, 1.0)}, trials=8, batch=4, at=at)
    assert caught.value is mine and mine.__cause__ is None and mine.__context__ is None
    assert traceback.extract_tb(mine.__traceback__)[-1].name == "function"
    trials = gd.Study(at=at).trials
    assert [trial.state for trial in trials] == ["complete", "complete", "failed", "abandoned"]
    assert trials[2].reason == "ZeroDivisionError: the pump stopped"
    # What was measured counts, and the search goes on.
    found = gd.minimize(lambda x: x, {"x": (0.0, 1.0)}, trials=8, at=at)
    assert len(found.trials) == 9 and found.trials[:2] == trials[:2]


def test_ctrl_c_abandons_a_trial():
    def function(temperature, solvent):
        raise KeyboardInterrupt

    own = study()
    with pytest.raises(KeyboardInterrupt):
        own.optimize(function)
    assert [trial.state for trial in own.trials] == ["abandoned"]


def test_what_is_not_finite_has_failed_and_the_search_goes_on():
    found = gd.minimize(lambda x: math.nan if x > 0.5 else x, {"x": (0.0, 1.0)}, trials=12, seed=0)
    failed = [trial for trial in found.trials if trial.state == "failed"]
    assert failed and failed[0].reason == "value is nan" and found.value < 0.05
    with pytest.raises(gd.InputError, match="none of 3 trials can be used: value is inf"):
        gd.minimize(lambda x: math.inf, {"x": (0.0, 1.0)}, trials=3)


def test_a_function_that_returns_no_number_is_told():
    own = gd.Study({"x": (0.0, 1.0)}, minimize="value")
    with pytest.raises(gd.InputError, match="`value` is None of type NoneType, expected a number"):
        own.optimize(lambda x: None)
    assert own.trials[0].state == "failed"


def test_a_frame_has_a_row_for_each_trial(monkeypatch):
    own = study()
    own.tell(own.ask(), 1.5)
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(gd.GedankenError, match="pandas is not installed"):
        own.to_frame()


def test_a_gaussian_process_says_how_sure_it_is():
    x = np.linspace(0, 6, 30)[:, None]
    model = gd.fit(gd.GaussianProcess(), x, np.sin(x[:, 0]), validation=0, test=0)
    values, deviation = model.predict([[1.0], [30.0]], return_std=True)
    assert abs(values[0] - np.sin(1)) < 0.01 and deviation[1] > 10 * deviation[0]


OWN = {"x": (0.0, 1.0)}

WRONG = {
    "there is no space": lambda: gd.Study(),
    "nothing is to be maximized or minimized": lambda: gd.Study(OWN),
    "the space is ['x'], expected names": lambda: gd.Study(["x"], maximize="y"),
    "parameter `x` has no values": lambda: gd.Study({"x": []}, maximize="y"),
    "parameter `x` is (1.0, 2.0, 3.0), expected a range": lambda: gd.Study({"x": (1.0, 2.0, 3.0)}, maximize="y"),
    "parameter `x` is (0.0, inf), expected a range": lambda: gd.Study({"x": (0.0, math.inf)}, maximize="y"),
    "parameter `x` may be 'a' among 2 values": lambda: gd.Study({"x": [1, "a"]}, maximize="y"),
    "parameter `x` may be True among 2 values": lambda: gd.Study({"x": [True, False]}, maximize="y"),
    "parameter `x` is None, expected a range": lambda: gd.Study({"x": None}, maximize="y"),
    "parameter `x` is called 'z' inside": lambda: gd.Study(
        {"x": gd.ContinuousParameter(name="z", low=0, high=1)}, maximize="y"
    ),
    "3 is no name of a parameter": lambda: gd.Study({3: (0.0, 1.0)}, maximize="y"),
    "the lowest value 2 is not below the highest 1\n  --> parameters[0] (`x`)": lambda: gd.Study(
        {"x": (2.0, 1.0)}, maximize="y"
    ),
    "has no logarithm\n  --> parameters[0] (`x`)": lambda: gd.Study(
        {"x": gd.ContinuousParameter(low=0, high=1, log=True)}, maximize="y"
    ),
    "is not a valid SMILES": lambda: gd.Study({"x": gd.MoleculeParameter(values=["CC", "C(("])}, maximize="y"),
    "did you mean `sobol`?": lambda: gd.Study(OWN, maximize="y", strategy={"design": "sobool"}),
    "no parameter `z`": lambda: gd.Study(OWN, maximize="y", constraints=[{"weights": {"z": 1}, "at_most": 1}]),
    "the quantity has no bound": lambda: gd.Study(OWN, maximize="y", limits=[gd.OutcomeLimit(name="z")]),
    "candidates['b'] has 1": lambda: gd.Study(candidates={"a": [1, 2], "b": [1]}, maximize="y"),
    "candidates is of type list": lambda: gd.Study(candidates=[1], maximize="y"),
    "`mysql` is not a supported kind of database": lambda: gd.Study(OWN, maximize="y", at="mysql://host/lab"),
    "maximize holds 3": lambda: gd.Study(OWN, maximize=[3]),
    "n is 0, expected a whole number": lambda: study().ask(0),
    "--> parameters.0.low (`x`)": lambda: gd.Study({"x": gd.ContinuousParameter(low="a", high=2)}, maximize="y"),
    "-1e308 to 1e308 is not a range\n  --> parameters[0] (`x`)": lambda: gd.Study({"x": (-1e308, 1e308)}, maximize="y"),
    "an objective before is called `y`": lambda: gd.Study(OWN, maximize="y", minimize="y"),
    "a parameter is called `x`, too": lambda: gd.Study(OWN, maximize="x"),
    "parameter `temperature` is nan, expected a finite number": lambda: study().tell({"temperature": math.nan}, 1),
    "surrogates not allowed": lambda: gd.Study({"x": (0.0, 1.0), "y": "\ud800"}, maximize="z"),
    "is not a trial": lambda: study().tell(10**30, 1.0),
    "has no trial 9": lambda: study().tell(9, 1.0),
    "has no trial 8": lambda: study().why(8),
    "`yield` is NaN": lambda: study().tell(1, math.nan),
    "`yield` is 'much', expected a number": lambda: study().tell(1, "much"),
    "did you mean `yield`?": lambda: study().tell(1, {"yeld": 1}),
    "there is no value for yield": lambda: study().tell(1),
    "'first' is not a trial": lambda: study().tell("first", 1.0),
    "parameter `solvent` has no value": lambda: study().tell({"temperature": 50}, 1.0),
    "parameter `temperature`: 500 lies outside 20 to 120": lambda: study().tell(
        {"temperature": 500, "solvent": "THF"}, 1.0
    ),
    '"Thf" is none of its 2 values; did you mean `THF`?': lambda: study().tell(
        {"temperature": 50, "solvent": "Thf"}, 1
    ),
    "trials is 0, expected a whole number": lambda: study().optimize(print, trials=0),
    "trials is 1.5, expected a whole number": lambda: gd.minimize(print, OWN, trials=1.5),
    "n is 10000000, expected a whole number": lambda: study().ask(10_000_000),
    "gd.minimize has one objective": lambda: gd.minimize(print, OWN, maximize="y"),
}


@pytest.mark.parametrize("words", WRONG)
def test_wrong_input_is_told(words):
    with pytest.raises(gd.InputError) as caught:
        WRONG[words]()
    assert words in str(caught.value) and "hint: " in str(caught.value)


def test_files_that_are_not_there_are_pythons_error(tmp_path):
    for make in (
        lambda: gd.Study(tmp_path / "nowhere.toml"),
        lambda: gd.Study(at=tmp_path / "nowhere.db"),
        lambda: gd.Study(candidates=tmp_path / "nowhere.csv", maximize="y"),
    ):
        with pytest.raises(FileNotFoundError, match="nowhere"):
            make()
