"""The package as a whole: its names, its documentation, and how it behaves beside other threads and signals."""

import dataclasses
import doctest
import subprocess
import sys
import threading
import time

import numpy as np
import pytest

import gedanken as gd

#: Rows, network and epochs for a training that takes minutes: nobody waits for its end.
LONG = """
import numpy as np, gedanken as gd
x = np.random.default_rng(0).normal(size=(20000, 16))
train = gd.Training(epochs=100000, early_stopping=gd.EarlyStopping(patience=0))
fit = lambda: gd.fit(gd.Mlp(hidden=[64]), x, x[:, 0], train=train, threads=1)
"""


def python(code):
    """Runs code in a fresh interpreter; its output."""
    return subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=50).stdout


def test_import_is_quick_and_leaves_numpy_alone():
    code = "import time; t = time.perf_counter(); import gedanken; print(time.perf_counter() - t)"
    # 0.1 s on a quiet machine; a busy one takes longer.
    assert min(float(python(code)) for _ in range(3)) < 0.5
    assert python("import gedanken, sys; print('numpy' in sys.modules)").strip() == "False"


def test_every_name_is_there_and_documented():
    assert gd.__version__.count(".") == 2
    for name in gd.__all__:
        thing = getattr(gd, name)
        assert name == "__version__" or thing.__doc__, name
    for name, thing in [*vars(gd.Model).items(), *vars(gd.Study).items(), *vars(gd.Trial).items()]:
        assert name.startswith("_") or thing.__doc__, name


@pytest.mark.parametrize("module", ["", "._fit", "._compare", "._space"])
def test_examples_in_docstrings_run(module):
    found = doctest.testmod(sys.modules[f"gedanken{module}"])
    assert found.attempted > 0 and found.failed == 0


def test_specifications_are_plain_data():
    spec = gd.Bagging(of=gd.Mlp(hidden=[4]), members=3)
    assert repr(spec) == "Bagging(members=3, of=Mlp(hidden=[4]))"
    assert dataclasses.replace(spec, members=3) == spec != gd.Bagging(members=3)
    assert "Width of each hidden layer" in gd.Mlp.__doc__ and gd.Split(kind="time").kind == "time"


def test_every_default_is_accepted_by_rust():
    x, y = np.arange(40.0).reshape(20, 2) % 7, np.arange(20.0)
    whole = gd.Training(clip=gd.NormClip(limit=1), schedule=gd.CosineSchedule(), optimizer=gd.Adamw(), epochs=2)
    model = gd.fit(gd.Mlp(), x, y, train=whole, scale=gd.Scale(), split=gd.Split(), loss=gd.Huber(), precision="double")
    assert model.experiment["train"]["schedule"] == {"kind": "cosine", "floor": 0.0}


def test_other_threads_go_on_during_a_training():
    x = np.random.default_rng(0).normal(size=(4000, 16))
    done, ticks = threading.Event(), []

    def tick():
        while not done.is_set():
            ticks.append(time.perf_counter())
            time.sleep(0.001)

    thread = threading.Thread(target=tick)
    thread.start()
    begun = time.perf_counter()
    gd.fit(gd.Mlp(hidden=[64]), x, x[:, 0], train=gd.Training(epochs=20), threads=1)
    ended = time.perf_counter()
    done.set()
    thread.join()
    inside = [tick for tick in ticks if begun < tick < ended]
    assert len(inside) > 20 * (ended - begun)


def test_ctrl_c_stops_a_training():
    code = """
import signal, threading, time
signal.signal(signal.SIGINT, signal.default_int_handler)  # shells start what runs behind them without one
threading.Timer(0.5, lambda: signal.raise_signal(signal.SIGINT)).start()
begun = time.perf_counter()
try:
    fit()
except KeyboardInterrupt:
    print(time.perf_counter() - begun < 20)
"""
    assert python(LONG + code).strip() == "True"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot fork")
def test_a_fork_can_predict_and_train():
    code = """
import os, numpy as np, gedanken as gd
x = np.arange(40.0).reshape(20, 2) % 7
model = gd.fit("ridge", ["C" * n + "O" for n in range(1, 21)], np.arange(20.0))
model.predict(["CCO"])
child = os.fork()
if child == 0:
    model.predict(["CCO"] * 100)
    gd.fit("ridge", x, np.arange(20.0))
    os._exit(0)
print(os.waitpid(child, 0)[1])
"""
    assert python(code).strip() == "0"
