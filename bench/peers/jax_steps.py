"""JAX. Labels: jax-jit (a call for each step), jax-scan (a call for many steps on as many batches)."""

import os

import measure

_, threads, _, _ = measure.arguments()
if threads == 1:
    os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"

import jax
import jax.numpy as jnp
import numpy as np

# The hardware-like generator: its masks cost a fraction of the default one's.
jax.config.update("jax_default_prng_impl", "unsafe_rbg")

LEARNING_RATE, BETA1, BETA2, EPSILON = 1e-3, 0.9, 0.999, 1e-8


def build(label: str, workload: measure.Workload, threads: int) -> measure.Run:
    random = np.random.default_rng(0)

    def normal(*shape: int) -> jax.Array:
        return jnp.asarray(random.standard_normal(shape, dtype="f4"))

    def linear(inputs: int, outputs: int) -> tuple[jax.Array, jax.Array]:
        return normal(inputs, outputs) * (2 / inputs) ** 0.5, jnp.zeros(outputs)

    is_perceptron = isinstance(workload, measure.Perceptron)
    if is_perceptron:
        parameters = [linear(i, o) for i, o in zip(workload.widths, workload.widths[1:])]
        loss = perceptron_loss(workload.dropout)
    elif isinstance(workload, measure.Images):
        filters = [
            (normal(3, 3, i, o) * (2 / (9 * i)) ** 0.5, jnp.zeros(o))
            for i, o in zip(workload.channels, workload.channels[1:])
        ]
        widths = [workload.flat(), *measure.HEAD]
        parameters = filters + [linear(i, o) for i, o in zip(widths, widths[1:])]
        loss = images_loss(len(filters))
    elif isinstance(workload, measure.Convolutions):
        widths = [*workload.widths, workload.head, 1]
        parameters = [linear(i, o) for i, o in zip(widths, widths[1:])]
        loss = convolutions_loss(jnp.asarray(workload.dense()))
    else:
        gates = {"lstm": 4, "gru": 3}[workload.cell] * workload.hidden
        parameters = [linear(workload.features, gates), linear(workload.hidden, gates), linear(workload.hidden, 1)]
        loss = recurrent_loss({"lstm": lstm, "gru": gru}[workload.cell], workload.hidden)
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    state = (parameters, *zeros, jnp.float32(0), jax.random.key(0))
    scan = "scan" in label
    batches = workload.many if scan else 1
    data = tuple(normal(batches, *shape) for shape in workload.ends())

    def update(state, batch):
        parameters, m, v, t, key = state
        key, own = jax.random.split(key) if is_perceptron and workload.dropout > 0 else (key, key)
        value, g = jax.value_and_grad(loss)(parameters, batch, own)
        t = t + 1
        m = jax.tree.map(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, g)
        v = jax.tree.map(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, g)
        c1, c2 = 1 - BETA1**t, 1 - BETA2**t
        parameters = jax.tree.map(
            lambda w, m, v: w - LEARNING_RATE * (m / c1) / (jnp.sqrt(v / c2) + EPSILON), parameters, m, v
        )
        return (parameters, m, v, t, key), value

    if scan:
        compiled = jax.jit(lambda state: jax.lax.scan(update, state, data), donate_argnums=0)
    else:
        first = jax.tree.map(lambda a: a[0], data)
        compiled = jax.jit(lambda state: update(state, first), donate_argnums=0)

    def step() -> None:
        nonlocal state
        state, _ = compiled(state)

    return measure.Run(step, wait=lambda: jax.block_until_ready(state), steps_per_call=batches)


def images_loss(filters: int):
    def loss(parameters, batch, _):
        x = batch[0]
        for w, b in parameters[:filters]:
            x = jax.lax.conv_general_dilated(x, w, (1, 1), "SAME", dimension_numbers=("NHWC", "HWIO", "NHWC"))
            x = jax.nn.relu(x + b)
            x = jax.lax.reduce_window(x, -jnp.inf, jax.lax.max, (1, 2, 2, 1), (1, 2, 2, 1), "VALID")
        (w, b), (head, offset) = parameters[filters:]
        z = jax.nn.relu(x.reshape(len(x), -1) @ w + b) @ head + offset
        labels = jnp.arange(len(x)) % 10
        return -jnp.mean(jnp.take_along_axis(jax.nn.log_softmax(z), labels[:, None], axis=1))

    return loss


def perceptron_loss(rate: float):
    def loss(parameters, batch, key):
        x, y = batch
        for layer, (w, b) in enumerate(parameters):
            x = x @ w + b
            if layer + 1 < len(parameters):
                x = jax.nn.relu(x)
                if rate > 0:
                    key, own = jax.random.split(key)
                    x = jnp.where(jax.random.bernoulli(own, 1 - rate, x.shape), x / (1 - rate), 0.0)
        return jnp.mean((x - y) ** 2)

    return loss


def convolutions_loss(joined: jax.Array):
    """The same matrix of neighbors for every graph of the batch."""

    def loss(parameters, batch, _):
        x, y = batch
        *layers, (w, b), (head, offset) = parameters
        for weights, bias in layers:
            x = jax.nn.relu(joined @ (x @ weights + bias))
        return jnp.mean((jax.nn.relu(x.sum(1) @ w + b) @ head + offset - y) ** 2)

    return loss


def recurrent_loss(cell, hidden: int):
    """All inputs in one product, then a scan over the steps."""

    def loss(parameters, batch, _):
        x, y = batch
        (w, b), (u, c), (head, offset) = parameters
        inputs = jnp.swapaxes(x @ w + b, 0, 1)
        zeros = jnp.zeros((x.shape[0], hidden))
        (state, _), _ = jax.lax.scan(lambda state, own: (cell(own, state, u, c), None), (zeros, zeros), inputs)
        return jnp.mean((state @ head + offset - y) ** 2)

    return loss


def lstm(inputs, state, u, c):
    h, memory = state
    i, f, g, o = jnp.split(inputs + h @ u + c, 4, axis=-1)
    memory = jax.nn.sigmoid(f) * memory + jax.nn.sigmoid(i) * jnp.tanh(g)
    return jax.nn.sigmoid(o) * jnp.tanh(memory), memory


def gru(inputs, state, u, c):
    h, memory = state
    (r, z, n), (r_h, z_h, n_h) = jnp.split(inputs, 3, axis=-1), jnp.split(h @ u + c, 3, axis=-1)
    z = jax.nn.sigmoid(z + z_h)
    n = jnp.tanh(n + jax.nn.sigmoid(r + r_h) * n_h)
    return (1 - z) * n + z * h, memory


if __name__ == "__main__":
    measure.main(build)
