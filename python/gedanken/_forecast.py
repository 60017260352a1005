"""Forecasts of time series."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _native
from ._display import facts, framed
from ._errors import InputError
from ._fit import _json
from ._model import n_threads
from ._spec import Spec, document, kind

if TYPE_CHECKING:
    from ._specs import Scale, Training


def forecast(
    model: Spec | Mapping[str, Any] | str,
    table: Any,
    *,
    time: str,
    target: str | Sequence[str],
    horizon: int,
    window: int | None = None,
    frequency: str | None = None,
    series: str | None = None,
    past: Sequence[str] = (),
    future: Sequence[str] = (),
    calendar: Sequence[str] = (),
    season: int | None = None,
    impute: str | None = None,
    resample: str | None = None,
    normalize: str | None = None,
    channels: str | None = None,
    steps: Sequence[int] | None = None,
    stride: int | None = None,
    backtest: int | None = None,
    level: float | None = None,
    seed: int = 0,
    train: Training | None = None,
    scale: Scale | None = None,
    loss: Spec | str | None = None,
    precision: str | None = None,
    baselines: bool = True,
    compare: Sequence[Any] = (),
    threads: int = 0,
) -> Forecaster:
    """Train a forecaster. The same arguments give the same forecaster, bit for bit, as the program does on the same table.

    Parameters
    ----------
    model : a specification such as `gd.Lstm(hidden=32)` or `gd.Seq2seq()`, or the name of its kind
    table : named columns (a dict or data frame), the path of a table, or the name of a data set such as "co2"
    time : column of times: dates (ISO text or datetimes) or numbers
    target : column to predict, or several
    horizon : number of steps that are predicted
    window : steps back that the model sees; by default twice the longer of horizon and season
    frequency : time step between rows, such as "1h"; by default that of the times
    series : column that says which series a row belongs to
    past, future : past covariates, known up to the present, and future covariates, known over the horizon
    calendar : phases of the calendar, such as "hour_of_day"
    season : steps of a season, for the seasonal naive forecast and the scaled error
    impute, resample : how gaps are filled, and steps to which rows are brought by their mean
    normalize : normalization of each window: "none", "last", "mean" or "standard"
    channels : "joint", "shared", or "auto" for what is better on the validation steps
    steps : steps for training, validation and test, in place of fractions
    stride : every so many steps a training window begins
    backtest : blocks through which the origin walks, each predicted by models trained on all before it
    level : coverage, the fraction of the values inside the intervals, 0.9 by default
    seed, train, scale, loss, precision, threads : as in `gd.fit`
    baselines : evaluate naive, seasonal naive, drift and linear forecasts too
    compare : other models; the best on the validation steps is selected

    >>> import numpy as np, gedanken as gd
    >>> t = np.arange(300.0)
    >>> forecaster = gd.forecast("ridge", {"t": t, "y": np.sin(t / 3)}, time="t", target="y", horizon=3, window=12)
    >>> expected = forecaster.predict()["y"]
    >>> bool(np.abs(expected - np.sin(np.arange(300, 303) / 3)).max() < 1e-3)
    True
    """
    names = [target] if isinstance(target, str) else list(target)
    data: dict[str, Any] = {"target": names}
    columns = None
    if isinstance(table, (str, os.PathLike)):
        path = os.fspath(table)
        data["path" if os.path.exists(path) or os.path.splitext(path)[1] else "dataset"] = path
    else:
        columns = _columns(table)
    fields = {
        "time": time,
        "horizon": horizon,
        "window": window,
        "frequency": frequency,
        "series": series,
        "past": list(past),
        "future": list(future),
        "calendar": list(calendar),
        "season": season,
        "impute": impute,
        "resample": resample,
        "normalize": normalize,
        "channels": channels,
        "steps": None if steps is None else list(steps),
        "stride": stride,
        "backtest": backtest,
    }
    settings = {
        "model": kind(model),
        "compare": [kind(model), *map(kind, compare)] if compare else None,
        "seed": document(seed),
        "baselines": baselines,
        "data": data,
        "forecast": {name: value for name, value in fields.items() if value is not None},
        "uncertainty": None if level is None else {"level": level},
        "train": document(train),
        "scale": document(scale),
        "loss": kind(loss),
        "precision": precision,
    }
    return Forecaster(_native.forecast(_json(settings), columns, n_threads(threads)))


class Forecaster:
    """A trained forecaster. `gd.forecast`, `gd.run` and `gd.load` make one."""

    def __init__(self, native: _native.Forecaster) -> None:
        self._native = native

    def predict(self, table: Any = None) -> dict[str, Any]:
        """Columns of the forecast: the times, and of each target the prediction and the bounds of its interval.

        They follow the end of the training, or the ends of the series in `table`.
        """
        return self._native.predict(None if table is None else _columns(table))

    def evaluate(self, table: Any) -> dict[str, Any]:
        """Errors of forecasts from all origins of the series in `table`."""
        return dict(json.loads(self._native.evaluate(_columns(table))))

    @property
    def targets(self) -> list[str]:
        """Names of the targets."""
        return self._native.targets

    @property
    def experiment(self) -> dict[str, Any]:
        """Everything that it was trained by."""
        return dict(json.loads(self._native.experiment))

    @property
    def metrics(self) -> dict[str, Any]:
        """Errors on test and validation steps, of naive baselines and models; empty for one from a file."""
        return dict(json.loads(self._native.metrics))

    def summary(self) -> str:
        """Tables of test errors; empty for one from a file."""
        return self._native.summary().lstrip("\n")

    def report(self) -> str:
        """The report of its training as a page, one file without scripts; one from a file has none."""
        page = self._native.report()
        if page is None:
            raise InputError("a forecaster from a file has no report\nhint: `report.html` is in the same folder")
        return page

    def write(self, folder: str | os.PathLike[str]) -> None:
        """Write the folder of its run: the forecaster, forecasts, errors, figures and the report."""
        if not self._native.write(os.fspath(folder)):
            raise InputError("a forecaster from a file has no run to write\nhint: use `save`")

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the forecaster to one safetensors file."""
        self._native.save(os.fspath(path))

    def __repr__(self) -> str:
        words = dict(self._native.facts)
        return f"<gedanken.Forecaster {words['model']} for {words['predicts']}: {words['horizon']}>"

    def _repr_html_(self) -> str:
        page = self._native.report()
        return framed(page) if page is not None else facts("forecaster", list(self._native.facts))


def _columns(table: Any) -> list[tuple[str, Any]]:
    """Named columns; datetimes become text."""
    import numpy as np

    from . import _table

    if not _table.is_named(table):
        raise InputError("table has no named columns\nhint: give a dict or data frame with a column of times")
    names = list(table if isinstance(table, Mapping) else table.columns)

    def column(name: Any) -> Any:
        values = np.asarray(table[name])
        return np.datetime_as_string(values, unit="s") if values.dtype.kind == "M" else values

    return _table.named({str(name): column(name) for name in names}, "table", missing=True)


Forecaster.__module__ = "gedanken"
