#!/usr/bin/env bash
# Solubility from molecular graphs, by directed message passing with descriptors beside it. Give the path of esol.csv, which
# `gedanken data get esol` fetches; without a path it learns boiling points, which are in the program.
set -euo pipefail

if [ $# -gt 0 ]; then
    what=("$(realpath "$1")" --target "measured log solubility in mols per litre" --smiles smiles)
else
    what=(--set train.epochs=8)
fi
cd "$(mktemp -d)"

gedanken fit "${what[@]}" --model d_mpnn --set baselines=false --out run | tee told
gedanken describe run
gedanken predict run --smiles CCO --smiles CCCCCCCCO

# R2 stands last but one.
good=$(awk '/^d-mpnn/ { print ($(NF - 2) > 0.85) }' told)
test "$good" = 1
