"""Specifications of models, optimizers and training. Generated from the schema: do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ._spec import Spec


@dataclass(kw_only=True, repr=False)
class LogExpectedImprovementAcquisition(Spec):
    r"""$\ln \mathrm{EI}$, finite wherever expected improvement would be zero [Ament2023].
    """

    kind: ClassVar[str] = "log_expected_improvement"


@dataclass(kw_only=True, repr=False)
class ExpectedImprovementAcquisition(Spec):
    r"""$\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$ [Jones1998].
    """

    kind: ClassVar[str] = "expected_improvement"


@dataclass(kw_only=True, repr=False)
class NoisyExpectedImprovementAcquisition(Spec):
    r"""$\ln \mathrm{EI}$ over the best mean of the points so far, not over the best value, which may be luck [Letham2019].
    """

    kind: ClassVar[str] = "noisy_expected_improvement"


@dataclass(kw_only=True, repr=False)
class LogProbabilityOfImprovementAcquisition(Spec):
    r"""$\ln \Phi(u)$.
    """

    kind: ClassVar[str] = "log_probability_of_improvement"


@dataclass(kw_only=True, repr=False)
class ProbabilityOfImprovementAcquisition(Spec):
    r"""$\Phi(u)$ [Kushner1964].
    """

    kind: ClassVar[str] = "probability_of_improvement"


@dataclass(kw_only=True, repr=False)
class ConfidenceBoundAcquisition(Spec):
    r"""$-\mu + \beta\,\sigma$: the optimist's value [Srinivas2012].

    Parameters
    ----------
    beta : default 2.0, at least 0
        How much uncertainty is worth, in deviations.
    growing : default False
        $\beta = \sqrt{0.2\,d \ln 2t}$ instead, for $d$ axes and $t$ points so far [Kandasamy2015].
    """

    kind: ClassVar[str] = "confidence_bound"
    beta: float | None = None
    growing: bool | None = None


@dataclass(kw_only=True, repr=False)
class GreedyAcquisition(Spec):
    r"""$-\mu$: nothing but what is known.
    """

    kind: ClassVar[str] = "greedy"


@dataclass(kw_only=True, repr=False)
class MaximumEntropyAcquisition(Spec):
    r"""$\ln\sigma$: nothing but what is not known [Shewry1987].
    """

    kind: ClassVar[str] = "maximum_entropy"


@dataclass(kw_only=True, repr=False)
class MaxValueEntropyAcquisition(Spec):
    r"""How much a measurement would tell of the smallest value, in the mean over its draws $y^*$ [Wang2017]:
    $\frac{\gamma\,\varphi(\gamma)}{2\,\Phi(\gamma)} - \ln\Phi(\gamma)$ with $\gamma = (\mu - y^*)/\sigma$.
    """

    kind: ClassVar[str] = "max_value_entropy"


@dataclass(kw_only=True, repr=False)
class Augmentation(Spec):
    r"""What is done by chance to each image at each epoch. An answer has to stay the same under it: the phase of a magnet under all of
    this, the digit 6 under next to none.

    Parameters
    ----------
    edges : default "zero"
        What comes in where an image is shifted.
    flip_horizontal : default False
        Exchange left and right in half of the cases.
    flip_vertical : default False
        Exchange top and bottom in half of the cases.
    noise : default 0.0, at least 0
        Standard deviation of normal noise that is added to every number.
    quarter_turns : default False
        Turn by 0, 90, 180 or 270 degrees, of square images; together with a flip these are all eight symmetries of the square.
    shift : default 0, at least 0
        Shift by up to so many pixels up or down, and left or right.
    """

    edges: Literal["zero", "periodic"] | None = None
    flip_horizontal: bool | None = None
    flip_vertical: bool | None = None
    noise: float | None = None
    quarter_turns: bool | None = None
    shift: int | None = None


@dataclass(kw_only=True, repr=False)
class MonteCarloBatch(Spec):
    r"""The improvement that the whole batch promises, in the mean over possible values of its points [Wilson2018].

    Parameters
    ----------
    joint : default False
        All points are moved together, not chosen one after the other.
    """

    kind: ClassVar[str] = "monte_carlo"
    joint: bool | None = None


@dataclass(kw_only=True, repr=False)
class ConstantLiarBatch(Spec):
    r"""Points whose values are awaited are said to have a certain value [Ginsbourger2010].

    Parameters
    ----------
    lie : default "best"
        Which value.
    """

    kind: ClassVar[str] = "constant_liar"
    lie: Literal["best", "mean", "worst"] | None = None


@dataclass(kw_only=True, repr=False)
class KrigingBelieverBatch(Spec):
    r"""Points whose values are awaited are said to have the value that is expected [Ginsbourger2010].
    """

    kind: ClassVar[str] = "kriging_believer"


@dataclass(kw_only=True, repr=False)
class LocalPenalizationBatch(Spec):
    r"""What lies near to other points is worth less [Gonzalez2016].
    """

    kind: ClassVar[str] = "local_penalization"


@dataclass(kw_only=True, repr=False)
class ThompsonBatch(Spec):
    r"""Each point is the lowest of a function drawn from what is known [HernandezLobato2017].
    """

    kind: ClassVar[str] = "thompson"


@dataclass(kw_only=True, repr=False)
class KMeansBatch(Spec):
    r"""Points drawn where the acquisition is large fall into clusters, of which each gives one [Groves2018].

    Parameters
    ----------
    pick : default "best"
        Which point of a cluster.
    """

    kind: ClassVar[str] = "k_means"
    pick: Literal["best", "medoid"] | None = None


@dataclass(kw_only=True, repr=False)
class Campaign(Spec):
    r"""What a study is about: what may be varied, what is measured, and how the next experiments are chosen.

    Parameters
    ----------
    budget : at least 0
        How many trials, or how much cost, the study may take in all.
    candidates
        A table (CSV) of the only points that may be tried, with a column for each parameter.
    conditions
        Parameters that matter only where another has certain values.
    constraints
        Linear conditions on the numbers.
    cost
        What a trial costs.
    lease_hours : at least 0
        Hours after which a trial that was asked for and not told comes back; without it never.
    limits
        Quantities that are measured and must keep a bound.
    name
        The study's name; by default that of its file.
    objectives : default []
        What is to be made large or small.
    parameters : default []
        What may be varied.
    seed : default 0, at least 0
        From which all chance follows.
    strategy
        How the next experiments are chosen.
    """

    budget: float | None = None
    candidates: str | None = None
    conditions: Sequence[Condition] | None = None
    constraints: Sequence[Constraint] | None = None
    cost: ToldCostRule | KnownCostRule | None = None
    lease_hours: float | None = None
    limits: Sequence[OutcomeLimit] | None = None
    name: str | None = None
    objectives: Sequence[Objective] | None = None
    parameters: Sequence[ContinuousParameter | IntegerParameter | OrdinalParameter | CategoricalParameter | MoleculeParameter | FixedParameter] | None = None
    seed: int | None = None
    strategy: Strategy | None = None


@dataclass(kw_only=True, repr=False)
class NormClip(Spec):
    r"""Scales the whole gradient so that its Euclidean norm is at most `limit`.

    Parameters
    ----------
    limit : required, at least 0
        Largest norm.
    """

    kind: ClassVar[str] = "norm"
    limit: float


@dataclass(kw_only=True, repr=False)
class ValueClip(Spec):
    r"""Cuts each component to `[-limit, limit]`.

    Parameters
    ----------
    limit : required, at least 0
        Largest component.
    """

    kind: ClassVar[str] = "value"
    limit: float


@dataclass(kw_only=True, repr=False)
class Condition(Spec):
    r"""A parameter that matters only where another has certain values; elsewhere trials have no value for it.

    Parameters
    ----------
    on : required
        The parameter that decides: an integer, an ordinal one, a category or a molecule.
    parameter : required
        The parameter that may not matter.
    values : required
        Its values with which the other one matters.
    """

    on: str
    parameter: str
    values: Sequence[Any]


@dataclass(kw_only=True, repr=False)
class Constraint(Spec):
    r"""$\sum_i w_i x_i$ at most, at least or equal to a number, in the parameters' own units.

    Parameters
    ----------
    at_least
        The sum is at least this.
    at_most
        The sum is at most this.
    equal
        The sum is this: a mixture.
    weights : required
        $w$, by the parameters' names.
    """

    at_least: float | None = None
    at_most: float | None = None
    equal: float | None = None
    weights: Any


@dataclass(kw_only=True, repr=False)
class ToldCostRule(Spec):
    r"""It is told with each trial, and learned.

    Parameters
    ----------
    name : required
        The name under which it is told.
    """

    kind: ClassVar[str] = "told"
    name: str


@dataclass(kw_only=True, repr=False)
class KnownCostRule(Spec):
    r"""It follows from the parameters: a base, so much for each unit of a number, and so much for each word of a category.

    Parameters
    ----------
    base : required
        What every trial costs.
    each
        For each unit of a number.
    of
        For each word of a category.
    """

    kind: ClassVar[str] = "known"
    base: float
    each: Any | None = None
    of: Any | None = None


@dataclass(kw_only=True, repr=False)
class Curve(Spec):
    r"""Errors on training and validation rows over the values of one field.

    Parameters
    ----------
    field : required
        `rows` for the number of training rows, or the path of a setting, such as `model.hidden` or `train.l2`.
    resamples : default 0, 0 to 1000
        Bootstrap samples of the training rows, on each of which a model is trained to tell bias from variance; zero for
        none, else at least 2.
    values : default []
        Its values. A plain number where the setting is a list stands for a list of one. Of `rows` they are by default six,
        evenly spaced in the logarithm, from a tenth to all training rows of the smallest fold.
    """

    field: str
    resamples: int | None = None
    values: Sequence[Any] | None = None


@dataclass(kw_only=True, repr=False)
class Data(Spec):
    r"""Which table, and which of its columns.

    Parameters
    ----------
    balance_classes : default False
        Give all classes the same weight in sum.
    dataset
        Name of a data set instead of a path; see `gedanken data list`.
    features : default []
        Columns to predict from; by default none beside molecules, else all that are no identifiers.
    images
        Images, where rows are some.
    path
        Path of a table: CSV, TSV, Excel or Parquet.
    sequence
        Where sequences stand, for models that read step by step.
    skip_invalid : default False
        Leave out rows whose molecule or image cannot be read, and count them; otherwise they are an error.
    smiles
        Column of molecules, as SMILES.
    spectra
        Where spectra stand, and what is done to them.
    target : default []
        Columns to predict.
    task
        Numbers or classes; by default what the target column holds.
    test
        Path of a table whose rows are the test; the split then only takes validation rows out of the other table.
    weights
        Column with a weight for each row.
    """

    balance_classes: bool | None = None
    dataset: str | None = None
    features: Sequence[str] | None = None
    images: Images | None = None
    path: str | None = None
    sequence: TokensSequence | ColumnsSequence | RowsSequence | None = None
    skip_invalid: bool | None = None
    smiles: str | None = None
    spectra: Spectra | None = None
    target: Sequence[str] | None = None
    task: Literal["regression", "classification"] | None = None
    test: str | None = None
    weights: str | None = None


@dataclass(kw_only=True, repr=False)
class EarlyStopping(Spec):
    r"""Stops when the loss on the validation rows no longer falls [Prechelt1998].

    Parameters
    ----------
    min_delta : default 0.0, at least 0
        Smallest fall of the loss that counts as improvement.
    patience : default 30, at least 0
        Epochs without improvement before the end; zero trains through all epochs and keeps the best weights.
    """

    min_delta: float | None = None
    patience: int | None = None


@dataclass(kw_only=True, repr=False)
class Ecfp(Spec):
    r"""Extended-connectivity fingerprint: the neighborhoods of all atoms up to a radius, folded into a row of fixed length.

    Radius 2 is known as ECFP4 (diameter 4), radius 3 as ECFP6. Bit for bit RDKit's Morgan fingerprint. [Rogers2010]

    Parameters
    ----------
    counts : default False
        Count each neighborhood, instead of noting whether it occurs.
    length : default 2048, 16 to 65536
        Length of the row; neighborhoods whose numbers agree modulo the length share a place.
    radius : default 2, 0 to 3
        Largest number of bonds between the center of a neighborhood and its atoms.
    """

    counts: bool | None = None
    length: int | None = None
    radius: int | None = None


@dataclass(kw_only=True, repr=False)
class Forecast(Spec):
    r"""Forecasts of time series: which columns, how far ahead, and how they are judged.

    Parameters
    ----------
    backtest : default 0, 0 to 100
        Walk the origin of the forecasts forward: the last half of each series is cut into so many blocks, and models that have seen
        all that lies before a block predict it [Tashman2000]; 0: a single training.
    calendar : default []
        Phases of the calendar that the model sees, each as a sine and a cosine.
    channels : default "auto"
        Whether one model sees all targets at once or each by itself.
    frequency
        Steps between rows, such as `1h`, `1d` or `1mo`, or a number for times that are numbers; by default what the times say.
    future : default []
        Columns that help to predict and are known for the steps ahead too, such as what is planned.
    horizon : default 1, 1 to 10000
        Steps ahead that are predicted.
    impute
        How missing values and steps are filled; by default they are errors.
    normalize : default "last"
        What is taken away from each window before a model sees it, and given back to what it predicts.
    past : default []
        Columns that help to predict and are known up to the present.
    resample
        Bring rows to steps of this size by their mean, such as `1d`.
    season : default 0, at least 0
        Steps of a season, for the seasonal naive forecast and the scaled error; 0 stands for that of the frequency: a day of hours,
        a week of days, a year of weeks, months or quarters.
    series
        Column that says which series a row belongs to, where there are several.
    steps
        Steps for training, validation and test, from the beginning of each series, in place of `split.fractions`; later steps are
        left out.
    stride : default 1, at least 1
        Every so many steps a training window begins.
    time : default ""
        Column of times: dates, or numbers.
    window : default 0, 0 to 100000
        Steps back that a model sees; 0 stands for twice the longer of horizon and season, at least 8, and at most a third of
        the training steps.
    """

    backtest: int | None = None
    calendar: Sequence[Literal["minute_of_hour", "hour_of_day", "day_of_week", "day_of_month", "day_of_year", "month_of_year"]] | None = None
    channels: Literal["auto", "joint", "shared"] | None = None
    frequency: str | None = None
    future: Sequence[str] | None = None
    horizon: int | None = None
    impute: Literal["linear", "previous", "mean", "seasonal"] | None = None
    normalize: Literal["none", "last", "mean", "standard"] | None = None
    past: Sequence[str] | None = None
    resample: str | None = None
    season: int | None = None
    series: str | None = None
    steps: Sequence[int] | None = None
    stride: int | None = None
    time: str | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class ImageInput(Spec):
    r"""How images become numbers.

    Parameters
    ----------
    channels : default "auto"
        Gray or color.
    interpolation : default "linear"
        How pixels are found where images change their size.
    size
        Height and width in pixels to which images are brought; by default they stay as they are, and all must have one size.
    """

    channels: Literal["auto", "gray", "color"] | None = None
    interpolation: Literal["linear", "area", "nearest"] | None = None
    size: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class Images(Spec):
    r"""Images: a folder with a folder for each class, a table with a column of paths, a NumPy file, or pixels in the columns of a table.

    Parameters
    ----------
    augment
        What is done by chance to the training images in each epoch.
    column
        Column with the paths of the images, from the folder of the table on; or the array of images in a NumPy file that holds several
        which could be. A folder needs none.
    input
        How images become numbers.
    pixels
        Height and width of images whose pixels are columns of the table, line by line; a third number where a pixel has several, 3
        for red, green and blue.
    """

    augment: Augmentation | None = None
    column: str | None = None
    input: ImageInput | None = None
    pixels: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class RbfKernel(Spec):
    r"""$e^{-r^2/2}$: infinitely smooth.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to 20.
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales.
    """

    kind: ClassVar[str] = "rbf"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern12Kernel(Spec):
    r"""$e^{-r}$: continuous, nowhere smooth.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to 20.
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales.
    """

    kind: ClassVar[str] = "matern_1_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern32Kernel(Spec):
    r"""$(1 + \sqrt3 r)\,e^{-\sqrt3 r}$: once differentiable.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to 20.
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales.
    """

    kind: ClassVar[str] = "matern_3_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern52Kernel(Spec):
    r"""$(1 + \sqrt5 r + \frac53 r^2)\,e^{-\sqrt5 r}$: twice differentiable.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to 20.
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales.
    """

    kind: ClassVar[str] = "matern_5_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class RationalQuadraticKernel(Spec):
    r"""A mixture of lengths.

    Parameters
    ----------
    alpha
        Another prior of $\alpha$ than $\ln\alpha \sim N(0, 2)$.
    distance
        Distances.
    """

    kind: ClassVar[str] = "rational_quadratic"
    alpha: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None
    distance: Stationary | None = None


@dataclass(kw_only=True, repr=False)
class PeriodicKernel(Spec):
    r"""What repeats.

    Parameters
    ----------
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales than $\ln\ell \sim N(0, 1.5)$.
    period
        Another prior of the periods than $\ln p \sim N(\ln\frac12, 1)$.
    """

    kind: ClassVar[str] = "periodic"
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None
    period: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class LinearKernel(Spec):
    r"""Planes.

    Parameters
    ----------
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    variance
        Another prior of the variances than $\ln v \sim N(0, 2)$.
    """

    kind: ClassVar[str] = "linear"
    columns: Sequence[int] | None = None
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class WhiteKernel(Spec):
    r"""Noise that belongs to each point.

    Parameters
    ----------
    variance
        Another prior of $\sigma^2$ than $\ln\sigma^2 \sim N(-4, 1)$.
    """

    kind: ClassVar[str] = "white"
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class HammingKernel(Spec):
    r"""Categories: by how many two points differ.

    Parameters
    ----------
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all. They hold numbers of categories.
    lengthscale
        Another prior of the lengthscales.
    """

    kind: ClassVar[str] = "hamming"
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class LatentKernel(Spec):
    r"""Categories: by where their levels lie in a plane that is learned.

    Parameters
    ----------
    column : required, at least 0
        The input, counted from zero. It holds numbers of categories, from zero.
    coordinates
        Another prior of the coordinates than a standard normal one.
    levels : required, at least 0
        How many categories there are.
    """

    kind: ClassVar[str] = "latent"
    column: int
    coordinates: Normal | None = None
    levels: int


@dataclass(kw_only=True, repr=False)
class TanimotoKernel(Spec):
    r"""Molecules: by what their fingerprints share.

    Parameters
    ----------
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    """

    kind: ClassVar[str] = "tanimoto"
    columns: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class AlikeKernel(Spec):
    r"""Things whose likeness is known.

    Parameters
    ----------
    column : required, at least 0
        The input, counted from zero. It holds numbers of things, from zero.
    matrix : required
        $S$, row by row.
    """

    kind: ClassVar[str] = "alike"
    column: int
    matrix: Sequence[float]


@dataclass(kw_only=True, repr=False)
class ScaledKernel(Spec):
    r"""Another one times a variance that is learned.

    Parameters
    ----------
    of : required
        What is multiplied.
    variance
        Another prior of the variance than $\ln s \sim N(0, 1)$.
    """

    kind: ClassVar[str] = "scaled"
    of: RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class SumKernel(Spec):
    r"""The sum of several.

    Parameters
    ----------
    of : required
        The parts.
    """

    kind: ClassVar[str] = "sum"
    of: Sequence[RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel]


@dataclass(kw_only=True, repr=False)
class ProductKernel(Spec):
    r"""The product of several.

    Parameters
    ----------
    of : required
        The parts.
    """

    kind: ClassVar[str] = "product"
    of: Sequence[RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel]


@dataclass(kw_only=True, repr=False)
class Dense(Spec):
    r"""Every output is a weighted sum of all inputs.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    bias : default True
        Add $b$; without use before batch normalization, which takes means away.
    features : required, at least 1
        Numbers it gives for each row.
    initialize
        First weights; by default those that suit the activation.
    """

    kind: ClassVar[str] = "dense"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    features: int
    initialize: Literal["zeros", "normal", "uniform", "xavier_normal", "xavier_uniform", "he_normal", "he_uniform", "orthogonal"] | None = None


@dataclass(kw_only=True, repr=False)
class BatchNorm(Spec):
    r"""Batch normalization.

    Parameters
    ----------
    epsilon : default 0.00001, at least 0
        Keeps the quotient finite, $\varepsilon$.
    momentum : default 0.1, 0 to 1
        Weight $m$ of the latest batch in the running moments.
    """

    kind: ClassVar[str] = "batch_norm"
    epsilon: float | None = None
    momentum: float | None = None


@dataclass(kw_only=True, repr=False)
class Dropout(Spec):
    r"""Random zeros in training.

    Parameters
    ----------
    rate : required, 0 to 0.95
        Probability of a zero.
    """

    kind: ClassVar[str] = "dropout"
    rate: float


@dataclass(kw_only=True, repr=False)
class Activation(Spec):
    r"""A function of each number.

    Parameters
    ----------
    function : required
        Which function.
    """

    kind: ClassVar[str] = "activation"
    function: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"]


@dataclass(kw_only=True, repr=False)
class LayerNorm(Spec):
    r"""Moments of each row taken away.

    Parameters
    ----------
    epsilon : default 0.00001, at least 0
        Keeps the quotient finite, $\varepsilon$.
    """

    kind: ClassVar[str] = "layer_norm"
    epsilon: float | None = None


@dataclass(kw_only=True, repr=False)
class Embedding(Spec):
    r"""A vector for each token.

    Parameters
    ----------
    features : required, at least 1
        Numbers of each vector.
    tokens : required, at least 1
        How many tokens there are.
    """

    kind: ClassVar[str] = "embedding"
    features: int
    tokens: int


@dataclass(kw_only=True, repr=False)
class RnnLayer(Spec):
    r"""A simple recurrent network.

    Parameters
    ----------
    bidirectional : default False
        A second one runs from the last step to the first; the features of both stand side by side.
    features : required, at least 1
        Numbers of the state.
    gives : default "last"
        What it gives.
    peepholes : default False
        Of long short-term memory: gates also see the memory, each number of it by a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "rnn"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class LstmLayer(Spec):
    r"""Long short-term memory.

    Parameters
    ----------
    bidirectional : default False
        A second one runs from the last step to the first; the features of both stand side by side.
    features : required, at least 1
        Numbers of the state.
    gives : default "last"
        What it gives.
    peepholes : default False
        Of long short-term memory: gates also see the memory, each number of it by a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "lstm"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class GruLayer(Spec):
    r"""A recurrent network with reset and update gates.

    Parameters
    ----------
    bidirectional : default False
        A second one runs from the last step to the first; the features of both stand side by side.
    features : required, at least 1
        Numbers of the state.
    gives : default "last"
        What it gives.
    peepholes : default False
        Of long short-term memory: gates also see the memory, each number of it by a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "gru"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class Convolution1d(Spec):
    r"""A filter that slides along a sequence.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    bias : default True
        Add $b$; without use before batch normalization, which takes means away.
    dilation : default 1, at least 1
        From one of them to the next.
    features : required, at least 1
        Numbers it gives for each place.
    groups : default 1, at least 1
        Inputs and features are cut into so many groups, each of which sees its own: as many as inputs for a filter of each.
    kernel : default 3, at least 1
        Places that it sees at once, along each axis.
    padding : default "same"
        What stands at the ends.
    stride : default 1, at least 1
        Places by which it slides.
    """

    kind: ClassVar[str] = "convolution1d"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    dilation: int | None = None
    features: int
    groups: int | None = None
    kernel: int | None = None
    padding: Literal["same", "causal", "valid"] | None = None
    stride: int | None = None


