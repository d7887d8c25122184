"""Reads register declarations and bindings from content folders: YAML, JSON schema, then the pure cores.

Later folders win: an attribute or input that a municipality's own folder declares replaces the shared one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from waardig.kernel.content import content_roots
from waardig.kernel.content_file import ContentFile, ContentInvalid, read_content_file, schema_problems
from waardig.registers.core.binding_terms import Bindings, binding_from, bindings_of, problems_with
from waardig.registers.core.declaration import Declarations, declarations_of, register_from
from waardig.registers.core.retention import problem_with_terms

_SCHEMA_FOLDER = Path(__file__).resolve().parent.parent / "schema"


def declared() -> Declarations:
    """Every register that the content folders in use declare; read once per process. Raises as `declarations`."""
    return _declared(content_roots())


@lru_cache(maxsize=4)
def _declared(roots: tuple[Path, ...]) -> Declarations:
    return declarations(roots)


def declarations(roots: Sequence[Path]) -> Declarations:
    """Every register that the content folders declare.

    Args:
        roots: content folders, the shared library first (`kernel.content.content_roots()`).

    Raises:
        ContentInvalid: a file does not follow registers/schema/register.schema.json; names file and line.
    """
    files = list(_files(roots, "registers", "register"))
    known = declarations_of(register_from(file.content) for file in files)
    for file in files:
        register = known.registers[str(file.content["register"])]
        terms = {one.id: one.retention for one in register.attributes.values()}
        if problem := problem_with_terms(terms, register.relation):
            raise ContentInvalid([file.problem(("attributes",), problem)])
    return known


def bindings(roots: Sequence[Path]) -> Bindings:
    """Every binding of a law input to register attributes that the content folders hold.

    Raises:
        ContentInvalid: a file does not follow its schema, or names an attribute that no register declares.
    """
    known = declarations(roots)
    found = []
    for file in _files(roots, "bindings", "binding"):
        binding = binding_from(file.content)
        problems = [file.problem(("inputs", name), text) for name, text in problems_with(binding, known)]
        if problems:
            raise ContentInvalid(problems)
        found.append(binding)
    return bindings_of(found)


def checked_file(path: Path, schema: str) -> ContentFile:
    """One YAML file that follows one of this room's schemas ("register", "binding" or "mapping").

    Raises:
        ContentInvalid: not readable, not YAML, or against the schema; each problem names its line.
    """
    file = read_content_file(path)
    problems = schema_problems(file, _schema(schema))
    if problems:
        raise ContentInvalid(problems)
    return file


def _files(roots: Sequence[Path], folder: str, schema: str) -> Iterator[ContentFile]:
    for root in roots:
        for path in sorted((root / folder).glob("*.yaml")):
            yield checked_file(path, schema)


@cache
def _schema(name: str) -> Mapping[str, Any]:
    text = (_SCHEMA_FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded
