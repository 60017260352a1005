"""Studies: experiments that are proposed, carried out, and reported."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from . import _campaign, _native
from ._display import facts
from ._errors import GedankenError, InputError
from ._spec import Spec, document
from ._trial import Trial

if TYPE_CHECKING:
    from ._specs import Campaign, Constraint, OutcomeLimit, Strategy

#: Trials that may be asked for at once.
MOST = 1_000_000


class Study:
    """Experiments chosen by Bayesian optimization: ask for the next, carry it out, report the result.

    Parameters
    ----------
    space : the parameters, by name: `(20.0, 120.0)` is a range of numbers, `(1, 8)` of whole numbers, a list of words
        or of numbers is a choice, a single value stays the same; all else is a specification such as
        `gd.ContinuousParameter(low=1e-4, high=1, log=True)` or `gd.MoleculeParameter(values=["CCO", "CO"])`. Or a whole
        campaign: the path of a `campaign.toml`, a `gd.Campaign`, or a dict with its fields. Without a space and an
        objective the study that is at `at` is opened
    maximize, minimize : names of what is measured and shall become large or small; several make a front
    at : the path of a file (SQLite) or the address of a PostgreSQL database that keeps the study, so that nothing is lost;
        by default it is in memory, and gone with the object. A study of the same name that is there goes on, if it is
        about the same
    name : the study's name; default "study", or that of the campaign's file
    seed : of all random numbers; default 0. The same seed and the same outcomes give the same points
    strategy : how points are chosen, such as `gd.Strategy(initial=10)`
    constraints : linear conditions on numbers, such as `gd.Constraint(weights={"acid": 1, "base": 1}, at_most=1)`
    limits : constraints on further measured quantities, such as `gd.OutcomeLimit(name="impurity", at_most=5)`
    cost : the name of the cost of a trial in reported results, or `gd.KnownCostRule(...)`
    budget : how many trials, or how much cost, the study may take in all
    lease_hours : hours after which a trial without a result is proposed again; by default never
    candidates : the only points that may be tried, with a column for each parameter: a dict, a data frame or the path of
        a table. Without a space the columns are the parameters

    Raises
    ------
    `gd.InputError` names the parameter or field that makes no sense; `gd.MissingFileError` a file that is not there.

    >>> import gedanken as gd
    >>> study = gd.Study({"x": (0.0, 1.0)}, minimize="y", seed=0)
    >>> for _ in range(12):
    ...     trial = study.ask()
    ...     study.tell(trial, (trial["x"] - 0.3) ** 2)
    >>> abs(study.best["x"] - 0.3) < 0.01
    True
    """

    def __init__(
        self,
        space: Mapping[str, Any] | Campaign | str | os.PathLike[str] | None = None,
        *,
        maximize: str | Sequence[str] | None = None,
        minimize: str | Sequence[str] | None = None,
        at: str | os.PathLike[str] | None = None,
        name: str | None = None,
        seed: int | None = None,
        strategy: Strategy | Mapping[str, Any] | None = None,
        constraints: Sequence[Constraint | Mapping[str, Any]] | None = None,
        limits: Sequence[OutcomeLimit | Mapping[str, Any]] | None = None,
        cost: Spec | Mapping[str, Any] | str | None = None,
        budget: float | None = None,
        lease_hours: float | None = None,
        candidates: Any = None,
    ) -> None:
        others = {
            "seed": seed,
            "strategy": strategy,
            "constraints": constraints,
            "limits": limits,
            "budget": budget,
            "lease_hours": lease_hours,
        }
        fields = _campaign.settings(maximize, minimize, cost, others)
        place = ":memory:" if at is None else os.fspath(at)
        if space is None and candidates is None and not fields:
            if at is None:
                raise InputError(
                    "there is no space\n"
                    "hint: gd.Study({'x': (0.0, 1.0)}, maximize='yield') begins a study, gd.Study(at='file.db') opens one"
                )
            self._keep(_native.open_study(place, name), place)
            return
        columns = None
        if isinstance(candidates, (str, os.PathLike)):
            fields["candidates"] = os.path.abspath(candidates)
        elif candidates is not None:
            columns = _columns(candidates)
        if name is not None:
            fields["name"] = name
        text, folder = _campaign.campaign(space, fields)
        self._keep(_native.begin_study(text, place, folder, columns), place)

    def _keep(self, native: _native.Study, place: str) -> None:
        self._held, self._place, self._process = native, place, os.getpid()
        self._parameters, self._outcomes = native.parameters, native.outcomes

    @property
    def _native(self) -> _native.Study:
        if self._process == os.getpid():
            return self._held
        raise GedankenError(
            "the study was opened before this process was forked, and its connection belongs to the other\n"
            "hint: open it in each process: gd.Study(at=...)"
        )

    def ask(
        self,
        n: int | None = None,
        *,
        worker: str | None = None,
        request: str | None = None,
        lease_hours: float | None = None,
    ) -> Any:
        """The next trial to carry out, or a list of at most `n`.

        A list is shorter, or empty, where the space is exhausted, or where what comes after the design waits for its
        outcomes; a single trial is an error then. Trials whose `lease_hours` have run out come first. Who asks again with
        the same `request` gets the same trials. Other threads of Python go on meanwhile.

        >>> import gedanken as gd
        >>> study = gd.Study({"solvent": ["DMF", "THF"]}, maximize="yield")
        >>> sorted(trial["solvent"] for trial in study.ask(5))
        ['DMF', 'THF']
        """
        n = n if n is None else whole("n", n)
        found = self._read(self._native.ask(1 if n is None else n, worker, request, lease_hours))
        if n is not None:
            return found
        if not found:
            raise InputError(
                "the space is exhausted: every point was tried or is pending\n"
                "hint: `ask(1)` gives an empty list then; `replicate` repeats a trial"
            )
        return found[0]

    def replicate(self, trial: Trial | int, *, worker: str | None = None, lease_hours: float | None = None) -> Trial:
        """Another trial at the point of an earlier one, to measure the noise."""
        return self._trial(json.loads(self._native.replicate(_number(trial), worker, lease_hours)))

    def tell(
        self,
        trial: Trial | int | Mapping[str, Any],
        value: Any = None,
        *,
        failed: str | bool | None = None,
        correct: bool = False,
    ) -> None:
        """Report the result of a trial. It is on the disk when the call returns; to report the same again changes nothing.

        Parameters
        ----------
        trial : a trial, its number, or a dict of its parameters: the first trial that is pending there, or else an
            experiment that nobody has asked for, which is added
        value : a finite number, or a dict where several things are measured (objectives, limits, cost)
        failed : the reason for which there is no value, or `True`; the study learns where not to go
        correct : replace the earlier report

        Raises
        ------
        `gd.InputError`: there is no such trial, a value is missing or not a finite number, another result was reported before.

        >>> import gedanken as gd
        >>> study = gd.Study({"x": (0.0, 1.0)}, minimize=["y", "z"])
        >>> study.tell({"x": 0.5}, {"y": 1.5, "z": 0.5})
        >>> study.trials[0].outcomes
        {'y': 1.5, 'z': 0.5}
        """
        if value is None and not failed:
            raise InputError(f"there is no value for {', '.join(self._outcomes)}\nhint: report one, or `failed='why'`")
        outcomes = {} if value is None else self._measured(value)
        reason = failed if isinstance(failed, str) else None
        self._tell(trial, "failed" if failed else "complete", outcomes, reason, correct)

    def abandon(self, trial: Trial | int, reason: str | None = None) -> None:
        """Give a trial up that was never carried out: it is ignored from then on."""
        self._tell(_number(trial), "abandoned", {}, reason, False)

    def optimize(self, function: Callable[..., Any], *, trials: int = 50, batch: int = 1) -> Study:
        """Ask, call `function` with the parameters by name, and tell, for so many further trials; the study itself.

        Parameters
        ----------
        function : called as `function(**trial.point)`; it returns a number, or a dict where several things are measured
        trials : how many further ones; fewer where the space is exhausted
        batch : how many are asked for at once

        NaN and infinite values mark a trial as failed, and the study goes on. An exception marks it as failed with its
        words and passes through unchanged; Ctrl-C abandons it.

        >>> import gedanken as gd
        >>> study = gd.Study({"x": (-2.0, 2.0)}, maximize="y")
        >>> study.optimize(lambda x: 1 - x**2, trials=15).best.value > 0.999
        True
        """
        from ._minimize import optimize

        optimize(self, function, trials, batch)
        return self

    @property
    def trials(self) -> list[Trial]:
        """All trials in the order of their numbers, as they are now."""
        return self._read(self._native.trials())

    @property
    def best(self) -> Trial | None:
        """The best complete trial that satisfies all constraints; `None` before there is one."""
        if len(self.campaign["objectives"]) > 1:
            raise InputError("of several objectives there is no single best trial\nhint: see `front`")
        return next(iter(self.front), None)

    @property
    def front(self) -> list[Trial]:
        """The trials that no other beats in all objectives; of a single objective the best one."""
        return self._read(self._native.best()[0])

    @property
    def hypervolume(self) -> float | None:
        """Of several objectives the hypervolume between the Pareto front and the worst values so far."""
        return self._native.best()[1]

    def why(self, trial: Trial | int | None = None) -> str:
        """Why a trial was proposed, as text; by default the last one that is pending, or the last."""
        if trial is None:
            trials = self.trials
            if not trials:
                return "Nothing was asked for yet."
            trial = next((one for one in reversed(trials) if one.state == "pending"), trials[-1])
        return self._native.why(_number(trial))

    def to_csv(self) -> str:
        """All trials as the text of a table: number, state, parameters, outcomes, reason."""
        return self._native.export()

    def to_frame(self) -> Any:
        """All trials as a data frame of pandas, with a row for each: state, parameters, outcomes, reason."""
        try:
            import pandas  # type: ignore[import-untyped]
        except ImportError:
            raise GedankenError(
                "pandas is not installed, which a data frame needs\nhint: `pip install pandas`, or use `trials`"
            ) from None
        names = ["state", *self._parameters, *self._outcomes, "reason"]
        rows = [{"state": one.state, **one.point, **one.outcomes, "reason": one.reason} for one in self.trials]
        return pandas.DataFrame(rows, columns=names, index=pandas.RangeIndex(1, len(rows) + 1, name="trial"))

    @property
    def name(self) -> str:
        """The study's name."""
        return self._native.name

    @property
    def place(self) -> str:
        """Its storage: ":memory:", a path, or an address without its password."""
        return self._native.place

    @property
    def campaign(self) -> dict[str, Any]:
        """Everything about the study, with defaults filled in."""
        return dict(json.loads(self._native.campaign))

    @property
    def parameters(self) -> list[str]:
        """Names of the parameters."""
        return list(self._parameters)

    @property
    def outcomes(self) -> list[str]:
        """Names of the measured quantities: objectives, constraints, cost."""
        return list(self._outcomes)

    def _read(self, text: str) -> list[Trial]:
        return [self._trial(fields) for fields in json.loads(text)]

    def _trial(self, fields: Mapping[str, Any]) -> Trial:
        return Trial(fields, self._parameters, self._outcomes)

    def _measured(self, value: Any) -> dict[str, float]:
        """The measured values, by name."""
        names = self._outcomes
        if not isinstance(value, Mapping):
            if len(names) > 1:
                given = ", ".join(f"{name!r}: ..." for name in names)
                raise InputError(
                    f"{value!r} is one value, but the study measures {', '.join(names)}\nhint: give {{{given}}}"
                )
            value = {names[0]: value}
        return {str(name): _float(name, one) for name, one in value.items()}

    def _tell(self, trial: Any, state: str, outcomes: dict[str, float], reason: str | None, correct: bool) -> None:
        # Text that is no Unicode, or holds a zero, can be stored in no database.
        text = reason and reason.encode("utf-8", "replace").decode().replace("\0", "")
        if isinstance(trial, Mapping) and not isinstance(trial, Trial):
            if correct:
                raise InputError("a point may have several trials\nhint: to correct one, give it or its number")
            self._native.tell_point(_campaign.point(trial), state, outcomes, text or None)
        else:
            self._native.tell(_number(trial), state, outcomes, text or None, correct)

    def __repr__(self) -> str:
        n, best = len(self.trials), self.front
        told = f", best {self._outcomes[0]} = {best[0].value!r} in trial {best[0].number}" if best else ""
        if len(best) > 1:
            told = f", {len(best)} on the Pareto front"
        return f"<gedanken.Study {self.name}: {n} trial{'' if n == 1 else 's'}{told}>"

    def _repr_html_(self) -> str:
        trials = self.trials
        rows: list[tuple[str, Any]] = [("kept in", self.place), ("trials", len(trials))]
        rows += [(f"best: trial {one.number}", _words(one)) for one in self.front]
        rows += [(f"{one.state}: trial {one.number}", _words(one)) for one in trials if one.state == "pending"]
        return facts(f"study {self.name}", rows)

    def __reduce__(self) -> tuple[Any, ...]:
        if self._place == ":memory:":
            raise GedankenError(
                "a study in memory cannot be pickled\nhint: keep it in a file: gd.Study(..., at='x.db')"
            )
        return _reopen, (self._place, self.name)


