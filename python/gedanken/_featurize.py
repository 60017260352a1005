"""Molecules with their descriptors, fingerprints and scaffolds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _native
from ._errors import InputError
from ._spec import document

if TYPE_CHECKING:
    import numpy as np

    from ._specs import MoleculeFeatures


def featurize(
    x: Any,
    *,
    smiles: str | None = None,
    features: MoleculeFeatures | None = None,
    canonical: bool = True,
    scaffold: bool = True,
    skip_invalid: bool = False,
) -> dict[str, np.ndarray[Any, Any]]:
    """Compute descriptors, fingerprints, scaffolds and canonical SMILES, as `gedanken featurize` does.

    Parameters
    ----------
    x : a list of SMILES, or named columns (a dict or data frame)
    smiles : the column of SMILES where columns are named; by default `smiles`
    features : which descriptors and fingerprints; by default those that models read
    canonical, scaffold : columns `canonical_smiles` and `scaffold`
    skip_invalid : leave out rows whose molecule cannot be read; otherwise they are an error

    Returns
    -------
    the given columns and the computed ones by their names, which `pandas.DataFrame` takes

    Examples
    --------
    >>> gd.featurize(["OCC"])["canonical_smiles"].tolist()
    ['CCO']
    """
    import numpy as np

    from ._table import inputs

    table = inputs(x)
    column = smiles or table.smiles
    if column is None:
        raise InputError("x has no column of SMILES\nhint: give a list of SMILES, or name the column: `smiles=...`")
    asked = {
        "smiles": column,
        "molecules": document(features),
        "canonical": canonical,
        "scaffold": scaffold,
        "skip_invalid": skip_invalid,
    }
    found = _native.featurize(table.columns, json.dumps(asked))
    return {name: np.asarray(cells) for name, cells in found}