@dataclass(kw_only=True, repr=False)
class Convolution2d(Spec):
    r"""A filter that slides over an image.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    bias : default True
        Add $b$; without use before batch normalization, which takes means away.
    dilation : default 1, at least 1
        From one of them to the next.
    features : required, at least 1
        Numbers it gives for each place.
    groups : default 1, at least 1
        Inputs and features are cut into so many groups, each of which sees its own: as many as inputs for a filter of each.
    kernel : default 3, at least 1
        Places that it sees at once, along each axis.
    padding : default "same"
        What stands at the ends.
    stride : default 1, at least 1
        Places by which it slides.
    """

    kind: ClassVar[str] = "convolution2d"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    dilation: int | None = None
    features: int
    groups: int | None = None
    kernel: int | None = None
    padding: Literal["same", "causal", "valid"] | None = None
    stride: int | None = None


@dataclass(kw_only=True, repr=False)
class TransposedConvolution(Spec):
    r"""The transpose of a filter: a finer sequence or image.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    dilation : default 1, at least 1
        From one of them to the next, $d$.
    features : required, at least 1
        Numbers it gives for each place.
    groups : default 1, at least 1
        Inputs and features are cut into so many groups, each of which sees its own.
    kernel : default 2, at least 1
        Places over which each is spread, along each axis, $k$.
    more : default 0, at least 0
        Places that come on top on the far side, $o$.
    padding : default 0, at least 0
        Places that are cut off on each side, $p$.
    stride : default 2, at least 1
        Places by which it slides, $s$.
    """

    kind: ClassVar[str] = "transposed_convolution"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    dilation: int | None = None
    features: int
    groups: int | None = None
    kernel: int | None = None
    more: int | None = None
    padding: int | None = None
    stride: int | None = None


