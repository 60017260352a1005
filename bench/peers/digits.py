"""LeNet-5 on the digits of MNIST, as `src/digits.rs` trains it: the same network, steps of 64 rows, Adam from 2e-3 down a cosine.

    python digits.py torch|torch-last|keras|keras-jit MNIST.npz SEED EPOCHS THREADS

prints a row of a table in Markdown. The time in which the test images are read does not count.
"""

import os
import sys
import time

LABEL, PATH, SEED, EPOCHS, THREADS = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
for variable in ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]:
    os.environ[variable] = str(THREADS)
os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="", KERAS_BACKEND="tensorflow")

import numpy as np

BATCH, GOAL, RATE = 64, 0.99, 2e-3


def digits(part: str) -> tuple[np.ndarray, np.ndarray]:
    file = np.load(PATH)
    return file[f"{part}_images"].astype("f4") / 255, file[f"{part}_labels"].astype("i8")


def race(epoch, accuracy) -> None:
    """Trains until the last epoch; `epoch()` trains one, `accuracy()` reads the test images."""
    spent, reached = 0.0, None
    for at in range(1, EPOCHS + 1):
        start = time.perf_counter()
        epoch()
        spent += time.perf_counter() - start
        last = accuracy()
        print(f"{LABEL}, seed {SEED}, epoch {at}: {spent:.1f} s, {last:.4f}", file=sys.stderr)
        if last >= GOAL and reached is None:
            reached = (f"{spent:.1f}", at)
    seconds, epochs = reached or ("not reached", "-")
    print(f"| {LABEL} | {THREADS} | {SEED} | {seconds} | {epochs} | {spent / EPOCHS:.2f} | {last:.4f} |", flush=True)


def with_torch() -> None:
    import torch
    from torch import nn

    torch.set_num_threads(THREADS)
    torch.manual_seed(SEED)
    (x, y), (tx, ty) = ([torch.from_numpy(a) for a in digits(part)] for part in ("train", "test"))
    x, tx = x[:, None], tx[:, None]
    model = nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    )  # fmt: skip
    if LABEL.endswith("last"):
        model, x, tx = (a.to(memory_format=torch.channels_last) for a in (model, x, tx))
    optimizer = torch.optim.Adam(model.parameters(), lr=RATE, fused=True)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, EPOCHS * -(-len(x) // BATCH))

    def epoch():
        for rows in torch.randperm(len(x)).split(BATCH):
            optimizer.zero_grad()
            nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
            optimizer.step()
            cosine.step()

    def accuracy():
        with torch.no_grad():
            return (model(tx).argmax(1) == ty).double().mean().item()

    race(epoch, accuracy)


def with_keras() -> None:
    import keras
    import tensorflow as tf

    tf.config.threading.set_intra_op_parallelism_threads(THREADS)
    tf.config.threading.set_inter_op_parallelism_threads(THREADS)
    keras.utils.set_random_seed(SEED)
    (x, y), (tx, ty) = (digits(part) for part in ("train", "test"))
    conv, dense = keras.layers.Conv2D, keras.layers.Dense
    model = keras.Sequential([
        keras.Input((28, 28, 1)), conv(6, 5, padding="same", activation="relu"), keras.layers.MaxPooling2D(),
        conv(16, 5, activation="relu"), keras.layers.MaxPooling2D(), keras.layers.Flatten(),
        dense(120, activation="relu"), dense(84, activation="relu"), dense(10),
    ])  # fmt: skip
    loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    cosine = keras.optimizers.schedules.CosineDecay(RATE, EPOCHS * -(-len(x) // BATCH))
    model.compile(keras.optimizers.Adam(cosine, epsilon=1e-8), loss, metrics=["accuracy"], jit_compile=LABEL.endswith("jit"))
    race(
        lambda: model.fit(x[..., None], y, batch_size=BATCH, verbose=0),
        lambda: model.evaluate(tx[..., None], ty, batch_size=1000, verbose=0)[1],
    )


if __name__ == "__main__":
    (with_torch if LABEL.startswith("torch") else with_keras)()
