"""Which folders hold content: the package's library first, then a municipality's own folders (later wins).

`WAARDIG_CONTENT` names folders separated by the path separator of the system. With `data_folder` this is the
one place in the kernel that looks at the environment and the disk; everything below it receives paths.
"""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path

from waardig.kernel.errors import Refusal

LIBRARY = Path(__file__).resolve().parent.parent / "library"


class ContentMissing(Refusal):
    """A folder that WAARDIG_CONTENT names is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            code="content_missing",
            text_nl=f"De map {folder} bestaat niet.",
            text_en=f"The content folder {folder} does not exist.",
            remedy="Correct WAARDIG_CONTENT or the --content option.",
        )


def content_roots() -> tuple[Path, ...]:
    """The content folders in order of precedence, the shared library first.

    Raises:
        ContentMissing: a named folder does not exist.
    """
    return _roots(os.environ.get("WAARDIG_CONTENT", ""))


@lru_cache(maxsize=16)
def _roots(named: str) -> tuple[Path, ...]:
    """The folders that the setting names; looked at once, for this is asked many times a page."""
    folders = [Path(part).expanduser() for part in named.split(os.pathsep) if part]
    for folder in folders:
        if not folder.is_dir():
            raise ContentMissing(folder)
    return (LIBRARY, *folders)
