"""Molecules with skeletons that the model has not seen: cross-validation that keeps families together."""

import csv
from pathlib import Path

import gedanken as gd

with (Path(__file__).parents[2] / "crates/inputs/data/boiling_points.csv").open() as file:
    rows = list(csv.DictReader(file))[:600]
smiles = [row["smiles"] for row in rows]
kelvin = [float(row["boiling_point [K]"]) for row in rows]


def error(kind):
    model = gd.fit(gd.Ridge(), smiles, kelvin, split=gd.Split(kind=kind, folds=5))
    assert len(model.metrics["folds"]) == 5
    return model.metrics["test"][0]["targets"][0]["rmse"]["value"]


at_random, by_scaffold = error("random"), error("scaffold")
print(f"RMSE of 600 molecules, each a test once: {at_random:.1f} K at random, {by_scaffold:.1f} K by scaffold")
assert 20 < at_random < by_scaffold
