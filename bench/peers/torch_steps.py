"""PyTorch. Labels: torch (eager), torch-fused (eager, fused Adam), torch-compile (loss and update compiled apart),
torch-compile-fused (loss compiled, fused Adam)."""

import measure

measure.arguments()

import torch
from torch import nn


def build(label: str, workload: measure.Workload, threads: int) -> measure.Run:
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    model = perceptron(workload)
    x = torch.randn(workload.batch, workload.widths[0])
    y = torch.randn(workload.batch, workload.widths[-1])
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True if "fused" in label else None)

    def loss() -> torch.Tensor:
        return nn.functional.mse_loss(model(x), y)

    compiled = "compile" in label
    loss_of_step = torch.compile(loss) if compiled else loss
    update = torch.compile(optimizer.step) if compiled and "fused" not in label else optimizer.step

    def step() -> None:
        optimizer.zero_grad()
        loss_of_step().backward()
        update()

    return measure.Run(step)


def perceptron(workload: measure.Workload) -> nn.Module:
    layers: list[nn.Module] = []
    for inputs, outputs in zip(workload.widths, workload.widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(workload.dropout)]
    hidden = layers[:-2]  # nothing behind the last layer
    return nn.Sequential(*[layer for layer in hidden if workload.dropout > 0 or not isinstance(layer, nn.Dropout)])


if __name__ == "__main__":
    measure.main(build)
