"""Deep learning for physical scientists.

>>> import gedanken as gd
>>> gd.Mlp(hidden=[64])
Mlp(hidden=[64])
"""

from . import _specs
from ._compare import Comparison, compare
from ._errors import GedankenError, InputError, MissingFileError
from ._fit import fit, run
from ._interpret import Interpretation
from ._model import Model, load
from ._native import __version__
from ._spec import Spec
from ._specs import *

__all__ = [
    "Comparison",
    "GedankenError",
    "InputError",
    "Interpretation",
    "MissingFileError",
    "Model",
    "Spec",
    "__version__",
    "compare",
    "fit",
    "load",
    "run",
    *_specs.__all__,
]
