"""Models in files, and the same model from the program."""

import json
import pickle
import subprocess

import numpy as np
import pytest
from conftest import SHORT, needs_program, program

import gedanken as gd


@pytest.mark.parametrize("kind", [gd.Mlp(hidden=[8]), gd.Ridge(), gd.RandomForest(trees=5)])
def test_a_saved_model_predicts_the_same_bits(tmp_path, numbers, kind):
    x, y = numbers
    model = gd.fit(kind, x, y, train=SHORT)
    model.save(tmp_path / "model.safetensors")
    loaded = gd.load(tmp_path / "model.safetensors")
    assert np.array_equal(loaded.predict(x), model.predict(x))
    assert loaded.metrics == {} and loaded.history == [] and loaded.experiment == model.experiment
    assert np.array_equal(pickle.loads(pickle.dumps(model)).predict(x), model.predict(x))


def tensors(file):
    """Names and bytes of the arrays of a safetensors file, without its metadata."""
    content = file.read_bytes()
    length = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:length])
    header.pop("__metadata__")
    return header, content[length:]


@needs_program
def test_the_program_gives_the_same_model(tmp_path, numbers):
    x, y = numbers
    columns = ["x0", "x1", "x2", "y"]
    rows = [",".join(map(repr, row)) for row in np.column_stack([x, y]).tolist()]
    (tmp_path / "table.csv").write_text("\n".join([",".join(columns), *rows]) + "\n")
    words = ["fit", "table.csv", "--target", "y", "--features", "x0,x1,x2", "--seed", "5", "--out", "run"]
    settings = ["model.hidden=[8]", "train.epochs=5", "baselines=false"]
    words += [word for setting in settings for word in ("--set", setting)]
    subprocess.run([program(), *words], cwd=tmp_path, check=True, capture_output=True)
    model = gd.fit(gd.Mlp(hidden=[8]), x, y, seed=5, train=SHORT)
    model.save(tmp_path / "model.safetensors")
    assert tensors(tmp_path / "model.safetensors") == tensors(tmp_path / "run" / "model.safetensors")
    assert np.array_equal(gd.load(tmp_path / "run").predict(x), model.predict(x))
