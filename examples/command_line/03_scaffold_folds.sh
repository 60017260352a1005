#!/usr/bin/env bash
# Molecules with skeletons that the model has not seen: cross-validation that keeps families together.
set -euo pipefail
cd "$(mktemp -d)"

gedanken data get boiling_points --out .
head -n 601 boiling_points.csv > some.csv

for split in random scaffold; do
    gedanken fit some.csv --target boiling_point --smiles smiles --model ridge --split $split --folds 5 \
        --set baselines=false --out $split | tee $split.txt
done

rmse() { awk '/^ridge/ { print int($2) }' "$1.txt"; }
echo "RMSE: $(rmse random) K at random, $(rmse scaffold) K by scaffold"
test 20 -le "$(rmse random)" -a "$(rmse random)" -lt "$(rmse scaffold)"
