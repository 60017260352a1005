"""Deep learning for physical scientists.

>>> import gedanken as gd
>>> gd.Mlp(hidden=[64])
Mlp(hidden=[64])
"""

from . import _specs
from ._compare import Comparison, compare
from ._errors import GedankenError, InputError, MissingFileError
from ._featurize import featurize
from ._fit import fit, run
from ._forecast import Forecaster, forecast
from ._interpret import Interpretation
from ._minimize import Minimum, minimize
from ._model import Model, load
from ._native import __version__
from ._spec import Spec
from ._specs import *
from ._study import Study
from ._trial import Trial

__all__ = [
    "Comparison",
    "Forecaster",
    "GedankenError",
    "InputError",
    "Interpretation",
    "Minimum",
    "MissingFileError",
    "Model",
    "Spec",
    "Study",
    "Trial",
    "__version__",
    "compare",
    "featurize",
    "fit",
    "forecast",
    "load",
    "minimize",
    "run",
    *_specs.__all__,
]
