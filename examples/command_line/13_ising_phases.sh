#!/usr/bin/env bash
# Above or below its transition? The phase of a magnet from a picture of its spins, by a small convolutional network.
set -euo pipefail
cd "$(mktemp -d)"

gedanken data get ising --out .
# Energy and edges stay the same under all of this, and so does the phase.
gedanken fit ising.csv --target phase --pixels 16x16 --model lenet --set train.epochs=20 \
    --set data.images.augment.shift=8 --set data.images.augment.edges=periodic \
    --set data.images.augment.quarter_turns=true --set data.images.augment.flip_horizontal=true --out run | tee told
gedanken describe run

# No line through the space of pixels parts the phases: all spins up and all spins down are the same phase.
better=$(awk '/^logistic/ { line = $2 } /^lenet/ { lenet = $2 } END { print (lenet > line + 0.2) }' told)
test "$better" = 1
