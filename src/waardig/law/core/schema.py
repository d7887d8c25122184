"""Validates a law file against the regelrecht schema v0.5.6, with a line for every finding.

The schema's `oneOf` over thirteen operations is rewritten in memory to a choice on the word `operation`: the same files
are valid (the alternatives exclude each other on that word), deep nesting stays fast and the message names the mistake.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

from waardig.law.core.read_collection import FORMAT_KEY
from waardig.law.core.source import line_of
from waardig.law.terms import LawProblem

FORMAT = "Write it as the format asks (regelrecht schema v0.5.6); docs/how-to/write-a-law-file.md shows a whole file."
SCHEMA_FILE = Path(__file__).resolve().parent.parent / "schema" / "regelrecht-v0.5.6.json"
OURS_FILE = SCHEMA_FILE.with_name("waardig-format-1.json")


@cache
def law_schema(extended: bool) -> dict[str, Any]:
    """The schema of regelrecht as it is written; extended with our words for collections (`waardig_format: 1`)."""
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    if not extended:
        return schema
    ours = json.loads(OURS_FILE.read_text("utf-8"))
    definitions = schema["definitions"]
    definitions |= {name: part for name, part in ours["definitions"].items() if name not in definitions}
    definitions["operation"]["oneOf"].append({"$ref": "#/definitions/foreachOperation"})
    definitions["baseField"]["properties"]["members"] = {"$ref": "#/definitions/members"}
    schema["properties"] |= ours["properties"]
    return schema


@cache
def _quick(extended: bool) -> jsonschema_rs.Draft7Validator:
    """Says yes or no to the schema; what is wrong and where is said by `_validator`."""
    return jsonschema_rs.Draft7Validator(law_schema(extended), validate_formats=True)


@cache
def _validator(extended: bool) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(_discriminated(law_schema(extended)), format_checker=jsonschema.FormatChecker())


def _discriminated(schema: dict[str, Any]) -> dict[str, Any]:
    """The same schema with a choice on `operation` instead of trying every alternative."""
    schema = copy.deepcopy(schema)
    definitions = schema["definitions"]
    choices: list[dict[str, Any]] = []
    names: list[str] = []
    for alternative in definitions["operation"]["oneOf"]:
        word = definitions[alternative["$ref"].rsplit("/", 1)[1]]["properties"]["operation"]
        known = word.get("enum") or [word["const"]]
        names += known
        choices.append({"if": {"properties": {"operation": {"enum": known}}}, "then": alternative})
    head = {"type": "object", "required": ["operation"], "properties": {"operation": {"enum": names}}}
    definitions["operation"] = {"if": head, "then": {"allOf": choices}, "else": head}
    value = definitions["operationValue"]["oneOf"]
    definitions["operationValue"] = {
        "if": {"type": "object"},
        "then": {"$ref": "#/definitions/operation"},
        "else": {"oneOf": [part for part in value if part.get("$ref") != "#/definitions/operation"]},
    }
    return schema


def schema_problems(content: Any, file: str) -> Iterator[LawProblem]:
    """Every place where a parsed law file departs from schema v0.5.6."""
    if not isinstance(content, dict):
        yield LawProblem(file, 1, "a law file is a mapping with $id, regulatory_layer, url and articles", FORMAT)
        return
    extended = FORMAT_KEY in content
    if _quick(extended).is_valid(content):
        return
    for error in _validator(extended).iter_errors(content):
        for leaf in _leaves(error):
            path = list(leaf.absolute_path)
            yield LawProblem(file, _line(content, leaf, path), _message(leaf, path), FORMAT)


def _line(content: Any, leaf: jsonschema.ValidationError, path: list[str | int]) -> int:
    """A surplus key is reported on its own line."""
    if leaf.validator == "additionalProperties" and isinstance(leaf.instance, dict):
        known = leaf.schema.get("properties", {}) if isinstance(leaf.schema, dict) else {}
        surplus = next((key for key in leaf.instance if key not in known), None)
        return line_of(content, [*path, surplus] if surplus else path)
    return line_of(content, path)


def _leaves(error: jsonschema.ValidationError) -> Iterator[jsonschema.ValidationError]:
    if not error.context:
        yield error
        return
    if error.validator in ("oneOf", "anyOf"):
        yield error
        return
    for part in error.context:
        yield from _leaves(part)


def _message(leaf: jsonschema.ValidationError, path: list[str | int]) -> str:
    where = "/".join(str(part) for part in path) or "the file"
    if leaf.validator in ("oneOf", "anyOf"):
        return f"{where}: {_short(leaf.instance)} is not a number, boolean, null, text, $variable or operation"
    if leaf.validator == "enum":
        options: Any = leaf.validator_value
        allowed = ", ".join(str(item) for item in options)
        return f"{where}: {_short(leaf.instance)} is not one of {allowed}"
    return f"{where}: {leaf.message if len(leaf.message) < 300 else leaf.message[:300] + '...'}"


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "..."
