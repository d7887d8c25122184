"""Validates a law file against the regelrecht schema v0.5.6, with a line for every finding.

A file that names a later schema may also use what was announced since, as far as it is read here (`announced.json`).

The schema's `oneOf` over thirteen operations is rewritten in memory to a choice on the word `operation`: the same files
are valid (the alternatives exclude each other on that word), deep nesting stays fast and the message names the mistake.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import jsonschema_rs

from waardig.law.core.findings import finding, said
from waardig.law.core.ir import OURS
from waardig.law.core.read_collection import FORMAT_KEY
from waardig.law.core.source import line_of, schema_version
from waardig.law.terms import LawProblem, Said

SCHEMA_FILE = Path(__file__).resolve().parent.parent / "schema" / "regelrecht-v0.5.6.json"
KINDS = {
    "enum": "schema_enum",
    "const": "schema_const",
    "type": "schema_type",
    "pattern": "schema_pattern",
    "format": "schema_format",
    "minimum": "schema_low",
    "maximum": "schema_high",
}
OURS_FILE = SCHEMA_FILE.with_name("waardig-format-1.json")
ANNOUNCED_FILE = SCHEMA_FILE.with_name("announced.json")


@cache
def law_schema(extended: bool, later: bool = False) -> dict[str, Any]:
    """The schema of regelrecht as it is written; extended with our words for collections (`waardig_format: 1`).

    Args:
        later: with what regelrecht announced since and is read here.
    """
    schema: dict[str, Any] = json.loads(SCHEMA_FILE.read_text("utf-8"))
    if later:
        _announce(schema)
    if not extended:
        return schema
    ours = json.loads(OURS_FILE.read_text("utf-8"))
    definitions = schema["definitions"]
    definitions |= {name: part for name, part in ours["definitions"].items() if name not in definitions}
    definitions["operation"]["oneOf"].append({"$ref": "#/definitions/foreachOperation"})
    definitions["baseField"]["properties"]["members"] = {"$ref": "#/definitions/members"}
    schema["properties"] |= ours["properties"]
    return schema


def _announce(schema: dict[str, Any]) -> None:
    """Adds the announced operations, `nullable` of fields and `markings` of articles."""
    definitions = schema["definitions"]
    new = json.loads(ANNOUNCED_FILE.read_text("utf-8"))["definitions"]
    operations = [name for name in new if name.endswith("Operation")]
    definitions |= new
    definitions["operation"]["oneOf"] += [{"$ref": f"#/definitions/{name}"} for name in operations]
    definitions["machineReadableSection"]["properties"]["markings"] = {"$ref": "#/definitions/markings"}
    definitions["baseField"]["properties"]["nullable"] = {"$ref": "#/definitions/nullable"}


@cache
def _quick(extended: bool, later: bool) -> jsonschema_rs.Draft7Validator:
    """Says yes or no to the schema; what is wrong and where is said by `_validator`."""
    return jsonschema_rs.Draft7Validator(law_schema(extended, later), validate_formats=True)


@cache
def _validator(extended: bool, later: bool) -> jsonschema.Draft7Validator:
    schema = _discriminated(law_schema(extended, later))
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())


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
        yield finding(file, 1, said("schema_no_mapping"))
        return
    extended, version = FORMAT_KEY in content, schema_version(content) or OURS
    later = version > OURS and not extended
    if _quick(extended, later).is_valid(content):
        return
    remedy = said("schema_later", version=".".join(map(str, version))) if later else None
    for error in _validator(extended, later).iter_errors(content):
        for leaf in _leaves(error):
            path = list(leaf.absolute_path)
            found = finding(file, _line(content, leaf, path), _said(leaf, path))
            yield replace(found, remedy=remedy.remedy, remedy_nl=remedy.remedy_nl) if remedy else found


def _line(content: Any, leaf: jsonschema.ValidationError, path: list[str | int]) -> int:
    """A surplus key is reported on its own line."""
    surplus = _surplus(leaf)
    return line_of(content, [*path, surplus[0]] if surplus else path)


def _surplus(leaf: jsonschema.ValidationError) -> list[str]:
    """The keys that do not belong here."""
    if leaf.validator != "additionalProperties" or not isinstance(leaf.instance, dict):
        return []
    known = leaf.schema.get("properties", {}) if isinstance(leaf.schema, dict) else {}
    return [key for key in leaf.instance if key not in known]


def _leaves(error: jsonschema.ValidationError) -> Iterator[jsonschema.ValidationError]:
    if not error.context:
        yield error
        return
    if error.validator in ("oneOf", "anyOf"):
        yield error
        return
    for part in error.context:
        yield from _leaves(part)


def _said(leaf: jsonschema.ValidationError, path: list[str | int]) -> Said:
    """What a departure from the schema is, in words of our own: those of the library are English only."""
    where, found, rule = "/".join(str(part) for part in path) or said("whole_file"), leaf.instance, str(leaf.validator)
    asked: Any = leaf.validator_value
    if rule in ("oneOf", "anyOf"):
        return said("schema_value", where=where, found=_short(found))
    if rule == "required":
        return said("schema_required", where=where, key=_missing(leaf))
    if rule == "additionalProperties":
        keys = _surplus(leaf) or [str(found)]
        return said("schema_additional", where=where, keys=", ".join(map(repr, keys)))
    if rule in ("minItems", "minProperties", "minLength"):
        return said("schema_empty", where=where)
    if rule in KINDS:
        return said(KINDS[rule], where=where, found=_short(found), known=_known(rule, asked))
    return said("schema_other", where=where, found=_short(found), rule=rule)


def _missing(leaf: jsonschema.ValidationError) -> str:
    """The key that a `required` misses: the library says one error for each, and the key only in its sentence."""
    return str(leaf.message).split("'")[1]


def _known(rule: str, asked: Any) -> str:
    """What the schema asks, as one reads it."""
    if rule in ("enum", "type") and isinstance(asked, list):
        return ", ".join(str(item) for item in asked)
    return repr(asked) if rule in ("const", "type") else str(asked)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 80 else text[:77] + "..."
