"""publiccode.yml follows the standard's fields (version 0.4) and says the same as the package."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from tests.architecture.sources import ROOT

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
DESCRIPTION = {
    "type": "object",
    "additionalProperties": False,
    "required": ["shortDescription", "longDescription", "features"],
    "properties": {
        "genericName": {"type": "string", "maxLength": 35},
        "shortDescription": {"type": "string", "minLength": 1, "maxLength": 150},
        "longDescription": {"type": "string", "minLength": 150, "maxLength": 10_000},
        "documentation": TEXT,
        "features": {"type": "array", "minItems": 1, "items": {"type": "string", "maxLength": 100}},
    },
}
CATEGORIES = {"case-management", "digital-citizenship", "social-services", "compliance-management", "data-analytics"}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": [
        "publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus", "softwareType", "description",
        "legal", "maintenance", "localisation",
    ],
    "properties": {
        "publiccodeYmlVersion": {"enum": ["0.4", "0.4.0"]},
        "name": TEXT,
        "url": {"type": "string", "pattern": "^https://"},
        "softwareVersion": TEXT,
        "releaseDate": {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"},
        "platforms": {"type": "array", "minItems": 1, "items": {"enum": ["web", "linux", "windows", "mac"]}},
        "categories": {"type": "array", "minItems": 1, "items": {"enum": sorted(CATEGORIES)}},
        "developmentStatus": {"enum": ["concept", "development", "beta", "stable", "obsolete"]},
        "softwareType": {"enum": ["standalone/web", "standalone/backend", "standalone/other", "library", "addon"]},
        "intendedAudience": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "countries": {"type": "array", "items": {"type": "string", "pattern": "^[a-z]{2}$"}},
                "scope": {"type": "array", "items": {"enum": ["local-authorities", "government", "welfare"]}},
            },
        },
        "description": {"type": "object", "minProperties": 2, "additionalProperties": DESCRIPTION},
        "legal": {
            "type": "object", "additionalProperties": False, "required": ["license"], "properties": {"license": TEXT},
        },
        "maintenance": {
            "type": "object",
            "additionalProperties": False,
            "required": ["type", "contacts"],
            "properties": {
                "type": {"const": "internal"},
                "contacts": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object", "additionalProperties": False, "required": ["name"],
                        "properties": {"name": TEXT, "email": {"type": "string", "format": "email"}},
                    },
                },
            },
        },
        "localisation": {
            "type": "object",
            "additionalProperties": False,
            "required": ["localisationReady", "availableLanguages"],
            "properties": {
                "localisationReady": {"type": "boolean"},
                "availableLanguages": {"type": "array", "minItems": 1, "items": {"type": "string"}},
            },
        },
        "dependsOn": {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "open": {
                    "type": "array",
                    "items": {
                        "type": "object", "additionalProperties": False, "required": ["name"],
                        "properties": {"name": TEXT, "versionMin": TEXT, "optional": {"type": "boolean"}},
                    },
                },
            },
        },
    },
}  # fmt: skip


@pytest.fixture
def content() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((ROOT / "publiccode.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for words in (found["localisation"], *found["dependsOn"]["open"]):
        for key in ("localisationReady", "optional"):
            if key in words:
                words[key] = {"true": True, "false": False}[words[key]]
    return found


def problems(content: dict[str, Any]) -> list[str]:
    validator = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(content)]


def test_the_file_has_the_fields_of_the_standard(content: dict[str, Any]) -> None:
    assert problems(content) == []


def test_the_schema_notices_a_missing_field_and_a_text_that_is_too_long(content: dict[str, Any]) -> None:
    del content["legal"]
    content["description"]["nl"]["shortDescription"] = "a" * 151

    assert len(problems(content)) == 2


def test_it_says_the_same_as_the_package(content: dict[str, Any]) -> None:
    from waardig import __version__

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert content["legal"]["license"] == project["license"] == "EUPL-1.2"
    assert content["softwareVersion"] == __version__
    assert set(content["description"]) == set(content["localisation"]["availableLanguages"]) == {"nl", "en"}
