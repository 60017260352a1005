"""Every block of the documentation runs: Python, shell and settings here, Rust as documentation tests of `gedanken`.

The blocks of a page run in their order in a folder of the page; those of Python share their names, those of the shell
begin in that folder with the program on the path. A `text` block right below one of them is what it prints: the same
words, and nearly the same numbers, which change a little with the processor; `...` stands for lines that are left out.
A `toml` block becomes `experiment.toml`. What cannot run here (it builds, it downloads) has `skip` behind its language.
"""

import contextlib
import csv
import io
import os
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import ROOT, environment, needs_program

BOOK = sorted((ROOT / "docs").rglob("*.md"))
PAGES = [ROOT / "README.md", ROOT / "python" / "README.md", *BOOK]
FENCE = re.compile(r"^```(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block of a page, and what stands right below it as its output."""

    language: str
    code: str
    line: int
    output: str | None = None


def blocks(page):
    """The blocks of a page, in order; without those of output."""
    text, found, end = page.read_text(), [], 0
    for match in FENCE.finditer(text):
        language, code = match.groups()
        if language == "text" and found and not text[end : match.start()].strip():
            found[-1] = found[-1]._replace(output=code)
        else:
            found.append(Block(language, code, text[: match.start()].count("\n") + 1))
        end = match.end()
    return found


def name(page):
    return str(page.relative_to(ROOT))


RUN = {"python", "sh", "toml"}
RUNNABLE = [page for page in PAGES if RUN & {block.language for block in blocks(page)}]


@needs_program
@pytest.mark.parametrize("page", RUNNABLE, ids=name)
def test_the_blocks_of_a_page_run(page, tmp_path, monkeypatch, numbers):
    monkeypatch.chdir(tmp_path)
    for key, value in environment(tmp_path / "home").items():
        monkeypatch.setenv(key, value)
    names = {"__name__": "page"}
    if page.name == "README.md":
        prepare(numbers, names)
    for block in blocks(page):
        place = f"{name(page)}, line {block.line}"
        if block.language in RUN:
            printed = globals()[f"run_{block.language}"](block.code, place, names)
            if block.output is not None:
                compare(block.output, printed, place)


def prepare(numbers, names):
    """What the READMEs take for granted: tables of molecules, an experiment, and arrays."""
    with (ROOT / "crates/inputs/data/boiling_points.csv").open() as file:
        rows = [f"{row['smiles']},{-float(row['boiling_point [K]']) / 100:.2f}\n" for row in csv.DictReader(file)]
    for table, part in {"data.csv": rows[:60], "new.csv": rows[60:70], "measured_later.csv": rows[70:90]}.items():
        Path(table).write_text("smiles,logS [mol/L]\n" + "".join(part))
    Path("experiment.toml").write_text("[data]\npath = 'data.csv'\ntarget = ['logS']\nsmiles = 'smiles'\n")
    x, y = numbers
    names.update(x=x, y=y, x_new=x[:3])


def run_python(code, place, names):
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, place, "exec"), names)
    return printed.getvalue()


