#!/usr/bin/env bash
# Boiling points from SMILES read token by token, and where the network looks.
set -euo pipefail
cd "$(mktemp -d)"

gedanken fit --sequence tokens --model gru --set model.attention=true --set train.epochs=6 --set baselines=false --out run
gedanken data get boiling_points --out . > /dev/null
gedanken interpret run boiling_points.csv --smiles CCCCO
gedanken predict run --smiles CCCCCCO --smiles CCO --out kelvin.csv
cat kelvin.csv

test "$(awk -F, 'NR == 2 { hexanol = $2 } NR == 3 { ethanol = $2 } END { print (hexanol > ethanol) }' kelvin.csv)" = 1
