"""Bayesian optimization on Hartmann6 (minimized, double precision) by BoTorch, GPyTorch, scikit-optimize and Optuna.

Called as the other peers are (see `measure.py`), but a block is one step, and the warm-up is one step as well, since a step
may take seconds: at least three are measured, more until SECONDS have passed. Labels and their workloads:

    botorch     ask100, ask500   hyperparameters from scratch, then the next point by logarithmic expected improvement
                batch10          the same of ten points, one after another, at 100 points
    gpytorch    mll2000          marginal likelihood and gradient by Cholesky factors, Matern 5/2, eight hyperparameters
    skopt       ask100           scikit-optimize, expected improvement
    optuna      ask100           Optuna's `GPSampler`, which limits PyTorch to one thread

The points of a workload are the first of the Halton sequence in the unit cube (see `halton`), so that every program has
the same ones.
"""

import itertools
import resource
import sys
import time
import warnings
from collections.abc import Callable
from typing import NamedTuple

import measure

measure.arguments()

import numpy as np

#: The Halton sequence's bases, one for each input.
BASES = [2, 3, 5, 7, 11, 13]


class Run(NamedTuple):
    """What is measured, and what is done before each time without being measured."""

    step: Callable
    prepare: Callable[[], tuple] = tuple  # arguments of the step


def main() -> None:
    label, threads, seconds, workloads = measure.arguments()
    warnings.filterwarnings("ignore")
    for workload in workloads:
        try:
            result = times(build(label, workload, threads), seconds)
        except Exception as error:  # as `measure.main` does
            reason = " ".join(f"{type(error).__name__}: {error}".split()).replace(",", ";")
            result = f"FAIL,{reason[:200]}"
        print(f"{label},{workload},{threads},{result}", flush=True)


def build(label: str, workload: str, threads: int) -> Run:
    if label != "skopt":  # which does without
        import torch

        torch.set_num_threads(threads)
        torch.manual_seed(0)
    match label, workload:
        case "botorch", "ask100":
            return botorch_ask(100, batch=1)
        case "botorch", "ask500":
            return botorch_ask(500, batch=1)
        case "botorch", "batch10":
            return botorch_ask(100, batch=10)
        case "gpytorch", "mll2000":
            return gpytorch_likelihood(2000)
        case "skopt", "ask100":
            return skopt_ask(100)
        case "optuna", "ask100":
            return optuna_ask(100)
    raise ValueError(f"{label} has no workload {workload}")


def times(run: Run, seconds: float) -> str:
    """The end of the output line."""

    def block(_calls: int) -> float:
        arguments = run.prepare()
        start = time.perf_counter()
        run.step(*arguments)
        return time.perf_counter() - start

    first = block(1)
    steps = sorted(measure.repeat(block, 1, seconds))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return f"{steps[len(steps) // 2] * 1e6:.2f},{steps[0] * 1e6:.2f},{len(steps)},{peak_mb:.1f},{first:.4f}"


def botorch_ask(n: int, batch: int) -> Run:
    import torch
    from botorch.acquisition.analytic import LogExpectedImprovement
    from botorch.acquisition.logei import qLogExpectedImprovement
    from botorch.fit import fit_gpytorch_mll
    from botorch.models import SingleTaskGP
    from botorch.optim import optimize_acqf
    from botorch.sampling import SobolQMCNormalSampler
    from gpytorch.mlls import ExactMarginalLogLikelihood

    x, y = points(n)
    x, y = torch.tensor(x), -torch.tensor(y)[:, None]
    bounds = torch.stack([torch.zeros(len(BASES)), torch.ones(len(BASES))]).double()

    def ask() -> torch.Tensor:
        model = SingleTaskGP(x, y)
        fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        if batch == 1:
            promise = LogExpectedImprovement(model, best_f=y.max())
        else:
            promise = qLogExpectedImprovement(model, y.max(), SobolQMCNormalSampler(torch.Size([128])))
        found, _ = optimize_acqf(promise, bounds, batch, num_restarts=20, raw_samples=1024, sequential=batch > 1)
        return found

    return Run(ask)