def run_sh(code, place, _):
    done = subprocess.run(["bash", "-e"], input=code, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert done.returncode == 0, f"{place} ended with {done.returncode}:\n{done.stdout}"
    return done.stdout


def run_toml(code, place, names):
    """One epoch of the experiment, two trials of a tuning; of settings without data, on a table made here."""
    Path("experiment.toml").write_text(code)
    Path("experiment.tuning.db").unlink(missing_ok=True)
    command = ["tune", "--trials", "2"] if "tune = " in code else ["fit"]
    words = ["gedanken", *command, "experiment.toml", "--set", "train.epochs=1", "--set", "baselines=false"]
    if "[data]" not in code:
        rows = [f"{row % 7},{row % 5},{row % 7 - row % 5}" for row in range(40)]
        Path("made.csv").write_text("\n".join(["a,b,y", *rows]) + "\n")
        words += ["--set", "data.path=made.csv", "--set", "data.target=y"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, f"{place}: {done.stderr}"
    return done.stdout


NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def compare(promised, printed, place):
    """Asserts that what is printed is what the page promises."""
    there, skipping = [line for line in printed.splitlines() if line.strip()], False
    for line in filter(str.strip, promised.splitlines()):
        if line.strip() == "...":
            skipping = True
            continue
        while skipping and there and not alike(line, there[0]):
            there.pop(0)
        assert there and alike(line, there[0]), f"{place} promises\n{line}\nbut prints\n{printed}"
        there.pop(0)
        skipping = False
    assert skipping or not there, f"{place} also prints\n" + "\n".join(there)


def alike(promised, printed):
    """The same words and whole numbers, other numbers within a half or within 0.1; any time.

    Lines with an interval hold no counts, so that all their numbers are such others.
    """
    lines = [re.sub(r"─+", "─", re.sub(r"[\d.]+ s\b", "0 s", line)).split() for line in (promised, printed)]
    promised, printed = (" ".join(line) for line in lines)
    if NUMBER.sub("#", promised) != NUMBER.sub("#", printed):
        return False
    for a, b in zip(NUMBER.findall(promised), NUMBER.findall(printed)):
        x, y = float(a), float(b)
        whole = "." not in a + b and " [" not in promised
        if abs(x - y) > (0 if whole else max(0.1, 0.5 * max(abs(x), abs(y)))):
            return False
    return True


def test_outputs_are_compared_by_words_and_roughly_by_numbers():
    assert alike("mlp   19.3 [14.1, 24.7]  27.6 s", "mlp 20.1 [14.9, 25.0] 9.1 s")
    assert not alike("mlp 19.3", "mlp 39.3") and not alike("368 rows", "367 rows") and not alike("mlp 1.0", "mlpp 1.0")
    compare("a\n...\nc\n", "a\nb\nc\n", "here")
    with pytest.raises(AssertionError, match="also prints"):
        compare("a\n", "a\nb\n", "here")


def test_rust_blocks_are_documentation_tests():
    library = (ROOT / "crates" / "gedanken" / "src" / "lib.rs").read_text()
    for page in BOOK:
        rust = any(block.language == "rust" for block in blocks(page))
        assert rust == (f'include_str!("../../../{name(page)}")' in library), name(page)


def test_no_block_is_of_a_language_that_nobody_runs():
    for page in PAGES:
        for block in blocks(page):
            known = RUN | {"rust", "text", "sh,skip", "toml,skip"}
            assert block.language in known, f"{name(page)}, line {block.line}: {block.language}"


def test_every_page_is_in_the_summary_and_every_link_leads_somewhere():
    summary = (ROOT / "docs" / "SUMMARY.md").read_text()
    for page in BOOK:
        path = page.relative_to(ROOT / "docs").as_posix()
        assert path == "SUMMARY.md" or f"({path})" in summary, path
    for page in PAGES:
        text = FENCE.sub("", page.read_text())
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, anchor = target.partition("#")
            if ":" in file:
                continue
            aim = (page.parent / file).resolve() if file else page
            assert aim.exists(), f"{name(page)}: {target}"
            assert not anchor or anchor in anchors(aim), f"{name(page)}: {target}"


def anchors(page):
    """Names of the headings, as books and servers make them."""
    headings = re.findall(r"^#+ (.*)$", FENCE.sub("", page.read_text()), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_source_is_in_the_list():
    keys = set(re.findall(r"^@\w+\{(\w+),", (ROOT / "crates/spec/refs.bib").read_text(), re.MULTILINE))
    for page in PAGES:
        text = FENCE.sub("", page.read_text())
        cited = set(re.findall(r"\[([A-Z][A-Za-z]+\d{4})\]", text))
        assert cited <= keys, f"{name(page)}: {cited - keys}"
