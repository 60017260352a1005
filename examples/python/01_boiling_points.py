"""Boiling points from structures, by an average of small networks: the main job, shortened."""

import gedanken as gd

model = gd.run(
    gd.Experiment(  # without `data`: the 3,678 compounds inside the package
        model=gd.Averaging(of=gd.Mlp(hidden=[64]), members=2),
        train=gd.Training(epochs=20),
        baselines=False,
    )
)

rmse = model.metrics["test"][0]["targets"][0]["rmse"]
print(f"RMSE {rmse['value']:.1f} K, 95 % in [{rmse['low']:.1f}, {rmse['high']:.1f}] K")
ethanol, toluene = model.predict(["CCO", "Cc1ccccc1"])
print(f"ethanol {ethanol:.0f} K (measured: 351 K), toluene {toluene:.0f} K (384 K)")
assert rmse["value"] < 35
