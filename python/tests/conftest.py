"""The program, and small data that several tests share."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest

import gedanken as gd

ROOT = Path(__file__).parents[2]
#: Few epochs: these tests are about the package, not about learning.
SHORT = gd.Training(epochs=5)


def program():
    """The program built beside the package; `None` where there is none."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return shutil.which("gedanken", path=target / "release")


def environment(home):
    """For processes: the program comes first on the path, caches lie in `home`, nothing is colored."""
    path = os.pathsep.join([str(Path(program()).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "NO_COLOR": "1", "HOME": str(home), "XDG_CACHE_HOME": str(home)}


#: For tests of what people type.
needs_program = pytest.mark.skipif(program() is None, reason="the program is not built")


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """On a server, where everything is installed, a test that is skipped has failed."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} must not be skipped here: {call.excinfo.value}"
    return report
