"""A model in a file: saved, loaded, asked."""

import tempfile
from pathlib import Path

import numpy as np

import gedanken as gd

model = gd.run(gd.Experiment(model=gd.Ridge(), baselines=False))
molecules = ["CCO", "CCCCCCCC", "c1ccccc1"]

with tempfile.TemporaryDirectory() as folder:
    file = Path(folder, "boiling_points.safetensors")
    model.save(file)
    loaded = gd.load(file)

predicted = loaded.predict(molecules)
for smiles, kelvin in zip(molecules, predicted):
    print(f"{smiles:10} {kelvin:.0f} K")
assert np.array_equal(predicted, model.predict(molecules))
assert abs(predicted[1] - 398.8) < 40  # octane
