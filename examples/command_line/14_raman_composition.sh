#!/usr/bin/env bash
# How much quartz is in a powder? Its composition from Raman spectra, by partial least squares and by a network.
set -euo pipefail
cd "$(mktemp -d)"

gedanken data get raman --out .
# The fluorescence says nothing of the composition.
gedanken fit raman.csv --spectra 150:1200 --target quartz --compare pls,resnet1d --set train.epochs=30 \
    --set 'data.spectra.steps=[{ kind = "asymmetric_least_squares", smoothness = 1e5, asymmetry = 0.001 }]' --out run | tee told
gedanken predict run raman.csv | head -n 4

# Shares lie between 0 and 1.
small=$(awk '/^validation rows/ { exit } /^[a-z]/ && $2 + 0 > 0 { last = $2 } END { print (last < 0.08) }' told)
test "$small" = 1
