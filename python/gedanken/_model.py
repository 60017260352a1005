"""Trained models."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from . import _native
from ._display import facts, framed
from ._errors import InputError
from ._interpret import Interpretation
from ._spec import document

if TYPE_CHECKING:
    import numpy as np


class Model:
    """A trained model. `gd.fit`, `gd.run` and `gd.load` make one."""

    def __init__(self, native: _native.Model) -> None:
        self._native = native

    def predict(self, x: Any, *, return_std: bool = False, threads: int = 0) -> Any:
        """Numbers `(rows,)`, or `(rows, targets)` of several targets, or the predicted class of each row.

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
        """Probabilities `(rows, classes)`, in the order of `classes`; with `return_std` also their standard deviation."""
        if not self._native.is_classifier:
            raise InputError("this model predicts numbers, which have no probabilities\nhint: use `predict`")
        return self._outputs(x, return_std, threads)

    def predict_interval(self, x: Any, *, level: float | None = None, threads: int = 0) -> Any:
        """Lower and upper bounds of conformal intervals, each `(rows,)`, or `(rows, targets)` of several targets.

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
        """For each row the classes among which the true one is with probability `level`, the most probable first."""
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

        `domain` is "in_domain", "borderline" or "out_of_domain"; `distance` that to the nearest training row (one minus
        the Tanimoto similarity of molecules, Mahalanobis' distance of numbers); `nearest` that row, counted from 0. Of networks also
        `density`: the share of the training rows that lie in less dense places of the last hidden layer.
        """
        import numpy as np

        status, distance, nearest, density = self._native.domain(self._table(x).columns, n_threads(threads))
        found = {"domain": status, "distance": np.array(distance), "nearest": np.array(nearest)}
        return found if density is None else {**found, "density": np.array(density)}

    def evaluate(self, x: Any, y: Any, *, threads: int = 0) -> dict[str, Any]:
        """Compare predictions with observed values: metrics with 95 % intervals, for each target.

        >>> import numpy as np, gedanken as gd
        >>> x = np.arange(400.0).reshape(200, 2)
        >>> model = gd.fit(gd.Ridge(penalty=1e-3), x[:150], x[:150, 0], seed=0)
        >>> model.evaluate(x[150:], x[150:, 0])["targets"][0]["rmse"]["value"] < 0.01
        True
        """
        return dict(json.loads(self._native.evaluate(self._with_targets(x, y), n_threads(threads))))

    def interpret(
        self,
        x: Any,
        y: Any = None,
        *,
        rows: Any = (),
        smiles: Any = (),
        target: str | None = None,
        features: Any = (),
        judged: Any = (),
        seed: int = 0,
        repeats: int = 10,
        samples: int = 200,
        background: int = 100,
        steps: int = 256,
        threads: int = 0,
    ) -> Interpretation:
        """Feature importance and partial dependence over the rows of `x`, or explanations of single predictions.

        Parameters
        ----------
        x : features as for `predict`
        y : what was observed; without it there is no importance
        rows, smiles : rows of `x` (counted from 0) and molecules that are explained one by one
        target : the target or class that is explained; by default the first target, or the predicted class
        features : features whose dependence is drawn; by default the six most important
        judged : rows on which importance is measured; by default all
        seed : of all random numbers
        repeats : how often each feature is shuffled
        samples : random orders of the features for Shapley values, where there are more than ten
        background : rows that stand for the absence of a feature
        steps : of the path of integrated gradients

        >>> import numpy as np, gedanken as gd
        >>> x = np.random.default_rng(0).normal(size=(200, 3))
        >>> model = gd.fit(gd.Ridge(penalty=1e-3), x, x @ [1.0, 5.0, 0.0], seed=0)
        >>> model.interpret(x, x @ [1.0, 5.0, 0.0]).importance[0]["name"]
        'x1'
        """
        columns = self._table(x).columns if y is None else self._with_targets(x, y)
        asked = {
            "rows": rows,
            "smiles": smiles,
            "target": target,
            "features": features,
            "judged": judged,
            "seed": seed,
            "repeats": repeats,
            "samples": samples,
            "background": background,
            "steps": steps,
        }
        asked = {name: document(list(value) if isinstance(value, range) else value) for name, value in asked.items()}
        return Interpretation(*self._native.interpret(columns, json.dumps(asked), n_threads(threads)))

    def _with_targets(self, x: Any, y: Any) -> list[tuple[str, Any]]:
        """Columns of both; targets have the names of the training."""
        from . import _table

        inputs, targets = self._table(x), _table.targets(y)
        if inputs.n_rows != targets.n_rows:
            raise InputError(f"x has {inputs.n_rows} rows, but y has {targets.n_rows}\nhint: give one of each")
        if len(targets.columns) != len(self.targets):
            raise InputError(
                f"y has {len(targets.columns)} columns, but the model predicts {len(self.targets)}\n"
                f"hint: give {', '.join(self.targets)}"
            )
        named = zip(self.targets, targets.columns)
        return inputs.columns + [(name, cells) for name, (_, cells) in named]

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
        pixels = (self.experiment["data"].get("images") or {}).get("pixels")
        if table.pixels is not None and list(table.pixels) != pixels:
            read = "no images" if pixels is None else f"images of shape {tuple(pixels)}"
            raise InputError(f"x holds images of shape {table.pixels}, but the model reads {read}\nhint: give such as those")
        return table

    @property
    def classes(self) -> np.ndarray[Any, Any]:
        """Classes in the order of probabilities; names that are all whole numbers come as numbers."""
        from . import _table

        return _table.labels(self._native.classes)

    @property
    def targets(self) -> list[str]:
        """Names of the targets."""
        return self._native.targets

    @property
    def experiment(self) -> dict[str, Any]:
        """Everything about its training, with defaults filled in."""
        return dict(json.loads(self._native.experiment))

    @property
    def spec(self) -> dict[str, Any]:
        """The model's part of the experiment."""
        return dict(self.experiment["model"])

    def looks(self, x: Any) -> list[list[tuple[str, float]]]:
        """For each row the steps of its sequence and the weights of attention on them, which sum to one.

        For models of sequences that were trained with `attention=True`.
        """
        return self._native.looks(self._table(x).columns)

    @property
    def metrics(self) -> dict[str, Any]:
        """Figures on test rows with 95 % intervals, of baselines and model; empty for a model from a file."""
        return dict(json.loads(self._native.metrics))

    @property
    def history(self) -> list[dict[str, Any]]:
        """A dictionary for each training: losses and learning rates of its epochs, and the best epoch."""
        return self._native.history

    def summary(self) -> str:
        """Tables of test figures, and conclusions of a comparison; empty for a model from a file."""
        return self._native.summary().lstrip("\n")

    def report(self) -> str:
        """The report of its training as a page, one file without scripts; a model from a file has none."""
        page = self._native.report()
        if page is None:
            raise InputError("a model from a file has no report\nhint: `report.html` is in the same folder")
        return page

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the model to one safetensors file."""
        self._native.save(os.fspath(path))

    def __repr__(self) -> str:
        parts = f", {self._native.n_parts} parts" if self._native.n_parts > 1 else ""
        kind, targets = self.spec["kind"], ", ".join(self.targets)
        return f"<gedanken.Model {kind} for {targets}: {self._native.train_rows} training rows{parts}>"

    def _repr_html_(self) -> str:
        page = self._native.report()
        if page is not None:
            return framed(page)
        rows = [("predicts", ", ".join(self.targets)), ("training rows", self._native.train_rows)]
        return facts(self.spec["kind"], rows)

    def __reduce__(self) -> tuple[Any, ...]:
        import tempfile
        from pathlib import Path

        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder, "model.safetensors")
            self.save(file)
            return _unpickle, (file.read_bytes(),)


def load(path: str | os.PathLike[str]) -> Any:
    """Read a model or a forecaster from a file, or from the folder of a run."""
    return held(_native.load(os.fspath(path)))


def held(native: Any) -> Any:
    """The Python class around what the compiled part gives."""
    from ._forecast import Forecaster

    return Forecaster(native) if isinstance(native, _native.Forecaster) else Model(native)


def _unpickle(content: bytes) -> Model:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "model.safetensors")
        file.write_bytes(content)
        return load(file)


def _level(level: Any) -> float | None:
    """A fraction, or an error."""
    if level is None or (isinstance(level, (int, float)) and 0.01 <= level <= 0.999):
        return level
    raise InputError(f"level is {level!r}, expected a fraction\nhint: a number from 0.01 to 0.999, such as 0.9")


def n_threads(threads: Any) -> int:
    """A number of threads, or an error."""
    if not isinstance(threads, int) or isinstance(threads, bool) or threads < 0:
        raise InputError(f"threads is {threads!r}, expected a whole number\nhint: 0 takes one for every core")
    return threads


Model.__module__ = "gedanken"
