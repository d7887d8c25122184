"""A folder of files that is there whole, or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from waardig.kernel.errors import Refusal


class FolderTaken(Refusal):
    """Something else stands where a report should come."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            code="folder_taken",
            text_nl=f"'{path}' is er al, en is iets anders.",
            text_en=f"'{path}' is there already, and is something else.",
            remedy="Nothing was written over. Give another name.",
        )


def write_folder(path: Path, files: Mapping[str, str]) -> None:
    """Writes the files beside the folder and gives them its name in one step; the same report twice is the same report.

    Who is killed halfway leaves a hidden folder `.NAME.*.part` and nothing under the name itself.

    Raises:
        FolderTaken: a folder or file of that name is there with other content.
    """
    if path.exists():
        if not _is_same(path, files):
            raise FolderTaken(path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent))
    try:
        for name, text in files.items():
            target = made / name
            target.parent.mkdir(exist_ok=True)
            with target.open("w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
        made.chmod(0o755)
        made.rename(path)
    except BaseException:
        shutil.rmtree(made, ignore_errors=True)
        raise


def _is_same(path: Path, files: Mapping[str, str]) -> bool:
    found = {str(file.relative_to(path)): file for file in path.rglob("*") if file.is_file()} if path.is_dir() else {}
    return found.keys() == files.keys() and all(
        found[name].read_bytes() == text.encode() for name, text in files.items()
    )
