"""The two published "1.0" forms as JSON Schema, read from the reference data beside this checkout."""

from __future__ import annotations

import json
from typing import Any

from jsonschema import Draft7Validator, FormatChecker

from tests.shared_data import shared
from waardig.accountability.terms import Form

FIELDS_OF_ENTRIES = {
    Form.PUBLICATION: {
        "title": "name", "organisatie": "organization", "doel": "purpose_and_impact", "juridische_basis": "legal_basis",
        "url": "source_link", "impactassessment": "impact_assessments",
    },
    Form.DELIVERY: {
        "title": "name", "organisatie": "organization", "doel": "goal", "juridische_basis": "lawful_basis",
        "url": "url", "impactassessment": "impacttoetsen",
    },
}  # fmt: skip
STATUSES = {"in_gebruik": "In gebruik", "buiten_gebruik": "Buiten gebruik", "ontwikkeling": "In ontwikkeling"}
FILLED = {
    Form.PUBLICATION: {
        "description_short": "Korte omschrijving.", "theme": ["Werk"], "contact": "info@gemeente.nl",
        "publication_category": "Impactvolle algoritmes (Categorie B)", "considerations": "Afweging.",
        "human_intervention": "Een mens beslist.", "risk_management": "Wij meten.", "data": "Gegevens.",
        "technical_operation": "Regels.", "supplier": "Intern ontwikkeld", "language": "nld", "schema": "1.0.0",
    },
    Form.DELIVERY: {
        "description_short": "Korte omschrijving.", "contact_email": "info@gemeente.nl",
        "publication_category": "Impactvolle algoritmes", "lang": "nld",
    },
}  # fmt: skip
START = {Form.PUBLICATION: "start_date", Form.DELIVERY: "begin_date"}


def validator(form: Form) -> Draft7Validator:
    """What the published form itself allows; addresses are checked as URI."""
    return Draft7Validator(_schema(form), format_checker=FormatChecker())


def _schema(form: Form) -> dict[str, Any]:
    if form is Form.PUBLICATION:
        name = "data/algorithms/publication_standard_v1.0.0.schema.json"
        found: dict[str, Any] = json.loads(shared(name).read_text(encoding="utf-8"))
        return found
    fields = json.loads(shared("data/algorithms/delivery_api_v1_0.json").read_text(encoding="utf-8"))["properties"]
    return {
        "type": "object",
        "properties": {name: _field(field) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.get("required") is True],
    }


def _field(field: dict[str, Any]) -> dict[str, Any]:
    if field["type"] == "enum":
        return {"enum": field["permitted_values"]}
    if field["type"] != "array":
        longest = {"maxLength": field["max_length"]} if "max_length" in field else {}
        return {"type": "string", **longest}
    if "permitted_values" in field:
        return {"type": "array", "items": {"enum": field["permitted_values"]}}
    items = field["items"]
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {name: _field(one) for name, one in items.items()},
            "required": [name for name, one in items.items() if one.get("required") is True],
        },
    }


def real_entries() -> list[dict[str, str]]:
    """150 entries of the national register (CC0-1.0), in the short shape of its public list."""
    found: list[dict[str, str]] = json.loads(shared("data/algorithms/entries_150.json").read_text(encoding="utf-8"))
    return found


def as_listed(entry: dict[str, str], form: Form) -> dict[str, Any]:
    """The entry under the field names of a form, with the words of the list."""
    values: dict[str, Any] = {name: entry[old] for old, name in FIELDS_OF_ENTRIES[form].items()}
    return {**values, "status": entry["status"], START[form]: entry["geregistreerd"][:7]}


def as_delivered(entry: dict[str, str], form: Form) -> dict[str, Any]:
    """The entry with the words of the form, and what the list leaves out filled in."""
    return {**FILLED[form], **as_listed(entry, form), "status": STATUSES[entry["status"]]}
