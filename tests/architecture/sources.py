"""Our own files, for the tests about the system itself: what git would keep, without what a tool writes."""

from __future__ import annotations

import subprocess
from collections.abc import Iterable
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGE = ROOT / "src" / "waardig"
ROOMS = tuple(sorted(p.name for p in PACKAGE.iterdir() if (p / "__init__.py").exists()))


@cache
def own_files() -> tuple[Path, ...]:
    """Every text file of the repository that is ours, tracked or about to be."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listed.returncode == 0:
        found = [ROOT / name for name in listed.stdout.splitlines()]
    else:  # an unpacked archive without git
        away = {".venv", "node_modules", "__pycache__", ".git", ".hypothesis", ".mypy_cache", ".ruff_cache"}
        found = [path for path in ROOT.rglob("*") if not away & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file() and path.suffix not in {".png", ".ico", ".mo"}))


def with_suffix(*suffixes: str, under: Path = ROOT) -> tuple[Path, ...]:
    """Our files with one of these endings, below a folder."""
    return tuple(path for path in own_files() if path.suffix in suffixes and path.is_relative_to(under))


def name(path: Path) -> str:
    """The path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


def lines(paths: Iterable[Path]) -> Iterable[tuple[str, int, str]]:
    """Every line of these files with its place."""
    for path in paths:
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1):
            yield name(path), number, line
