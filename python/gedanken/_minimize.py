"""Functions that are minimized, and the loop that asks, calls and reports."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from math import isfinite
from typing import Any

from ._errors import GedankenError, InputError
from ._study import Study, whole
from ._trial import Trial


class Minimum:
    """The smallest value that was found. `gd.minimize` makes one."""

    def __init__(self, study: Study, trial: Trial) -> None:
        #: The study, which can go on: `found.study.optimize(function, trials=10)`.
        self.study = study
        #: The trial with the smallest value.
        self.trial = trial

    @property
    def x(self) -> dict[str, Any]:
        """The parameters at which the function was smallest."""
        return dict(self.trial.point)

    @property
    def value(self) -> float:
        """The smallest value."""
        return float(self.trial.outcomes[self.study.outcomes[0]])

    @property
    def trials(self) -> list[Trial]:
        """All trials in their order."""
        return self.study.trials

    def __repr__(self) -> str:
        return f"<gedanken.Minimum {self.value!r} at {self.x!r}>"


def minimize(
    function: Callable[..., Any],
    space: Any,
    *,
    trials: int = 50,
    batch: int = 1,
    seed: int = 0,
    **settings: Any,
) -> Minimum:
    """Find where a function that takes long is smallest, with few calls of it. The same seed gives the same points.

    Parameters
    ----------
    function : called with the parameters by name, `function(**point)`; it returns a number, or, with `limits` or a `cost`
        in the settings, a dict with "value" and these
    space : the parameters, as for `gd.Study`: `{"x": (-5.0, 10.0), "n": (1, 8), "solver": ["a", "b"]}`
    trials : how many calls; those that a study at `at` has from before count among them
    batch : how many points are chosen at once; each is then called in turn
    seed : of all random numbers
    settings : all others are those of `gd.Study`: `at`, `name`, `strategy`, `constraints`, `limits`, ...

    A call that returns NaN or an infinite number has failed; the search goes on and learns where not to go. An exception
    of the function marks its trial as failed, with its words, and passes through unchanged. Ctrl-C abandons the trial.

    Raises
    ------
    `gd.InputError`: the space makes no sense, a call returns no number, or no call returned a finite one.

    >>> import gedanken as gd
    >>> found = gd.minimize(lambda x, y: (x - 1) ** 2 + y**2, {"x": (-3.0, 3.0), "y": (-3.0, 3.0)}, trials=30)
    >>> found.value < 0.001, len(found.trials)
    (True, 30)
    """
    if "maximize" in settings or "minimize" in settings:
        raise InputError("gd.minimize has one objective, `value`\nhint: gd.Study(..., maximize=...).optimize(function)")
    trials, batch = whole("trials", trials), whole("batch", batch)
    study = Study(space, minimize="value", seed=seed, **settings)
    before = sum(trial.state in ("complete", "failed") for trial in study.trials)
    if trials > before:
        optimize(study, function, trials - before, batch)
    best = study.best
    if best is None:
        last = next((trial.reason for trial in reversed(study.trials) if trial.reason), "no constraint was satisfied")
        raise InputError(
            f"none of {len(study.trials)} trials can be used: {last}\nhint: check what the function returns"
        )
    return Minimum(study, best)


def optimize(study: Study, function: Callable[..., Any], trials: int, batch: int) -> None:
    """Asks for trials, calls the function, and reports the results."""
    left, batch = whole("trials", trials), whole("batch", batch)
    while left > 0:
        asked = study.ask(min(batch, left))
        if not asked:
            return
        left -= len(asked)
        _carry_out(study, function, asked)


def _carry_out(study: Study, function: Callable[..., Any], asked: list[Trial]) -> None:
    """Whatever happens, no trial stays pending."""
    waiting = list(asked)
    try:
        while waiting:
            try:
                found = function(**waiting[0].point)
            except Exception as error:
                _failed(study, waiting.pop(0), f"{type(error).__name__}: {error}")
                raise
            _tell(study, waiting[0], found)
            waiting.pop(0)
    except BaseException as error:
        for trial in waiting:
            with suppress(GedankenError):
                study.abandon(trial, f"the study was left by {type(error).__name__}")
        raise


def _tell(study: Study, trial: Trial, found: Any) -> None:
    try:
        outcomes = study._measured(found)
        odd = [f"{name} is {value}" for name, value in outcomes.items() if not isfinite(value)]
        if odd:
            study.tell(trial, failed=", ".join(odd))
        else:
            study.tell(trial, outcomes)
    except InputError as error:
        _failed(study, trial, str(error))
        raise


def _failed(study: Study, trial: Trial, reason: str) -> None:
    # What the function has raised matters more than that it cannot be written down.
    with suppress(GedankenError):
        study.tell(trial, failed=reason)


for _public in (Minimum, minimize):
    _public.__module__ = "gedanken"
