#!/usr/bin/env bash
# Carbon dioxide on Mauna Loa a year ahead, by a simple LSTM beside rules of thumb.
set -euo pipefail
cd "$(mktemp -d)"

gedanken fit co2 --time date --target co2 --horizon 12 --window 36 --resample 1mo --impute \
    --model lstm --set model.hidden=32 --set train.epochs=60 --out run | tee told
gedanken predict run

# The mean absolute error stands behind the name of the model.
better=$(awk '/^seasonal naive/ { naive = $4 } /^lstm / { lstm = $2 } END { print (lstm < 0.5 * naive) }' told)
test "$better" = 1