def _reopen(at: str, name: str) -> Study:
    return Study(at=at, name=name)


def whole(name: str, value: Any) -> int:
    """A number of trials, or an error."""
    number = document(value)
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= MOST:
        return number
    raise InputError(f"{name} is {value!r}, expected a whole number\nhint: from 1 to {MOST}")


def _number(trial: Any) -> int:
    """The number of a trial."""
    if isinstance(trial, Trial):
        return trial.number
    number = document(trial)
    if isinstance(number, int) and not isinstance(number, bool) and number.bit_length() < 64:
        return number
    raise InputError(f"{trial!r} is not a trial\nhint: give the result of `ask`, its number, or a dict of its parameters")


def _float(name: Any, value: Any) -> float:
    if isinstance(value, (str, bytes, bool)):
        raise InputError(f"`{name}` is {value!r}, expected a number\nhint: report `failed='why'` where there is none")
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise InputError(
            f"`{name}` is {value!r} of type {type(value).__name__}, expected a number\n"
            "hint: report `failed='why'` where there is none"
        ) from None


def _words(trial: Trial) -> str:
    values = {**trial.point, **trial.outcomes}.items()
    return ", ".join(f"{name} = {f'{value:.6g}' if isinstance(value, float) else value}" for name, value in values)


def _columns(candidates: Any) -> list[tuple[str, Any]]:
    from . import _table

    if not _table.is_named(candidates):
        raise InputError(
            f"candidates is of type {type(candidates).__name__}, expected columns with names\n"
            "hint: a dict such as {'x': [1, 2, 3]}, a data frame, or the path of a table"
        )
    return _table.named(candidates, "candidates")


Study.__module__ = "gedanken"
