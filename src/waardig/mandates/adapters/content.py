"""What the municipality decided on mandates: `mandates/voluntary.yaml` of the last content folder that has it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import ContentInvalid, ContentProblem, read_content_file, schema_problems
from waardig.mandates.terms import Rules, Theme

PLACE = Path("mandates") / "voluntary.yaml"
SCHEMA = Path(__file__).resolve().parent.parent / "schema" / "voluntary.schema.json"


def load_rules(roots: Sequence[Path]) -> Rules:
    """The rules on mandates.

    Raises:
        ContentInvalid: with everything that must be corrected.
    """
    found = [root / PLACE for root in roots if (root / PLACE).is_file()]
    if not found:
        raise ContentInvalid([ContentProblem(str(PLACE), 1, "no content folder has this file")])
    return _read(found[-1], found[-1].stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed: int) -> Rules:
    file = read_content_file(path)
    problems = schema_problems(file, json.loads(SCHEMA.read_text(encoding="utf-8")))
    if problems:
        raise ContentInvalid(problems)
    given = file.content
    if given["default_months"] not in given["terms_months"]:
        raise ContentInvalid([file.problem(("default_months",), "must be one of terms_months")])
    known = {one["id"] for one in given["themes"]}
    if not known.issuperset(given["administrator_themes"]):
        raise ContentInvalid([file.problem(("administrator_themes",), "must be themes of this file")])
    return Rules(
        level=given["level"],
        code_days=given["code_days"],
        cooling_off_days=given["cooling_off_days"],
        remind_days=given["remind_days"],
        terms_months=tuple(given["terms_months"]),
        default_months=given["default_months"],
        most_persons=given["most_persons"],
        themes=tuple(_theme(one) for one in given["themes"]),
        administrator_themes=tuple(given["administrator_themes"]),
    )


def _theme(given: Mapping[str, Any]) -> Theme:
    return Theme(
        given["id"], Bilingual.of(given["name"]), Bilingual.of(given["explains"]), tuple(given.get("services", ()))
    )
