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

    parameters = [(normal(i, o) * (2 / i) ** 0.5, jnp.zeros(o)) for i, o in zip(workload.widths, workload.widths[1:])]
    zeros = [jax.tree.map(jnp.zeros_like, parameters) for _ in range(2)]
    state = (parameters, *zeros, jnp.float32(0), jax.random.key(0))
    scan = "scan" in label
    batches = workload.many if scan else 1
    data = (normal(batches, workload.batch, workload.widths[0]), normal(batches, workload.batch, workload.widths[-1]))

    def update(state, batch):
        parameters, m, v, t, key = state
        key, own = jax.random.split(key) if workload.dropout > 0 else (key, key)
        value, g = jax.value_and_grad(loss)(parameters, batch, workload.dropout, own)
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


def loss(parameters, batch, rate, key):
    x, y = batch
    for layer, (w, b) in enumerate(parameters):
        x = x @ w + b
        if layer + 1 < len(parameters):
            x = jax.nn.relu(x)
            if rate > 0:
                key, own = jax.random.split(key)
                x = jnp.where(jax.random.bernoulli(own, 1 - rate, x.shape), x / (1 - rate), 0.0)
    return jnp.mean((x - y) ** 2)


if __name__ == "__main__":
    measure.main(build)
