"""Content folders: register.yaml of each service, the last folder winning."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.accountability.terms import Category, RegisterContent
from waardig.kernel.content_file import ContentInvalid, read_content_file, schema_problems

SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "register.schema.json"


def register_content(roots: Sequence[Path], service: str) -> RegisterContent | None:
    """What the content says about a service for the algorithm register; None when no folder has a register.yaml.

    Raises:
        ContentInvalid: with every problem of the file.
    """
    found = [path for root in roots if (path := root / "services" / service / "register.yaml").is_file()]
    return _read(found[-1], found[-1].stat().st_mtime_ns) if found else None


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> RegisterContent:
    del changed  # only there so that a changed file is read again
    file = read_content_file(path)
    problems = list(schema_problems(file, _schema()))
    if not problems and file.content["service"] != path.parent.name:
        problems.append(file.problem(("service",), f"must be '{path.parent.name}', the name of its folder"))
    if problems:
        raise ContentInvalid(problems)
    content: Any = file.content
    return RegisterContent(
        service=content["service"],
        name=content["name"],
        category=Category(content["category"]),
        category_reason=content["category_reason"],
        themes=tuple(content["themes"]),
        impact=content["impact"],
        contact=content.get("contact", ""),
        supplier=content["supplier"],
        source_code=content.get("source_code", ""),
        assessments_explained=content.get("assessments_explained", ""),
        search_terms=tuple(content.get("search_terms", ())),
    )


@lru_cache(maxsize=1)
def _schema() -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return schema
