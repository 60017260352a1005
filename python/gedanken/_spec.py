"""What all specifications have in common: they are plain data, and become the document that Rust checks."""

from __future__ import annotations

import os
from typing import Any, ClassVar


class Spec:
    """Anything that a field of an experiment can be. A field that is `None` has its default."""

    _can_be_off: ClassVar[tuple[str, ...]] = ()

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in vars(self).items() if value is not None)
        return f"{type(self).__name__}({fields})"


def document(value: Any) -> Any:
    """A specification, or values inside one, as JSON knows them."""
    if isinstance(value, Spec):
        kind = type(value).__dict__.get("kind")
        fields: dict[str, Any] = {"kind": kind} if isinstance(kind, str) else {}
        for name, field in vars(value).items():
            if field is False and name in value._can_be_off:
                fields[name] = None
            elif field is not None:
                fields[name] = document(field)
        return fields
    if isinstance(value, dict):
        return {name: document(field) for name, field in value.items()}
    if isinstance(value, (list, tuple)):
        return [document(item) for item in value]
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    # NumPy's arrays and numbers.
    return value.tolist() if hasattr(value, "tolist") else value


def kind(value: Any) -> Any:
    """A specification that may also be given by the name of its kind."""
    return {"kind": value} if isinstance(value, str) else document(value)
