"""Installation files for tests."""

from __future__ import annotations

from pathlib import Path

from waardig.shell.installation.file import read_installation
from waardig.shell.installation.terms import Installation

TWO = """
state: state
municipalities:
  - id: linde
    base_url: https://mijn.linde.example
    content: [shared, linde]
  - id: beuk
    base_url: https://mijn.beuk.example:8443
    hosts: [mijn.beuk.example, www.beuk.example]
    content: [shared, beuk]
"""


def installation_file(folder: Path, text: str = TWO) -> Path:
    """A file with the folders that it names."""
    for name in ("shared", "linde", "beuk"):
        (folder / name).mkdir(exist_ok=True)
    file = folder / "waardig.yaml"
    file.write_text(text.lstrip("\n"), encoding="utf-8")
    return file


def an_installation(folder: Path, text: str = TWO) -> Installation:
    """The installation of that file."""
    return read_installation(installation_file(folder, text), folder / "elsewhere")
