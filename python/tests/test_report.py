"""The report of a run in a real browser."""

import re
import shutil
import subprocess

import pytest
from conftest import environment, needs_program, program

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(BROWSER is None, reason="chromium is not installed")

QUIET = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
    --disable-component-update --disable-sync --enable-logging=stderr --v=0""".split()
#: In the page: tells how wide it is, and how wide its window.
MEASURE = """<script>
addEventListener("load", () => {
  const page = document.documentElement;
  parent.postMessage(page.scrollWidth + " of " + page.clientWidth, "*");
});
</script>"""
#: Around the page, because a browser's own window has a least width: writes what it is told into its title.
WINDOW = """<!DOCTYPE html><html><head><title></title></head><body>
<script>addEventListener("message", (event) => { document.title = event.data; });</script>
<iframe src="measured.html" style="width: WIDTHpx; height: 800px; border: 0"></iframe>
</body></html>"""

ALCOHOLS = "".join(f"{'C' * n}O,{60 + 20 * n + n % 3},{'long' if n > 9 else 'short'}\n" for n in range(1, 41))


@pytest.fixture(scope="module", params=["boiling_point", "length"])
def report(request, tmp_path_factory):
    """The page of a run with molecules: once of numbers, once of classes."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "alcohols.csv").write_text("smiles,boiling_point [K],length\n" + ALCOHOLS)
    words = ["fit", "alcohols.csv", "--target", request.param, "--smiles", "smiles", "--out", "run", "--model", "mlp"]
    settings = ["--set", "train.epochs=5", "--set", "model.hidden=[8]"]
    subprocess.run([program(), *words, *settings], cwd=folder, check=True, capture_output=True, env=environment(folder))
    return folder / "run" / "report.html"


def browse(page, folder, *words):
    """What the browser says of a page: its DOM, and its messages."""
    command = [BROWSER, *QUIET, f"--user-data-dir={folder / 'profile'}", *words, page.as_uri()]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line]


@needs_program
@needs_browser
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_the_page_is_as_wide_as_the_window(report, tmp_path, width):
    without_policy = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", report.read_text())
    (tmp_path / "measured.html").write_text(without_policy.replace("</body>", f"{MEASURE}</body>"))
    window = tmp_path / "window.html"
    window.write_text(WINDOW.replace("WIDTH", str(width)))
    dom, messages = browse(window, tmp_path, "--dump-dom", "--window-size=1400,900", "--virtual-time-budget=5000")
    found, available = map(int, re.search(r"<title>(\d+) of (\d+)</title>", dom).groups())
    assert width - 20 <= available <= width and found <= available, f"{found} pixels in a window of {available}"
    assert messages == []


@needs_program
@needs_browser
def test_the_browser_has_nothing_to_complain_about(report, tmp_path):
    picture = tmp_path / "page.png"
    _, messages = browse(report, tmp_path, f"--screenshot={picture}", "--window-size=1280,900")
    assert messages == []
    assert picture.stat().st_size > 20_000
