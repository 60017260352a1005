"""Trained models."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from . import _native
from ._errors import InputError

if TYPE_CHECKING:
    import numpy as np


class Model:
    """A trained model. `gd.fit`, `gd.run` and `gd.load` make one."""

    def __init__(self, native: _native.Model) -> None:
        self._native = native

    def predict(self, x: Any, *, return_std: bool = False, threads: int = 0) -> Any:
        """Numbers `(rows,)`, or `(rows, targets)` of several targets, or the likeliest class of each row.

        With `return_std` also their standard deviation, in the same shape: between the members of an ensemble or the
        samples of dropout, or as a network predicts it. NaN where a molecule cannot be read, for a model trained with
        `skip_invalid`.
        """
        if not self._native.is_classifier:
            return self._outputs(x, return_std, threads)
        import numpy as np

        if return_std:
            raise InputError("classes have no standard deviation\nhint: ask `predict_proba` for that of probabilities")
        probabilities = self._outputs(x, False, threads)
        unread = np.isnan(probabilities).any(axis=1)
        if unread.any():
            raise InputError(
                f"x holds no molecule in row {int(unread.argmax())} (counted from 0), so it has no class\n"
                "hint: leave the row out, or ask `predict_proba`, which gives NaN"
            )
        return self.classes[probabilities.argmax(axis=1)]

    def predict_proba(self, x: Any, *, return_std: bool = False, threads: int = 0) -> Any:
        """Probabilities `(rows, classes)`, in the order of `classes`; with `return_std` also their deviation."""
        if not self._native.is_classifier:
            raise InputError("this model predicts numbers, which have no probabilities\nhint: use `predict`")
        return self._outputs(x, return_std, threads)

    def predict_interval(self, x: Any, *, level: float | None = None, threads: int = 0) -> Any:
        """Lower and upper ends of conformal intervals, each `(rows,)`, or `(rows, targets)` of several targets.

        A share `level` of new values lies inside, 0.9 unless the training set another; infinite where the model had
        too few validation rows for this level.

        >>> import numpy as np, gedanken as gd
        >>> x = np.arange(400.0).reshape(200, 2)
        >>> model = gd.fit(gd.Ridge(penalty=1e-3), x, x[:, 0] % 7, seed=0)
        >>> low, high = model.predict_interval(x, level=0.8)
        >>> bool((low < high).all())
        True
        """
        table = self._table(x)
        ends = self._native.intervals(table.columns, _level(level), n_threads(threads))
        if ends is None:
            raise InputError(
                "this model has no intervals: it predicts classes, or was trained without validation rows\n"
                "hint: ask `predict_set` for classes, or train with `validation=0.1`"
            )
        return ends

    def predict_set(self, x: Any, *, level: float | None = None, threads: int = 0) -> list[list[Any]]:
        """For each row the classes among which the true one is with probability `level`, the likeliest first."""
        table = self._table(x)
        sets = self._native.sets(table.columns, _level(level), n_threads(threads))
        if sets is None:
            raise InputError(
                "this model has no sets: it predicts numbers, or was trained without validation rows\n"
                "hint: ask `predict_interval` for numbers, or train with `validation=0.1`"
            )
        return [[self.classes[at] for at in row] for row in sets]

    def domain(self, x: Any, *, threads: int = 0) -> dict[str, Any]:
        """How far each row lies from the training rows.

        `place` is "inside", "edge" or "outside"; `distance` that to the nearest training row (one minus the Tanimoto
        similarity of molecules, Mahalanobis' distance of numbers); `nearest` that row, counted from 0. Of networks also
        `density`: the share of the training rows that lie in less dense places of the last hidden layer.
        """
        import numpy as np

        place, distance, nearest, density = self._native.domain(self._table(x).columns, n_threads(threads))
        found = {"place": place, "distance": np.array(distance), "nearest": np.array(nearest)}
        return found if density is None else {**found, "density": np.array(density)}

    def _outputs(self, x: Any, return_std: bool, threads: int) -> Any:
        values, deviation = self._native.predict(self._table(x).columns, n_threads(threads))
        if not return_std:
            return values
        if deviation is None:
            raise InputError(
                "a single model has no standard deviation\n"
                "hint: train several: `gd.Bagging(of=gd.Mlp())` or `gd.Averaging`; or a network with "
                "`loss=gd.GaussianNegativeLogLikelihood()`"
            )
        return values, deviation

    def _table(self, x: Any) -> Any:
        from . import _table

        table = _table.inputs(x)
        expected = self.experiment["data"]["features"]
        if table.numbered and len(table.columns) != len(expected):
            names = ", ".join(expected[:10]) or "molecules"
            raise InputError(
                f"x has {len(table.columns)} columns, but the model was trained on {len(expected)} ({names})\n"
                "hint: give the features that it was trained on, in the same order"
            )
        return table

    @property
    def classes(self) -> np.ndarray[Any, Any]:
        """Classes in the order of probabilities; names that are all whole numbers come as numbers."""
        from . import _table

        return _table.labels(self._native.classes)

    @property
    def targets(self) -> list[str]:
        """Names of what is predicted."""
        return self._native.targets

    @property
    def experiment(self) -> dict[str, Any]:
        """Everything about its training, with defaults filled in."""
        return dict(json.loads(self._native.experiment))

    @property
    def spec(self) -> dict[str, Any]:
        """The model's part of the experiment."""
        return dict(self.experiment["model"])

    @property
    def metrics(self) -> dict[str, Any]:
        """Figures on test rows with 95 % intervals, of baselines and model; empty for a model from a file."""
        return dict(json.loads(self._native.metrics))

    @property
    def history(self) -> list[dict[str, Any]]:
        """A dictionary for each training: losses and learning rates of its epochs, and the best epoch."""
        return self._native.history

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model to one safetensors file."""
        self._native.save(os.fspath(path))

    def __repr__(self) -> str:
        parts = f", {self._native.n_parts} parts" if self._native.n_parts > 1 else ""
        kind, targets = self.spec["kind"], ", ".join(self.targets)
        return f"<gedanken.Model {kind} for {targets}: {self._native.train_rows} training rows{parts}>"

    def __reduce__(self) -> tuple[Any, ...]:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "model.safetensors")
            self.save(file)
            return _unpickle, (file.read_bytes(),)


def load(path: str | os.PathLike[str]) -> Model:
    """Read a model from a file, or from the folder of a run."""
    return Model(_native.load(os.fspath(path)))


def _unpickle(content: bytes) -> Model:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.safetensors")
        file.write_bytes(content)
        return load(file)


def _level(level: Any) -> float | None:
    """A share, or the words that say why not."""
    if level is None or (isinstance(level, (int, float)) and 0.01 <= level <= 0.999):
        return level
    raise InputError(f"level is {level!r}, expected a share\nhint: a number from 0.01 to 0.999, such as 0.9")


def n_threads(threads: Any) -> int:
    """A number of threads, or the words that say why not."""
    if not isinstance(threads, int) or isinstance(threads, bool) or threads < 0:
        raise InputError(f"threads is {threads!r}, expected a whole number\nhint: 0 takes one for every core")
    return threads


Model.__module__ = "gedanken"
