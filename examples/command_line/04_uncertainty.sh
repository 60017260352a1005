#!/usr/bin/env bash
# Bagged networks disagree where no training row is near.
set -euo pipefail
cd "$(mktemp -d)"

awk 'BEGIN {
    srand(1)
    print "x,y"
    for (i = 0; i < 200; i++) { x = 4 * rand() - 2; printf "%.4f,%.4f\n", x, sin(2 * x) + 0.1 * (rand() - 0.5) }
}' > curve.csv

gedanken fit curve.csv --target y --model bagging --set model.members=8 \
    --set 'model.of={kind = "mlp", hidden = [32], dropout = 0.0}' --set train.optimizer.learning_rate=0.01 \
    --set baselines=false --out run
printf 'x\n0.5\n6.0\n' > new.csv
gedanken predict run new.csv | tee predicted.csv # the last column is the deviation

test "$(awk -F, 'NR == 2 { inside = $3 } NR == 3 { print ($3 > 2 * inside) }' predicted.csv)" = 1
