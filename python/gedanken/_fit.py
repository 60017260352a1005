"""Training: from arrays, or from an experiment that names its data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

from . import _native
from ._errors import InputError
from ._model import Model, held, n_threads
from ._spec import Spec, document, kind

if TYPE_CHECKING:
    from ._forecast import Forecaster
    from ._specs import Curve, Experiment, Images, MoleculeFeatures, Scale, Spectra, Split, Training


def fit(
    model: Spec | Mapping[str, Any] | str,
    x: Any,
    y: Any,
    *,
    seed: int = 0,
    weights: Any = None,
    validation: float | None = None,
    test: float | None = None,
    task: Literal["regression", "classification"] | None = None,
    train: Training | None = None,
    scale: Scale | None = None,
    split: Split | Mapping[str, Any] | str | None = None,
    loss: Spec | str | None = None,
    features: MoleculeFeatures | None = None,
    images: Images | None = None,
    spectra: Spectra | None = None,
    precision: Literal["single", "double"] | None = None,
    baselines: bool = False,
    curves: Sequence[Curve | str] = (),
    skip_invalid: bool = False,
    threads: int = 0,
    _compare: list[Any] | None = None,
) -> Model:
    """Train a model. The same arguments give the same model, bit for bit, as the program does on the same table.

    Parameters
    ----------
    model : a specification such as `gd.Mlp(hidden=[64])`, or the name of its kind
    x : numbers `(rows, features)`, images `(rows, height, width)` or `(rows, height, width, channels)`, a list of SMILES, or
        named columns (a dict or data frame; text in a column called `smiles` is molecules, other text is categories)
    y : numbers `(rows,)` or `(rows, targets)`, or classes `(rows,)`; text and truth values are classes
    seed : of all random numbers
    weights : one number for each row
    validation, test : shares of the rows that decide when to stop, and that decide nothing; default 0.1 and 0.1
    task : "classification" takes numbers in `y` as classes
    train, scale, split, loss : how a network is trained, numbers are scaled, rows are cut, and what is minimized
    features : how molecules become numbers
    images : how images are brought to one size, and their random augmentation in training
    spectra : rows are spectra: named columns, whose names are the axis. Gives its range, and the preprocessing of each spectrum
    precision : "single" or "double"
    baselines : train mean, ridge and random forest too, for `model.metrics`
    curves : errors over "rows", or over values of a setting such as `gd.Curve(field="train.l2", values=[0, 0.1])`; they
        stand in `model.metrics["curves"]`
    skip_invalid : leave out rows whose molecule cannot be read; otherwise they are an error
    threads : 0 for one on every core; their number does not change the result

    >>> import numpy as np, gedanken as gd
    >>> x = np.arange(40.0).reshape(20, 2)
    >>> model = gd.fit(gd.Ridge(penalty=1e-3), x, x[:, 0] + 1, seed=0)
    >>> bool(abs(model.predict(x[:1])[0] - 1) < 0.01)
    True
    """
    from . import _table

    inputs, targets = _table.inputs(x), _table.targets(y)
    _same_length("x", inputs.n_rows, "y", targets.n_rows)
    data: dict[str, Any] = {
        "target": [name for name, _ in targets.columns],
        "features": [] if spectra is not None else [name for name, _ in inputs.columns if name != inputs.smiles],
        "smiles": inputs.smiles,
        "skip_invalid": skip_invalid,
        "task": "classification" if task is None and targets.text else task,
        "images": _pixels(document(images), inputs.pixels),
        "spectra": document(spectra),
    }
    columns = inputs.columns + targets.columns
    if weights is not None:
        values = _table.row_weights(weights)
        _same_length("x", inputs.n_rows, "weights", len(values))
        columns.append(("weights", values))
        data["weights"] = "weights"
    settings = {
        "model": kind(model),
        "compare": _compare,
        "seed": document(seed),
        "baselines": baselines,
        "curves": [{"field": curve} if isinstance(curve, str) else document(curve) for curve in curves],
        "data": data,
        "molecules": document(features),
        "train": document(train),
        "scale": document(scale),
        "split": _shares(kind(split), validation, test),
        "loss": kind(loss),
        "precision": precision,
    }
    return Model(_native.fit(_json(settings), columns, n_threads(threads)))


def run(
    experiment: Experiment | Mapping[str, Any] | str | os.PathLike[str],
    *,
    settings: Mapping[str, Any] | None = None,
    threads: int = 0,
) -> Model | Forecaster:
    """Carry out an experiment that names its data, as `gedanken fit` does. One with forecasts gives a forecaster.

    Parameters
    ----------
    experiment : the path of a TOML file, a `gd.Experiment`, or a dict with the same fields
    settings : fields to set in it, such as `{"train.epochs": 50}`
    threads : 0 for one on every core; their number does not change the result
    """
    extra = {path: kind(value) if path == "model" else document(value) for path, value in (settings or {}).items()}
    if isinstance(experiment, (str, os.PathLike)):
        return held(_native.run(os.fspath(experiment), _json(extra), n_threads(threads)))
    fields = document(experiment if isinstance(experiment, Spec) else dict(experiment))
    if fields.get("data") is None:
        # Experiments without data are about those that the program brings along.
        from ._specs import Data

        fields["data"] = document(Data(dataset="boiling_points", target=["boiling_point"], smiles="smiles"))
    return held(_native.run(None, _json(fields | extra), n_threads(threads)))


def _json(settings: Mapping[str, Any]) -> str:
    try:
        return json.dumps({path: value for path, value in settings.items() if value is not None}, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(f"the specification contains a value that is not a number, text or list: {error}") from None


def _pixels(images: Any, pixels: tuple[int, ...] | None) -> Any:
    """The settings of images, with the shape of those in an array."""
    if pixels is None:
        return images
    return {**(images or {}), "pixels": list(pixels)}


def _shares(split: Any, validation: float | None, test: float | None) -> Any:
    if validation is None and test is None:
        return split
    if split is not None and "fractions" in split:
        raise InputError("`split.fractions` and `validation` or `test` mean the same\nhint: leave one of them out")
    validation, test = (0.1 if share is None else float(share) for share in (validation, test))
    return {**(split or {}), "fractions": [1 - validation - test, validation, test]}


def _same_length(first: str, n: int, second: str, m: int) -> None:
    if n != m:
        raise InputError(f"{first} has {n} rows, but {second} has {m}\nhint: give one row of each for every sample")
