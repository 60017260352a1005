# /// script
# requires-python = ">=3.10"
# dependencies = ["chemicals==1.5.2", "rdkit==2026.9.1", "statsmodels==0.14.5"]
# ///
"""Makes the data sets of this folder from their sources; see README.md for what they are.

    pip install chemicals==1.5.2 rdkit==2026.9.1 statsmodels==0.14.5
    python crates/inputs/data/make.py

The same sources give the same files, byte for byte. Cargo has to be there: molecules are read by the crate `chem`.
"""

import csv
import shutil
import subprocess
from datetime import datetime
from decimal import Decimal
from importlib.metadata import distribution, version
from importlib.resources import files
from pathlib import Path

import chemicals
from chemicals.identifiers import pubchem_db
from rdkit import Chem

HERE = Path(__file__).parent
SOURCE = Path(chemicals.__file__).parent
VERSIONS = {"chemicals": "1.5.2", "statsmodels": "0.14.5"}

# Two tables that agree are unlikely to share a slip of the pen; 2 K is what good measurements differ by.
TOLERANCE = Decimal(2)


def main() -> None:
    boiling_points()
    co2()
    sunspots()


def boiling_points() -> None:
    """Boiling points of organic compounds, with the licence of their source."""
    check_version("chemicals")
    write("boiling_points.csv", ["name", "smiles", "boiling_point [K]"], compounds())
    licence = next(f for f in distribution("chemicals").files if f.name == "LICENSE.txt")
    shutil.copyfile(licence.locate(), HERE / "LICENSE-chemicals.txt")


def co2() -> None:
    """Carbon dioxide in the air, week by week; a week without a value stays as an empty cell."""
    rows = [(datetime.strptime(row["date"], "%Y%m%d").date().isoformat(), row["co2"]) for row in of_statsmodels("co2")]
    write("co2.csv", ["date", "co2 [ppm]"], rows)


def sunspots() -> None:
    """Sunspot numbers, year by year."""
    rows = [(row["YEAR"], row["SUNACTIVITY"]) for row in of_statsmodels("sunspots")]
    write("sunspots.csv", ["year", "sunspots"], rows)


def write(name: str, header: list[str], rows: list[tuple]) -> None:
    with open(HERE / name, "w", newline="", encoding="utf-8") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(header)
        table.writerows(rows)


def check_version(package: str) -> None:
    found, expected = version(package), VERSIONS[package]
    assert found == expected, f"found {package} {found}, expected {expected}"


def of_statsmodels(name: str) -> list[dict[str, str]]:
    """The rows of a data set of statsmodels, as text."""
    check_version("statsmodels")
    text = files("statsmodels").joinpath("datasets", name, f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def compounds() -> list[tuple[str, str, str]]:
    """Name, SMILES and boiling point of the compounds on which both tables agree, by CAS number."""
    crc = read("Misc/Physical Constants of Organic Compounds.csv")
    yaws = read("Phase Change/Yaws Boiling Points.tsv")
    both = sorted((cas for cas in crc if crc[cas]["Tb"] and cas in yaws), key=by_number)
    print(f"{len(both)} compounds with a boiling point in both tables")
    agreed = [cas for cas in both if abs(Decimal(crc[cas]["Tb"]) - Decimal(yaws[cas]["Tb"])) <= TOLERANCE]
    print(f"{len(agreed)} where the tables agree within {TOLERANCE} K")

    smiles = {cas: smiles_of(cas) for cas in agreed}
    drawn = kept(agreed, lambda cas: smiles[cas], "without a SMILES")
    canonical = dict(zip(drawn, canonical_smiles([smiles[cas] for cas in drawn])))
    readable = kept(drawn, lambda cas: canonical[cas], "whose SMILES the crate `chem` cannot read")
    whole = kept(readable, lambda cas: not is_radical(smiles[cas]), "whose SMILES lacks hydrogens (a radical)")
    first = {}
    for cas in whole:
        first.setdefault(canonical[cas], cas)
    unique = kept(whole, lambda cas: first[canonical[cas]] == cas, "with the structure of an earlier one")
    print(f"{len(unique)} rows")

    def value(cas: str) -> str:
        mean = (Decimal(crc[cas]["Tb"]) + Decimal(yaws[cas]["Tb"])) / 2
        return str(mean.quantize(Decimal("0.01")))

    return [(crc[cas]["Name"], smiles[cas], value(cas)) for cas in unique]


def kept(compounds: list[str], condition, otherwise: str) -> list[str]:
    """The compounds that meet the condition; says how many do not."""
    good = [cas for cas in compounds if condition(cas)]
    print(f"{len(compounds) - len(good)} dropped {otherwise}")
    return good


def read(path: str) -> dict[str, dict[str, str]]:
    """A table of the package (all are tab-separated), by CAS number."""
    with open(SOURCE / path, encoding="utf-8", newline="") as file:
        return {row["CAS"]: row for row in csv.DictReader(file, delimiter="\t")}


def by_number(cas: str) -> int:
    return int(cas.replace("-", ""))


def smiles_of(cas: str) -> str | None:
    found = pubchem_db.search_CAS(by_number(cas))
    return found.smiles if found else None


def is_radical(smiles: str) -> bool:
    """Whether an atom has an unpaired electron: in this source, `[Si]` where `[SiH]` is meant, and the like."""
    return any(atom.GetNumRadicalElectrons() for atom in Chem.MolFromSmiles(smiles).GetAtoms())


def canonical_smiles(smiles: list[str]) -> list[str]:
    """One canonical SMILES for each, empty where the crate `chem` cannot read it."""
    command = ["cargo", "run", "--quiet", "--release", "-p", "chem", "--example", "canonical_smiles"]
    text = "".join(line + "\n" for line in smiles)
    done = subprocess.run(command, cwd=HERE.parent, input=text, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.splitlines()


if __name__ == "__main__":
    main()
