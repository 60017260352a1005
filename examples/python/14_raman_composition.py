"""How much quartz is in a powder? Its composition from Raman spectra, by partial least squares and by a network."""

import gedanken as gd

# The fluorescence says nothing of the composition.
baseline = gd.AsymmetricLeastSquaresStep(smoothness=1e5, asymmetry=0.001)
model = gd.run(
    gd.Experiment(
        data=gd.Data(dataset="raman", target=["quartz"], spectra=gd.Spectra(low=150, high=1200, steps=[baseline])),
        compare=[gd.Pls(), gd.Resnet1d()],
        train=gd.Training(epochs=30),
    )
)
print(model.summary())

assert model.metrics["test"][-1]["targets"][0]["rmse"]["value"] < 0.08  # shares lie between 0 and 1
