"""A new law file, its status file and a first scenario, as text: valid at once, and it decides nothing yet.

The first rule says what a given fact says. Nothing in it is invented: the status is `unverified`, which blocks every
round, and the places to fill in say so in Dutch, as the text of a law is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

import yaml

from waardig.law.core import ir

SCHEMA = "https://raw.githubusercontent.com/MinBZK/regelrecht/refs/tags/schema-v0.5.6/schema/v0.5.6/schema.json"
BWB_LAYERS = ("WET", "AMVB", "MINISTERIELE_REGELING", "GRONDWET")
LAYERS = (*BWB_LAYERS, "KONINKLIJK_BESLUIT", "BELEIDSREGEL", "UITVOERINGSBELEID", "GEMEENTELIJKE_VERORDENING")
TRIED = {"boolean": ("true", "is true"), "date": ("2025-01-31", 'equals "2025-01-31"'), "string": ("A", 'equals "A"')}


@dataclass(frozen=True)
class Draft:
    """What is asked of who begins a law file.

    Attributes:
        term: the open term that it fills, with the law and article that leave it open; None for a law of its own.
        schema: where an editor finds the schema; "" for no line about it.
    """

    layer: str
    name: str
    valid_from: str
    url: str
    bwb_id: str = ""
    gemeente_code: str = ""
    term: tuple[str, str, ir.OpenTerm] | None = None
    schema: str = SCHEMA

    @property
    def id(self) -> str:
        """The $id: the name in small letters with underscores."""
        letters = unicodedata.normalize("NFKD", self.name).encode("ascii", "ignore").decode().lower()
        return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")

    @property
    def output(self) -> str:
        """The one output of the first rule."""
        return self.term[2].field.name if self.term else "uitkomst"

    @property
    def fact(self) -> str:
        """The one fact of the first rule."""
        return f"gegeven_{self.output}"

    @property
    def type(self) -> str:
        """The type of the output."""
        return self.term[2].field.type if self.term else "boolean"


def files(draft: Draft) -> dict[str, str]:
    """Every file of a new law, by its place in a folder of laws."""
    folder = f"nl/{draft.layer.lower()}/{draft.id}"
    return {
        f"{folder}/{draft.valid_from}.yaml": _law(draft),
        f"{folder}/{draft.valid_from}.status.yaml": _status(),
        f"{folder}/scenarios/{draft.valid_from}.feature": _scenario(draft),
    }


def _law(draft: Draft) -> str:
    head: dict[str, Any] = {
        "$schema": SCHEMA,
        "$id": draft.id,
        "regulatory_layer": draft.layer,
        "publication_date": draft.valid_from,
        "valid_from": draft.valid_from,
    }
    if draft.bwb_id:
        head["bwb_id"] = draft.bwb_id
    if draft.gemeente_code:
        head["gemeente_code"] = draft.gemeente_code
        head["officiele_titel"] = draft.name
    if draft.term:
        head["legal_basis"] = [{"law_id": draft.term[0], "article": draft.term[1]}]
    article = {
        "number": "1",
        "text": "Vul hier de letterlijke tekst van artikel 1 in.",
        "url": draft.url,
        "machine_readable": _rule(draft),
    }
    modeline = f"# yaml-language-server: $schema={draft.schema}\n" if draft.schema else ""
    return modeline + _yaml({**head, "url": draft.url, "name": draft.name, "articles": [article]})


def _rule(draft: Draft) -> dict[str, Any]:
    unit = draft.term[2].field.unit if draft.term else None
    typed: dict[str, Any] = {"type": draft.type, **({"type_spec": {"unit": unit}} if unit else {})}
    source = {"description": "Vul in: welk register dit gegeven heeft."}
    rule: dict[str, Any] = {}
    if draft.term:
        law, number, term = draft.term
        rule["implements"] = [{"law": law, "article": number, "open_term": term.field.name}]
    rule["execution"] = {
        "input": [{"name": draft.fact, "description": "Vul in: wat dit gegeven is.", **typed, "source": source}],
        "output": [{"name": draft.output, **typed}],
        "actions": [{"output": draft.output, "value": _value(draft), "legal_basis": _basis(draft)}],
    }
    return rule


def _value(draft: Draft) -> Any:
    """What the fact says; a policy rule on an open norm says yes or nothing, never no."""
    if draft.layer != "BELEIDSREGEL" or draft.type != "boolean":
        return f"${draft.fact}"
    return {"operation": "IF", "cases": [{"when": f"${draft.fact}", "then": True}], "default": None}


def _basis(draft: Draft) -> dict[str, str]:
    told = "Vul in: in gewone taal wat deze regel doet. Inwoners lezen dit."
    return {"law": draft.name, "article": "1", "url": draft.url, "explanation": told}


def _status() -> str:
    return _yaml({"text_status": "unverified", "source": "Vul in: waar de tekst en de bedragen vandaan komen."})


def _scenario(draft: Draft) -> str:
    shown, told = TRIED.get(draft.type, ("100", "equals 100"))
    scope = f'    And parameter "gemeente_code" is "{draft.gemeente_code}"\n' if draft.gemeente_code else ""
    wide = max(len(draft.fact), len(shown))
    return (
        f"Feature: {draft.name}\n\n  Background:\n"
        f'    Given law "{draft.id}" is loaded\n    And the calculation date is "{draft.valid_from}"\n{scope}'
        '    And parameter "persoon" is "1"\n\n  Scenario: vul in wat hier wordt getoond\n'
        '    Given the following "register" data with key "persoon":\n'
        f"      | persoon | {draft.fact.ljust(wide)} |\n      | 1       | {shown.ljust(wide)} |\n"
        f'    When I evaluate "{draft.output}" of "{draft.id}"\n    Then output "{draft.output}" {told}\n'
    )


def _yaml(content: Any) -> str:
    return str(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=110))
