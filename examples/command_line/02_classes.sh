#!/usr/bin/env bash
# Three phases, told apart by temperature and pressure.
set -euo pipefail
cd "$(mktemp -d)"

awk 'BEGIN {
    srand(1)
    print "T [K],p [bar],phase"
    for (i = 0; i < 400; i++) {
        t = 200 + 300 * rand(); p = 10 * rand()
        phase = t < 273 ? "solid" : t < 300 + 15 * p ? "liquid" : "gas"
        printf "%.1f,%.2f,%s\n", t, p, phase
    }
}' > phases.csv

gedanken fit phases.csv --target phase --split stratified --model mlp --set model.hidden=[32] --set model.dropout=0 \
    --out run | tee figures.txt
printf 'T [K],p [bar]\n260,1\n' > new.csv
gedanken predict run new.csv

accuracy=$(awk '/^mlp/ { print $2 }' figures.txt)
test "$(awk -v a="$accuracy" 'BEGIN { print (a > 0.9) }')" = 1
