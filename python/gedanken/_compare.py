"""Several models on the same splits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ._errors import InputError
from ._fit import fit
from ._spec import Spec, kind

if TYPE_CHECKING:
    from ._model import Model


class Comparison:
    """Models on the same splits. `gd.compare` makes one; `print` shows the table and the conclusions."""

    def __init__(self, model: Model) -> None:
        #: The model that is selected: the best on validation rows.
        self.model = model
        self._found = model.metrics["comparison"]

    @property
    def figure(self) -> str:
        """The figure that is compared: RMSE or accuracy of the first target."""
        return str(self._found["figure"])

    @property
    def models(self) -> list[dict[str, Any]]:
        """A dictionary for each model, the selected one first: its `mean` figure, that of all `splits`, and the paired
        `difference` from the selected one with interval and p-value (corrected resampled t-test)."""
        return list(self._found["models"])

    @property
    def verdict(self) -> list[str]:
        """Conclusions, in sentences."""
        return list(self._found["verdict"])

    def __str__(self) -> str:
        return self.model.summary()

    def __repr__(self) -> str:
        names = ", ".join(model["model"] for model in self.models)
        return f"<gedanken.Comparison of {names}>"

    def _repr_html_(self) -> str:
        return self.model._repr_html_()


def compare(
    models: Sequence[Spec | str], x: Any, y: Any, *, folds: int = 5, repeats: int = 2, **settings: Any
) -> Comparison:
    """Train several models on the same splits and test which differences are significant.

    Parameters
    ----------
    models : specifications such as `gd.Mlp(hidden=[64])`, or names of kinds; at least two
    x, y : as for `gd.fit`
    folds, repeats : parts of a cross-validation, and how often it is done; without folds, `repeats` random splits
    settings : all others are those of `gd.fit`

    >>> import numpy as np, gedanken as gd
    >>> x = np.random.default_rng(0).normal(size=(200, 3))
    >>> found = gd.compare(["ridge", "mean"], x, x @ [1.0, 2.0, 3.0], seed=0)
    >>> found.models[0]["model"]
    'ridge'
    """
    if isinstance(models, (str, Spec)) or len(models) < 2:
        raise InputError(
            f"{models!r} is not a list of two or more models\nhint: gd.compare(['ridge', gd.Mlp(hidden=[64])], x, y)"
        )
    split = kind(settings.pop("split", None)) or {}
    split = {"folds": folds, "repeats": repeats, **split}
    return Comparison(fit(kind(models[0]), x, y, split=split, _compare=[kind(model) for model in models], **settings))


Comparison.__module__ = "gedanken"
