"""A result under its own name is whole, or it is not there: it is written in a folder beside it and renamed.

Whoever is killed leaves such a folder and nothing under the final name; the next run with the same name takes it away.
A folder that somebody still works in is known by its lock, which the system drops when that process ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PART = ".part"


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A folder to work in; what stands in it as `result` afterwards, a file or a folder, gets the final name."""
    place = out.absolute().parent
    place.mkdir(parents=True, exist_ok=True)
    _clean(place, out.name)
    work = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=PART, dir=place))
    lock = _locked(work)
    try:
        yield work
        _synced(work / "result")
        _renamed(work / "result", out)
        _flush(place)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if lock is not None:
            os.close(lock)


def _clean(place: Path, name: str) -> None:
    """Takes away what processes left that are no longer there."""
    for left in place.iterdir():
        if not (left.name.startswith(f".{name}.") and left.name.endswith(PART) and left.is_dir()):
            continue
        lock = _locked(left)
        if lock is not None:
            shutil.rmtree(left, ignore_errors=True)
            os.close(lock)


def _locked(folder: Path) -> int | None:
    """The lock of a folder; nothing when another process has it."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


def _renamed(made: Path, out: Path) -> None:
    """Gives the final name. A folder cannot replace one in a single step: the old one steps aside first."""
    if out.is_dir() and not out.is_symlink():
        out.rename(made.parent / "before")
    elif made.is_dir():
        out.unlink(missing_ok=True)
    made.rename(out)


def _synced(made: Path) -> None:
    """Everything on the disk before the name says that it is there."""
    for path in [made, *made.rglob("*")] if made.is_dir() else [made]:
        _flush(path)


def _flush(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
