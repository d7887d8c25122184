"""The selection list in use and what services say of their own endings; every ending of every service has a result."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.archive.terms import Appraisal, Result, SelectionList, Start
from waardig.cases.queries.endings import Ending
from waardig.kernel.content_file import (
    ContentFile,
    ContentInvalid,
    ContentProblem,
    read_content_file,
    schema_problems,
)

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"
PLACE = "archive/selectielijst.yaml"


def selection_list(roots: Sequence[Path]) -> SelectionList:
    """The selection list of the content folders, the last one that has one, with the services of all of them.

    Raises:
        ContentInvalid: a file does not follow its schema, an ending has no result, or a result is not in the list.
    """
    lists = [root / PLACE for root in roots if (root / PLACE).is_file()]
    own = [path for root in roots for path in sorted(root.glob("services/*/archive.yaml"))]
    return _load(lists[-1], tuple(own), tuple(path.stat().st_mtime_ns for path in (lists[-1], *own)))


@lru_cache(maxsize=4)
def _load(path: Path, own: tuple[Path, ...], _stamps: tuple[int, ...]) -> SelectionList:
    general = _valid(path, "selectielijst")
    files = {one.parent.name: _valid(one, "archive") for one in own}
    results = {number: _result(number, raw) for number, raw in general.content["results"].items()}
    problems = [*_problems(general, results), *_missing(general)]
    for file in files.values():
        problems += _problems(file, results)
    if problems:
        raise ContentInvalid(problems)
    return SelectionList(
        name=general.content["list"],
        results=results,
        endings=dict(general.content["endings"]),
        services={name: dict(file.content["endings"]) for name, file in files.items()},
    )


def _valid(path: Path, schema: str) -> ContentFile:
    file = read_content_file(path)
    problems = schema_problems(file, json.loads((SCHEMAS / f"{schema}.schema.json").read_text(encoding="utf-8")))
    if problems:
        raise ContentInvalid(problems)
    return file


def _result(number: str, raw: Mapping[str, Any]) -> Result:
    return Result(
        number=number,
        process=raw["process"],
        name=raw["name"],
        appraisal=Appraisal(raw["appraisal"]),
        term=raw.get("term", ""),
        starts=Start(raw.get("starts", Start.ENDED)),
    )


def _problems(file: ContentFile, results: Mapping[str, Result]) -> list[ContentProblem]:
    known = {one.value for one in Ending}
    found = []
    for ending, number in file.content["endings"].items():
        if ending not in known:
            found.append(
                file.problem(("endings", ending), f"no case ends as '{ending}'; choose from {', '.join(known)}")
            )
        if number not in results:
            found.append(file.problem(("endings", ending), f"result {number} is not among results; add it"))
    return found


def _missing(file: ContentFile) -> list[ContentProblem]:
    missing = sorted({one.value for one in Ending} - set(file.content["endings"]))
    return [file.problem(("endings",), f"ending '{one}' has no result; add it") for one in missing]
