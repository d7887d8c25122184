"""From the text of a law file to its typed form, with every problem found on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from waardig.law.core import ir
from waardig.law.core.findings import finding, said
from waardig.law.core.read import read_law, sha256
from waardig.law.core.schema import schema_problems
from waardig.law.core.source import line_of, read_yaml
from waardig.law.core.status import read_status
from waardig.law.terms import LawFileInvalid, LawProblem, Said

VERSION_MARK = "schema-v0.5.6"


@dataclass(frozen=True)
class SourceFile:
    """A law file as found: its name for messages, its bytes and those of its status file."""

    file: str
    data: bytes
    status_file: str = ""
    status_data: bytes | None = None
    origin: int = 0


@dataclass(frozen=True)
class Loaded:
    """A law (None when the file is not one) and what is wrong with the file."""

    law: ir.Law | None
    problems: tuple[LawProblem, ...]


@lru_cache(maxsize=512)
def load(source: SourceFile, *, validate: bool) -> Loaded:
    """Reads one law file.

    Args:
        validate: check it against the schema; without, anything that can be computed is accepted.
    """
    problems: list[LawProblem] = []
    try:
        content = read_yaml(_text(source), source.file)
        if not validate and not looks_like_law(content):
            return Loaded(None, ())
        problems += list(schema_problems(content, source.file)) if validate else []
        law = read_law(content, source.file, sha256(source.data), origin=source.origin)
        problems += [finding(source.file, *found) for found in _article_problems(law) if validate]
        if source.status_data is not None:
            told = read_yaml(_decoded(source.status_data, source.status_file), source.status_file)
            status = read_status(told, source.status_file)
            law = replace(law, status=status)
    except LawFileInvalid as error:
        return Loaded(None, (*problems, finding(error.file, error.line, error.message)))
    return Loaded(law, tuple(sorted(set(problems), key=lambda problem: (problem.line, problem.message))))


def _text(source: SourceFile) -> str:
    return _decoded(source.data, source.file)


def _decoded(data: bytes, file: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise LawFileInvalid(file, line, said("not_utf8", reason=error.reason, byte=error.start)) from error


def looks_like_law(content: Any) -> bool:
    """True for a mapping with articles; other YAML in a folder of laws is left alone."""
    return isinstance(content, dict) and isinstance(content.get("articles"), list) and "$id" in content


def is_law_file(source: SourceFile) -> bool:
    """False for YAML in a folder that does not even begin to be a law (a service, a municipality)."""
    try:
        content = read_yaml(_text(source), source.file)
    except LawFileInvalid:
        return True
    return isinstance(content, dict) and bool({"$id", "articles", "regulatory_layer"} & set(content))


def text_lines(source: SourceFile) -> tuple[int, ...]:
    """The line where the quoted text of each article of a law file begins."""
    content = read_yaml(_text(source), source.file)
    return tuple(line_of(content, ["articles", n, "text"]) for n in range(len(content["articles"])))


def _article_problems(law: ir.Law) -> list[tuple[int, Said]]:
    return [article.problem for article in law.articles if article.problem]


def duplicates(laws: Sequence[ir.Law]) -> list[LawProblem]:
    """Law files that state the same $id, valid_from and scope."""
    first: dict[object, ir.Law] = {}
    problems = []
    for law in laws:
        key = (law.id, law.valid_from, tuple(sorted(law.scope.items())))
        if key in first:
            twice = said("version_twice", law=law.id, valid_from=law.valid_from, file=first[key].file)
            problems.append(finding(law.file, 1, twice))
        first.setdefault(key, law)
    return problems