@dataclass(kw_only=True, repr=False)
class MaxPool(Spec):
    r"""The largest number of each window.

    Parameters
    ----------
    padding : default 0, at least 0
        Places outside, on each side, that the first and the last window may reach.
    stride : at least 1
        From one window to the next; by default they lie side by side.
    window : default 2, at least 1
        Places of a window, along each axis.
    """

    kind: ClassVar[str] = "max_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class AveragePool(Spec):
    r"""The mean of each window.

    Parameters
    ----------
    padding : default 0, at least 0
        Places outside, on each side, that the first and the last window may reach.
    stride : at least 1
        From one window to the next; by default they lie side by side.
    window : default 2, at least 1
        Places of a window, along each axis.
    """

    kind: ClassVar[str] = "average_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class L2Pool(Spec):
    r"""The root of the sum of squares of each window.

    Parameters
    ----------
    padding : default 0, at least 0
        Places outside, on each side, that the first and the last window may reach.
    stride : at least 1
        From one window to the next; by default they lie side by side.
    window : default 2, at least 1
        Places of a window, along each axis.
    """

    kind: ClassVar[str] = "l2_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class AdaptivePool(Spec):
    r"""Windows that leave so many places, whatever comes in.

    Parameters
    ----------
    by : default "mean"
        What is made of each window.
    places : default 1, at least 1
        Places that are left along each axis.
    """

    kind: ClassVar[str] = "adaptive_pool"
    by: Literal["mean", "max", "l2"] | None = None
    places: int | None = None


@dataclass(kw_only=True, repr=False)
class Residual(Spec):
    r"""Layers with a way around them.

    Parameters
    ----------
    activation : default "relu"
        The function behind the sum, $f$.
    layers : required
        The layers of $g$, in order.
    """

    kind: ClassVar[str] = "residual"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    layers: Sequence[Dense | BatchNorm | Dropout | Activation | LayerNorm | Embedding | RnnLayer | LstmLayer | GruLayer | Convolution1d | Convolution2d | TransposedConvolution | MaxPool | AveragePool | L2Pool | AdaptivePool | Residual | Attention | Transformer | Positions | Pool | AttentionPool | Flatten | GraphConvolution | GraphAttention | MessagePassing | DirectedMessagePassing | NeuralFingerprintLayer | Readout]


@dataclass(kw_only=True, repr=False)
class Attention(Spec):
    r"""Steps look at one another.

    Parameters
    ----------
    causal : default False
        No step looks at a later one.
    heads : default 4, at least 1
        How many heads; they divide the features.
    """

    kind: ClassVar[str] = "attention"
    causal: bool | None = None
    heads: int | None = None


@dataclass(kw_only=True, repr=False)
class Transformer(Spec):
    r"""A block of a Transformer.

    Parameters
    ----------
    causal : default False
        No step looks at a later one.
    dropout : default 0.1, 0 to 0.95
        Probability of a zero behind each part, in training.
    heads : default 4, at least 1
        How many heads; they divide the features.
    hidden : default 0, at least 0
        Numbers between the two linear layers; 0 stands for four times the features.
    """

    kind: ClassVar[str] = "transformer"
    causal: bool | None = None
    dropout: float | None = None
    heads: int | None = None
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Positions(Spec):
    r"""Where each step stands.
    """

    kind: ClassVar[str] = "positions"


@dataclass(kw_only=True, repr=False)
class Pool(Spec):
    r"""The mean, the maximum or the last of all steps or places.

    Parameters
    ----------
    by : default "mean"
        How.
    """

    kind: ClassVar[str] = "pool"
    by: Literal["mean", "max", "last"] | None = None


@dataclass(kw_only=True, repr=False)
class AttentionPool(Spec):
    r"""A mean over all steps with weights that are learned.

    Parameters
    ----------
    hidden : default 0, at least 0
        Numbers of $W x_t + b$; 0 stands for as many as there are features.
    """

    kind: ClassVar[str] = "attention_pool"
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Flatten(Spec):
    r"""The steps of a sequence or the places of an image as features without an order.
    """

    kind: ClassVar[str] = "flatten"


@dataclass(kw_only=True, repr=False)
class GraphConvolution(Spec):
    r"""Convolution over the neighbors of a node.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    bias : default True
        Add $b$; without use before batch normalization, which takes means away.
    features : required, at least 1
        Numbers it gives for each node.
    """

    kind: ClassVar[str] = "graph_convolution"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    features: int


@dataclass(kw_only=True, repr=False)
class GraphAttention(Spec):
    r"""Nodes look at their neighbors.

    Parameters
    ----------
    activation : default "relu"
        The function behind it.
    average : default False
        The mean over the heads, in place of all of them side by side.
    features : required, at least 1
        Numbers that each head gives for each node.
    heads : default 4, at least 1
        Heads that look at once.
    """

    kind: ClassVar[str] = "graph_attention"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    average: bool | None = None
    features: int
    heads: int | None = None


