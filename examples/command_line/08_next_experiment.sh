#!/usr/bin/env bash
# A yield that depends on temperature and solvent, made as large as possible in sixteen experiments.
set -euo pipefail
cd "$(mktemp -d)"

cat > coupling.toml <<'END'
[[parameters]]
kind = "continuous"
name = "temperature"
low = 20
high = 120

[[parameters]]
kind = "categorical"
name = "solvent"
values = ["DMAc", "BuCN", "toluene"]

[[objectives]]
name = "yield"
goal = "maximize"
END

# The yield in per cent of a reaction that likes one solvent best, and 84 degrees.
experiment() {
    awk -v t="$1" -v solvent="$2" 'BEGIN {
        best = solvent == "DMAc" ? 95 : solvent == "BuCN" ? 70 : 40
        print best * exp(-((t - 84) / 25) ^ 2)
    }'
}

gedanken study new coupling.toml
for trial in $(seq 16); do
    gedanken study ask > /dev/null
    row=$(gedanken study export | tail -n 1) # trial,state,temperature,solvent,yield,reason
    IFS=, read -r _ _ temperature solvent _ <<< "$row"
    gedanken study tell "$trial" "yield=$(experiment "$temperature" "$solvent")" > /dev/null
done
gedanken study best
gedanken study suggest-why

test "$(gedanken study export | awk -F, 'NR > 1 && $4 == "DMAc" && $5 > 94 { found = 1 } END { print found }')" = 1
