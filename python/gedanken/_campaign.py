"""The campaign of `gd.Study`, as the document that Rust checks."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from math import isfinite
from typing import Any

from . import _native
from ._errors import InputError
from ._space import parameters
from ._spec import Spec, document
from ._specs import Campaign

Names = str | Sequence[str] | None


def settings(maximize: Names, minimize: Names, cost: Any, others: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a campaign other than the space."""
    goals = [{"name": name, "goal": "maximize"} for name in _names("maximize", maximize)]
    goals += [{"name": name, "goal": "minimize"} for name in _names("minimize", minimize)]
    fields = {name: document(value) for name, value in others.items() if value is not None}
    if goals:
        fields["objectives"] = goals
    if cost is not None:
        fields["cost"] = {"kind": "told", "name": cost} if isinstance(cost, str) else document(cost)
    return fields


def campaign(space: Any, fields: dict[str, Any]) -> tuple[str, str]:
    """The campaign as JSON, and the folder of the files that it names."""
    if isinstance(space, (str, os.PathLike)):
        path = os.fspath(space)
        read = json.loads(_native.read_campaign_file(path, "{}"))
        return text({**read, **fields}), os.path.dirname(path)
    if isinstance(space, Campaign) or (isinstance(space, Mapping) and "objectives" in space and _is_campaign(space)):
        whole = document(space if isinstance(space, Spec) else dict(space))
        return text({**whole, **fields}), ""
    if space is not None and not isinstance(space, Mapping):
        raise InputError(
            f"the space is {space!r}, expected names of parameters with their ranges\n"
            "hint: {'temperature': (20.0, 120.0), 'solvent': ['DMF', 'THF']}, or the path of a campaign"
        )
    if "objectives" not in fields:
        raise InputError(
            "nothing is to be maximized or minimized\n"
            "hint: name what is measured: `maximize='yield'`, or several: `minimize=['cost', 'waste']`"
        )
    return text({"parameters": parameters(space or {}), **fields}), ""


def text(fields: Mapping[str, Any]) -> str:
    """JSON of plain values."""
    try:
        written = json.dumps(fields, allow_nan=False, ensure_ascii=False)
        written.encode()
        return written
    except (TypeError, ValueError) as error:
        raise InputError(
            f"the study contains a value that is not a number, text or list: {error}\n"
            "hint: give finite numbers, Unicode text, or lists of these"
        ) from None


def point(given: Mapping[str, Any]) -> str:
    """A value for each parameter as JSON."""
    values = {name: document(value) for name, value in given.items()}
    for name, value in values.items():
        if not isinstance(value, (str, int, float)) or (isinstance(value, float) and not isfinite(value)):
            raise InputError(
                f"parameter `{name}` is {value!r}, expected a finite number or a word\n"
                "hint: a point has a value for each parameter"
            )
    return text(values)


def _is_campaign(space: Mapping[str, Any]) -> bool:
    return set(space) <= set(Campaign.__dataclass_fields__)


def _names(what: str, given: Names) -> list[str]:
    names = [given] if isinstance(given, str) else list(given or [])
    for name in names:
        if not isinstance(name, str) or not name:
            raise InputError(f"{what} holds {name!r}, expected the name of what is measured\nhint: {what}='yield'")
    return names
