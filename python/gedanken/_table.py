"""Checks of arrays: everything that is not a table of numbers or molecules is refused with its position."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from ._errors import InputError


class Table(NamedTuple):
    """Columns as the compiled part takes them."""

    columns: list[tuple[str, Any]]
    n_rows: int
    #: The column of molecules.
    smiles: str | None = None
    #: Whether `x0`, `x1`, ... are names that were made here.
    numbered: bool = False
    #: Whether a column holds text.
    text: bool = False
    #: Height, width and numbers of a pixel where rows are images.
    pixels: tuple[int, ...] | None = None


def inputs(x: Any) -> Table:
    """Numbers with a row each, images, a list of SMILES, or named columns."""
    if isinstance(x, str):
        raise InputError(f"x is a single text, {x!r}\nhint: give a list of SMILES: [{x!r}]")
    if is_named(x):
        return _named(x, "x")
    values = _array(x, "x")
    if values.dtype.kind == "U":
        if values.ndim != 1:
            raise InputError(
                f"x is text of shape {values.shape}, expected one list of SMILES\n"
                "hint: give named columns: a dict or data frame"
            )
        return Table([("smiles", values.tolist())], len(values), smiles="smiles", text=True)
    pixels = values.shape[1:] if values.ndim in (3, 4) else None
    if values.ndim != 2 and pixels is None:
        hint = (
            "x.reshape(-1, 1) makes one feature of it, x.reshape(1, -1) one row" if values.ndim == 1 else "flatten it"
        )
        expected = "(rows, features), or of images (rows, height, width) or (rows, height, width, channels)"
        raise InputError(f"x has shape {values.shape}, expected {expected}\nhint: {hint}")
    _finite(values, "x")
    values = values.reshape(len(values), math.prod(values.shape[1:]))
    columns = [(f"x{at}", np.ascontiguousarray(values[:, at])) for at in range(values.shape[1])]
    return Table(columns, len(values), numbered=True, pixels=pixels)


def targets(y: Any) -> Table:
    """One target or several; text means classes. NaN is a missing value where there are several."""
    if is_named(y):
        return _named(y, "y", molecules=False, missing=True)
    values = _array(y, "y")
    if values.dtype.kind == "U":
        if values.ndim != 1:
            raise InputError(
                f"y is text of shape {values.shape}, expected (rows,)\nhint: fit one model for each class target"
            )
        return Table([("y", values.tolist())], len(values), text=True)
    if values.ndim == 1:
        _finite(values, "y")
        return Table([("y", values)], len(values))
    if values.ndim != 2:
        raise InputError(f"y has shape {values.shape}, expected (rows,) or (rows, targets)\nhint: flatten it")
    _finite(values, "y", missing=values.shape[1] > 1)
    columns = [(f"y{at}", np.ascontiguousarray(values[:, at])) for at in range(values.shape[1])]
    return Table(columns, len(values))


def row_weights(weights: Any) -> Any:
    """One number for each row."""
    values = _array(weights, "weights")
    if values.dtype.kind == "U" or values.ndim != 1:
        raise InputError(f"weights has shape {values.shape}, expected (rows,)\nhint: give one number for each row")
    _finite(values, "weights")
    return values


def labels(classes: list[str]) -> np.ndarray[Any, Any]:
    """Classes as they were given: whole numbers, truth values or text."""
    if set(classes) <= {"True", "False"}:
        return np.array([name == "True" for name in classes])
    try:
        return np.array([int(name) for name in classes])
    except ValueError:
        return np.array(classes)


def is_named(x: Any) -> bool:
    """Whether columns have names: a mapping or a data frame."""
    return isinstance(x, Mapping) or (hasattr(x, "columns") and hasattr(x, "__getitem__"))


def named(table: Any, what: str, missing: bool = False) -> list[tuple[str, Any]]:
    """Columns with names, of the same length, without gaps unless numbers may be missing."""
    found = _named(table, what, molecules=False, missing=missing)
    lengths = {name: len(cells) for name, cells in found.columns}
    if len(set(lengths.values())) > 1:
        (first, n), (other, m) = next(
            ((a, n), (b, m)) for a, n in lengths.items() for b, m in lengths.items() if n != m
        )
        raise InputError(f"{what}[{first!r}] has {n} rows, but {what}[{other!r}] has {m}\nhint: give one row of each")
    return found.columns


def _named(table: Any, what: str, molecules: bool = True, missing: bool = False) -> Table:
    names = list(table if isinstance(table, Mapping) else table.columns)
    columns, smiles, text = [], None, False
    for name in names:
        values = _array(table[name], f"{what}[{name!r}]")
        if values.ndim != 1:
            raise InputError(
                f"{what}[{name!r}] has shape {values.shape}, expected (rows,)\nhint: give one column for each name"
            )
        if values.dtype.kind == "U":
            text = True
            if molecules and str(name).lower() == "smiles":
                smiles = str(name)
            columns.append((str(name), values.tolist()))
        else:
            _finite(values, f"{what}[{name!r}]", missing=missing and len(names) > 1)
            columns.append((str(name), values))
    return Table(columns, len(columns[0][1]) if columns else 0, smiles=smiles, text=text)


def _array(values: Any, what: str) -> Any:
    """Numbers as float64, or text; truth values count as text in `y` alone."""
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise InputError(f"{what} is not an array: {error}\nhint: all rows must have the same length") from None
    if array.dtype.kind == "O":
        flat = array.ravel().tolist()
        others = [value for value in flat if not isinstance(value, str)]
        if others:
            strange = next((value for value in others if not isinstance(value, (int, float))), others[0])
            raise InputError(
                f"{what} holds Python objects, such as {strange!r} of type {type(strange).__name__}, "
                f"expected numbers or text\nhint: convert it with `numpy.asarray({what}, dtype=float)`"
            )
        return array.astype(str)
    if array.dtype.kind in "UT":
        return array.astype(str)
    if array.dtype.kind == "b" and what.startswith("y"):
        return array.astype(str)
    if array.dtype.kind in "biuf":
        return np.ascontiguousarray(array, dtype=np.float64)
    raise InputError(
        f"{what} holds values of type {array.dtype}, expected numbers or text\nhint: convert them to float64"
    )


def _finite(values: Any, what: str, missing: bool = False) -> None:
    bad = ~np.isfinite(values)
    if missing:
        bad &= ~np.isnan(values)
    if bad.any():
        place = tuple(int(at) for at in np.argwhere(bad)[0])
        where = f"row {place[0]}, column {place[1]}" if len(place) == 2 else f"row {place[0]}"
        if len(place) > 2:
            where = f"image {place[0]}, pixel {place[1:]}"
        raise InputError(
            f"{what} holds {values[place]} in {where} (counted from 0), expected finite numbers\n"
            "hint: fill it in, or leave the row out"
        )
