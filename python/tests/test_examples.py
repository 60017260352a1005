"""Every example in Python and for the command line runs, and its assertion holds."""

import os
import subprocess
import sys

import pytest
from conftest import ROOT, environment, needs_program

EXAMPLES = sorted([*(ROOT / "examples").glob("python/*.py"), *(ROOT / "examples").glob("command_line/*.sh")])


@needs_program
@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.name)
def test_an_example_runs(file, tmp_path):
    words = [sys.executable, str(file)] if file.suffix == ".py" else ["bash", str(file)]
    done = subprocess.run(words, cwd=tmp_path, env=environment(tmp_path / "home"), capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.strip(), "an example says what it found"


def test_the_same_problems_are_solved_in_all_three_languages():
    folders = [ROOT / "examples" / language for language in ("rust", "python", "command_line")]
    problems = [{file.stem for file in folder.iterdir()} for folder in folders]
    assert problems[0] == problems[1] == problems[2] != set()
    assert all(os.access(file, os.X_OK) for file in EXAMPLES if file.suffix == ".sh")
