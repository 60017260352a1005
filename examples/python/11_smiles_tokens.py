"""Boiling points from SMILES read token by token, and where the network looks."""

import gedanken as gd

model = gd.run(
    gd.Experiment(
        data=gd.Data(dataset="boiling_points", target=["boiling_point"], smiles="smiles", sequence=gd.TokensSequence()),
        model=gd.Gru(attention=True),
        train=gd.Training(epochs=6),
        baselines=False,
    )
)
print(model.summary())

(butanol,) = model.looks(["CCCCO"])
print(" ".join(f"{token} {weight:.2f}" for token, weight in butanol))

hexanol, ethanol = model.predict(["CCCCCCO", "CCO"])
assert hexanol > ethanol
assert abs(sum(weight for _, weight in butanol) - 1) < 1e-6
