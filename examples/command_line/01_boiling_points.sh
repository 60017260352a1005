#!/usr/bin/env bash
# Boiling points from structures, by an average of small networks: the main job, shortened.
set -euo pipefail
cd "$(mktemp -d)"

gedanken fit --model averaging --set model.members=2 --set 'model.of={kind = "mlp", hidden = [64]}' \
    --set train.epochs=20 --set baselines=false --out run | tee figures.txt
gedanken predict run --smiles CCO --smiles Cc1ccccc1 # measured: 351 K and 384 K

rmse=$(awk '/averaged/ { print $4 }' figures.txt)
test "${rmse%.*}" -lt 35
