"""Content folders: which files are there, which root wins, and the whole catalogue they make together.

A later root replaces a file of an earlier root with the same place (services/<service>/why.yaml); services of all roots
count. Everything is checked before anything is returned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.catalogue.core import checking
from waardig.catalogue.core.explaining import why_of
from waardig.catalogue.core.reading import activities_of, service_of
from waardig.catalogue.core.town import municipality_of
from waardig.catalogue.terms import Activity, Municipality, Service, WhyPage
from waardig.kernel.content_file import (
    ContentFile,
    ContentInvalid,
    ContentProblem,
    read_content_file,
    schema_problems,
)

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"
GENERAL = "_algemeen"


@dataclass(frozen=True)
class Catalogue:
    """Everything the content declares."""

    services: Mapping[str, Service]
    activities: Mapping[str, Activity]
    why: Mapping[str, WhyPage]
    municipality: Municipality | None


def load(roots: Sequence[Path]) -> Catalogue:
    """The catalogue of these content roots, the last one winning.

    Raises:
        ContentInvalid: with every problem of every file.
    """
    places = _places(roots)
    stamp = tuple((str(path), path.stat().st_mtime_ns) for path in places.values())
    return _load(tuple(sorted((place, str(path)) for place, path in places.items())), stamp)


def _places(roots: Sequence[Path]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for root in roots:
        for pattern in ("services/*/service.yaml", "services/*/activities.yaml", "services/*/why.yaml"):
            found |= {str(path.relative_to(root)): path for path in sorted(root.glob(pattern))}
        if (root / "municipality.yaml").is_file():
            found["municipality.yaml"] = root / "municipality.yaml"
    return found


@lru_cache(maxsize=8)
def _load(places: tuple[tuple[str, str], ...], stamp: tuple[tuple[str, int], ...]) -> Catalogue:
    del stamp  # only there so that a changed file is read again
    problems: list[ContentProblem] = []
    files = {place: file for place, path in places if (file := _valid(Path(path), problems))}
    if problems:
        raise ContentInvalid(problems)
    catalogue, problems = _assemble(files)
    if problems:
        raise ContentInvalid(problems)
    return catalogue


def _valid(path: Path, problems: list[ContentProblem]) -> ContentFile | None:
    try:
        file = read_content_file(path)
    except ContentInvalid as invalid:
        problems.extend(invalid.problems)
        return None
    found = schema_problems(file, _schema(path.stem))
    problems.extend(found)
    return None if found else file


@lru_cache(maxsize=8)
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    return schema


def _named(files: Mapping[str, ContentFile], name: str) -> Iterator[tuple[str, ContentFile]]:
    for place, file in files.items():
        if place.endswith(f"/{name}.yaml"):
            yield place.split("/")[1], file


def _assemble(files: Mapping[str, ContentFile]) -> tuple[Catalogue, list[ContentProblem]]:
    services = {name: service_of(file.content) for name, file in _named(files, "service")}
    declared = {name: activities_of(file.content, name) for name, file in _named(files, "activities")}
    activities = {activity.id: activity for group in declared.values() for activity in group}
    why = {name: why_of(file.content) for name, file in _named(files, "why")}
    town_file = files.get("municipality.yaml")
    town = municipality_of(town_file.content) if town_file else None
    problems: list[ContentProblem] = []
    for name, file in _named(files, "service"):
        problems += checking.service_problems(file, services[name], activities)
    for name, file in _named(files, "activities"):
        problems += checking.activity_problems(file, declared[name], services.get(name))
    problems += checking.duplicate_problems((file, declared[name]) for name, file in _named(files, "activities"))
    for name, file in _named(files, "why"):
        problems += _why(file, why[name], services.get(name))
    if town and town_file:
        problems += checking.municipality_problems(town_file, town, services.values(), activities.values())
    return Catalogue(services, activities, why, town), problems


def _why(file: ContentFile, page: WhyPage, service: Service | None) -> Iterator[ContentProblem]:
    if service is None or page.service != service.id:
        yield file.problem(("service",), f"'{page.service}' has no service.yaml in this folder; correct the name")
    else:
        yield from checking.why_problems(file, page, service)
