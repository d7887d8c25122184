"""The tree of the log as files that anybody may fetch: tiles of hashes and checkpoints (C2SP tlog-tiles).

A tile that is full never changes: one that stands there with other hashes means that the log changed, and nothing is
written over it. The checkpoint is written last, so that whoever reads meanwhile finds all its tiles.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from waardig.kernel.errors import Refusal
from waardig.logbook.adapters.witness_folder import WitnessUnwritable, keep_note
from waardig.logbook.terms import Checkpoint

LAST = "checkpoint"


class TileChanged(Refusal):
    """A file that was published before holds other hashes than the log has now."""

    def __init__(self, path: str) -> None:
        super().__init__(
            code="tile_changed",
            text_nl=f"{path} is eerder gepubliceerd met andere regels. Er is niets overschreven.",
            text_en=f"{path} was published before with other lines. Nothing was written over it.",
            remedy="Keep both, run `waardig logbook verify` and call the auditor; or name a folder of this log.",
        )


def write_tiles(folder: Path, tiles: Iterable[tuple[str, bytes]], kept: Sequence[Checkpoint], last: str = "") -> int:
    """Adds what is new; gives how many files that were. Parts of tiles that are full by now are removed.

    Args:
        last: the text of the last checkpoint when witnesses signed it too.

    Raises:
        TileChanged: a tile stands there with other hashes.
        WitnessUnwritable: the folder cannot be written.
    """
    new = 0
    for path, content in tiles:
        file = folder / path
        if file.exists():
            if file.read_bytes() != content:
                raise TileChanged(path)
            continue
        _write(file, content)
        new += 1
        if ".p" not in path:
            _remove_parts(file.with_name(f"{file.name}.p"))
    new += sum(keep_note(folder, one) for one in kept)
    if kept:
        _write(folder / LAST, (last or kept[-1].note).encode())
    return new


def _write(file: Path, content: bytes) -> None:
    """The file as a whole, or as it was."""
    staging = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        staging.write_bytes(content)
        staging.replace(file)
    except OSError as problem:
        raise WitnessUnwritable(str(file.parent), problem) from problem


def _remove_parts(folder: Path) -> None:
    for part in folder.glob("*") if folder.is_dir() else ():
        part.unlink()
    if folder.is_dir():
        folder.rmdir()
