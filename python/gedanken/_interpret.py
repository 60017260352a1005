"""Explanations of models and of single predictions."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from ._display import framed


class Interpretation:
    """An explanation. `model.interpret` makes one; a notebook shows it as a page, `print` as tables."""

    def __init__(self, found: str, page: str, text: str, figures: str) -> None:
        self._found, self._page, self._text, self._figures = json.loads(found), page, text, figures

    @property
    def importance(self) -> list[dict[str, Any]]:
        """Features with their `loss` where they are shuffled and its interval (`low`, `high`), the largest first.

        Empty where no targets were given, or single rows are explained.
        """
        return list((self._found["importance"] or {"features": []})["features"])

    @property
    def dependence(self) -> list[dict[str, Any]]:
        """For each plotted feature its `values` (or `words`), the `mean` prediction there, and curves of `single` rows."""
        return list(self._found["dependence"])

    @property
    def explained(self) -> list[dict[str, Any]]:
        """For each row or molecule the prediction, the contribution of each feature, atoms, and nearest counterfactuals."""
        return list(self._found["explained"])

    @property
    def figures(self) -> dict[str, Any]:
        """Figures for Plotly: `plotly.graph_objects.Figure(found.figures["importance"])`."""
        return dict(json.loads(self._figures))

    def to_dict(self) -> dict[str, Any]:
        """Everything, as numbers, texts and lists."""
        return dict(self._found)

    def to_html(self) -> str:
        """The page, one file without scripts."""
        return self._page

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the page to a file."""
        Path(path).write_text(self._page, encoding="utf-8")

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        what = f"{len(self.explained)} rows" if self.explained else f"{self._found['rows']} rows together"
        return f"<gedanken.Interpretation of {self._found['output']}: {what}>"

    def _repr_html_(self) -> str:
        return framed(self._page)


Interpretation.__module__ = "gedanken"
