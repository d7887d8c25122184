"""The image, as far as it can be proven without an engine: linted, and its wheel serves by itself."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.architecture.sources import PACKAGE, ROOT
from tests.journeys.towns import Town

CONTAINERFILE = ROOT / "deploy" / "Containerfile"
HADOLINT = ROOT / ".venv-deploy" / "bin" / "hadolint"
TEXT = CONTAINERFILE.read_text(encoding="utf-8")


def test_the_containerfile_passes_its_linter() -> None:
    if not HADOLINT.exists():
        pytest.skip("hadolint is not installed: run `python tools/setup.py --deploy` (Linux on x86_64)")
    done = subprocess.run([HADOLINT, "--failure-threshold", "info", CONTAINERFILE], capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (0, "")


def test_the_image_runs_as_nobody_in_particular_and_holds_no_secret() -> None:
    last = TEXT.rsplit("\nFROM ", 1)[1]

    assert re.search(r"^USER 10001:10001$", last, re.MULTILINE)
    assert "COPY . ." not in last, "the source and its tools stay in the first stage"
    assert not re.search(r"(ENV|ARG)\s.*(PASSWORD|SECRET|TOKEN|DATABASE)", TEXT)
    assert TEXT.count("--require-hashes") == 2


def test_the_files_that_the_containerfile_names_are_there() -> None:
    for name in re.findall(r"(?:-r|python) ((?:requirements|frontend)/[\w./]+)", TEXT):
        assert (ROOT / name).is_file(), name
    assert "frontend/build.py" in TEXT and "requirements/run.txt" in TEXT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The wheel as the image builds it, unpacked."""
    folder = tmp_path_factory.mktemp("wheel")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "dist")],
        cwd=ROOT, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    (file,) = (folder / "dist").glob("waardig-*.whl")
    with zipfile.ZipFile(file) as archive:
        archive.extractall(folder / "unpacked")
    yield folder / "unpacked"


def test_the_wheel_holds_every_file_of_the_package(wheel: Path) -> None:
    def files(root: Path) -> set[str]:
        return {
            path.relative_to(root).as_posix()
            for path in root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
        }

    assert files(PACKAGE) - files(wheel / "waardig") == set()
    assert any(name.endswith(".css") for name in files(wheel / "waardig"))


def test_the_wheel_alone_serves_pages_and_their_stylesheet(wheel: Path, after_the_round: Town) -> None:
    town = after_the_round
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**town.environment(), "PYTHONPATH": str(wheel), "WAARDIG_DEMONSTRATION": "yes",
                   "WAARDIG_SECRET_KEY": "x" * 48, "WAARDIG_HOSTS": "127.0.0.1"}  # fmt: skip
    where = subprocess.run(
        [sys.executable, "-c", "import waardig; print(waardig.__file__)"], env=environment, cwd=town.folder,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(wheel))
    process = subprocess.Popen(
        town.command("serve", "--port", str(port)), env=environment, cwd=town.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        base = f"http://127.0.0.1:{port}"
        ready = json.loads(_asked(f"{base}/gezond/klaar/", process))
        page = _asked(f"{base}/inloggen/", process).decode()
        sheet = re.search(r'href="(/static/[^"]+\.css)"', page)
        assert sheet
        style = _asked(base + sheet[1], process)
    finally:
        process.send_signal(signal.SIGTERM)
        said = process.communicate(timeout=60)
    assert process.returncode == 0, said[1][-2000:]
    assert ready["status"] in ("ok", "degraded")
    assert "<h1" in page and len(style) > 10_000


def _asked(address: str, process: subprocess.Popen[str]) -> bytes:
    for _ in range(600):
        assert process.poll() is None, process.communicate()[1][-2000:]
        try:
            with urlopen(address, timeout=20) as answer:
                found: bytes = answer.read()
                return found
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("it never answered")
