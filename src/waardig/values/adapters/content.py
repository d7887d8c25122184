"""Content folders: decided dossiers, the template of a weighing and the catalogue of public values."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.content_file import (
    ContentFile,
    ContentInvalid,
    ContentProblem,
    read_content_file,
    schema_problems,
)
from waardig.law.queries.citing import NotASimulation, cited
from waardig.values.core.reading import dossier_of
from waardig.values.terms import Dossier

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"


@lru_cache(maxsize=4)
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _valid(path: Path, schema: str) -> ContentFile:
    file = read_content_file(path)
    problems = schema_problems(file, _schema(schema))
    if problems:
        raise ContentInvalid(problems)
    return file


def read_dossier(path: Path, *, roots: Sequence[Path] = ()) -> Dossier:
    """The dossier in a decision.yaml.

    Args:
        roots: content roots; with them the values named must stand in the catalogue of values.

    Raises:
        ContentInvalid: with every problem of the file.
    """
    file = _valid(path, "decision")
    known = known_values(roots)
    unknown = [
        file.problem(("values", number, "value"), f"value '{item['value']}' is not in values/*.yaml; add it there")
        for number, item in enumerate(file.content["values"])
        if roots and item["value"] not in known
    ]
    if unknown:
        raise ContentInvalid(unknown)
    return dossier_of(_with_figures(file))


def _with_figures(file: ContentFile) -> Mapping[str, Any]:
    """The content with the figures of every simulation that it cites, so that the decision holds them for good.

    Raises:
        ContentInvalid: a report is not there, is another than was cited, or is no report.
    """
    if "simulations" not in file.content:
        return file.content
    problems, found = [], []
    for number, item in enumerate(file.content["simulations"]):
        report = file.path.parent / item["report"]
        data = report.read_bytes() if report.is_file() else None
        place = ("simulations", number, "report")
        if data is None:
            problems.append(file.problem(place, f"'{item['report']}' is not there; put it beside this file"))
        elif (real := hashlib.sha256(data).hexdigest()) != item["sha256"]:
            problems.append(file.problem(place, f"this report has sha256 {real}, which is another than was cited"))
        else:
            try:
                found.append({**item, "figures": cited(data)})
            except NotASimulation as refusal:
                problems.append(file.problem(place, str(refusal)))
    if problems:
        raise ContentInvalid(problems)
    return {**file.content, "simulations": found}


def known_values(roots: Sequence[Path]) -> dict[str, Bilingual]:
    """The public values that content names, by id."""
    files = [path for root in roots for path in sorted(root.glob("values/*.yaml"))]
    return {
        item["id"]: Bilingual.of(item["name"]) for path in files for item in _valid(path, "values").content["values"]
    }


def dossier_file(roots: Sequence[Path], service: str) -> Path:
    """The decision.yaml of a service, of the last root that has one.

    Raises:
        ContentInvalid: no content folder has one.
    """
    places = [root / "services" / service / "decision.yaml" for root in roots]
    found = [place for place in places if place.is_file()]
    if not found:
        message = "there is no decision on this service; start from weighing.yaml of the service package"
        raise ContentInvalid([ContentProblem(str(places[-1]), 1, message)])
    return found[-1]


def decided_services(roots: Sequence[Path]) -> tuple[str, ...]:
    """Services for which a content folder has a decision.yaml."""
    return tuple(sorted({path.parent.name for root in roots for path in root.glob("services/*/decision.yaml")}))


def check_template(path: Path) -> None:
    """A weighing.yaml of a service package is right: a template that decides nothing.

    Raises:
        ContentInvalid: with every problem of the file.
    """
    _valid(path, "weighing")
