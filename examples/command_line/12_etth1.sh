#!/usr/bin/env bash
# Loads and temperature of a transformer a day ahead, by a simple LSTM and by an encoder and a decoder.
set -euo pipefail

if [ $# -lt 1 ]; then
    echo "give the path of ETTh1.csv; 'gedanken data get etth1' fetches it"
    exit 0
fi
data=$(realpath "$1")
cd "$(mktemp -d)"

gedanken fit "$data" --time date --target HUFL,HULL,MUFL,MULL,LUFL,LULL,OT --horizon 24 --window 96 \
    --set forecast.steps=[8640,2880,2880] --set forecast.stride=4 --compare lstm,seq2seq \
    --set train.epochs=3 --set train.batch=128 --out run | tee told

# Published for an LSTM with attention: 0.650.
worst=$(awk '/^all targets/ { all = 1 } all && /^(lstm|seq2seq) / { if ($2 > worst) worst = $2 } /target by target/ { all = 0 } END { print (worst < 0.6) }' told)
test "$worst" = 1
