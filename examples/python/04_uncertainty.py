"""Bagged networks disagree where no training row is near."""

import numpy as np

import gedanken as gd

random = np.random.default_rng(0)
x = random.uniform(-2, 2, size=(200, 1))
y = np.sin(2 * x[:, 0]) + 0.05 * random.normal(size=200)

train = gd.Training(optimizer=gd.Adam(learning_rate=0.01))
model = gd.fit(gd.Bagging(of=gd.Mlp(hidden=[32], dropout=0), members=8), x, y, train=train)

_, (inside, outside) = model.predict([[0.5], [6.0]], return_std=True)
print(f"deviation between 8 networks: {inside:.3f} among the data, {outside:.3f} far outside")
assert outside > 2 * inside
