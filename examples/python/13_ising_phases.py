"""Above or below its transition? The phase of a magnet from a picture of its spins, by a small convolutional network."""

import gedanken as gd

# Energy and edges stay the same under all of this, and so does the phase.
augment = gd.Augmentation(shift=8, edges="periodic", quarter_turns=True, flip_horizontal=True)
model = gd.run(
    gd.Experiment(
        data=gd.Data(dataset="ising", target=["phase"], images=gd.Images(pixels=[16, 16], augment=augment)),
        model=gd.Lenet(),
        train=gd.Training(epochs=20),
    )
)
print(model.summary())

accuracy = {scores["model"]: scores["targets"][0]["accuracy"]["value"] for scores in model.metrics["test"]}
# No line through the space of pixels parts the phases: all spins up and all spins down are the same phase.
assert accuracy["lenet"] > accuracy["logistic"] + 0.2
