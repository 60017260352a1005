#!/usr/bin/env bash
# Counted fingerprints are mostly zeros: threads train without locks.
set -euo pipefail
cd "$(mktemp -d)"

cat > experiment.toml <<'END'
baselines = false

[data]
dataset = "boiling_points"
target = ["boiling_point"]
smiles = "smiles"

[molecules]
ecfp = { counts = true, length = 1024 }
maccs = false
descriptors = false

[scale] # standardized, every zero would become another number
inputs = "none"
limit = 0.0

[model]
kind = "mlp"
hidden = [32]
dropout = 0.0

[train]
parallel = "hogwild"
optimizer = { kind = "sgd", learning_rate = 0.01 }
batch = 8
epochs = 20
END
gedanken fit experiment.toml --threads 2 --out run | tee figures.txt

test "$(awk '/^mlp/ { print ($8 > 0.7) }' figures.txt)" = 1
