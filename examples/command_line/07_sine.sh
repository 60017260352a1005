#!/usr/bin/env bash
# A curve through 64 points, followed by a small network.
set -euo pipefail
cd "$(mktemp -d)"

awk 'BEGIN { print "x,y"; for (i = 0; i < 64; i++) { x = -2 + i / 16; printf "%.4f,%.6f\n", x, sin(x) } }' > sine.csv

gedanken fit sine.csv --target y --features x --model mlp --set model.hidden=[16] --set model.activation=tanh \
    --set model.dropout=0 --set 'split.fractions=[1, 0, 0]' --set train.epochs=1000 --set train.batch=64 \
    --set train.optimizer.learning_rate=0.02 --set baselines=false --out run
gedanken evaluate run sine.csv | tee figures.txt

test "$(awk '/^mlp/ { print ($2 < 0.03) }' figures.txt)" = 1