@dataclass(kw_only=True, repr=False)
class MessagePassing(Spec):
    r"""Messages along edges, by matrices that follow from the edge.

    Parameters
    ----------
    hidden : default 64, at least 1
        Width of the hidden layer of the network that reads edges.
    steps : default 3, at least 1
        Times that neighbors are heard.
    """

    kind: ClassVar[str] = "message_passing"
    hidden: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class DirectedMessagePassing(Spec):
    r"""Messages from edge to edge.

    Parameters
    ----------
    activation : default "relu"
        The function $f$.
    bias : default False
        Add biases to $W_i$ and $W_h$ as well.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers of a state that become zero in a training step.
    features : default 300, at least 1
        Numbers of the state of each edge, and of what it gives for each node.
    steps : default 3, at least 1
        States of an edge one after the other, $T$: through so many bonds a node hears of others.
    """

    kind: ClassVar[str] = "directed_message_passing"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    dropout: float | None = None
    features: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class NeuralFingerprintLayer(Spec):
    r"""A fingerprint of a graph that is learned.

    Parameters
    ----------
    activation : default "relu"
        The function $f$.
    features : default 64, at least 1
        Numbers of a node between steps.
    length : default 256, at least 1
        Numbers of the fingerprint.
    steps : default 3, at least 1
        How far a node sees, in edges.
    """

    kind: ClassVar[str] = "neural_fingerprint"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    features: int | None = None
    length: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class Readout(Spec):
    r"""One row of features from the nodes of each graph.

    Parameters
    ----------
    by : default "sum"
        How.
    hidden : default 0, at least 0
        Of `attention`: numbers of $W x_i + b$; 0 stands for as many as there are features.
    steps : default 3, at least 1
        Of `set2set`: times that it looks at all nodes.
    """

    kind: ClassVar[str] = "readout"
    by: Literal["sum", "mean", "max", "attention", "set2set"] | None = None
    hidden: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class MeanAbsoluteError(Spec):
    r"""$\frac1n\sum |\hat y_i - y_i|$.
    """

    kind: ClassVar[str] = "mean_absolute_error"


@dataclass(kw_only=True, repr=False)
class MeanSquaredError(Spec):
    r"""$\frac1n\sum (\hat y_i - y_i)^2$.
    """

    kind: ClassVar[str] = "mean_squared_error"


@dataclass(kw_only=True, repr=False)
class RootMeanSquaredError(Spec):
    r"""$\sqrt{\frac1n\sum (\hat y_i - y_i)^2}$, of each batch.
    """

    kind: ClassVar[str] = "root_mean_squared_error"


@dataclass(kw_only=True, repr=False)
class Huber(Spec):
    r"""Quadratic up to `delta`, linear beyond [Huber1964].

    Parameters
    ----------
    delta : default 1.0, at least 0
        Where the quadratic part ends, in units of the scaled target.
    """

    kind: ClassVar[str] = "huber"
    delta: float | None = None


@dataclass(kw_only=True, repr=False)
class GaussianNegativeLogLikelihood(Spec):
    r"""$\frac1n\sum \frac12\left(\ln v_i + (y_i - \hat y_i)^2/v_i\right)$: the network gives the variance $v$ too, so that
    each prediction has a deviation of its own [Nix1994].
    """

    kind: ClassVar[str] = "gaussian_negative_log_likelihood"


@dataclass(kw_only=True, repr=False)
class Quantile(Spec):
    r"""The sum of the pinball losses of the median and of the ends between which a share `level` of the values lies: the
    network gives an interval with each prediction [Koenker1978].

    Parameters
    ----------
    level : default 0.9, 0.01 to 0.999
        Share of the values between the ends.
    """

    kind: ClassVar[str] = "quantile"
    level: float | None = None


@dataclass(kw_only=True, repr=False)
class BinaryCrossEntropy(Spec):
    r"""$-\frac1n\sum y_i \ln p_i + (1-y_i)\ln(1-p_i)$ for two classes.
    """

    kind: ClassVar[str] = "binary_cross_entropy"


@dataclass(kw_only=True, repr=False)
class CrossEntropy(Spec):
    r"""$-\frac1n\sum \ln p_{i,y_i}$ for any number of classes.
    """

    kind: ClassVar[str] = "cross_entropy"


@dataclass(kw_only=True, repr=False)
class ZeroMean(Spec):
    r"""Zero, in units of the values: nothing is learned.
    """

    kind: ClassVar[str] = "zero"


@dataclass(kw_only=True, repr=False)
class ConstantMean(Spec):
    r"""$m(x) = c$.

    Parameters
    ----------
    level
        What is known of $c$.
    """

    kind: ClassVar[str] = "constant"
    level: Normal | None = None


@dataclass(kw_only=True, repr=False)
class LinearMean(Spec):
    r"""$m(x) = c + \sum_a b_a (x_a - \tfrac12)$.

    Parameters
    ----------
    columns
        Inputs, counted from 0; by default all.
    curvatures
        What is known of $q$: none, one for all, or one for each.
    level
        What is known of $c$, the value in the middle of the cube.
    slopes
        What is known of $b$, the change over the range of each input: none, one for all, or one for each.
    """

    kind: ClassVar[str] = "linear"
    columns: Sequence[int] | None = None
    curvatures: Sequence[Normal] | None = None
    level: Normal | None = None
    slopes: Sequence[Normal] | None = None


@dataclass(kw_only=True, repr=False)
class QuadraticMean(Spec):
    r"""$m(x) = c + \sum_a b_a (x_a - \tfrac12) + \sum_a q_a (x_a - \tfrac12)^2$.

    Parameters
    ----------
    columns
        Inputs, counted from 0; by default all.
    curvatures
        What is known of $q$: none, one for all, or one for each.
    level
        What is known of $c$, the value in the middle of the cube.
    slopes
        What is known of $b$, the change over the range of each input: none, one for all, or one for each.
    """

    kind: ClassVar[str] = "quadratic"
    columns: Sequence[int] | None = None
    curvatures: Sequence[Normal] | None = None
    level: Normal | None = None
    slopes: Sequence[Normal] | None = None


@dataclass(kw_only=True, repr=False)
class Mlp(Spec):
    r"""Multilayer perceptron.

    Parameters
    ----------
    activation : default "relu"
        The function behind each hidden layer.
    batch_norm : default False
        Normalize each hidden layer over the batch.
    dropout : default 0.1, 0 to 0.95
        Share of hidden numbers that become zero in a training step.
    hidden : default [256, 64]
        Width of each hidden layer.
    initialize
        First weights; by default those that suit the activation.
    """

    kind: ClassVar[str] = "mlp"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    batch_norm: bool | None = None
    dropout: float | None = None
    hidden: Sequence[int] | None = None
    initialize: Literal["zeros", "normal", "uniform", "xavier_normal", "xavier_uniform", "he_normal", "he_uniform", "orthogonal"] | None = None


@dataclass(kw_only=True, repr=False)
class Sequential(Spec):
    r"""Layers as they are listed.

    Parameters
    ----------
    layers : required
        The layers before the last.
    """

    kind: ClassVar[str] = "sequential"
    layers: Sequence[Dense | BatchNorm | Dropout | Activation | LayerNorm | Embedding | RnnLayer | LstmLayer | GruLayer | Convolution1d | Convolution2d | TransposedConvolution | MaxPool | AveragePool | L2Pool | AdaptivePool | Residual | Attention | Transformer | Positions | Pool | AttentionPool | Flatten | GraphConvolution | GraphAttention | MessagePassing | DirectedMessagePassing | NeuralFingerprintLayer | Readout]


@dataclass(kw_only=True, repr=False)
class Perceptron(Spec):
    r"""Threshold units with their own learning rule.

    Parameters
    ----------
    epochs : default 100, at least 1
        Passes over the rows, at most; the perceptron rule ends after a pass without errors.
    learning_rate : default 0.01, at least 0
        Learning rate $\eta$; the delta rule needs one below 2.
    rule : default "perceptron"
        The learning rule; numbers are always learned by the delta rule.
    """

    kind: ClassVar[str] = "perceptron"
    epochs: int | None = None
    learning_rate: float | None = None
    rule: Literal["perceptron", "delta"] | None = None


@dataclass(kw_only=True, repr=False)
class Logistic(Spec):
    r"""Logistic regression, for classes.

    Parameters
    ----------
    penalty : default 0.001, at least 0
        Strength $\lambda$.
    steps : default 100, at least 1
        Steps, at most.
    """

    kind: ClassVar[str] = "logistic"
    penalty: float | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class Ridge(Spec):
    r"""Linear regression with a penalty on squares, for numbers.

    Parameters
    ----------
    penalty : at least 0
        Strength $\lambda$; by default the best of $10^{-2}$ to $10^{5}$ on the validation rows.
    """

    kind: ClassVar[str] = "ridge"
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class Lasso(Spec):
    r"""Linear regression with a penalty on absolute values, for numbers.

    Parameters
    ----------
    penalty : at least 0
        Strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    """

    kind: ClassVar[str] = "lasso"
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class ElasticNet(Spec):
    r"""Linear regression with both penalties, for numbers.

    Parameters
    ----------
    l1_ratio : default 0.5, 0.01 to 1
        Share $\rho$ of the absolute penalty.
    penalty : at least 0
        Strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    """

    kind: ClassVar[str] = "elastic_net"
    l1_ratio: float | None = None
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class Pls(Spec):
    r"""Linear regression on a few sums of the features, for numbers from spectra.

    Parameters
    ----------
    components : at least 1
        How many sums; by default the best of 1 to 30 on the validation rows.
    """

    kind: ClassVar[str] = "pls"
    components: int | None = None


