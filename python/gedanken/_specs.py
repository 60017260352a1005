"""Specifications of models, optimizers and training. Generated from the schema: do not edit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from ._spec import Spec


@dataclass(kw_only=True, repr=False)
class LogExpectedImprovementAcquisition(Spec):
    r"""Log expected improvement, $\ln \mathrm{EI}$ with $\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$: finite
    where expected improvement would underflow to zero [Ament2023].
    """

    kind: ClassVar[str] = "log_expected_improvement"


@dataclass(kw_only=True, repr=False)
class ExpectedImprovementAcquisition(Spec):
    r"""Expected improvement, $\mathrm{EI} = \sigma\,(\varphi(u) + u\,\Phi(u))$ [Jones1998].
    """

    kind: ClassVar[str] = "expected_improvement"


@dataclass(kw_only=True, repr=False)
class NoisyExpectedImprovementAcquisition(Spec):
    r"""Noisy expected improvement, $\ln \mathrm{EI}$ with the best predicted mean of the points so far as $f^*$,
    since the best measured value may be noise [Letham2019].
    """

    kind: ClassVar[str] = "noisy_expected_improvement"


@dataclass(kw_only=True, repr=False)
class LogProbabilityOfImprovementAcquisition(Spec):
    r"""Log probability of improvement, $\ln \Phi(u)$ [Kushner1964].
    """

    kind: ClassVar[str] = "log_probability_of_improvement"


@dataclass(kw_only=True, repr=False)
class ProbabilityOfImprovementAcquisition(Spec):
    r"""Probability of improvement, $\Phi(u)$ [Kushner1964].
    """

    kind: ClassVar[str] = "probability_of_improvement"


@dataclass(kw_only=True, repr=False)
class ConfidenceBoundAcquisition(Spec):
    r"""Lower confidence bound, $-\mu + \beta\,\sigma$ [Srinivas2012].

    Parameters
    ----------
    beta : default 2.0, at least 0
        Weight $\beta$ of the uncertainty, in standard deviations.
    growing : default False
        Use $\beta = \sqrt{0.2\,d \ln 2t}$ instead, for $d$ axes and $t$ points so far [Kandasamy2015].
    """

    kind: ClassVar[str] = "confidence_bound"
    beta: float | None = None
    growing: bool | None = None


@dataclass(kw_only=True, repr=False)
class GreedyAcquisition(Spec):
    r"""Pure exploitation, $-\mu$ [Jones2001].
    """

    kind: ClassVar[str] = "greedy"


@dataclass(kw_only=True, repr=False)
class MaximumEntropyAcquisition(Spec):
    r"""Pure exploration, $\ln\sigma$: the entropy of a measurement, up to a constant [Shewry1987].
    """

    kind: ClassVar[str] = "maximum_entropy"


@dataclass(kw_only=True, repr=False)
class MaxValueEntropyAcquisition(Spec):
    r"""Max-value entropy search, the information that a measurement gives about the smallest value, averaged over
    samples $y^*$ of it [Wang2017]: $\frac{\gamma\,\varphi(\gamma)}{2\,\Phi(\gamma)} - \ln\Phi(\gamma)$ with
    $\gamma = (\mu - y^*)/\sigma$.
    """

    kind: ClassVar[str] = "max_value_entropy"


@dataclass(kw_only=True, repr=False)
class Augmentation(Spec):
    r"""Random augmentation of each image at each epoch. The target has to stay the same under it: the phase of a magnet under all of
    this, the digit 6 under next to none.

    Parameters
    ----------
    edges : default "zero"
        Padding where an image is shifted.
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
    r"""The joint improvement of the whole batch, $\mathbb E \max_j \max(0, f^* - f(x_j))$, as a mean over samples of
    the values [Wilson2018].

    Parameters
    ----------
    joint : default False
        Optimize all points together, not one after the other.
    """

    kind: ClassVar[str] = "monte_carlo"
    joint: bool | None = None


@dataclass(kw_only=True, repr=False)
class ConstantLiarBatch(Spec):
    r"""Constant liar: pending points are assigned one value $L$, $f(x_j) = L$ [Ginsbourger2010].

    Parameters
    ----------
    lie : default "best"
        The value $L$.
    """

    kind: ClassVar[str] = "constant_liar"
    lie: Literal["best", "mean", "worst"] | None = None


@dataclass(kw_only=True, repr=False)
class KrigingBelieverBatch(Spec):
    r"""Kriging believer: pending points are assigned their predicted mean, $f(x_j) = \mu(x_j)$ [Ginsbourger2010].
    """

    kind: ClassVar[str] = "kriging_believer"


@dataclass(kw_only=True, repr=False)
class LocalPenalizationBatch(Spec):
    r"""Local penalization [Gonzalez2016]: the acquisition value is multiplied by
    $\prod_j \Phi\bigl((L \lVert x - x_j\rVert - \mu_j + M)/\sigma_j\bigr)$ over the other points $x_j$, with the
    best value $M$ and the largest slope $L$; the factor is small around them.
    """

    kind: ClassVar[str] = "local_penalization"


@dataclass(kw_only=True, repr=False)
class ThompsonBatch(Spec):
    r"""Thompson sampling: each point is the minimum of a function sampled from the posterior,
    $x_j = \arg\min_x f_j(x)$ [HernandezLobato2017].
    """

    kind: ClassVar[str] = "thompson"


@dataclass(kw_only=True, repr=False)
class KMeansBatch(Spec):
    r"""K-means: points sampled where the acquisition value is large are clustered, and each cluster gives one point
    [Groves2018].

    Parameters
    ----------
    pick : default "best"
        Which point of a cluster.
    """

    kind: ClassVar[str] = "k_means"
    pick: Literal["best", "medoid"] | None = None


@dataclass(kw_only=True, repr=False)
class Campaign(Spec):
    r"""A study: its parameters, its objectives, and how the next experiments are chosen.

    Parameters
    ----------
    budget : at least 0
        Budget: the number of trials, or the cost, of the whole study.
    candidates
        A table (CSV) of the candidates, the only points that may be tried, with a column for each parameter.
    conditions
        Conditional parameters, which matter only where another has certain values.
    constraints
        Linear constraints on the numeric parameters.
    cost
        Cost of a trial.
    lease_hours : at least 0
        Hours after which a trial without a result is proposed again; without it never.
    limits
        Constraints on measured quantities.
    name
        The study's name; by default that of its file.
    objectives : default []
        Objectives: quantities that are maximized or minimized.
    parameters : default []
        Parameters that may be varied.
    seed : default 0, at least 0
        Seed of all random numbers.
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
    r"""Rescales the whole gradient to a Euclidean norm of at most $c$ (`limit`),
    $g \leftarrow g \min(1, c/\lVert g\rVert_2)$ [Pascanu2013].

    Parameters
    ----------
    limit : required, at least 0
        Largest norm $c$.
    """

    kind: ClassVar[str] = "norm"
    limit: float


@dataclass(kw_only=True, repr=False)
class ValueClip(Spec):
    r"""Limits each component to $[-c, c]$ (`limit`), $g_i \leftarrow \min(c, \max(-c, g_i))$ [Goodfellow2016].

    Parameters
    ----------
    limit : required, at least 0
        Largest absolute value $c$ of a component.
    """

    kind: ClassVar[str] = "value"
    limit: float


@dataclass(kw_only=True, repr=False)
class Condition(Spec):
    r"""A parameter that matters only where another has certain values; elsewhere trials have no value for it.

    Parameters
    ----------
    on : required
        The parameter on which it depends: an integer, an ordinal one, a category or a molecule.
    parameter : required
        The conditional parameter.
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
    r"""It is reported with each trial, and predicted by a model.

    Parameters
    ----------
    name : required
        Its name in reported results.
    """

    kind: ClassVar[str] = "told"
    name: str


@dataclass(kw_only=True, repr=False)
class KnownCostRule(Spec):
    r"""It follows from the parameters: a base, so much for each unit of a number, and so much for each level of a category.

    Parameters
    ----------
    base : required
        Cost of every trial.
    each
        For each unit of a number.
    of
        For each level of a category.
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
        none, otherwise at least 2.
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
        Balance the classes: all have the same total weight.
    dataset
        Name of a data set instead of a path; see `gedanken data list`.
    features : default []
        Columns to predict from, the features; by default none where there are molecules, otherwise all that are not identifiers.
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
        Regression or classification; by default as the values of the target column suggest.
    test
        Path of a table whose rows are the test set; the split then only takes validation rows out of the other table.
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
        Epochs without improvement before the end [Prechelt1998]; zero trains through all epochs and keeps the best weights.
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
    r"""Forecasts of time series: columns, horizon, and evaluation.

    Parameters
    ----------
    backtest : default 0, 0 to 100
        Backtest with a rolling origin: the last half of each series is split into so many blocks, and models that have seen
        all that lies before a block predict it [Tashman2000]; 0: a single training.
    calendar : default []
        Calendar features of the model, each phase as a sine and a cosine.
    channels : default "auto"
        Whether one model sees all targets at once or each by itself.
    frequency
        Time step between rows, such as `1h`, `1d` or `1mo`, or a number for times that are numbers; by default that of the times.
    future : default []
        Future covariates: columns that help to predict and are known over the horizon too, such as planned values.
    horizon : default 1, 1 to 10000
        Forecast horizon: the number of steps that are predicted.
    impute
        Imputation of missing values and steps; by default they are errors.
    normalize : default "last"
        Normalization of each window before a model sees it, which is undone in its predictions.
    past : default []
        Past covariates: columns that help to predict and are known up to the present.
    resample
        Resample rows to steps of this size by their mean, such as `1d`.
    season : default 0, at least 0
        Seasonal period in steps, for the seasonal naive forecast and the scaled error; 0 stands for that of the frequency: a day
        of hours, a week of days, a year of weeks, months or quarters.
    series
        Column that says which series a row belongs to, where there are several.
    steps
        Number of steps for training, validation and test, from the beginning of each series, in place of `split.fractions`; later
        steps are left out.
    stride : default 1, at least 1
        Stride between the beginnings of training windows, in steps.
    time : default ""
        Column of times: dates, or numbers.
    window : default 0, 0 to 100000
        Look-back window: the number of past steps that a model sees; 0 stands for twice the longer of horizon and season, at least
        8, and at most a third of the training steps.
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
        Augmentation: random changes of the training images in each epoch.
    column
        Column with the paths of the images, from the folder of the table on; or the array of images in a NumPy file that holds several
        which could be. A folder needs none.
    input
        How images become numbers.
    pixels
        Height and width of images whose pixels are columns of the table, row by row; a third number where a pixel has several, 3
        for red, green and blue.
    """

    augment: Augmentation | None = None
    column: str | None = None
    input: ImageInput | None = None
    pixels: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class RbfKernel(Spec):
    r"""Squared exponential (radial basis function), $k = e^{-r^2/2}$: infinitely smooth.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
        20.
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    kind: ClassVar[str] = "rbf"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern12Kernel(Spec):
    r"""Matérn with $\nu = \frac12$, $k = e^{-r}$: continuous, nowhere differentiable.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
        20.
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    kind: ClassVar[str] = "matern_1_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern32Kernel(Spec):
    r"""Matérn with $\nu = \frac32$, $k = (1 + \sqrt3 r)\,e^{-\sqrt3 r}$: once differentiable.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
        20.
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    kind: ClassVar[str] = "matern_3_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class Matern52Kernel(Spec):
    r"""Matérn with $\nu = \frac52$, $k = (1 + \sqrt5 r + \frac53 r^2)\,e^{-\sqrt5 r}$: twice differentiable.

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
        20.
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    kind: ClassVar[str] = "matern_5_2"
    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class RationalQuadraticKernel(Spec):
    r"""Rational quadratic: a mixture of many lengthscales.

    Parameters
    ----------
    alpha
        Prior of $\alpha$; by default $\ln\alpha \sim N(0, 2)$.
    distance
        The scaled distance $r$.
    """

    kind: ClassVar[str] = "rational_quadratic"
    alpha: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None
    distance: Stationary | None = None


@dataclass(kw_only=True, repr=False)
class PeriodicKernel(Spec):
    r"""Periodic functions.

    Parameters
    ----------
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default $\ln\ell \sim N(0, 1.5)$.
    period
        Prior of the periods; by default $\ln p \sim N(\ln\frac12, 1)$.
    """

    kind: ClassVar[str] = "periodic"
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None
    period: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class LinearKernel(Spec):
    r"""Linear functions.

    Parameters
    ----------
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    variance
        Prior of the variances; by default $\ln v \sim N(0, 2)$.
    """

    kind: ClassVar[str] = "linear"
    columns: Sequence[int] | None = None
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class WhiteKernel(Spec):
    r"""White noise, independent at each point.

    Parameters
    ----------
    variance
        Prior of $\sigma^2$; by default $\ln\sigma^2 \sim N(-4, 1)$.
    """

    kind: ClassVar[str] = "white"
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class HammingKernel(Spec):
    r"""Categories, by the number of inputs in which two points differ.

    Parameters
    ----------
    columns : default []
        Inputs that it depends on, counted from zero; empty for all. They hold indices of categories.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    kind: ClassVar[str] = "hamming"
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class LatentKernel(Spec):
    r"""Latent-variable kernel for categories: each level has a learned position in a plane.

    Parameters
    ----------
    column : required, at least 0
        The input, counted from zero. It holds indices of categories, from zero.
    coordinates
        Prior of the coordinates; by default a standard normal distribution.
    levels : required, at least 0
        Number of categories.
    """

    kind: ClassVar[str] = "latent"
    column: int
    coordinates: Normal | None = None
    levels: int


