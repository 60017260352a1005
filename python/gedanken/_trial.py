"""A single experiment of a study."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


class Trial(Mapping[str, Any]):
    """An experiment of a study, as it was when it was read: `study.trials` reads again. It is a mapping of its parameters.

    >>> import gedanken as gd
    >>> study = gd.Study({"temperature": (20.0, 120.0), "solvent": ["DMF", "THF"]}, maximize="yield")
    >>> trial = study.ask()
    >>> list(trial), trial.number, trial["temperature"] == trial.point["temperature"]
    (['temperature', 'solvent'], 1, True)
    """

    def __init__(self, fields: Mapping[str, Any], names: list[str], outcomes: list[str]) -> None:
        self._fields = fields
        self._outcomes = outcomes
        #: A value for each parameter, in the order of the space.
        self.point: dict[str, Any] = {name: fields["point"][name] for name in names if name in fields["point"]}

    @property
    def number(self) -> int:
        """Its place in the study: 1, 2, 3 and so on."""
        return int(self._fields["number"])

    @property
    def state(self) -> str:
        """How far it has come: "pending", "complete", "failed" or "abandoned"."""
        return str(self._fields["state"])

    @property
    def outcomes(self) -> dict[str, float]:
        """The measured values, by name; empty before they are reported."""
        return dict(self._fields["outcomes"])

    @property
    def value(self) -> float | None:
        """The measured value of the first objective; `None` where there is none."""
        return self.outcomes.get(self._outcomes[0])

    @property
    def reason(self) -> str | None:
        """Why it failed, or was given up."""
        reason: str | None = self._fields["reason"]
        return reason

    @property
    def origin(self) -> str:
        """Where the point comes from: "design", "model", "replicate", "told" or "imported"."""
        return str(self._fields["origin"])

    @property
    def expected(self) -> dict[str, Any] | None:
        """The prediction when the trial was proposed; `None` in a design, where there was no model.

        `mean` and `deviation` of the only objective, `log_improvement`, the probability that it is `feasible` (keeps all
        limits), its `cost`, and the `nearest` finished trial with its distance in lengthscales.
        """
        notes = self._fields["notes"] or {}
        return notes.get("expected")

    @property
    def worker(self) -> str | None:
        """Who carries it out, where one was named."""
        worker: str | None = self._fields["worker"]
        return worker

    @property
    def asked(self) -> float:
        """When it was asked for, in seconds since 1970."""
        return float(self._fields["asked"])

    @property
    def told(self) -> float | None:
        """When its result was reported, in seconds since 1970."""
        told: float | None = self._fields["told"]
        return told

    def __getitem__(self, name: str) -> Any:
        return self.point[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.point)

    def __len__(self) -> int:
        return len(self.point)

    def __eq__(self, other: object) -> bool:
        return self._fields == other._fields if isinstance(other, Trial) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.number)

    def __repr__(self) -> str:
        values = {**self.point, **self.outcomes}
        parts = ", ".join(f"{name}={value!r}" for name, value in values.items())
        return f"<gedanken.Trial {self.number}, {self.state}: {parts}>"


Trial.__module__ = "gedanken"