@dataclass(kw_only=True, repr=False)
class Rnn(Spec):
    r"""Simple recurrent network, for sequences.

    Parameters
    ----------
    attention : default False
        Behind the last layer stands a mean over all steps with weights that are learned and can be looked at, in place of the last
        state [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers between layers that become zero in a training step.
    embed : default 0, at least 0
        Numbers into which a linear layer with a rectifier turns each step, or patch, before it is read; 0 for none.
    hidden : default 64, at least 1
        Numbers of the state of each layer.
    layers : default 1, at least 1
        Layers one behind the other.
    patch : default 1, at least 1
        Steps of the window that are read at once; they divide the window. A long window of many small steps is read better in
        pieces [Lin2023].
    peepholes : default False
        Of long short-term memory: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "rnn"
    attention: bool | None = None
    bidirectional: bool | None = None
    dropout: float | None = None
    embed: int | None = None
    hidden: int | None = None
    layers: int | None = None
    patch: int | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class Lstm(Spec):
    r"""Long short-term memory, for sequences.

    Parameters
    ----------
    attention : default False
        Behind the last layer stands a mean over all steps with weights that are learned and can be looked at, in place of the last
        state [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers between layers that become zero in a training step.
    embed : default 0, at least 0
        Numbers into which a linear layer with a rectifier turns each step, or patch, before it is read; 0 for none.
    hidden : default 64, at least 1
        Numbers of the state of each layer.
    layers : default 1, at least 1
        Layers one behind the other.
    patch : default 1, at least 1
        Steps of the window that are read at once; they divide the window. A long window of many small steps is read better in
        pieces [Lin2023].
    peepholes : default False
        Of long short-term memory: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "lstm"
    attention: bool | None = None
    bidirectional: bool | None = None
    dropout: float | None = None
    embed: int | None = None
    hidden: int | None = None
    layers: int | None = None
    patch: int | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class Gru(Spec):
    r"""Recurrent network with reset and update gates, for sequences.

    Parameters
    ----------
    attention : default False
        Behind the last layer stands a mean over all steps with weights that are learned and can be looked at, in place of the last
        state [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers between layers that become zero in a training step.
    embed : default 0, at least 0
        Numbers into which a linear layer with a rectifier turns each step, or patch, before it is read; 0 for none.
    hidden : default 64, at least 1
        Numbers of the state of each layer.
    layers : default 1, at least 1
        Layers one behind the other.
    patch : default 1, at least 1
        Steps of the window that are read at once; they divide the window. A long window of many small steps is read better in
        pieces [Lin2023].
    peepholes : default False
        Of long short-term memory: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Gradients do not pass from a step whose number is a multiple of this to the one before [Williams1990]; 0: they pass
        everywhere.
    """

    kind: ClassVar[str] = "gru"
    attention: bool | None = None
    bidirectional: bool | None = None
    dropout: float | None = None
    embed: int | None = None
    hidden: int | None = None
    layers: int | None = None
    patch: int | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class Seq2seq(Spec):
    r"""Encoder and decoder, for forecasts.

    Parameters
    ----------
    attention
        Look back at the window.
    cell : default "lstm"
        What runs along the sequences.
    dropout : default 0.0, 0 to 0.95
        Probability of a zero before the last layer, in training.
    hidden : default 64, at least 1
        Numbers of the state.
    layers : default 1, at least 1
        Cells one behind the other, in the encoder and in the decoder.
    teacher_forcing : default [1.0, 0.0]
        Probability that the decoder sees the truth in training: at the beginning and in the last epoch.
    """

    kind: ClassVar[str] = "seq2seq"
    attention: Literal["additive", "multiplicative"] | None = None
    cell: Literal["lstm", "gru", "rnn"] | None = None
    dropout: float | None = None
    hidden: int | None = None
    layers: int | None = None
    teacher_forcing: Sequence[float] | None = None


@dataclass(kw_only=True, repr=False)
class Convolution(Spec):
    r"""Dilated causal convolutions, for sequences.

    Parameters
    ----------
    activation : default "relu"
        The function behind each layer.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers behind each layer that become zero in a training step.
    features : default 32, at least 1
        Numbers a step between layers.
    kernel : default 3, at least 1
        Steps that each layer sees at once.
    layers : default 5, 1 to 20
        Layers one behind the other.
    """

    kind: ClassVar[str] = "convolution"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    dropout: float | None = None
    features: int | None = None
    kernel: int | None = None
    layers: int | None = None


@dataclass(kw_only=True, repr=False)
class Lenet(Spec):
    r"""Two convolutions and a perceptron, for images.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Share of the numbers before each hidden layer that become zero in a training step.
    features : default [6, 16]
        Numbers of a place behind each convolution.
    hidden : default [120, 84]
        Widths of the hidden layers behind them.
    kernel : default 5, at least 1
        Side of the filters.
    """

    kind: ClassVar[str] = "lenet"
    dropout: float | None = None
    features: Sequence[int] | None = None
    hidden: Sequence[int] | None = None
    kernel: int | None = None


@dataclass(kw_only=True, repr=False)
class Vgg(Spec):
    r"""Small filters one behind the other, for images.

    Parameters
    ----------
    convolutions : default 2, 1 to 10
        Convolutions of a stage.
    dropout : default 0.3, 0 to 0.95
        Share of the numbers before and behind the hidden layer that become zero in a training step.
    features : default [32, 64, 128]
        Numbers of a place in each stage.
    hidden : default 128, at least 1
        Width of the hidden layer behind the last stage.
    """

    kind: ClassVar[str] = "vgg"
    convolutions: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Resnet(Spec):
    r"""Residual network, for images.

    Parameters
    ----------
    blocks : default 2, 1 to 20
        Blocks of a stage.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers before the last layer that become zero in a training step.
    features : default [16, 32, 64]
        Numbers of a place in each stage.
    """

    kind: ClassVar[str] = "resnet"
    blocks: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class Resnet1d(Spec):
    r"""Residual network along one axis, for spectra and sequences.

    Parameters
    ----------
    blocks : default 1, 1 to 20
        Blocks of a stage.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers before the last layer that become zero in a training step.
    features : default [16, 32, 32]
        Numbers of a step in each stage.
    kernel : default 7, at least 1
        Steps that a filter sees.
    places : default 16, at least 1
        Places that are left of each feature before the last layer: one is its mean over the whole axis; more keep where a band
        stands.
    """

    kind: ClassVar[str] = "resnet1d"
    blocks: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None
    kernel: int | None = None
    places: int | None = None


@dataclass(kw_only=True, repr=False)
class Gcn(Spec):
    r"""Graph convolutions, for molecules.

    Parameters
    ----------
    batch_norm : default False
        Normalize each layer over the atoms of the batch.
    dropout : default 0.0, 0 to 0.95
        Share of the numbers behind each layer that become zero in a training step.
    features : default 64, at least 1
        Numbers of an atom between layers.
    head : default 64, at least 0
        Width of the dense layer behind; 0 for none.
    layers : default 3, at least 1
        Layers one behind the other: so many bonds far an atom sees.
    readout : default "sum"
        How atoms become one row.
    """

    kind: ClassVar[str] = "gcn"
    batch_norm: bool | None = None
    dropout: float | None = None
    features: int | None = None
    head: int | None = None
    layers: int | None = None
    readout: Literal["sum", "mean", "max", "attention", "set2set"] | None = None


@dataclass(kw_only=True, repr=False)
class Gat(Spec):
    r"""Graph attention, for molecules.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Share of the numbers behind each layer that become zero in a training step.
    features : default 32, at least 1
        Numbers that each head gives for an atom.
    head : default 64, at least 0
        Width of the dense layer behind; 0 for none.
    heads : default 4, at least 1
        Heads that look at once; the last layer takes their mean.
    layers : default 3, at least 1
        Layers one behind the other.
    readout : default "sum"
        How atoms become one row.
    """

    kind: ClassVar[str] = "gat"
    dropout: float | None = None
    features: int | None = None
    head: int | None = None
    heads: int | None = None
    layers: int | None = None
    readout: Literal["sum", "mean", "max", "attention", "set2set"] | None = None


@dataclass(kw_only=True, repr=False)
class Mpnn(Spec):
    r"""Message passing, for molecules.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Share of the numbers of the dense layer that become zero in a training step.
    edge_hidden : default 64, at least 1
        Width of the hidden layer of the network that reads bonds.
    features : default 64, at least 1
        Numbers of an atom.
    head : default 64, at least 0
        Width of the dense layer behind; 0 for none.
    readout : default "set2set"
        How atoms become one row.
    steps : default 3, at least 1
        Times that neighbors are heard.
    """

    kind: ClassVar[str] = "mpnn"
    dropout: float | None = None
    edge_hidden: int | None = None
    features: int | None = None
    head: int | None = None
    readout: Literal["sum", "mean", "max", "attention", "set2set"] | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class DMpnn(Spec):
    r"""Directed message passing, for molecules.

    Parameters
    ----------
    bias : default False
        Add biases in the states of bonds.
    depth : default 3, at least 1
        Through so many bonds an atom hears of others.
    dropout : default 0.1, 0 to 0.95
        Share of the numbers of states and dense layers that become zero in a training step.
    head : default [128]
        Width of each dense layer behind.
    hidden : default 128, at least 1
        Numbers of the state of each bond.
    readout : default "mean"
        How atoms become one row.
    """

    kind: ClassVar[str] = "d_mpnn"
    bias: bool | None = None
    depth: int | None = None
    dropout: float | None = None
    head: Sequence[int] | None = None
    hidden: int | None = None
    readout: Literal["sum", "mean", "max", "attention", "set2set"] | None = None


@dataclass(kw_only=True, repr=False)
class NeuralFingerprint(Spec):
    r"""A fingerprint that is learned, for molecules.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Share of the numbers of the dense layer that become zero in a training step.
    features : default 64, at least 1
        Numbers of an atom between steps.
    head : default 64, at least 0
        Width of the dense layer behind; 0 for none.
    length : default 256, at least 1
        Numbers of the fingerprint.
    radius : default 3, at least 1
        How far an atom sees, in bonds.
    """

    kind: ClassVar[str] = "neural_fingerprint"
    dropout: float | None = None
    features: int | None = None
    head: int | None = None
    length: int | None = None
    radius: int | None = None


@dataclass(kw_only=True, repr=False)
class RandomForest(Spec):
    r"""Trees grown on resampled rows.

    Parameters
    ----------
    fingerprints : default False
        Look at the bits of fingerprints too, where descriptors of molecules are there: trees on thousands of bits grow
        slowly and predict less well.
    max_features : 0 to 1
        Share of the features among which a split is chosen; by default a third for numbers, the square root for classes.
    trees : default 100, at least 1
        How many trees.
    """

    kind: ClassVar[str] = "random_forest"
    fingerprints: bool | None = None
    max_features: float | None = None
    trees: int | None = None


@dataclass(kw_only=True, repr=False)
class GaussianProcess(Spec):
    r"""Gaussian process, for numbers.

    Parameters
    ----------
    kernel
        The covariance function.
    mean
        The mean function: what is expected far from all data.
    noise
        The variance of a single measurement.
    restarts : default 2, 0 to 100
        Starts of the search for hyperparameters that are drawn from their priors, beside the usual one.
    search_rows : default 1000, at least 2
        Points by which hyperparameters are found, at most; of more, some are drawn by chance. All points are learned from.
    """

    kind: ClassVar[str] = "gaussian_process"
    kernel: RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel | None = None
    mean: ZeroMean | ConstantMean | LinearMean | QuadraticMean | None = None
    noise: LearnedNoise | FixedNoise | DeterministicNoise | None = None
    restarts: int | None = None
    search_rows: int | None = None


@dataclass(kw_only=True, repr=False)
class Mean(Spec):
    r"""The mean of the training targets, or the frequencies of the classes.
    """

    kind: ClassVar[str] = "mean"


@dataclass(kw_only=True, repr=False)
class Auto(Spec):
    r"""The best on validation rows of what suits the data.
    """

    kind: ClassVar[str] = "auto"


@dataclass(kw_only=True, repr=False)
class Bagging(Spec):
    r"""Models trained on resampled rows, averaged.

    Parameters
    ----------
    members : default 5, 2 to 1000
        How many models.
    of
        What each of them is.
    """

    kind: ClassVar[str] = "bagging"
    members: int | None = None
    of: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None


@dataclass(kw_only=True, repr=False)
class Averaging(Spec):
    r"""Models trained on all rows from different seeds, averaged.

    Parameters
    ----------
    members : default 5, 2 to 1000
        How many models.
    of
        What each of them is.
    """

    kind: ClassVar[str] = "averaging"
    members: int | None = None
    of: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None


@dataclass(kw_only=True, repr=False)
class Voting(Spec):
    r"""Models of several kinds, averaged.

    Parameters
    ----------
    of : required
        The models.
    """

    kind: ClassVar[str] = "voting"
    of: Sequence[Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting]


@dataclass(kw_only=True, repr=False)
class MoleculeFeatures(Spec):
    r"""Which numbers describe a molecule to a model.

    The row holds, in this order, the circular fingerprint, the MACCS keys and the descriptors. By default it has keys
    and descriptors, which suit the few hundred to few thousand molecules of a typical study: descriptors carry size and
    polarity, keys name groups. Thousands of fingerprint bits predict less well there.

    Parameters
    ----------
    beside_graphs : default True
        Models that read molecules as graphs also read these numbers, beside what they make of the graph.
    descriptor_names : default []
        Names of the descriptors, in the order wanted; none means all.
    descriptors : default True
        Descriptors: numbers with a chemical meaning, such as mass and polar surface.
    ecfp
        Circular fingerprint: which neighborhoods of atoms occur.
    maccs : default True
        The 166 MACCS keys.
    """

    beside_graphs: bool | None = None
    descriptor_names: Sequence[str] | None = None
    descriptors: bool | None = None
    ecfp: Ecfp | None = None
    maccs: bool | None = None


@dataclass(kw_only=True, repr=False)
class LearnedNoise(Spec):
    r"""Learned, from $10^{-6}$ to all of the variance of the values.

    Parameters
    ----------
    prior
        What is known of $\sigma^2$, relative to the variance of the values; by default $\ln\sigma^2 \sim N(-4, 1)$
        [Hvarfner2024].
    """

    kind: ClassVar[str] = "learned"
    prior: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class FixedNoise(Spec):
    r"""Known.

    Parameters
    ----------
    variance : required
        In squared units of the values.
    """

    kind: ClassVar[str] = "fixed"
    variance: float


@dataclass(kw_only=True, repr=False)
class DeterministicNoise(Spec):
    r"""Repeated measurements are the same: $10^{-8}$ of the variance of the values.
    """

    kind: ClassVar[str] = "deterministic"


@dataclass(kw_only=True, repr=False)
class Normal(Spec):
    r"""A normal distribution.

    Parameters
    ----------
    deviation : default 1.0
        The standard deviation.
    mean : default 0.0
        The mean.
    """

    deviation: float | None = None
    mean: float | None = None


@dataclass(kw_only=True, repr=False)
class Objective(Spec):
    r"""Something measured that is to be made large or small.

    Parameters
    ----------
    deviation
        The name under which the standard deviation of each measurement is told, where it is known. The `noise` of the strategy is
        added to it: `deterministic` adds nothing.
    goal : default "maximize"
        Which way is better.
    name : required
        Its name, under which it is told.
    """

    deviation: str | None = None
    goal: Literal["maximize", "minimize"] | None = None
    name: str


@dataclass(kw_only=True, repr=False)
class Sgd(Spec):
    r"""Stochastic gradient descent, plain, with momentum or Nesterov's.

    Parameters
    ----------
    learning_rate : default 0.01, at least 0
        Learning rate $\eta$.
    momentum : default 0.0, 0 to 1
        Momentum $\mu$; zero for none.
    nesterov : default False
        Look ahead along the momentum.
    """

    kind: ClassVar[str] = "sgd"
    learning_rate: float | None = None
    momentum: float | None = None
    nesterov: bool | None = None


@dataclass(kw_only=True, repr=False)
class Adagrad(Spec):
    r"""Each parameter's rate falls with the squares of its gradients.

    Parameters
    ----------
    epsilon : default 1e-10, at least 0
        Keeps the quotient finite, $\varepsilon$.
    learning_rate : default 0.01, at least 0
        Learning rate $\eta$.
    """

    kind: ClassVar[str] = "adagrad"
    epsilon: float | None = None
    learning_rate: float | None = None


@dataclass(kw_only=True, repr=False)
class Rmsprop(Spec):
    r"""As AdaGrad, with a running mean of the squares.

    Parameters
    ----------
    decay : default 0.99, 0 to 1
        Weight of the past in the mean of squares, $\rho$.
    epsilon : default 1e-8, at least 0
        Keeps the quotient finite, $\varepsilon$.
    learning_rate : default 0.001, at least 0
        Learning rate $\eta$.
    """

    kind: ClassVar[str] = "rmsprop"
    decay: float | None = None
    epsilon: float | None = None
    learning_rate: float | None = None


@dataclass(kw_only=True, repr=False)
class Adam(Spec):
    r"""Running means of gradient and square.

    Parameters
    ----------
    beta1 : default 0.9, 0 to 0.9999999
        Weight of the past in the mean of gradients, $\beta_1$.
    beta2 : default 0.999, 0 to 0.9999999
        Weight of the past in the mean of squares, $\beta_2$.
    epsilon : default 1e-8, at least 0
        Keeps the quotient finite, $\varepsilon$.
    learning_rate : default 0.001, at least 0
        Learning rate $\eta$.
    """

    kind: ClassVar[str] = "adam"
    beta1: float | None = None
    beta2: float | None = None
    epsilon: float | None = None
    learning_rate: float | None = None


@dataclass(kw_only=True, repr=False)
class Adamw(Spec):
    r"""Adam with weight decay beside the gradient.

    Parameters
    ----------
    beta1 : default 0.9, 0 to 0.9999999
        Weight of the past in the mean of gradients, $\beta_1$.
    beta2 : default 0.999, 0 to 0.9999999
        Weight of the past in the mean of squares, $\beta_2$.
    epsilon : default 1e-8, at least 0
        Keeps the quotient finite, $\varepsilon$.
    learning_rate : default 0.001, at least 0
        Learning rate $\eta$.
    weight_decay : default 0.01, at least 0
        Weight decay $\lambda$.
    """

    kind: ClassVar[str] = "adamw"
    beta1: float | None = None
    beta2: float | None = None
    epsilon: float | None = None
    learning_rate: float | None = None
    weight_decay: float | None = None


@dataclass(kw_only=True, repr=False)
class Lbfgs(Spec):
    r"""Quasi-Newton steps on the whole data set.

    Parameters
    ----------
    evaluations : default 20, 1 to 100
        Most evaluations in one line search.
    history : default 10, 1 to 100
        Pairs of steps and gradient changes that are remembered.
    learning_rate : default 1.0, at least 0
        First trial of the step length; one is Newton's.
    """

    kind: ClassVar[str] = "lbfgs"
    evaluations: int | None = None
    history: int | None = None
    learning_rate: float | None = None


@dataclass(kw_only=True, repr=False)
class OutcomeLimit(Spec):
    r"""A measured quantity that must keep a bound.

    Parameters
    ----------
    at_least
        It must not fall below this.
    at_most
        It must not exceed this.
    name : required
        Its name, under which it is told.
    """

    at_least: float | None = None
    at_most: float | None = None
    name: str


@dataclass(kw_only=True, repr=False)
class ContinuousParameter(Spec):
    r"""Any number between two bounds.

    Parameters
    ----------
    high : required
        The highest value.
    log : default False
        Steps are factors: for values over several decades.
    low : required
        The lowest value.
    name : default ""
        Its name; in Python that of its place in the space.
    """

    kind: ClassVar[str] = "continuous"
    high: float
    log: bool | None = None
    low: float
    name: str | None = None


@dataclass(kw_only=True, repr=False)
class IntegerParameter(Spec):
    r"""A whole number between two bounds.

    Parameters
    ----------
    high : required
        The highest value.
    log : default False
        Steps are factors.
    low : required
        The lowest value.
    name : default ""
        Its name; in Python that of its place in the space.
    """

    kind: ClassVar[str] = "integer"
    high: int
    log: bool | None = None
    low: int
    name: str | None = None


@dataclass(kw_only=True, repr=False)
class OrdinalParameter(Spec):
    r"""One of some numbers.

    Parameters
    ----------
    log : default False
        Steps are factors.
    name : default ""
        Its name; in Python that of its place in the space.
    values : required
        The numbers, in any order.
    """

    kind: ClassVar[str] = "ordinal"
    log: bool | None = None
    name: str | None = None
    values: Sequence[float]


@dataclass(kw_only=True, repr=False)
class CategoricalParameter(Spec):
    r"""One of some words.

    Parameters
    ----------
    name : default ""
        Its name; in Python that of its place in the space.
    values : required
        The words.
    """

    kind: ClassVar[str] = "categorical"
    name: str | None = None
    values: Sequence[str]


@dataclass(kw_only=True, repr=False)
class MoleculeParameter(Spec):
    r"""One of some molecules; those whose fingerprints (ECFP4) share much are expected to act alike.

    Parameters
    ----------
    column : default "smiles"
        The column of that table that holds SMILES.
    file
        A table with further ones.
    name : default ""
        Its name; in Python that of its place in the space.
    values : default []
        SMILES.
    """

    kind: ClassVar[str] = "molecule"
    column: str | None = None
    file: str | None = None
    name: str | None = None
    values: Sequence[str] | None = None


@dataclass(kw_only=True, repr=False)
class FixedParameter(Spec):
    r"""Always the same; it is written down with every trial.

    Parameters
    ----------
    name : default ""
        Its name; in Python that of its place in the space.
    value : required
        The value.
    """

    kind: ClassVar[str] = "fixed"
    name: str | None = None
    value: Any


@dataclass(kw_only=True, repr=False)
class FlatPrior(Spec):
    r"""Nothing is known.
    """

    kind: ClassVar[str] = "flat"


@dataclass(kw_only=True, repr=False)
class NormalPrior(Spec):
    r"""$v$ is normal; where it is positive, the part above zero counts.

    Parameters
    ----------
    deviation : default 1.0
        The standard deviation.
    mean : default 0.0
        The mean.
    """

    kind: ClassVar[str] = "normal"
    deviation: float | None = None
    mean: float | None = None


@dataclass(kw_only=True, repr=False)
class LogNormalPrior(Spec):
    r"""$\ln v$ is normal.

    Parameters
    ----------
    deviation : required
        Deviation of $\ln v$.
    mean : required
        Mean of $\ln v$.
    """

    kind: ClassVar[str] = "log_normal"
    deviation: float
    mean: float


@dataclass(kw_only=True, repr=False)
class GammaPrior(Spec):
    r"""$p(v) \propto v^{\text{shape}-1} e^{-\text{rate}\,v}$.

    Parameters
    ----------
    rate : required
        The rate, in units of $1/v$.
    shape : required
        The shape.
    """

    kind: ClassVar[str] = "gamma"
    rate: float
    shape: float


@dataclass(kw_only=True, repr=False)
class Scale(Spec):
    r"""How inputs and targets are brought to one scale, fitted on training rows only.

    Parameters
    ----------
    inputs : default "standard"
        For inputs.
    limit : default 4.0, at least 0
        Scaled inputs are cut to `[-limit, limit]`, so that a row unlike all training rows moves a prediction only so far;
        zero for no limit, and none where inputs are not scaled.
    log_targets : default False
        Learn the decimal logarithm of the targets; predictions come back in their own unit.
    targets : default "standard"
        For targets that are numbers.
    """

    inputs: Literal["standard", "min-max", "robust", "none"] | None = None
    limit: float | None = None
    log_targets: bool | None = None
    targets: Literal["standard", "min-max", "robust", "none"] | None = None


@dataclass(kw_only=True, repr=False)
class ConstantSchedule(Spec):
    r"""Always one.
    """

    kind: ClassVar[str] = "constant"


@dataclass(kw_only=True, repr=False)
class StepSchedule(Spec):
    r"""Times `factor` after every `every` epochs.

    Parameters
    ----------
    every : required, at least 1
        Epochs between two cuts.
    factor : required, 0 to 1
        Factor of a cut.
    """

    kind: ClassVar[str] = "step"
    every: int
    factor: float


@dataclass(kw_only=True, repr=False)
class ExponentialSchedule(Spec):
    r"""$\gamma^{\text{epoch}}$.

    Parameters
    ----------
    factor : required, 0 to 1
        Factor $\gamma$ an epoch.
    """

    kind: ClassVar[str] = "exponential"
    factor: float


@dataclass(kw_only=True, repr=False)
class CosineSchedule(Spec):
    r"""Half a cosine from one to `floor` over all epochs [Loshchilov2017].

    Parameters
    ----------
    floor : default 0.0, 0 to 1
        Last value of the factor.
    """

    kind: ClassVar[str] = "cosine"
    floor: float | None = None


@dataclass(kw_only=True, repr=False)
class OnPlateauSchedule(Spec):
    r"""Times `factor` whenever the validation loss has not improved for `patience` epochs.

    Parameters
    ----------
    factor : required, 0 to 1
        Factor of a cut.
    patience : required, at least 1
        Epochs without improvement before a cut.
    """

    kind: ClassVar[str] = "on_plateau"
    factor: float
    patience: int


@dataclass(kw_only=True, repr=False)
class TokensSequence(Spec):
    r"""The molecules: atoms, bonds, brackets and rings of each canonical SMILES are the steps.
    """

    kind: ClassVar[str] = "tokens"


@dataclass(kw_only=True, repr=False)
class ColumnsSequence(Spec):
    r"""The features: columns in their order are the steps, as in a spectrum.

    Parameters
    ----------
    channels : default 1, at least 1
        Columns that belong to one step.
    """

    kind: ClassVar[str] = "columns"
    channels: int | None = None


@dataclass(kw_only=True, repr=False)
class RowsSequence(Spec):
    r"""Several rows: those with the same name in one column are the steps of a sequence, in the order of another, as the readings of
    sensors. The target is the same in all of them.

    Parameters
    ----------
    id : required
        Column with the name of the sequence.
    time
        Column of times or numbers by which steps are ordered; by default they stand in order.
    """

    kind: ClassVar[str] = "rows"
    id: str
    time: str | None = None


@dataclass(kw_only=True, repr=False)
class Spectra(Spec):
    r"""Spectra: each row of the table is one, in the columns whose headers are numbers; these numbers are the axis.

    Parameters
    ----------
    files
        Column with paths of JCAMP-DX files that hold the spectra, from the folder of the table on. A folder of such files needs no
        column.
    high
        Where the axis ends; by default with the largest header that is a number.
    low
        Where the axis begins; by default with the smallest header that is a number.
    steps : default []
        What is done to each spectrum, in this order; what a step learns, it learns from training rows.
    """

    files: str | None = None
    high: float | None = None
    low: float | None = None
    steps: Sequence[AsymmetricLeastSquaresStep | PolynomialBaselineStep | SavitzkyGolayStep | StandardNormalVariateStep | ScatterCorrectionStep | NormalizeStep | ResampleStep | CutStep] | None = None


@dataclass(kw_only=True, repr=False)
class Split(Spec):
    r"""How rows are cut into training, validation and test.

    Parameters
    ----------
    column
        Column with the groups of a `group` split or the times of a `time` split.
    folds : default 0, at least 0
        Number of parts for cross-validation, at least 2; 0 for a single split. Every part is the test once, and the
        other rows are shared between training and validation in the proportion of `fractions`.
    fractions : default [0.8, 0.1, 0.1]
        Shares of training, validation and test; they sum to 1. A share of 0 leaves the part out, except training.
    kind : default "random"
        What decides which rows go together.
    repeats : default 1, at least 0
        How often the whole is done again with other random choices.
    """

    column: str | None = None
    folds: int | None = None
    fractions: Sequence[float] | None = None
    kind: Literal["random", "stratified", "scaffold", "group", "time", "kennard-stone"] | None = None
    repeats: int | None = None


@dataclass(kw_only=True, repr=False)
class Stationary(Spec):
    r"""A function of the scaled distance $r^2 = \sum_i (x_i - x'_i)^2 / \ell_i^2$ [Rasmussen2006].

    | hyperparameter | start | bounds | prior |
    |---|---|---|---|
    | lengthscale $\ell$ | $0.205 \sqrt d$ | $[0.025, 100\sqrt d]$ | $\ln\ell \sim N(\sqrt2 + \frac12 \ln d, 3)$ [Hvarfner2024] |

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to 20.
    columns : default []
        Inputs that it looks at, counted from zero; none stands for all.
    lengthscale
        Another prior of the lengthscales.
    """

    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class AsymmetricLeastSquaresStep(Spec):
    r"""Take away a smooth baseline below the bands.

    Parameters
    ----------
    asymmetry : default 0.01, 0 to 1
        Asymmetry $p$: the weight of points above the baseline, about 0.001 to 0.1.
    iterations : default 10, 1 to 1000
        How often the weights are found.
    smoothness : default 100000.0, at least 0
        Smoothness $\lambda$: about 1e2 to 1e9, more for spectra of more points.
    """

    kind: ClassVar[str] = "asymmetric_least_squares"
    asymmetry: float | None = None
    iterations: int | None = None
    smoothness: float | None = None


@dataclass(kw_only=True, repr=False)
class PolynomialBaselineStep(Spec):
    r"""Take away a polynomial below the bands.

    Parameters
    ----------
    degree : default 3, 0 to 20
        Degree of the polynomial.
    iterations : default 100, 1 to 1000
        How often it is fitted.
    """

    kind: ClassVar[str] = "polynomial_baseline"
    degree: int | None = None
    iterations: int | None = None


@dataclass(kw_only=True, repr=False)
class SavitzkyGolayStep(Spec):
    r"""Smooth, or take a derivative.

    Parameters
    ----------
    derivative : default 0, 0 to 4
        Which derivative; 0 smooths.
    order : default 2, 0 to 10
        Degree of the polynomial, below the number of points.
    window : default 11, at least 3
        Points of the window, an odd number.
    """

    kind: ClassVar[str] = "savitzky_golay"
    derivative: int | None = None
    order: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class StandardNormalVariateStep(Spec):
    r"""Mean 0 and standard deviation 1 of each spectrum.
    """

    kind: ClassVar[str] = "standard_normal_variate"


@dataclass(kw_only=True, repr=False)
class ScatterCorrectionStep(Spec):
    r"""Bring offset and slope to those of the mean of the training spectra.
    """

    kind: ClassVar[str] = "scatter_correction"


@dataclass(kw_only=True, repr=False)
class NormalizeStep(Spec):
    r"""Divide by the area or by the maximum.

    Parameters
    ----------
    by : default "area"
        By what.
    """

    kind: ClassVar[str] = "normalize"
    by: Literal["area", "maximum"] | None = None


@dataclass(kw_only=True, repr=False)
class ResampleStep(Spec):
    r"""Bring to another axis.

    Parameters
    ----------
    high : required
        The last point.
    low : required
        The first point.
    points : required, at least 2
        How many points there are.
    """

    kind: ClassVar[str] = "resample"
    high: float
    low: float
    points: int


@dataclass(kw_only=True, repr=False)
class CutStep(Spec):
    r"""Keep some ranges.

    Parameters
    ----------
    ranges : required
        Ranges such as `[[400, 800], [1000, 1800]]`.
    """

    kind: ClassVar[str] = "cut"
    ranges: Sequence[Sequence[float]]


@dataclass(kw_only=True, repr=False)
class Strategy(Spec):
    r"""How the next experiments are chosen: first a design, then a Gaussian process of what has been measured, and an acquisition
    that weighs what is promising against what is not known.

    Parameters
    ----------
    acquisition
        What is maximized to find a point.
    batch
        How several points are chosen at once.
    cool : default False
        That power falls with the share of the budget that is left [Lee2020].
    cost_exponent : default 1.0, 0 to 10
        The power of the cost by which improvement is divided: 1 is improvement for each unit of cost, 0 ignores costs.
    design : default "sobol"
        How the first points are chosen.
    design_only : default False
        Only the design, never a model.
    draws : default 64, 1 to 4096
        Possible values of pending points over which the mean is taken.
    initial : at least 1
        How many points the design has; by default twice the number of axes, at least 5.
    kernel
        Another covariance function than the usual one of the space.
    margin : default 0.01, 0 to 10
        One ask of three, drawn by chance, counts only what is better than the best by this share of the deviation of the values:
        a search that is content with ever smaller steps looks elsewhere then. Zero: never.
    mean
        The mean function of the objective: what is expected far from all trials.
    noise
        The variance of a single measurement.
    restarts : default 2, 0 to 100
        Starts of the search for hyperparameters that are drawn from their priors, every tenth time.
    warp : default "none"
        What is done to the values before they are learned.
    """

    acquisition: LogExpectedImprovementAcquisition | ExpectedImprovementAcquisition | NoisyExpectedImprovementAcquisition | LogProbabilityOfImprovementAcquisition | ProbabilityOfImprovementAcquisition | ConfidenceBoundAcquisition | GreedyAcquisition | MaximumEntropyAcquisition | MaxValueEntropyAcquisition | None = None
    batch: MonteCarloBatch | ConstantLiarBatch | KrigingBelieverBatch | LocalPenalizationBatch | ThompsonBatch | KMeansBatch | None = None
    cool: bool | None = None
    cost_exponent: float | None = None
    design: Literal["sobol", "latin_hypercube", "random", "grid", "farthest", "k_means", "maximum_entropy"] | None = None
    design_only: bool | None = None
    draws: int | None = None
    initial: int | None = None
    kernel: RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel | None = None
    margin: float | None = None
    mean: ZeroMean | ConstantMean | LinearMean | QuadraticMean | None = None
    noise: LearnedNoise | FixedNoise | DeterministicNoise | None = None
    restarts: int | None = None
    warp: Literal["none", "yeo_johnson"] | None = None


@dataclass(kw_only=True, repr=False)
class Training(Spec):
    r"""How a network is trained.

    Parameters
    ----------
    batch : default 32, at least 1
        Rows in a mini-batch.
    clip
        Limit on gradients.
    early_stopping
        When to stop before the last epoch; the best weights are restored.
    epochs : default 200, at least 1
        Passes over the training rows, at most.
    l1 : default 0.0, at least 0
        Strength of the penalty on absolute weights, $\lambda_1 \lVert w\rVert_1$.
    l2 : default 0.0, at least 0
        Strength of the penalty on squared weights, $\frac{\lambda_2}{2}\lVert w\rVert_2^2$.
    optimizer
        How parameters follow their gradients.
    parallel : default "synchronous"
        How threads share the work.
    schedule
        How the learning rate changes.
    warm_up : default 0.0, at least 0
        Epochs over which the learning rate grows from zero.
    """

    batch: int | None = None
    clip: NormClip | ValueClip | None = None
    early_stopping: EarlyStopping | None = None
    epochs: int | None = None
    l1: float | None = None
    l2: float | None = None
    optimizer: Sgd | Adagrad | Rmsprop | Adam | Adamw | Lbfgs | None = None
    parallel: Literal["synchronous", "hogwild"] | None = None
    schedule: ConstantSchedule | StepSchedule | ExponentialSchedule | CosineSchedule | OnPlateauSchedule | None = None
    warm_up: float | None = None


@dataclass(kw_only=True, repr=False)
class Uncertainty(Spec):
    r"""How sure predictions are said to be.

    Parameters
    ----------
    dropout_samples : default 0, 0 to 1000
        Thinned networks whose mean is the prediction, each without the numbers that one draw of dropout takes away; the
        deviation between them comes with it [Gal2016]. With zero the whole network predicts; needs dropout.
    level : default 0.9, 0.01 to 0.999
        Share of new values that intervals shall hold, and of new classes that sets shall hold.
    temperature : default True
        Learn one temperature from the validation rows, at least 50, that makes the probabilities of classes honest; it does
        not change which class is the likeliest [Guo2017].
    """

    dropout_samples: int | None = None
    level: float | None = None
    temperature: bool | None = None


@dataclass(kw_only=True, repr=False)
class Experiment(Spec):
    r"""Everything about a run. The same experiment on the same data gives the same model, bit for bit.

    Parameters
    ----------
    baselines : default True
        Train the baselines too: mean predictor, ridge (logistic regression) and random forest.
    compare : default []
        Models that are trained on the same splits and compared; the best on validation rows is kept, in place of `model`.
    curves
        Curves to measure beside the training: errors over the number of training rows or over the values of a setting, and
        what part of them is bias and what variance.
    data
        Which table, and which of its columns.
    forecast
        Forecasts, where the table holds time series.
    loss
        What a network minimizes; by default the squared error, or the cross-entropy of classes.
    model
        What is trained.
    molecules
        How molecules become numbers.
    precision : default "single"
        Numbers in which networks compute.
    scale
        How inputs and targets are brought to one scale.
    seed : default 0, at least 0
        Seed of all random numbers.
    split
        How rows are cut into training, validation and test.
    train
        How a network is trained.
    uncertainty
        How sure predictions are said to be.
    """

    baselines: bool | None = None
    compare: Sequence[Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting] | None = None
    curves: Sequence[Curve] | None = None
    data: Data | None = None
    forecast: Forecast | None = None
    loss: MeanAbsoluteError | MeanSquaredError | RootMeanSquaredError | Huber | GaussianNegativeLogLikelihood | Quantile | BinaryCrossEntropy | CrossEntropy | None = None
    model: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None
    molecules: MoleculeFeatures | None = None
    precision: Literal["single", "double"] | None = None
    scale: Scale | None = None
    seed: int | None = None
    split: Split | None = None
    train: Training | None = None
    uncertainty: Uncertainty | None = None


__all__ = [
    "Activation",
    "Adagrad",
    "Adam",
    "Adamw",
    "AdaptivePool",
    "AlikeKernel",
    "AsymmetricLeastSquaresStep",
    "Attention",
    "AttentionPool",
    "Augmentation",
    "Auto",
    "AveragePool",
    "Averaging",
    "Bagging",
    "BatchNorm",
    "BinaryCrossEntropy",
    "Campaign",
    "CategoricalParameter",
    "ColumnsSequence",
    "Condition",
    "ConfidenceBoundAcquisition",
    "ConstantLiarBatch",
    "ConstantMean",
    "ConstantSchedule",
    "Constraint",
    "ContinuousParameter",
    "Convolution",
    "Convolution1d",
    "Convolution2d",
    "CosineSchedule",
    "CrossEntropy",
    "Curve",
    "CutStep",
    "DMpnn",
    "Data",
    "Dense",
    "DeterministicNoise",
    "DirectedMessagePassing",
    "Dropout",
    "EarlyStopping",
    "Ecfp",
    "ElasticNet",
    "Embedding",
    "ExpectedImprovementAcquisition",
    "Experiment",
    "ExponentialSchedule",
    "FixedNoise",
    "FixedParameter",
    "FlatPrior",
    "Flatten",
    "Forecast",
    "GammaPrior",
    "Gat",
    "GaussianNegativeLogLikelihood",
    "GaussianProcess",
    "Gcn",
    "GraphAttention",
    "GraphConvolution",
    "GreedyAcquisition",
    "Gru",
    "GruLayer",
    "HammingKernel",
    "Huber",
    "ImageInput",
    "Images",
    "IntegerParameter",
    "KMeansBatch",
    "KnownCostRule",
    "KrigingBelieverBatch",
    "L2Pool",
    "Lasso",
    "LatentKernel",
    "LayerNorm",
    "Lbfgs",
    "LearnedNoise",
    "Lenet",
    "LinearKernel",
    "LinearMean",
    "LocalPenalizationBatch",
    "LogExpectedImprovementAcquisition",
    "LogNormalPrior",
    "LogProbabilityOfImprovementAcquisition",
    "Logistic",
    "Lstm",
    "LstmLayer",
    "Matern12Kernel",
    "Matern32Kernel",
    "Matern52Kernel",
    "MaxPool",
    "MaxValueEntropyAcquisition",
    "MaximumEntropyAcquisition",
    "Mean",
    "MeanAbsoluteError",
    "MeanSquaredError",
    "MessagePassing",
    "Mlp",
    "MoleculeFeatures",
    "MoleculeParameter",
    "MonteCarloBatch",
    "Mpnn",
    "NeuralFingerprint",
    "NeuralFingerprintLayer",
    "NoisyExpectedImprovementAcquisition",
    "NormClip",
    "Normal",
    "NormalPrior",
    "NormalizeStep",
    "Objective",
    "OnPlateauSchedule",
    "OrdinalParameter",
    "OutcomeLimit",
    "Perceptron",
    "PeriodicKernel",
    "Pls",
    "PolynomialBaselineStep",
    "Pool",
    "Positions",
    "ProbabilityOfImprovementAcquisition",
    "ProductKernel",
    "QuadraticMean",
    "Quantile",
    "RandomForest",
    "RationalQuadraticKernel",
    "RbfKernel",
    "Readout",
    "ResampleStep",
    "Residual",
    "Resnet",
    "Resnet1d",
    "Ridge",
    "Rmsprop",
    "Rnn",
    "RnnLayer",
    "RootMeanSquaredError",
    "RowsSequence",
    "SavitzkyGolayStep",
    "Scale",
    "ScaledKernel",
    "ScatterCorrectionStep",
    "Seq2seq",
    "Sequential",
    "Sgd",
    "Spectra",
    "Split",
    "StandardNormalVariateStep",
    "Stationary",
    "StepSchedule",
    "Strategy",
    "SumKernel",
    "TanimotoKernel",
    "ThompsonBatch",
    "TokensSequence",
    "ToldCostRule",
    "Training",
    "Transformer",
    "TransposedConvolution",
    "Uncertainty",
    "ValueClip",
    "Vgg",
    "Voting",
    "WhiteKernel",
    "ZeroMean",
]
