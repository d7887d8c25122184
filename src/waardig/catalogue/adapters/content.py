"""Content folders: which files are there, which root wins, and the whole catalogue they make together.

A later root replaces a file of an earlier root with the same place (services/<service>/why.yaml); services of all roots
count. Everything is checked before anything is returned.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from waardig.catalogue.core import checking
from waardig.catalogue.core.explaining import why_of
from waardig.catalogue.core.lanes import lane_problems
from waardig.catalogue.core.reading import activities_of, regulation_of, service_of
from waardig.catalogue.core.self_check import check_of, check_problems
from waardig.catalogue.core.town import handling_of, municipality_of
from waardig.catalogue.terms import Activity, Check, Handling, Municipality, OwnRegulation, Service, WhyPage
from waardig.kernel.content_file import (
    ContentFile,
    ContentInvalid,
    ContentProblem,
    read_content_file,
    schema_problems,
)

SCHEMAS = Path(__file__).resolve().parent.parent / "schema"
GENERAL = "_algemeen"
FILES = ("service", "activities", "why", "regulation", "check")
"""What may stand in the folder of a service."""
OF_A_SERVICE = ("law", "outputs", "explanation", "name", "summary", "per")
HANDLING = f"services/{GENERAL}/handling.yaml"


@dataclass(frozen=True)
class Catalogue:
    """Everything the content declares.

    Attributes:
        unasked: per service the file that names the article on granting without an application.
    """

    services: Mapping[str, Service]
    activities: Mapping[str, Activity]
    why: Mapping[str, WhyPage]
    municipality: Municipality | None
    checks: Mapping[str, Check]
    unasked: Mapping[str, ContentFile] = field(default_factory=dict)
    handling: Handling | None = None


def load(roots: Sequence[Path]) -> Catalogue:
    """The catalogue of these content roots, the last one winning.

    Raises:
        ContentInvalid: with every problem of every file.
    """
    found = sorted((place, path, changed) for place, (path, changed) in _found(roots).items())
    return _load(tuple((place, path) for place, path, _ in found), tuple(changed for _, _, changed in found))


def _found(roots: Sequence[Path]) -> dict[str, tuple[str, int]]:
    """By place the file that counts and when it was changed (ns); no patterns: one page asks it several times."""
    found: dict[str, tuple[str, int]] = {}
    for root in map(str, roots):
        places = [f"services/{one}/{name}.yaml" for one in _names(f"{root}/services") for name in FILES]
        places += [f"checks/{one}" for one in _names(f"{root}/checks") if one.endswith(".yaml")]
        for place in (*places, HANDLING, "municipality.yaml"):
            path = f"{root}/{place}"
            with suppress(FileNotFoundError, NotADirectoryError):
                found[place] = path, os.stat(path).st_mtime_ns  # noqa: PTH116 - a Path takes longer than the look
    return found


def _names(folder: str) -> list[str]:
    with suppress(FileNotFoundError), os.scandir(folder) as there:
        return [one.name for one in there]
    return []


@lru_cache(maxsize=8)
def _load(places: tuple[tuple[str, str], ...], stamp: tuple[int, ...]) -> Catalogue:
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
    found = schema_problems(file, _schema("check" if path.parent.name == "checks" else path.stem))
    problems.extend(found)
    return None if found else file


@lru_cache(maxsize=8)
def _schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    if name == "check":  # its explanation is written as a why.yaml is
        why = _schema("why")
        schema["$defs"] |= {**why["$defs"], "counterfactuals": why["properties"]["counterfactuals"]}
    return schema


def _named(files: Mapping[str, ContentFile], name: str) -> Iterator[tuple[str, ContentFile]]:
    for place, file in files.items():
        if place.endswith(f"/{name}.yaml"):
            yield place.split("/")[1], file


def _assemble(files: Mapping[str, ContentFile]) -> tuple[Catalogue, list[ContentProblem]]:
    own = {name: regulation_of(file.content) for name, file in _named(files, "regulation")}
    problems: list[ContentProblem] = list(_regulations(files, own))
    files = _offered(files, own)
    services = {name: service_of(file.content, own.get(name)) for name, file in _named(files, "service")}
    declared = {name: activities_of(file.content, name) for name, file in _named(files, "activities")}
    activities = {activity.id: activity for group in declared.values() for activity in group}
    why = {name: why_of(file.content) for name, file in _named(files, "why")}
    town_file = files.get("municipality.yaml")
    town = municipality_of(town_file.content) if town_file else None
    for name, file in _named(files, "service"):
        problems += checking.service_problems(file, services[name], activities)
        problems += lane_problems(file, services[name], activities)
    for name, file in _named(files, "activities"):
        problems += checking.activity_problems(file, declared[name], services.get(name))
    problems += checking.duplicate_problems((file, declared[name]) for name, file in _named(files, "activities"))
    for name, file in _named(files, "why"):
        problems += _why(file, why[name], services.get(name))
    if town and town_file:
        problems += checking.municipality_problems(town_file, town, services.values(), activities.values())
    unasked = {name: files.get(f"services/{name}/regulation.yaml", file) for name, file in _named(files, "service")}
    handling = handling_of(files[HANDLING].content) if HANDLING in files else None
    checks: dict[str, Check] = {}
    for place, file in files.items():
        if place.startswith("checks/") or place.endswith("/check.yaml"):
            check, found = _check(file, place, services, why, activities)
            problems += found
            checks |= {check.id: check} if check else {}
    return Catalogue(services, activities, why, town, checks, unasked, handling), problems


def _offered(files: Mapping[str, ContentFile], own: Mapping[str, OwnRegulation]) -> Mapping[str, ContentFile]:
    """The files of services that this municipality has: one that rests on an own regulation needs that regulation."""
    without = {
        name for name, file in _named(files, "service") if file.content.get("regulation") == "own" and name not in own
    }
    return {
        place: file
        for place, file in files.items()
        if place.split("/")[1:2] == [] or place.split("/")[1] not in without
    }


def _regulations(files: Mapping[str, ContentFile], own: Mapping[str, OwnRegulation]) -> Iterator[ContentProblem]:
    shared = {name: file.content.get("regulation") == "own" for name, file in _named(files, "service")}
    for name, file in _named(files, "regulation"):
        if own[name].service != name:
            yield file.problem(
                ("service",), f"service is '{own[name].service}' but the folder is '{name}'; make them equal"
            )
        elif not shared.get(name, False):
            yield file.problem((), f"service {name} does not say `regulation: own`; remove this file")


def _check(
    file: ContentFile,
    place: str,
    services: Mapping[str, Service],
    why: Mapping[str, WhyPage],
    activities: Mapping[str, Activity],
) -> tuple[Check | None, list[ContentProblem]]:
    """A check of an own service takes law, outputs and explanation from that service; any other brings its own."""
    own = place.startswith("services/")
    name = place.split("/")[1]
    if own and (name not in services or name not in why):
        return None, [file.problem(("check",), "this folder has no service.yaml with a why.yaml; add them")]
    surplus = [key for key in OF_A_SERVICE if (key in file.content) == own]
    if surplus:
        said = "comes from service.yaml; remove it" if own else "is missing; add it"
        return None, [file.problem((key,), f"'{key}' {said}") for key in surplus]
    check = check_of(file.content, services.get(name) if own else None, why.get(name) if own else None)
    return check, list(check_problems(file, check, services.get(name) if own else None, activities))


def _why(file: ContentFile, page: WhyPage, service: Service | None) -> Iterator[ContentProblem]:
    if service is None or page.service != service.id:
        yield file.problem(("service",), f"'{page.service}' has no service.yaml in this folder; correct the name")
    else:
        yield from checking.why_problems(file, page, service.outputs)
