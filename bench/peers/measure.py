"""How long a step takes: warm-up, then blocks of many steps, of which the median and the best count.

The same protocol and workloads as `src/measure.rs` and `src/workload.rs`. A script of a peer is called

    python SCRIPT.py LABEL THREADS SECONDS WORKLOAD...

and prints one line for each workload, or FAIL and the reason in place of the times:

    label,workload,threads,median us,best us,steps,peak MB,first step s
"""

import os
import resource
import sys
import time
from collections.abc import Callable
from typing import NamedTuple

BLOCK_SECONDS = 0.04
WARM_UP_SECONDS = 0.2
WARM_UP_SHARE = 0.3
MIN_BLOCKS = 3


class Perceptron(NamedTuple):
    """A multilayer perceptron with rectifiers, trained by Adam on the squared error of resident batches."""

    widths: list[int]
    dropout: float
    batch: int
    many: int  # batches, for variants that take many steps in one call

    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Shapes of one batch of inputs and of targets."""
        return (self.batch, self.widths[0]), (self.batch, self.widths[-1])


class Recurrent(NamedTuple):
    """A recurrent cell over sequences and a linear layer behind its last state, trained in the same way."""

    cell: str
    steps: int
    features: int
    hidden: int
    batch: int
    many: int

    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Shapes of one batch of inputs and of targets."""
        return (self.batch, self.steps, self.features), (self.batch, 1)


class Images(NamedTuple):
    """Convolutions of 3 x 3 with rectifiers and the largest of each 2 x 2 behind them, and a perceptron with a hidden layer of 128,
    trained by Adam on the cross-entropy of ten classes."""

    size: int
    channels: list[int]
    batch: int
    many: int

    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Shapes of one batch of images, channels last, and of classes."""
        return (self.batch, self.size, self.size, self.channels[0]), (self.batch,)

    def flat(self) -> int:
        """Numbers behind the last convolution."""
        return (self.size >> len(self.channels[1:])) ** 2 * self.channels[-1]


HEAD = [128, 10]


class Convolutions(NamedTuple):
    """Graph convolutions over rings, whose nodes are joined to two others and to themselves, their sum, and a perceptron with one
    hidden layer behind it, trained in the same way."""

    nodes: int
    widths: list[int]
    head: int
    batch: int
    many: int

    def ends(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Shapes of one batch of inputs and of targets."""
        return (self.batch, self.nodes, self.widths[0]), (self.batch, 1)

    def edges(self) -> tuple[list[int], list[int]]:
        """Sources and targets over all nodes of the batch; each edge weighs a third."""
        pairs = [
            (ring * self.nodes + (at + step) % self.nodes, ring * self.nodes + at)
            for ring in range(self.batch)
            for at in range(self.nodes)
            for step in (0, 1, -1)
        ]
        return [source for source, _ in pairs], [target for _, target in pairs]

    def dense(self) -> list[list[float]]:
        """Weights of the edges of one ring, `[nodes, nodes]`."""
        apart = [[(source - target) % self.nodes for source in range(self.nodes)] for target in range(self.nodes)]
        return [[1 / 3 if step in (0, 1, self.nodes - 1) else 0.0 for step in row] for row in apart]


Workload = Perceptron | Recurrent | Images | Convolutions

WORKLOADS: dict[str, Workload] = {
    "A": Perceptron([200, 128, 64, 1], dropout=0.0, batch=32, many=64),
    "B": Perceptron([2048, 1024, 256, 1], dropout=0.2, batch=128, many=16),
    "C": Recurrent("lstm", steps=48, features=8, hidden=64, batch=64, many=16),
    "C2": Recurrent("lstm", steps=96, features=8, hidden=256, batch=128, many=2),
    "D": Images(28, [1, 32, 64], batch=64, many=4),
    "D2": Images(64, [3, 32, 64, 128], batch=32, many=2),
    "E": Convolutions(nodes=26, widths=[32, 64, 64, 64], head=64, batch=64, many=16),
    "G": Recurrent("gru", steps=48, features=8, hidden=64, batch=64, many=16),
}


class Run(NamedTuple):
    """A peer ready to train."""

    step: Callable[[], object]
    wait: Callable[[], object] = lambda: None  # returns when all steps so far are done
    steps_per_call: int = 1


def arguments() -> tuple[str, int, float, list[str]]:
    """Label, threads, seconds and workloads; limits the threads of libraries that are not yet imported."""
    label, threads, seconds, *workloads = sys.argv[1:]
    for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NPROC"]:
        os.environ[variable] = threads
    return label, int(threads), float(seconds), workloads


def main(build: Callable[[str, Workload, int], Run]) -> None:
    """Measures what `build(label, workload, threads)` gives, for every workload of the command line."""
    label, threads, seconds, workloads = arguments()
    for name in workloads:
        try:
            result = measure(lambda: build(label, WORKLOADS[name], threads), seconds)
        except Exception as error:  # a peer that cannot run must not stop the others
            reason = " ".join(f"{type(error).__name__}: {error}".split()).replace(",", ";")
            result = f"FAIL,{reason[:200]}"
        print(f"{label},{name},{threads},{result}", flush=True)


def measure(build: Callable[[], Run], seconds: float) -> str:
    """The end of the output line."""
    run = build()

    def block(calls: int) -> float:
        start = time.perf_counter()
        for _ in range(calls):
            run.step()
        run.wait()
        return time.perf_counter() - start

    first = block(1)
    warm_up = max(WARM_UP_SHARE * seconds, WARM_UP_SECONDS)
    repeat(block, 1, warm_up)  # compilers and caches
    calls = 1
    while (spent := block(calls)) < BLOCK_SECONDS / 2:  # asynchronous peers need several calls to show their speed
        calls *= 2
    calls = max(int(BLOCK_SECONDS * calls / spent), 1)
    means = sorted(time / calls / run.steps_per_call for time in repeat(block, calls, seconds))
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    steps = len(means) * calls * run.steps_per_call
    return f"{means[len(means) // 2] * 1e6:.2f},{means[0] * 1e6:.2f},{steps},{peak_mb:.1f},{first:.4f}"


def repeat(block: Callable[[int], float], calls: int, seconds: float) -> list[float]:
    """Times of blocks until `seconds` have passed."""
    start, times = time.perf_counter(), []
    while time.perf_counter() - start < seconds or len(times) < MIN_BLOCKS:
        times.append(block(calls))
    return times
