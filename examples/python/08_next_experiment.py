"""A yield that depends on temperature and solvent, made as large as possible in sixteen experiments."""

import math

import gedanken as gd


def experiment(temperature, solvent):
    """The yield in per cent of a reaction that likes one solvent best, and 84 degrees."""
    best = {"DMAc": 95.0, "BuCN": 70.0, "toluene": 40.0}[solvent]
    return best * math.exp(-(((temperature - 84.0) / 25.0) ** 2))


space = {"temperature": (20.0, 120.0), "solvent": ["DMAc", "BuCN", "toluene"]}
study = gd.Study(space, maximize="yield", seed=0)
for _ in range(16):
    trial = study.ask()
    study.tell(trial, experiment(**trial))

best = study.best
print(f"trial {best.number}: {best.value:.1f} % in {best['solvent']} at {best['temperature']:.1f} degrees")
print(study.why())
assert best["solvent"] == "DMAc" and best.value > 94
