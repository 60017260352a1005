"""Deep learning for physical scientists.

>>> import gedanken as gd
>>> gd.Mlp(hidden=[64])
Mlp(hidden=[64])
"""

from . import _specs
from ._errors import GedankenError, InputError, MissingFileError
from ._fit import fit, run
from ._model import Model, load
from ._native import __version__
from ._spec import Spec
from ._specs import *

__all__ = [
    "GedankenError",
    "InputError",
    "MissingFileError",
    "Model",
    "Spec",
    "__version__",
    "fit",
    "load",
    "run",
    *_specs.__all__,
]
