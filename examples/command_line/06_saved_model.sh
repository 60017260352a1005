#!/usr/bin/env bash
# A model in a file: trained, copied, asked.
set -euo pipefail
cd "$(mktemp -d)"

gedanken fit --model ridge --set baselines=false --out run
cp run/model.safetensors elsewhere.safetensors

for model in run elsewhere.safetensors; do
    gedanken predict $model --smiles CCO --smiles CCCCCCCC --smiles c1ccccc1 --out "${model%.*}.csv"
done
cat elsewhere.csv

cmp run.csv elsewhere.csv
octane=$(awk -F, '/^CCCCCCCC/ { print int($2) }' elsewhere.csv) # measured: 398.8 K
test "$octane" -gt 359 -a "$octane" -lt 438