@dataclass(kw_only=True, repr=False)
class TanimotoKernel(Spec):
    r"""Molecules, by the Tanimoto similarity of their fingerprints.

    Parameters
    ----------
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    """

    kind: ClassVar[str] = "tanimoto"
    columns: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class AlikeKernel(Spec):
    r"""Items with a known matrix of similarities.

    Parameters
    ----------
    column : required, at least 0
        The input, counted from zero. It holds indices of items, from zero.
    matrix : required
        The matrix $S$, row by row.
    """

    kind: ClassVar[str] = "alike"
    column: int
    matrix: Sequence[float]


@dataclass(kw_only=True, repr=False)
class ScaledKernel(Spec):
    r"""Another covariance function times a learned variance.

    Parameters
    ----------
    of : required
        The covariance function $k$.
    variance
        Prior of the variance; by default $\ln s \sim N(0, 1)$.
    """

    kind: ClassVar[str] = "scaled"
    of: RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel
    variance: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class SumKernel(Spec):
    r"""The sum of several, $k = \sum_m k_m$ [Rasmussen2006].

    Parameters
    ----------
    of : required
        The covariance functions $k_m$.
    """

    kind: ClassVar[str] = "sum"
    of: Sequence[RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel]


@dataclass(kw_only=True, repr=False)
class ProductKernel(Spec):
    r"""The product of several, $k = \prod_m k_m$ [Rasmussen2006].

    Parameters
    ----------
    of : required
        The covariance functions $k_m$.
    """

    kind: ClassVar[str] = "product"
    of: Sequence[RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel]


@dataclass(kw_only=True, repr=False)
class Dense(Spec):
    r"""Fully connected layer: every output is a weighted sum of all inputs.

    Fully connected layer, $Y = f(XW + \mathbf 1 b^\top)$ with weights $W$ and biases $b$ [Rumelhart1986].

    Input `[batch, inputs]`, output `[batch, features]`; of sequences, images and graphs the same for each step, pixel
    or node.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    bias : default True
        Add $b$; of no use before batch normalization, which subtracts means.
    features : required, at least 1
        Number of output features.
    initialize
        Initial weights; by default those that suit the activation.
    """

    kind: ClassVar[str] = "dense"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    features: int
    initialize: Literal["zeros", "normal", "uniform", "xavier_normal", "xavier_uniform", "he_normal", "he_uniform", "orthogonal"] | None = None


