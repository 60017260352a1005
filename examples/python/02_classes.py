"""Three phases, told apart by temperature and pressure."""

import numpy as np

import gedanken as gd

random = np.random.default_rng(0)
temperature = random.uniform(200, 500, 400)
pressure = random.uniform(0, 10, 400)
boiling = 300 + 15 * pressure
phase = np.select([temperature < 273, temperature < boiling], ["solid", "liquid"], "gas")

model = gd.fit(
    gd.Mlp(hidden=[32], dropout=0),
    {"T [K]": temperature, "p [bar]": pressure},
    {"phase": phase},
    split="stratified",
    baselines=True,
)

for scores in model.metrics["test"]:
    print(f"{scores['model']:14} accuracy {scores['targets'][0]['accuracy']['value']:.2f}")
print(model.classes, model.predict_proba({"T [K]": [260.0], "p [bar]": [1.0]}).round(2))
assert model.metrics["test"][-1]["targets"][0]["accuracy"]["value"] > 0.9
