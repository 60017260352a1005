"""PyTorch. Labels: torch (eager), torch-fused (eager, fused Adam), torch-compile (loss and update compiled apart),
torch-compile-fused (loss compiled, fused Adam); with `-sparse` graphs are lists of edges, with `-geometric` those of PyTorch
Geometric, without either padded matrices; with `-last` the channels of images stand last."""

import measure

measure.arguments()

import torch
from torch import nn


def build(label: str, workload: measure.Workload, threads: int) -> measure.Run:
    torch.set_num_threads(threads)
    torch.manual_seed(0)
    kinds = {measure.Perceptron: perceptron, measure.Recurrent: Recurrence, measure.Images: images}
    graphs = {"sparse": SparseConvolutions, "geometric": geometric}
    kinds[measure.Convolutions] = graphs.get(label.rsplit("-")[-1], DenseConvolutions)
    model = kinds[type(workload)](workload)
    x, y = (torch.randn(*shape) for shape in workload.ends())
    of_loss = nn.functional.mse_loss
    if isinstance(workload, measure.Images):
        x, y, of_loss = x.permute(0, 3, 1, 2).contiguous(), torch.arange(len(y)) % 10, nn.functional.cross_entropy
        if "last" in label:
            x, model = x.to(memory_format=torch.channels_last), model.to(memory_format=torch.channels_last)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3, fused=True if "fused" in label else None)

    def loss() -> torch.Tensor:
        return of_loss(model(x), y)

    compiled = "compile" in label
    loss_of_step = torch.compile(loss) if compiled else loss
    update = torch.compile(optimizer.step) if compiled and "fused" not in label else optimizer.step

    def step() -> None:
        optimizer.zero_grad()
        loss_of_step().backward()
        update()

    return measure.Run(step)


class Recurrence(nn.Module):
    """The last state of a cell, and a linear layer behind it."""

    def __init__(self, workload: measure.Recurrent) -> None:
        super().__init__()
        kind = {"lstm": nn.LSTM, "gru": nn.GRU}[workload.cell]
        self.cell = kind(workload.features, workload.hidden, batch_first=True)
        self.head = nn.Linear(workload.hidden, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.cell(x)[0][:, -1])


class DenseConvolutions(nn.Module):
    """A matrix of neighbors for each graph, as padded batches have it."""

    def __init__(self, workload: measure.Convolutions) -> None:
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(i, o) for i, o in zip(workload.widths, workload.widths[1:]))
        self.head = nn.Sequential(nn.Linear(workload.widths[-1], workload.head), nn.ReLU(), nn.Linear(workload.head, 1))
        self.joined = torch.tensor(workload.dense()).repeat(workload.batch, 1, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for layer in self.layers:
            x = torch.relu(self.joined @ layer(x))
        return self.head(x.sum(1))


class SparseConvolutions(DenseConvolutions):
    """A list of edges over all nodes of the batch, as PyTorch Geometric has it."""

    def __init__(self, workload: measure.Convolutions) -> None:
        super().__init__(workload)
        self.sources, self.targets = (torch.tensor(ends) for ends in workload.edges())
        self.owners = torch.arange(workload.batch).repeat_interleave(workload.nodes)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        batch = len(x)
        x = x.flatten(0, 1)
        for layer in self.layers:
            sent = layer(x)
            x = torch.relu(torch.zeros_like(sent).index_add(0, self.targets, sent.index_select(0, self.sources) / 3))
        return self.head(torch.zeros(batch, x.shape[1]).index_add(0, self.owners, x))


def geometric(workload: measure.Convolutions) -> nn.Module:
    """The layers of PyTorch Geometric, with normalization computed once."""
    from torch_geometric.nn import GCNConv, global_add_pool

    class Geometric(SparseConvolutions):
        def __init__(self) -> None:
            super().__init__(workload)
            ends = zip(workload.widths, workload.widths[1:])
            self.layers = nn.ModuleList(GCNConv(i, o, normalize=False) for i, o in ends)
            self.edges = torch.stack([self.sources, self.targets])
            self.weights = torch.full((len(self.sources),), 1 / 3)

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            batch, x = len(x), x.flatten(0, 1)
            for layer in self.layers:
                x = torch.relu(layer(x, self.edges, self.weights))
            return self.head(global_add_pool(x, self.owners, batch))

    return Geometric()


def images(workload: measure.Images) -> nn.Module:
    layers: list[nn.Module] = []
    for inputs, outputs in zip(workload.channels, workload.channels[1:]):
        layers += [nn.Conv2d(inputs, outputs, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
    hidden, classes = measure.HEAD
    head = [nn.Flatten(), nn.Linear(workload.flat(), hidden), nn.ReLU(), nn.Linear(hidden, classes)]
    return nn.Sequential(*layers, *head)


def perceptron(workload: measure.Perceptron) -> nn.Module:
    layers: list[nn.Module] = []
    for inputs, outputs in zip(workload.widths, workload.widths[1:]):
        layers += [nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(workload.dropout)]
    hidden = layers[:-2]  # nothing behind the last layer
    return nn.Sequential(*[layer for layer in hidden if workload.dropout > 0 or not isinstance(layer, nn.Dropout)])


if __name__ == "__main__":
    measure.main(build)
