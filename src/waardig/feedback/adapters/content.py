"""Content folders: feedback/pages.yaml (the pages that are asked about; the last one wins) and the templates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.feedback.terms import PageName
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import ContentInvalid, read_content_file, schema_problems

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "pages.schema.json"
PLACE = "feedback/pages.yaml"


def page_names(roots: Sequence[Path]) -> Mapping[str, PageName]:
    """The pages by "face.name".

    Raises:
        ContentInvalid: with every problem of the file.
    """
    path = [root / PLACE for root in roots if (root / PLACE).is_file()][-1]
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Mapping[str, PageName]:
    file = read_content_file(path)
    schema: Mapping[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    problems = schema_problems(file, schema)
    if problems:
        raise ContentInvalid(problems)
    return {
        page: PageName(Bilingual.of(said["name"]), said.get("by_service", False))
        for page, said in file.content["pages"].items()
    }


def template_names(roots: Sequence[Path]) -> frozenset[str]:
    """Every message template of every content folder, as "folder/name"."""
    files = [file for root in roots for file in root.glob("services/*/messages/*.nl.md")]
    return frozenset(f"{file.parent.parent.name}/{file.name.split('.')[0]}" for file in files)
