"""Two libraries look at content: the quick one says whether, the other what. They must say the same of every file."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs
import pytest

import waardig
from waardig.kernel.content_file import read_content_file
from waardig.law.core.schema import SCHEMA_FILE, schema_problems
from waardig.law.core.source import read_yaml

_ROOT = Path(waardig.__file__).parent
_LAWS = sorted(p for p in _ROOT.glob("**/laws/**/*.yaml") if not p.name.endswith(".status.yaml"))
_SCHEMAS = sorted(p for p in _ROOT.glob("*/schema/*.json") if p != SCHEMA_FILE)
_ODD: tuple[Any, ...] = (
    None,
    True,
    7,
    -1,
    "",
    "x",
    "2025-13-45",
    "2025-04-28",
    "http:/ /x",
    [],
    {},
    ["a"],
    {"a": 1},
    0.5,
)


def _spoiled(content: Any, rng: random.Random) -> Any:
    """The same content with one place changed, removed or added."""
    found = copy.deepcopy(content)
    places = list(_places(found))
    if not places:
        return rng.choice(_ODD)
    inside, key = rng.choice(places)
    what = rng.randrange(3)
    if what == 0:
        del inside[key]
    elif what == 1 and isinstance(inside, dict):
        inside["extra"] = rng.choice(_ODD)
    else:
        inside[key] = rng.choice(_ODD)
    return found


def _places(content: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = content if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ()
    for key in keys:
        yield content, key
        yield from _places(content[key])


@pytest.mark.parametrize("path", _LAWS, ids=lambda path: path.stem)
def test_a_spoiled_law_file_is_spoiled_for_both_libraries(path: Path) -> None:
    quick = jsonschema_rs.Draft7Validator(json.loads(SCHEMA_FILE.read_text("utf-8")), validate_formats=True)
    slow = jsonschema.Draft7Validator(
        json.loads(SCHEMA_FILE.read_text("utf-8")), format_checker=jsonschema.FormatChecker()
    )
    whole = read_yaml(path.read_text("utf-8"), path.name)
    rng = random.Random(path.stem)

    assert list(schema_problems(whole, path.name)) == []
    for _ in range(3):
        content = _spoiled(whole, rng)
        assert quick.is_valid(content) == slow.is_valid(content)


def _whole(path: Path) -> dict[str, Any]:
    """A schema with the parts that its reader takes from another one."""
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    if path.parts[-3:] == ("catalogue", "schema", "check.schema.json"):
        why = json.loads(path.with_name("why.schema.json").read_text("utf-8"))
        schema["$defs"] |= {**why["$defs"], "counterfactuals": why["properties"]["counterfactuals"]}
    return schema


def _samples() -> Iterator[tuple[Path, Any]]:
    """Content of this project that its schemas are for: every content file against every schema."""
    files = [read_content_file(p).content for p in sorted(_ROOT.glob("library/**/*.yaml")) if "laws" not in p.parts][
        :60
    ]
    for schema in _SCHEMAS:
        for content in files:
            yield schema, content


def test_any_content_means_the_same_to_both_libraries_under_every_schema() -> None:
    rng = random.Random(4)
    seen = {True: 0, False: 0}
    for path, content in _samples():
        schema = _whole(path)
        quick = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
        slow = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
        if (said := slow.is_valid(content)) != quick.is_valid(content):
            pytest.fail(f"{path.name}: the two libraries differ")
        seen[said] += 1
        if said:  # a file of this schema: small mistakes in it must be seen by both
            for _ in range(8):
                spoiled = _spoiled(content, rng)
                assert slow.is_valid(spoiled) == quick.is_valid(spoiled), (path.name, spoiled)

    assert seen[True] > 10
    assert seen[False] > 100
