"""Molecules become columns."""

import numpy as np
import pytest

import gedanken as gd


def test_a_list_of_smiles_becomes_columns():
    found = gd.featurize(["OCC", "c1ccccc1O"])
    assert found["smiles"].tolist() == ["OCC", "c1ccccc1O"]
    assert found["canonical_smiles"].tolist() == ["CCO", "Oc1ccccc1"]
    assert found["scaffold"].tolist() == ["", "c1ccccc1"]
    # 46.069 g/mol, as RDKit has it.
    assert np.isclose(found["MolWt"][0], 46.069, atol=1e-3)


def test_other_columns_stay_and_features_are_chosen():
    found = gd.featurize(
        {"logS": np.array([1.0, 2.0]), "mol": ["CC", "CO"]},
        smiles="mol",
        features=gd.MoleculeFeatures(maccs=False),
        canonical=False,
        scaffold=False,
    )
    assert found["logS"].tolist() == [1.0, 2.0]
    assert "canonical_smiles" not in found and not any(name.startswith("maccs") for name in found)


def test_a_row_that_cannot_be_read_is_named_or_left_out():
    with pytest.raises(gd.InputError, match="row 2"):
        gd.featurize(["CC", "C1"])
    assert gd.featurize(["CC", "C1"], skip_invalid=True)["smiles"].tolist() == ["CC"]
    with pytest.raises(gd.InputError, match="no column of SMILES"):
        gd.featurize({"x": [1.0]})
