"""What may be varied, in the notation of Python, as a campaign writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from ._errors import InputError
from ._spec import Spec, document


def parameters(space: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parameters of a campaign, in the order of the space.

    >>> parameters({"time": (1, 24), "solvent": ["DMF", "THF"]})[0]
    {'kind': 'integer', 'low': 1, 'high': 24, 'name': 'time'}
    """
    return [{**_parameter(name, value), "name": name} for name, value in space.items()]


def _parameter(name: Any, given: Any) -> dict[str, Any]:
    if not isinstance(name, str):
        raise InputError(f"{name!r} is no name of a parameter\nhint: names are text, such as 'temperature'")
    if isinstance(given, (Spec, Mapping)):
        fields = dict(document(given if isinstance(given, Spec) else dict(given)))
        own = fields.get("name", name)
        if own != name:
            raise InputError(f"parameter `{name}` is called {own!r} inside\nhint: leave its `name` out")
        return fields
    values = document(list(given) if isinstance(given, range) else given)
    words = isinstance(values, list) and bool(values) and all(isinstance(value, str) for value in values)
    if words:
        return {"kind": "categorical", "values": values}
    if isinstance(given, tuple):
        return _range(name, values)
    if isinstance(values, list):
        return _choice(name, values)
    if isinstance(values, (str, bool)) or _is_number(values):
        return {"kind": "fixed", "value": values}
    raise InputError(
        f"parameter `{name}` is {given!r}, expected a range, a list of choices or a single value\n"
        "hint: (20.0, 120.0) is a range of numbers, (1, 8) of whole numbers, ['DMF', 'THF'] is a choice"
    )


def _range(name: str, ends: list[Any]) -> dict[str, Any]:
    if len(ends) != 2 or not all(map(_is_number, ends)):
        raise InputError(
            f"parameter `{name}` is {tuple(ends)!r}, expected a range, which has two finite numbers\n"
            "hint: (20.0, 120.0) is a range, a list is a choice: [20, 50, 120]"
        )
    whole = all(isinstance(end, int) for end in ends)
    return {"kind": "integer" if whole else "continuous", "low": ends[0], "high": ends[1]}


def _choice(name: str, values: list[Any]) -> dict[str, Any]:
    if not values:
        raise InputError(f"parameter `{name}` has no values\nhint: list what it may be, such as ['DMF', 'THF']")
    odd = next((value for value in values if not _is_number(value)), None)
    if odd is None and not any(value is None for value in values):
        return {"kind": "ordinal", "values": values}
    raise InputError(
        f"parameter `{name}` may be {odd!r} among {len(values)} values, expected words alone or finite numbers alone\n"
        "hint: write all of them as words: ['1', 'none']"
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)