def gpytorch_likelihood(n: int) -> Run:
    import gpytorch
    import torch

    x, y = (torch.tensor(array) for array in points(n))

    class Process(gpytorch.models.ExactGP):
        def __init__(self, likelihood) -> None:
            super().__init__(x, y, likelihood)
            self.mean = gpytorch.means.ZeroMean()
            matern = gpytorch.kernels.MaternKernel(nu=2.5, ard_num_dims=len(BASES))
            self.covariance = gpytorch.kernels.ScaleKernel(matern)

        def forward(self, x):
            return gpytorch.distributions.MultivariateNormal(self.mean(x), self.covariance(x))

    likelihood = gpytorch.likelihoods.GaussianLikelihood()
    model = Process(likelihood).double()
    likelihood.noise = 0.01
    log_likelihood = gpytorch.mlls.ExactMarginalLogLikelihood(likelihood, model)

    def step() -> None:
        model.zero_grad()
        exact = gpytorch.settings.fast_computations(False, False, False)
        with exact, gpytorch.settings.max_cholesky_size(10 * n):
            (-log_likelihood(model(x), y)).backward()

    return Run(step)


def skopt_ask(n: int) -> Run:
    from skopt import Optimizer

    x, y = (array.tolist() for array in points(n))
    seeds = itertools.count()

    def prepare() -> tuple[Optimizer]:
        return (Optimizer([(0.0, 1.0)] * len(BASES), base_estimator="GP", acq_func="EI", random_state=next(seeds)),)

    def ask(optimizer: Optimizer) -> list[float]:
        optimizer.tell(x, y)  # learns and finds the next point at once
        return optimizer.ask()

    return Run(ask, prepare)


def optuna_ask(n: int) -> Run:
    import optuna

    optuna.logging.set_verbosity(optuna.logging.ERROR)
    inputs = {f"x{at}": optuna.distributions.FloatDistribution(0.0, 1.0) for at in range(len(BASES))}
    x, y = points(n)
    trials = [
        optuna.trial.create_trial(params=dict(zip(inputs, row)), distributions=inputs, value=value)
        for row, value in zip(x.tolist(), y.tolist())
    ]
    seeds = itertools.count()

    # Each time another study: a sampler begins at the hyperparameters that it found before.
    def prepare() -> tuple[optuna.Study]:
        sampler = optuna.samplers.GPSampler(seed=next(seeds), n_startup_trials=0, deterministic_objective=True)
        study = optuna.create_study(sampler=sampler)
        study.add_trials(trials)
        return (study,)

    def ask(study: optuna.Study) -> list[float]:
        trial = study.ask()  # learns and finds the next point
        return [trial.suggest_float(name, 0.0, 1.0) for name in inputs]

    return Run(ask, prepare)


def points(n: int) -> tuple[np.ndarray, np.ndarray]:
    """`[n, 6]` and Hartmann6 there."""
    x = np.array([[halton(index, base) for base in BASES] for index in range(1, n + 1)])
    return x, hartmann6(x)


def halton(index: int, base: int) -> float:
    """The digits of the index behind the point, the last one first: 6 = 110 in base 2 gives 0.011 = 3/8."""
    value, weight = 0.0, 1.0
    while index > 0:
        weight /= base
        index, digit = divmod(index, base)
        value += digit * weight
    return value


def hartmann6(x: np.ndarray) -> np.ndarray:
    weights = np.array([1.0, 1.2, 3.0, 3.2])
    slopes = np.array(
        [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]]
    )
    centers = 1e-4 * np.array(
        [
            [1312, 1696, 5569, 124, 8283, 5886],
            [2329, 4135, 8307, 3736, 1004, 9991],
            [2348, 1451, 3522, 2883, 3047, 6650],
            [4047, 8828, 8732, 5743, 1091, 381],
        ]
    )
    return -np.exp(-(slopes * (x[:, None] - centers) ** 2).sum(-1)) @ weights


if __name__ == "__main__":
    main()
