"""The installation file: read, checked with file and line, and turned into words. Secrets never stand in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from waardig.kernel.content_file import ContentFile, ContentInvalid, ContentProblem, read_content_file, schema_problems
from waardig.shell.installation.terms import Installation, Member, OwnServer, Source

SCHEMA = Path(__file__).resolve().parent / "installation.schema.json"
OWN = frozenset(
    {"DATABASE_URL", "DATABASE_OWNER_URL", "WAARDIG_BASE_URL", "WAARDIG_CONTENT", "WAARDIG_DATA", "WAARDIG_HOSTS"}
    | {"WAARDIG_SECRET_KEY", "WAARDIG_LOG_KEY", "WAARDIG_SIGN_IN", "WAARDIG_INSTALLATION", "WAARDIG_MUNICIPALITY"}
    | {"PATH", "HOME", "PYTHONPATH", "DJANGO_SETTINGS_MODULE"}
)
"""Variables that follow from the other fields; they cannot be set by hand."""
_SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY")


def read_installation(path: Path, default_state: Path) -> Installation:
    """The installation that a file describes.

    Args:
        path: paths in the file are seen from its folder.
        default_state: the state folder when the file names none.

    Raises:
        ContentInvalid: with file and line of every problem.
    """
    file = read_content_file(path)
    problems = [*schema_problems(file, json.loads(SCHEMA.read_text(encoding="utf-8")))]
    if not problems:
        problems = [*_twice(file), *_wrong(file)]
    if problems:
        raise ContentInvalid(problems)
    base = path.resolve().parent
    state = _path(base, file.content["state"]) if "state" in file.content else default_state
    members = tuple(_member(base, one) for one in file.content["municipalities"])
    return Installation(path.resolve(), state, members)


def _member(base: Path, given: Mapping[str, Any]) -> Member:
    server = given.get("database", {})
    return Member(
        id=given["id"],
        base_url=given["base_url"],
        hosts=tuple(given.get("hosts", (urlsplit(given["base_url"]).hostname,))),
        content=tuple(_path(base, one) for one in given["content"]),
        sign_in=_path(base, given["sign_in"]) if "sign_in" in given else None,
        server=OwnServer(**{kind: _source(base, one) for kind, one in server.items()}) if server else None,
        secret_key=_source(base, given["secret_key"]) if "secret_key" in given else None,
        log_key=_path(base, given["log_key"]) if "log_key" in given else None,
        listen=given.get("listen", ""),
        secrets={name: _source(base, one) for name, one in given.get("secrets", {}).items()},
        settings=dict(given.get("settings", {})),
    )


def _path(base: Path, text: str) -> Path:
    return (base / Path(text).expanduser()).resolve()


def _source(base: Path, given: Mapping[str, str]) -> Source:
    if "from_file" in given:
        return Source(from_file=_path(base, given["from_file"]))
    return Source(from_environment=given["from_environment"])


def _twice(file: ContentFile) -> Iterator[ContentProblem]:
    """What two municipalities may not both have: id, host, place to listen, file of a key, place of a secret."""
    base = file.path.resolve().parent
    given: list[Mapping[str, Any]] = file.content["municipalities"]
    taken: dict[tuple[str, str], int] = {}
    for index, one in enumerate(given):
        for place, kind, value in _unique(base, one):
            first = taken.setdefault((kind, value), index)
            if first != index:
                yield file.problem(
                    ("municipalities", index, *place),
                    f"{kind} {value} belongs to {given[first]['id']} already; give each municipality its own",
                )


def _unique(base: Path, given: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    yield ("id",), "id", given["id"]
    yield ("base_url",), "address", given["base_url"]
    for index, host in enumerate(given.get("hosts", (urlsplit(given["base_url"]).hostname,))):
        yield (("hosts", index) if "hosts" in given else ("base_url",)), "host", host
    yield ("content", len(given["content"]) - 1), "own content folder", str(_path(base, given["content"][-1]))
    for name in ("sign_in", "log_key"):
        if name in given:
            yield (name,), "file", str(_path(base, given[name]))
    if "listen" in given:
        yield ("listen",), "place", given["listen"]
    sources: dict[tuple[str | int, ...], Mapping[str, str]] = {}
    sources |= {("database", kind): one for kind, one in given.get("database", {}).items()}
    sources |= {("secrets", kind): one for kind, one in given.get("secrets", {}).items()}
    sources |= {("secret_key",): given["secret_key"]} if "secret_key" in given else {}
    for place, one in sources.items():
        yield place, "secret", str(_source(base, one))


def _wrong(file: ContentFile) -> Iterator[ContentProblem]:
    """What the schema cannot say: folders that are there, variables that are free, an address among the hosts."""
    base = file.path.resolve().parent
    for index, given in enumerate(file.content["municipalities"]):
        here = ("municipalities", index)
        for number, folder in enumerate(given["content"]):
            if not _path(base, folder).is_dir():
                yield file.problem(
                    (*here, "content", number), f"the folder {folder} is not there; make it or correct it"
                )
        if "sign_in" in given and not _path(base, given["sign_in"]).is_file():
            yield file.problem((*here, "sign_in"), f"the file {given['sign_in']} is not there; make it or correct it")
        host = urlsplit(given["base_url"]).hostname
        if "hosts" in given and host not in given["hosts"]:
            yield file.problem((*here, "hosts"), f"the host {host} of base_url is missing here; add it")
        for kind in ("secrets", "settings"):
            for name in given.get(kind, {}):
                if name in OWN:
                    yield file.problem((*here, kind, name), f"{name} follows from the other fields; remove it")
        for name in given.get("settings", {}):
            if _SECRET.search(name):
                yield file.problem((*here, "settings", name), f"{name} is a secret; say under secrets where it is kept")