@dataclass(kw_only=True, repr=False)
class BatchNorm(Spec):
    r"""Brings each feature to mean 0 and variance 1 over the rows of the mini-batch.

    Batch normalization, $y = \gamma (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$ with the moments $\mu$,
    $\sigma^2$ of each feature and learned $\gamma$, $\beta$ [Ioffe2015].

    Training uses the moments of the batch and keeps running ones, $r \leftarrow (1-m) r + m r_\text{batch}$ (the
    running variance is the unbiased one); prediction uses the running ones.

    Input and output `[batch, features]`; of sequences, images and graphs the moments are those over all steps, pixels
    or nodes.

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
    r"""Random zeros in training, against overfitting.

    Dropout [Srivastava2014]: in training $y = m \odot x/(1 - r)$ with $m_i \sim \mathrm{Bernoulli}(1 - r)$, so that
    each number becomes zero with probability $r$ and the expected value stays the same; in prediction $y = x$.

    Input and output have the same shape. An MC dropout sample of the predictions keeps one mask for all rows
    [Gal2016].

    Parameters
    ----------
    rate : required, 0 to 0.95
        Dropout probability $r$.
    """

    kind: ClassVar[str] = "dropout"
    rate: float


@dataclass(kw_only=True, repr=False)
class GaussianNoise(Spec):
    r"""Noise in training.

    In training, $y = x + \sigma\varepsilon$ with a fresh $\varepsilon \sim N(0, 1)$ for each number; in prediction nothing happens.

    Small noise at the inputs of a network acts as a penalty on its slopes, as Tikhonov's does [Bishop1995]: what is
    predicted changes little where inputs change by less than $\sigma$. Inputs are scaled to a deviation of one, so 0.1 is a
    tenth of their spread.

    Input and output of any shape, the same for both. Samples of predictions have no noise, because $\sigma$ says how smooth a
    network should be, and not how sure it is.

    Parameters
    ----------
    deviation : default 0.1, at least 0
        Standard deviation of the noise, $\sigma$, in the unit of what comes in.
    """

    kind: ClassVar[str] = "gaussian_noise"
    deviation: float | None = None


@dataclass(kw_only=True, repr=False)
class Activation(Spec):
    r"""Activation function of each number, $y_i = f(x_i)$, without parameters [Goodfellow2016]; `softmax` is taken
    over the features of a row.

    Input and output have the same shape.

    Parameters
    ----------
    function : required
        The function $f$.
    """

    kind: ClassVar[str] = "activation"
    function: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"]


@dataclass(kw_only=True, repr=False)
class LayerNorm(Spec):
    r"""Brings the features of each row to mean 0 and variance 1.

    Layer normalization, $y = \gamma (x - \mu)/\sqrt{\sigma^2 + \varepsilon} + \beta$ with the moments $\mu$,
    $\sigma^2$ of the features of each row, or of each step of a sequence, and learned $\gamma$, $\beta$ [Ba2016].

    Input and output `[batch, features]` or `[batch, steps, features]`.

    Parameters
    ----------
    epsilon : default 0.00001, at least 0
        Keeps the quotient finite, $\varepsilon$.
    """

    kind: ClassVar[str] = "layer_norm"
    epsilon: float | None = None


@dataclass(kw_only=True, repr=False)
class Embedding(Spec):
    r"""A learned vector for each token.

    Embedding [Bengio2003]: $y_t = E_{x_t}$, row $x_t$ of a learned table $E$ `[tokens, features]`.

    Input `[batch, steps, 1]`: indices of tokens, from 0; an index beyond the last counts as the last. Output
    `[batch, steps, features]`.

    Parameters
    ----------
    features : required, at least 1
        Embedding width: features of each vector.
    tokens : required, at least 1
        Number of tokens.
    """

    kind: ClassVar[str] = "embedding"
    features: int
    tokens: int


@dataclass(kw_only=True, repr=False)
class RnnLayer(Spec):
    r"""Simple recurrent layer, $h_t = \tanh(W x_t + U h_{t-1} + b)$ [Elman1990].

    A recurrent layer: a hidden state that runs along a sequence, $h_t = f(x_t, h_{t-1})$ from $h_0 = 0$, where $f$ is
    that of a simple recurrent network [Elman1990], of a long short-term memory [Hochreiter1997] or of a gated
    recurrent unit [Cho2014].

    Input `[batch, steps, inputs]`, output `[batch, features]` or, of all steps, `[batch, steps, features]`; twice the
    features where it is bidirectional. Steps after the end of a shorter sequence are not read, and the output there
    is zero.

    Parameters
    ----------
    bidirectional : default False
        A second layer runs from the last step to the first; the features of both are concatenated.
    features : required, at least 1
        Hidden size: features of the state.
    gives : default "last"
        Output: the last state or the states of all steps.
    peepholes : default False
        Of `lstm`: gates also see the memory $c$, each number of it with a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
    """

    kind: ClassVar[str] = "rnn"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class LstmLayer(Spec):
    r"""Long short-term memory [Hochreiter1997] with a forget gate [Gers2000]:
    $c_t = f_t \odot c_{t-1} + i_t \odot g_t$ and $h_t = o_t \odot \tanh c_t$ with
    $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$
    and $b$ of its own. The biases of the forget gate begin at 1 [Jozefowicz2015].

    A recurrent layer: a hidden state that runs along a sequence, $h_t = f(x_t, h_{t-1})$ from $h_0 = 0$, where $f$ is
    that of a simple recurrent network [Elman1990], of a long short-term memory [Hochreiter1997] or of a gated
    recurrent unit [Cho2014].

    Input `[batch, steps, inputs]`, output `[batch, features]` or, of all steps, `[batch, steps, features]`; twice the
    features where it is bidirectional. Steps after the end of a shorter sequence are not read, and the output there
    is zero.

    Parameters
    ----------
    bidirectional : default False
        A second layer runs from the last step to the first; the features of both are concatenated.
    features : required, at least 1
        Hidden size: features of the state.
    gives : default "last"
        Output: the last state or the states of all steps.
    peepholes : default False
        Of `lstm`: gates also see the memory $c$, each number of it with a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
    """

    kind: ClassVar[str] = "lstm"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class GruLayer(Spec):
    r"""Gated recurrent unit [Cho2014]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
    $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.

    A recurrent layer: a hidden state that runs along a sequence, $h_t = f(x_t, h_{t-1})$ from $h_0 = 0$, where $f$ is
    that of a simple recurrent network [Elman1990], of a long short-term memory [Hochreiter1997] or of a gated
    recurrent unit [Cho2014].

    Input `[batch, steps, inputs]`, output `[batch, features]` or, of all steps, `[batch, steps, features]`; twice the
    features where it is bidirectional. Steps after the end of a shorter sequence are not read, and the output there
    is zero.

    Parameters
    ----------
    bidirectional : default False
        A second layer runs from the last step to the first; the features of both are concatenated.
    features : required, at least 1
        Hidden size: features of the state.
    gives : default "last"
        Output: the last state or the states of all steps.
    peepholes : default False
        Of `lstm`: gates also see the memory $c$, each number of it with a weight of its own [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
    """

    kind: ClassVar[str] = "gru"
    bidirectional: bool | None = None
    features: int
    gives: Literal["last", "all"] | None = None
    peepholes: bool | None = None
    truncate: int | None = None


@dataclass(kw_only=True, repr=False)
class Convolution1d(Spec):
    r"""Convolution along the steps of a sequence [Waibel1989]: $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$.

    Input `[batch, steps, inputs]`, output `[batch, steps', features]`.

    Convolution [LeCun1989], along a sequence $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$, or over both axes of
    an image, with stride $s$, dilation $d$ and padding $p$; values outside are zero.

    Input `[batch, steps, inputs]` or `[batch, height, width, inputs]`. The output has `features` in place of `inputs`
    and, along each axis of $n$ positions, $\lfloor (n + 2p - d(k - 1) - 1)/s \rfloor + 1$ positions with $p$ zeros on
    each side and a kernel of $k$.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    bias : default True
        Add $b$; of no use before batch normalization, which subtracts means.
    dilation : default 1, at least 1
        Dilation $d$: positions from one element of the kernel to the next.
    features : required, at least 1
        Number of output features (filters, channels).
    groups : default 1, at least 1
        Number of groups into which inputs and outputs are split; each group of outputs sees its own group of inputs.
        As many as inputs: a depthwise convolution.
    kernel : default 3, at least 1
        Kernel size $k$ along each axis, in positions.
    padding : default "same"
        Padding at the ends of each axis.
    stride : default 1, at least 1
        Stride $s$: positions by which the kernel moves.
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
    r"""Convolution over the pixels of an image [LeCun1989]:
    $y_{uv} = f(b + \sum_{jk} W_{jk}^\top x_{s u + d j - p,\, s v + d k - p})$.

    Input `[batch, height, width, inputs]`, output `[batch, height', width', features]`.

    Convolution [LeCun1989], along a sequence $y_t = f(b + \sum_j W_j^\top x_{s t + d j - p})$, or over both axes of
    an image, with stride $s$, dilation $d$ and padding $p$; values outside are zero.

    Input `[batch, steps, inputs]` or `[batch, height, width, inputs]`. The output has `features` in place of `inputs`
    and, along each axis of $n$ positions, $\lfloor (n + 2p - d(k - 1) - 1)/s \rfloor + 1$ positions with $p$ zeros on
    each side and a kernel of $k$.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    bias : default True
        Add $b$; of no use before batch normalization, which subtracts means.
    dilation : default 1, at least 1
        Dilation $d$: positions from one element of the kernel to the next.
    features : required, at least 1
        Number of output features (filters, channels).
    groups : default 1, at least 1
        Number of groups into which inputs and outputs are split; each group of outputs sees its own group of inputs.
        As many as inputs: a depthwise convolution.
    kernel : default 3, at least 1
        Kernel size $k$ along each axis, in positions.
    padding : default "same"
        Padding at the ends of each axis.
    stride : default 1, at least 1
        Stride $s$: positions by which the kernel moves.
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
    r"""The transpose of a convolution: upsampling to a finer sequence or image.

    Transposed convolution [Dumoulin2016], along a sequence or over both axes of an image: each position is spread
    over all positions that the kernel of a convolution with the same settings would have seen,
    $y_{s t + d j - p} \mathrel{+}= W_j^\top x_t$, so a stride above 1 makes the grid finer.

    Input `[batch, steps, inputs]` or `[batch, height, width, inputs]`. The output has `features` in place of `inputs`
    and, along each axis of $n$ positions, $s(n - 1) + d(k - 1) + 1 - 2p + o$ positions.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    dilation : default 1, at least 1
        Dilation $d$: positions from one element of the kernel to the next.
    features : required, at least 1
        Number of output features (filters, channels).
    groups : default 1, at least 1
        Number of groups into which inputs and outputs are split; each group of outputs sees its own group of inputs.
    kernel : default 2, at least 1
        Kernel size $k$ along each axis, in positions.
    more : default 0, at least 0
        Output padding $o$: positions that are added on the far side.
    padding : default 0, at least 0
        Padding $p$: positions that are cropped on each side.
    stride : default 2, at least 1
        Stride $s$: positions by which the kernel moves.
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
    r"""Max pooling, $y_{tc} = \max_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$, for each feature $c$
    [Goodfellow2016].

    Pooling [LeCun1998]: one number for each feature from every window of positions. Positions outside are left out.

    Input `[batch, steps, features]` or `[batch, height, width, features]`; along each axis of $n$ positions the
    output has $\lfloor (n + 2p - w)/s \rfloor + 1$ with windows of $w$, stride $s$ and padding $p$.

    Parameters
    ----------
    padding : default 0, at least 0
        Padding $p$: positions outside, on each side, that the first and the last window may cover.
    stride : at least 1
        Stride $s$ from one window to the next, in positions; by default the window, without overlap.
    window : default 2, at least 1
        Size of a window $w$ along each axis, in positions.
    """

    kind: ClassVar[str] = "max_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class AveragePool(Spec):
    r"""Average pooling, $y_{tc} = \frac{1}{|W_t|} \sum_{j \in W_t} x_{jc}$ over the positions $j$ of window $W_t$,
    for each feature $c$ [LeCun1998].

    Pooling [LeCun1998]: one number for each feature from every window of positions. Positions outside are left out.

    Input `[batch, steps, features]` or `[batch, height, width, features]`; along each axis of $n$ positions the
    output has $\lfloor (n + 2p - w)/s \rfloor + 1$ with windows of $w$, stride $s$ and padding $p$.

    Parameters
    ----------
    padding : default 0, at least 0
        Padding $p$: positions outside, on each side, that the first and the last window may cover.
    stride : at least 1
        Stride $s$ from one window to the next, in positions; by default the window, without overlap.
    window : default 2, at least 1
        Size of a window $w$ along each axis, in positions.
    """

    kind: ClassVar[str] = "average_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class L2Pool(Spec):
    r"""L2 pooling, $y_{tc} = \sqrt{\sum_{j \in W_t} x_{jc}^2}$ over the positions $j$ of window $W_t$, for each
    feature $c$ [Goodfellow2016].

    Pooling [LeCun1998]: one number for each feature from every window of positions. Positions outside are left out.

    Input `[batch, steps, features]` or `[batch, height, width, features]`; along each axis of $n$ positions the
    output has $\lfloor (n + 2p - w)/s \rfloor + 1$ with windows of $w$, stride $s$ and padding $p$.

    Parameters
    ----------
    padding : default 0, at least 0
        Padding $p$: positions outside, on each side, that the first and the last window may cover.
    stride : at least 1
        Stride $s$ from one window to the next, in positions; by default the window, without overlap.
    window : default 2, at least 1
        Size of a window $w$ along each axis, in positions.
    """

    kind: ClassVar[str] = "l2_pool"
    padding: int | None = None
    stride: int | None = None
    window: int | None = None


@dataclass(kw_only=True, repr=False)
class AdaptivePool(Spec):
    r"""Pooling to a fixed number of positions, whatever the size of the input.

    Adaptive pooling [He2014]: window $i$ of $m$ covers the positions from $\lfloor i n / m\rfloor$ to
    $\lceil (i + 1) n / m\rceil$ of $n$, and neighboring windows may overlap,
    $y_{ic} = \operatorname{reduce}_{j \in W_i} x_{jc}$ for each feature $c$.

    Input `[batch, steps, features]`, output `[batch, places, features]`; or input `[batch, height, width, features]`,
    output `[batch, places, places, features]`.

    Parameters
    ----------
    by : default "mean"
        Reduction of each window.
    places : default 1, at least 1
        Positions $m$ of the output along each axis.
    """

    kind: ClassVar[str] = "adaptive_pool"
    by: Literal["mean", "max", "l2"] | None = None
    places: int | None = None


@dataclass(kw_only=True, repr=False)
class Residual(Spec):
    r"""Layers with a skip connection around them.

    Residual block, $y = f(g(x) + x)$ [He2016]; where $g$ changes the shape, $x$ passes through a convolution with a
    kernel of 1 and the stride that fits, or through a linear map.

    Input and output `[batch, features]`, `[batch, steps, features]` or `[batch, height, width, features]`, both of
    the same kind.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the sum.
    layers : required
        The layers of $g$, in order.
    """

    kind: ClassVar[str] = "residual"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    layers: Sequence[Dense | BatchNorm | Dropout | GaussianNoise | Activation | LayerNorm | Embedding | RnnLayer | LstmLayer | GruLayer | Convolution1d | Convolution2d | TransposedConvolution | MaxPool | AveragePool | L2Pool | AdaptivePool | Residual | Attention | Transformer | Positions | Pool | AttentionPool | Flatten | GraphConvolution | GraphAttention | MessagePassing | DirectedMessagePassing | NeuralFingerprintLayer | Readout]


@dataclass(kw_only=True, repr=False)
class Attention(Spec):
    r"""Self-attention: each step becomes a weighted mean over all steps, with weights that depend on both.

    Multi-head self-attention [Vaswani2017]: $Y = \operatorname{softmax}(Q K^\top/\sqrt d)\,V W_o$ for
    $Q, K, V = X W_q, X W_k, X W_v$, each head with its own $d$ features; all with biases.

    Input and output `[batch, steps, features]`. Steps after the end of a shorter sequence are masked.

    Parameters
    ----------
    causal : default False
        Causal mask: no step attends to a later one.
    heads : default 4, at least 1
        Number of heads; it divides the features.
    """

    kind: ClassVar[str] = "attention"
    causal: bool | None = None
    heads: int | None = None


@dataclass(kw_only=True, repr=False)
class Transformer(Spec):
    r"""Encoder block of a Transformer: self-attention, then a network of two dense layers for each step.

    Encoder block of a Transformer [Vaswani2017], with normalization before each part [Xiong2020]:
    $Z = X + \operatorname{attention}(\operatorname{norm} X)$, then
    $Y = Z + \operatorname{gelu}(\operatorname{norm}(Z)\, W_1 + b_1)\, W_2 + b_2$ for each step.

    Input and output `[batch, steps, features]`.

    Parameters
    ----------
    causal : default False
        Causal mask: no step attends to a later one.
    dropout : default 0.1, 0 to 0.95
        Dropout probability after each part.
    heads : default 4, at least 1
        Number of heads; it divides the features.
    hidden : default 0, at least 0
        Hidden width between the two dense layers; 0 for four times the features.
    """

    kind: ClassVar[str] = "transformer"
    causal: bool | None = None
    dropout: float | None = None
    heads: int | None = None
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Positions(Spec):
    r"""Positional encoding: adds the position of each step to its features.

    Sinusoidal positional encoding [Vaswani2017]: adds $\sin(t/10000^{2i/F})$ to feature $2i$ of step $t$ and
    $\cos(t/10000^{2i/F})$ to feature $2i + 1$, of $F$ features.

    Input and output `[batch, steps, features]`.
    """

    kind: ClassVar[str] = "positions"


@dataclass(kw_only=True, repr=False)
class Pool(Spec):
    r"""Global pooling: the mean, the maximum or the last of all steps or pixels.

    Global pooling [Lin2014]: the mean $y_c = \frac1n \sum_i x_{ic}$ or the maximum $y_c = \max_i x_{ic}$ of each
    feature $c$ over all $n$ pixels of an image or all steps of a sequence, of each row over its own; or the last
    step, $y_c = x_{nc}$.

    Input `[batch, steps, features]` or `[batch, height, width, features]`, output `[batch, features]`.

    Parameters
    ----------
    by : default "mean"
        Reduction over the steps or pixels.
    """

    kind: ClassVar[str] = "pool"
    by: Literal["mean", "max", "last"] | None = None


@dataclass(kw_only=True, repr=False)
class AttentionPool(Spec):
    r"""Attention pooling: a mean over all steps with learned weights.

    Attention pooling, $y = \sum_t p_t x_t$ with $p = \operatorname{softmax}_t(w^\top \tanh(W x_t + b))$
    [Bahdanau2015, Yang2016]; the attention weights $p$ show which steps matter for the prediction.

    Input `[batch, steps, features]`, output `[batch, features]`.

    Parameters
    ----------
    hidden : default 0, at least 0
        Hidden width of the scores, rows of $W$; 0 for as many as there are features.
    """

    kind: ClassVar[str] = "attention_pool"
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Flatten(Spec):
    r"""The steps of a sequence or the pixels of an image as one row of features, $y_{iF + c} = x_{ic}$ for position
    $i$ and feature $c$ of $F$ [Goodfellow2016].

    Input `[batch, steps, features]`, output `[batch, steps * features]`; or input
    `[batch, height, width, features]`, output `[batch, height * width * features]`.
    """

    kind: ClassVar[str] = "flatten"


@dataclass(kw_only=True, repr=False)
class GraphConvolution(Spec):
    r"""Graph convolution: each node becomes a weighted sum over itself and its neighbors.

    Graph convolution [Kipf2017], $Y = f(\hat A X W + \mathbf 1 b^\top)$ with $\hat A = D^{-1/2}(A + I)D^{-1/2}$,
    the adjacency matrix $A$ and the diagonal matrix $D$ of the row sums of $A + I$.

    Input `[nodes, inputs]`, output `[nodes, features]`. Features of edges are not used.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    bias : default True
        Add $b$; of no use before batch normalization, which subtracts means.
    features : required, at least 1
        Output features of each node.
    """

    kind: ClassVar[str] = "graph_convolution"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    features: int


@dataclass(kw_only=True, repr=False)
class GraphAttention(Spec):
    r"""Graph attention: a sum over the neighbors of a node with learned attention weights.

    Graph attention [Velickovic2018]: $y_i = f(\sum_j p_{ij} W x_j + b)$ over the neighbors $j$ of node $i$ and
    itself, with $p_{ij} = \operatorname{softmax}_j(\operatorname{LeakyReLU}(u^\top W x_j + v^\top W x_i))$, by
    several heads with parameters of their own. The slope of the LeakyReLU below zero is 0.2.

    Input `[nodes, inputs]`, output `[nodes, heads * features]`, or `[nodes, features]` where heads are averaged.
    Features of edges are not used.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after the layer.
    average : default False
        Average the heads instead of concatenating them.
    features : required, at least 1
        Output features of each head for each node.
    heads : default 4, at least 1
        Number of attention heads.
    """

    kind: ClassVar[str] = "graph_attention"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    average: bool | None = None
    features: int
    heads: int | None = None


@dataclass(kw_only=True, repr=False)
class MessagePassing(Spec):
    r"""Message passing between nodes, by matrices that are computed from the features of the edge.

    Message passing neural network [Gilmer2017]: in each step node $i$ receives $m_i = \sum_j A(e_{ij}) h_j$ from
    its neighbors $j$, where a network with one hidden layer computes the matrix $A$ from the features $e_{ij}$ of the
    edge, and its state becomes $h_i \leftarrow \mathrm{GRU}(m_i, h_i)$ [Cho2014]. All steps share their parameters.

    Input and output `[nodes, features]`; the input is the first state, so a dense layer before it sets the number of
    features.

    Parameters
    ----------
    hidden : default 64, at least 1
        Hidden width of the edge network.
    steps : default 3, at least 1
        Number of message-passing steps.
    """

    kind: ClassVar[str] = "message_passing"
    hidden: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class DirectedMessagePassing(Spec):
    r"""Message passing between directed edges.

    Directed message passing [Yang2019]: every directed edge $v \to w$ has a hidden state that is updated from the
    edges that end where it begins, but not from its own reverse. From $h^0_{vw} = W_i [x_v, e_{vw}]$ and
    $h^1_{vw} = f(h^0_{vw})$ follows $h^{t+1}_{vw} = f(h^0_{vw} + W_h \sum_{u \ne w} h^t_{uv})$; at the end a node
    collects the edges that arrive at it, $y_v = f(W_o [x_v, \sum_u h^T_{uv}] + b)$.

    Input `[nodes, inputs]`, output `[nodes, features]`.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$.
    bias : default False
        Add biases to $W_i$ and $W_h$ as well.
    dropout : default 0.0, 0 to 0.95
        Dropout probability in the states.
    features : default 300, at least 1
        Hidden size of each edge, and output features of each node.
    steps : default 3, at least 1
        Number of message-passing steps $T$, the distance in edges from which a node receives messages.
    """

    kind: ClassVar[str] = "directed_message_passing"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    bias: bool | None = None
    dropout: float | None = None
    features: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class NeuralFingerprintLayer(Spec):
    r"""A learned fingerprint of a graph.

    Neural fingerprint [Duvenaud2015], a circular fingerprint whose positions are learned: in each step a node
    becomes $h'_i = f([h_i + \sum_j h_j, \sum_j e_{ij}]\,H_d)$ over its neighbors $j$, with a matrix $H_d$ for each
    number $d$ of neighbors, and adds $\operatorname{softmax}(h'_i W)$ to the fingerprint of its graph, the sum over
    all nodes and steps.

    Input `[nodes, inputs]`, output `[graphs, length]`.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$.
    features : default 64, at least 1
        Hidden size of a node between steps.
    length : default 256, at least 1
        Length of the fingerprint.
    steps : default 3, at least 1
        Number of steps, the radius of the neighborhoods in edges.
    """

    kind: ClassVar[str] = "neural_fingerprint"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    features: int | None = None
    length: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class Readout(Spec):
    r"""Readout: one row of features from the nodes of each graph.

    Readout: one row of features from the nodes of each graph, whatever their order [Gilmer2017], such as
    $y = \sum_i x_i$ over the nodes $i$.

    Input `[nodes, features]`, output `[graphs, features]`, or `[graphs, 2 features]` of `set2set`.

    Parameters
    ----------
    by : default "sum"
        Reduction over the nodes.
    hidden : default 0, at least 0
        Of `attention`: hidden width of the scores, rows of $W$; 0 for as many as there are features.
    steps : default 3, at least 1
        Of `set2set`: number of attention steps over all nodes.
    """

    kind: ClassVar[str] = "readout"
    by: Literal["sum", "mean", "max", "attention", "set2set"] | None = None
    hidden: int | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class MeanAbsoluteError(Spec):
    r"""Mean absolute error, $\frac1n\sum |\hat y_i - y_i|$ [Hastie2009]: less sensitive to outliers than squares.
    """

    kind: ClassVar[str] = "mean_absolute_error"


@dataclass(kw_only=True, repr=False)
class MeanSquaredError(Spec):
    r"""Mean squared error, $\frac1n\sum (\hat y_i - y_i)^2$ [Bishop2006].
    """

    kind: ClassVar[str] = "mean_squared_error"


@dataclass(kw_only=True, repr=False)
class RootMeanSquaredError(Spec):
    r"""Root mean squared error, $\sqrt{\frac1n\sum (\hat y_i - y_i)^2}$, of each batch [Bishop2006].
    """

    kind: ClassVar[str] = "root_mean_squared_error"


@dataclass(kw_only=True, repr=False)
class Huber(Spec):
    r"""Huber loss [Huber1964], the mean of $\frac12 e^2$ for errors $|e| = |\hat y_i - y_i|$ up to $\delta$
    (`delta`), of $\delta (|e| - \frac12 \delta)$ beyond: quadratic, then linear.

    Parameters
    ----------
    delta : default 1.0, at least 0
        Error $\delta$ at which the quadratic part ends, in units of the scaled target.
    """

    kind: ClassVar[str] = "huber"
    delta: float | None = None


@dataclass(kw_only=True, repr=False)
class GaussianNegativeLogLikelihood(Spec):
    r"""Gaussian negative log-likelihood, $\frac1n\sum \frac12\left(\ln v_i + (y_i - \hat y_i)^2/v_i\right)$: the
    network also predicts the variance $v_i$, so that each prediction has a standard deviation of its own
    [Nix1994].
    """

    kind: ClassVar[str] = "gaussian_negative_log_likelihood"


@dataclass(kw_only=True, repr=False)
class Quantile(Spec):
    r"""Quantile (pinball) loss [Koenker1978],
    $\frac1n\sum \max\bigl(\tau (y_i - \hat q_i), (\tau - 1)(y_i - \hat q_i)\bigr)$, summed over the quantiles
    $\tau$ of $\frac12$ and $\frac12(1 \pm c)$ with $c$ (`level`): the network predicts the median and an interval
    that contains a fraction $c$ of the values.

    Parameters
    ----------
    level : default 0.9, 0.01 to 0.999
        Fraction $c$ of the values between the interval bounds.
    """

    kind: ClassVar[str] = "quantile"
    level: float | None = None


@dataclass(kw_only=True, repr=False)
class BinaryCrossEntropy(Spec):
    r"""Binary cross-entropy, $-\frac1n\sum y_i \ln p_i + (1-y_i)\ln(1-p_i)$, for two classes [Goodfellow2016].
    """

    kind: ClassVar[str] = "binary_cross_entropy"


@dataclass(kw_only=True, repr=False)
class CrossEntropy(Spec):
    r"""Cross-entropy, $-\frac1n\sum \ln p_{i,y_i}$, for any number of classes [Goodfellow2016].
    """

    kind: ClassVar[str] = "cross_entropy"


@dataclass(kw_only=True, repr=False)
class ZeroMean(Spec):
    r"""Zero, $m(x) = 0$ in units of the values: nothing is learned [Rasmussen2006].
    """

    kind: ClassVar[str] = "zero"


@dataclass(kw_only=True, repr=False)
class ConstantMean(Spec):
    r"""A constant, $m(x) = c$ [Rasmussen2006].

    Parameters
    ----------
    level
        Prior of $c$.
    """

    kind: ClassVar[str] = "constant"
    level: Normal | None = None


@dataclass(kw_only=True, repr=False)
class LinearMean(Spec):
    r"""A linear trend, $m(x) = c + \sum_a b_a (x_a - \tfrac12)$.

    Parameters
    ----------
    columns
        Inputs of the trend, counted from 0; by default all.
    curvatures
        Prior of $q$: none, one for all, or one for each.
    level
        Prior of $c$, the value in the center of the cube.
    slopes
        Prior of $b$, the change over the range of each input: none, one for all, or one for each.
    """

    kind: ClassVar[str] = "linear"
    columns: Sequence[int] | None = None
    curvatures: Sequence[Normal] | None = None
    level: Normal | None = None
    slopes: Sequence[Normal] | None = None


@dataclass(kw_only=True, repr=False)
class QuadraticMean(Spec):
    r"""A quadratic trend, $m(x) = c + \sum_a b_a (x_a - \tfrac12) + \sum_a q_a (x_a - \tfrac12)^2$.

    Parameters
    ----------
    columns
        Inputs of the trend, counted from 0; by default all.
    curvatures
        Prior of $q$: none, one for all, or one for each.
    level
        Prior of $c$, the value in the center of the cube.
    slopes
        Prior of $b$, the change over the range of each input: none, one for all, or one for each.
    """

    kind: ClassVar[str] = "quadratic"
    columns: Sequence[int] | None = None
    curvatures: Sequence[Normal] | None = None
    level: Normal | None = None
    slopes: Sequence[Normal] | None = None


@dataclass(kw_only=True, repr=False)
class Mlp(Spec):
    r"""Multilayer perceptron: stacked dense layers.

    Multilayer perceptron [Rumelhart1986]: $h_l = f(h_{l-1} W_l + b_l)$ from $h_0 = x$, and $\hat y = h_L W + b$
    after the last of $L$ hidden layers.

    Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after each hidden layer.
    batch_norm : default False
        Normalize each hidden layer over the batch [Ioffe2015].
    dropout : default 0.1, 0 to 0.95
        Dropout probability after each hidden layer [Srivastava2014].
    hidden : default [256, 64]
        Width of each hidden layer.
    initialize
        Initial weights; by default those that suit the activation.
    """

    kind: ClassVar[str] = "mlp"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    batch_norm: bool | None = None
    dropout: float | None = None
    hidden: Sequence[int] | None = None
    initialize: Literal["zeros", "normal", "uniform", "xavier_normal", "xavier_uniform", "he_normal", "he_uniform", "orthogonal"] | None = None


@dataclass(kw_only=True, repr=False)
class Sequential(Spec):
    r"""A network of layers as they are listed.

    Stacked layers [Goodfellow2016], $\hat y = W^\top (g_L \circ \cdots \circ g_1)(x) + b$ with the layers
    $g_1, \ldots, g_L$ as they are listed; a linear layer with as many outputs as are needed follows.

    Input `[batch, features]`, `[batch, steps, features]`, `[batch, height, width, channels]` or graphs; output
    `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    layers : required
        The layers $g_1, \ldots, g_L$ before the last.
    """

    kind: ClassVar[str] = "sequential"
    layers: Sequence[Dense | BatchNorm | Dropout | GaussianNoise | Activation | LayerNorm | Embedding | RnnLayer | LstmLayer | GruLayer | Convolution1d | Convolution2d | TransposedConvolution | MaxPool | AveragePool | L2Pool | AdaptivePool | Residual | Attention | Transformer | Positions | Pool | AttentionPool | Flatten | GraphConvolution | GraphAttention | MessagePassing | DirectedMessagePassing | NeuralFingerprintLayer | Readout]


@dataclass(kw_only=True, repr=False)
class Perceptron(Spec):
    r"""Perceptron or delta rule: a single layer of threshold units with its own learning rule.

    One layer of threshold units that learns row by row, without a gradient.

    With $y = \pm1$ and $s = w^\top x + b$: the perceptron rule [Rosenblatt1958], $w \leftarrow w + \eta y x$
    whenever $y s \le 0$, ends without errors if the classes can be separated by a plane. The delta rule
    [Widrow1960], $w \leftarrow w + \eta (y - s) x / \overline{1 + \lVert x\rVert^2}$ for every row, learns classes
    or numbers; without the mean over all rows in the denominator it would diverge where there are many features. More
    than two classes are learned one against the rest.

    Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    epochs : default 100, at least 1
        Passes over the rows, at most; the perceptron rule ends after a pass without errors.
    learning_rate : default 0.01, at least 0
        Learning rate $\eta$; the delta rule needs one below 2.
    rule : default "perceptron"
        Learning rule; numbers are always learned by the delta rule.
    """

    kind: ClassVar[str] = "perceptron"
    epochs: int | None = None
    learning_rate: float | None = None
    rule: Literal["perceptron", "delta"] | None = None


@dataclass(kw_only=True, repr=False)
class Logistic(Spec):
    r"""Logistic regression, for classes.

    Logistic regression [Cox1958], binary or multinomial: $p_k = e^{w_k^\top x + b_k}/\sum_j e^{w_j^\top x + b_j}$
    for the classes $k$, with the weights that minimize the mean cross-entropy
    $-\frac1n\sum_i \ln p_{i,y_i} + \frac{\lambda}{2}\lVert w\rVert_2^2$.

    Input `[batch, features]`, output `[batch, classes]`.

    Parameters
    ----------
    penalty : default 0.001, at least 0
        Regularization strength $\lambda$.
    steps : default 100, at least 1
        Steps of L-BFGS, at most.
    """

    kind: ClassVar[str] = "logistic"
    penalty: float | None = None
    steps: int | None = None


@dataclass(kw_only=True, repr=False)
class Ridge(Spec):
    r"""Linear regression with a penalty on the squares of the weights, for numbers.

    Ridge regression [Hoerl1970]: minimizes $\lVert y - Xw - b\rVert_2^2 + \lambda\lVert w\rVert_2^2$, in closed
    form $w = (X^\top X + \lambda I)^{-1} X^\top y$ on centered data, or $X^\top(XX^\top+\lambda I)^{-1}y$ where there
    are fewer rows than features.

    Input `[batch, features]`, output `[batch, targets]`.

    Parameters
    ----------
    penalty : at least 0
        Regularization strength $\lambda$; by default the best of $10^{-2}$ to $10^{5}$ on the validation rows.
    """

    kind: ClassVar[str] = "ridge"
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class Lasso(Spec):
    r"""Linear regression with a penalty on the absolute values of the weights, which sets many to zero, for numbers.

    LASSO [Tibshirani1996]: minimizes $\frac{1}{2n}\lVert y-Xw-b\rVert_2^2 + \lambda\lVert w\rVert_1$, the elastic
    net with $\rho = 1$, by coordinate descent [Friedman2010].

    Input `[batch, features]`, output `[batch, targets]`.

    Parameters
    ----------
    penalty : at least 0
        Regularization strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    """

    kind: ClassVar[str] = "lasso"
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class ElasticNet(Spec):
    r"""Linear regression with penalties on absolute values and on squares, for numbers.

    Elastic net [Zou2005]: minimizes
    $\frac{1}{2n}\lVert y-Xw-b\rVert_2^2 + \lambda\rho\lVert w\rVert_1 + \frac{\lambda(1-\rho)}{2}\lVert w\rVert_2^2$,
    by coordinate descent [Friedman2010].

    Input `[batch, features]`, output `[batch, targets]`.

    Parameters
    ----------
    l1_ratio : default 0.5, 0.01 to 1
        Weight $\rho$ of the absolute penalty.
    penalty : at least 0
        Regularization strength $\lambda$; by default the best on a path of 100, by five-fold cross-validation.
    """

    kind: ClassVar[str] = "elastic_net"
    l1_ratio: float | None = None
    penalty: float | None = None


@dataclass(kw_only=True, repr=False)
class Pls(Spec):
    r"""Partial least squares: linear regression on a few latent variables, for numbers from spectra.

    Partial least squares regression [Wold2001]: a linear model on a few latent variables $t = X w$, each in the
    direction of the largest covariance of inputs and targets. With $X$ and $Y$ centered, $w$ is the first left
    singular vector of $X^\top Y$; then $p = X^\top t / t^\top t$ and $q = Y^\top t / t^\top t$, and $t p^\top$ is
    subtracted from $X$ before the next (NIPALS). It suits spectra, which have more columns than rows and strongly
    correlated columns. Several targets share their latent variables where all of them are known in all rows; else
    each is fitted by itself on the rows where it is known.

    Input `[batch, features]`, output `[batch, targets]`.

    Parameters
    ----------
    components : at least 1
        Number of latent variables (components); by default the best of 1 to 30 on the validation rows.
    """

    kind: ClassVar[str] = "pls"
    components: int | None = None


@dataclass(kw_only=True, repr=False)
class Rnn(Spec):
    r"""Simple recurrent network, for sequences: $h_t = \tanh(W x_t + U h_{t-1} + b)$ [Elman1990].

    Stacked recurrent layers, $h^l_t = f(h^{l-1}_t, h^l_{t-1})$ from $h^0_t = x_t$, and a linear layer on the last
    state, $\hat y = W h^L_T + b$ [Elman1990, Hochreiter1997, Cho2014].

    Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
    classes `[batch, classes]`.

    Parameters
    ----------
    attention : default False
        Attention pooling over all steps, with learned weights that can be inspected, in place of the last state
        [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each recurrent layer [Srivastava2014].
    embed : default 0, at least 0
        Embedding width: features to which a dense layer with a rectifier maps each step, or patch, before it is read;
        0 for none.
    hidden : default 64, at least 1
        Hidden size: features of the state of each layer.
    layers : default 1, at least 1
        Number of stacked layers.
    patch : default 1, at least 1
        Patch length: steps of the window that are read at once; it divides the window. A long window of many small
        steps is read better in patches [Lin2023].
    peepholes : default False
        Of `lstm`: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
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
    r"""Long short-term memory, for sequences [Hochreiter1997, Gers2000]: $c_t = f_t \odot c_{t-1} + i_t \odot g_t$
    and $h_t = o_t \odot \tanh c_t$ with $i_t, f_t, o_t = \sigma(W x_t + U h_{t-1} + b)$ and
    $g_t = \tanh(W x_t + U h_{t-1} + b)$, each with $W$, $U$ and $b$ of its own.

    Stacked recurrent layers, $h^l_t = f(h^{l-1}_t, h^l_{t-1})$ from $h^0_t = x_t$, and a linear layer on the last
    state, $\hat y = W h^L_T + b$ [Elman1990, Hochreiter1997, Cho2014].

    Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
    classes `[batch, classes]`.

    Parameters
    ----------
    attention : default False
        Attention pooling over all steps, with learned weights that can be inspected, in place of the last state
        [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each recurrent layer [Srivastava2014].
    embed : default 0, at least 0
        Embedding width: features to which a dense layer with a rectifier maps each step, or patch, before it is read;
        0 for none.
    hidden : default 64, at least 1
        Hidden size: features of the state of each layer.
    layers : default 1, at least 1
        Number of stacked layers.
    patch : default 1, at least 1
        Patch length: steps of the window that are read at once; it divides the window. A long window of many small
        steps is read better in patches [Lin2023].
    peepholes : default False
        Of `lstm`: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
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
    r"""Gated recurrent unit, for sequences [Cho2014]: $h_t = (1 - z_t) \odot n_t + z_t \odot h_{t-1}$ with
    $r_t, z_t = \sigma(W x_t + U h_{t-1} + b)$ and $n_t = \tanh(W_n x_t + b_n + r_t \odot (U_n h_{t-1} + b'_n))$.

    Stacked recurrent layers, $h^l_t = f(h^{l-1}_t, h^l_{t-1})$ from $h^0_t = x_t$, and a linear layer on the last
    state, $\hat y = W h^L_T + b$ [Elman1990, Hochreiter1997, Cho2014].

    Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
    classes `[batch, classes]`.

    Parameters
    ----------
    attention : default False
        Attention pooling over all steps, with learned weights that can be inspected, in place of the last state
        [Bahdanau2015, Yang2016].
    bidirectional : default False
        Each layer also runs from the last step to the first.
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each recurrent layer [Srivastava2014].
    embed : default 0, at least 0
        Embedding width: features to which a dense layer with a rectifier maps each step, or patch, before it is read;
        0 for none.
    hidden : default 64, at least 1
        Hidden size: features of the state of each layer.
    layers : default 1, at least 1
        Number of stacked layers.
    patch : default 1, at least 1
        Patch length: steps of the window that are read at once; it divides the window. A long window of many small
        steps is read better in patches [Lin2023].
    peepholes : default False
        Of `lstm`: gates also see the memory [Gers2002].
    truncate : default 0, at least 0
        Truncated backpropagation through time [Williams1990]: gradients do not pass from a step whose index is a
        multiple of this to the one before; 0 for no truncation.
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
    r"""Encoder and decoder, a forecasting model.

    Sequence to sequence [Sutskever2014], a forecasting model: an encoder $\bar h_s = f(x_s, \bar h_{s-1})$ runs
    along the look-back window, its last state is the first of a decoder $h_t = g(\hat y_{t-1}, z_t, h_{t-1})$,
    $\hat y_t = W h_t + b$, which predicts one step of the horizon after the other from its prediction before and the
    future covariates $z_t$.

    In training the decoder sees the true value instead of its own prediction (teacher forcing), at each step with a
    probability that falls linearly over the epochs (scheduled sampling [Bengio2015]).

    With attention it also reads a context $\sum_s p_s \bar h_s$ of all steps of the window, with attention weights
    $p = \operatorname{softmax}_s(w^\top\tanh(W_q h_{t-1} + W_k \bar h_s))$ before it computes its state
    [Bahdanau2015], or $p = \operatorname{softmax}_s(h_t^\top W_k \bar h_s)$ after it [Luong2015].

    Input `[batch, window, features]`, output `[batch, horizon * targets]`.

    Parameters
    ----------
    attention
        Attention over the look-back window; by default none.
    cell : default "lstm"
        Recurrent cell of encoder and decoder.
    dropout : default 0.0, 0 to 0.95
        Dropout probability before the last layer [Srivastava2014].
    hidden : default 64, at least 1
        Number of stacked cells, in the encoder and in the decoder.
    layers : default 1, at least 1
        Number of stacked cells, in the encoder and in the decoder.
    teacher_forcing : default [1.0, 0.0]
        Probability that the decoder sees the true value in training: in the first and in the last epoch.
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
    r"""Temporal convolutional network: dilated causal convolutions, for sequences.

    Temporal convolutional network [Oord2016, Bai2018]: causal convolutions
    $h^l_t = f(b + \sum_{j=0}^{k-1} W_j^\top h^{l-1}_{t - 2^{l-1} j})$ from $h^0_t = x_t$, each with twice the
    dilation of the one before, so that the last step sees $1 + (k - 1)(2^n - 1)$ steps through $n$ layers of kernel
    size $k$; a linear layer reads that step.

    Input `[batch, steps, features]`, output `[batch, targets]`, of forecasts `[batch, horizon * targets]`, or of
    classes `[batch, classes]`.

    Parameters
    ----------
    activation : default "relu"
        Activation function $f$ after each layer.
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each layer [Srivastava2014].
    features : default 32, at least 1
        Number of features (filters) of each layer.
    kernel : default 3, at least 1
        Kernel size $k$ in steps.
    layers : default 5, 1 to 20
        Number of stacked layers $n$.
    """

    kind: ClassVar[str] = "convolution"
    activation: Literal["step", "linear", "sigmoid", "tanh", "relu", "leaky_relu", "elu", "selu", "gelu", "softplus", "softmax"] | None = None
    dropout: float | None = None
    features: int | None = None
    kernel: int | None = None
    layers: int | None = None


@dataclass(kw_only=True, repr=False)
class Lenet(Spec):
    r"""LeNet: two convolutions and dense layers, for images.

    LeNet-5 [LeCun1998] with rectifiers and max pooling in place of its sigmoids and means: convolutions
    $h \leftarrow \operatorname{maxpool}(\max(0, W * h + b))$, then dense layers $h \leftarrow \max(0, W h + b)$ and a
    linear one.

    Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Dropout probability before each hidden dense layer [Srivastava2014].
    features : default [6, 16]
        Number of features (filters) of each convolution.
    hidden : default [120, 84]
        Widths of the hidden dense layers after the convolutions.
    kernel : default 5, at least 1
        Kernel size: side of the filters in pixels.
    """

    kind: ClassVar[str] = "lenet"
    dropout: float | None = None
    features: Sequence[int] | None = None
    hidden: Sequence[int] | None = None
    kernel: int | None = None


@dataclass(kw_only=True, repr=False)
class Vgg(Spec):
    r"""VGG: stacked convolutions with small kernels, for images.

    A small VGG [Simonyan2015] with batch normalization: stages of convolutions
    $h \leftarrow \max(0, \operatorname{norm}(W * h))$ with kernels of 3 x 3 pixels, max pooling after each stage, a
    hidden dense layer and a linear one.

    Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    convolutions : default 2, 1 to 10
        Number of convolutions of each stage.
    dropout : default 0.3, 0 to 0.95
        Dropout probability before and after the hidden dense layer [Srivastava2014].
    features : default [32, 64, 128]
        Number of features (filters) of each stage.
    hidden : default 128, at least 1
        Width of the hidden dense layer after the last stage.
    """

    kind: ClassVar[str] = "vgg"
    convolutions: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None
    hidden: int | None = None


@dataclass(kw_only=True, repr=False)
class Resnet(Spec):
    r"""Residual network, for images.

    A small ResNet for images [He2016]: stages of residual blocks $h \leftarrow \max(0, g(h) + h)$, where $g$ is two
    convolutions of 3 x 3 pixels with batch normalization, each stage at half the size of the one before, then the
    mean over all pixels and a linear layer.

    Input `[batch, height, width, channels]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    blocks : default 2, 1 to 20
        Number of residual blocks of each stage.
    dropout : default 0.0, 0 to 0.95
        Dropout probability before the last layer [Srivastava2014].
    features : default [16, 32, 64]
        Number of features (filters) of each stage.
    """

    kind: ClassVar[str] = "resnet"
    blocks: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None


@dataclass(kw_only=True, repr=False)
class Resnet1d(Spec):
    r"""Residual network along one axis, for spectra and sequences.

    A ResNet along one axis, for spectra and other sequences [He2016, Ho2019]: stages of residual blocks
    $h \leftarrow \max(0, g(h) + h)$, where $g$ is two convolutions with long kernels and batch normalization, each
    stage at half the length of the one before, then adaptive pooling and a linear layer.

    Input `[batch, steps, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    blocks : default 1, 1 to 20
        Number of residual blocks of each stage.
    dropout : default 0.0, 0 to 0.95
        Dropout probability before the last layer [Srivastava2014].
    features : default [16, 32, 32]
        Number of features (filters) of each stage.
    kernel : default 7, at least 1
        Kernel size in steps.
    places : default 16, at least 1
        Positions of the adaptive pooling before the last layer: 1 is the mean of each feature over the whole axis;
        more keep the position of a band.
    """

    kind: ClassVar[str] = "resnet1d"
    blocks: int | None = None
    dropout: float | None = None
    features: Sequence[int] | None = None
    kernel: int | None = None
    places: int | None = None


@dataclass(kw_only=True, repr=False)
class Gcn(Spec):
    r"""Graph convolutional network, for molecules.

    Graph convolutional network [Kipf2017]: $H^l = \max(0, \hat A H^{l-1} W_l + b_l)$ from the atom features $H^0$
    with $\hat A = D^{-1/2}(A + I)D^{-1/2}$ of the adjacency matrix $A$ and the degrees $D$ of $A + I$, then a readout
    to one row of features for each molecule and dense layers.

    Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
    classes, `[batch, classes]`.

    Parameters
    ----------
    batch_norm : default False
        Normalize each layer over the atoms of the batch [Ioffe2015].
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each layer [Srivastava2014].
    features : default 64, at least 1
        Embedding width: hidden size of each atom.
    head : default 64, at least 0
        Width of the hidden dense layer after the readout; 0 for none.
    layers : default 3, at least 1
        Number of stacked layers, the distance in bonds from which an atom receives information.
    readout : default "sum"
        Readout: reduction of the atoms to one row.
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
    r"""Graph attention network, for molecules.

    Graph attention network [Velickovic2018]: $h_i \leftarrow f(\sum_j p_{ij} W h_j + b)$ over the neighbors $j$ of
    atom $i$ and itself with attention weights
    $p_{ij} = \operatorname{softmax}_j(\operatorname{LeakyReLU}(u^\top W h_j + v^\top W h_i))$ and ELU as $f$, layer
    by layer, then a readout to one row of features for each molecule and dense layers.

    Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
    classes, `[batch, classes]`.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Dropout probability after each layer [Srivastava2014].
    features : default 32, at least 1
        Hidden size of each attention head for each atom.
    head : default 64, at least 0
        Width of the dense layer after; 0 for none.
    heads : default 4, at least 1
        Width of the hidden dense layer after the readout; 0 for none.
    layers : default 3, at least 1
        Number of stacked layers.
    readout : default "sum"
        Readout: reduction of the atoms to one row.
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
    r"""Message passing neural network, for molecules.

    Message passing neural network [Gilmer2017]: $h_i \leftarrow \mathrm{GRU}(\sum_j A(e_{ij}) h_j,\, h_i)$ over the
    neighbors $j$ of atom $i$ in each step, where an edge network computes the matrix $A$ from the bond features
    $e_{ij}$, then a readout, by default Set2Set [Vinyals2016], to one row of features for each molecule and dense
    layers.

    Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
    classes, `[batch, classes]`.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Dropout probability after the hidden dense layer [Srivastava2014].
    edge_hidden : default 64, at least 1
        Hidden width of the edge network.
    features : default 64, at least 1
        Embedding width: hidden size of each atom.
    head : default 64, at least 0
        Width of the hidden dense layer after the readout; 0 for none.
    readout : default "set2set"
        Readout: reduction of the atoms to one row.
    steps : default 3, at least 1
        Number of message-passing steps.
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
    r"""Directed message passing neural network (D-MPNN), for molecules.

    Directed message passing neural network [Yang2019]: $h^{t+1}_{vw} = f(h^0_{vw} + W_h \sum_{u \ne w} h^t_{uv})$
    for each directed bond $v \to w$ from $h^0_{vw} = W_i [x_v, e_{vw}]$, atoms collect
    $f(W_o [x_v, \sum_u h^T_{uv}] + b)$, then a readout to one row of features for each molecule and dense layers. The
    default width is 128 with dropout: chemprop's 300 without dropout was no better on validation rows and took four
    times as long.

    Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
    classes, `[batch, classes]`.

    Parameters
    ----------
    bias : default False
        Add biases in the states of bonds.
    depth : default 3, at least 1
        Number of message-passing steps $T$, the distance in bonds from which an atom receives information.
    dropout : default 0.1, 0 to 0.95
        Dropout probability in states and after dense layers [Srivastava2014].
    head : default [128]
        Width of each hidden dense layer after the readout.
    hidden : default 128, at least 1
        Hidden size of each bond.
    readout : default "mean"
        Readout: reduction of the atoms to one row.
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
    r"""A learned circular fingerprint, for molecules.

    Neural fingerprint [Duvenaud2015]: a circular fingerprint whose positions are learned,
    $\sum_{t,i} \operatorname{softmax}(h^t_i W_t)$ over atoms $i$ and steps $t$ with
    $h^{t+1}_i = f([h^t_i + \sum_j h^t_j, \sum_j e_{ij}]\,H_d)$ over the neighbors $j$ and a matrix for each number
    $d$ of neighbors; dense layers read it.

    Input graphs of molecules, `[atoms, atom features]` and `[bonds, bond features]`; output `[batch, targets]` or, of
    classes, `[batch, classes]`.

    Parameters
    ----------
    dropout : default 0.0, 0 to 0.95
        Dropout probability after the hidden dense layer [Srivastava2014].
    features : default 64, at least 1
        Hidden size of each atom between steps.
    head : default 64, at least 0
        Width of the hidden dense layer after the fingerprint; 0 for none.
    length : default 256, at least 1
        Length of the fingerprint.
    radius : default 3, at least 1
        Radius of the neighborhoods in bonds.
    """

    kind: ClassVar[str] = "neural_fingerprint"
    dropout: float | None = None
    features: int | None = None
    head: int | None = None
    length: int | None = None
    radius: int | None = None


@dataclass(kw_only=True, repr=False)
class RandomForest(Spec):
    r"""Decision trees grown on resampled rows, averaged.

    Random forest [Breiman2001], $\hat y = \frac1T \sum_t f_t(x)$ over $T$ decision trees $f_t$, each grown on rows
    drawn with replacement, where every split is the best among a random subset of the features; of classes, the
    fractions of the votes.

    Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.

    Parameters
    ----------
    fingerprints : default False
        Also use the bits of fingerprints where descriptors of molecules are available: trees on thousands of bits
        grow slowly and predict less well.
    max_features : 0 to 1
        Fraction of the features among which a split is chosen; by default a third for numbers, the square root for
        classes.
    trees : default 100, at least 1
        Number of trees $T$.
    """

    kind: ClassVar[str] = "random_forest"
    fingerprints: bool | None = None
    max_features: float | None = None
    trees: int | None = None


@dataclass(kw_only=True, repr=False)
class NearestNeighbors(Spec):
    r"""The nearest training rows: their mean, or the fractions of their classes.

    $k$ nearest neighbors [Cover1967], $\hat y = \sum_i w_i y_i / \sum_i w_i$ over the $k$ training rows nearest to a row: the
    mean of numbers, or the shares of classes. Of two rows equally far the earlier one is nearer.

    Nothing is learned but the rows themselves, so this is the baseline that tells how far likeness alone leads: of molecules, the
    similar property principle. Rows have features `[rows, width]`; a target that is missing is looked for in the nearest rows
    that know it.

    Parameters
    ----------
    metric : default "auto"
        How far two rows are from one another.
    neighbors : default 5, at least 1
        How many rows are asked, $k$; all of them where there are fewer.
    weights : default "uniform"
        How much each of them counts.
    """

    kind: ClassVar[str] = "nearest_neighbors"
    metric: Literal["auto", "euclidean", "manhattan", "tanimoto"] | None = None
    neighbors: int | None = None
    weights: Literal["uniform", "distance"] | None = None


@dataclass(kw_only=True, repr=False)
class GaussianProcess(Spec):
    r"""Gaussian process regression, for numbers, with a standard deviation for each prediction.

    Gaussian process [Rasmussen2006]: values at all points are jointly normal with the mean function $m$ and the
    covariance function $k$. From values $y$ at the points $X$ follow, at a new point, the mean
    $\mu = m(x) + k_x^\top (K + \sigma^2 I)^{-1} (y - m(X))$ and the variance
    $s^2 = k(x, x) - k_x^\top (K + \sigma^2 I)^{-1} k_x$. Hyperparameters maximize the posterior density. Inputs are
    meant to lie in the unit cube; values are standardized.

    Input `[batch, features]`, output `[batch, targets]` with a standard deviation for each number.

    Parameters
    ----------
    kernel
        Covariance function $k$.
    mean
        Mean function $m$: the prediction far from all data.
    noise
        Noise variance $\sigma^2$ of a single measurement.
    restarts : default 2, 0 to 100
        Starts of the hyperparameter search that are drawn from the priors, in addition to the default one.
    search_rows : default 1000, at least 2
        Points used to find hyperparameters, at most; of more, a random sample. Predictions use all points.
    """

    kind: ClassVar[str] = "gaussian_process"
    kernel: RbfKernel | Matern12Kernel | Matern32Kernel | Matern52Kernel | RationalQuadraticKernel | PeriodicKernel | LinearKernel | WhiteKernel | HammingKernel | LatentKernel | TanimotoKernel | AlikeKernel | ScaledKernel | SumKernel | ProductKernel | None = None
    mean: ZeroMean | ConstantMean | LinearMean | QuadraticMean | None = None
    noise: LearnedNoise | FixedNoise | DeterministicNoise | None = None
    restarts: int | None = None
    search_rows: int | None = None


@dataclass(kw_only=True, repr=False)
class Mean(Spec):
    r"""Naive baseline: the mean of the training targets, or the frequencies of the classes.

    Mean predictor [Hastie2009], $\hat y = \frac1n \sum_i y_i$ over the $n$ training rows, whatever the input; of
    classes the frequencies $p_k = n_k/n$.

    Input `[batch, features]`, output `[batch, targets]` or, of classes, `[batch, classes]`.
    """

    kind: ClassVar[str] = "mean"


@dataclass(kw_only=True, repr=False)
class Auto(Spec):
    r"""Trains several models that suit the data and selects the best on the validation rows.

    Model selection [Hastie2009]: trains each model $f_k$ that suits the task and the data and selects
    $\hat k = \arg\min_k \sqrt{\frac1n \sum_i (y_i - f_k(x_i))^2}$ over the $n$ validation rows; of classes the one
    with the highest accuracy there.

    Input `[batch, features]` or what the data hold, output `[batch, targets]` or, of classes, `[batch, classes]`.
    """

    kind: ClassVar[str] = "auto"


@dataclass(kw_only=True, repr=False)
class Bagging(Spec):
    r"""Bootstrap aggregating [Breiman1996]: $\hat y = \frac1M \sum_m f_m(x)$, where each member $f_m$ is trained on
    $n$ rows drawn with replacement from the $n$ training rows.

    Ensemble of $M$ models of one kind, whose predictions are averaged; of classes, the probabilities. The standard
    deviation of a prediction is that between the members, $\sigma^2 = \frac{1}{M-1} \sum_m (f_m(x) - \hat y)^2$, or,
    where members have variances $\sigma_m^2$, that of the mixture,
    $\sigma^2 = \frac1M \sum_m (\sigma_m^2 + f_m(x)^2) - \hat y^2$ [Lakshminarayanan2017].

    Input and output are those of the members.

    Parameters
    ----------
    members : default 5, 2 to 1000
        Number of members $M$.
    of
        The model that each member is.
    """

    kind: ClassVar[str] = "bagging"
    members: int | None = None
    of: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | NearestNeighbors | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None


@dataclass(kw_only=True, repr=False)
class Averaging(Spec):
    r"""Ensemble average [Hansen1990, Lakshminarayanan2017]: $\hat y = \frac1M \sum_m f_m(x)$, where each member
    $f_m$ is trained on all training rows from a random seed of its own.

    Ensemble of $M$ models of one kind, whose predictions are averaged; of classes, the probabilities. The standard
    deviation of a prediction is that between the members, $\sigma^2 = \frac{1}{M-1} \sum_m (f_m(x) - \hat y)^2$, or,
    where members have variances $\sigma_m^2$, that of the mixture,
    $\sigma^2 = \frac1M \sum_m (\sigma_m^2 + f_m(x)^2) - \hat y^2$ [Lakshminarayanan2017].

    Input and output are those of the members.

    Parameters
    ----------
    members : default 5, 2 to 1000
        Number of members $M$.
    of
        The model that each member is.
    """

    kind: ClassVar[str] = "averaging"
    members: int | None = None
    of: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | NearestNeighbors | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None


@dataclass(kw_only=True, repr=False)
class Voting(Spec):
    r"""Soft voting: the equally weighted mean over models of several kinds.

    Ensemble of $K$ kinds of models [Hastie2009], $\hat y = \frac1K \sum_k f_k(x)$; of classes, the mean of the
    probabilities. Each kind is equally weighted, also one that is an ensemble itself.

    Input and output are those of the models.

    Parameters
    ----------
    of : required
        The models.
    """

    kind: ClassVar[str] = "voting"
    of: Sequence[Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | NearestNeighbors | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting]


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
        Descriptors: numbers with a chemical meaning, such as mass and polar surface [WildmanCrippen1999, Ertl2000, Labute2000].
    ecfp
        Circular fingerprint: which neighborhoods of atoms occur [Rogers2010].
    maccs : default True
        The 166 MACCS keys [Durant2002].
    """

    beside_graphs: bool | None = None
    descriptor_names: Sequence[str] | None = None
    descriptors: bool | None = None
    ecfp: Ecfp | None = None
    maccs: bool | None = None


@dataclass(kw_only=True, repr=False)
class LearnedNoise(Spec):
    r"""Learned, $\sigma^2$ from $10^{-6}$ to 1 times the variance of the values.

    Parameters
    ----------
    prior
        Prior of $\sigma^2$, relative to the variance of the values; by default $\ln\sigma^2 \sim N(-4, 1)$
        [Hvarfner2024].
    """

    kind: ClassVar[str] = "learned"
    prior: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class FixedNoise(Spec):
    r"""A known variance $\sigma^2$ (`variance`) [Rasmussen2006].

    Parameters
    ----------
    variance : required
        The variance, in squared units of the values.
    """

    kind: ClassVar[str] = "fixed"
    variance: float


@dataclass(kw_only=True, repr=False)
class DeterministicNoise(Spec):
    r"""Repeated measurements are the same: $\sigma^2$ is $10^{-8}$ of the variance of the values.
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
    r"""A measured quantity that is maximized or minimized.

    Parameters
    ----------
    deviation
        The name of the standard deviation of each measurement in reported results, where it is known. The `noise` of the strategy
        is added to it: `deterministic` adds nothing.
    goal : default "maximize"
        Whether to maximize or to minimize it.
    name : required
        Its name in reported results.
    """

    deviation: str | None = None
    goal: Literal["maximize", "minimize"] | None = None
    name: str


@dataclass(kw_only=True, repr=False)
class Sgd(Spec):
    r"""Stochastic gradient descent, plain, with momentum or with Nesterov momentum.

    Stochastic gradient descent [Robbins1951], $w \leftarrow w - \eta g$; with momentum [Polyak1964]
    $b \leftarrow \mu b + g$, $w \leftarrow w - \eta b$; with Nesterov momentum [Nesterov1983]
    $w \leftarrow w - \eta(g + \mu b)$. Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning rate.

    Parameters
    ----------
    learning_rate : default 0.01, at least 0
        Learning rate $\eta$.
    momentum : default 0.0, 0 to 1
        Momentum $\mu$; 0 for none.
    nesterov : default False
        Nesterov momentum.
    """

    kind: ClassVar[str] = "sgd"
    learning_rate: float | None = None
    momentum: float | None = None
    nesterov: bool | None = None


@dataclass(kw_only=True, repr=False)
class Adagrad(Spec):
    r"""AdaGrad: the step size of each parameter falls with the sum of its squared gradients.

    AdaGrad [Duchi2011]: $s \leftarrow s + g^2$, $w \leftarrow w - \eta g/(\sqrt s + \varepsilon)$. Here $w$ are the
    parameters, $g$ their gradient and $\eta$ the learning rate.

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
    r"""RMSProp: as AdaGrad, with a running mean of the squares instead of their sum.

    RMSProp [Tieleman2012]: $s \leftarrow \rho s + (1-\rho) g^2$, $w \leftarrow w - \eta g/(\sqrt s + \varepsilon)$.
    Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning rate.

    Parameters
    ----------
    decay : default 0.99, 0 to 1
        Decay rate $\rho$ of the running mean of squared gradients.
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
    r"""Adam: running means of the gradient and of its square.

    Adam [Kingma2015]: $m \leftarrow \beta_1 m + (1-\beta_1)g$, $v \leftarrow \beta_2 v + (1-\beta_2)g^2$,
    $w \leftarrow w - \eta \hat m/(\sqrt{\hat v} + \varepsilon)$ with $\hat m = m/(1-\beta_1^t)$,
    $\hat v = v/(1-\beta_2^t)$ at step $t$. Here $w$ are the parameters, $g$ their gradient and $\eta$ the learning
    rate.

    Parameters
    ----------
    beta1 : default 0.9, 0 to 0.9999999
        Decay rate $\beta_1$ of the running mean of gradients.
    beta2 : default 0.999, 0 to 0.9999999
        Decay rate $\beta_2$ of the running mean of squared gradients.
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
    r"""Adam with decoupled weight decay.

    AdamW [Loshchilov2019]: $w \leftarrow w - \eta\lambda w - \eta \hat m/(\sqrt{\hat v} + \varepsilon)$ with
    $\hat m$ and $\hat v$ as in Adam [Kingma2015], the running means of gradient and squared gradient divided by
    $1-\beta_1^t$ and $1-\beta_2^t$ at step $t$.

    Parameters
    ----------
    beta1 : default 0.9, 0 to 0.9999999
        Decay rate $\beta_1$ of the running mean of gradients.
    beta2 : default 0.999, 0 to 0.9999999
        Decay rate $\beta_2$ of the running mean of squared gradients.
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
    r"""Limited-memory BFGS: quasi-Newton steps on the whole data set.

    Limited-memory BFGS [Liu1989]: $w \leftarrow w + t p$ with $p = -H g$, where $H$ approximates the inverse
    Hessian from the latest steps and gradient changes. A line search finds $t$ with the strong Wolfe conditions
    [Nocedal2006]: $f(w + tp) \le f + c_1 t g^\top p$ and $|g_t^\top p| \le c_2 |g^\top p|$ with $c_1 = 10^{-4}$,
    $c_2 = 0.9$.

    Parameters
    ----------
    evaluations : default 20, 1 to 100
        Function evaluations in one line search, at most.
    history : default 10, 1 to 100
        Number of pairs of steps and gradient changes that are kept.
    learning_rate : default 1.0, at least 0
        First trial of the step length $t$; 1 is the quasi-Newton step.
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
        Its name in reported results.
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
        Search on a logarithmic scale: for values over several decades.
    low : required
        The lowest value.
    name : default ""
        Its name; in Python that of its entry in the space.
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
        Search on a logarithmic scale.
    low : required
        The lowest value.
    name : default ""
        Its name; in Python that of its entry in the space.
    """

    kind: ClassVar[str] = "integer"
    high: int
    log: bool | None = None
    low: int
    name: str | None = None


@dataclass(kw_only=True, repr=False)
class OrdinalParameter(Spec):
    r"""An ordinal parameter: one of some numbers.

    Parameters
    ----------
    log : default False
        Search on a logarithmic scale.
    name : default ""
        Its name; in Python that of its entry in the space.
    values : required
        The numbers, in any order.
    """

    kind: ClassVar[str] = "ordinal"
    log: bool | None = None
    name: str | None = None
    values: Sequence[float]


@dataclass(kw_only=True, repr=False)
class CategoricalParameter(Spec):
    r"""A categorical parameter: one of some labels.

    Parameters
    ----------
    name : default ""
        Its name; in Python that of its entry in the space.
    values : required
        The labels.
    """

    kind: ClassVar[str] = "categorical"
    name: str | None = None
    values: Sequence[str]


@dataclass(kw_only=True, repr=False)
class MoleculeParameter(Spec):
    r"""One of some molecules; those with similar fingerprints (ECFP4) are expected to behave similarly.

    Parameters
    ----------
    column : default "smiles"
        The column of that table that holds SMILES.
    file
        A table with further molecules.
    name : default ""
        Its name; in Python that of its entry in the space.
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
    r"""A constant, which is recorded with every trial.

    Parameters
    ----------
    name : default ""
        Its name; in Python that of its entry in the space.
    value : required
        The value.
    """

    kind: ClassVar[str] = "fixed"
    name: str | None = None
    value: Any


@dataclass(kw_only=True, repr=False)
class FlatPrior(Spec):
    r"""Uniform, $p(v) \propto 1$.
    """

    kind: ClassVar[str] = "flat"


@dataclass(kw_only=True, repr=False)
class NormalPrior(Spec):
    r"""Normal, $v \sim N(\mu, s)$; where $v$ is positive, truncated at zero.

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
    r"""Log-normal, $\ln v \sim N(\mu, s)$.

    Parameters
    ----------
    deviation : required
        Standard deviation of $\ln v$.
    mean : required
        Mean of $\ln v$.
    """

    kind: ClassVar[str] = "log_normal"
    deviation: float
    mean: float


@dataclass(kw_only=True, repr=False)
class GammaPrior(Spec):
    r"""Gamma, $p(v) \propto v^{\text{shape}-1} e^{-\text{rate}\,v}$.

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
    r"""Scaling of inputs and targets, fitted on training rows only.

    Parameters
    ----------
    inputs : default "standard"
        For inputs.
    limit : default 4.0, at least 0
        Scaled inputs are clipped to `[-limit, limit]`, so that a row unlike all training rows changes a prediction only so far;
        zero for no limit, and none where inputs are not scaled.
    log_targets : default False
        Learn the decimal logarithm of the targets; predictions are transformed back to their own unit.
    targets : default "standard"
        For targets that are numbers.
    """

    inputs: Literal["standard", "min-max", "robust", "none"] | None = None
    limit: float | None = None
    log_targets: bool | None = None
    targets: Literal["standard", "min-max", "robust", "none"] | None = None


@dataclass(kw_only=True, repr=False)
class ConstantSchedule(Spec):
    r"""A constant learning rate, $s(t) = 1$ [Bottou2018].
    """

    kind: ClassVar[str] = "constant"


@dataclass(kw_only=True, repr=False)
class StepSchedule(Spec):
    r"""A step decay, $s(t) = \gamma^{\lfloor t/n \rfloor}$: times $\gamma$ (`factor`) after every $n$ (`every`)
    epochs [Murphy2022].

    Parameters
    ----------
    every : required, at least 1
        Epochs $n$ between two reductions.
    factor : required, 0 to 1
        Factor $\gamma$ of a reduction.
    """

    kind: ClassVar[str] = "step"
    every: int
    factor: float


@dataclass(kw_only=True, repr=False)
class ExponentialSchedule(Spec):
    r"""An exponential decay, $s(t) = \gamma^{\lfloor t \rfloor}$ [Murphy2022].

    Parameters
    ----------
    factor : required, 0 to 1
        Factor $\gamma$ for each epoch.
    """

    kind: ClassVar[str] = "exponential"
    factor: float


@dataclass(kw_only=True, repr=False)
class CosineSchedule(Spec):
    r"""Half a cosine from 1 to $s_0$ (`floor`) over all epochs,
    $s(t) = s_0 + \frac{1 - s_0}{2}\left(1 + \cos\frac{\pi t}{T}\right)$ [Loshchilov2017].

    Parameters
    ----------
    floor : default 0.0, 0 to 1
        Last value $s_0$ of the factor.
    """

    kind: ClassVar[str] = "cosine"
    floor: float | None = None


@dataclass(kw_only=True, repr=False)
class OnPlateauSchedule(Spec):
    r"""A reduction on plateaus, $s \leftarrow \gamma s$ (`factor`) whenever the validation loss has not improved for
    `patience` epochs [He2016].

    Parameters
    ----------
    factor : required, 0 to 1
        Factor $\gamma$ of a reduction.
    patience : required, at least 1
        Epochs without improvement before a reduction.
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
    r"""The features: columns in their order are the steps.

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
        Column of times or numbers by which steps are sorted; by default they are in order.
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
        Preprocessing steps of each spectrum, in this order; they are fitted on training rows only.
    """

    files: str | None = None
    high: float | None = None
    low: float | None = None
    steps: Sequence[AsymmetricLeastSquaresStep | PolynomialBaselineStep | SavitzkyGolayStep | StandardNormalVariateStep | ScatterCorrectionStep | NormalizeStep | ResampleStep | CutStep] | None = None


@dataclass(kw_only=True, repr=False)
class Split(Spec):
    r"""How rows are split into training, validation and test.

    Parameters
    ----------
    column
        Column with the groups of a `group` split or the times of a `time` split.
    folds : default 0, at least 0
        Number of folds for cross-validation, at least 2; 0 for a single split. Every fold is the test set once, and
        the other rows are divided between training and validation in the proportion of `fractions`.
    fractions : default [0.8, 0.1, 0.1]
        Fractions of training, validation and test; they sum to 1. A fraction of 0 leaves the subset out, except
        training.
    kind : default "random"
        Rule that decides which rows stay together.
    repeats : default 1, at least 0
        Number of repetitions of the whole with other random choices.
    """

    column: str | None = None
    folds: int | None = None
    fractions: Sequence[float] | None = None
    kind: Literal["random", "stratified", "scaffold", "group", "time", "kennard-stone"] | None = None
    repeats: int | None = None


@dataclass(kw_only=True, repr=False)
class Stationary(Spec):
    r"""A stationary covariance, a function of the scaled distance $r^2 = \sum_i (x_i - x'_i)^2 / \ell_i^2$
    [Rasmussen2006].

    | hyperparameter | start | bounds | prior |
    |---|---|---|---|
    | lengthscale $\ell$ | $0.205 \sqrt d$ | $[0.025, 100\sqrt d]$ | $\ln\ell \sim N(\sqrt2 + \frac12 \ln d, 3)$ [Hvarfner2024] |

    Parameters
    ----------
    ard
        A lengthscale for each input (automatic relevance determination) or one for all; by default for each of up to
        20.
    columns : default []
        Inputs that it depends on, counted from zero; empty for all.
    lengthscale
        Prior of the lengthscales; by default the one in the table.
    """

    ard: bool | None = None
    columns: Sequence[int] | None = None
    lengthscale: FlatPrior | NormalPrior | LogNormalPrior | GammaPrior | None = None


@dataclass(kw_only=True, repr=False)
class AsymmetricLeastSquaresStep(Spec):
    r"""Subtract a smooth baseline below the bands.

    Parameters
    ----------
    asymmetry : default 0.01, 0 to 1
        Asymmetry $p$: the weight of points above the baseline, about 0.001 to 0.1.
    iterations : default 10, 1 to 1000
        Number of updates of the weights.
    smoothness : default 100000.0, at least 0
        Smoothness $\lambda$: about 1e2 to 1e9, more for spectra of more points.
    """

    kind: ClassVar[str] = "asymmetric_least_squares"
    asymmetry: float | None = None
    iterations: int | None = None
    smoothness: float | None = None


@dataclass(kw_only=True, repr=False)
class PolynomialBaselineStep(Spec):
    r"""Subtract a polynomial baseline below the bands.

    Parameters
    ----------
    degree : default 3, 0 to 20
        Degree of the polynomial.
    iterations : default 100, 1 to 1000
        Number of fits.
    """

    kind: ClassVar[str] = "polynomial_baseline"
    degree: int | None = None
    iterations: int | None = None


@dataclass(kw_only=True, repr=False)
class SavitzkyGolayStep(Spec):
    r"""Savitzky-Golay filter: smooth, or take a derivative.

    Parameters
    ----------
    derivative : default 0, 0 to 4
        Order $m$ of the derivative; 0 smooths.
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
    r"""Bring each spectrum to mean 0 and standard deviation 1.
    """

    kind: ClassVar[str] = "standard_normal_variate"


@dataclass(kw_only=True, repr=False)
class ScatterCorrectionStep(Spec):
    r"""Multiplicative scatter correction: bring offset and slope to those of the mean training spectrum.
    """

    kind: ClassVar[str] = "scatter_correction"


@dataclass(kw_only=True, repr=False)
class NormalizeStep(Spec):
    r"""Divide each spectrum by its area or by its maximum.

    Parameters
    ----------
    by : default "area"
        Divisor: area or maximum.
    """

    kind: ClassVar[str] = "normalize"
    by: Literal["area", "maximum"] | None = None


@dataclass(kw_only=True, repr=False)
class ResampleStep(Spec):
    r"""Interpolate to another axis.

    Parameters
    ----------
    high : required
        Last point, in the unit of the axis.
    low : required
        First point, in the unit of the axis.
    points : required, at least 2
        Number of points.
    """

    kind: ClassVar[str] = "resample"
    high: float
    low: float
    points: int


@dataclass(kw_only=True, repr=False)
class CutStep(Spec):
    r"""Keep some ranges of the axis.

    Parameters
    ----------
    ranges : required
        Ranges such as `[[400, 800], [1000, 1800]]`, in the unit of the axis.
    """

    kind: ClassVar[str] = "cut"
    ranges: Sequence[Sequence[float]]


@dataclass(kw_only=True, repr=False)
class Strategy(Spec):
    r"""Bayesian optimization [Jones1998]: first an initial design, then a Gaussian process on all observations and an
    acquisition function that balances exploitation and exploration.

    Parameters
    ----------
    acquisition
        Acquisition function, which is maximized to find a point.
    batch
        How several points are chosen at once.
    cool : default False
        That power falls with the fraction of the budget that is left [Lee2020].
    cost_exponent : default 1.0, 0 to 10
        Power of the cost by which improvement is divided: 1 is improvement per unit of cost, 0 ignores costs.
    design : default "sobol"
        Initial design: how the first points are chosen.
    design_only : default False
        Only the design, never a model.
    draws : default 64, 1 to 4096
        Samples of the values of pending points over which the acquisition is averaged.
    initial : at least 1
        Number of points of the initial design; by default twice the number of axes, at least 5.
    kernel
        Covariance function; by default the one that suits the axes of the space.
    margin : default 0.01, 0 to 10
        Exploration margin $\xi$ in standard deviations of the values: one request of three, at random, counts only
        improvements larger than this, so that a search with ever smaller steps explores elsewhere. 0 for never.
    mean
        Mean function of the objective: the prediction far from all trials.
    noise
        Noise variance of a single measurement.
    restarts : default 2, 0 to 100
        Starts of the hyperparameter search that are drawn from the priors, every tenth time.
    warp : default "none"
        Output transform: what is done to the values before a process is fitted.
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
    r"""Uncertainty of predictions.

    Parameters
    ----------
    dropout_samples : default 0, 0 to 1000
        Number of MC dropout samples, each with its own dropout mask, whose mean is the prediction; the standard
        deviation between them is its uncertainty [Gal2016]. With zero the whole network predicts; needs dropout.
    level : default 0.9, 0.01 to 0.999
        Coverage: the fraction of new values inside their intervals, and of new classes inside their sets.
    temperature : default True
        Temperature scaling: fit one temperature to the validation rows, at least 50, that calibrates the probabilities of classes;
        it does not change the predicted class [Guo2017].
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
        Models that are trained on the same splits and compared; the best on the validation rows is selected, in place of `model`.
    curves
        Curves to measure in addition to the training: errors over the number of training rows or over the values of a setting, and
        their bias and variance.
    data
        Which table, and which of its columns.
    forecast
        Forecasts, where the table holds time series.
    loss
        Loss function of a network; by default the squared error, or the cross-entropy of classes.
    model
        The model that is trained.
    molecules
        How molecules become numbers.
    precision : default "single"
        Floating-point precision of networks.
    scale
        Scaling of inputs and targets.
    seed : default 0, at least 0
        Seed of all random numbers.
    split
        How rows are split into training, validation and test sets.
    train
        How a network is trained.
    uncertainty
        Uncertainty of predictions.
    """

    baselines: bool | None = None
    compare: Sequence[Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | NearestNeighbors | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting] | None = None
    curves: Sequence[Curve] | None = None
    data: Data | None = None
    forecast: Forecast | None = None
    loss: MeanAbsoluteError | MeanSquaredError | RootMeanSquaredError | Huber | GaussianNegativeLogLikelihood | Quantile | BinaryCrossEntropy | CrossEntropy | None = None
    model: Mlp | Sequential | Perceptron | Logistic | Ridge | Lasso | ElasticNet | Pls | Rnn | Lstm | Gru | Seq2seq | Convolution | Lenet | Vgg | Resnet | Resnet1d | Gcn | Gat | Mpnn | DMpnn | NeuralFingerprint | RandomForest | NearestNeighbors | GaussianProcess | Mean | Auto | Bagging | Averaging | Voting | None = None
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
    "GaussianNoise",
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
    "NearestNeighbors",
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
