"""A curve through 64 points, followed by a small network."""

import numpy as np

import gedanken as gd

x = np.random.default_rng(0).normal(size=(64, 1))
y = np.sin(x[:, 0])

model = gd.fit(
    gd.Mlp(hidden=[16], activation="tanh", dropout=0),
    x,
    y,
    train=gd.Training(epochs=1000, batch=64, optimizer=gd.Adam(learning_rate=0.02)),
    validation=0,
    test=0,
)

error = np.mean((model.predict(x) - y) ** 2)
print(f"mean squared error of the sine: {error:.2e}")
assert error < 1e-3
