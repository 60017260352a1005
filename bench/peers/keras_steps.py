"""Keras on TensorFlow, a call for each step. Labels: keras (a graph), keras-jit (compiled by XLA).

`fit` on many batches in one execution is slower than either: it slices the batches in a pipeline of its own."""

import os

import measure

measure.arguments()
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf


def build(label: str, workload: measure.Workload, threads: int) -> measure.Run:
    if tf.config.threading.get_intra_op_parallelism_threads() != threads:
        tf.config.threading.set_intra_op_parallelism_threads(threads)
        tf.config.threading.set_inter_op_parallelism_threads(1)
    keras.utils.set_random_seed(0)
    kinds = {measure.Perceptron: perceptron, measure.Recurrent: recurrence}
    kinds |= {measure.Convolutions: convolutions, measure.Images: images}
    model = kinds[type(workload)](workload)
    loss = "mse"
    random = np.random.default_rng(0)
    x, y = (tf.constant(random.standard_normal(shape, dtype="f4")) for shape in workload.ends())
    if isinstance(workload, measure.Images):
        loss, y = keras.losses.SparseCategoricalCrossentropy(from_logits=True), tf.range(workload.batch) % 10
    model.compile(keras.optimizers.Adam(1e-3, epsilon=1e-8), loss=loss, jit_compile="jit" in label)
    return measure.Run(lambda: model.train_on_batch(x, y))


def recurrence(workload: measure.Recurrent) -> keras.Model:
    kind = {"lstm": keras.layers.LSTM, "gru": keras.layers.GRU}[workload.cell]
    return keras.Sequential(
        [keras.Input((workload.steps, workload.features)), kind(workload.hidden), keras.layers.Dense(1)]
    )


class Neighbors(keras.layers.Layer):
    """The same matrix of neighbors for every graph of the batch."""

    def __init__(self, workload: measure.Convolutions) -> None:
        super().__init__()
        self.joined = tf.constant(workload.dense(), dtype="float32")

    def call(self, x):
        return tf.matmul(self.joined, x)


def convolutions(workload: measure.Convolutions) -> keras.Model:
    model = keras.Sequential([keras.Input((workload.nodes, workload.widths[0]))])
    for width in workload.widths[1:]:
        model.add(keras.layers.Dense(width))
        model.add(Neighbors(workload))
        model.add(keras.layers.ReLU())
    model.add(keras.layers.Lambda(lambda x: tf.reduce_sum(x, axis=1)))
    model.add(keras.layers.Dense(workload.head, activation="relu"))
    model.add(keras.layers.Dense(1))
    return model


def images(workload: measure.Images) -> keras.Model:
    model = keras.Sequential([keras.Input((workload.size, workload.size, workload.channels[0]))])
    for width in workload.channels[1:]:
        model.add(keras.layers.Conv2D(width, 3, padding="same", activation="relu"))
        model.add(keras.layers.MaxPooling2D())
    model.add(keras.layers.Flatten())
    hidden, classes = measure.HEAD
    model.add(keras.layers.Dense(hidden, activation="relu"))
    model.add(keras.layers.Dense(classes))
    return model


def perceptron(workload: measure.Perceptron) -> keras.Model:
    features, *hidden, outputs = workload.widths
    model = keras.Sequential([keras.Input((features,))])
    for width in hidden:
        model.add(keras.layers.Dense(width, activation="relu"))
        if workload.dropout > 0:
            model.add(keras.layers.Dropout(workload.dropout))
    model.add(keras.layers.Dense(outputs))
    return model


if __name__ == "__main__":
    measure.main(build)
