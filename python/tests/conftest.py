"""Small data that several tests share."""

import numpy as np
import pytest

import gedanken as gd

#: Few epochs: these tests are about the package, not about learning.
SHORT = gd.Training(epochs=5)


@pytest.fixture(scope="session")
def numbers():
    """A linear law with noise: `y = x0 + 2 x1 + 3 x2`."""
    random = np.random.default_rng(0)
    x = random.normal(size=(120, 3))
    return x, x @ [1.0, 2.0, 3.0] + 0.1 * random.normal(size=120)


@pytest.fixture(scope="session")
def alcohols():
    """SMILES of straight alcohols and their numbers of carbon atoms."""
    return ["C" * n + "O" for n in range(1, 31)], np.arange(1.0, 31.0)
