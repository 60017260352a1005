#!/usr/bin/env bash
# Carbon dioxide on Mauna Loa a year ahead, by an encoder and a decoder that looks back at the window.
set -euo pipefail
cd "$(mktemp -d)"

gedanken fit co2 --time date --target co2 --horizon 12 --window 36 --resample 1mo --impute --calendar month_of_year \
    --model seq2seq --set model.hidden=32 --set model.attention=multiplicative --set train.epochs=60 \
    --set baselines=false --out run
gedanken predict run --out next.csv
cat next.csv

# May is the highest month of a year, September or October the lowest.
swing=$(awk -F, '$1 ~ /-05-/ { may = $2 } $1 ~ /-10-/ { october = $2 } END { print (may - october > 3) }' next.csv)
test "$swing" = 1
