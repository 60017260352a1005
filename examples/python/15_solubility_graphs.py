"""Solubility from molecular graphs, by directed message passing with descriptors beside it.

Give the path of esol.csv; `gedanken data get esol` fetches it. Without a path it learns boiling points, which are in the package.
"""

import sys

import gedanken as gd

if len(sys.argv) > 1:
    target = "measured log solubility in mols per litre"
    data, epochs = gd.Data(path=sys.argv[1], target=[target], smiles="smiles"), 200
else:
    data, epochs = gd.Data(dataset="boiling_points", target=["boiling_point"], smiles="smiles"), 8

model = gd.run(gd.Experiment(data=data, model=gd.DMpnn(), train=gd.Training(epochs=epochs), baselines=False))
print(model.summary())

assert model.metrics["test"][0]["targets"][0]["r2"]["value"] > 0.85
