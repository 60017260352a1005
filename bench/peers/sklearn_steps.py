"""scikit-learn. Label: sklearn (`MLPRegressor.partial_fit` on many batches). It has no dropout: B runs without."""

import measure

measure.arguments()

import numpy as np
from sklearn.neural_network import MLPRegressor


def build(label: str, workload: measure.Workload, threads: int) -> measure.Run:
    features, *hidden, _ = workload.widths
    random = np.random.default_rng(0)
    x = random.standard_normal((workload.many * workload.batch, features), dtype="f4")
    y = random.standard_normal(workload.many * workload.batch, dtype="f4")
    model = MLPRegressor(
        hidden_layer_sizes=hidden, batch_size=workload.batch, alpha=0.0, shuffle=False, random_state=0
    )
    return measure.Run(lambda: model.partial_fit(x, y), steps_per_call=workload.many)


if __name__ == "__main__":
    measure.main(build)
