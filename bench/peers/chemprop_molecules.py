"""chemprop on the same rows: trains on the splits that `bench molecules` has written, with its command line, as a user would.

    python chemprop_molecules.py NAME TABLE SMILES TARGET FOLDER SEEDS [ARGUMENT OF chemprop train]...

prints a row of a table in Markdown: the RMSE on the test rows of each seed, mean and standard error, the time of one training.
"""

import csv
import json
import math
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def train(table: str, smiles: str, target: str, splits: Path, seed: int, arguments: list[str]) -> float:
    """The RMSE on the test rows of one split."""
    with tempfile.TemporaryDirectory() as folder:
        chemprop = Path(sys.executable).with_name("chemprop")
        words = [chemprop, "train", "--data-path", table, "--smiles-columns", smiles, "--target-columns", target]
        words += ["--splits-file", splits, "--output-dir", folder, "--accelerator", "cpu"]
        words += ["--pytorch-seed", str(seed), "--show-individual-scores", "-q"]
        done = subprocess.run([*words, *arguments], capture_output=True, text=True)
        if done.returncode != 0:
            sys.exit(done.stderr[-2000:])
        said = {}
        for file in sorted(Path(folder).rglob("test_predictions.csv")):
            for row in csv.DictReader(file.open()):
                said.setdefault(row[smiles], []).append(float(row[target]))
        test = observed(table, smiles, target, splits)
        return math.sqrt(statistics.fmean((statistics.fmean(said[key]) - y) ** 2 for key, y in test))


def observed(table: str, smiles: str, target: str, splits: Path) -> list[tuple[str, float]]:
    """Molecules and values of the test rows."""
    rows = list(csv.DictReader(open(table)))
    return [(rows[at][smiles], float(rows[at][target])) for at in json.loads(splits.read_text())[0]["test"]]


def main() -> None:
    name, table, smiles, target, folder, seeds, *arguments = sys.argv[1:]
    errors, start = [], time.perf_counter()
    for seed in range(int(seeds)):
        errors.append(train(table, smiles, target, Path(folder) / f"split_{seed}.json", seed, arguments))
        print(f"{name}, seed {seed}: {errors[-1]:.3f}", file=sys.stderr)
    seconds = (time.perf_counter() - start) / len(errors)
    figure = lambda x: f"{x:.3f}" if x < 10 else f"{x:.1f}"
    spread = statistics.stdev(errors) / math.sqrt(len(errors)) if len(errors) > 1 else 0.0
    each = ", ".join(map(figure, errors))
    print(f"| {name} | {each} | {figure(statistics.fmean(errors))} ± {figure(spread)} | | {seconds:.0f} s |")


if __name__ == "__main__":
    main()
