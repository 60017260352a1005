"""Forecasts of time series."""

import numpy as np
import pytest

import gedanken as gd


def hours(n=400):
    hour = np.arange(n)
    date = np.datetime64("2024-01-01T00:00:00") + hour.astype("timedelta64[h]")
    load = 5 + 2 * np.sin(hour * 2 * np.pi / 24) + (hour * 37 % 101) / 300
    return {"date": date, "load": load, "plan": (hour // 5 % 2).astype(float)}


def fit(model="ridge", table=None, **more):
    arguments = {"time": "date", "target": "load", "horizon": 6, "window": 24, **more}
    return gd.forecast(model, hours() if table is None else table, **arguments)


def test_a_forecast_goes_on_with_dates_and_intervals():
    said = fit().predict()
    assert list(said) == ["date", "load", "load low", "load high"]
    assert said["date"][0].startswith("2024-01-17T16:00") and len(said["date"]) == 6
    assert (said["load low"] <= said["load"]).all() and (said["load"] <= said["load high"]).all()


def test_a_saved_forecaster_says_the_same(tmp_path):
    forecaster = fit(gd.Lstm(hidden=8), train=gd.Training(epochs=2))
    forecaster.save(tmp_path / "f.safetensors")
    forecaster.write(tmp_path / "run")
    for path in (tmp_path / "f.safetensors", tmp_path / "run"):
        loaded = gd.load(path)
        assert isinstance(loaded, gd.Forecaster)
        assert (loaded.predict()["load"] == forecaster.predict()["load"]).all()
        assert (loaded.predict(hours())["load"] == forecaster.predict()["load"]).all()
    assert (tmp_path / "run" / "report.html").exists()


def test_rules_of_thumb_are_judged_beside_the_model():
    metrics = fit().metrics
    names = [scores["model"] for scores in metrics["test"]]
    assert names == ["naive", "seasonal naive (24)", "drift", "linear"]
    assert metrics["test"][-1]["targets"][0]["errors"]["mase"] < 1
    assert "seasonal naive (24)" in fit().summary() and "<svg" in fit().report()


def test_missing_values_are_an_error_unless_they_are_filled():
    table = hours()
    table["load"][7] = np.nan
    with pytest.raises(gd.GedankenError, match="2024-01-01T07:00"):
        fit(table=table)
    assert np.isfinite(fit(table=table, impute="linear").predict()["load"]).all()


def test_what_is_known_ahead_has_to_be_there():
    forecaster = fit("seq2seq", future=["plan"], train=gd.Training(epochs=1), calendar=["hour_of_day"])
    assert repr(forecaster).startswith("<gedanken.Forecaster seq2seq for load: 6 steps of 1h")
    with pytest.raises(gd.GedankenError, match="`plan` has to be known 6 steps"):
        forecaster.predict()


def test_named_data_sets_are_forecast():
    forecaster = gd.forecast("ridge", "sunspots", time="year", target="sunspots", horizon=5, window=33)
    assert forecaster.predict()["year"] == ["2009", "2010", "2011", "2012", "2013"]
    assert forecaster.evaluate({"year": np.arange(1900.0, 1950.0), "sunspots": np.arange(50.0)})["origins"] == 13


def test_a_table_without_names_is_refused():
    with pytest.raises(gd.InputError, match="no named columns"):
        fit(table=np.zeros((10, 2)))
